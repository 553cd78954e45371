"""matmul_slice, hidden: sizes 0 and 1, views, mixed dtypes."""

import numpy as np
import torch


def test_matmul_slice_small_sizes(student, rng, close):
    """multiplies matrices with a size of 1 or 0"""
    for m, k, n in ((1, 1, 1), (3, 0, 2), (0, 3, 2), (2, 3, 0)):
        a, b = rng.standard_normal((m, k)), rng.standard_normal((k, n))
        close(student.matmul_slice(a, b), torch.matmul(torch.tensor(a), torch.tensor(b)), kind="reduction")


def test_matmul_slice_views(student, rng, close):
    """multiplies transposed and strided views"""
    a, b = rng.standard_normal((4, 6))[:, ::2], rng.standard_normal((5, 3)).T
    close(student.matmul_slice(a, b), torch.tensor(a.copy()) @ torch.tensor(b.copy()), kind="reduction")
    reversed_rows = rng.standard_normal((3, 3))[::-1]
    expected = torch.tensor(reversed_rows.copy()) @ torch.tensor(reversed_rows.copy()).T
    close(student.matmul_slice(reversed_rows, reversed_rows.T), expected, kind="reduction")


def test_matmul_slice_other_dtypes(student, rng, close):
    """keeps integers, and takes the wider of two dtypes"""
    a, b = rng.integers(-9, 9, (3, 4)), rng.integers(-9, 9, (4, 2))
    close(student.matmul_slice(a, b), torch.tensor(a) @ torch.tensor(b), dtype=True)
    wide = torch.tensor(a).double() @ torch.tensor(b).double()
    close(student.matmul_slice(a.astype(np.float32), b.astype(np.float64)), wide, kind="reduction", dtype=True)


def test_matmul_slice_matrices_alone(student):
    """refuses anything but two axes"""
    for shapes in (((3,), (3, 2)), ((2, 2, 3), (3, 2))):
        student.raises(ValueError).matmul_slice(*map(np.ones, shapes))
