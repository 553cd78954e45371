"""Stage 3, other data: a small network, edges of the functions, a second graph, doubling."""

import torch


def _in_torch(expression, numbers):
    leaves = {name: torch.tensor(number, dtype=torch.float64, requires_grad=True) for name, number in numbers.items()}
    out = eval(expression, {}, dict(leaves))
    out.backward()
    gradients = {f"gradient of {name}": 0.0 if leaf.grad is None else leaf.grad.item() for name, leaf in leaves.items()}
    return {"out": out.item(), **gradients}


def test_scalar_neuron_backward(student, rng, close):
    """differentiates a small network with shared inputs"""
    hidden = "(h := (a * u + b * v - 0.5).tanh()) * w + (a * v - b).relu() / (h * h + 1)"
    expression = f"({hidden} - y) ** 2 + 0.01 * (u * u)"
    for _ in range(5):
        numbers = {name: float(rng.standard_normal()) for name in ["a", "b", "u", "v", "w", "y"]}
        close(student.scalar(expression, numbers), _in_torch(expression, numbers), kind="gradient")


def test_scalar_edges_backward(student, close):
    """handles 0 and large numbers: relu and the power 0 are flat at 0, tanh does not overflow"""
    for expression, a in [("a.relu()", 0.0), ("a ** 0", 0.0), ("a ** 1", 0.0), ("a ** 2", -3.0), ("a ** 3", -2.0)]:
        close(student.scalar(expression, {"a": a}), _in_torch(expression, {"a": a}))
    for a in (1000.0, -1000.0):
        close(student.scalar("a.tanh()", {"a": a}), _in_torch("a.tanh()", {"a": a}))


def test_scalar_power_refuses_a_value(student):
    """refuses a Value as exponent"""
    student.raises(TypeError).scalar("a ** b", {"a": 2.0, "b": 3.0})


def test_scalar_second_graph_backward(student, close):
    """forgets the gradients of another result when two share their inputs"""
    got = student.scalar_backward_twice("a * b", "a + 2 * b", {"a": 5.0, "b": 7.0})
    close(got["after the first"], {"gradient of a": 7.0, "gradient of b": 5.0})
    close(got["after the second"], {"gradient of a": 1.0, "gradient of b": 2.0})


def test_scalar_doubled_backward(student, close):
    """takes 24 steps, not 2²⁴, for z = z + z done 24 times"""
    close(student.scalar_doubled(1.5, 24), {"out": 1.5 * 2**24, "gradient of x": 2.0**24})
