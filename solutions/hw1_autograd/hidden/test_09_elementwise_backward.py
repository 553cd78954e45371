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


def _all_seven(student, close, a, b, out_grad, **options):
    options["kind"] = "gradient"
    close(student.power_gradient(a, b, out_grad), _expected(torch.pow, out_grad, a=a, b=b), **options)
    close(student.power_scalar_gradient(a, 3, out_grad), _expected(lambda x: x**3, out_grad, a=a), **options)
    close(student.divide_gradient(a, b, out_grad), _expected(torch.div, out_grad, a=a, b=b), **options)
    close(student.divide_scalar_gradient(a, 4, out_grad), _expected(lambda x: x / 4, out_grad, a=a), **options)
    close(student.negate_gradient(a, out_grad), _expected(torch.neg, out_grad, a=a), **options)
    close(student.log_gradient(a, out_grad), _expected(torch.log, out_grad, a=a), **options)
    close(student.exp_gradient(a, out_grad), _expected(torch.exp, out_grad, a=a), **options)


def test_elementwise_backward_shapes(student, rng, close):
    """works on arrays of any shape: a single number, one entry, four axes, none at all"""
    for shape in ((), (1, 1), (2, 1, 3, 2), (0, 3)):
        a, b = rng.uniform(0.5, 2.5, shape), rng.uniform(0.5, 2.5, shape)
        _all_seven(student, close, a, b, rng.standard_normal(shape))


def test_elementwise_backward_dtype(student, rng, close):
    """keeps float32 as float32"""
    a, b = (rng.uniform(0.5, 2.5, (3, 4)).astype(np.float32) for _ in "ab")
    _all_seven(student, close, a, b, rng.standard_normal((3, 4)).astype(np.float32), dtype=True)


def test_elementwise_backward_strided(student, rng, close):
    """works on transposed and strided arrays"""
    a, b = rng.uniform(0.5, 2.5, (4, 6))[:, ::2].T, rng.uniform(0.5, 2.5, (3, 4))
    _all_seven(student, close, a, b, rng.standard_normal((4, 3)).T)


def test_power_scalar_backward_negative_base(student, rng, close):
    """gives the gradient of whole powers of negative numbers and of 0"""
    a, out_grad = np.array([-2.5, -1.0, 0.0, 0.5]), rng.standard_normal(4)
    for scalar in (1, 2, 3):
        expected = _expected(lambda x, s=scalar: x**s, out_grad, a=a)
        close(student.power_scalar_gradient(a, scalar, out_grad), expected, kind="gradient")


def test_divide_backward_negative(student, rng, close):
    """gives the gradients of quotients of negative numbers"""
    a, b = rng.standard_normal((3, 4)), -rng.uniform(0.5, 2.5, (3, 4))
    out_grad = rng.standard_normal((3, 4))
    close(student.divide_gradient(a, b, out_grad), _expected(torch.div, out_grad, a=a, b=b), kind="gradient")
    close(student.divide_gradient(b, b, out_grad), _expected(torch.div, out_grad, a=b, b=b.copy()), kind="gradient")
