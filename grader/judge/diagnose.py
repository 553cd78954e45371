"""Diagnosis: what a wrong answer looks like, when it looks like a mistake that many people make.

Each rule looks at the whole answer beside the expected one and says one sentence, or nothing. The first rule that speaks
is enough: they stand in the order of how sure they are.
"""

from __future__ import annotations

import itertools
from collections.abc import Callable, Iterator
from dataclasses import dataclass

import numpy as np


@dataclass(frozen=True, slots=True)
class Clue:
    """An argument of the call: diagnoses compare with it and name it."""

    name: str
    value: np.ndarray


Tolerance = tuple[float, float]
Rule = Callable[[np.ndarray, np.ndarray, Tolerance, tuple[Clue, ...]], str | None]


def diagnosis(got: np.ndarray, expected: np.ndarray, allowed: Tolerance, clues: tuple[Clue, ...]) -> tuple[str, ...]:
    """At most one sentence."""
    if got.dtype.kind not in "fiub" or not got.size or not expected.size:
        return ()
    with np.errstate(all="ignore"):
        rules = SAME_SHAPE if got.shape == expected.shape else OTHER_SHAPE
        for rule in rules:
            said = rule(got, expected, allowed, clues)
            if said:
                return (said,)
    return ()


def _near(got: np.ndarray, expected: np.ndarray, allowed: Tolerance) -> bool:
    """Near enough to recognise: ten times the tolerance."""
    if got.shape != expected.shape:
        return False
    relative, absolute = allowed
    a, b = got.astype(np.float64), expected.astype(np.float64)
    return bool(np.all(np.abs(a - b) <= 10 * (absolute + relative * np.abs(b)) + 1e-300))


# --- the shape is another one -----------------------------------------------------------------------------------------


def _broadcast_sum_missing(got: np.ndarray, expected: np.ndarray, allowed: Tolerance, clues: tuple[Clue, ...]) -> str | None:
    extra = got.ndim - expected.ndim
    if extra < 0:
        return None
    axes = tuple(range(extra)) + tuple(
        axis + extra for axis, size in enumerate(expected.shape) if size == 1 and got.shape[axis + extra] != 1
    )
    if not axes or any(got.shape[axis + extra] != size for axis, size in enumerate(expected.shape) if axis + extra not in axes):
        return None
    summed = got.sum(axis=axes, keepdims=True).reshape(expected.shape)
    words = f"axis {axes[0]}" if len(axes) == 1 else "axes " + ", ".join(map(str, axes))
    if _near(summed, expected, allowed):
        return f"a sum over the broadcast axis is missing ({words}): summed over it, your values are right"
    if any(clue.value.shape == expected.shape for clue in clues):
        return f"a sum over the broadcast axis may be missing ({words})"
    return None


def _axes_in_another_order(got: np.ndarray, expected: np.ndarray, allowed: Tolerance, clues: tuple[Clue, ...]) -> str | None:
    if not 2 <= got.ndim == expected.ndim <= 4:
        return None
    for order in itertools.permutations(range(got.ndim)):
        if order != tuple(range(got.ndim)) and _near(got.transpose(order), expected, allowed):
            if got.ndim == 2:
                return "looks transposed: its transpose is right"
            return f"looks transposed: with its axes in the order {order} it is right"
    if got.ndim == 2 and got.shape != expected.shape and got.shape == expected.shape[::-1]:
        return "looks transposed: the two axes have each other's sizes"
    return None


def _reshaped(got: np.ndarray, expected: np.ndarray, allowed: Tolerance, clues: tuple[Clue, ...]) -> str | None:
    if got.size == expected.size and _near(got.reshape(expected.shape), expected, allowed):
        return "the values are right: only the shape is not"
    return None


def _kept_or_lost_axes(got: np.ndarray, expected: np.ndarray, allowed: Tolerance, clues: tuple[Clue, ...]) -> str | None:
    if [size for size in got.shape if size != 1] == [size for size in expected.shape if size != 1]:
        return "axes of size 1 were kept" if got.ndim > expected.ndim else "axes of size 1 are missing"
    return None


# --- the shape is right -----------------------------------------------------------------------------------------------


def _unchanged_input(got: np.ndarray, expected: np.ndarray, allowed: Tolerance, clues: tuple[Clue, ...]) -> str | None:
    for clue in clues:
        if got.ndim and clue.value.shape == got.shape and np.array_equal(clue.value, got):
            return f"this is the argument {clue.name}, unchanged"
    return None


def _all_zero(got: np.ndarray, expected: np.ndarray, allowed: Tolerance, clues: tuple[Clue, ...]) -> str | None:
    return "every entry is 0" if got.ndim and not got.any() else None


def _float32_inside(got: np.ndarray, expected: np.ndarray, allowed: Tolerance, clues: tuple[Clue, ...]) -> str | None:
    if expected.dtype != np.float64:
        return None
    scale = max(1e-12, float(np.max(np.abs(expected))))
    if float(np.max(np.abs(got - expected))) > 1e-5 * scale:
        return None
    if got.dtype == np.float32:
        return "your result is float32: something turned float64 into float32"
    rounded = got.astype(np.float32).astype(np.float64)
    if np.array_equal(rounded, got):
        return "your values are float32 numbers in a float64 array: something turned them into float32 on the way"
    return "nearly right, as if part of the computation were done in float32, or with a small constant added"


