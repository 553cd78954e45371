"""Stage 16: a network of two layers, trained with the engine."""

from functools import cache

import numpy as np
import torch
from torch.nn.functional import cross_entropy


def _loss_of_torch(Z, y):
    logits = torch.tensor(Z, requires_grad=True)
    loss = cross_entropy(logits, torch.tensor(y))
    loss.backward()
    return {"out": loss, "gradient of Z": logits.grad}


def _epochs_of_torch(X, y, W1, W2, lr, batch, epochs=1):
    weights = [torch.tensor(weight, requires_grad=True) for weight in (W1, W2)]
    for _ in range(epochs):
        for x, labels in zip(torch.tensor(X).split(batch), torch.tensor(y).split(batch)):
            loss = cross_entropy(torch.relu(x @ weights[0]) @ weights[1], labels)
            gradients = torch.autograd.grad(loss, weights)
            with torch.no_grad():  # written out: torch.optim takes longer to import than all of these tests to run
                for weight, gradient in zip(weights, gradients):
                    weight -= lr * gradient
    return {"W1": weights[0], "W2": weights[1]}


@cache
def _digits():
    """1,500 real digits, with pixels in [0, 1]: read once in a process, for reading them takes as long as learning them."""
    from sklearn.datasets import load_digits

    X, y = load_digits(return_X_y=True)
    return (X[:1500] / 16).astype(np.float32), y[:1500].astype(np.uint8)


def test_softmax_loss_ndl_worked(student, close):
    """gives log k for k equal logits, and log(1 + e⁻²) for two that differ by 2"""
    got = student.softmax_loss_ndl_forward(np.zeros((3, 4)), np.eye(4)[[0, 3, 1]])
    close(got, np.array(np.log(4.0)), kind="reduction")
    got = student.softmax_loss_ndl_forward(np.array([[2.0, 0.0]]), np.array([[1.0, 0.0]]))
    close(got, np.array(np.log(1 + np.exp(-2.0))), kind="reduction")


def test_softmax_loss_ndl_backward(student, rng, close):
    """finds the loss and its gradient as torch does"""
    Z, y = rng.standard_normal((20, 5)), rng.integers(5, size=20)
    close(student.softmax_loss_ndl(Z, np.eye(5)[y]), _loss_of_torch(Z, y), kind="gradient")


def test_softmax_loss_ndl_is_stable(student, rng, close):
    """is finite and right for logits in the thousands"""
    Z, y = 2_000 * rng.standard_normal((20, 5)), rng.integers(5, size=20)
    close(student.softmax_loss_ndl(Z, np.eye(5)[y]), _loss_of_torch(Z, y), kind="gradient")


def test_nn_epoch_ndl(student, rng, close):
    """takes the steps of stochastic gradient descent that torch takes, the smaller last batch too"""
    X, y = rng.standard_normal((23, 6)), rng.integers(3, size=23)
    W1, W2 = rng.standard_normal((6, 5)), rng.standard_normal((5, 3))
    got = student.nn_epoch_ndl(X, y, W1, W2, lr=0.2, batch=5)
    close(got, _epochs_of_torch(X, y, W1, W2, lr=0.2, batch=5), kind="training")


def test_nn_epoch_ndl_returns_leaves(student, rng, close):
    """returns weights that keep no graph alive, and leaves the caller's as they were"""
    X, y = rng.standard_normal((6, 4)), rng.integers(3, size=6)
    W1, W2 = rng.standard_normal((4, 5)), rng.standard_normal((5, 3))
    expected = {"the caller's W1": W1, "the caller's W2": W2, "requires_grad": [True, True], "number of inputs": [0, 0]}
    close(student.nn_epoch_ndl_weights(X, y, W1, W2), expected)


def test_nn_epoch_ndl_learns_digits(student, rng):
    """learns to read handwritten digits with fewer than 5 of 100 wrong"""
    W1 = (rng.standard_normal((64, 64)) / 8).astype(np.float32)
    W2 = (rng.standard_normal((64, 10)) / 8).astype(np.float32)
    # One step before the data comes: scikit-learn takes a second to import, for which a stub need not wait.
    student.nn_epoch_ndl(np.zeros((1, 64), np.float32), np.zeros(1, np.uint8), W1, W2, lr=0.5, batch=50)
    X, y = _digits()
    got = student.nn_epoch_ndl(X, y, W1, W2, lr=0.5, batch=50, epochs=15)
    predictions = (np.maximum(X @ got["W1"], 0) @ got["W2"]).argmax(axis=1)
    error = (predictions != y).mean()
    assert error < 0.05, f"{error:.1%} of the digits that it was trained on are read wrong, expected less than 5 %"
