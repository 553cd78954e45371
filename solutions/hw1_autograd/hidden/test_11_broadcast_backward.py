"""Stage 11: the gradient of broadcast_to."""

import numpy as np
import torch
from torch import tensor


def _expected(a, target, out_grad):
    """The array broadcast to the shape, and its gradient, by torch."""
    leaf = torch.tensor(a, requires_grad=True)
    out = leaf.broadcast_to(target)
    (gradient,) = torch.autograd.grad((out * tensor(out_grad)).sum(), leaf)
    return {"out": out, "gradient of a": gradient}


def test_broadcast_to_backward_nothing_to_sum(student, rng, close):
    """lets the gradient pass where the shape stays as it is, axes of length 1 too"""
    for shape in ((), (1,), (3, 4), (1, 3, 1)):
        a, out_grad = rng.standard_normal(shape), rng.standard_normal(shape)
        close(student.broadcast_to_gradient(a, shape, out_grad), _expected(a, shape, out_grad), kind="gradient")


def test_broadcast_to_backward_length_one(student, rng, close):
    """keeps axes of length 1 that stay 1 beside others that are stretched or new"""
    for shape, target in (((1, 3), (1, 1, 3)), ((1, 1, 3), (2, 1, 3)), ((3, 1, 1), (2, 3, 1, 4)), ((), (1, 1))):
        a, out_grad = rng.standard_normal(shape), rng.standard_normal(target)
        close(student.broadcast_to_gradient(a, target, out_grad), _expected(a, target, out_grad), kind="gradient")


def test_broadcast_to_backward_square(student, rng, close):
    """sums along the right axes where all lengths are the same"""
    for shape, target in (((3,), (3, 3, 3)), ((3, 1), (3, 3, 3)), ((1, 3, 3), (3, 3, 3)), ((3, 1, 3), (3, 3, 3))):
        a, out_grad = rng.standard_normal(shape), rng.standard_normal(target)
        close(student.broadcast_to_gradient(a, target, out_grad), _expected(a, target, out_grad), kind="gradient")


def test_broadcast_to_backward_dtype(student, rng, close):
    """keeps float32 as float32, also for strided gradients"""
    a, out_grad = (rng.standard_normal(shape).astype(np.float32) for shape in ((3, 1), (4, 6, 2)))
    out_grad = out_grad[:, ::2].transpose(2, 1, 0)
    close(
        student.broadcast_to_gradient(a, out_grad.shape, out_grad),
        _expected(a, out_grad.shape, out_grad),
        kind="gradient",
        dtype=True,
    )
