"""Operations that pack tensors into a tuple and take one out: what an operation with several outputs needs. Given."""

from ..autograd import Tensor, TensorOp, TensorTupleOp
from ..backend import array_api

__all__ = ["MakeTensorTuple", "TupleGetItem", "make_tuple", "tuple_get_item"]


class MakeTensorTuple(TensorTupleOp):
    """Several tensors as one value."""

    def compute(self, *arrays):
        return arrays

    def gradient(self, out_grad, node):
        return out_grad.tuple()


def make_tuple(*tensors):
    """Several tensors, of any shapes → a `TensorTuple` of them."""
    return MakeTensorTuple()(*tensors)


class TupleGetItem(TensorOp):
    """One tensor of a tuple; the gradient of the others is zero."""

    def __init__(self, index):
        self.index = index

    def __call__(self, values, fold_const=True):
        """Takes the tensor out; with `fold_const`, the very one that `make_tuple` put in."""
        if fold_const and isinstance(values.op, MakeTensorTuple):
            return values.inputs[self.index]
        return Tensor.make_from_op(self, [values])

    def compute(self, arrays):
        return arrays[self.index]

    def gradient(self, out_grad, node):
        parts = [Tensor.make_const(array_api.zeros_like(part)) for part in node.inputs[0].cached_data]
        parts[self.index] = out_grad
        return make_tuple(*parts)


def tuple_get_item(values, index):
    """A `TensorTuple` and a place in it → the tensor there."""
    return TupleGetItem(index)(values)
