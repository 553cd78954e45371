"""Stage 12: the gradient of the matrix product."""

import numpy as np
import torch
from torch import tensor


def _expected(a, b, out_grad):
    """The product, and the gradients of both factors, by torch."""
    leaves = [torch.tensor(factor, requires_grad=True) for factor in (a, b)]
    out = torch.matmul(*leaves)
    of_a, of_b = torch.autograd.grad((out * tensor(out_grad)).sum(), leaves)
    return {"out": out, "gradient of a": of_a, "gradient of b": of_b}


def test_matmul_backward_batch_axes(student, rng, close):
    """sums over every batch axis that was broadcast, of both factors at once"""
    for left, right, product in (
        ((5, 1, 3, 4), (6, 4, 2), (5, 6, 3, 2)),
        ((3, 4), (2, 5, 4, 2), (2, 5, 3, 2)),
        ((1, 5, 3, 4), (6, 1, 4, 2), (6, 5, 3, 2)),
        ((2, 2, 2), (2, 2), (2, 2, 2)),
    ):
        a, b, out_grad = (rng.standard_normal(shape) for shape in (left, right, product))
        close(student.matmul_gradient(a, b, out_grad), _expected(a, b, out_grad), kind="gradient")


def test_matmul_backward_length_one(student, rng, close):
    """keeps axes of length 1, of the matrices and of the batch"""
    for left, right, product in (
        ((1, 1), (1, 1), (1, 1)),
        ((1, 4), (4, 1), (1, 1)),
        ((3, 1), (1, 2), (3, 2)),
        ((1, 1, 3), (5, 3, 1), (5, 1, 1)),
        ((1, 3, 4), (4, 2), (1, 3, 2)),
    ):
        a, b, out_grad = (rng.standard_normal(shape) for shape in (left, right, product))
        close(student.matmul_gradient(a, b, out_grad), _expected(a, b, out_grad), kind="gradient")


def test_matmul_backward_strided(student, rng, close):
    """works on transposed and strided arrays and gradients"""
    a, b = rng.standard_normal((4, 3)).T, rng.standard_normal((2, 8, 6))[:, ::2]
    out_grad = rng.standard_normal((3, 2, 6)).transpose(1, 0, 2)
    close(student.matmul_gradient(a, b, out_grad), _expected(a, b, out_grad), kind="gradient")


def test_matmul_backward_dtype(student, rng, close):
    """keeps float32 as float32"""
    a, b, out_grad = (rng.standard_normal(shape).astype(np.float32) for shape in ((5, 3, 4), (4, 2), (5, 3, 2)))
    close(student.matmul_gradient(a, b, out_grad), _expected(a, b, out_grad), kind="gradient", dtype=True)
