"""callbacks, hidden: answers that look like none, replaced keywords, larger numbers."""

import math


def test_empty_product(student, close):
    """takes no step for 0 and one for 1"""
    close(student.factorial_steps(0), {"value": 1, "steps": []})
    close(student.factorial_steps(1), {"value": 1, "steps": [[1, 1]]})


def test_every_step(student, rng, close):
    """reports every factor of a larger factorial"""
    n = int(rng.integers(8, 16))
    close(student.factorial_steps(n)["steps"], [[k, math.factorial(k)] for k in range(1, n + 1)])


def test_cached_nothing(student, close):
    """remembers answers that are 0, None or empty"""
    got = student.cached_answers([[1], [2], [3], [1], [2], [3]], [0, None, "", 0, None, ""])
    close(got["computed"], [[1], [2], [3]])
    close(got["answers"], [0, None, "", 0, None, ""])


def test_cached_functions_apart(student, close):
    """gives every cached function a memory of its own"""
    close(student.cached_twice(7), [8, 700])


def test_fibonacci_edges(student, close):
    """asks nothing for 0 and 1, and refuses negative numbers"""
    for n in (0, 1):
        close(student.fibonacci_questions(n, cached=False), {"value": n, "counts": {}})
    student.raises(ValueError).fibonacci(-1)


def test_fibonacci_is_instant(student, rng, close):
    """computes a large Fibonacci number at once, again in a second call"""
    n = int(rng.integers(61, 90))
    before, now = 0, 1
    for _ in range(n - 1):
        before, now = now, before + now
    close([student.fibonacci(n), student.fibonacci(n)], [now, now])


def test_partial_again(student, close):
    """keeps what was fixed: a keyword given in one call does not stay for the next"""
    got = student.partial_calls([], {"scale": 1, "shift": 2}, [[[5], {"scale": 9}], [[6], {}]])
    close(got, [[[5], {"scale": 9, "shift": 2}], [[6], {"scale": 1, "shift": 2}]])


def test_no_power_functions(student, close):
    """makes an empty list for none, and the constant 1 for one"""
    close(student.powers(0, 2), [])
    close(student.powers(1, 5), [1])
