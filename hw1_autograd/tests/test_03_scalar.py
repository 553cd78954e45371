"""Stage 3: a scalar engine. Every expression is evaluated twice, on its Values and on torch's."""

import torch


def _in_torch(expression, numbers):
    """The value of the expression and the gradient of every name, by torch."""
    leaves = {name: torch.tensor(number, dtype=torch.float64, requires_grad=True) for name, number in numbers.items()}
    out = eval(expression, {}, dict(leaves))
    out.backward()
    gradients = {f"gradient of {name}": 0.0 if leaf.grad is None else leaf.grad.item() for name, leaf in leaves.items()}
    return {"out": out.item(), **gradients}


def test_scalar_forward(student, rng, close):
    """computes sums, products and powers, with numbers on either side"""
    a, b = rng.uniform(0.5, 2.0, size=2)
    cases = ["a + b", "a * b", "a ** 3", "a + 2", "2 + a", "a * 2", "2 * a", "-a", "a - b", "a / b"]
    for expression in cases:
        got = student.scalar_forward(expression, {"a": a, "b": b})
        close(got, eval(expression, {}, {"a": float(a), "b": float(b)}))


def test_scalar_worked_backward(student, close):
    """differentiates a b + b at a = 2, b = 3: the gradient of b is the sum over its two uses"""
    got = student.scalar("a * b + b", {"a": 2.0, "b": 3.0})
    close(got, {"out": 9.0, "gradient of a": 3.0, "gradient of b": 3.0})


def test_scalar_value_used_twice_backward(student, close):
    """adds up the gradients of a Value that is used more than once: b = a + a; c = b + b"""
    close(student.scalar("(b := a + a) + b", {"a": 1.5}), {"out": 6.0, "gradient of a": 4.0})


def test_scalar_reflected_backward(student, rng, close):
    """tells 3 - x from x - 3, and 3 / x from x / 3"""
    for expression in ["3 - a", "a - 3", "3 / a", "a / 3", "2 - (1 - a)"]:
        numbers = {"a": float(rng.uniform(1.0, 2.0))}
        close(student.scalar(expression, numbers), _in_torch(expression, numbers))


def test_scalar_functions_backward(student, rng, close):
    """differentiates powers, relu, tanh and exp"""
    for expression in ["a ** 3", "a ** -2", "a ** 0.5", "a.exp()", "a.tanh()", "a.relu()", "(-a).relu()"]:
        numbers = {"a": float(rng.uniform(0.5, 2.0))}
        close(student.scalar(expression, numbers), _in_torch(expression, numbers), kind="gradient")


def test_scalar_backward_waits_for_every_use(student, rng, close):
    """sends a gradient on only when all uses of the Value have theirs"""
    reused = ["(b := a * a) + (b * b).exp()", "((b := a * a) * b).exp() + b", "(b := a.tanh()) * (c := b * b) + c * a"]
    for expression in reused:
        numbers = {"a": float(rng.uniform(0.5, 1.0))}
        close(student.scalar(expression, numbers), _in_torch(expression, numbers), kind="gradient")


def test_scalar_backward_starts_from_zero(student, close):
    """gives the same gradients when backward is called again"""
    got = student.scalar_backward_again("a * b + a", {"a": 2.0, "b": 3.0})
    close(got, {"gradient of a": 4.0, "gradient of b": 2.0})


def test_scalar_backward_deep_chain(student, close):
    """goes through 5,000 operations without recursion"""
    close(student.scalar_chain(0.5, 5_000), {"out": 2_500.5, "gradient of x": 5_001.0})
