"""The engine: values that remember how they were computed, and gradients that flow back along these memories.

An operation (`Op`) turns arrays into an array (`compute`), and the gradient of its output into those of its inputs
(`gradient`). A `Tensor` is the result of one: it holds the array, the operation and the operation's inputs. Inputs have
inputs in turn; that is the computational graph, and there is no other record of it. A gradient is computed with
tensors, so it has a graph too: a gradient has a gradient.
"""

import gc
from functools import reduce
from operator import add

import numpy

from .backend import array_api
from .device import cpu

__all__ = [
    "Op",
    "Tensor",
    "TensorOp",
    "TensorTuple",
    "TensorTupleOp",
    "Value",
    "compute_gradient_of_variables",
    "find_topo_sort",
    "live_tensors",
    "sum_node_list",
]


class Op:
    """An operation: what it computes from arrays, and how the gradient of its output becomes those of its inputs."""

    def __call__(self, *inputs):
        """Applies the operation to values, and returns the value that it makes."""
        raise NotImplementedError(f"{type(self).__name__} defines no __call__")

    def compute(self, *arrays):
        """Forward: the arrays of the inputs → the array of the output. It changes neither its arguments nor `self`."""
        raise NotImplementedError(f"{type(self).__name__} defines no compute")

    def gradient(self, out_grad, node):
        """Backward: the vector-Jacobian product, on tensors.

        Args:
            out_grad: the gradient of some scalar with respect to the output, a tensor of the output's shape.
            node: the output itself; `node.inputs` are the tensors that it was computed from.

        Returns:
            The gradient with respect to each input, of that input's shape: one tensor, or a tuple for several inputs.
        """
        raise NotImplementedError(f"{type(self).__name__} defines no gradient")

    def gradient_as_tuple(self, out_grad, node):
        """`gradient`, as a tuple also where there is a single input."""
        gradients = self.gradient(out_grad, node)
        gradients = tuple(gradients) if isinstance(gradients, (tuple, list)) else (gradients,)
        for gradient in gradients:
            if not isinstance(gradient, Value):
                raise TypeError(
                    f"{type(self).__name__}.gradient returns tensors, built of needle operations, "
                    f"but it returned {type(gradient).__name__}"
                )
        return gradients


class TensorOp(Op):
    """An operation whose output is a tensor."""

    def __call__(self, *inputs):
        return Tensor.make_from_op(self, inputs)


class TensorTupleOp(Op):
    """An operation whose output is a tuple of tensors."""

    def __call__(self, *inputs):
        return TensorTuple.make_from_op(self, inputs)


class Value:
    """A node of the graph.

    Attributes:
        op: the operation that made it; None for a leaf.
        inputs: the values that the operation was applied to, a tuple; empty for a leaf.
        cached_data: what was computed: an array, or for a `TensorTuple` a tuple of arrays.
        requires_grad: whether gradients flow to it.
        grad: after `backward`, its gradient: on a leaf a tensor with a history, in between one without; None before.
    """

    def _init(self, op, inputs, cached_data, requires_grad):
        self.op = op
        self.inputs = inputs
        self.cached_data = cached_data
        self.requires_grad = requires_grad
        self.grad = None

    @classmethod
    def make_const(cls, data, requires_grad=False):
        """A leaf around `data`, which is not copied: an array, or a value whose array the leaf then shares."""
        value = cls.__new__(cls)
        value._init(None, (), data.cached_data if isinstance(data, Value) else data, requires_grad)
        return value

    @classmethod
    def make_from_op(cls, op, inputs):
        """Applies `op` to `inputs`; the result remembers both, or is a leaf if no input requires a gradient."""
        for place, value in enumerate(inputs):
            if not isinstance(value, Value):
                raise TypeError(
                    f"{type(op).__name__} works on tensors, but argument {place + 1} is of type "
                    f"{type(value).__name__}; wrap it: Tensor(…)"
                )
        result = cls.__new__(cls)
        data = cls._checked(op.compute(*[value.cached_data for value in inputs]), op)
        if any(value.requires_grad for value in inputs):
            result._init(op, tuple(inputs), data, True)
        else:
            result._init(None, (), data, False)
        return result

    @staticmethod
    def _checked(data, op):
        """What `op.compute` returned, as this class keeps it."""
        return data

    def __getstate__(self):
        """What a pickle or a copy holds: all but the history and the gradient, with which it would hold whole graphs."""
        return {**vars(self), "op": None, "inputs": (), "grad": None}

    def realize_cached_data(self):
        """The array itself, not a copy (operations compute as soon as they are called, so it is always there)."""
        return self.cached_data

    def is_leaf(self):
        """Whether the graph starts here: it was not computed from anything that requires a gradient."""
        return self.op is None


