"""Comparison: type → shape → dtype → finite → values, and then words for the first difference.

NaN is never equal to anything; a test that expects one is wrong itself.
"""

from __future__ import annotations

import itertools
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any

import numpy as np

from grader.judge.diagnose import Clue, diagnosis
from grader.judge.failure import TestMistake
from grader.judge.result import Kind
from grader.judge.tolerance import Computation, tolerance

WORDS_OF_KINDS = {"b": "truth values", "i": "integers", "u": "integers", "f": "real numbers"}


@dataclass(frozen=True, slots=True)
class Difference:
    """The first thing that is wrong with an answer."""

    kind: Kind
    label: str
    """Which part of the answer: "" for the whole, else "gradient of b", "item 2"."""
    sentence: str
    """Completes "matmul(…) returned …"."""
    details: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Comparison:
    """What was compared: the parts that are right, and the first difference of each that is not."""

    right: tuple[str, ...]
    wrong: tuple[Difference, ...]


def compare(
    got: Any,
    expected: Any,
    *,
    computation: Computation = "elementwise",
    dtype: bool = False,
    clues: tuple[Clue, ...] = (),
) -> Comparison:
    """Compare an answer with what is expected of it.

    Args:
        got: plain values and arrays, as they crossed the border.
        expected: arrays, torch tensors, numbers, texts, None, or lists, tuples and dicts of them.
        computation: row of the table of tolerances.
        dtype: whether the dtype itself must be equal, not only its kind.
        clues: the call's arguments, for diagnoses that name them.
    Raises:
        TestMistake: the test expects a NaN, or something that cannot be compared.
    """
    right: list[str] = []
    wrong: list[Difference] = []

    def visit(got: Any, expected: Any, label: str) -> None:
        expected = _plain(expected)
        if isinstance(expected, dict):
            if not isinstance(got, Mapping) or set(got) != set(expected):
                wrong.append(_not_the_type(got, f"a dict with the keys {', '.join(map(repr, expected))}", label))
                return
            for key in expected:
                visit(got[key], expected[key], f"{label}, {key}" if label else str(key))
        elif isinstance(expected, (list, tuple)):
            if not isinstance(got, (list, tuple)):
                wrong.append(_not_the_type(got, f"a sequence of {len(expected)}", label))
            elif len(got) != len(expected):
                wrong.append(Difference(Kind.SHAPE, label, f"{len(got)} items, expected {len(expected)}",
                                        (f"got {brief(got)}", f"expected {brief(expected)}")))  # fmt: skip
            elif all(isinstance(item, (bool, int, str, type(None))) for item in expected):
                _leaf(list(got) == list(expected), label, lambda: _unequal(got, expected, label))
            else:
                for index, (one, other) in enumerate(zip(got, expected, strict=True)):
                    visit(one, other, f"{label}, item {index}" if label else f"item {index}")
        elif isinstance(expected, (np.ndarray, float)):
            difference = _numbers(got, np.asarray(expected), computation, dtype, clues, label)
            _leaf(difference is None, label, lambda: difference)
        else:
            same = type(_scalar(got)) is type(expected) and _scalar(got) == expected
            _leaf(same, label, lambda: _unequal(got, expected, label))

    def _leaf(is_right: bool, label: str, difference: Callable[[], Difference | None]) -> None:
        if is_right:
            right.append(label)
        else:
            found = difference()
            assert found is not None
            wrong.append(found)

    visit(got, expected, "")
    return Comparison(tuple(right), tuple(wrong))


def brief(value: Any, limit: int = 70) -> str:
    """A value in a few characters."""
    if isinstance(value, np.ndarray) and value.size > 6:
        return f"an array {_shape(value)}"
    text = np.array2string(value, separator=", ", precision=4) if isinstance(value, np.ndarray) else repr(_few(value, limit))
    text = " ".join(text.split())
    return text if len(text) <= limit else text[: limit - 2] + " …"


def _few(value: Any, most: int) -> Any:
    """What can be seen of a value in so many characters: thousands of arrays in a list would take minutes to write out."""
    if isinstance(value, (list, tuple)):
        return type(value)(_few(item, most) for item in value[:most])
    if isinstance(value, dict):
        return {key: _few(item, most) for key, item in itertools.islice(value.items(), most)}
    if isinstance(value, np.ndarray) and value.size > most:
        return value.flat[:most]
    return value


def _numbers(
    got: Any, expected: np.ndarray, computation: Computation, dtype: bool, clues: tuple[Clue, ...], label: str
) -> Difference | None:
    """The first difference between a number or an array and what is expected of it."""
    if expected.dtype.kind == "f" and np.isnan(expected).any():
        raise TestMistake("the test expects a NaN, and NaN is never equal; choose other data")
    if expected.dtype.kind not in WORDS_OF_KINDS:
        raise TestMistake(f"the test expects dtype {expected.dtype}, which cannot be compared")
    if not isinstance(got, (np.ndarray, np.generic, bool, int, float)):
        what = "a number" if expected.ndim == 0 else f"an array {_shape(expected)}"
        return _not_the_type(got, what, label)
    array = np.asarray(got)
    if array.shape != expected.shape:
        found = diagnosis(array, expected, tolerance(expected.dtype, computation), clues)
        return Difference(Kind.SHAPE, label, f"shape {_shape(array)}, expected {_shape(expected)}", found)
    if _family(array) != _family(expected) and not (array.ndim == 0 and _family(array) == "i" and not dtype):
        got_words, expected_words = (f"{WORDS_OF_KINDS.get(one.dtype.kind, 'values')} ({one.dtype})" for one in (array, expected))
        sentence = f"{got_words}, expected {expected_words}"
        return Difference(Kind.DTYPE, label, sentence)
    if dtype and array.dtype != expected.dtype:
        return Difference(Kind.DTYPE, label, f"dtype {array.dtype}, expected {expected.dtype}")
    return _values(array, expected, tolerance(_coarser(got, expected), computation), clues, label)


