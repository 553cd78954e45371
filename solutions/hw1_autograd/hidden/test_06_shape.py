"""Stage 6: transpose, reshape, broadcast_to, summation, forward."""

import numpy as np
import torch
from torch import tensor


def test_transpose_forward_axes(student, rng, close):
    """swaps any two of four axes, also an axis with itself"""
    a = rng.standard_normal((2, 1, 3, 4))
    close(student.transpose(a), tensor(a).transpose(-1, -2), kind="exact")
    for first in range(-4, 4):
        second = int(rng.integers(-4, 4))
        close(student.transpose(a, (first, second)), tensor(a).transpose(first, second), kind="exact")


def test_reshape_forward_strided(student, rng, close):
    """reshapes a transposed or strided array in its own order, not in that of its memory"""
    a = rng.standard_normal((4, 6))
    close(student.reshape(a.T, (3, 8)), tensor(a).T.reshape(3, 8), kind="exact")
    close(student.reshape(a[:, ::-2], (6, 2)), tensor(a[:, ::-2].copy()).reshape(6, 2), kind="exact")


def test_shape_forward_single_numbers(student, rng, close):
    """moves and sums single numbers and axes of length 1"""
    a = rng.standard_normal(())
    close(student.reshape(a, (1, 1)), tensor(a).reshape(1, 1), kind="exact")
    close(student.reshape(a.reshape(1, 1), ()), tensor(a), kind="exact")
    close(student.broadcast_to(a, (2, 3)), tensor(a).broadcast_to(2, 3), kind="exact")
    close(student.broadcast_to(a.reshape(1, 1), (1, 1)), tensor(a).reshape(1, 1), kind="exact")
    close(student.summation(a), tensor(a), kind="reduction")
    close(student.summation(a.reshape(1, 1), 1), tensor(a).reshape(1), kind="reduction")


def test_summation_forward_axes(student, rng, close):
    """sums over any axes of four, in any order"""
    a = rng.standard_normal((3, 2, 1, 4))
    for axes in (0, -1, (2,), (3, 1), (-1, 1), (0, -2), (-4, -1, 1)):
        close(student.summation(a, axes), tensor(a).sum(axes), kind="reduction")


def test_shape_forward_dtype(student, rng, close):
    """keeps float32 as float32"""
    a = rng.standard_normal((3, 4)).astype(np.float32)
    close(student.transpose(a), tensor(a).T, dtype=True)
    close(student.reshape(a, (2, 6)), tensor(a).reshape(2, 6), dtype=True)
    close(student.broadcast_to(a, (2, 3, 4)), tensor(a).broadcast_to(2, 3, 4), dtype=True)
    for axes in (None, 0, (0, 1)):
        close(student.summation(a, axes), torch.sum(tensor(a), axes), kind="reduction", dtype=True)


def test_shape_forward_inputs(student, rng, close):
    """leaves the tensor that it is given as it is, its shape too"""
    a = rng.standard_normal((3, 4))
    close(student.shape_inputs(a), a, kind="exact")
