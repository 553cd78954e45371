"""Operations entry by entry: sums, products, quotients, powers, logarithm and exponential.

`EWiseAdd`, `AddScalar`, `EWiseMul`, `MulScalar` are given whole, as examples of how an operation is written.
"""

import math

from ..autograd import TensorOp
from ..backend import array_api
from .shape import broadcast_to

__all__ = [
    "AddScalar",
    "DivScalar",
    "EWiseAdd",
    "EWiseDiv",
    "EWiseMul",
    "EWisePow",
    "Exp",
    "Log",
    "MulScalar",
    "Negate",
    "PowerScalar",
    "ScalarPower",
    "add",
    "add_scalar",
    "divide",
    "divide_scalar",
    "exp",
    "log",
    "mul_scalar",
    "multiply",
    "negate",
    "power",
    "power_scalar",
    "scalar_power",
]


def _same_shape(a, b):
    """Both tensors, broadcast to their common shape where they differ: the operation itself then sees equal shapes."""
    if a.shape == b.shape:
        return a, b
    shape = array_api.broadcast_shapes(a.shape, b.shape)
    return tuple(tensor if tensor.shape == shape else broadcast_to(tensor, shape) for tensor in (a, b))


class ScalarOp(TensorOp):
    """An operation with a tensor and a number: the number is no tensor and gets no gradient."""

    def __init__(self, scalar):
        # a numpy number would impose its own dtype on the result; a Python number takes on that of the array
        self.scalar = scalar.item() if hasattr(scalar, "item") else scalar


class EWiseAdd(TensorOp):
    """a + b."""

    def compute(self, a, b):
        return a + b

    def gradient(self, out_grad, node):
        return out_grad, out_grad


def add(a, b):
    """Sum of two tensors of equal shape (…): a + b, shape (…)."""
    return EWiseAdd()(*_same_shape(a, b))


class AddScalar(ScalarOp):
    """a + scalar."""

    def compute(self, a):
        return a + self.scalar

    def gradient(self, out_grad, node):
        return out_grad


def add_scalar(a, scalar):
    """Sum of a tensor (…) and a number: a + scalar, shape (…)."""
    return AddScalar(scalar)(a)


class EWiseMul(TensorOp):
    """a b, entry by entry."""

    def compute(self, a, b):
        return a * b

    def gradient(self, out_grad, node):
        a, b = node.inputs
        return out_grad * b, out_grad * a


def multiply(a, b):
    """Product, entry by entry, of two tensors of equal shape (…): a b, shape (…)."""
    return EWiseMul()(*_same_shape(a, b))


class MulScalar(ScalarOp):
    """a times scalar."""

    def compute(self, a):
        return a * self.scalar

    def gradient(self, out_grad, node):
        return out_grad * self.scalar


def mul_scalar(a, scalar):
    """Product of a tensor (…) and a number: a · scalar, shape (…)."""
    return MulScalar(scalar)(a)


class EWisePow(TensorOp):
    """a to the power b, entry by entry."""

    def compute(self, a, b):
        """(…), (…) → (…)."""
        # BEGIN SOLUTION elementwise
        return a**b
        # END SOLUTION

    def gradient(self, out_grad, node):
        """out_grad (…) → the gradients of the base a and of the exponent b, each (…)."""
        # BEGIN SOLUTION elementwise_backward
        a, b = node.inputs
        return out_grad * b * a ** (b - 1), out_grad * node * log(a)  # a^b = e^(b ln a)
        # END SOLUTION


def power(a, b):
    """Power, entry by entry: a^b.

    Args:
        a: the base, (…), floats; positive where the gradient of `b` is asked for, which holds ln a.
        b: the exponent, (…), floats.

    Returns:
        (…), the dtype of the arguments.
    """
    return EWisePow()(*_same_shape(a, b))


class PowerScalar(ScalarOp):
    """a to the power of a number."""

    def compute(self, a):
        """(…) → (…)."""
        # BEGIN SOLUTION elementwise
        return a**self.scalar
        # END SOLUTION

    def gradient(self, out_grad, node):
        """out_grad (…) → the gradient of a (…). a^0 is 1 everywhere, so its gradient is 0, also where a is 0."""
        # BEGIN SOLUTION elementwise_backward
        if self.scalar == 0:
            return out_grad * 0
        return out_grad * self.scalar * node.inputs[0] ** (self.scalar - 1)
        # END SOLUTION


