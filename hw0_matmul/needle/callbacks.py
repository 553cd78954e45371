"""Functions as values: handed in, handed out, kept, and called back."""

import functools


def factorial(n, callback=None):
    """Compute n! = 1 · 2 · … · n, and report every step.

    Args:
        n: int, 0 or more.
        callback: callable or None; after each factor k = 1, 2, …, n it is called once, as `callback(k, k!)`.
            What it returns is ignored.

    Returns:
        int; 1 for n = 0 (an empty product: no step, no call).

    Raises:
        ValueError: n is negative.
    """
    raise NotImplementedError("hw0 · callbacks: see hw0_matmul/README.md, stage 3")


class CallRecorder:
    """A callback with a memory: it keeps the arguments of every call.

        recorder = CallRecorder()
        factorial(3, recorder)
        recorder.calls
        [(1, 1), (2, 2), (3, 6)]

    Attributes:
        calls: list of tuples, the positional arguments of each call, in order; every recorder has a list of its own.
    """

    def __init__(self):
        """Start with no calls."""
        raise NotImplementedError("hw0 · callbacks: see hw0_matmul/README.md, stage 3")

    def __call__(self, *arguments):
        """Append the arguments to `calls`."""
        raise NotImplementedError("hw0 · callbacks: see hw0_matmul/README.md, stage 3")


def cached(function):
    """Make a function that computes each answer once and then remembers it.

    Args:
        function: callable of hashable positional arguments, which always answers the same to the same arguments.

    Returns:
        A function with the name and docstring of the original. It calls `function` the first time it sees some
        arguments; after that it returns what it returned then, whatever that was (0 and None too). Each decorated
        function has a memory of its own.
    """
    raise NotImplementedError("hw0 · callbacks: see hw0_matmul/README.md, stage 3")


def fibonacci(n, callback=None):
    """Compute the n-th Fibonacci number: F(0) = 0, F(1) = 1, F(n) = F(n − 1) + F(n − 2).

    The two smaller numbers are asked of the callback, each of them once. Who answers decides about the time: with
    `slow = lambda k: fibonacci(k, slow)`, F(60) would take 5 million million calls; with a cached lambda it takes 61.

    Args:
        n: int, 0 or more.
        callback: callable, `callback(k)` gives F(k); it is not called for n < 2. None makes a fresh one for this
            call: a lambda that is cached and that is its own callback.

    Returns:
        int.

    Raises:
        ValueError: n is negative.
    """
    raise NotImplementedError("hw0 · callbacks: see hw0_matmul/README.md, stage 3")


def partial(function, *given, **given_keywords):
    """Fix some arguments of a function: `partial(f, a, c=3)(b)` is `f(a, b, c=3)`.

    Args:
        function: callable.
        *given: its first positional arguments.
        **given_keywords: keyword arguments; one that is given again in the call is replaced, for that call alone.

    Returns:
        A function of the remaining arguments.

    Source:
        functools.partial.
    """
    raise NotImplementedError("hw0 · callbacks: see hw0_matmul/README.md, stage 3")


def power_functions(count):
    """Make the functions x ↦ x⁰, x ↦ x¹, …, x ↦ xᶜᵒᵘⁿᵗ⁻¹, of which every polynomial is a sum.

    Args:
        count: int, 0 or more.

    Returns:
        list of `count` functions of one number; the k-th, counted from 0, returns its argument to the power k.
    """
    raise NotImplementedError("hw0 · callbacks: see hw0_matmul/README.md, stage 3")
