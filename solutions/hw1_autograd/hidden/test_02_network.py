"""Stage 2, other data: one layer, many layers, digits, many steps."""

from itertools import pairwise

import numpy as np
import torch
from torch.nn.functional import mse_loss


def _parameters(rng, *widths):
    scale = [np.sqrt(2 / width) for width in widths]
    weights = [rng.standard_normal(shape) * s for shape, s in zip(pairwise(widths), scale)]
    return weights, [0.1 * rng.standard_normal(width) for width in widths[1:]]


def _leaves(arrays):
    return [torch.tensor(array, requires_grad=True) for array in arrays]


def _predict(x, weights, biases):
    out = torch.as_tensor(x)
    for weight, bias in zip(weights[:-1], biases[:-1]):
        out = torch.relu(out @ weight + bias)
    return out @ weights[-1] + biases[-1]


def test_network_layers_other_depths(student, close):
    """counts its layers by the linear ones, for any depth and width"""
    close(student.network_layers(1, 1, 1, 5), ["Linear (1, 1)"])
    close(student.network_layers(3, 4, 2, 1), ["Linear (3, 1)", "ReLU", "Linear (1, 4)"])
    expected = ["Linear (2, 7)", *["ReLU", "Linear (7, 7)"] * 4, "ReLU", "Linear (7, 3)"]
    close(student.network_layers(2, 3, 6, 7), expected)
    student.raises(ValueError).network_layers(2, 3, -1, 7)


def test_network_backward_other_depths(student, rng, close):
    """finds the gradients of one layer, of one row, and of six layers"""
    for n, widths in [(5, (3, 2)), (1, (4, 6, 1)), (9, (3, 8, 8, 8, 8, 8, 2))]:
        x, y = rng.standard_normal((n, widths[0])), rng.standard_normal((n, widths[-1]))
        weights, biases = _parameters(rng, *widths)
        tw, tb = _leaves(weights), _leaves(biases)
        out = mse_loss(_predict(x, tw, tb), torch.tensor(y))
        out.backward()
        expected = {"out": out}
        for number, (weight, bias) in enumerate(zip(tw, tb), start=1):
            expected |= {f"gradient of weight {number}": weight.grad, f"gradient of bias {number}": bias.grad}
        close(student.network_backward(x, y, weights, biases), expected, kind="gradient")


def test_network_training_steps_on_digits(student, rng, close):
    """trains on handwritten digits as torch does, for thirty steps"""
    from sklearn.datasets import load_digits  # here: it takes a second to import, and one test needs it

    digits = load_digits()
    x, y = digits.data[:200] / 16, np.eye(10)[digits.target[:200]]
    weights, biases = _parameters(rng, 64, 16, 10)
    tw, tb = _leaves(weights), _leaves(biases)
    losses = []
    for _ in range(30):
        loss = mse_loss(_predict(x, tw, tb), torch.tensor(y))
        gradients = torch.autograd.grad(loss, tw + tb)
        with torch.no_grad():  # written out: torch.optim takes longer to import than all of these tests to run
            for parameter, gradient in zip(tw + tb, gradients):
                parameter -= 0.5 * gradient
        losses.append(loss.item())
    got = student.network_training_steps(x, y, weights, biases, lr=0.5, steps=30)
    close(got["losses"], losses, kind="training")
    close(got["weight 1"], tw[0], kind="training")
    close(got["bias 2"], tb[1], kind="training")
