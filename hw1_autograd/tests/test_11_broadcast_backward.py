"""Stage 11: the gradient of broadcast_to."""

import numpy as np
import torch
from torch import tensor


def _check(student, rng, close, *pairs):
    """Broadcasts a random array of each first shape to the second, and compares its gradient with torch's."""
    for shape, target in pairs:
        a, out_grad = rng.standard_normal(shape), rng.standard_normal(target)
        leaf = torch.tensor(a, requires_grad=True)
        out = leaf.broadcast_to(target)
        (gradient,) = torch.autograd.grad((out * tensor(out_grad)).sum(), leaf)
        got = student.broadcast_to_gradient(a, target, out_grad)
        close(got, {"out": out, "gradient of a": gradient}, kind="gradient")


def test_broadcast_to_backward_worked(student, close):
    """adds up the gradients of all copies of an entry"""
    got = student.broadcast_to_gradient(np.array([[1.0], [2.0]]), (2, 2), np.array([[1.0, 2.0], [3.0, 4.0]]))
    close(got, {"out": np.array([[1.0, 1.0], [2.0, 2.0]]), "gradient of a": np.array([[3.0], [7.0]])})


def test_broadcast_to_backward_stretched_axes(student, rng, close):
    """sums along the axes of length 1 that were stretched, and keeps them as axes of length 1"""
    _check(student, rng, close, ((3, 1), (3, 4)), ((1, 4), (3, 4)), ((1, 1), (3, 4)), ((2, 1, 4), (2, 3, 4)))


def test_broadcast_to_backward_new_axes(student, rng, close):
    """sums away the axes that are new in front"""
    _check(student, rng, close, ((4,), (3, 4)), ((3, 4), (2, 3, 4)), ((), (2, 3)), ((3,), (3, 3)))


def test_broadcast_to_backward_both(student, rng, close):
    """sums along new and stretched axes in one"""
    _check(student, rng, close, ((1,), (3, 4)), ((3, 1), (2, 3, 4)), ((1, 4), (2, 3, 4)), ((2, 1, 3), (4, 2, 5, 3)))


def test_broadcast_to_backward_of_operations(student, rng):
    """computes the gradient with needle operations, from tensors that can be differentiated again"""
    reached = student.broadcast_to_origins(rng.standard_normal((3, 1)), (2, 3, 4))["gradient of a"]
    assert "out_grad" in reached, (
        "the gradient of broadcast_to depends on out_grad, and its graph does not lead there: "
        "build it of tensors, not of their arrays"
    )
