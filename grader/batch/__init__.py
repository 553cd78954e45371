"""Many submissions: what was handed in, who grades it, and what is kept when a run is cut short.

A submission is read by `submission` (folders) and `archive` (zips) and by nobody else: only the files that the manifests
name, never through a link, never more than a cap. What comes out is bytes; none of it is run here.
"""
