"""Automatic differentiation on single numbers: the whole idea, without shapes.

Every operation makes a new `Value` that knows what it was computed from and how fast it changes with each of them. That
is a graph, and `backward()` walks it from the end to the beginning with the chain rule.

Source: Wengert, "A simple automatic derivative evaluation program" (1964).
"""

import math


class Value:
    """A number that remembers how it was computed.

    Args:
        data: float, the number.
        inputs: tuple of Values, what it was computed from; empty for a number that you start with.
        derivatives: tuple of floats, ∂self/∂input for each of the inputs, at their present data.

    Attributes:
        grad: float, ∂output/∂self after `output.backward()`; 0 before.
    """

    def __init__(self, data, inputs=(), derivatives=()):
        self.data = float(data)
        self.inputs = tuple(inputs)
        self.derivatives = tuple(derivatives)
        self.grad = 0.0

    def __repr__(self):
        return f"Value({self.data:g}, grad={self.grad:g})"

    def __add__(self, other):
        """self + other; the other one is a Value or a number."""
        raise NotImplementedError("hw1 · scalar: see hw1_autograd/README.md, stage 3")

    def __mul__(self, other):
        """self · other; the other one is a Value or a number."""
        raise NotImplementedError("hw1 · scalar: see hw1_autograd/README.md, stage 3")

    def __pow__(self, exponent):
        """selfⁿ for a number n; its derivative is n selfⁿ⁻¹, and 0 for n = 0 whatever self is.

        Raises:
            TypeError: the exponent is a Value. Its derivative would need a logarithm, which this engine does not have.
            ValueError: the power or its derivative is no real number, as for (−1)^½ and the slope of 0^½.
        """
        raise NotImplementedError("hw1 · scalar: see hw1_autograd/README.md, stage 3")

    def relu(self):
        """max(self, 0); its derivative at 0 is 0."""
        raise NotImplementedError("hw1 · scalar: see hw1_autograd/README.md, stage 3")

    def tanh(self):
        """(eˢ − e⁻ˢ) / (eˢ + e⁻ˢ) for s = self, also where eˢ overflows; its derivative is 1 − tanh² s."""
        raise NotImplementedError("hw1 · scalar: see hw1_autograd/README.md, stage 3")

    def exp(self):
        """eˢ for s = self; it is its own derivative."""
        raise NotImplementedError("hw1 · scalar: see hw1_autograd/README.md, stage 3")

    def __neg__(self):
        """−self."""
        raise NotImplementedError("hw1 · scalar: see hw1_autograd/README.md, stage 3")

    def __sub__(self, other):
        """self − other; the other one is a Value or a number."""
        raise NotImplementedError("hw1 · scalar: see hw1_autograd/README.md, stage 3")

    def __truediv__(self, other):
        """self / other; the other one is a Value or a number."""
        raise NotImplementedError("hw1 · scalar: see hw1_autograd/README.md, stage 3")

    # Python asks the right operand when the left one is a plain number: 3 + x is x.__radd__(3).

    __radd__ = __add__  # the order of a sum or a product does not matter
    __rmul__ = __mul__

    def __rsub__(self, other):
        """other − self, for a number on the left: 3 − x."""
        raise NotImplementedError("hw1 · scalar: see hw1_autograd/README.md, stage 3")

    def __rtruediv__(self, other):
        """other / self, for a number on the left: 3 / x."""
        raise NotImplementedError("hw1 · scalar: see hw1_autograd/README.md, stage 3")

    def backward(self):
        """Sets `grad` of every Value that self was computed from, and of self, to ∂self/∂value.

        The gradient of a Value is the sum over its uses: ∂self/∂v = Σ ∂self/∂u · ∂u/∂v over the u computed from v. So a
        Value must wait until all its uses have their gradients. Gradients of an earlier call are forgotten, not added
        to. The graph may be thousands of operations deep: no recursion.
        """
        raise NotImplementedError("hw1 · scalar: see hw1_autograd/README.md, stage 3")


def as_value(number):
    """A Value as it is; a number as a new Value without inputs."""
    return number if isinstance(number, Value) else Value(number)
