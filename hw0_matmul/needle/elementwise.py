"""Whole arrays at once: the loops are numpy's, in C."""

import numpy as np


def add(a, b):
    """Add two arrays element by element.

    out[i] = a[i] + b[i], broadcasting as in stage 9.

    Args:
        a: array of any shape.
        b: array whose shape broadcasts with a's.

    Returns:
        A new array of the broadcast shape, in the dtype that a and b have together.

    Source: the definition.
    """
    raise NotImplementedError("hw0 · elementwise: see hw0_matmul/README.md, stage 11")


def compare(a, b):
    """Say, element by element, whether a is less than b.

    out[i] = a[i] < b[i]. Equal elements are not less, and NaN is never less.

    Args:
        a: array of any shape.
        b: array whose shape broadcasts with a's.

    Returns:
        A new bool array of the broadcast shape.

    Source: the definition.
    """
    raise NotImplementedError("hw0 · elementwise: see hw0_matmul/README.md, stage 11")


def mean(a):
    """Average all elements of an array, over all its axes.

    Σ a / size. Of a comparison it is a share: mean(compare(a, b)) says how often a is less than b.

    Args:
        a: array of any shape with at least one element; float, int or bool.

    Returns:
        One number: the dtype of a if that is a float dtype, float64 for integers and bools.

    Source: the definition.
    """
    raise NotImplementedError("hw0 · elementwise: see hw0_matmul/README.md, stage 11")


def frobenius_norm(a):
    """Measure the size of an array: the length of the vector of all its elements.

    ‖a‖ = √(Σ a²), over all axes. Integers are squared as float64, so that they cannot overflow.

    Args:
        a: array of any shape; float or int.

    Returns:
        One number ≥ 0: the dtype of a if that is a float dtype, float64 for integers.

    Source: torch.linalg.norm without an axis.
    """
    raise NotImplementedError("hw0 · elementwise: see hw0_matmul/README.md, stage 11")
