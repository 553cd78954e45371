"""callbacks: who is called, how often, with what."""

import functools
import math


def test_factorial(student, close):
    """multiplies 1 · 2 · … · n, with or without a callback"""
    for n in (0, 1, 3, 20):
        close(student.factorial(n), math.factorial(n))
    close(student.factorial_steps(6)["value"], math.factorial(6))


def test_factorial_callback(student, close):
    """calls the callback once after each factor, with the factor and the product so far"""
    close(student.factorial_steps(4)["steps"], [[1, 1], [2, 2], [3, 6], [4, 24]])


def test_factorial_of_negative(student):
    """refuses a negative number"""
    student.raises(ValueError).factorial(-1)


def test_recorder(student, close):
    """records the arguments of every call, in a list of its own"""
    calls = [[1, 1], [2, 2], ["three"], []]
    close(student.recorded_calls(calls), {"calls": calls, "of the idle one": []})


def test_cached(student, close):
    """computes an answer once and then remembers it"""
    got = student.cached_answers([[2], [3], [2], [2, 3], [3]], [4, 9, 4, 8, 9])
    close(got["answers"], [4, 9, 4, 8, 9])
    close(got["computed"], [[2], [3], [2, 3]])
    close([got["name"], got["doc"]], ["look_up", "Look up an answer."])


def test_fibonacci(student, close):
    """computes small and large Fibonacci numbers at once"""
    close([student.fibonacci(n) for n in range(8)], [0, 1, 1, 2, 3, 5, 8, 13])
    close(student.fibonacci(60), 1548008755920)


def test_fibonacci_callback(student, close):
    """asks the callback for the two numbers before: each once where answers are cached, again and again where not"""
    slow, fast = student.fibonacci_questions(12, cached=False), student.fibonacci_questions(12, cached=True)
    close([slow["value"], fast["value"]], [144, 144])
    close(fast["counts"], {str(k): 1 for k in range(12)})
    close(slow["counts"], {str(k): _times_asked(12, k) for k in range(12)})


def test_partial(student, close):
    """fixes arguments of a function, positional and keyword"""
    given, keywords, calls = [1, 2], {"scale": 3}, [[[], {}], [[4], {"shift": 5}]]
    close(student.partial_calls(given, keywords, calls), _with_functools(given, keywords, calls))


def test_power_functions(student, close):
    """makes one function a power"""
    close(student.powers(4, 3), [1, 3, 9, 27])


def _times_asked(n, k):
    """How often F(k) is asked for on the way to F(n) when nobody remembers."""
    if n < 2:
        return 0
    return sum((smaller == k) + _times_asked(smaller, k) for smaller in (n - 1, n - 2))


def _with_functools(given, keywords, calls):
    function = functools.partial(lambda *got, **named: [list(got), named], *given, **keywords)
    return [function(*positional, **named) for positional, named in calls]
