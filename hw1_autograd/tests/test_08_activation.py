"""Stage 8: relu, tanh and sigmoid, forward and backward."""

import numpy as np
import torch
from torch import tensor


def _expected(function, a, out_grad):
    """The function of a, and the gradient of a, by torch."""
    leaf = torch.tensor(a, requires_grad=True)
    out = function(leaf)
    (gradient,) = torch.autograd.grad((out * tensor(out_grad)).sum(), leaf)
    return {"out": out, "gradient of a": gradient}


def _slope(function, a, step=1e-5):
    """The derivative, entry by entry, by central differences."""
    return (function(a + step) - function(a - step)) / (2 * step)


def test_relu_forward(student, rng, close):
    """keeps what is positive and sets the rest to 0"""
    close(student.relu(np.array([-1.0, 0.0, 2.0])), np.array([0.0, 0.0, 2.0]))
    a = rng.standard_normal((4, 5))
    close(student.relu(a), torch.relu(tensor(a)), kind="exact")


def test_tanh_forward(student, rng, close):
    """computes the hyperbolic tangent, also of large numbers"""
    a = rng.standard_normal((4, 5))
    close(student.tanh(a), torch.tanh(tensor(a)))
    close(student.tanh(np.array([-1000.0, 0.0, 1000.0])), np.array([-1.0, 0.0, 1.0]))


def test_sigmoid_forward(student, rng, close):
    """computes the logistic function, also of large numbers"""
    a = rng.standard_normal((4, 5))
    close(student.sigmoid(a), torch.sigmoid(tensor(a)))
    close(student.sigmoid(np.array([-1000.0, 0.0, 1000.0])), np.array([0.0, 0.5, 1.0]))


def test_relu_backward(student, rng, close):
    """lets the gradient pass where the input was above 0, and nowhere else"""
    a, out_grad = rng.standard_normal((4, 5)), rng.standard_normal((4, 5))
    a[1] = 0.0
    close(student.relu_gradient(a, out_grad), _expected(torch.relu, a, out_grad), kind="gradient")


def test_tanh_backward(student, rng, close):
    """multiplies the gradient by the slope of tanh"""
    a, out_grad = rng.standard_normal((4, 5)), rng.standard_normal((4, 5))
    close(student.tanh_gradient(a, out_grad), _expected(torch.tanh, a, out_grad), kind="gradient")


def test_sigmoid_backward(student, rng, close):
    """multiplies the gradient by the slope of the sigmoid"""
    a, out_grad = rng.standard_normal((4, 5)), rng.standard_normal((4, 5))
    close(student.sigmoid_gradient(a, out_grad), _expected(torch.sigmoid, a, out_grad), kind="gradient")


def test_activation_backward_numerical(student, rng, close):
    """agrees with the slope that the forward pass itself has"""
    a, ones = rng.choice([-1, 1], (3, 4)) * rng.uniform(0.1, 2.0, (3, 4)), np.ones((3, 4))
    for forward, backward in (
        (student.relu, student.relu_gradient),
        (student.tanh, student.tanh_gradient),
        (student.sigmoid, student.sigmoid_gradient),
    ):
        slope = _slope(forward, a)
        close(backward(a, ones)["gradient of a"], slope, kind="numerical")


def test_activation_backward_of_operations(student, rng):
    """computes the gradient with needle operations, from tensors that can be differentiated again"""
    origins = student.activation_origins(rng.standard_normal((3, 4)))
    for name, needed in (("relu", {"out_grad"}), ("tanh", {"a", "out_grad"}), ("sigmoid", {"a", "out_grad"})):
        assert needed <= set(origins[name]), (
            f"the gradient of {name} depends on {' and '.join(sorted(needed))}; "
            f"its graph leads to {' and '.join(origins[name]) or 'neither'}: build it of tensors, not of their arrays"
        )
