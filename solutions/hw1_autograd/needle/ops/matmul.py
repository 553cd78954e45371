"""The matrix product."""

from ..autograd import TensorOp
from ..backend import array_api
from .shape import sum_to_shape, transpose

__all__ = ["MatMul", "matmul"]


class MatMul(TensorOp):
    """The matrix product of the last two axes; the axes before them are batch axes, and they broadcast."""

    def compute(self, a, b):
        """(…, m, k), (…, k, n) → (…, m, n)."""
        # BEGIN SOLUTION matmul
        return array_api.matmul(a, b)
        # END SOLUTION

    def gradient(self, out_grad, node):
        """out_grad (…, m, n) → the gradients of a (…, m, k) and b (…, k, n), each in its own shape, batch axes too."""
        # BEGIN SOLUTION matmul_backward
        a, b = node.inputs
        a_grad = matmul(out_grad, transpose(b))
        b_grad = matmul(transpose(a), out_grad)
        return sum_to_shape(a_grad, a.shape), sum_to_shape(b_grad, b.shape)
        # END SOLUTION


def matmul(a, b):
    """Multiplies matrices, or stacks of them: out[…, i, j] = Σ_l a[…, i, l] b[…, l, j].

    Args:
        a: (…, m, k), two axes or more.
        b: (…, k, n), two axes or more; the batch axes of `a` and `b`, in front, broadcast against each other.

    Returns:
        (…, m, n), the dtype of the factors.

    Raises:
        ValueError: the inner lengths k differ, or the batch axes do not broadcast.
    """
    return MatMul()(a, b)
