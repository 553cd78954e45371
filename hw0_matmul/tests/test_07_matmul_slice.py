"""matmul_slice: two loops and a dot product of slices, against torch.matmul."""

import numpy as np
import torch


def test_matmul_slice_by_hand(student, close):
    """multiplies a (2, 1) by a (1, 2) matrix that can be checked by hand"""
    close(student.matmul_slice(np.array([[1.0], [2.0]]), np.array([[3.0, 4.0]])), np.array([[3.0, 4.0], [6.0, 8.0]]))


def test_matmul_slice_against_torch(student, rng, close):
    """multiplies matrices of all proportions"""
    for m, k, n in ((3, 4, 5), (5, 4, 3), (1, 6, 2), (2, 1, 7), (4, 4, 4)):
        a, b = rng.standard_normal((m, k)), rng.standard_normal((k, n))
        close(student.matmul_slice(a, b), torch.matmul(torch.tensor(a), torch.tensor(b)), kind="reduction")


def test_matmul_slice_wrong_inner_size(student):
    """refuses matrices that have no product, and names both shapes"""
    for shapes in (((3, 4), (5, 2)), ((2, 3), (1, 3))):
        message = student.raises(ValueError).matmul_slice(*map(np.ones, shapes))
        for shape in shapes:
            assert str(shape) in message, f"the message should hold the shape {shape}, it is {message!r}"


def test_matmul_slice_dtype(student, rng, close):
    """gives the dtype of its arguments: float32 for float32"""
    a, b = rng.standard_normal((3, 4)).astype(np.float32), rng.standard_normal((4, 2)).astype(np.float32)
    close(student.matmul_slice(a, b), torch.tensor(a) @ torch.tensor(b), kind="reduction", dtype=True)


def test_slices(student, rng, close):
    """works on one row and one column at a time, never on a whole matrix"""
    m, k, n = 3, 4, 5
    a, b = rng.standard_normal((m, k)), rng.standard_normal((k, n))
    got = student.slice_operations(a, b)
    close(got["product"], torch.tensor(a) @ torch.tensor(b), kind="reduction")
    names = ", ".join(got["names"])
    assert got["most axes"] <= 1, f"slices have one axis; {names} worked on an array of {got['most axes']} axes"
    assert got["operations"] >= m * n, f"{m * n} dot products of slices are needed, there were {got['operations']}"