def power_scalar(a, scalar):
    """Power with a number as the exponent, entry by entry: a^scalar.

    Args:
        a: the base, (…), floats.
        scalar: the exponent, a number (not a tensor: it gets no gradient).

    Returns:
        (…), the dtype of `a`.
    """
    return PowerScalar(scalar)(a)


class ScalarPower(ScalarOp):
    """A number to the power a: the reflected power, `2 ** a`. Given."""

    def compute(self, a):
        return self.scalar**a

    def gradient(self, out_grad, node):
        return out_grad * node * math.log(self.scalar)


def scalar_power(a, scalar):
    """Power with a number as the base: scalar^a, shape (…) of the tensor `a`."""
    return ScalarPower(scalar)(a)


class EWiseDiv(TensorOp):
    """a over b, entry by entry."""

    def compute(self, a, b):
        """(…), (…) → (…)."""
        # BEGIN SOLUTION elementwise
        return a / b
        # END SOLUTION

    def gradient(self, out_grad, node):
        """out_grad (…) → the gradients of the numerator a and of the denominator b, each (…)."""
        # BEGIN SOLUTION elementwise_backward
        a, b = node.inputs
        return out_grad / b, -out_grad * a / (b * b)
        # END SOLUTION


def divide(a, b):
    """Quotient, entry by entry: a / b.

    Args:
        a: the numerator, (…), floats.
        b: the denominator, (…), floats.

    Returns:
        (…), the dtype of the arguments.
    """
    return EWiseDiv()(*_same_shape(a, b))


class DivScalar(ScalarOp):
    """a over a number."""

    def compute(self, a):
        """(…) → (…)."""
        # BEGIN SOLUTION elementwise
        return a / self.scalar
        # END SOLUTION

    def gradient(self, out_grad, node):
        """out_grad (…) → the gradient of a (…)."""
        # BEGIN SOLUTION elementwise_backward
        return out_grad / self.scalar
        # END SOLUTION


def divide_scalar(a, scalar):
    """Quotient with a number: a / scalar.

    Args:
        a: the numerator, (…), floats.
        scalar: the denominator, a number (not a tensor: it gets no gradient).

    Returns:
        (…), the dtype of `a`: float32 stays float32.
    """
    return DivScalar(scalar)(a)


class Negate(TensorOp):
    """-a."""

    def compute(self, a):
        """(…) → (…)."""
        # BEGIN SOLUTION elementwise
        return -a
        # END SOLUTION

    def gradient(self, out_grad, node):
        """out_grad (…) → the gradient of a (…)."""
        # BEGIN SOLUTION elementwise_backward
        return -out_grad
        # END SOLUTION


def negate(a):
    """The negative, entry by entry: -a. With `add` it makes the difference: a - b is a + (-b).

    Args:
        a: any shape (…).

    Returns:
        (…), the dtype of `a`.
    """
    return Negate()(a)


class Log(TensorOp):
    """The natural logarithm."""

    def compute(self, a):
        """(…) → (…)."""
        # BEGIN SOLUTION elementwise
        return array_api.log(a)
        # END SOLUTION

    def gradient(self, out_grad, node):
        """out_grad (…) → the gradient of a (…)."""
        # BEGIN SOLUTION elementwise_backward
        return out_grad / node.inputs[0]
        # END SOLUTION


def log(a):
    """Natural logarithm, entry by entry: ln a, exactly (nothing is added to `a`; ln 0 is -inf, as in numpy and torch).

    Args:
        a: any shape (…), floats.

    Returns:
        (…), the dtype of `a`.
    """
    return Log()(a)


class Exp(TensorOp):
    """The exponential."""

    def compute(self, a):
        """(…) → (…)."""
        # BEGIN SOLUTION elementwise
        return array_api.exp(a)
        # END SOLUTION

    def gradient(self, out_grad, node):
        """out_grad (…) → the gradient of a (…)."""
        # BEGIN SOLUTION elementwise_backward
        return out_grad * node
        # END SOLUTION


def exp(a):
    """Exponential, entry by entry: e^a.

    Args:
        a: any shape (…), floats.

    Returns:
        (…), the dtype of `a`.
    """
    return Exp()(a)
