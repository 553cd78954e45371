"""The course's machinery: what is graded, who judges, who runs student code, and how a result is shown.

course    WHAT is graded: manifests, regions, skeletons, variants, overlays, the self-proof
worker    UNTRUSTED: runs student code; standard library and numpy only
sandbox   HOW a worker is confined
judge     TRUSTED: tests, comparison, diagnosis, scoring
report    one result, many faces
batch     many submissions
"""

__version__ = "0.1.0"