class TensorTuple(Value):
    """Several tensors that one operation makes together; `len`, `[i]` and iteration give the parts as tensors."""

    def __len__(self):
        return len(self.cached_data)

    def __getitem__(self, index):
        return ops.tuple_get_item(self, range(len(self))[index])

    def tuple(self):
        """The parts, as a Python tuple of tensors."""
        return tuple(self)

    def __add__(self, other):
        """Part by part; this is how the gradients of a tuple add up."""
        if not isinstance(other, TensorTuple) or len(self) != len(other):
            raise TypeError(f"adding tuples of tensors takes two of the same length, got {self!r} and {other!r}")
        return ops.make_tuple(*(a + b for a, b in zip(self, other, strict=True)))

    def detach(self):
        """The same arrays without their history."""
        return TensorTuple.make_const(self.cached_data)

    def __repr__(self):
        return f"needle.TensorTuple({', '.join(map(str, self.cached_data))})"

    __str__ = __repr__


class Tensor(Value):
    """An array with a history.

    Args:
        array: what to copy: an array, a number, a nested list, or another tensor.
        device: where to put it; None for the tensor's own device or `cpu()`.
        dtype: its type; None keeps the type that `array` has (as numpy sees it: float64 for Python's floats).
        requires_grad: whether `backward` shall leave a gradient in `.grad`.
    """

    __array_ufunc__ = None  # `numpy_array + tensor` is left to the tensor's own reflected operators

    def __init__(self, array, *, device=None, dtype=None, requires_grad=True):
        if isinstance(array, Tensor):
            device = device or array.device
            array = array.numpy()
        device = device or cpu()
        self._init(None, (), device.array(array, dtype=dtype), requires_grad)

    @staticmethod
    def _checked(data, op):
        if isinstance(data, array_api.ndarray):
            return data
        if isinstance(data, numpy.generic):  # numpy makes a number, not a 0-d array, of some results
            return numpy.asarray(data)
        raise TypeError(
            f"{type(op).__name__}.compute takes arrays and returns an array, but it returned {type(data).__name__}"
        )

    @property
    def shape(self):
        return self.cached_data.shape

    @property
    def ndim(self):
        return len(self.cached_data.shape)

    @property
    def size(self):
        return self.cached_data.size

    @property
    def dtype(self):
        return self.cached_data.dtype

    @property
    def device(self):
        return cpu() if isinstance(self.cached_data, numpy.ndarray) else self.cached_data.device

    def numpy(self):
        """The numbers as a numpy array; where the backend is numpy, the tensor's own array, not a copy."""
        data = self.cached_data
        return data if isinstance(data, numpy.ndarray) else data.numpy()

    @property
    def data(self):
        """The same numbers without their history: what an optimiser computes with."""
        return self.detach()

    @data.setter
    def data(self, value):
        """Replaces the array; the tensor stays the same object, so the network that holds it sees the new numbers."""
        if not isinstance(value, Tensor):
            raise TypeError(f"tensor.data = … takes a Tensor, got {type(value).__name__}")
        if value.dtype != self.dtype:
            raise TypeError(f"tensor.data = … keeps the dtype {self.dtype}, got {value.dtype}")
        self.cached_data = value.cached_data

    def detach(self):
        """The same array without its history: a leaf that shares the numbers and lets no gradient through.

        What is detached keeps nothing alive: a running sum of losses (`total = total + loss.detach()`) holds numbers
        only, where `total + loss` would hold every graph since the first step.

        Returns:
            A tensor of the same shape, dtype and array (not a copy), `requires_grad=False`, no operation, no inputs.
        """
        raise NotImplementedError("hw1 · detach: see hw1_autograd/README.md, stage 15")

    def backward(self, out_grad=None):
        """Leaves in `.grad` of every leaf that requires it the gradient of this tensor, weighted by `out_grad`.

        A second call replaces what the first one left: gradients add up over the paths of one graph, not over calls.

        Args:
            out_grad: a tensor of this tensor's shape; None for ones.

        Raises:
            RuntimeError: nothing that this tensor was computed from requires a gradient.
            TypeError: `out_grad` is no tensor.
            ValueError: `out_grad` has another shape.
        """
        if not self.requires_grad:
            raise RuntimeError(
                "backward() on a tensor that requires no gradient: "
                "all that it was computed from is detached or was made with requires_grad=False"
            )
        if out_grad is None:
            out_grad = Tensor.make_const(self.device.ones(*self.shape, dtype=self.dtype))
        elif not isinstance(out_grad, Tensor):
            raise TypeError(f"backward() takes a tensor, got {type(out_grad).__name__}; wrap it: Tensor(…)")
        elif out_grad.shape != self.shape:
            raise ValueError(
                f"backward() on a tensor of shape {self.shape} takes an out_grad of that shape, got {out_grad.shape}"
            )
        compute_gradient_of_variables(self, out_grad)

    def __repr__(self):
        return f"needle.Tensor({self.cached_data})"

    def __str__(self):
        return str(self.cached_data)

    def __add__(self, other):
        return _operation(self, other, ops.add, ops.add_scalar)

    __radd__ = __add__

    def __mul__(self, other):
        return _operation(self, other, ops.multiply, ops.mul_scalar)

    __rmul__ = __mul__

    def __sub__(self, other):
        return _operation(self, other, lambda a, b: a + (-b), lambda a, scalar: ops.add_scalar(a, -scalar))

    def __rsub__(self, other):
        return -self + other

    def __truediv__(self, other):
        return _operation(self, other, ops.divide, ops.divide_scalar)

    def __rtruediv__(self, other):
        return self**-1.0 * other

    def __pow__(self, other):
        return _operation(self, other, ops.power, ops.power_scalar)

    def __rpow__(self, other):
        return _operation(self, other, lambda a, b: ops.power(b, a), ops.scalar_power)

    def __neg__(self):
        return ops.negate(self)

    def __matmul__(self, other):
        return _operation(self, other, ops.matmul)

    def __rmatmul__(self, other):
        return _operation(self, other, lambda a, b: ops.matmul(b, a))

    def matmul(self, other):
        """The matrix product with another tensor, `self @ other`."""
        return ops.matmul(self, other)

    def sum(self, axes=None):
        """The sum over `axes` (None for all, a number, or a tuple), which the result no longer has."""
        return ops.summation(self, axes)

    def reshape(self, shape):
        """The same entries, in the same order, in another shape."""
        return ops.reshape(self, shape)

    def broadcast_to(self, shape):
        """The tensor repeated along axes of length 1 and new leading axes, up to `shape`."""
        return ops.broadcast_to(self, shape)

    def transpose(self, axes=None):
        """Two axes swapped: the pair `axes`, or the last two."""
        return ops.transpose(self, axes)


