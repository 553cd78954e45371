"""Two classifiers trained by hand: softmax regression, and a network with one hidden layer.

The gradients are derived in the handout and written out here; from the next homework on the library finds them itself.
"""

import numpy as np


def softmax_loss(Z, y):
    """Average the softmax cross-entropy loss over a batch.

    loss = 1/m Σ_i ( log Σ_j exp(Z[i, j]) − Z[i, y[i]] )

    exp overflows above 88 in float32 and above 709 in float64. Shifting a row by its own maximum changes nothing in
    the formula and leaves 0 as the largest exponent, so logits of any size give the right loss.

    Args:
        Z: float array of shape (m, classes), the logits.
        y: integer array of shape (m,), of any integer dtype, the true classes in 0 … classes − 1.

    Returns:
        One number of Z's dtype.

    Source: torch.nn.functional.cross_entropy.
    """
    raise NotImplementedError("hw0 · softmax: see hw0_matmul/README.md, stage 15")


def softmax_gradient(Z, y):
    """Differentiate softmax_loss with respect to the logits. Both epochs need it; no test calls it.

    ∂loss/∂Z = (softmax(Z) − one_hot(y)) / m

    Args:
        Z: float array of shape (m, classes), the logits.
        y: integer array of shape (m,), the true classes.

    Returns:
        A new array of shape (m, classes), in Z's dtype.

    Source: the derivative of the formula of softmax_loss, term by term.
    """
    raise NotImplementedError("hw0 · softmax: see hw0_matmul/README.md, stage 15")


def softmax_regression_epoch(X, y, theta, lr=0.1, batch=100):
    """Train softmax regression for one epoch of stochastic gradient descent; theta changes in place.

    For each batch of m rows, in order: theta ← theta − lr · X_bᵀ (softmax(X_b theta) − one_hot(y_b)) / m

    The rows are taken as they come, without shuffling. The last batch may be shorter: it counts, and m is its own
    length.

    Args:
        X: float array of shape (n, features).
        y: integer array of shape (n,), the true classes.
        theta: float array of shape (features, classes), the weights: changed in place.
        lr: float, the learning rate.
        batch: int ≥ 1, how many rows a step takes.

    Returns:
        None.

    Source: torch.optim.SGD on torch.nn.functional.cross_entropy(X @ theta, y).
    """
    raise NotImplementedError("hw0 · softmax: see hw0_matmul/README.md, stage 15")


def nn_epoch(X, y, W1, W2, lr=0.1, batch=100):
    """Train a network of two layers for one epoch of stochastic gradient descent; W1 and W2 change in place.

    logits = relu(X_b W1) W2, without biases. With H = relu(X_b W1) and G = (softmax(H W2) − one_hot(y_b)) / m:

        ∂loss/∂W2 = Hᵀ G        ∂loss/∂W1 = X_bᵀ (G W2ᵀ ⊙ [H > 0])

    Both gradients of a step are those at the weights before the step. The slope of relu at 0 is 0. Rows come in order,
    without shuffling; the last batch may be shorter: it counts, and m is its own length.

    Args:
        X: float array of shape (n, features).
        y: integer array of shape (n,), the true classes.
        W1: float array of shape (features, hidden): changed in place.
        W2: float array of shape (hidden, classes): changed in place.
        lr: float, the learning rate.
        batch: int ≥ 1, how many rows a step takes.

    Returns:
        None.

    Source: torch.optim.SGD on torch.nn.functional.cross_entropy(relu(X @ W1) @ W2, y).
    """
    raise NotImplementedError("hw0 · softmax: see hw0_matmul/README.md, stage 15")
