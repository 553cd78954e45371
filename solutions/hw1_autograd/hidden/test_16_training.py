"""Stage 16, other data: one row, float32, uint8 labels, a batch larger than the data."""

import numpy as np
import torch
from torch.nn.functional import cross_entropy


def _epochs_of_torch(X, y, W1, W2, lr, batch, epochs=1):
    weights = [torch.tensor(weight, requires_grad=True) for weight in (W1, W2)]
    for _ in range(epochs):
        for x, labels in zip(torch.tensor(X).split(batch), torch.tensor(y.astype(np.int64)).split(batch)):
            loss = cross_entropy(torch.relu(x @ weights[0]) @ weights[1], labels)
            gradients = torch.autograd.grad(loss, weights)
            with torch.no_grad():  # written out: torch.optim takes longer to import than all of these tests to run
                for weight, gradient in zip(weights, gradients):
                    weight -= lr * gradient
    return {"W1": weights[0], "W2": weights[1]}


def test_softmax_loss_ndl_sizes_and_dtypes(student, rng, close):
    """handles one row, one class and float32, and returns a single number of that dtype"""
    for n, k, dtype in [(1, 4, np.float64), (7, 1, np.float64), (50, 10, np.float32)]:
        Z, y = rng.standard_normal((n, k)).astype(dtype), rng.integers(k, size=n)
        expected = cross_entropy(torch.tensor(Z), torch.tensor(y))
        close(student.softmax_loss_ndl_forward(Z, np.eye(k, dtype=dtype)[y]), expected, kind="reduction", dtype=True)


def test_softmax_loss_ndl_of_shifted_rows(student, rng, close):
    """does not change when a row is shifted, each one by its own large number"""
    Z, y = rng.standard_normal((6, 4)), rng.integers(4, size=6)
    shift = np.array([[900.0], [-900.0], [5e3], [-5e3], [0.0], [1e4]])
    expected = cross_entropy(torch.tensor(Z + shift), torch.tensor(y))
    close(student.softmax_loss_ndl_forward(Z + shift, np.eye(4)[y]), expected, kind="reduction")


def test_nn_epoch_ndl_other_batches(student, rng, close):
    """handles a batch of one row, one of exactly all rows, and one larger than the data"""
    X, y = rng.standard_normal((12, 4)), rng.integers(3, size=12).astype(np.uint8)
    W1, W2 = rng.standard_normal((4, 6)), rng.standard_normal((6, 3))
    for batch in (1, 12, 100):
        got = student.nn_epoch_ndl(X, y, W1, W2, lr=0.1, batch=batch)
        close(got, _epochs_of_torch(X, y, W1, W2, lr=0.1, batch=batch), kind="training")


def test_nn_epoch_ndl_keeps_float32(student, rng, close):
    """trains float32 weights to float32 weights, over several epochs"""
    X, y = rng.standard_normal((30, 5)).astype(np.float32), rng.integers(4, size=30).astype(np.uint8)
    W1, W2 = rng.standard_normal((5, 7)).astype(np.float32), rng.standard_normal((7, 4)).astype(np.float32)
    got = student.nn_epoch_ndl(X, y, W1, W2, lr=0.1, batch=8, epochs=3)
    close(got, _epochs_of_torch(X, y, W1, W2, lr=0.1, batch=8, epochs=3), kind="training", dtype=True)
