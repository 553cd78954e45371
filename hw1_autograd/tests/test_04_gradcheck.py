"""Stage 4: gradients from the definition, and a check that believes nothing else."""

import numpy as np
import torch


def _function(expression, names):
    return lambda *tensors: eval(expression, {}, dict(zip(names, tensors)))


def _gradients(expression, arguments, out_grad):
    """The gradients that torch finds for an expression of arrays and tensors alike."""
    leaves = [torch.tensor(array, dtype=torch.float64, requires_grad=True) for array in arguments.values()]
    out = _function(expression, arguments)(*leaves)
    return list(torch.autograd.grad((out * torch.as_tensor(out_grad)).sum(), leaves))


def _are_right(expression, arguments, gradients, out_grad):
    """Whether these gradients, written as expressions (g is out_grad), are those that torch finds."""
    written = [_function(gradients[name], ["g", *arguments])(out_grad, *arguments.values()) for name in arguments]
    return all(map(np.allclose, written, _gradients(expression, arguments, out_grad)))


def _compare_verdicts(student, rng, cases, arguments):
    """The student's gradient_check must tell right from wrong gradients as torch does: (expression, its gradients)."""
    for expression, gradients in cases:
        used = {name: arguments[name] for name in gradients}
        out_grad = np.asarray(rng.standard_normal(np.shape(_function(expression, used)(*used.values()))))
        right = _are_right(expression, used, gradients, out_grad)
        got = student.gradient_check(expression, used, gradients)
        assert got["accepted"] == right, (
            f"gradient_check {'accepted' if got['accepted'] else 'rejected'} {gradients} as the gradients of "
            f"{expression}, which they {'are' if right else 'are not'} by torch; {got.get('message', '')}"
        )


def test_numerical_gradient_worked(student, close):
    """looks to both sides: for a square this is exact, however large eps is"""
    close(student.numerical_gradient("a * a", {"a": np.array([3.0, -1.0])}, eps=0.5), [np.array([6.0, -2.0])])


def test_numerical_gradient(student, rng, close):
    """estimates the gradient of every argument, weighted by out_grad"""
    arguments = {"a": rng.uniform(0.5, 2.0, (3, 4)), "b": rng.uniform(0.5, 2.0, (3, 4))}
    for expression in ["a * b", "a ** 3 / b", "a @ b.T", "(a - b).sum()"]:
        out_grad = rng.standard_normal(np.shape(_function(expression, arguments)(*arguments.values())))
        got = student.numerical_gradient(expression, arguments, np.asarray(out_grad))
        close(got, _gradients(expression, arguments, out_grad), kind="numerical")


def test_numerical_gradient_of_other_dtypes(student, rng, close):
    """computes in float64 whatever comes: float32 would lose the small difference, integers would not move at all"""
    for dtype in (np.float32, np.int64):
        arguments = {"a": rng.integers(1, 5, size=(2, 3)).astype(dtype)}
        got = student.numerical_gradient("a ** 3", arguments)
        close(got, _gradients("a ** 3", arguments, np.ones((2, 3))), kind="numerical", dtype=True)


def test_gradient_check_accepts_right_gradients(student, rng):
    """accepts right gradients, small and large"""
    arguments = {"a": rng.standard_normal((3, 4)), "b": rng.standard_normal((3, 4))}
    cases = [
        ("a * b", {"a": "g * b", "b": "g * a"}),
        ("a @ b.T", {"a": "g @ b", "b": "g.T @ a"}),
        ("a ** 3", {"a": "3 * g * a ** 2"}),
        ("a.sum()", {"a": "g + 0 * a"}),
        ("1000 * a ** 3", {"a": "3000 * g * a ** 2"}),
    ]
    _compare_verdicts(student, rng, cases, arguments)


def test_gradient_check_rejects_wrong_gradients(student, rng):
    """rejects a lost factor, swapped factors, a wrong sign, and an error in the second argument alone"""
    arguments = {"a": rng.uniform(0.5, 1.0, (3, 4)), "b": rng.uniform(1.5, 2.0, (3, 4))}
    cases = [
        ("a ** 3", {"a": "g * a ** 2"}),
        ("a * b", {"a": "g * a", "b": "g * b"}),
        ("a - b", {"a": "g", "b": "g"}),
        ("a * b", {"a": "g * b", "b": "1.01 * g * a"}),
    ]
    _compare_verdicts(student, rng, cases, arguments)


def test_gradient_check_uses_a_random_out_grad(student, rng):
    """rejects the gradient 0 for rows whose sum is always zero: out_grad must not be all ones"""
    cases = [("a - a.sum() / 12", {"a": "0 * g"}), ("a * 2", {"a": "2 + 0 * g"})]
    _compare_verdicts(student, rng, cases, {"a": rng.standard_normal((3, 4))})


def test_gradient_check_names_the_argument(student, rng):
    """says which argument has the wrong gradient, counted from 1"""
    arguments = {name: rng.uniform(1.0, 2.0, 3) for name in "abc"}
    got = student.gradient_check("a * b * c", arguments, {"a": "g * b * c", "b": "-g * a * c", "c": "g * a * b"})
    assert not got["accepted"], "gradient_check accepted a gradient of the wrong sign"
    assert "argument 2" in got["message"], f'the message should name argument 2, it says: {got["message"]}'
