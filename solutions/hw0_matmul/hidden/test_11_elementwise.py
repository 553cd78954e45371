"""Functions of whole arrays, with other data: views, single numbers, bools, NaN."""

import numpy as np
import torch


def test_elementwise_views(student, rng, close):
    """handles views, numbers without axes and one element, and leaves its inputs alone"""
    for a in (rng.standard_normal((6, 8)).T[::2, ::-3], np.array(-2.5), rng.standard_normal((1, 1))):
        close(student.add(a, a), torch.tensor(2 * a))
        close(student.compare(a, -a), torch.tensor(a < -a))
        close(student.mean(a), torch.tensor(a.copy()).mean(), kind="reduction")
        close(student.frobenius_norm(a), torch.linalg.norm(torch.tensor(a.copy())), kind="reduction")


def test_compare_ties(student, close):
    """calls neither equal elements nor NaN less"""
    a, b = np.array([0.0, 1.0, np.nan, -np.inf]), np.array([0.0, np.nan, 1.0, np.inf])
    close(student.compare(a, b), torch.tensor(a) < torch.tensor(b))


def test_compare_share(student, rng, close):
    """averages a comparison to the share of the places where it holds"""
    a, b = rng.integers(0, 4, size=(2, 50))
    close(student.mean(student.compare(a, b)), torch.tensor(a < b).double().mean(), kind="reduction", dtype=True)
