"""A feed-forward network of the layers in `layers.py`, and one step of its training."""

from itertools import pairwise

import numpy as np

from .layers import MSE, Array, Linear, ReLU


class FeedForwardNN:
    """Linear layers with a ReLU between each two of them: x → Linear → ReLU → … → Linear → predictions.

    Args:
        x_dim: int, the width of a row of the input.
        y_dim: int, the width of a row of the predictions.
        n_layers: int, the number of Linear layers, at least 1.
        hidden_dim: int, the width of every hidden layer.
        rng: whatever `np.random.default_rng` takes; the layers draw from this one generator, the first layer first.

    Attributes:
        layers: list of layers in the order of the forward pass: 2 n_layers − 1 of them, the last one a Linear.
        loss: the MSE layer that compares predictions with targets.

    Raises:
        ValueError: n_layers is less than 1.
    """

    def __init__(self, x_dim, y_dim, n_layers, *, hidden_dim=32, rng=None):
        raise NotImplementedError("hw1 · network: see hw1_autograd/README.md, stage 2")

    def __call__(self, x):
        """Computes the predictions, layer by layer.

        Args:
            x: array, (n, x_dim).

        Returns:
            Array, (n, y_dim).
        """
        raise NotImplementedError("hw1 · network: see hw1_autograd/README.md, stage 2")

    def parameters(self):
        """The weight and bias of every Linear, in the order of the layers."""
        return [parameter for layer in self.layers for parameter in layer.parameters()]

    def backward(self):
        """Stores `.g` on every parameter, after `network.loss(network(x), y)`: the loss first, then `reversed(layers)`.

        Source: Rumelhart, Hinton and Williams, "Learning representations by back-propagating errors" (1986).
        """
        raise NotImplementedError("hw1 · network: see hw1_autograd/README.md, stage 2")

    def training_step(self, x, y, lr=0.1):
        """Takes one step of gradient descent: parameter ← parameter − lr · gradient, in place.

        Args:
            x: array, (n, x_dim).
            y: array, (n, y_dim): the targets.
            lr: float, the learning rate.

        Returns:
            float: the loss before the step.
        """
        raise NotImplementedError("hw1 · network: see hw1_autograd/README.md, stage 2")
