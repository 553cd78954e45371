"""Stage 1, other data: one row, one column, a second call, views."""

import numpy as np
import torch
from torch.nn.functional import mse_loss


def _leaf(array):
    return torch.tensor(array, requires_grad=True)


def test_linear_backward_smallest_and_views(student, rng, close):
    """handles one row, one feature and transposed views"""
    cases = [(1, 4, 3), (5, 1, 1), (7, 3, 2)]
    for n, in_features, out_features in cases:
        x = rng.standard_normal((in_features, n)).T
        weight = rng.standard_normal((out_features, in_features)).T
        bias, out_grad = rng.standard_normal(out_features), rng.standard_normal((n, out_features))
        tx, tw, tb = _leaf(x), _leaf(weight), _leaf(bias)
        out = tx @ tw + tb
        (out * torch.tensor(out_grad)).sum().backward()
        expected = {"out": out, "gradient of x": tx.grad, "gradient of weight": tw.grad, "gradient of bias": tb.grad}
        close(student.linear_backward(x, weight, bias, out_grad), expected, kind="gradient")


def test_linear_backward_second_call(student, rng, close):
    """keeps the gradients of the last batch only"""
    first, second = rng.standard_normal((4, 3)), rng.standard_normal((6, 3))
    weight, bias = rng.standard_normal((3, 2)), rng.standard_normal(2)
    tx, tw, tb = _leaf(second), _leaf(weight), _leaf(bias)
    (tx @ tw + tb).sum().backward()
    expected = {"gradient of x": tx.grad, "gradient of weight": tw.grad, "gradient of bias": tb.grad}
    close(student.linear_backward_twice(first, second, weight, bias), expected, kind="gradient")


def test_relu_layer_backward_other_axes(student, rng, close):
    """passes gradients of every sign, for any number of axes, and leaves them as they were"""
    for shape in [(), (1,), (2, 3, 4)]:
        x, out_grad = rng.standard_normal(shape), rng.standard_normal(shape)
        leaf = _leaf(np.asarray(x))
        out = torch.relu(leaf)
        (out * torch.tensor(out_grad)).sum().backward()
        expected = {"out": out, "gradient of x": leaf.grad, "gradient of out": np.asarray(out_grad)}
        close(student.relu_layer_backward(np.asarray(x), np.asarray(out_grad)), expected)


def test_mse_backward_other_sizes(student, rng, close):
    """averages over one row, one column and many entries alike"""
    for shape in [(1, 6), (6, 1), (1, 1), (30, 20)]:
        predictions, targets = rng.standard_normal(shape), rng.standard_normal(shape)
        leaf = _leaf(predictions)
        out = mse_loss(leaf, torch.tensor(targets))
        out.backward()
        got = student.mse_backward(predictions, targets)
        close(got, {"out": out, "gradient of predictions": leaf.grad}, kind="gradient")


def test_mse_refuses_every_broadcast(student):
    """refuses shapes that would broadcast"""
    for predictions, targets in [((4, 1), (4,)), ((4,), (4, 1)), ((4, 3), (1, 3)), ((4, 3), (3,))]:
        student.raises(ValueError).mse_forward(np.ones(predictions), np.ones(targets))
