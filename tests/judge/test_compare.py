"""Comparison looks at type, shape, dtype, finite, values, in this order; and NaN is never equal."""

import numpy as np
import pytest
import torch

from grader.judge.compare import compare
from grader.judge.failure import TestMistake
from grader.judge.result import Kind


def first(got, expected, **options):
    wrong = compare(got, expected, **options).wrong
    return wrong[0] if wrong else None


@pytest.mark.parametrize(
    ("got", "expected"),
    [
        (np.ones((2, 3)), torch.ones(2, 3, dtype=torch.float64)),
        (np.ones(3, np.float32), torch.ones(3)),
        (3, 3),
        (np.int64(3), 3),
        (3.0, 3.0),
        (np.float32(0.1), 0.1),
        (1, 1.0),
        ("a", "a"),
        (None, None),
        (True, True),
        (np.bool_(True), True),
        ((2, 3), [2, 3]),
        ([np.ones(2), np.zeros(2)], (np.ones(2), torch.zeros(2, dtype=torch.float64))),
        ({"out": np.ones(2), "n": 3}, {"out": torch.ones(2, dtype=torch.float64), "n": 3}),
        (np.array([np.inf, 1.0]), np.array([np.inf, 1.0])),
        (np.array([1, 2]), np.array([1, 2], np.int32)),
    ],
    ids=str,
)
def test_equal_answers_are_equal(got, expected):
    assert first(got, expected) is None


@pytest.mark.parametrize(
    ("got", "expected", "kind"),
    [
        (None, np.ones(2), Kind.TYPE),
        ("text", np.ones(2), Kind.TYPE),
        ([1.0, 1.0], np.ones(2), Kind.TYPE),
        (np.ones(2), [1, 1], Kind.TYPE),
        (np.ones((2, 1)), np.ones(2), Kind.SHAPE),
        (np.ones(1), 1.0, Kind.SHAPE),
        ([1, 2, 3], [1, 2], Kind.SHAPE),
        (np.ones(2, int), np.ones(2), Kind.DTYPE),
        (np.ones(2), np.ones(2, int), Kind.DTYPE),
        (np.array([1.0, np.nan]), np.ones(2), Kind.FINITE),
        (np.array([1.0, np.inf]), np.ones(2), Kind.FINITE),
        (np.array([1.0, 2.0]), np.ones(2), Kind.VALUES),
        (np.array([-np.inf]), np.array([np.inf]), Kind.VALUES),
        (np.array([1.0]), np.array([np.inf]), Kind.VALUES),
        (3, 4, Kind.VALUES),
        (True, 1, Kind.DTYPE),
        ("a", "b", Kind.VALUES),
        ([1, 2], [2, 1], Kind.VALUES),
        ({"a": 1}, {"b": 1}, Kind.TYPE),
    ],
    ids=str,
)
def test_the_first_difference_is_named(got, expected, kind):
    assert first(got, expected).kind is kind


def test_a_test_that_expects_nan_is_wrong_itself():
    with pytest.raises(TestMistake, match="NaN"):
        compare(np.array([np.nan]), np.array([np.nan]))


def test_the_dtype_counts_only_when_asked_for():
    got, expected = np.ones(2, np.float32), np.ones(2)

    assert first(got, expected) is None
    assert first(got, expected, dtype=True).sentence == "dtype float32, expected float64"


def test_float32_roundings_are_too_large_for_float64():
    expected = np.linspace(0.1, 1, 5)

    difference = first(expected.astype(np.float32).astype(np.float64), expected)

    assert "float32 numbers in a float64 array" in difference.details[-1]


def test_the_worst_entry_and_the_share_are_said():
    expected = np.ones((4, 5))
    got = expected.copy()
    got[1, 2], got[3, 0] = 3, 1.5

    difference = first(got, expected)

    assert difference.sentence == "wrong values: 2 of 20 entries (10%)"
    assert "worst at [1, 2]: got 3, expected 1 (off by 2, 200% of the expected" in difference.details[0]


def test_right_and_wrong_parts_are_told_apart():
    comparison = compare({"out": np.ones(2), "gradient of b": np.ones(2)}, {"out": np.ones(2), "gradient of b": np.zeros(2)})

    assert comparison.right == ("out",)
    assert comparison.wrong[0].label == "gradient of b"
