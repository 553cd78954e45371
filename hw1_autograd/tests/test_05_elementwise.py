"""Stage 5: operations entry by entry, forward."""

import numpy as np
import torch
from torch import tensor


def _positive(rng, *shape):
    """Numbers between 0.5 and 2.5, of which powers and logarithms are harmless."""
    return rng.uniform(0.5, 2.5, shape)


def test_power_forward(student, rng, close):
    """raises each entry to its own power"""
    close(student.power(np.array([2.0, 3.0]), np.array([3.0, 2.0])), np.array([8.0, 9.0]))
    a, b = _positive(rng, 4, 5), rng.standard_normal((4, 5))
    close(student.power(a, b), torch.pow(tensor(a), tensor(b)))


def test_power_scalar_forward(student, rng, close):
    """raises every entry to one power"""
    close(student.power_scalar(np.array([1.0, -2.0, 3.0]), 3), np.array([1.0, -8.0, 27.0]))
    a = _positive(rng, 4, 5)
    for scalar in (3, 0, -1, 0.5, -1.5):
        close(student.power_scalar(a, scalar), torch.pow(tensor(a), scalar))


def test_divide_forward(student, rng, close):
    """divides entry by entry"""
    close(student.divide(np.array([6.0, 1.0]), np.array([3.0, 4.0])), np.array([2.0, 0.25]))
    a, b = rng.standard_normal((4, 5)), _positive(rng, 4, 5)
    close(student.divide(a, b), tensor(a) / tensor(b))


def test_divide_scalar_forward(student, rng, close):
    """divides every entry by one number"""
    close(student.divide_scalar(np.array([6.0, 1.0]), 4), np.array([1.5, 0.25]))
    a = rng.standard_normal((4, 5))
    for scalar in (3, -0.75):
        close(student.divide_scalar(a, scalar), tensor(a) / scalar)


def test_negate_forward(student, rng, close):
    """changes the sign of every entry"""
    a = rng.standard_normal((4, 5))
    close(student.negate(a), -tensor(a))


def test_log_forward(student, rng, close):
    """takes the natural logarithm, exactly, also of very small numbers"""
    close(student.log(np.array([1.0, np.e, np.e**2])), np.array([0.0, 1.0, 2.0]))
    a = _positive(rng, 4, 5) * 10.0 ** np.arange(-12, -7)
    close(student.log(a), torch.log(tensor(a)))


def test_exp_forward(student, rng, close):
    """takes the exponential"""
    a = 3 * rng.standard_normal((4, 5))
    close(student.exp(a), torch.exp(tensor(a)))


def test_operators_forward(student, rng, close):
    """gives the operators - / ** what they need, with a number on either side"""
    a, b = _positive(rng, 3, 4), _positive(rng, 3, 4)
    x, y = tensor(a), tensor(b)
    expected = {"a - b": x - y, "a / b": x / y, "a ** b": x**y, "-a": -x, "a ** 3": x**3, "3 ** a": 3**x}
    expected |= {"a - 3": x - 3, "3 - a": 3 - x, "a / 3": x / 3, "3 / a": 3 / x}
    close(student.operators(a, b), expected)


def test_elementwise_forward_dtype(student, rng, close):
    """keeps float32 as float32"""
    a, b = (_positive(rng, 3, 4).astype(np.float32) for _ in "ab")
    x, y = tensor(a), tensor(b)
    close(student.power(a, b), x**y, dtype=True)
    close(student.power_scalar(a, 2.5), x**2.5, dtype=True)
    close(student.divide(a, b), x / y, dtype=True)
    close(student.divide_scalar(a, 3), x / 3, dtype=True)
    close(student.negate(a), -x, dtype=True)
    close(student.log(a), torch.log(x), dtype=True)
    close(student.exp(a), torch.exp(x), dtype=True)
