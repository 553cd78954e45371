"""Stage 10: the gradients of transpose, reshape and summation."""

import numpy as np
import torch
from torch import tensor


def _expected(function, a, out_grad):
    """The function of a, and the gradient of a, by torch."""
    leaf = torch.tensor(a, requires_grad=True)
    out = function(leaf)
    (gradient,) = torch.autograd.grad((out * tensor(out_grad)).sum(), leaf)
    return {"out": out, "gradient of a": gradient}


def test_summation_backward_square(student, rng, close):
    """spreads the gradient along the axes that were summed, also where all axes have one length"""
    a = rng.standard_normal((3, 3, 3))
    for axes in (0, 1, -1, (0, 1), (-1, 0), (1, 2)):
        out_grad = rng.standard_normal(a.sum(axes).shape)
        expected = _expected(lambda x, over=axes: x.sum(over), a, out_grad)
        close(student.summation_gradient(a, out_grad, axes), expected, kind="gradient")


def test_summation_backward_again(student, rng, close):
    """leaves the operation as it is, so that it serves again for an array with other axes"""
    a, b = rng.standard_normal((3, 4)), rng.standard_normal((2, 3, 4))
    for axes in (None, 1, -1, (0, -1)):
        close(student.summation_again(a, b, axes), [np.ones(a.shape), np.ones(b.shape)], kind="gradient")


def test_shape_backward_single_numbers(student, rng, close):
    """works on single numbers and axes of length 1"""
    a, g = rng.standard_normal(()), rng.standard_normal(())
    close(student.summation_gradient(a, g), _expected(torch.sum, a, g), kind="gradient")
    close(student.reshape_gradient(a, (1, 1), g.reshape(1, 1)), {"out": a.reshape(1, 1), "gradient of a": g})
    a, g = rng.standard_normal((1, 4, 1)), rng.standard_normal((4, 1))
    close(student.summation_gradient(a, g, 0), _expected(lambda x: x.sum(0), a, g), kind="gradient")
    close(student.summation_gradient(a, g[:, 0], (0, -1)), _expected(lambda x: x.sum((0, -1)), a, g[:, 0]))


def test_transpose_backward_axes(student, rng, close):
    """swaps any two of four axes back"""
    a = rng.standard_normal((2, 1, 3, 4))
    for first in range(-4, 4):
        axes = (first, int(rng.integers(-4, 4)))
        out_grad = rng.standard_normal(tensor(a).transpose(*axes).shape)
        expected = _expected(lambda x, pair=axes: x.transpose(*pair), a, out_grad)
        close(student.transpose_gradient(a, out_grad, axes), expected, kind="exact")


def test_shape_backward_strided(student, rng, close):
    """works on transposed and strided arrays and gradients"""
    a, out_grad = rng.standard_normal((4, 6)).T, rng.standard_normal((6, 8))[:, ::2].T
    close(student.transpose_gradient(a, out_grad), _expected(lambda x: x.T, a, out_grad), kind="exact")
    close(student.reshape_gradient(a, (4, 6), out_grad), _expected(lambda x: x.reshape(4, 6), a, out_grad))
    close(student.summation_gradient(a, out_grad[0], 1), _expected(lambda x: x.sum(1), a, out_grad[0]), kind="gradient")


def test_shape_backward_dtype(student, rng, close):
    """keeps float32 as float32"""
    a, g = (rng.standard_normal(shape).astype(np.float32) for shape in ((3, 4), (4, 3)))
    close(student.transpose_gradient(a, g), _expected(lambda x: x.T, a, g), dtype=True)
    close(student.reshape_gradient(a, (4, 3), g), _expected(lambda x: x.reshape(4, 3), a, g), dtype=True)
    close(student.summation_gradient(a, g[0], 1), _expected(lambda x: x.sum(1), a, g[0]), kind="gradient", dtype=True)
