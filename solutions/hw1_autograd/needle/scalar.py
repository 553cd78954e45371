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
        # BEGIN SOLUTION scalar
        other = as_value(other)
        return Value(self.data + other.data, (self, other), (1.0, 1.0))
        # END SOLUTION

    def __mul__(self, other):
        """self · other; the other one is a Value or a number."""
        # BEGIN SOLUTION scalar
        other = as_value(other)
        return Value(self.data * other.data, (self, other), (other.data, self.data))
        # END SOLUTION

    def __pow__(self, exponent):
        """selfⁿ for a number n; its derivative is n selfⁿ⁻¹, and 0 for n = 0 whatever self is.

        Raises:
            TypeError: the exponent is a Value. Its derivative would need a logarithm, which this engine does not have.
            ValueError: the power or its derivative is no real number, as for (−1)^½ and the slope of 0^½.
        """
        # BEGIN SOLUTION scalar
        if isinstance(exponent, Value):
            raise TypeError("the exponent must be a number, got a Value")
        derivative = exponent * math.pow(self.data, exponent - 1) if exponent else 0.0
        return Value(math.pow(self.data, exponent), (self,), (derivative,))
        # END SOLUTION

    def relu(self):
        """max(self, 0); its derivative at 0 is 0."""
        # BEGIN SOLUTION scalar
        return Value(max(self.data, 0.0), (self,), (1.0 if self.data > 0 else 0.0,))
        # END SOLUTION

    def tanh(self):
        """(eˢ − e⁻ˢ) / (eˢ + e⁻ˢ) for s = self, also where eˢ overflows; its derivative is 1 − tanh² s."""
        # BEGIN SOLUTION scalar
        t = math.tanh(self.data)
        return Value(t, (self,), (1 - t**2,))
        # END SOLUTION

    def exp(self):
        """eˢ for s = self; it is its own derivative."""
        # BEGIN SOLUTION scalar
        e = math.exp(self.data)
        return Value(e, (self,), (e,))
        # END SOLUTION

    def __neg__(self):
        """−self."""
        # BEGIN SOLUTION scalar
        return self * -1
        # END SOLUTION

    def __sub__(self, other):
        """self − other; the other one is a Value or a number."""
        # BEGIN SOLUTION scalar
        return self + -1 * as_value(other)
        # END SOLUTION

    def __truediv__(self, other):
        """self / other; the other one is a Value or a number."""
        # BEGIN SOLUTION scalar
        return self * as_value(other) ** -1
        # END SOLUTION

    # Python asks the right operand when the left one is a plain number: 3 + x is x.__radd__(3).

    __radd__ = __add__  # the order of a sum or a product does not matter
    __rmul__ = __mul__

    def __rsub__(self, other):
        """other − self, for a number on the left: 3 − x."""
        # BEGIN SOLUTION scalar
        return as_value(other) - self
        # END SOLUTION

    def __rtruediv__(self, other):
        """other / self, for a number on the left: 3 / x."""
        # BEGIN SOLUTION scalar
        return as_value(other) / self
        # END SOLUTION

    def backward(self):
        """Sets `grad` of every Value that self was computed from, and of self, to ∂self/∂value.

        The gradient of a Value is the sum over its uses: ∂self/∂v = Σ ∂self/∂u · ∂u/∂v over the u computed from v. So a
        Value must wait until all its uses have their gradients. Gradients of an earlier call are forgotten, not added
        to. The graph may be thousands of operations deep: no recursion.
        """
        # BEGIN SOLUTION scalar
        order = self._topological_order()
        for value in order:
            value.grad = 0.0
        self.grad = 1.0
        for value in reversed(order):
            for used, derivative in zip(value.inputs, value.derivatives):
                used.grad += value.grad * derivative
        # END SOLUTION

    # BEGIN SOLUTION-ONLY
    def _topological_order(self):
        """All Values that self was computed from, each one after its inputs; self comes last."""
        order, visited = [], {self}
        path = [(self, iter(self.inputs))]  # the way down to where we are, with the inputs still to be visited
        while path:
            value, remaining = path[-1]
            below = next(remaining, None)
            if below is None:
                order.append(value)
                path.pop()
            elif below not in visited:
                visited.add(below)
                path.append((below, iter(below.inputs)))
        return order

    # END SOLUTION-ONLY


def as_value(number):
    """A Value as it is; a number as a new Value without inputs."""
    return number if isinstance(number, Value) else Value(number)
