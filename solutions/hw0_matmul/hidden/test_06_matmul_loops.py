"""matmul_loops, hidden: sizes 0 and 1, other axes, views, inputs left alone."""

import numpy as np
import torch


def test_matmul_loops_small_sizes(student, rng, close):
    """multiplies matrices with a size of 1 or 0"""
    for m, k, n in ((1, 1, 1), (3, 0, 2), (0, 3, 2), (2, 3, 0), (1, 8, 1)):
        a, b = rng.standard_normal((m, k)), rng.standard_normal((k, n))
        close(student.matmul_loops(a, b), torch.matmul(torch.tensor(a), torch.tensor(b)), kind="reduction")


def test_matmul_loops_matrices_alone(student):
    """refuses anything but two axes, and names both shapes"""
    for shapes in (((3,), (3, 2)), ((2, 3), (3,)), ((1, 2, 3), (3, 2))):
        message = student.raises(ValueError).product_sizes(*map(np.ones, shapes))
        for shape in shapes:
            assert str(shape) in message, f"the message should hold the shape {shape}, it is {message!r}"


def test_same_matrix_twice(student, rng, close):
    """multiplies a transposed view by its original, and the same cells again in a second call"""
    a = rng.standard_normal((4, 3))
    expected = torch.tensor(a.T) @ torch.tensor(a)
    close(student.matmul_loops(a.T, a), expected, kind="reduction")
    close(student.matmul_loops(a.T, a), expected, kind="reduction")


def test_more_cells(student, rng, close):
    """reads its cells one at a time in a larger product too"""
    m, k, n = rng.integers(4, 9, 3).tolist()
    a, b = rng.standard_normal((m, k)), rng.standard_normal((k, n))
    got = student.cells_read(a, b)
    close(got["product"], torch.tensor(a) @ torch.tensor(b), kind="reduction")
    assert got["copied out"] == 0, f"the loops should work on the cells, to_array was called {got['copied out']} times"
    assert got["read"] >= m * k * n, f"{m * k * n} products need as many reads at least, there were {got['read']}"
