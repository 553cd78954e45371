"""TRUSTED: the tests, the oracle, comparison, diagnosis and scoring.

Student code never runs in here when a grade is given: it answers calls from the other side of the border
(`transport.Remote`). On a student's own machine it may run in this process (`transport.InProcess`).
"""
