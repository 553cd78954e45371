"""Evidence: what a probe call gives, as a message of plain values. Used beside student code, on either transport.

    {"kind": "value", "value": …, "changed": {"0": array, …}}      what came back, and arguments that the call changed
    {"kind": "raised", "error": {…}, "changed": {…}}               type, bases, message and place of an exception
    {"kind": "unreadable", "reason": "a Tensor"}                   a value that cannot cross the border

Nothing here decides whether an answer is right.
"""

from __future__ import annotations

import importlib
import linecache
import os
import traceback
from collections.abc import Callable, Mapping, Sequence
from typing import Any

from grader.worker import wire

MAX_MESSAGE = 2_000
MAX_FRAMES = 5


class Probes:
    """A homework's probes beside the library that they look into."""

    def __init__(self, homework: str, root: str, passing: tuple[type[BaseException], ...] = ()) -> None:
        """Import `HOMEWORK.needle` and `HOMEWORK.probes`; the tree's root must be on `sys.path`.

        Exceptions of the types `passing` are no evidence: they come from outside, and pass through a call.

        Raises:
            ImportError: the tree's library is shadowed by another one.
            BaseException: whatever the student's modules raise at import.
        """
        self.root = os.path.realpath(root)
        self.passing = passing
        self.library = importlib.import_module(f"{homework}.needle")
        self.module = importlib.import_module(f"{homework}.probes")
        if self.library.__file__ is None:
            raise ImportError(f"{homework}/needle/__init__.py is missing")
        loaded = os.path.realpath(self.library.__file__)
        if not loaded.startswith(self.root + os.sep):
            raise ImportError(f"{homework}.needle was loaded from {loaded}, not from {self.root}")

    def call(self, name: str, args: Sequence[Any], kwargs: Mapping[str, Any]) -> wire.Message:
        """Call a probe on arguments that are its own to change."""
        probe: Callable[..., Any] = getattr(self.module, name)
        arrays = wire.arrays_in([list(args), dict(kwargs)])
        before = [wire.memory_of(array).tobytes() for array in arrays]
        try:
            answer: wire.Message = {"kind": "value", "value": probe(self.library, *args, **kwargs)}
        except self.passing:
            raise
        except BaseException as error:
            answer = raised(error, self.root)
        answer["changed"] = {
            str(index): array
            for index, (array, memory) in enumerate(zip(arrays, before, strict=True))
            if wire.memory_of(array).tobytes() != memory
        }
        return answer


def raised(error: BaseException, root: str) -> wire.Message:
    """An exception as evidence: no object of it survives."""
    return {
        "kind": "raised",
        "error": {
            "type": type(error).__name__,
            "bases": [base.__name__ for base in type(error).__mro__[1:]],
            "message": _text(error),
            "missing_module": error.name if isinstance(error, ModuleNotFoundError) else None,
            "frames": _frames(error, root),
        },
    }


def unreadable(reason: object) -> wire.Message:
    return {"kind": "unreadable", "reason": str(reason)}


def _text(error: BaseException) -> str:
    if isinstance(error, SyntaxError):
        return str(error.msg)
    try:
        text = str(error)
    except Exception as second:
        return f"(its message could not be read: {type(second).__name__})"
    return text if len(text) <= MAX_MESSAGE else text[:MAX_MESSAGE] + " …"


def _frames(error: BaseException, root: str) -> list[dict[str, Any]]:
    """The innermost places of the tree that the exception went through, outermost first."""
    places = [(frame.f_code.co_filename, line, frame.f_code.co_name) for frame, line in traceback.walk_tb(error.__traceback__)]
    if isinstance(error, SyntaxError) and error.filename:
        places.append((error.filename, error.lineno or 0, "<module>"))
    inside = [
        {
            "file": os.path.relpath(os.path.realpath(file), root).replace(os.sep, "/"),
            "line": line,
            "function": function,
            "source": linecache.getline(file, line).strip()[:200],
        }
        for file, line, function in places
        if os.path.realpath(file).startswith(root + os.sep)
    ]
    return inside[-MAX_FRAMES:]
