"""Stage 14: reverse mode. Every expression is evaluated twice, on the student's tensors and on torch's."""

import numpy as np
import torch

_FUNCTIONS = {name: getattr(torch, name) for name in ("exp", "log", "relu", "tanh", "sigmoid")}


def _leaves(arrays):
    return {name: torch.tensor(array, requires_grad=True) for name, array in arrays.items()}


def _expression(expression, leaves):
    return eval(expression, dict(_FUNCTIONS), dict(leaves))


def _in_torch(expression, arrays, out_grad=None):
    """The result and the gradient of every array, by torch."""
    leaves = _leaves(arrays)
    out = _expression(expression, leaves)
    (out if out_grad is None else out * torch.tensor(out_grad)).sum().backward()
    return {"out": out, **{f"gradient of {name}": leaf.grad for name, leaf in leaves.items()}}


def _second_in_torch(expression, arrays, directions):
    """The gradients, and the gradients of Σ directions · gradients, by torch."""
    leaves = _leaves(arrays)
    first = torch.autograd.grad(_expression(expression, leaves).sum(), list(leaves.values()), create_graph=True)
    total = sum((gradient * torch.tensor(directions[name])).sum() for name, gradient in zip(leaves, first))
    second = torch.autograd.grad(total, list(leaves.values()))
    return {
        **{f"gradient of {name}": gradient for name, gradient in zip(leaves, first)},
        **{f"second gradient of {name}": gradient for name, gradient in zip(leaves, second)},
    }


def _positive(rng, *shape):
    return rng.uniform(0.5, 1.5, shape)


def test_compute_gradient_worked(student, close):
    """adds up what comes from several uses: x y + x at x = 2, y = 3"""
    got = student.gradients("x * y + x", {"x": np.array(2.0), "y": np.array(3.0)})
    close(got, {"out": np.array(8.0), "gradient of x": np.array(4.0), "gradient of y": np.array(2.0)})


def test_compute_gradient_backward(student, rng, close):
    """finds the gradients of whole expressions"""
    arrays = {"a": _positive(rng, 3, 4), "b": _positive(rng, 3, 4), "w": rng.standard_normal((4, 2))}
    for expression, names in [
        ("a * b + log(a) / b - exp(-a) * a", "ab"),
        ("tanh(a @ w) * sigmoid(b @ w) + relu(a @ w)", "abw"),
        ("a / b + a.sum(0).reshape((1, 4)).broadcast_to((3, 4)) ** 2", "ab"),
        ("(h := a * b) * h + h * a", "ab"),
    ]:
        used = {name: arrays[name] for name in names}
        close(student.gradients(expression, used), _in_torch(expression, used), kind="gradient")


def test_compute_gradient_starts_from_out_grad(student, rng, close):
    """weights the entries of the output by out_grad"""
    arrays = {"a": rng.standard_normal((3, 4)), "b": rng.standard_normal((3, 4))}
    out_grad = rng.standard_normal((3, 4))
    expected = _in_torch("a * b + a", arrays, out_grad)
    close(student.gradients("a * b + a", arrays, out_grad), expected, kind="gradient")


def test_compute_gradient_of_a_gradient(student, rng, close):
    """builds gradients that have gradients"""
    for expression, names in [("a ** 3 * b + b * b", "ab"), ("exp(a) * log(b) / a", "ab"), ("tanh(a @ b) ** 2", "ab")]:
        shapes = {"a": (3, 3), "b": (3, 3)}
        arrays = {name: _positive(rng, *shapes[name]) for name in names}
        directions = {name: rng.standard_normal(shapes[name]) for name in names}
        got = student.gradients_of_gradients(expression, arrays, directions)
        close(got, _second_in_torch(expression, arrays, directions), kind="gradient")


def test_compute_gradient_replaces_an_earlier_one(student, close):
    """replaces the gradient that an earlier call left, and does not add to it"""
    arrays = {"a": np.array([5.0]), "b": np.array([7.0])}
    once = {"gradient of a": np.array([7.0]), "gradient of b": np.array([5.0])}
    close(student.gradients_again("a * b", arrays), once)
    got = student.gradients_twice("a * b", "a + b * b", arrays)
    after = {"gradient of a": np.array([1.0]), "gradient of b": np.array([14.0])}
    close(got, {"after the first": once, "after the second": after})


def test_compute_gradient_of_constants(student, rng, close):
    """leaves no gradient where none is required"""
    a, b = rng.standard_normal((2, 3)), rng.standard_normal((2, 3))
    got = student.gradients_of_variables("a * b * b + b", {"a": a}, {"b": b})
    close(got, {"gradient of a": b * b, "gradient of b": None}, kind="gradient")


def test_compute_gradient_of_doublings(student, close):
    """asks each of 24 operations z = z + z once, not once for each of their 2²⁴ paths"""
    got = student.gradient_of_doublings(np.array([1.0, 3.0]), 24)
    doubled = 2.0**24 * np.ones(2)
    close(got, {"out": doubled * np.array([1.0, 3.0]), "gradient of x": doubled, "calls of gradient": 24})


def test_compute_gradient_deep_chain(student, close):
    """goes back through 5,000 operations"""
    got = student.gradient_of_chain(np.array([0.5, 2.0]), 5_000)
    close(got, {"out": np.array([2_500.5, 10_002.0]), "gradient of x": np.array([5_001.0, 5_001.0])})
