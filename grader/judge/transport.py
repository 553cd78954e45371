"""What every transport gives back for a call: a value, an exception, or the loss of whoever was to answer.

`in_process.InProcess` calls the probe in this process, for a student's own machine; `remote.Remote` sends the call to a
worker. Both copy the arguments, so that one test runs over either with the same outcome.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any, Protocol, TypeVar

import numpy as np

from grader.judge.result import Kind

T = TypeVar("T")


@dataclass(frozen=True, slots=True)
class Value:
    """The probe returned."""

    value: Any
    changed: Mapping[int, np.ndarray]
    """Number of an array among the arguments → what the call made of it."""
    seconds: float


@dataclass(frozen=True, slots=True)
class Place:
    """A line that an exception went through."""

    file: str
    line: int
    function: str
    source: str


@dataclass(frozen=True, slots=True)
class Raised:
    """The probe, or the import of the library, raised."""

    type: str
    bases: tuple[str, ...]
    message: str
    places: tuple[Place, ...]
    missing_module: str | None = None
    at_import: bool = False
    changed: Mapping[int, np.ndarray] = field(default_factory=dict)
    seconds: float = 0.0


@dataclass(frozen=True, slots=True)
class Lost:
    """No answer: time ran out, the process ended, or what came cannot be read."""

    kind: Kind
    reason: str
    at_import: bool = False
    seconds: float = 0.0
    place: Place | None = None
    """Where it was, when that is known."""


Answer = Value | Raised | Lost


class Transport(Protocol):
    """Carries calls of probes to a library, and answers back."""

    def call(self, probe: str, args: tuple[Any, ...], kwargs: Mapping[str, Any]) -> Answer:
        """Call a probe on copies of the arguments."""
        ...

    def close(self) -> None:
        """Let go of whatever runs the library."""
        ...


def answer_of(message: Mapping[str, Any], seconds: float, *, at_import: bool = False) -> Answer:
    """A worker's message as an answer; anything that is not one is a loss. An import gives no value."""
    try:
        changed = {int(index): array for index, array in _a(dict, message.get("changed", {})).items()}
        if not all(isinstance(array, np.ndarray) for array in changed.values()):
            raise TypeError
        match _a(str, message["kind"]):
            case "value" if not at_import:
                return Value(message["value"], changed, seconds)
            case "raised":
                return _raised(_a(dict, message["error"]), changed, seconds, at_import)
            case "unreadable":
                return Lost(Kind.TYPE, _text(message["reason"], 500), at_import, seconds)
    except (LookupError, TypeError, ValueError, ArithmeticError):
        pass
    return Lost(Kind.UNREADABLE, "an answer of another form", at_import, seconds)


def _raised(error: Mapping[str, Any], changed: Mapping[int, np.ndarray], seconds: float, at_import: bool) -> Raised:
    missing = error["missing_module"]
    return Raised(
        type=_text(error["type"], 100),
        bases=tuple(_text(base, 100) for base in _a(list, error["bases"])[:20]),
        message=_text(error["message"], 2_100),
        places=tuple(
            Place(_text(p["file"], 200), int(p["line"]), _text(p["function"], 100), _text(p["source"], 200))
            for p in _a(list, error["frames"])[:10]
        ),
        missing_module=None if missing is None else _text(missing, 100),
        at_import=at_import,
        changed=changed,
        seconds=seconds,
    )


def _text(value: Any, most: int) -> str:
    return _a(str, value)[:most]


def _a(wanted: type[T], value: Any) -> T:
    """The value, if it is of that type: an array in its place would give neither a truth value nor a short list."""
    if not isinstance(value, wanted):
        raise TypeError
    return value
