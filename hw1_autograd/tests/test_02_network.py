"""Stage 2: a network of these layers, and one step of its training."""

from itertools import pairwise

import numpy as np
import torch
from torch.nn.functional import mse_loss


def _parameters(rng, *widths):
    """Weights (in, out) and biases (out,) for layers between these widths."""
    weights = [rng.standard_normal(shape) for shape in pairwise(widths)]
    return weights, [rng.standard_normal(width) for width in widths[1:]]


def _leaves(arrays):
    return [torch.tensor(array, requires_grad=True) for array in arrays]


def _predict(x, weights, biases):
    out = torch.as_tensor(x)
    for weight, bias in zip(weights[:-1], biases[:-1]):
        out = torch.relu(out @ weight + bias)
    return out @ weights[-1] + biases[-1]


def _gradients(name, leaves):
    return {f"gradient of {name} {number}": leaf.grad for number, leaf in enumerate(leaves, start=1)}


def test_network_layers(student, close):
    """puts a rectifier between each two linear layers and none at the end"""
    close(student.network_layers(4, 2, 1, 8), ["Linear (4, 2)"])
    close(
        student.network_layers(4, 2, 3, 8), ["Linear (4, 8)", "ReLU", "Linear (8, 8)", "ReLU", "Linear (8, 2)"]
    )
    student.raises(ValueError).network_layers(4, 2, 0, 8)


def test_network_forward(student, rng, close):
    """predicts what the same layers predict in torch"""
    x = rng.standard_normal((7, 4))
    weights, biases = _parameters(rng, 4, 5, 5, 2)
    expected = _predict(x, list(map(torch.tensor, weights)), list(map(torch.tensor, biases)))
    close(student.network_forward(x, weights, biases), expected, kind="reduction")


def test_network_backward(student, rng, close):
    """finds the gradient of every weight and bias"""
    x, y = rng.standard_normal((7, 4)), rng.standard_normal((7, 2))
    weights, biases = _parameters(rng, 4, 5, 5, 2)
    tw, tb = _leaves(weights), _leaves(biases)
    out = mse_loss(_predict(x, tw, tb), torch.tensor(y))
    out.backward()
    expected = {"out": out, **_gradients("weight", tw), **_gradients("bias", tb)}
    close(student.network_backward(x, y, weights, biases), expected, kind="gradient")


def test_network_backward_order(student, close):
    """walks from the loss to the first layer"""
    close(student.network_backward_order(2), ["loss", "layer 3", "layer 2", "layer 1"])


def test_network_training_step(student, rng, close):
    """moves every parameter one step against its gradient and returns the loss before the step"""
    x, y = rng.standard_normal((7, 4)), rng.standard_normal((7, 2))
    weights, biases = _parameters(rng, 4, 5, 2)
    tw, tb = _leaves(weights), _leaves(biases)
    loss = mse_loss(_predict(x, tw, tb), torch.tensor(y))
    gradients = torch.autograd.grad(loss, tw + tb)
    with torch.no_grad():  # written out: torch.optim takes longer to import than all of these tests to run
        for parameter, gradient in zip(tw + tb, gradients):
            parameter -= 0.1 * gradient
    got = student.network_training_steps(x, y, weights, biases, lr=0.1, steps=1)
    close(got["losses"], [loss.item()], kind="reduction")
    for number in (1, 2):
        close(got[f"weight {number}"], tw[number - 1], kind="gradient")
        close(got[f"bias {number}"], tb[number - 1], kind="gradient")


def test_network_weights_are_drawn_one_after_the_other(student, close):
    """draws different weights for every layer, and the same ones again for the same seed"""
    first, again = (student.network_weights(6, 6, 4, hidden_dim=6, seed=1) for _ in range(2))
    close(again, first)
    for a in range(4):
        for b in range(a):
            assert not np.array_equal(first[a], first[b]), f"Linear {b + 1} and {a + 1} hold the same weights"
