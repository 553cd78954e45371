"""Stage 1: layers that remember their call and send a gradient back by hand."""

import numpy as np
import torch
from torch.nn.functional import linear, mse_loss, relu


def _leaf(array):
    return torch.tensor(array, requires_grad=True)


def _linear_case(rng, n, in_features, out_features):
    x, weight = rng.standard_normal((n, in_features)), rng.standard_normal((in_features, out_features))
    return x, weight, rng.standard_normal(out_features), rng.standard_normal((n, out_features))


def test_layer_remembers_its_call(student, close):
    """keeps the very inputs and output of a call, where the gradients are stored"""
    got = student.layer_call(np.array([1.0, 2.0]), np.array([3.0, 4.0]))
    close(got, {"out": np.array([4.0, 6.0]), "gradient of a": np.ones(2), "gradient of b": 2 * np.ones(2)})


def test_linear_forward(student, rng, close):
    """multiplies every row by the weight and adds the bias"""
    worked = student.linear_forward(np.array([[1.0, 2.0]]), np.array([[3.0], [4.0]]), np.array([5.0]))
    close(worked, np.array([[16.0]]), kind="reduction")
    x, weight, bias, _ = _linear_case(rng, 6, 4, 3)
    expected = linear(torch.tensor(x), torch.tensor(weight).T, torch.tensor(bias))
    close(student.linear_forward(x, weight, bias), expected, kind="reduction")


def test_linear_backward(student, rng, close):
    """sends the gradient of a linear layer back to its input, its weight and its bias"""
    x, weight, bias, out_grad = _linear_case(rng, 6, 4, 3)
    tx, tw, tb = _leaf(x), _leaf(weight), _leaf(bias)
    out = tx @ tw + tb
    (out * torch.tensor(out_grad)).sum().backward()
    expected = {"out": out, "gradient of x": tx.grad, "gradient of weight": tw.grad, "gradient of bias": tb.grad}
    close(student.linear_backward(x, weight, bias, out_grad), expected, kind="gradient")


def test_relu_layer_forward(student, rng, close):
    """keeps what is positive and sets the rest to zero"""
    x = rng.standard_normal((4, 5))
    close(student.relu_layer_forward(x), relu(torch.tensor(x)))


def test_relu_layer_backward(student, rng, close):
    """lets the gradient pass where the input was above zero, and nowhere else"""
    x, out_grad = rng.standard_normal((4, 5)), rng.standard_normal((4, 5))
    x[1] = 0.0
    tx = _leaf(x)
    out = relu(tx)
    (out * torch.tensor(out_grad)).sum().backward()
    close(student.relu_layer_backward(x, out_grad), {"out": out, "gradient of x": tx.grad, "gradient of out": out_grad})


def test_mse_forward(student, close):
    """averages the squared error over all entries, and refuses unequal shapes"""
    predictions, targets = np.array([[1.0, 2.0], [3.0, 4.0]]), np.array([[1.0, 0.0], [0.0, 4.0]])
    close(student.mse_forward(predictions, targets), torch.tensor((4 + 9) / 4, dtype=torch.float64), kind="reduction")
    student.raises(ValueError).mse_forward(np.zeros((3, 1)), np.zeros(3))


def test_mse_backward(student, rng, close):
    """starts the backward pass: divides by what the forward pass divided by"""
    predictions, targets = rng.standard_normal((5, 3)), rng.standard_normal((5, 3))
    leaf = _leaf(predictions)
    out = mse_loss(leaf, torch.tensor(targets))
    out.backward()
    close(
        student.mse_backward(predictions, targets), {"out": out, "gradient of predictions": leaf.grad}, kind="gradient"
    )


def test_layers_backward_chain(student, rng, close):
    """sends the gradient of the loss back through three layers"""
    x, weight, bias, y = _linear_case(rng, 6, 4, 3)
    tx, tw, tb = _leaf(x), _leaf(weight), _leaf(bias)
    out = mse_loss(relu(tx @ tw + tb), torch.tensor(y))
    out.backward()
    expected = {"out": out, "gradient of x": tx.grad, "gradient of weight": tw.grad, "gradient of bias": tb.grad}
    close(student.layers_chain(x, y, weight, bias), expected, kind="gradient")
