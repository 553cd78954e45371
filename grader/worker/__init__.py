"""UNTRUSTED: runs student code beside the probes. Standard library and numpy only, and nothing else of `grader`.

The judge imports `wire` and `evidence` from here: both sides of the border speak by the same code.
"""
