"""The course's proof of itself: what `make check` shows of every homework.

tree         points, names, hints, docstrings, stray files, fresh skeletons
experiment   a library and some tests, run in a process of its own over one transport
behaviour    solutions score 100, skeletons 0, bugs are caught, stages need no later stage, transports agree
check        all of it, in order, a line each
"""
