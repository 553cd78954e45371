"""einsum, with other data: random specs, views, dtypes, and more specs that are refused."""

import numpy as np
import torch


def _torch(spec, arrays):
    return torch.einsum(spec, *(torch.tensor(array) for array in arrays))


def test_einsum_random_specs(student, rng, close):
    """agrees with torch on random specs, with repeated letters and capitals, with and without an arrow"""
    lengths = dict(zip("ijkZ", (2, 3, 4, 5)))
    for _ in range(25):
        operands = ["".join(rng.choice(list("ijkZ"), size=rng.integers(1, 4))) for _ in range(rng.integers(1, 4))]
        letters = sorted(set("".join(operands)))
        output = "".join(rng.permutation(letters)[: rng.integers(0, len(letters) + 1)])
        spec = ",".join(operands) + ("->" + output if rng.random() < 0.7 else "")
        arrays = [rng.standard_normal([lengths[letter] for letter in operand]) for operand in operands]
        close(student.einsum(spec, arrays), _torch(spec, arrays), kind="reduction")


def test_einsum_three_letters_alike(student, rng, close):
    """takes the diagonal of three axes, and ignores spaces"""
    a = rng.standard_normal((3, 3, 3))
    close(student.einsum("iii->i", [a]), _torch("iii->i", [a]))
    close(student.einsum(" i i i -> ", [a]), _torch("iii->", [a]), kind="reduction")


def test_einsum_views_and_numbers(student, rng, close):
    """takes views, lengths of 1 and operands without axes"""
    a, b = rng.standard_normal((6, 8))[::2, ::-2], rng.standard_normal((1, 4)).T
    close(student.einsum("ij,jk->ki", [a, b]), torch.tensor((a @ b).T), kind="reduction")
    close(student.einsum(",ij->ji", [np.array(2.0), a]), torch.tensor(2.0 * a.T))


def test_einsum_dtype(student, rng, close):
    """keeps float32, also in a sum, and integers as they are"""
    a, b = rng.standard_normal((3, 4)).astype(np.float32), rng.standard_normal((4, 2)).astype(np.float32)
    close(student.einsum("ij,jk->ik", [a, b]), torch.tensor(a) @ torch.tensor(b), kind="reduction", dtype=True)
    whole = rng.integers(-5, 5, size=(3, 4)).astype(np.int32)
    close(student.einsum("ij->j", [whole]), torch.tensor(whole).sum(0, dtype=torch.int32), dtype=True)


def test_einsum_new_array(student, rng):
    """returns a new array, also where it only reorders axes or takes a diagonal"""
    a = rng.standard_normal((3, 3))
    for spec in ("ij->ji", "ij->ij", "ii->i"):
        assert not student.einsum_shares_memory(spec, a), f'the result of einsum("{spec}", a) shares memory with a'


def test_einsum_more_mistakes_refused(student, rng):
    """refuses a diagonal of unequal axes, a letter twice in the output, and specs that cannot be read"""
    a = rng.standard_normal((2, 3))
    for spec in ("ii->i", "ij->ii", "i1->i", "ij->i->j", "ij-i"):
        student.raises(ValueError).einsum(spec, [a])
    student.raises(ValueError).einsum("ij->ij", [a, a])


def test_matmul_einsum_inner_lengths(student, rng):
    """refuses to multiply matrices whose inner lengths differ"""
    student.raises(ValueError).matmul_einsum(rng.standard_normal((2, 3)), rng.standard_normal((2, 3)))
