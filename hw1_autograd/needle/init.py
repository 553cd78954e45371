"""Tensors to start from: constants and random numbers.

All draw from the device's generator, in the order in which they are called, and none requires a gradient unless asked.
"""

import numpy

from .autograd import Tensor
from .device import cpu

__all__ = ["constant", "one_hot", "ones", "ones_like", "rand", "randb", "randn", "zeros", "zeros_like"]


def rand(*shape, low=0.0, high=1.0, device=None, dtype="float32", requires_grad=False):
    """Uniform numbers between `low` and `high`, shape `shape`: rand * (high - low) + low."""
    device = device or cpu()
    array = device.rand(*shape) * (high - low) + low
    return Tensor(array, device=device, dtype=dtype, requires_grad=requires_grad)


def randn(*shape, mean=0.0, std=1.0, device=None, dtype="float32", requires_grad=False):
    """Normal numbers with the given mean and standard deviation, shape `shape`: randn * std + mean."""
    device = device or cpu()
    array = device.randn(*shape) * std + mean
    return Tensor(array, device=device, dtype=dtype, requires_grad=requires_grad)


def randb(*shape, p=0.5, device=None, dtype="bool", requires_grad=False):
    """True with probability `p`, else False, shape `shape`: rand <= p."""
    device = device or cpu()
    return Tensor(device.rand(*shape) <= p, device=device, dtype=dtype, requires_grad=requires_grad)


def constant(*shape, c=1.0, device=None, dtype="float32", requires_grad=False):
    """The number `c` everywhere, shape `shape`."""
    device = device or cpu()
    return Tensor(device.full(shape, c, dtype=dtype), device=device, dtype=dtype, requires_grad=requires_grad)


def ones(*shape, device=None, dtype="float32", requires_grad=False):
    """Ones, shape `shape`."""
    return constant(*shape, c=1, device=device, dtype=dtype, requires_grad=requires_grad)


def zeros(*shape, device=None, dtype="float32", requires_grad=False):
    """Zeros, shape `shape`."""
    return constant(*shape, c=0, device=device, dtype=dtype, requires_grad=requires_grad)


def one_hot(n, i, device=None, dtype="float32", requires_grad=False):
    """Indices `i` (a tensor or array of whole numbers from 0 to n - 1) → a one at each place, shape `(*i.shape, n)`."""
    device = device or cpu()
    indices = i.numpy() if isinstance(i, Tensor) else numpy.asarray(i)
    array = device.one_hot(n, indices.astype("int32"), dtype=dtype)
    return Tensor(array, device=device, dtype=dtype, requires_grad=requires_grad)


def zeros_like(array, *, device=None, requires_grad=False):
    """Zeros with the shape, the dtype and (unless another is given) the device of a tensor."""
    return zeros(*array.shape, device=device or array.device, dtype=array.dtype, requires_grad=requires_grad)


def ones_like(array, *, device=None, requires_grad=False):
    """Ones with the shape, the dtype and (unless another is given) the device of a tensor."""
    return ones(*array.shape, device=device or array.device, dtype=array.dtype, requires_grad=requires_grad)
