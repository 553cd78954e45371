"""Stage 4, other data: views, 0-d, NaN, shapes that only broadcast, tensors."""

import numpy as np
import torch


def _gradients(expression, arguments, out_grad):
    leaves = {name: torch.tensor(np.array(array), requires_grad=True) for name, array in arguments.items()}
    out = eval(expression, {}, leaves)
    return list(torch.autograd.grad((out * torch.as_tensor(out_grad)).sum(), list(leaves.values())))


def test_numerical_gradient_of_views(student, rng, close):
    """moves every entry of a transposed or strided argument, and of the function's own view of it"""
    a = rng.uniform(0.5, 2.0, (4, 3)).T
    b = rng.uniform(0.5, 2.0, (6, 8))[::2, ::2]
    for expression, out_grad in [("a * b", rng.standard_normal((3, 4))), ("a.T + b.T", rng.standard_normal((4, 3)))]:
        got = student.numerical_gradient(expression, {"a": a, "b": b}, out_grad)
        close(got, _gradients(expression, {"a": a, "b": b}, out_grad), kind="numerical")


def test_numerical_gradient_of_a_view_of_the_argument(student, rng, close):
    """differentiates a function that returns a view of its argument"""
    a, out_grad = rng.standard_normal((2, 3)), rng.standard_normal((3, 2))
    close(student.numerical_gradient("a.T", {"a": a}, out_grad), [out_grad.T], kind="numerical")


def test_numerical_gradient_of_0d(student, rng, close):
    """handles a single number, and an argument with no entries"""
    a = np.array(rng.uniform(1.0, 2.0))
    expected = _gradients("a ** 2", {"a": a}, np.array(1.0))
    close(student.numerical_gradient("a ** 2", {"a": a}), expected, kind="numerical")
    nothing = np.ones((0, 3))
    close(student.numerical_gradient("a * b", {"a": a, "b": nothing}, nothing)[1], nothing)


def test_numerical_gradient_moves_one_entry_at_a_time(student, rng, close):
    """puts every entry back before it moves the next"""
    a, b = rng.uniform(1.0, 2.0, 3), rng.uniform(1.0, 2.0, 3)
    got = student.numerical_gradient("(a * b).sum() ** 2", {"a": a, "b": b}, eps=0.25)
    close(got, [2 * (a @ b) * b, 2 * (a @ b) * a], kind="numerical")


def test_gradient_check_rejects_nan(student, rng):
    """rejects NaN, which no comparison finds too large"""
    got = student.gradient_check("a * 2", {"a": rng.standard_normal(3)}, {"a": "g * float('nan')"})
    assert not got["accepted"], "gradient_check accepted a gradient of NaN"


def test_gradient_check_rejects_other_shapes(student, rng):
    """rejects a gradient that only broadcasts to the shape of its argument, and one gradient too few"""
    a, b = rng.standard_normal((1, 3)), rng.standard_normal(3)
    got = student.gradient_check("a + b", {"a": a, "b": b}, {"a": "g", "b": "g"})
    assert not got["accepted"], "gradient_check accepted a gradient (1, 3) for an argument (3,)"
    got = student.gradient_check("a + b", {"a": a, "b": b}, {"a": "g", "b": "g[0]"})
    assert got["accepted"], "gradient_check rejected a right gradient (3,) for an argument (3,)"
    got = student.gradient_check("a + b", {"a": a, "b": b}, {"a": "g"})
    assert not got["accepted"], "gradient_check accepted one gradient for two arguments"


def test_gradient_check_finds_one_wrong_entry(student, rng):
    """finds one wrong entry among a hundred"""
    gradients = {"a": "g * 2 + (np.arange(100) == 57) * 1e-3"}
    got = student.gradient_check("a * 2", {"a": rng.standard_normal(100)}, gradients)
    assert not got["accepted"], "gradient_check overlooked one wrong entry of 100"


def test_gradient_check_returns_the_gradients(student, rng, close):
    """returns what the written gradient returned, one array an argument"""
    a, b = rng.standard_normal((2, 3)), rng.standard_normal((2, 3))
    got = student.gradient_check("a + b", {"a": a, "b": b}, {"a": "g", "b": "g"})
    assert got["accepted"], f"gradient_check rejected the gradients of a sum: {got.get('message')}"
    close(got["gradients"][0], got["gradients"][1])
    assert got["gradients"][0].shape == (2, 3), f"a gradient has shape {got['gradients'][0].shape}, expected (2, 3)"


def test_gradient_check_of_tensors(student, rng):
    """checks tensors by what their backward leaves in .grad"""
    array = rng.standard_normal((2, 3))
    assert student.gradient_check_tensors(array, slope=3.0)["accepted"], "rejected the right slope of 3 x"
    assert not student.gradient_check_tensors(array, slope=2.0)["accepted"], "accepted 2 as the slope of 3 x"
