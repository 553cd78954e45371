"""Operations that move, repeat and add up entries: transpose, reshape, broadcast_to, summation.

Each gradient is the operation that undoes the moving: a transpose for a transpose, a reshape for a reshape; and of
broadcasting and summing each is the other's.
"""

from ..autograd import TensorOp
from ..backend import array_api

__all__ = [
    "BroadcastTo",
    "Reshape",
    "Summation",
    "Transpose",
    "broadcast_to",
    "reshape",
    "sum_to_shape",
    "summation",
    "transpose",
]


class Transpose(TensorOp):
    """Swaps two axes: the pair `axes`, or the last two where it is None."""

    def __init__(self, axes=None):
        if axes is not None and len(axes) != 2:
            raise ValueError(f"transpose swaps a pair of axes, such as (0, 1) or (-1, -2); got {axes}")
        self.axes = axes

    def compute(self, a):
        """(…, m, n) → (…, n, m), or whichever two axes `self.axes` names; `self` stays as it is, it is used again."""
        # BEGIN SOLUTION shape
        first, second = (-2, -1) if self.axes is None else self.axes
        return array_api.swapaxes(a, first, second)
        # END SOLUTION

    def gradient(self, out_grad, node):
        """out_grad (…, n, m) → the gradient of a (…, m, n), for the same two axes."""
        # BEGIN SOLUTION shape_backward
        return transpose(out_grad, self.axes)  # swapping the same two axes again puts every entry back
        # END SOLUTION


def transpose(a, axes=None):
    """Swaps two axes of a tensor: out[…, j, i] = a[…, i, j].

    Args:
        a: (…, m, n), two axes or more.
        axes: the two axes to swap, a pair of numbers that count from the front or, negative, from the back; None for
            the last two.

    Returns:
        (…, n, m), or a's shape with the lengths of the two axes exchanged; the dtype of `a`.

    Raises:
        ValueError: `axes` is not a pair, or `a` has no such axis.
    """
    return Transpose(axes)(a)


class Reshape(TensorOp):
    """The same entries, in the same order, in another shape."""

    def __init__(self, shape):
        self.shape = shape

    def compute(self, a):
        """(…) → self.shape."""
        # BEGIN SOLUTION shape
        return array_api.reshape(a, self.shape)
        # END SOLUTION

    def gradient(self, out_grad, node):
        """out_grad, of the new shape → the gradient of a, of the old one."""
        # BEGIN SOLUTION shape_backward
        return reshape(out_grad, node.inputs[0].shape)
        # END SOLUTION


def reshape(a, shape):
    """Gives a tensor another shape; its entries keep their order, the last axis running fastest.

    Args:
        a: any shape.
        shape: the new shape, a tuple whose product is the number of entries; one length may be -1, for what is left.

    Returns:
        (*shape), the dtype of `a`.

    Raises:
        ValueError: the number of entries does not fit.
    """
    return Reshape(shape)(a)


class BroadcastTo(TensorOp):
    """Repeats entries along axes of length 1 and along new leading axes."""

    def __init__(self, shape):
        self.shape = shape

    def compute(self, a):
        """(…) → self.shape."""
        # BEGIN SOLUTION shape
        return array_api.broadcast_to(a, self.shape)
        # END SOLUTION

    def gradient(self, out_grad, node):
        """out_grad, of the broadcast shape → the gradient of a, of its own shape."""
        return sum_to_shape(out_grad, node.inputs[0].shape)


def broadcast_to(a, shape):
    """Repeats a tensor up to a larger shape: out[i, j, k] = a[j, 0] for a of shape (n, 1) and a shape (m, n, p).

    The axes are compared from the last to the first: each must have its new length already, or length 1, and `shape`
    may have more of them in front.

    Args:
        a: a shape that broadcasts to `shape`.
        shape: the new shape, a tuple.

    Returns:
        (*shape), the dtype of `a`.

    Raises:
        ValueError: the shape of `a` does not broadcast to `shape`.
    """
    return BroadcastTo(shape)(a)


class Summation(TensorOp):
    """The sum over some axes, which the result no longer has."""

    def __init__(self, axes=None):
        self.axes = tuple(axes) if isinstance(axes, list) else axes

    def compute(self, a):
        """(…) → the shape of `a` without the axes in `self.axes` (None: without any)."""
        # BEGIN SOLUTION shape
        return array_api.sum(a, axis=self.axes)
        # END SOLUTION

    def gradient(self, out_grad, node):
        """out_grad, of the smaller shape → the gradient of a, of the larger one."""
        # BEGIN SOLUTION shape_backward
        shape = node.inputs[0].shape
        axes = range(len(shape)) if self.axes is None else self.axes if isinstance(self.axes, tuple) else (self.axes,)
        kept = list(shape)
        for axis in axes:
            kept[axis] = 1  # as with keepdims=True, so that out_grad's axes stand where they stood in a
        return broadcast_to(reshape(out_grad, tuple(kept)), shape)
        # END SOLUTION


def summation(a, axes=None):
    """Sums a tensor over axes: out[i] = Σ_j a[i, j] for axes=1.

    Args:
        a: any shape.
        axes: the axes to sum over: None for all, one number, or a tuple of numbers; negative ones count from the back.

    Returns:
        The shape of `a` without the summed axes, () when all are; the dtype of `a` for floats.

    Raises:
        ValueError: `a` has no such axis, or `axes` names one twice.
    """
    return Summation(axes)(a)


def sum_to_shape(a, shape):
    """Undoes a broadcast by summing: each entry of the result is the sum of all entries that it was repeated to.

    So it is the gradient of `broadcast_to`: for x of shape `shape`, and `a` the gradient of `broadcast_to(x, a.shape)`,
    it gives the gradient of x, since an entry that was used several times gets the sum of the gradients of its uses.

    Args:
        a: any shape that `shape` broadcasts to.
        shape: the shape before the broadcast, a tuple.

    Returns:
        (*shape), the dtype of `a`, built of needle operations.
    """
    # BEGIN SOLUTION broadcast_backward
    if a.shape == shape:
        return a
    new_axes = a.ndim - len(shape)
    stretched = [new_axes + i for i, length in enumerate(shape) if length == 1]
    return reshape(summation(a, (*range(new_axes), *stretched)), shape)
    # END SOLUTION
