"""A diagnosis names the mistake that an answer looks like, and is silent when it looks like none."""

import numpy as np
import pytest

from grader.judge.diagnose import Clue, diagnosis
from grader.judge.tolerance import tolerance

RNG = np.random.default_rng(0)
X = RNG.standard_normal((8, 5))
EXPECTED = RNG.standard_normal((3, 5))
STACK = RNG.standard_normal((2, 3, 4))


def said(got, expected, clues=()):
    lines = diagnosis(np.asarray(got), np.asarray(expected), tolerance(np.dtype(float), "gradient"), tuple(clues))
    return lines[0] if lines else ""


@pytest.mark.parametrize(
    ("got", "expected", "words"),
    [
        (EXPECTED.T, EXPECTED, "looks transposed"),
        (X[:5].T, X[:5], "looks transposed"),
        (STACK.transpose(0, 2, 1), STACK, "looks transposed: with its axes in the order (0, 2, 1)"),
        (-EXPECTED, EXPECTED, "the sign is wrong"),
        (2 * EXPECTED, EXPECTED, "every entry is 2 times the expected"),
        (EXPECTED / 7, EXPECTED, "every entry is 1/7 times"),
        (EXPECTED + 0.25, EXPECTED, "every entry is 0.25 too large"),
        (np.zeros_like(EXPECTED), EXPECTED, "every entry is 0"),
        (EXPECTED[::-1], EXPECTED, "backwards along axis 0"),
        (EXPECTED + 1e-8, EXPECTED, "nearly right"),
        (RNG.permutation(EXPECTED.ravel()).reshape(3, 5), EXPECTED, "the right values in another order"),
        (EXPECTED.reshape(1, 3, 5), EXPECTED, "the values are right: only the shape is not"),
        (np.where(EXPECTED < 0, 0, EXPECTED), EXPECTED, "expected value is negative"),
    ],
    ids=lambda value: value if isinstance(value, str) else "",
)
def test_a_known_mistake_is_named(got, expected, words):
    assert words in said(got, expected)


def test_a_missing_broadcast_sum_names_the_axis():
    wide = RNG.standard_normal((3, 4))

    assert said(wide, wide.sum(axis=1, keepdims=True)) == (
        "a sum over the broadcast axis is missing (axis 1): summed over it, your values are right"
    )


def test_a_missing_broadcast_sum_over_a_new_axis_is_named():
    wide = RNG.standard_normal((6, 4))

    assert "(axis 0)" in said(wide, wide.sum(axis=0))


def test_a_factor_that_is_the_batch_size_is_called_so():
    assert "8 is the batch size, the rows of x" in said(8 * EXPECTED, EXPECTED, [Clue("x", X)])


def test_an_input_that_came_back_unchanged_is_named():
    assert said(X, X.T[:5, :8].T + 1, [Clue("x", X)]) == "this is the argument x, unchanged"


def test_a_missing_factor_is_named():
    factor = RNG.standard_normal((3, 5))

    assert "a factor a is missing" in said(EXPECTED, EXPECTED * factor, [Clue("a", factor)])


def test_one_wrong_row_is_located():
    got = EXPECTED.copy()
    got[2] += RNG.standard_normal(5)

    assert "only the last of axis 0 is wrong" in said(got, EXPECTED)


@pytest.mark.parametrize("seed", range(20))
def test_noise_is_not_diagnosed(seed):
    rng = np.random.default_rng(seed)

    assert said(rng.standard_normal((3, 5)), rng.standard_normal((3, 5)), [Clue("x", X)]) == ""
