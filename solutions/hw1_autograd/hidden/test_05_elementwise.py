"""Stage 5: operations entry by entry, forward."""

import numpy as np
import torch
from torch import tensor


def _all_seven(student, close, a, b):
    x, y = tensor(a), tensor(b)
    close(student.power(a, b), torch.pow(x, y))
    close(student.power_scalar(a, 2), torch.pow(x, 2))
    close(student.divide(a, b), x / y)
    close(student.divide_scalar(a, -3), x / -3)
    close(student.negate(a), -x)
    close(student.log(a), torch.log(x))
    close(student.exp(a), torch.exp(x))


def test_elementwise_forward_shapes(student, rng, close):
    """computes on arrays of any shape: a single number, one entry, four axes, none at all"""
    for shape in ((), (1,), (1, 1), (2, 1, 3, 2), (0, 3)):
        _all_seven(student, close, rng.uniform(0.5, 2.5, shape), rng.uniform(0.5, 2.5, shape))


def test_elementwise_forward_strided(student, rng, close):
    """computes on transposed and strided arrays"""
    a, b = rng.uniform(0.5, 2.5, (4, 6)), rng.uniform(0.5, 2.5, (3, 4))
    _all_seven(student, close, a[:, ::2].T, b[::-1].copy())


def test_power_forward_negative_base(student, rng, close):
    """raises negative numbers to whole powers"""
    a = -rng.uniform(0.5, 2.5, (3, 4))
    exponents = rng.integers(-3, 4, (3, 4)).astype(np.float64)
    close(student.power(a, exponents), torch.pow(tensor(a), tensor(exponents)))
    close(student.power_scalar(a, 3), torch.pow(tensor(a), 3))
    close(student.power_scalar(a, -2), torch.pow(tensor(a), -2))


def test_log_forward_small(student, rng, close):
    """takes the logarithm of the smallest numbers without adding anything to them"""
    a = rng.uniform(0.5, 2.5, (5,)) * 10.0 ** -np.array([20.0, 50.0, 100.0, 200.0, 300.0])
    close(student.log(a), torch.log(tensor(a)))


def test_elementwise_forward_inputs(student, rng, close):
    """leaves the tensors that it is given as they are"""
    a, b = rng.uniform(0.5, 2.5, (3, 4)), rng.uniform(0.5, 2.5, (3, 4))
    close(student.elementwise_inputs(a, b), {"a": a, "b": b}, kind="exact")
