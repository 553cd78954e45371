"""Activation functions: what stands between two linear maps, so that they do not collapse into one."""

from ..autograd import Tensor, TensorOp
from ..backend import array_api

__all__ = ["ReLU", "Sigmoid", "Tanh", "relu", "sigmoid", "tanh"]


class ReLU(TensorOp):
    """max(a, 0)."""

    def compute(self, a):
        """(…) → (…), entry by entry."""
        raise NotImplementedError("hw1 · activation: see hw1_autograd/README.md, stage 8")

    def gradient(self, out_grad, node):
        """out_grad (…) → the gradient of a (…): out_grad where a > 0, else 0 (at 0 too)."""
        raise NotImplementedError("hw1 · activation: see hw1_autograd/README.md, stage 8")


def relu(a):
    """Rectified linear unit: max(a, 0).

    Args:
        a: any shape, floats.

    Returns:
        The shape and dtype of `a`.

    Source: Nair & Hinton 2010, Rectified Linear Units Improve Restricted Boltzmann Machines.
    """
    return ReLU()(a)


class Tanh(TensorOp):
    """The hyperbolic tangent."""

    def compute(self, a):
        """(…) → (…), entry by entry."""
        raise NotImplementedError("hw1 · activation: see hw1_autograd/README.md, stage 8")

    def gradient(self, out_grad, node):
        """out_grad (…) → the gradient of a (…)."""
        raise NotImplementedError("hw1 · activation: see hw1_autograd/README.md, stage 8")


def tanh(a):
    """Hyperbolic tangent: (e^a - e^-a) / (e^a + e^-a), and its derivative is 1 - tanh(a)².

    Args:
        a: any shape, floats.

    Returns:
        The shape and dtype of `a`, entries in [-1, 1]; finite for every finite `a`.
    """
    return Tanh()(a)


class Sigmoid(TensorOp):
    """The logistic function."""

    def compute(self, a):
        """(…) → (…), entry by entry."""
        raise NotImplementedError("hw1 · activation: see hw1_autograd/README.md, stage 8")

    def gradient(self, out_grad, node):
        """out_grad (…) → the gradient of a (…)."""
        raise NotImplementedError("hw1 · activation: see hw1_autograd/README.md, stage 8")


def sigmoid(a):
    """Logistic function: 1 / (1 + e^-a), and its derivative is sigmoid(a) (1 - sigmoid(a)).

    Args:
        a: any shape, floats.

    Returns:
        The shape and dtype of `a`, entries in [0, 1]; finite for every finite `a`, also where e^-a is not.
    """
    return Sigmoid()(a)
