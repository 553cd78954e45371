"""Stage 7: the matrix product, forward."""

import numpy as np
import torch
from torch import tensor


def test_matmul_forward_batch_axes(student, rng, close):
    """broadcasts the batch axes of both factors against each other"""
    for left, right in (((5, 1, 3, 4), (6, 4, 2)), ((2, 3, 4), (7, 1, 4, 1)), ((4, 3, 1, 2), (1, 3, 2, 1))):
        a, b = rng.standard_normal(left), rng.standard_normal(right)
        close(student.matmul(a, b), torch.matmul(tensor(a), tensor(b)), kind="reduction")


def test_matmul_forward_strided(student, rng, close):
    """multiplies transposed and strided matrices"""
    a, b = rng.standard_normal((4, 3)), rng.standard_normal((2, 8, 6))
    close(student.matmul(a.T, b[:, ::2]), tensor(a).T @ tensor(b)[:, ::2], kind="reduction")
    close(student.matmul(a, a.T), tensor(a) @ tensor(a).T, kind="reduction")


def test_matmul_forward_dtype(student, rng, close):
    """keeps float32 as float32"""
    a, b = (rng.standard_normal(shape).astype(np.float32) for shape in ((5, 3, 4), (4, 2)))
    close(student.matmul(a, b), torch.matmul(tensor(a), tensor(b)), kind="reduction", dtype=True)


def test_matmul_forward_refuses_stacks(student, rng):
    """refuses stacks whose inner lengths or batch axes differ"""
    student.raises(ValueError).matmul(rng.standard_normal((5, 3, 4)), rng.standard_normal((1, 2)))
    student.raises(ValueError).matmul(rng.standard_normal((2, 3, 4)), rng.standard_normal((3, 4, 2)))
