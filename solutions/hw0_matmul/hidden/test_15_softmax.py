"""Softmax regression and a network of two layers, with other data: dtypes, views, odd batches, defaults."""

import numpy as np
import torch


def _steps(logits_of, X, y, weights, lr, batch):
    """One epoch of stochastic gradient descent with torch's gradients, in order: the weights after it."""
    weights = [torch.tensor(weight, requires_grad=True) for weight in weights]
    for X_batch, y_batch in zip(torch.tensor(X).split(batch), torch.tensor(y).long().split(batch)):
        loss = torch.nn.functional.cross_entropy(logits_of(X_batch, *weights), y_batch)
        gradients = torch.autograd.grad(loss, weights)
        with torch.no_grad():  # written out: torch.optim takes longer to import than all of these tests to run
            for weight, gradient in zip(weights, gradients):
                weight -= lr * gradient
    return [weight.detach() for weight in weights]


def _cross_entropy(Z, y):
    return torch.nn.functional.cross_entropy(torch.tensor(Z.copy()), torch.tensor(y).long())


def _linear(X, theta):
    return X @ theta


def _two_layers(X, W1, W2):
    return torch.relu(X @ W1) @ W2


def test_softmax_loss_extreme(student, close):
    """is right for rows of very different size, for logits of ±1e10, and for one row or one class"""
    for Z, y in (
        (np.array([[0.0, 1.0], [5000.0, 5001.0]]), np.array([1, 0])),
        (np.array([[1e10, -1e10, 0.0]]), np.array([0])),
        (np.array([[-1e10, 1e10]]), np.array([0])),
        (np.array([[3.0], [-2.0]]), np.array([0, 0])),
    ):
        close(student.softmax_loss(Z, y), _cross_entropy(Z, y), kind="reduction")


def test_softmax_loss_dtype(student, rng, close):
    """keeps float32, takes labels of uint8 as parse_mnist gives them, and reads views"""
    Z = rng.standard_normal((10, 600)).astype(np.float32).T[::2]
    y = rng.integers(0, 10, size=300).astype(np.uint8)
    close(student.softmax_loss(Z, y), _cross_entropy(Z, y), kind="reduction", dtype=True)


def test_softmax_regression_batches(student, rng, close):
    """handles batches of one row, a batch larger than the data, labels of uint8 and float32"""
    X = rng.standard_normal((9, 3)).astype(np.float32)
    y = rng.integers(0, 4, size=9).astype(np.uint8)
    for batch in (1, 4, 100):
        theta = rng.standard_normal((3, 4)).astype(np.float32)
        (expected,) = _steps(_linear, X, y, [theta], lr=0.1, batch=batch)
        student.changing("theta").softmax_regression_epoch(X, y, theta=theta, lr=0.1, batch=batch)
        close(theta, expected, kind="training", dtype=True)


def test_softmax_regression_stable(student, rng, close):
    """finds finite gradients where the logits are huge"""
    X, y = 1000 * rng.standard_normal((6, 3)), rng.integers(0, 4, size=6)
    theta = rng.standard_normal((3, 4))
    (expected,) = _steps(_linear, X, y, [theta], lr=0.1, batch=3)
    student.changing("theta").softmax_regression_epoch(X, y, theta=theta, lr=0.1, batch=3)
    close(theta, expected, kind="training")


def test_epoch_defaults(student, rng, close):
    """takes a learning rate of 0.1 and batches of 100 rows where it is not told otherwise"""
    X, y = rng.standard_normal((230, 5)), rng.integers(0, 3, size=230)
    theta, W1, W2 = (rng.standard_normal(shape) for shape in ((5, 3), (5, 4), (4, 3)))
    expected = _steps(_linear, X, y, [theta], 0.1, 100) + _steps(_two_layers, X, y, [W1, W2], 0.1, 100)
    student.changing("theta").softmax_regression_defaults(X, y, theta=theta)
    student.changing("W1", "W2").nn_defaults(X, y, W1=W1, W2=W2)
    close([theta, W1, W2], expected, kind="training")


def test_nn_dead_units(student, rng, close):
    """leaves a hidden unit alone that no row reaches: the slope of relu at 0 is 0"""
    X, y = rng.standard_normal((8, 3)), rng.integers(0, 4, size=8)
    W1, W2 = rng.standard_normal((3, 5)), rng.standard_normal((5, 4))
    W1[:, 2] = 0
    expected = _steps(_two_layers, X, y, [W1, W2], lr=0.3, batch=4)
    student.changing("W1", "W2").nn_epoch(X, y, W1=W1, W2=W2, lr=0.3, batch=4)
    close([W1, W2], expected, kind="training")


def test_nn_views_and_dtype(student, rng, close):
    """trains on views, in float32, with labels of uint8, and leaves the data as they are"""
    X = rng.standard_normal((4, 26)).astype(np.float32).T[::2]
    y = rng.integers(0, 3, size=13).astype(np.uint8)
    W1, W2 = rng.standard_normal((4, 6)).astype(np.float32), rng.standard_normal((6, 3)).astype(np.float32)
    expected = _steps(_two_layers, X.copy(), y, [W1, W2], lr=0.1, batch=5)
    student.changing("W1", "W2").nn_epoch(X, y, W1=W1, W2=W2, lr=0.1, batch=5)
    close([W1, W2], expected, kind="training", dtype=True)


def test_softmax_regression_learns_digits(student, rng):
    """learns real digits with one layer: under 5 % of those that it has seen are read wrongly"""
    from sklearn.datasets import load_digits  # here: it takes a second to import, and one test needs it

    X, y = load_digits(return_X_y=True)
    order = rng.permutation(len(X))
    X, y = X[order] / 16, y[order]
    theta = student.train_softmax_regression(X, y, np.zeros((64, 10)), lr=0.5, batch=50, epochs=25)
    error = np.mean(np.argmax(X @ theta, axis=1) != y)
    assert error < 0.05, f"reads {error:.1%} of the digits wrongly, expected under 5 %"
