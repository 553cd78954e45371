"""Gradients from the definition of the derivative, to check every gradient that is written by hand.

A function f takes arrays and returns an array. Its gradient is asked for as everywhere in backpropagation: out_grad has
the shape of f's result, and the gradient of an argument is that of the number Σ out_grad · f(args), summed over all entries.
"""

import numpy as np


def numerical_gradient(f, *args, out_grad=None, eps=1e-5):
    """Estimates the gradient of Σ out_grad · f(*args) by central differences, one entry of one argument at a time.

    ∂F/∂x ≈ (F(x + eps) − F(x − eps)) / (2 eps), with an error of the order of eps².

    Args:
        f: a function of arrays, one for each of args, that returns an array of any shape. It is called with float64
            arrays, two times for each entry of each argument.
        *args: arrays, any shapes, any real dtype. They stay as they are.
        out_grad: array, the shape of f's result; None means ones, the gradient of the sum.
        eps: float, the distance to either side.

    Returns:
        tuple of arrays, one for each of args and of its shape, float64.

    Source: f(x ± ε) = f(x) ± ε f′(x) + ½ ε² f″(x) ± …: in the difference of both the even terms cancel.
    """
    raise NotImplementedError("hw1 · gradcheck: see hw1_autograd/README.md, stage 4")


def gradient_check(f, *args, gradient=None, eps=1e-5, tol=1e-6, rng=0):
    """Compares a gradient written by hand with `numerical_gradient`, for a random out_grad.

    An entry a is right if |a − b| ≤ tol · max(1, |a|, |b|), where b is the numerical one. NaN is never right. out_grad is
    drawn from the standard normal distribution: with ones, whatever cancels in the sum of f's result would stay unseen.

    Args:
        f: a function of arrays (of tensors, if `gradient` is None) that returns one.
        *args: arrays (tensors), any shapes: where to check. All is computed in float64.
        gradient: a function (out_grad, *arrays) → tuple of arrays, one for each of args and of its shape. None means
            that args are tensors, as built in the later stages: then it is what `f(*args).backward(out_grad)` leaves in `.grad`.
        eps: float, the distance of the central differences.
        tol: float, the relative error that is allowed, absolute for gradients below 1.
        rng: whatever `np.random.default_rng` takes.

    Returns:
        tuple of arrays, one for each of args and of its shape: what `gradient` returned.

    Raises:
        AssertionError: a gradient is wrong, has the wrong shape, or their number is wrong. The message says which
            argument, counted from 1, and where it is worst.
    """
    if gradient is None:
        f, gradient = on_arrays(f, type(args[0]))
        args = [arg.numpy() for arg in args]
    raise NotImplementedError("hw1 · gradcheck: see hw1_autograd/README.md, stage 4")


def on_arrays(f, tensor):
    """A function of tensors as two functions of arrays: itself, and its gradient by `backward`.

    Args:
        f: a function of tensors that returns one.
        tensor: array → tensor, for instance the class `Tensor`. A tensor has `.numpy()`, `.backward(out_grad)` and `.grad`.

    Returns:
        (f on arrays, gradient): `f(*arrays)` returns an array, `gradient(out_grad, *arrays)` a tuple of arrays.
    """

    def forward(*arrays):
        return f(*map(tensor, arrays)).numpy()

    def gradient(out_grad, *arrays):
        tensors = [tensor(array) for array in arrays]
        f(*tensors).backward(tensor(out_grad))
        return tuple(each.grad.numpy() for each in tensors)

    return forward, gradient
