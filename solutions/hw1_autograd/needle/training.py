"""A network of two layers, trained with the engine: the loss is one tensor, and `backward` does the rest."""

from . import init, ops
from .autograd import Tensor

__all__ = ["nn_epoch", "softmax_loss"]


def softmax_loss(Z, y_one_hot):
    """Computes the softmax loss, or cross entropy, averaged over the rows: 1/n Σᵢ (log Σⱼ exp Zᵢⱼ − Σⱼ Zᵢⱼ Yᵢⱼ).

    Stable: the largest logit of a row is subtracted from the row first, so that no exp overflows. It cancels in the formula
    and is a constant to the gradient, so it needs no history.

    Args:
        Z: Tensor, (n, k): the logits, a row an example.
        y_one_hot: Tensor, (n, k): 1 at the label of the example, 0 elsewhere.

    Returns:
        Tensor, shape (), with the dtype of Z.

    Source: the negative log-likelihood of softmax(Z); Goodfellow, Bengio and Courville, "Deep Learning" (2016), 6.2.2.3.
    """
    # BEGIN SOLUTION training
    largest = Tensor(Z.numpy().max(axis=1, keepdims=True), device=Z.device, requires_grad=False)
    Z = Z - largest.broadcast_to(Z.shape)
    log_of_sums = ops.log(ops.summation(ops.exp(Z), axes=1))
    logits_of_labels = ops.summation(Z * y_one_hot, axes=1)
    return ops.summation(log_of_sums - logits_of_labels) / Z.shape[0]
    # END SOLUTION


def nn_epoch(X, y, W1, W2, lr=0.1, batch=100):
    """Trains the network relu(X W₁) W₂ for one epoch of stochastic gradient descent on the softmax loss.

    The batches are taken in the order of the rows, without shuffling; the last one may be smaller. After each batch:
    W ← W − lr · gradient, as a new tensor without history, or the graphs of all batches would stay alive in it.

    Args:
        X: numpy array, (n, d): the inputs.
        y: numpy array, (n,), whole numbers: the labels, from 0 to k − 1.
        W1: Tensor, (d, h). The caller's tensor keeps its numbers.
        W2: Tensor, (h, k). The caller's tensor keeps its numbers.
        lr: float, the learning rate.
        batch: int, the number of rows in a batch.

    Returns:
        tuple of Tensors: the trained W1 and W2, leaves that require gradients, of the shapes and dtypes they had.

    Source: Robbins and Monro, "A stochastic approximation method" (1951).
    """
    # BEGIN SOLUTION training
    for start in range(0, len(X), batch):
        rows = slice(start, start + batch)
        x = Tensor(X[rows], device=W1.device, dtype=W1.dtype, requires_grad=False)
        y_one_hot = init.one_hot(W2.shape[1], y[rows], device=W2.device, dtype=W2.dtype)
        softmax_loss(ops.relu(x @ W1) @ W2, y_one_hot).backward()
        W1 = Tensor(W1.detach() - lr * W1.grad.detach())
        W2 = Tensor(W2.detach() - lr * W2.grad.detach())
    return W1, W2
    # END SOLUTION
