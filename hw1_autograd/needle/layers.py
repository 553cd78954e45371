"""Layers whose backward pass is written by hand.

A layer is a function that remembers its last call. After the layers that follow it have stored the gradient of the loss
with respect to its output in `output.g`, its `backward()` stores the gradients with respect to what it was computed from,
in `.g` of its inputs and of its parameters. Every `.g` has the shape of the array that holds it.
"""

import abc

import numpy as np


class Array(np.ndarray):
    """A numpy array that can hold its gradient: `array.g`, None until a backward pass stores it.

    `Array(values)` copies. Arithmetic with an Array gives a new Array, which has no gradient yet.
    """

    g = None

    def __new__(cls, values):
        return np.array(values).view(cls)


class Layer(abc.ABC):
    """A function of Arrays that remembers its last call, so that `backward()` can look back at it."""

    def __call__(self, *inputs):
        """Computes `forward(*inputs)` and remembers the call.

        Args:
            *inputs: Arrays, of the shapes that `forward` takes.

        Returns:
            Array: the result of `forward`. The same objects stay in `self.inputs` (a tuple) and `self.output`: what
            the next layer stores in `.g` of its input is then found in `self.output.g`.
        """
        raise NotImplementedError("hw1 · layers: see hw1_autograd/README.md, stage 1")

    @abc.abstractmethod
    def forward(self, *inputs):
        """Inputs → output; changes nothing."""

    @abc.abstractmethod
    def backward(self):
        """Reads `self.output.g`, stores `.g` on the inputs and parameters in place of any earlier one."""

    def parameters(self):
        """The Arrays that training changes: a list, empty for most layers."""
        return []


class Linear(Layer):
    """An affine map of every row: x W + b.

    Args:
        in_features: int, the width of a row of the input.
        out_features: int, the width of a row of the output.
        rng: whatever `np.random.default_rng` takes: a generator, a seed, or None for fresh randomness.

    Attributes:
        weight: Array, (in_features, out_features), float64, drawn with standard deviation √(2 / in_features).
        bias: Array, (out_features,), float64, zeros.

    Source: He et al., "Delving Deep into Rectifiers" (2015), equation 10, for the standard deviation.
    """

    def __init__(self, in_features, out_features, rng=None):
        standard_deviation = np.sqrt(2 / in_features)
        self.weight = Array(np.random.default_rng(rng).standard_normal((in_features, out_features)) * standard_deviation)
        self.bias = Array(np.zeros(out_features))

    def parameters(self):
        return [self.weight, self.bias]

    def forward(self, x):
        """x W + b.

        Args:
            x: Array, (n, in_features): n rows, the batch.

        Returns:
            Array, (n, out_features).
        """
        raise NotImplementedError("hw1 · layers: see hw1_autograd/README.md, stage 1")

    def backward(self):
        """Stores the gradients of x, W and b, from the gradient G of the output: G Wᵀ, xᵀ G, and G summed over its rows.

        Reads `self.output.g`, (n, out_features). Stores `.g` on the input (n, in_features), on `self.weight`
        (in_features, out_features) and on `self.bias` (out_features,).

        Source: the chain rule on output[i, k] = Σⱼ x[i, j] W[j, k] + b[k].
        """
        raise NotImplementedError("hw1 · layers: see hw1_autograd/README.md, stage 1")


class ReLU(Layer):
    """The rectifier, entry by entry: max(x, 0)."""

    def forward(self, x):
        """max(x, 0).

        Args:
            x: Array, any shape.

        Returns:
            Array, the shape of x.
        """
        raise NotImplementedError("hw1 · layers: see hw1_autograd/README.md, stage 1")

    def backward(self):
        """Stores the gradient of x: the gradient of the output where x > 0, otherwise 0 (also at x = 0, as torch does).

        Reads `self.output.g` and leaves it as it is. Stores `.g` on the input, of the shape of x.
        """
        raise NotImplementedError("hw1 · layers: see hw1_autograd/README.md, stage 1")


class MSE(Layer):
    """The mean squared error: the end of the chain, where the backward pass begins."""

    def forward(self, predictions, targets):
        """Σ (predictions − targets)² / (n m), the mean over all entries.

        Args:
            predictions: Array, (n, m).
            targets: array, (n, m).

        Returns:
            Array, 0-d.

        Raises:
            ValueError: the shapes differ. Without this, (n, 1) and (n,) would broadcast to (n, n) and say nothing.
        """
        raise NotImplementedError("hw1 · layers: see hw1_autograd/README.md, stage 1")

    def backward(self):
        """Stores the gradient of the predictions, (n, m): 2 (predictions − targets) / (n m).

        The loss is the last output, so its gradient with respect to itself is 1: nothing is read from `self.output.g`.
        Targets are data and get no gradient.
        """
        raise NotImplementedError("hw1 · layers: see hw1_autograd/README.md, stage 1")
