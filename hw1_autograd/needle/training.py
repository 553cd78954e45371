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
    raise NotImplementedError("hw1 · training: see hw1_autograd/README.md, stage 16")


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
    raise NotImplementedError("hw1 · training: see hw1_autograd/README.md, stage 16")
