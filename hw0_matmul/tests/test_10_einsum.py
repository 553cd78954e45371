"""einsum: explicit and implicit output, sums, diagonals, and specs that are refused."""

import numpy as np
import torch


def _torch(spec, arrays):
    return torch.einsum(spec, *(torch.tensor(array) for array in arrays))


def test_einsum_worked_cases(student, close):
    """multiplies two vectors in three ways: element by element, summed, and as an outer product"""
    u, v = np.array([1.0, 2.0]), np.array([3.0, 4.0])
    close(student.einsum("i,i->i", [u, v]), np.array([3.0, 8.0]))
    close(student.einsum("i,i->", [u, v]), 11.0)
    close(student.einsum("i,j->ij", [u, v]), np.array([[3.0, 4.0], [6.0, 8.0]]))


def test_einsum_torch(student, rng, close):
    """agrees with torch where axes are reordered, summed in one operand, and shared by three"""
    cases = {
        "ij->ji": [(2, 3)],
        "ijk->kj": [(2, 3, 4)],
        "ij,k->k": [(2, 3), (4,)],
        "bij,bjk->bik": [(2, 3, 4), (2, 4, 5)],
        "ij,jk,kl->il": [(2, 3), (3, 4), (4, 2)],
        "i,ij,j->": [(3,), (3, 4), (4,)],
    }
    for spec, shapes in cases.items():
        arrays = [rng.standard_normal(shape) for shape in shapes]
        close(student.einsum(spec, arrays), _torch(spec, arrays), kind="reduction")


def test_einsum_implicit(student, rng, close):
    """without an arrow keeps the letters that occur once, in alphabetical order"""
    for spec, shapes in {"ba": [(2, 3)], "ik,kj": [(2, 3), (3, 4)], "ij,ij": [(2, 3), (2, 3)]}.items():
        arrays = [rng.standard_normal(shape) for shape in shapes]
        close(student.einsum(spec, arrays), _torch(spec, arrays), kind="reduction")


def test_einsum_diagonals(student, rng, close):
    """reads a letter twice in one operand as its diagonal: the trace, a diagonal, a batch of traces"""
    for spec, shape in {"ii": (4, 4), "ii->i": (4, 4), "bii->b": (2, 3, 3), "iji->j": (3, 2, 3)}.items():
        a = rng.standard_normal(shape)
        close(student.einsum(spec, [a]), _torch(spec, [a]), kind="reduction")


def test_einsum_ellipsis_refused(student, rng):
    """refuses an ellipsis with a ValueError that says so"""
    message = student.raises(ValueError).einsum("...ij->...ji", [rng.standard_normal((2, 3, 4))])
    assert "ellipsis" in message, f'the message should hold the word "ellipsis": "{message}"'


def test_einsum_mistakes_refused(student, rng):
    """refuses an unknown output letter, a missing operand, a wrong number of axes, and two lengths of one letter"""
    a, b = rng.standard_normal((2, 3)), rng.standard_normal((4, 5))
    for spec, arrays in (("ij->ik", [a]), ("ij,jk->ik", [a]), ("ijk->i", [a]), ("ij,jk->ik", [a, b])):
        message = student.raises(ValueError).einsum(spec, arrays)
        assert spec in message, f'the message should name the spec "{spec}": "{message}"'


def test_einsum_is_your_own(student, rng):
    """does its own work: numpy's einsum is not called"""
    a, b = rng.standard_normal((2, 3)), rng.standard_normal((3, 4))
    calls = student.numpy_einsum_calls("ik,kj->ij", [a, b])
    assert calls == 0, f"your einsum called numpy.einsum {calls} time(s)"


def test_matmul_einsum(student, rng, close):
    """multiplies two matrices"""
    a, b = rng.standard_normal((5, 7)), rng.standard_normal((7, 3))
    close(student.matmul_einsum(a, b), torch.tensor(a) @ torch.tensor(b), kind="reduction")
