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


def test_transpose_backward(student, rng, close):
    """swaps the axes of the gradient back"""
    worked = student.transpose_gradient(np.array([[1.0, 2.0]]), np.array([[5.0], [6.0]]))
    close(worked, {"out": np.array([[1.0], [2.0]]), "gradient of a": np.array([[5.0, 6.0]])})
    a, out_grad = rng.standard_normal((2, 3, 4)), rng.standard_normal((2, 4, 3))
    close(student.transpose_gradient(a, out_grad), _expected(lambda x: x.transpose(1, 2), a, out_grad), kind="exact")


def test_transpose_backward_pair(student, rng, close):
    """swaps the two axes back that were named"""
    a = rng.standard_normal((2, 3, 4))
    for axes in ((0, 1), (2, 0), (-3, -2), (-1, 0)):
        out_grad = rng.standard_normal(tensor(a).transpose(*axes).shape)
        expected = _expected(lambda x, pair=axes: x.transpose(*pair), a, out_grad)
        close(student.transpose_gradient(a, out_grad, axes), expected, kind="exact")


def test_reshape_backward(student, rng, close):
    """gives the gradient the shape that the input had"""
    a = rng.standard_normal((4, 6))
    for shape in ((24,), (2, 3, 4), (6, 4), (1, 24), (-1, 8)):
        out_grad = rng.standard_normal(a.reshape(shape).shape)
        expected = _expected(lambda x, s=shape: x.reshape(s), a, out_grad)
        close(student.reshape_gradient(a, shape, out_grad), expected, kind="exact")


def test_summation_backward(student, rng, close):
    """gives every entry the gradient of the sum that it went into"""
    worked = student.summation_gradient(np.array([[1.0, 2.0], [3.0, 4.0]]), np.array([5.0, 6.0]), 1)
    close(worked, {"out": np.array([3.0, 7.0]), "gradient of a": np.array([[5.0, 5.0], [6.0, 6.0]])})
    a = rng.standard_normal((2, 3, 4))
    for axes in (0, 1, 2, (0, 2), (1, 2)):
        out_grad = rng.standard_normal(a.sum(axes).shape)
        expected = _expected(lambda x, over=axes: x.sum(over), a, out_grad)
        close(student.summation_gradient(a, out_grad, axes), expected, kind="gradient")


def test_summation_backward_all(student, rng, close):
    """spreads the gradient of a sum over everything to every entry"""
    a, out_grad = rng.standard_normal((2, 3)), rng.standard_normal(())
    close(student.summation_gradient(a, out_grad), _expected(torch.sum, a, out_grad), kind="gradient")


def test_summation_backward_negative_axes(student, rng, close):
    """finds the summed axes also where they are counted from the back"""
    a = rng.standard_normal((2, 3, 4))
    for axes in (-1, -2, -3, (-1, -3), (0, -1)):
        out_grad = rng.standard_normal(a.sum(axes).shape)
        expected = _expected(lambda x, over=axes: x.sum(over), a, out_grad)
        close(student.summation_gradient(a, out_grad, axes), expected, kind="gradient")


def test_shape_backward_products(student, rng, close):
    """is the mirror image of the forward pass: both give the same product with any gradient"""
    a, by_columns, flat = (rng.standard_normal(shape) for shape in ((3, 4), (4, 3), (12,)))
    for got, out_grad in (
        (student.transpose_gradient(a, by_columns), by_columns),
        (student.reshape_gradient(a, (12,), flat), flat),
        (student.summation_gradient(a, flat[:3], 1), flat[:3]),
    ):
        close(np.sum(got["gradient of a"] * a), np.sum(out_grad * got["out"]), kind="gradient")


def test_shape_backward_of_operations(student, rng):
    """computes the gradients with needle operations, from tensors that can be differentiated again"""
    for operation, reached in student.shape_origins(rng.standard_normal((3, 4))).items():
        assert "out_grad" in reached["gradient of a"], (
            f"the gradient of {operation} depends on out_grad, and its graph does not lead there: "
            "build it of tensors, not of their arrays"
        )
