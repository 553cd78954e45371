"""Stage 9: the gradients of the operations entry by entry."""

import numpy as np
import torch
from torch import tensor


def _expected(function, out_grad, **arrays):
    """The function of the arrays, and the gradient of each, by torch."""
    leaves = [torch.tensor(array, requires_grad=True) for array in arrays.values()]
    out = function(*leaves)
    gradients = torch.autograd.grad((out * tensor(out_grad)).sum(), leaves)
    return {"out": out} | {f"gradient of {name}": gradient for name, gradient in zip(arrays, gradients, strict=True)}


def _positive(rng, *shape):
    """Numbers between 0.5 and 2.5, of which powers and logarithms are harmless."""
    return rng.uniform(0.5, 2.5, shape)


def test_power_backward(student, rng, close):
    """gives the gradients of the base and of the exponent"""
    worked = student.power_gradient(np.array([np.e]), np.array([2.0]), np.array([1.0]))
    square = np.array([np.e**2])
    close(worked, {"out": square, "gradient of a": np.array([2 * np.e]), "gradient of b": square}, kind="gradient")
    a, b, out_grad = _positive(rng, 3, 4), rng.standard_normal((3, 4)), rng.standard_normal((3, 4))
    close(student.power_gradient(a, b, out_grad), _expected(torch.pow, out_grad, a=a, b=b), kind="gradient")


def test_power_scalar_backward(student, rng, close):
    """gives the gradient of a power: the exponent times the power one lower"""
    worked = student.power_scalar_gradient(np.array([3.0]), 2, np.array([1.0]))
    close(worked, {"out": np.array([9.0]), "gradient of a": np.array([6.0])}, kind="gradient")
    a, out_grad = _positive(rng, 3, 4), rng.standard_normal((3, 4))
    for scalar in (1, 2, 3, -1, 0.5, -1.5):
        expected = _expected(lambda x, s=scalar: x**s, out_grad, a=a)
        close(student.power_scalar_gradient(a, scalar, out_grad), expected, kind="gradient")


def test_power_scalar_backward_zero(student, rng, close):
    """gives 0 where the exponent is 0, also for the base 0"""
    a, out_grad = np.array([0.0, -1.0, 2.0]), rng.standard_normal(3)
    close(student.power_scalar_gradient(a, 0, out_grad), {"out": np.ones(3), "gradient of a": np.zeros(3)})


def test_divide_backward(student, rng, close):
    """gives the gradients of the numerator and of the denominator"""
    worked = student.divide_gradient(np.array([6.0]), np.array([2.0]), np.array([1.0]))
    expected = {"out": np.array([3.0]), "gradient of a": np.array([0.5]), "gradient of b": np.array([-1.5])}
    close(worked, expected, kind="gradient")
    a, b, out_grad = rng.standard_normal((3, 4)), _positive(rng, 3, 4), rng.standard_normal((3, 4))
    close(student.divide_gradient(a, b, out_grad), _expected(torch.div, out_grad, a=a, b=b), kind="gradient")


def test_divide_scalar_backward(student, rng, close):
    """divides the gradient by the same number"""
    a, out_grad = rng.standard_normal((3, 4)), rng.standard_normal((3, 4))
    expected = _expected(lambda x: x / -2.5, out_grad, a=a)
    close(student.divide_scalar_gradient(a, -2.5, out_grad), expected, kind="gradient")


def test_negate_backward(student, rng, close):
    """changes the sign of the gradient"""
    a, out_grad = rng.standard_normal((3, 4)), rng.standard_normal((3, 4))
    close(student.negate_gradient(a, out_grad), _expected(torch.neg, out_grad, a=a), kind="gradient")


def test_log_backward(student, rng, close):
    """divides the gradient by the input, also by a very small one"""
    a, out_grad = _positive(rng, 3, 4) * 10.0 ** -np.arange(0, 12, 3), rng.standard_normal((3, 4))
    close(student.log_gradient(a, out_grad), _expected(torch.log, out_grad, a=a), kind="gradient")


def test_exp_backward(student, rng, close):
    """multiplies the gradient by the exponential"""
    a, out_grad = rng.standard_normal((3, 4)), rng.standard_normal((3, 4))
    close(student.exp_gradient(a, out_grad), _expected(torch.exp, out_grad, a=a), kind="gradient")


def test_elementwise_backward_numerical(student, rng, close):
    """agrees with the slope that the forward pass itself has"""
    a, ones, step = _positive(rng, 3, 4), np.ones((3, 4)), 1e-5
    for forward, backward in (
        (lambda x: student.power_scalar(x, 2.5), lambda: student.power_scalar_gradient(a, 2.5, ones)),
        (lambda x: student.divide(x, a), lambda: student.divide_gradient(a, a, ones)),
        (student.log, lambda: student.log_gradient(a, ones)),
        (student.exp, lambda: student.exp_gradient(a, ones)),
    ):
        slope = (forward(a + step) - forward(a - step)) / (2 * step)
        close(backward()["gradient of a"], slope, kind="numerical")


def test_elementwise_backward_of_operations(student, rng):
    """computes the gradients with needle operations, from tensors that can be differentiated again"""
    a, b = _positive(rng, 3, 4), _positive(rng, 3, 4)
    origins = student.elementwise_origins(a, b)
    needed = {
        "power": {"gradient of a": {"a", "b", "out_grad"}, "gradient of b": {"a", "b", "out_grad"}},
        "power_scalar": {"gradient of a": {"a", "out_grad"}},
        "divide": {"gradient of a": {"b", "out_grad"}, "gradient of b": {"a", "b", "out_grad"}},
        "divide_scalar": {"gradient of a": {"out_grad"}},
        "negate": {"gradient of a": {"out_grad"}},
        "log": {"gradient of a": {"a", "out_grad"}},
        "exp": {"gradient of a": {"a", "out_grad"}},
    }
    for operation, gradients in needed.items():
        for name, tensors in gradients.items():
            reached = origins[operation][name]
            assert tensors <= set(reached), (
                f"{operation}: the {name} depends on {', '.join(sorted(tensors))}; its graph leads to "
                f"{', '.join(reached) or 'none of them'}: build it of tensors, not of their arrays"
            )
