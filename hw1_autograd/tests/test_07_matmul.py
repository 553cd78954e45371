"""Stage 7: the matrix product, forward."""

import numpy as np
import torch
from torch import tensor


def _check(student, rng, close, *pairs):
    """Multiplies random arrays of each pair of shapes, and compares with torch."""
    for left, right in pairs:
        a, b = rng.standard_normal(left), rng.standard_normal(right)
        close(student.matmul(a, b), torch.matmul(tensor(a), tensor(b)), kind="reduction")


def test_matmul_forward(student, rng, close):
    """multiplies two matrices"""
    a, b = np.array([[1.0, 2.0], [3.0, 4.0]]), np.array([[0.0, 1.0], [1.0, 1.0]])
    close(student.matmul(a, b), np.array([[2.0, 3.0], [4.0, 7.0]]))
    _check(student, rng, close, ((3, 4), (4, 2)), ((1, 5), (5, 1)))


def test_matmul_forward_batched(student, rng, close):
    """multiplies a stack of matrices"""
    _check(student, rng, close, ((5, 3, 4), (5, 4, 2)), ((2, 5, 3, 4), (2, 5, 4, 2)))


def test_matmul_forward_broadcast(student, rng, close):
    """multiplies every matrix of a stack with one and the same, on either side"""
    _check(student, rng, close, ((5, 3, 4), (4, 2)), ((3, 4), (5, 4, 2)), ((1, 3, 4), (5, 4, 2)))


def test_matmul_forward_refuses(student, rng):
    """refuses matrices whose inner lengths differ, also where one of them is 1"""
    student.raises(ValueError).matmul(rng.standard_normal((3, 4)), rng.standard_normal((3, 2)))
    student.raises(ValueError).matmul(rng.standard_normal((3, 1)), rng.standard_normal((4, 2)))
