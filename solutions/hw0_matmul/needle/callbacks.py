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
    # BEGIN SOLUTION callbacks
    if n < 0:
        raise ValueError(f"the factorial is defined for n = 0, 1, 2, …, got {n}")
    product = 1
    for factor in range(1, n + 1):
        product *= factor
        if callback is not None:
            callback(factor, product)
    return product
    # END SOLUTION


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
        # BEGIN SOLUTION callbacks
        self.calls = []
        # END SOLUTION

    def __call__(self, *arguments):
        """Append the arguments to `calls`."""
        # BEGIN SOLUTION callbacks
        self.calls.append(arguments)
        # END SOLUTION


def cached(function):
    """Make a function that computes each answer once and then remembers it.

    Args:
        function: callable of hashable positional arguments, which always answers the same to the same arguments.

    Returns:
        A function with the name and docstring of the original. It calls `function` the first time it sees some
        arguments; after that it returns what it returned then, whatever that was (0 and None too). Each decorated
        function has a memory of its own.
    """
    # BEGIN SOLUTION callbacks
    memory = {}

    @functools.wraps(function)
    def remembering(*arguments):
        if arguments not in memory:
            memory[arguments] = function(*arguments)
        return memory[arguments]

    return remembering
    # END SOLUTION


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
    # BEGIN SOLUTION callbacks
    if n < 0:
        raise ValueError(f"Fibonacci numbers start with n = 0, got {n}")
    if callback is None:
        callback = cached(lambda k: fibonacci(k, callback))
    return n if n < 2 else callback(n - 1) + callback(n - 2)
    # END SOLUTION


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
    # BEGIN SOLUTION callbacks
    return lambda *rest, **keywords: function(*given, *rest, **{**given_keywords, **keywords})
    # END SOLUTION


def power_functions(count):
    """Make the functions x ↦ x⁰, x ↦ x¹, …, x ↦ xᶜᵒᵘⁿᵗ⁻¹, of which every polynomial is a sum.

    Args:
        count: int, 0 or more.

    Returns:
        list of `count` functions of one number; the k-th, counted from 0, returns its argument to the power k.
    """
    # BEGIN SOLUTION callbacks
    return [lambda x, power=power: x**power for power in range(count)]
    # END SOLUTION