def _values(
    got: np.ndarray, expected: np.ndarray, allowed: tuple[float, float], clues: tuple[Clue, ...], label: str
) -> Difference | None:
    relative, absolute = allowed
    if expected.dtype.kind != "f":
        wrong = got != expected
    else:
        with np.errstate(all="ignore"):
            a, b = got.astype(np.float64), expected.astype(np.float64)
            error = np.abs(a - b)
            wrong = ~((a == b) | (error <= absolute + relative * np.abs(b)) & np.isfinite(b))
    if not wrong.any():
        return None
    if got.dtype.kind == "f" and np.isfinite(expected).all() and not np.isfinite(got).all():
        return _not_finite(got, label)
    if got.ndim == 0:
        sentence = f"{_number(got[()])}, expected {_number(expected[()])}"
        return Difference(Kind.VALUES, label, sentence, diagnosis(got, expected, allowed, clues))
    details = [f"got {brief(got)}", f"expected {brief(expected)}"] if got.size <= 6 else []
    if expected.dtype.kind == "f":
        with np.errstate(all="ignore"):
            worst = np.unravel_index(int(np.argmax(np.where(wrong, np.nan_to_num(error, nan=np.inf), -1))), got.shape)
            ratio = error[worst] / abs(b[worst]) if b[worst] else np.inf
        size = f"off by {error[worst]:.3g}" + (f", {_percent(ratio)} of the expected" if np.isfinite(ratio) else "")
        bound = f"allowed: {absolute:g} + {relative:g} · |expected|" if relative or absolute else "no rounding is allowed"
        details.append(
            f"worst at {_index(worst)}: got {_number(got[worst])}, expected {_number(expected[worst])} ({size}; {bound})"
        )
    else:
        first = np.unravel_index(int(np.argmax(wrong)), got.shape)
        details.append(f"first at {_index(first)}: got {_number(got[first])}, expected {_number(expected[first])}")
    count = int(wrong.sum())
    share = count / wrong.size
    sentence = f"wrong values: {count} of {wrong.size} entries ({share:.0%})" if share < 1 else "wrong values in every entry"
    return Difference(Kind.VALUES, label, sentence, (*details, *diagnosis(got, expected, allowed, clues)))


def _not_finite(got: np.ndarray, label: str) -> Difference:
    nans, infinities = int(np.isnan(got).sum()), int(np.isinf(got).sum())
    counts = " and ".join(f"{count} {name}" for count, name in ((nans, "NaN"), (infinities, "infinite")) if count)
    first = np.unravel_index(int(np.argmax(~np.isfinite(got))), got.shape)
    where = f", first at {_index(first)}" if got.ndim else ""
    return Difference(Kind.FINITE, label, f"{counts} of {got.size} values{where}; all expected ones are finite")


def _not_the_type(got: Any, expected: str, label: str) -> Difference:
    what = "None" if got is None else f"a {type(got).__name__}"
    hint = ("a function without a return statement returns None",) if got is None else ()
    return Difference(Kind.TYPE, label, f"{what}, expected {expected}", hint)


def _unequal(got: Any, expected: Any, label: str) -> Difference:
    return Difference(Kind.VALUES, label, f"{brief(got)}, expected {brief(expected)}")


def _plain(expected: Any) -> Any:
    """A torch tensor as an array, a numpy scalar as a 0-d array; anything else as it is."""
    if hasattr(expected, "detach"):
        return expected.detach().numpy()
    if isinstance(expected, (np.generic, int)) and not isinstance(expected, bool):
        return np.asarray(expected)
    return expected


def _scalar(value: Any) -> Any:
    if isinstance(value, np.generic) or (isinstance(value, np.ndarray) and value.ndim == 0):
        return value.item()
    return value


def _family(array: np.ndarray) -> str:
    return "i" if array.dtype.kind == "u" else array.dtype.kind


def _coarser(got: Any, expected: np.ndarray) -> np.dtype:
    """The dtype whose roundings count: the expected one. A number without a dtype of its own takes the answer's."""
    if (
        expected.ndim == 0
        and isinstance(got, (np.ndarray, np.generic))
        and got.dtype.kind == "f"
        and expected.dtype == np.float64
    ):
        return np.asarray(got).dtype
    return expected.dtype


def _shape(array: np.ndarray) -> str:
    return str(array.shape) if array.ndim else "() (a single number)"


def _index(index: tuple[np.intp, ...]) -> str:
    return "[" + ", ".join(str(int(axis)) for axis in index) + "]"


def _percent(ratio: float) -> str:
    return f"{ratio:.0%}" if 0.01 <= ratio < 10 else f"{ratio:.2g} times" if ratio >= 10 else f"{ratio * 100:.2g}%"


def _number(value: Any) -> str:
    return f"{value:.8g}" if isinstance(value, (float, np.floating)) else str(value)
