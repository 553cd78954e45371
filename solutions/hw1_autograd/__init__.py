"""The solutions of hw1: the reference library with its marked regions, the hidden tests and the variants."""
