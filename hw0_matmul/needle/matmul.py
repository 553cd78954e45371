"""One product of matrices, written with three loops, with two and with one."""

import numpy as np

from .cells import Cells


def product_sizes(a, b):
    """Return the three sizes of the product of two matrices, or say why they have no product.

    Args:
        a: anything with a `shape` (m, k): an array, Cells.
        b: anything with a `shape` (k, n).

    Returns:
        tuple (m, k, n) of ints.

    Raises:
        ValueError: one of the two does not have two axes, or the columns of `a` are not as many as the rows of `b`.
            The message holds both shapes, as `str` writes them: "(3, 4)" and "(5, 2)".
    """
    raise NotImplementedError("hw0 · matmul_loops: see hw0_matmul/README.md, stage 6")


def matmul_loops(a, b):
    """Multiply two matrices cell by cell: out[i, j] = Σₖ a[i, k] · b[k, j].

    Three nested loops. Each of the m·k·n pairs of factors is read from the cells, `a[i, k] * b[k, j]` (one of the two
    may wait outside of the innermost loop), never from a copy of the matrix in a list or an array.

    Args:
        a: Cells (m, k).
        b: Cells (k, n).

    Returns:
        Cells (m, n), new; zeros where k is 0.

    Raises:
        ValueError: a wrong inner size, as in `product_sizes`.
    """
    raise NotImplementedError("hw0 · matmul_loops: see hw0_matmul/README.md, stage 6")


def matmul_slice(a, b):
    """Multiply two matrices with two loops: out[i, j] is the dot product of row i of `a` and column j of `b`.

    The third loop is numpy's: products and sums of slices with one axis, never of a whole matrix.

    Args:
        a: array (m, k) of numbers.
        b: array (k, n) of numbers.

    Returns:
        Array (m, n), new; its dtype is `np.result_type(a, b)`: float32 for two float32 matrices.

    Raises:
        ValueError: a wrong inner size, as in `product_sizes`.
    """
    raise NotImplementedError("hw0 · matmul_slice: see hw0_matmul/README.md, stage 7")


def matmul_broadcast(a, b):
    """Multiply two matrices with one loop: out[i] = Σₖ a[i, k] · b[k, :], all columns at a time.

    Row i of `a`, stood up as a column (k, 1), is multiplied with `b` (k, n) by broadcasting and summed over k. numpy's
    own products of matrices (`@`, `dot`, `einsum` and their like) stay out of it, and no intermediate array has more
    than two axes.

    Args:
        a: array (m, k) of numbers.
        b: array (k, n) of numbers.

    Returns:
        Array (m, n), new; its dtype is `np.result_type(a, b)`.

    Raises:
        ValueError: a wrong inner size, as in `product_sizes`.
    """
    raise NotImplementedError("hw0 · matmul_broadcast: see hw0_matmul/README.md, stage 8")
