"""A pool of processes, each for one piece of work: one that dies or hangs loses its own piece and no other.

A process may be started ahead of its turn: it prepares what it can (a worker in its sandbox) while others run, and waits.

Where there is fork, a process begins with everything that the parent has loaded, in milliseconds. The parent must not have
run threads by then: no refreshing progress bar, no second torch thread. What comes back is bytes; nothing is unpickled.
"""

from __future__ import annotations

import math
import multiprocessing
import os
import signal
import sys
import tempfile
import time
import traceback
from collections import deque
from collections.abc import Callable, Iterable, Iterator
from contextlib import suppress
from dataclasses import dataclass, replace
from multiprocessing.connection import Connection, wait
from multiprocessing.context import BaseContext
from typing import Any, Generic, TypeVar

from grader.batch.processes import become_a_child, kill_all_of

T = TypeVar("T")

Turn = Callable[[], None]
"""Waits until it is the process's turn."""

TICK = 0.2
GRACE = 3.0
"""Seconds that a process has to end its workers when it is asked to stop."""
MAX_ANSWER = 64 << 20
DONE, BROKEN = b"d", b"b"
GO = b"g"


@dataclass(frozen=True, slots=True)
class Died:
    """The work was not done, through our fault; the reason completes "it could not be graded: …"."""

    reason: str


@dataclass(frozen=True, slots=True)
class _Running(Generic[T]):
    task: T
    process: Any
    pipe: Connection
    go: Connection
    deadline: float


@dataclass(frozen=True, slots=True)
class AtOnce(Generic[T]):
    """Work that does nothing ahead of its turn."""

    work: Callable[[T], bytes]

    def __call__(self, task: T, turn: Turn) -> bytes:
        turn()
        return self.work(task)


class Pool(Generic[T]):
    """Does work on many tasks, some at a time."""

    def __init__(
        self, work: Callable[[T, Turn], bytes], *, jobs: int, seconds: float, ahead: int = 0, method: str | None = None
    ) -> None:
        """Prepare.

        Args:
            work: what is done with a task, in a process of its own; without fork, it and the tasks are pickled to get there.
                What it does before it calls its second argument may be done ahead of its turn.
            jobs: how many processes at a time.
            seconds: how long one may take, from its turn on, before it is killed.
            ahead: how many more processes may be started before it is their turn.
            method: "fork" or "spawn"; by default fork where there is one.
        """
        self._work = work
        self._jobs = jobs
        self._seconds = seconds
        self._context = _context(method)
        self._ahead = ahead
        self._waiting: deque[_Running[T]] = deque()
        """Started, and waiting for their turn."""
        self._running: list[_Running[T]] = []

    def run(
        self, tasks: Iterable[T], stop: Callable[[], bool] = lambda: False, on_tick: Callable[[], None] = lambda: None
    ) -> Iterator[tuple[T, bytes | Died]]:
        """Do the work; each task comes back as it ends, with what was made of it.

        Args:
            tasks: taken one at a time, when there is room for it.
            stop: asked some times a second; once true, what runs is ended and nothing more comes.
            on_tick: called some times a second.
        """
        with tempfile.TemporaryDirectory(prefix="needle-class-", ignore_cleanup_errors=True) as temporary:
            waiting = iter(tasks)
            more = True
            try:
                while not stop():
                    while more and len(self._running) + len(self._waiting) < self._jobs + self._ahead and not stop():
                        try:
                            task = next(waiting)
                        except StopIteration:
                            more = False
                        else:
                            self._waiting.append(self._start(task, temporary))
                            self._give_turns()
                    self._give_turns()
                    if not self._running and not more:
                        return
                    wait([running.pipe for running in self._running], TICK)
                    on_tick()
                    for running in [running for running in self._running if self._has_ended(running)]:
                        answer = self._collect(running)
                        self._running.remove(running)
                        yield running.task, answer
            finally:
                self._end_all()

    def kill(self) -> None:
        """Kill everything that runs, at once."""
        for running in (*self._running, *self._waiting):
            kill_all_of(running.process.pid)

    def _give_turns(self) -> None:
        while self._waiting and len(self._running) < self._jobs:
            first = self._waiting.popleft()
            with suppress(BrokenPipeError):  # it has died already, and reading from it will say so
                first.go.send_bytes(GO)
            self._running.append(replace(first, deadline=time.monotonic() + self._seconds))

    def _start(self, task: T, temporary: str) -> _Running[T]:
        ours, theirs = self._context.Pipe(duplex=False)
        turn, go = self._context.Pipe(duplex=False)
        process = self._context.Process(  # type: ignore[attr-defined]
            target=_child, args=(self._work, task, theirs, turn, go, temporary), daemon=False
        )
        process.start()
        theirs.close()
        turn.close()
        return _Running(task, process, ours, go, math.inf)

    def _has_ended(self, running: _Running[T]) -> bool:
        return running.pipe.poll() or time.monotonic() > running.deadline

    def _collect(self, running: _Running[T]) -> bytes | Died:
        try:
            if not running.pipe.poll():
                kill_all_of(running.process.pid)
                return Died(f"its grading did not end within {self._seconds:g} s")
            data = running.pipe.recv_bytes(MAX_ANSWER)
        except (EOFError, OSError):
            running.process.join(GRACE)
            return Died(f"its grading ended without a result ({_how(running.process.exitcode)})")
        finally:
            running.pipe.close()
            running.go.close()
            running.process.join(GRACE)
            if running.process.is_alive():
                kill_all_of(running.process.pid)
                running.process.join()
        if data[:1] == DONE:
            return data[1:]
        return Died(f"its grading raised {data[1:].decode('utf-8', 'replace')}")

    def _end_all(self) -> None:
        """Ask everything that runs to end; kill what does not."""
        everything = (*self._running, *self._waiting)
        for running in everything:
            running.process.terminate()
        patience = time.monotonic() + GRACE
        for running in everything:
            running.process.join(max(0.0, patience - time.monotonic()))
            if running.process.is_alive():
                kill_all_of(running.process.pid)
                running.process.join()
            running.pipe.close()
            running.go.close()
        self._running.clear()
        self._waiting.clear()


def _context(method: str | None) -> BaseContext:
    return multiprocessing.get_context(method or ("fork" if "fork" in multiprocessing.get_all_start_methods() else "spawn"))


def _child(work: Callable[[T, Turn], bytes], task: T, pipe: Connection, turn: Connection, go: Connection, temporary: str) -> None:
    """The whole life of one process."""
    become_a_child(temporary)
    go.close()  # the parent's end: as long as it is open here, its closing would not be seen

    def wait_for_turn() -> None:
        try:
            turn.recv_bytes(len(GO))
        except EOFError:
            sys.exit("nobody gives turns any more")

    try:
        answer = DONE + work(task, wait_for_turn)
    except Exception as error:
        place = traceback.extract_tb(error.__traceback__)[-1]
        answer = BROKEN + f"{type(error).__name__}: {error} ({os.path.basename(place.filename)}, line {place.lineno})".encode(
            "utf-8", "replace"
        )
    with suppress(BrokenPipeError):
        pipe.send_bytes(answer)


def _how(status: int | None) -> str:
    if status is None:
        return "it closed the pipe"
    if status < 0:
        with suppress(ValueError):
            return f"killed by {signal.Signals(-status).name}"
    return f"exit status {status}"
