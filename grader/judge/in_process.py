"""The transport of a student's own machine: probes are called in this process, so breakpoints and tracebacks work.

It gives the same answers as a worker would: arguments and values are copied as by the wire, student modules find numpy and
the standard library alone, and a call that does not return is interrupted where the platform has interval timers.
"""

from __future__ import annotations

import builtins
import linecache
import signal
import sys
import threading
import time
import types
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from grader.judge.limits import Limits
from grader.judge.result import Kind
from grader.judge.transport import Answer, Lost, Place, answer_of
from grader.worker import evidence, wire


class InProcess:
    """Calls probes of a homework in this process.

    The tree's root must come first on `sys.path`, and no other tree's homeworks may have been imported.
    """

    def __init__(self, homework: str, root: Path, limits: Limits) -> None:
        self._homework = homework
        self._root = str(root.resolve())
        self._limits = limits
        self._probes: evidence.Probes | Answer | None = None
        self._time_outs = 0

    def call(self, probe: str, args: tuple[Any, ...], kwargs: Mapping[str, Any]) -> Answer:
        probes = self._loaded()
        if not isinstance(probes, evidence.Probes):
            return probes
        own_args, own_kwargs = wire.copied([args, dict(kwargs)])
        limit = self._limits.of_a_call(self._time_outs)
        answer = self._timed(lambda: probes.call(probe, own_args, own_kwargs), limit, at_import=False)
        self._time_outs += isinstance(answer, Lost) and answer.kind is Kind.TIME
        return answer

    def close(self) -> None:
        """Nothing was started."""

    def _loaded(self) -> evidence.Probes | Answer:
        if self._probes is None:
            loaded: list[evidence.Probes] = []

            def load() -> wire.Message:
                try:
                    loaded.append(evidence.Probes(self._homework, self._root, passing=(_OutOfTime, KeyboardInterrupt)))
                except (Exception, SystemExit) as error:
                    return evidence.raised(error, self._root)
                return {"kind": "value", "value": None}

            answer = self._timed(load, self._limits.seconds_to_load, at_import=True)
            self._probes = loaded[0] if loaded else answer
        return self._probes

    def _timed(self, work: Callable[[], wire.Message], limit: float, *, at_import: bool) -> Answer:
        start = time.perf_counter()
        try:
            with _numpy_alone(), _interrupted_after(limit):
                message = work()
        except _OutOfTime as stopped:
            place = self._place(stopped.frame)
            return Lost(Kind.TIME, f"{limit:g} s", at_import, time.perf_counter() - start, place)
        seconds = time.perf_counter() - start
        try:
            message = wire.copied(message)
        except wire.WireError as error:
            message = evidence.unreadable(error)
        return answer_of(message, seconds, at_import=at_import)

    def _place(self, frame: types.FrameType | None) -> Place | None:
        """The innermost line of the student's files that was running."""
        while frame is not None:
            file = Path(frame.f_code.co_filename)
            if file.is_absolute() and file.is_relative_to(self._root) and "needle" in file.parts:
                source = linecache.getline(str(file), frame.f_lineno).strip()
                return Place(file.relative_to(self._root).as_posix(), frame.f_lineno, frame.f_code.co_name, source)
            frame = frame.f_back
        return None


class _OutOfTime(BaseException):
    """Raised in the student's code by the timer; no `except Exception` of theirs takes it."""

    def __init__(self, frame: types.FrameType | None) -> None:
        self.frame = frame


@contextmanager
def _interrupted_after(seconds: float) -> Iterator[None]:
    """Raise in the main thread after a while. Not under a debugger: a person thinks longer than any limit."""
    possible = hasattr(signal, "setitimer") and threading.current_thread() is threading.main_thread()
    if not possible or sys.gettrace() is not None:
        yield
        return

    def interrupt(number: int, frame: types.FrameType | None) -> None:
        raise _OutOfTime(frame)

    before = signal.signal(signal.SIGALRM, interrupt)
    signal.setitimer(signal.ITIMER_REAL, seconds, 0.5)  # and again, if the student's code swallowed it
    try:
        yield
    finally:
        signal.setitimer(signal.ITIMER_REAL, 0)
        signal.signal(signal.SIGALRM, before)


@contextmanager
def _numpy_alone() -> Iterator[None]:
    """Student modules find what a worker would: numpy, the standard library and the homeworks."""
    real = builtins.__import__

    def guarded(name: str, globals: Any = None, locals: Any = None, fromlist: Any = (), level: int = 0) -> Any:
        if level == 0 and _is_students(globals) and not _is_there(name):
            raise ModuleNotFoundError(f"No module named {name!r}", name=name)
        return real(name, globals, locals, fromlist, level)

    builtins.__import__ = guarded
    try:
        yield
    finally:
        builtins.__import__ = real


def _is_students(globals: Any) -> bool:
    module = (globals or {}).get("__name__") or ""
    return module.startswith("hw") and ".needle" in module


def _is_there(name: str) -> bool:
    root = name.partition(".")[0]
    ours = ("numpy", "_pytest")  # pytest rewrites the assertions of installed plugins' packages, and ours are one
    return root in sys.stdlib_module_names or root in ours or root.startswith("hw")
