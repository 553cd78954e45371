"""Functions of whole arrays: sum, comparison, mean and norm."""

import numpy as np
import torch


def test_elementwise_worked_cases(student, close):
    """adds, compares, averages and measures two small arrays"""
    a, b = np.array([3.0, -4.0]), np.array([3.0, 1.0])
    close(student.add(a, b), np.array([6.0, -3.0]))
    close(student.compare(a, b), np.array([False, True]))
    close(student.mean(a), -0.5)
    close(student.frobenius_norm(a), 5.0)


def test_elementwise_torch(student, rng, close):
    """agrees with torch on arrays of three axes, and broadcasts"""
    a, b = rng.standard_normal((2, 3, 4)), rng.standard_normal((3, 1))
    close(student.add(a, b), torch.tensor(a) + torch.tensor(b))
    close(student.compare(a, b), torch.tensor(a) < torch.tensor(b))
    close(student.mean(a), torch.tensor(a).mean(), kind="reduction")
    close(student.frobenius_norm(a), torch.linalg.norm(torch.tensor(a)), kind="reduction")


def test_elementwise_dtype(student, rng, close):
    """keeps float32, and averages and measures integers as float64"""
    a = rng.standard_normal((3, 4)).astype(np.float32)
    close(student.add(a, a), torch.tensor(a) + torch.tensor(a), dtype=True)
    close(student.mean(a), torch.tensor(a).mean(), kind="reduction", dtype=True)
    close(student.frobenius_norm(a), torch.linalg.norm(torch.tensor(a)), kind="reduction", dtype=True)
    whole = np.full(20, 100, dtype=np.int8)
    close(student.mean(whole), torch.tensor(whole).double().mean(), dtype=True)
    close(student.frobenius_norm(whole), torch.linalg.norm(torch.tensor(whole).double()), dtype=True)


def test_elementwise_without_loops(student, rng):
    """leaves the loops to numpy: no element is picked out by Python code"""
    a, b = rng.standard_normal((30, 40)), rng.standard_normal((30, 40))
    for name, picked in student.elements_read_one_by_one(a, b).items():
        assert picked < 10, f"{name} picked {picked} rows or elements out of an array of {a.size}, one after the other"
