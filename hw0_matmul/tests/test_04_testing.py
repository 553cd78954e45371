"""testing: what passes, what raises, and what the message holds; torch.allclose decides what is near."""

import numpy as np
import torch


def test_eq_passes(student, rng, close):
    """lets equal numbers, texts, lists and arrays pass"""
    array = rng.standard_normal((2, 3))
    for value in (3, -0.5, "three", None, [1, 2, 3], [], array, [array, [1, "two"]]):
        close(student.test_eq(value, value), None)
    close(student.test_eq([1.0, 2.0], np.array([1.0, 2.0])), None)


def test_eq_raises(student):
    """raises for unequal values, with both in the message"""
    for got, expected in ((3.25, 7.5), ("left", "right"), ([1.5, 2.5], [1.5, 3.5])):
        message = student.raises(AssertionError).test_eq(got, expected)
        _holds(message, got, expected)


def test_eq_shapes(student, rng):
    """raises for unequal lengths and shapes, also where an array could be broadcast"""
    for got, expected in (([1, 2], [1, 2, 3]), (np.ones(3), 1.0), (np.ones((2, 3)), np.ones(3)), ([1, 1], 1)):
        student.raises(AssertionError).test_eq(got, expected)


def test_near_is_allclose(student, rng, close):
    """draws the line where torch.allclose draws it, on both sides, relative and absolute"""
    for rtol, atol in ((1e-3, 1e-5), (0.1, 0.0), (0.0, 0.5), (0.2, 0.3)):
        expected = rng.standard_normal((3, 4)) * 10
        edge = atol + rtol * np.abs(expected)
        for share in (-1.01, -0.99, 0.0, 0.99, 1.01):
            got = expected + share * edge
            answer = torch.allclose(torch.tensor(got), torch.tensor(expected), rtol=rtol, atol=atol)
            close(student.near(got, expected, rtol=rtol, atol=atol), answer)


def test_near_by_hand(student, close):
    """allows a thousandth of the expected value where nothing else is said"""
    close([student.near(1000.9, 1000.0), student.near(1001.1, 1000.0)], [True, False])
    close([student.near(9e-6, 0.0), student.near(-1.1e-5, 0.0)], [True, False])


def test_near_one_element(student, rng, close):
    """is not near where a single element is not, or where the shapes differ"""
    expected = rng.standard_normal(20)
    got = expected.copy()
    got[rng.integers(20)] += 1
    close([student.near(got, expected), student.near(np.full(3, 2.0), 2.0)], [False, False])


def test_near_raises(student, close):
    """passes what is near, and raises for the rest with both values in the message"""
    close(student.test_near([1.0, 2.0], [1.0, 2.0005]), None)
    close(student.test_near(1.0, 1.4, atol=0.5), None)
    _holds(student.raises(AssertionError).test_near(1.25, 4.75), 1.25, 4.75)
    _holds(student.raises(AssertionError).test_near(np.array([1.5, 8.25]), [1.5, 8.75]), 8.25, 8.75)


def test_near_zero_raises(student, close):
    """passes what is near zero, and raises on either side of it"""
    for value in (0, 9e-4, -9e-4, np.array([[0.0, -5e-4]])):
        close(student.test_near_zero(value), None)
    close(student.test_near_zero([0.25, -0.25], atol=0.3), None)
    for value in (0.0625, -0.0625, np.array([0.5, -0.5])):
        _holds(student.raises(AssertionError).test_near_zero(value), value)


def _holds(message, *values):
    for value in values:
        for part in map(str, np.ravel(value)):
            assert part in message, f"the message should hold {part}, it is {message!r}"
