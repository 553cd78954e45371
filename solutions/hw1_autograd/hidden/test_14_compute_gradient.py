"""Stage 14, other data: fan-out of every kind, 0-d, leaves, tuples, deeper derivatives, time."""

import numpy as np
import torch

_FUNCTIONS = {name: getattr(torch, name) for name in ("exp", "log", "relu", "tanh", "sigmoid")}


def _expression(expression, leaves):
    return eval(expression, dict(_FUNCTIONS), dict(leaves))


def _in_torch(expression, arrays, out_grad=None):
    leaves = {name: torch.tensor(array, requires_grad=True) for name, array in arrays.items()}
    out = _expression(expression, leaves)
    (out if out_grad is None else out * torch.tensor(out_grad)).sum().backward()
    return {"out": out, **{f"gradient of {name}": leaf.grad for name, leaf in leaves.items()}}


def test_compute_gradient_fan_out(student, rng, close):
    """adds up gradients over reused nodes at every depth"""
    cases = [
        "a + a",
        "(b := a + a) + b",
        "(b := a * a) * (c := b + a) * c + b",
        "((b := tanh(a)) + b) * (b + a) / (b * b + 1)",
        "(a @ a) @ a + a",
        "(s := a.sum()).broadcast_to((3, 3)) * a + s.broadcast_to((3, 3))",
    ]
    for expression in cases:
        arrays = {"a": rng.uniform(0.5, 1.5, (3, 3))}
        out_grad = rng.standard_normal((3, 3))
        got = student.gradients(expression, arrays, out_grad)
        close(got, _in_torch(expression, arrays, out_grad), kind="gradient")


def test_compute_gradient_leaves_out_grad_alone(student, rng, close):
    """adds into no array that belongs to someone else: all of these operations pass the same one on"""
    arrays = {name: rng.standard_normal(3) for name in "abc"}
    expression = "(a + b) + (b + c) + (a + (c + b))"
    close(student.gradients(expression, arrays), _in_torch(expression, arrays), kind="gradient")


def test_compute_gradient_of_a_number_and_of_a_leaf(student, close):
    """differentiates a single number, and a leaf with respect to itself"""
    close(student.gradients("exp(a) * a", {"a": np.array(0.5)}), _in_torch("exp(a) * a", {"a": np.array(0.5)}))
    a, out_grad = np.array([1.0, 2.0]), np.array([3.0, -4.0])
    close(student.gradients("a", {"a": a}, out_grad), {"out": a, "gradient of a": out_grad})


def test_compute_gradient_keeps_the_dtype(student, rng, close):
    """computes float32 gradients of float32 tensors"""
    arrays = {name: rng.uniform(0.5, 1.5, (2, 3)).astype(np.float32) for name in "ab"}
    expression = "a * b + tanh(a) / 2 - b ** 2"
    close(student.gradients(expression, arrays), _in_torch(expression, arrays), kind="gradient", dtype=True)


def test_compute_gradient_of_a_gradient_with_shapes(student, rng, close):
    """builds second derivatives through sums, products of matrices and broadcasting"""
    arrays = {"x": rng.uniform(0.5, 1.5, (4, 3)), "w": rng.standard_normal((3, 2)), "b": rng.standard_normal((1, 2))}
    directions = {name: rng.standard_normal(array.shape) for name, array in arrays.items()}
    expression = "(tanh(x @ w + b.broadcast_to((4, 2))) ** 2).sum(1) * (x * x).sum(1)"
    leaves = {name: torch.tensor(array, requires_grad=True) for name, array in arrays.items()}
    first = torch.autograd.grad(_expression(expression, leaves).sum(), list(leaves.values()), create_graph=True)
    total = sum((gradient * torch.tensor(directions[name])).sum() for name, gradient in zip(leaves, first))
    second = torch.autograd.grad(total, list(leaves.values()))
    expected = {f"gradient of {name}": gradient for name, gradient in zip(leaves, first)}
    expected |= {f"second gradient of {name}": gradient for name, gradient in zip(leaves, second)}
    close(student.gradients_of_gradients(expression, arrays, directions), expected, kind="gradient")


def test_compute_gradient_through_a_tuple(student, rng, close):
    """sends gradients through a tuple of tensors"""
    arrays = {"a": rng.standard_normal((2, 3)), "b": rng.standard_normal((2, 3))}
    expected = _in_torch("(a + b) * (a - b) + (a + b)", arrays)
    close(student.gradient_through_tuple(**arrays), expected, kind="gradient")


def test_compute_gradient_takes_linear_time(student):
    """takes as long for one long chain as for eight chains that are as long together"""
    eight, one = [], []
    for _ in range(4):
        for length, times, seconds in ((800, 8, eight), (6_400, 1, one)):
            student.gradient_of_chain(np.ones(1), length, times)
            seconds.append(student.seconds)
    ratio = min(one) / min(eight)  # 1 if the time is linear, 8 if it is quadratic
    assert ratio < 3, f"6,400 operations took {ratio:.1f} times as long as 8 times 800; about the same is expected"
