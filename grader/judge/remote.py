"""The transport of a grade: calls go over the border to a worker, and evidence comes back.

A worker that is lost in one call is replaced for the next, so a crash or a time-out in test k costs test k and no other. A
library that cannot be imported fails every test with the same sentence, without being tried again.
"""

from __future__ import annotations

import time
from collections.abc import Generator, Mapping, Sequence
from contextlib import closing
from dataclasses import dataclass, replace
from typing import Any

from grader.errors import WorkerError
from grader.judge.limits import Limits
from grader.judge.result import Kind
from grader.judge.transport import Answer, Lost, answer_of
from grader.judge.worker_process import WorkerProcess
from grader.sandbox.confinement import Confinement, Room
from grader.worker import wire

PATIENCE = 0.5
"""Seconds for all answers of a test that nobody will hear: after that the worker is replaced."""


@dataclass(frozen=True, slots=True)
class Prepared:
    """A call, encoded, and the number under which it is answered."""

    number: int
    frame: bytes


def prepared(number: int, probe: str, args: tuple[Any, ...], kwargs: Mapping[str, Any]) -> Prepared:
    """Encode a call.

    Raises:
        WireError: an argument that cannot cross.
    """
    message = {"kind": "call", "number": number, "probe": probe, "args": list(args), "kwargs": dict(kwargs)}
    return Prepared(number, wire.encode(message))


class Remote:
    """Calls probes of a homework in worker processes, one at a time."""

    def __init__(self, homework: str, room: Room, confinement: Confinement, limits: Limits) -> None:
        self._homework = homework
        self._room = room
        self._confinement = confinement
        self._limits = limits
        self._worker: WorkerProcess | None = None
        self._loaded = False
        self._time_outs = 0
        self._refused: Answer | None = None
        """How the import of the library ended, when it ended badly."""
        self._number = 0
        self.seconds = 0.0
        """Seconds of student code so far, imports included."""
        self.seconds_to_start = 0.0
        """Until workers were ready, in all."""
        self.seconds_to_load = 0.0
        """Until they had imported the library, in all."""

    def call(self, probe: str, args: tuple[Any, ...], kwargs: Mapping[str, Any]) -> Answer:
        self._number += 1
        return self.send(prepared(self._number, probe, args, kwargs))

    def send(self, call: Prepared) -> Answer:
        """Send a call that was encoded before, and wait for its answer."""
        with closing(self.send_all([call])) as answers:
            return next(answers)

    def send_all(self, calls: Sequence[Prepared]) -> Generator[Answer]:
        """Send calls that were encoded before, all at once, and give their answers as they come.

        After a loss there are no more. Whoever closes it early leaves the other answers unheard.
        """
        refusal = self._refusal()
        if refusal is not None:
            yield refusal
            return
        assert self._worker is not None
        lost = self._worker.ask(b"".join(call.frame for call in calls))
        unheard = len(calls)
        try:
            for call in calls:
                if self._time_is_up():
                    self.close()
                    yield self._out_of_time()
                    return
                start = time.perf_counter()
                reply = lost or self._worker.answer(self._limits.of_a_call(self._time_outs))
                seconds = time.perf_counter() - start
                self.seconds += seconds
                unheard -= 1
                yield self._heard(reply, call, seconds)
                if self._worker is None:
                    return
        finally:
            self._let_pass(unheard)

    def prepare(self) -> None:
        """Start a worker and have it lock itself, before anything of the student's is imported.

        Raises:
            WorkerError: it did not get ready.
        """
        start = time.perf_counter()
        self._worker = WorkerProcess(self._room, self._confinement, self._limits)
        self._get_ready(self._worker)
        self.seconds_to_start += time.perf_counter() - start

    def close(self) -> None:
        if self._worker is not None:
            self._worker.end()
        self._forget_worker()

    def _forget_worker(self) -> None:
        self._worker = None
        self._loaded = False

    def _let_pass(self, unheard: int) -> None:
        """Take answers that nobody hears, or another worker where they are long in coming."""
        start = time.perf_counter()
        for _ in range(unheard):
            if self._worker is None:
                break
            if isinstance(self._worker.answer(max(0.0, start + PATIENCE - time.perf_counter())), Lost):
                self._forget_worker()
        self.seconds += time.perf_counter() - start

    def _time_is_up(self) -> bool:
        return self.seconds >= self._limits.seconds_in_all

    def _out_of_time(self) -> Lost:
        return Lost(Kind.TIME, f"the {self._limits.seconds_in_all:g} s that a submission has for all its tests")

    def _refusal(self) -> Answer | None:
        """Why nothing can be asked: no time is left, or the library cannot be imported. None where a worker is ready."""
        if self._refused is None and self._time_is_up():
            return self._out_of_time()
        if self._refused is None and not self._loaded:
            start = time.perf_counter()
            self._refused = self._load()
            self._loaded = self._refused is None
            self.seconds += time.perf_counter() - start
        return self._refused

    def _heard(self, reply: wire.Message | Lost, call: Prepared, seconds: float) -> Answer:
        """What came back for a call."""
        if isinstance(reply, Lost):
            self._time_outs += reply.kind is Kind.TIME
            self._forget_worker()
            return replace(reply, seconds=seconds)
        if not _is(reply.get("number"), call.number):
            self.close()
            return Lost(Kind.UNREADABLE, "an answer to another call", seconds=seconds)
        return answer_of(reply, seconds)

    def _load(self) -> Answer | None:
        """Have a worker import the library; how that ended, unless it ended well."""
        if self._worker is None:
            self.prepare()
        assert self._worker is not None
        start = time.perf_counter()
        loaded = self._worker.exchange(wire.encode({"kind": "load"}), self._limits.seconds_to_load)
        self.seconds_to_load += time.perf_counter() - start
        if isinstance(loaded, Lost):
            self._forget_worker()
            return replace(loaded, at_import=True)
        if _is(loaded.get("kind"), "loaded"):
            return None
        self.close()
        return answer_of(loaded, 0.0, at_import=True)

    def _get_ready(self, worker: WorkerProcess) -> None:
        """Tell a worker where it is and what to lock. Whatever goes wrong before it is ready is our fault.

        Raises:
            WorkerError: it did not get ready.
        """
        orders = self._confinement.orders(self._room)
        opening = {
            "homework": self._homework,
            "root": str(self._room.tree),
            "scratch": str(self._room.scratch),
            "lock": None if orders is None else dict(orders),
        }
        ready = worker.exchange(wire.encode(opening), self._limits.seconds_to_load)
        if isinstance(ready, Lost) or ready.get("kind") != "ready":
            words = " ".join(worker.last_words.decode(errors="replace").split())
            self.close()
            reason = ready.reason if isinstance(ready, Lost) else "it said something else than that it is ready"
            said = f"{reason}: {words}" if words else reason
            raise WorkerError(f"a worker did not get ready ({said}); this is no fault of the student's")


def _is(value: Any, expected: int | str) -> bool:
    """Whether it is that very number or word; comparing an array would give no truth value."""
    return type(value) is type(expected) and bool(value == expected)
