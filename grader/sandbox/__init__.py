"""HOW a worker is confined.

A confinement turns the command that starts a worker into the command that starts it confined. It is chosen once, its name
is stamped into every result, and there is no silent step down.
"""
