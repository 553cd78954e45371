"""polynomial: arithmetic against numpy.polynomial, whose coefficients also start with the constant term."""

import numpy as np
from numpy.polynomial import Polynomial


def test_coefficients(student, close):
    """goes through its coefficients from the constant term to the leading one, and its length is its degree"""
    close(student.polynomial([2, -1, 3]), {"coefficients": [2, -1, 3], "degree": 2})
    close(student.polynomial([7]), {"coefficients": [7], "degree": 0})


def test_trailing_zeros(student, close):
    """drops the zeros at the high end, and keeps one coefficient in the zero polynomial"""
    close(student.polynomial([0, 1, 0, 0]), {"coefficients": [0, 1], "degree": 1})
    close(student.polynomial([0, 0, 0]), {"coefficients": [0], "degree": 0})
    close(student.polynomial([]), {"coefficients": [0], "degree": 0})


def test_value(student, rng, close):
    """takes a value at a number, and at every element of an array"""
    close(student.polynomial_value([2, -1, 3], 2), 12)
    coefficients, x = rng.standard_normal(5).tolist(), rng.standard_normal((3, 4))
    close(student.polynomial_value(coefficients, x), Polynomial(coefficients)(x), kind="reduction")


def test_coefficient(student, close):
    """gives the coefficient of a power, which is 0 above the degree"""
    close(student.polynomial_coefficient([2, -1, 3], 1), -1)
    close(student.polynomial_coefficient([2, -1, 3], 2), 3)
    close(student.polynomial_coefficient([2, -1, 3], 3), 0)
    student.raises(IndexError).polynomial_coefficient([2, -1, 3], -1)


def test_sum(student, rng, close):
    """adds polynomials of different degrees"""
    for degrees in ((2, 5), (5, 2), (3, 3)):
        a, b = (rng.standard_normal(degree + 1).tolist() for degree in degrees)
        got = student.polynomial_sum(a, b)
        close(got, {"result": (Polynomial(a) + Polynomial(b)).coef.tolist(), "left": a, "right": b})


def test_product(student, rng, close):
    """multiplies polynomials: every term by every term"""
    close(student.polynomial_product([1, 1], [1, -1])["result"], [1, 0, -1])
    a, b = rng.standard_normal(4).tolist(), rng.standard_normal(3).tolist()
    close(np.array(student.polynomial_product(a, b)["result"]), (Polynomial(a) * Polynomial(b)).coef, kind="reduction")


def test_equality(student, close):
    """is equal to a polynomial with the same coefficients, and to nothing else"""
    close(student.polynomial_equality([1, 2], [1, 2, 0]), {"==": True, "!=": False, "== list": False, "in a set": 1})
    close(student.polynomial_equality([1, 2], [2, 1]), {"==": False, "!=": True, "== list": False, "in a set": 2})
    close(student.polynomial_equality([1, 2], [1, 2, 3]), {"==": False, "!=": True, "== list": False, "in a set": 2})


def test_str(student, close):
    """writes itself as people do: 3x^2 - x + 2"""
    texts = {"3x^2 - x + 2": [2, -1, 3], "-x^3 + 0.5x": [0, 0.5, 0, -1], "x": [0, 1], "-4": [-4], "1": [1], "0": [0]}
    for text, coefficients in texts.items():
        close(student.polynomial_texts(coefficients)["str"], text)


def test_repr(student, close):
    """shows itself as the expression that makes it"""
    got = student.polynomial_texts([2, -1, 0.5])
    close(got["repr"], "Polynomial(2, -1, 0.5)")
    close(got["evaluated"], [2, -1, 0.5])
