"""matmul_loops: three nested loops over cells, against torch.matmul."""

import numpy as np
import torch


def test_matmul_loops_by_hand(student, close):
    """multiplies a (1, 2) by a (2, 2) matrix that can be checked by hand"""
    close(student.matmul_loops(np.array([[1.0, 2.0]]), np.array([[3.0, 4.0], [5.0, 6.0]])), np.array([[13.0, 16.0]]))


def test_matmul_loops_against_torch(student, rng, close):
    """multiplies matrices of all proportions"""
    for m, k, n in ((3, 4, 5), (5, 4, 3), (1, 6, 2), (2, 1, 7), (4, 4, 4)):
        a, b = rng.standard_normal((m, k)), rng.standard_normal((k, n))
        close(student.matmul_loops(a, b), torch.matmul(torch.tensor(a), torch.tensor(b)), kind="reduction")


def test_sizes(student, close):
    """says the three sizes of a product: (m, k) by (k, n) gives (m, k, n)"""
    close(student.product_sizes(np.zeros((2, 3)), np.zeros((3, 5))), (2, 3, 5))


def test_matmul_loops_wrong_inner_size(student):
    """refuses matrices that have no product, and names both shapes"""
    for shapes in (((3, 4), (5, 2)), ((2, 3), (2, 3))):
        message = student.raises(ValueError).matmul_loops(*map(np.ones, shapes))
        for shape in shapes:
            assert str(shape) in message, f"the message should hold the shape {shape}, it is {message!r}"


def test_cell_by_cell(student, rng, close):
    """reads cells for each of the m · k · n products, and makes no copy of a matrix"""
    m, k, n = 3, 4, 5
    a, b = rng.standard_normal((m, k)), rng.standard_normal((k, n))
    got = student.cells_read(a, b)
    close(got["product"], torch.tensor(a) @ torch.tensor(b), kind="reduction")
    assert got["copied out"] == 0, f"the loops should work on the cells, to_array was called {got['copied out']} times"
    assert got["read"] >= m * k * n, f"{m * k * n} products need as many reads at least, there were {got['read']}"
