"""Stage 6: transpose, reshape, broadcast_to, summation, forward."""

import numpy as np
from torch import tensor


def test_transpose_forward_last_two(student, rng, close):
    """swaps the last two axes where none are named"""
    close(student.transpose(np.array([[1.0, 2.0, 3.0]])), np.array([[1.0], [2.0], [3.0]]))
    for shape in ((3, 5), (2, 3, 4)):
        a = rng.standard_normal(shape)
        close(student.transpose(a), tensor(a).transpose(-1, -2), kind="exact")


def test_transpose_forward_pair(student, rng, close):
    """swaps the two axes that are named, counted from either end"""
    a = rng.standard_normal((2, 3, 4))
    for axes in ((0, 1), (0, 2), (2, 1), (-1, 0), (-2, -3)):
        close(student.transpose(a, axes), tensor(a).transpose(*axes), kind="exact")


def test_transpose_forward_again(student, rng, close):
    """leaves the operation as it is, so that it serves again for an array with other axes"""
    a, b = rng.standard_normal((3, 5)), rng.standard_normal((2, 3, 4))
    close(student.transpose_again(a, b), [tensor(a).T, tensor(b).transpose(1, 2)], kind="exact")
    close(student.transpose_again(b, a, axes=(-1, 0)), [tensor(b).transpose(2, 0), tensor(a).T], kind="exact")


def test_reshape_forward(student, rng, close):
    """keeps the entries in their order, the last axis running fastest"""
    close(student.reshape(np.array([1.0, 2.0, 3.0, 4.0]), (2, 2)), np.array([[1.0, 2.0], [3.0, 4.0]]))
    a = rng.standard_normal((4, 6))
    for shape in ((24,), (6, 4), (2, 3, 4), (1, 24, 1), (8, -1)):
        close(student.reshape(a, shape), tensor(a).reshape(shape), kind="exact")


def test_reshape_forward_refuses(student, rng):
    """refuses a shape with another number of entries"""
    student.raises(ValueError).reshape(rng.standard_normal((2, 3)), (2, 4))


def test_broadcast_to_forward(student, rng, close):
    """repeats entries along axes of length 1 and along new axes in front"""
    close(student.broadcast_to(np.array([[1.0], [2.0]]), (2, 3)), np.array([[1.0, 1.0, 1.0], [2.0, 2.0, 2.0]]))
    for shape, target in (((3,), (3, 3)), ((3, 1), (3, 3)), ((1, 4), (2, 3, 4)), ((2, 1, 3), (2, 5, 3))):
        a = rng.standard_normal(shape)
        close(student.broadcast_to(a, target), tensor(a).broadcast_to(target), kind="exact")


def test_broadcast_to_forward_refuses(student, rng):
    """refuses a shape that the entries cannot be repeated to"""
    student.raises(ValueError).broadcast_to(rng.standard_normal((2,)), (2, 3))
    student.raises(ValueError).broadcast_to(rng.standard_normal((2, 3)), (4, 3))


def test_summation_forward(student, rng, close):
    """sums over every axis, over one, or over several"""
    close(student.summation(np.array([[1.0, 2.0], [3.0, 4.0]]), 0), np.array([4.0, 6.0]))
    a = rng.standard_normal((2, 3, 4))
    close(student.summation(a), tensor(a).sum(), kind="reduction")
    for axes in (0, 1, 2, (0, 2), (0, 1), (0, 1, 2)):
        close(student.summation(a, axes), tensor(a).sum(axes), kind="reduction")


def test_summation_forward_negative_axes(student, rng, close):
    """counts negative axes from the back"""
    a = rng.standard_normal((2, 3, 4))
    for axes in (-1, -2, -3, (-1, -2), (-1, 0), (-3, 2)):
        close(student.summation(a, axes), tensor(a).sum(axes), kind="reduction")