def _constant_factor(got: np.ndarray, expected: np.ndarray, allowed: Tolerance, clues: tuple[Clue, ...]) -> str | None:
    a, b = got.astype(np.float64), expected.astype(np.float64)
    large = np.abs(b) > 1e-3 * np.max(np.abs(b))
    factor = float(np.median(a[large] / b[large])) if large.any() else 0.0
    if (
        not np.isfinite(factor)
        or abs(factor) < 1e-6
        or not _near(a, factor * b, (max(allowed[0], 1e-6), allowed[1] * 10 * abs(factor)))
    ):
        return None
    if got.size == 1 and not any(_is_size(factor, size) for size, _ in _sizes(clues)) and factor not in (-1.0, 2.0, 0.5):
        return None  # a single number is a multiple of every other: only a factor that means something is worth saying
    if abs(factor + 1) < 1e-6:
        return "the sign is wrong: every entry is minus the expected"
    said = f"off by a constant factor: every entry is {_factor(factor)} times the expected"
    for size, where in _sizes(clues):
        if size > 1 and _is_size(factor, size):
            return f"{said}; {size} is {where}"
    return said


def _sizes(clues: tuple[Clue, ...]) -> Iterator[tuple[int, str]]:
    for clue in clues:
        if clue.value.ndim:
            yield clue.value.shape[0], f"the batch size, the rows of {clue.name}"
    for clue in clues:
        for axis, size in enumerate(clue.value.shape[1:], start=1):
            yield size, f"the size of axis {axis} of {clue.name}"
        if clue.value.ndim > 1:
            yield clue.value.size, f"the number of entries of {clue.name}"
        if not clue.value.ndim and float(clue.value).is_integer():
            yield int(clue.value), f"the argument {clue.name}"


def _is_size(factor: float, size: int) -> bool:
    return size != 0 and (abs(abs(factor) - size) < 1e-6 * abs(size) or abs(abs(factor) - 1 / size) < 1e-6 / abs(size))


def _factor(factor: float) -> str:
    inverse = 1 / factor
    if abs(factor) < 1 and abs(inverse - round(inverse)) < 1e-6 * abs(inverse):
        return f"1/{round(inverse)}" if inverse > 0 else f"−1/{round(-inverse)}"
    return f"{factor:.6g}"


def _constant_offset(got: np.ndarray, expected: np.ndarray, allowed: Tolerance, clues: tuple[Clue, ...]) -> str | None:
    if got.size < 2:
        return None
    offset = float(np.median(got.astype(np.float64) - expected.astype(np.float64)))
    if abs(offset) > 1e-9 and _near(got - offset, expected, (max(allowed[0], 1e-9), max(allowed[1], 1e-9))):
        return f"off by a constant: every entry is {offset:.6g} too {'large' if offset > 0 else 'small'}"
    return None


def _flipped(got: np.ndarray, expected: np.ndarray, allowed: Tolerance, clues: tuple[Clue, ...]) -> str | None:
    for axis in range(got.ndim):
        if got.shape[axis] > 1 and _near(np.flip(got, axis), expected, allowed):
            return f"flipped: read backwards along axis {axis} it is right"
    return None


def _other_order(got: np.ndarray, expected: np.ndarray, allowed: Tolerance, clues: tuple[Clue, ...]) -> str | None:
    if got.size > 2 and _near(np.sort(got, axis=None), np.sort(expected, axis=None), allowed):
        return "the right values in another order"
    return None


def _one_place(got: np.ndarray, expected: np.ndarray, allowed: Tolerance, clues: tuple[Clue, ...]) -> str | None:
    relative, absolute = allowed
    wrong = np.abs(got.astype(np.float64) - expected.astype(np.float64)) > absolute + relative * np.abs(expected)
    for axis, size in enumerate(got.shape):
        lines = np.flatnonzero(wrong.any(axis=tuple(other for other in range(got.ndim) if other != axis)))
        if size > 2 and len(lines) == 1 and wrong.sum() > (got.ndim == 1):
            which = {0: "the first", size - 1: "the last"}.get(int(lines[0]), f"index {lines[0]}")
            return f"only {which} of axis {axis} is wrong; everything else is right"
    negative = expected < 0
    if wrong.any() and negative.any() and not negative.all() and np.array_equal(wrong, negative):
        return "exactly the entries whose expected value is negative are wrong"
    return None


def _times_an_argument(got: np.ndarray, expected: np.ndarray, allowed: Tolerance, clues: tuple[Clue, ...]) -> str | None:
    for clue in clues:
        value = clue.value.astype(np.float64) if clue.value.dtype.kind in "fiu" else None
        if value is None or value.shape != got.shape or got.ndim == 0:
            continue
        if _near(got * value, expected, allowed):
            return f"a factor {clue.name} is missing: multiplied by it, entry by entry, your values are right"
        if np.all(value) and _near(got / value, expected, allowed):
            return f"a factor {clue.name} too many: divided by it, entry by entry, your values are right"
    return None


OTHER_SHAPE: tuple[Rule, ...] = (_reshaped, _broadcast_sum_missing, _axes_in_another_order, _kept_or_lost_axes)
SAME_SHAPE: tuple[Rule, ...] = (
    _unchanged_input,
    _all_zero,
    _float32_inside,
    _constant_factor,
    _axes_in_another_order,
    _constant_offset,
    _flipped,
    _times_an_argument,
    _one_place,
    _other_order,
)
