"""Softmax regression and a network of two layers, trained with gradients written by hand."""

from functools import cache

import numpy as np
import torch


def _steps(logits_of, X, y, weights, lr, batch):
    """One epoch of stochastic gradient descent with torch's gradients, in order: the weights after it."""
    weights = [torch.tensor(weight, requires_grad=True) for weight in weights]
    for X_batch, y_batch in zip(torch.tensor(X).split(batch), torch.tensor(y).split(batch)):
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


def _random_task(rng, n, features=6, classes=4):
    return rng.standard_normal((n, features)), rng.integers(0, classes, size=n)


@cache
def _all_digits():
    """Real digits and what they are: read once in a process, for reading them takes as long as learning them."""
    from sklearn.datasets import load_digits

    return load_digits(return_X_y=True)


def _digits(rng):
    """Real digits with pixels in [0, 1]: 1,500 to train on and 297 that stay unseen."""
    X, y = _all_digits()
    order = rng.permutation(len(X))
    X, y = X[order] / 16, y[order]
    return X[:1500], y[:1500], X[1500:], y[1500:]


def test_softmax_loss_worked_cases(student, close):
    """finds log 2 for two equal logits, and the mean over a batch"""
    close(student.softmax_loss(np.array([[0.0, 0.0]]), np.array([1])), np.log(2.0))
    close(student.softmax_loss(np.zeros((3, 4)), np.array([0, 3, 1])), np.log(4.0))


def test_softmax_loss_torch(student, rng, close):
    """agrees with torch's cross entropy"""
    Z, y = 3 * rng.standard_normal((8, 5)), rng.integers(0, 5, size=8)
    close(student.softmax_loss(Z, y), _cross_entropy(Z, y), kind="reduction")


def test_softmax_loss_stable(student, close):
    """neither overflows nor loses the answer where logits are huge"""
    Z, y = np.array([[1000.0, 999.0], [-1000.0, -1001.0]]), np.array([0, 1])
    close(student.softmax_loss(Z, y), _cross_entropy(Z, y), kind="reduction")


def test_softmax_regression_gradient(student, rng, close):
    """moves theta against the gradient that torch's autograd finds, in one step"""
    X, y = _random_task(rng, n=7)
    theta = rng.standard_normal((6, 4))
    before = torch.tensor(theta, requires_grad=True)
    torch.nn.functional.cross_entropy(torch.tensor(X) @ before, torch.tensor(y)).backward()
    student.changing("theta").softmax_regression_epoch(X, y, theta=theta, lr=0.5, batch=7)
    close(theta, before.detach() - 0.5 * before.grad, kind="gradient")


def test_softmax_regression_epoch(student, rng, close):
    """takes the batches of an epoch in order, the short one at the end too, with torch's gradients"""
    X, y = _random_task(rng, n=23)
    theta = rng.standard_normal((6, 4))
    (expected,) = _steps(_linear, X, y, [theta], lr=0.2, batch=5)
    student.changing("theta").softmax_regression_epoch(X, y, theta=theta, lr=0.2, batch=5)
    close(theta, expected, kind="training")


def test_nn_gradient(student, rng, close):
    """moves both layers against the gradients that torch's autograd finds, in one step"""
    X, y = _random_task(rng, n=7)
    W1, W2 = rng.standard_normal((6, 5)), rng.standard_normal((5, 4))
    before = [torch.tensor(W1, requires_grad=True), torch.tensor(W2, requires_grad=True)]
    torch.nn.functional.cross_entropy(_two_layers(torch.tensor(X), *before), torch.tensor(y)).backward()
    student.changing("W1", "W2").nn_epoch(X, y, W1=W1, W2=W2, lr=0.5, batch=7)
    expected = {name: weight.detach() - 0.5 * weight.grad for name, weight in zip(("W1", "W2"), before)}
    close({"W1": W1, "W2": W2}, expected, kind="gradient")


def test_nn_epoch(student, rng, close):
    """trains both layers through an epoch of batches, the short one at the end too, with torch's gradients"""
    X, y = _random_task(rng, n=23)
    W1, W2 = rng.standard_normal((6, 5)), rng.standard_normal((5, 4))
    expected = _steps(_two_layers, X, y, [W1, W2], lr=0.2, batch=5)
    student.changing("W1", "W2").nn_epoch(X, y, W1=W1, W2=W2, lr=0.2, batch=5)
    close([W1, W2], expected, kind="training")


def test_nn_learns_digits(student, rng):
    """learns real digits: under 5 % of those that it has seen are read wrongly, and under 8 % of the others"""
    # One step before the data comes: scikit-learn takes a second to import, for which a stub need not wait.
    student.train_nn(np.zeros((1, 64)), np.zeros(1, np.int64), np.zeros((64, 2)), np.zeros((2, 10)), lr=0.5, batch=1, epochs=1)
    X, y, unseen_X, unseen_y = _digits(rng)
    W1, W2 = rng.standard_normal((64, 100)) / 8, rng.standard_normal((100, 10)) / 10
    trained = student.train_nn(X, y, W1, W2, lr=0.5, batch=25, epochs=25)

    def error(X, y):
        return np.mean(np.argmax(np.maximum(X @ trained["W1"], 0) @ trained["W2"], axis=1) != y)

    assert error(X, y) < 0.05, f"reads {error(X, y):.1%} of the digits of its training set wrongly, expected under 5 %"
    unseen = error(unseen_X, unseen_y)
    assert unseen < 0.08, f"reads {unseen:.1%} of the digits that it has not seen wrongly, expected under 8 %"