def _operation(tensor, other, with_tensor, with_number=None):
    """`with_tensor` or `with_number`, by what `other` is; an array or a list becomes a constant tensor."""
    if isinstance(other, Tensor):
        return with_tensor(tensor, other)
    if isinstance(other, numpy.generic):
        other = other.item()  # of Python's own kind: -numpy.uint8(3) is 253
    if isinstance(other, (int, float)):
        return with_number(tensor, other) if with_number else NotImplemented
    if isinstance(other, (numpy.ndarray, list, tuple)):
        return with_tensor(tensor, Tensor(other, device=tensor.device, requires_grad=False))
    return NotImplemented


def sum_node_list(node_list):
    """The sum of the tensors in a list, n - 1 additions for n of them (Python's `sum` would start from a 0)."""
    return reduce(add, node_list)


def find_topo_sort(node_list):
    """Every value that `node_list` was computed from, each once and after its inputs: a topological order.

    The order is that of a depth-first search in post-order: start from the nodes in the order of the list; follow a
    node's inputs from the first to the last, then append the node itself. Deep graphs are ordinary (a chain of 5,000
    operations), so the search keeps its own stack instead of calling itself; it looks at each edge once.

    Args:
        node_list: values, a list; their inputs are in `.inputs`.

    Returns:
        A list of values: those of `node_list` and all that they were computed from, leaves too.

    Source: Cormen et al., Introduction to Algorithms, section on topological sort.
    """
    raise NotImplementedError("hw1 · topo_sort: see hw1_autograd/README.md, stage 13")


def compute_gradient_of_variables(output_tensor, out_grad):
    """Leaves in `.grad` of every leaf that requires it the gradient of `output_tensor`, weighted by `out_grad`.

    The graph is walked from the output back to the leaves, in reverse topological order. A value that was used several
    times gets a contribution from each use; their sum is its gradient, x̄ = Σ (∂v/∂x)ᵀ v̄ over the uses v of x, and it is
    complete when the walk reaches the value. Each operation's `gradient` is asked once.

    The gradients are built of needle operations, so they have a graph of their own and `x.grad.backward()` works.

    A value that is no leaf may be left its gradient too (code elsewhere reads it, no test here asks for it), and then
    better without the history: that leads back to the value, and only the garbage collector frees a circle.

    Args:
        output_tensor: a tensor of any shape, the end of the graph.
        out_grad: a tensor of the same shape, the gradient to start from.

    Returns:
        None; each leaf's `.grad` is a new tensor of the leaf's shape, in place of what was there.

    Source: Baydin et al., Automatic Differentiation in Machine Learning: a Survey, section 3.2 (reverse mode).
    """
    raise NotImplementedError("hw1 · compute_gradient: see hw1_autograd/README.md, stage 14")


def live_tensors():
    """How many tensors (and tuples of tensors) are alive in this process: the interpreter's own list is counted.

    Nothing is kept for it, so it costs nothing until it is asked. A graph that only its own cycles keep alive counts
    until `gc.collect()` finds it.
    """
    return sum(issubclass(type(thing), Value) for thing in gc.get_objects())  # isinstance would look through proxies


def __getattr__(name):
    """Two names that needle code elsewhere asks for: what `live_tensors` counts, and the class of the arrays in use."""
    if name == "TENSOR_COUNTER":
        return live_tensors()
    if name == "NDArray":
        return array_api.ndarray
    raise AttributeError(f"module {__name__!r} has no attribute {name!r}")


from . import ops  # noqa: E402 - at the end: the operators use it, and it is built on the classes above
