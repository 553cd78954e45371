"""polynomial, hidden: cancelling terms, zero polynomials, other operands."""

import numpy as np
from numpy.polynomial import Polynomial


def test_sum_that_loses_its_leading_term(student, rng, close):
    """adds polynomials whose leading terms cancel to one of a lower degree"""
    low, high = rng.integers(1, 9, 2).tolist(), int(rng.integers(1, 9))
    close(student.polynomial_sum([*low, high], [0, 1, -high])["result"], [low[0], low[1] + 1])
    close(student.polynomial_sum([*low, high], [-low[0], -low[1], -high])["result"], [0])


def test_product_with_zero(student, rng, close):
    """multiplies by the zero polynomial and by constants"""
    a = rng.integers(1, 9, 4).tolist()
    close(student.polynomial_product(a, [0])["result"], [0])
    close(student.polynomial_product([3], a), {"result": [3 * one for one in a], "left": [3], "right": a})


def test_other_operands(student):
    """leaves sums and products with other things to Python, which raises a TypeError"""
    student.raises(TypeError).polynomial_plus_text([1, 2], "x")
    student.raises(TypeError).polynomial_times_text([1, 2], "x")


def test_value_of_constants(student, rng, close):
    """takes the values of a constant, in the shape of its argument"""
    x = rng.standard_normal((2, 3, 1))
    close(student.polynomial_value([1.5], x), np.full(x.shape, 1.5))
    close(student.polynomial_value([], x), np.zeros(x.shape))


def test_value_near_many_powers(student, rng, close):
    """takes values of a polynomial of high degree with zero coefficients inside"""
    coefficients = (rng.integers(-2, 3, 12) * (rng.random(12) < 0.5)).tolist()
    x = rng.uniform(-1, 1, 7)[::2]
    close(student.polynomial_value([*coefficients, 1], x), Polynomial([*coefficients, 1])(x), kind="reduction")


def test_texts_of_other_signs(student, close):
    """writes signs, ones and gaps at every power"""
    texts = {"-x^2 - x - 1": [-1, -1, -1], "x^10 - 12": [-12] + 9 * [0] + [1], "-2.5x": [0, -2.5], "11x + 10": [10, 11]}
    for text, coefficients in texts.items():
        close(student.polynomial_texts(coefficients)["str"], text)
