"""matmul_broadcast: one loop and broadcasting, against torch.matmul and against the loops."""

import numpy as np
import torch

PRODUCTS = {"matmul", "matvec", "vecmat", "vecdot", "dot", "vdot", "inner", "einsum", "tensordot"}


def test_matmul_broadcast_by_hand(student, close):
    """multiplies two (2, 2) matrices that can be checked by hand"""
    a, b = np.array([[1.0, 2.0], [0.0, 1.0]]), np.array([[3.0, 4.0], [5.0, 6.0]])
    close(student.matmul_broadcast(a, b), np.array([[13.0, 16.0], [5.0, 6.0]]))


def test_matmul_broadcast_against_torch(student, rng, close):
    """multiplies matrices of all proportions"""
    for m, k, n in ((3, 4, 5), (5, 4, 3), (1, 6, 2), (2, 1, 7), (4, 4, 4)):
        a, b = rng.standard_normal((m, k)), rng.standard_normal((k, n))
        close(student.matmul_broadcast(a, b), torch.matmul(torch.tensor(a), torch.tensor(b)), kind="reduction")


def test_matmul_broadcast_wrong_inner_size(student):
    """refuses matrices that have no product, also where broadcasting would find one, and names both shapes"""
    for shapes in (((3, 4), (5, 2)), ((2, 3), (1, 3)), ((2, 1), (3, 2))):
        message = student.raises(ValueError).matmul_broadcast(*map(np.ones, shapes))
        for shape in shapes:
            assert str(shape) in message, f"the message should hold the shape {shape}, it is {message!r}"


def test_matmul_broadcast_dtype(student, rng, close):
    """gives the dtype of its arguments: float32 for float32"""
    a, b = rng.standard_normal((3, 4)).astype(np.float32), rng.standard_normal((4, 2)).astype(np.float32)
    close(student.matmul_broadcast(a, b), torch.tensor(a) @ torch.tensor(b), kind="reduction", dtype=True)


def test_one_loop(student, rng, close):
    """broadcasts along two axes inside of one loop, without numpy's own products"""
    m, k, n = 4, 5, 6
    a, b = rng.standard_normal((m, k)), rng.standard_normal((k, n))
    got = student.broadcast_operations(a, b)
    close(got["product"], torch.tensor(a) @ torch.tensor(b), kind="reduction")
    used = PRODUCTS & set(got["names"])
    assert not used, f"numpy's own products should stay out of it, {', '.join(used)} was used"
    assert got["most axes"] == 2, f"broadcasting should make arrays of 2 axes, they have {got['most axes']}"
    assert got["operations"] >= min(m, k, n), f"one loop makes {m} products of arrays, there were {got['operations']}"


def test_faster_than_loops(student, rng, close):
    """is at least ten times as fast as three loops for matrices of 48 × 48"""
    a, b = rng.standard_normal((48, 48)), rng.standard_normal((48, 48))
    close(student.matmul_loops(a, b), torch.tensor(a) @ torch.tensor(b), kind="reduction")
    loops, fastest = student.seconds, float("inf")
    for _ in range(5):
        student.matmul_broadcast(a, b)
        fastest = min(fastest, student.seconds)
    ratio = loops / fastest
    assert ratio > 10, f"three loops take {loops:.4f} s, broadcasting {fastest:.4f} s: {ratio:.1f} times as fast"
