"""Stage 8: relu, tanh and sigmoid, forward and backward."""

import numpy as np
import torch
from torch import tensor


def _all_three(student):
    """Each activation: the probe of its gradient, and torch's function."""
    return (
        (student.relu_gradient, torch.relu),
        (student.tanh_gradient, torch.tanh),
        (student.sigmoid_gradient, torch.sigmoid),
    )


def _expected(function, a, out_grad):
    """The function of a, and the gradient of a, by torch."""
    leaf = torch.tensor(a, requires_grad=True)
    out = function(leaf)
    (gradient,) = torch.autograd.grad((out * tensor(out_grad)).sum(), leaf)
    return {"out": out, "gradient of a": gradient}


def test_activation_backward_shapes(student, rng, close):
    """works on arrays of any shape: a single number, one entry, four axes, none at all"""
    for shape in ((), (1, 1), (2, 1, 3, 2), (0, 3)):
        a, out_grad = rng.standard_normal(shape), rng.standard_normal(shape)
        for probe, function in _all_three(student):
            close(probe(a, out_grad), _expected(function, a, out_grad), kind="gradient")


def test_activation_backward_dtype(student, rng, close):
    """keeps float32 as float32, in both directions"""
    a, out_grad = (rng.standard_normal((3, 4)).astype(np.float32) for _ in range(2))
    for probe, function in _all_three(student):
        close(probe(a, out_grad), _expected(function, a, out_grad), kind="gradient", dtype=True)


def test_activation_backward_large(student, rng, close):
    """stays finite in both directions where e^a or e^-a is not"""
    a = rng.choice([-1, 1], 8) * rng.uniform(750.0, 5000.0, 8)
    out_grad = rng.standard_normal(8)
    for probe, function in _all_three(student):
        close(probe(a, out_grad), _expected(function, a, out_grad), kind="gradient")


def test_activation_backward_strided(student, rng, close):
    """works on transposed and strided arrays"""
    a, out_grad = rng.standard_normal((4, 6))[:, ::2].T, rng.standard_normal((3, 4))
    for probe, function in _all_three(student):
        close(probe(a, out_grad), _expected(function, a.copy(), out_grad), kind="gradient")


def test_activation_backward_inputs(student, rng, close):
    """leaves the tensors that it is given as they are"""
    a, out_grad = rng.standard_normal((3, 4)), rng.standard_normal((3, 4))
    close(student.activation_inputs(a, out_grad), {"a": a, "out_grad": out_grad}, kind="exact")
