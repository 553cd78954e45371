"""testing, hidden: NaN, infinities, unsigned integers, empty arrays."""

import numpy as np
import torch


def test_nan_is_near_nothing(student, close):
    """never lets NaN pass"""
    nan = np.array([1.0, np.nan])
    student.raises(AssertionError).test_eq(nan, nan)
    student.raises(AssertionError).test_near(nan, nan)
    student.raises(AssertionError).test_near_zero(float("nan"))
    close(student.near(nan, nan), False)


def test_infinities(student, close):
    """takes an infinite value as near an equal one alone, as torch.allclose does"""
    numbers = [1.0, np.inf, -np.inf]
    for got in numbers:
        answers = [torch.allclose(torch.tensor(got), torch.tensor(expected)) for expected in numbers]
        close([student.near(got, expected) for expected in numbers], answers)


def test_unsigned_integers(student, close):
    """takes the difference of unsigned integers as numbers, in either order"""
    small, large = np.array([3, 7], dtype=np.uint8), np.array([5, 7], dtype=np.uint8)
    close([student.near(a, b, rtol=0, atol=2.5) for a, b in ((small, large), (large, small))], [True, True])
    close([student.near(a, b, rtol=0, atol=1.5) for a, b in ((small, large), (large, small))], [False, False])


def test_relative_to_the_expected(student, close):
    """measures the relative tolerance by the expected value, not by the other"""
    close([student.near(100.0, 110.5, rtol=0.1, atol=0), student.near(110.5, 100.0, rtol=0.1, atol=0)], [True, False])


def test_empty(student, close):
    """compares the shapes of empty arrays"""
    close(student.test_eq(np.zeros((0, 3)), np.zeros((0, 3))), None)
    student.raises(AssertionError).test_eq(np.zeros((0, 3)), np.zeros((3, 0)))
    student.raises(AssertionError).test_near(np.zeros((0, 3)), np.zeros(3))
    close(student.test_near_zero(np.zeros((2, 0))), None)


def test_nested_lists(student, rng, close):
    """finds the one wrong item in lists of lists and arrays"""
    a, b = rng.standard_normal(3), rng.standard_normal((2, 2))
    close(student.test_eq([a, [b, "name"]], [a, [b, "name"]]), None)
    student.raises(AssertionError).test_eq([a, [b, "name"]], [a, [b + 1, "name"]])
    student.raises(AssertionError).test_eq([a, [b, "name"]], [a, [b, "other"]])


def test_wide_tolerance(student, rng, close):
    """uses the tolerance that it is given, in all functions"""
    got = rng.uniform(0.5, 1.0, (2, 3))
    close(student.test_near_zero(got, atol=1.5), None)
    close(student.test_near(got, np.zeros((2, 3)), rtol=0, atol=1.5), None)
    student.raises(AssertionError).test_near_zero(got, atol=0.25)
    student.raises(AssertionError).test_near(got, 2 * got, rtol=0.25, atol=0)
