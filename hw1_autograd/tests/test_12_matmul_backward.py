"""Stage 12: the gradient of the matrix product."""

import numpy as np
import torch
from torch import tensor


def _check(student, rng, close, *pairs):
    """Multiplies random arrays of each pair of shapes, and compares the gradients of both with torch's."""
    for left, right in pairs:
        a, b = rng.standard_normal(left), rng.standard_normal(right)
        leaves = [torch.tensor(factor, requires_grad=True) for factor in (a, b)]
        out = torch.matmul(*leaves)
        out_grad = rng.standard_normal(out.shape)
        of_a, of_b = torch.autograd.grad((out * tensor(out_grad)).sum(), leaves)
        got = student.matmul_gradient(a, b, out_grad)
        close(got, {"out": out, "gradient of a": of_a, "gradient of b": of_b}, kind="gradient")


def test_matmul_backward_worked(student, close):
    """sends the gradient of a product of two small matrices back to both"""
    a, b, out_grad = np.array([[1.0, 2.0]]), np.array([[3.0], [4.0]]), np.array([[10.0]])
    expected = {"out": np.array([[11.0]]), "gradient of a": np.array([[30.0, 40.0]])}
    close(student.matmul_gradient(a, b, out_grad), expected | {"gradient of b": np.array([[10.0], [20.0]])})


def test_matmul_backward(student, rng, close):
    """gives the gradients of two matrices"""
    _check(student, rng, close, ((3, 4), (4, 2)), ((3, 3), (3, 3)), ((1, 5), (5, 2)))


def test_matmul_backward_batched(student, rng, close):
    """gives the gradients of two stacks of matrices"""
    _check(student, rng, close, ((5, 3, 4), (5, 4, 2)), ((2, 5, 3, 4), (2, 5, 4, 2)))


def test_matmul_backward_one_matrix(student, rng, close):
    """sums the gradient of a matrix that every matrix of a stack was multiplied with, on either side"""
    _check(student, rng, close, ((5, 3, 4), (4, 2)), ((3, 4), (5, 4, 2)), ((2, 5, 3, 4), (4, 2)))


def test_matmul_backward_broadcast(student, rng, close):
    """sums over batch axes of length 1 that were stretched, and keeps them"""
    _check(student, rng, close, ((1, 3, 4), (5, 4, 2)), ((2, 1, 3, 4), (2, 5, 4, 2)), ((2, 5, 3, 4), (1, 4, 2)))


def test_matmul_backward_numerical(student, rng, close):
    """agrees with the change that the product itself shows along a direction"""
    a, b, out_grad = (rng.standard_normal(shape) for shape in ((2, 3, 4), (4, 5), (2, 3, 5)))
    towards_a, towards_b, step = rng.standard_normal(a.shape), rng.standard_normal(b.shape), 1e-5
    got = student.matmul_gradient(a, b, out_grad)
    for name, direction, ahead, behind in (
        ("a", towards_a, student.matmul(a + step * towards_a, b), student.matmul(a - step * towards_a, b)),
        ("b", towards_b, student.matmul(a, b + step * towards_b), student.matmul(a, b - step * towards_b)),
    ):
        change = np.sum(out_grad * (ahead - behind)) / (2 * step)
        close(np.sum(got[f"gradient of {name}"] * direction), change, kind="numerical")


def test_matmul_backward_of_operations(student, rng):
    """computes the gradients with needle operations, from tensors that can be differentiated again"""
    origins = student.matmul_origins(rng.standard_normal((5, 3, 4)), rng.standard_normal((4, 2)))
    for name, needed in (("gradient of a", {"b", "out_grad"}), ("gradient of b", {"a", "out_grad"})):
        assert needed <= set(origins[name]), (
            f"the {name} depends on {' and '.join(sorted(needed))}; its graph leads to "
            f"{' and '.join(origins[name]) or 'neither'}: build it of tensors, not of their arrays"
        )
