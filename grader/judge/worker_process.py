"""One worker process as the judge sees it: a socket, a pipe with whatever it prints, and a clock that the judge holds."""

from __future__ import annotations

import contextlib
import importlib.util
import os
import selectors
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Sequence
from pathlib import Path

from grader.errors import WorkerError
from grader.judge.limits import Limits
from grader.judge.result import Kind
from grader.judge.scratch import empty_scratch, scratch_is_full
from grader.judge.transport import Lost
from grader.sandbox.confinement import Confinement, Room
from grader.worker import wire

CHUNK = 1 << 16
LAST_WORDS = 400
LOOK = 0.1
"""Seconds between two looks at a scratch folder."""
ENVIRONMENT = {"LANG": "C.UTF-8", "OMP_NUM_THREADS": "1", "OPENBLAS_NUM_THREADS": "1", "MKL_NUM_THREADS": "1"}
"""All that a worker's environment holds. One thread: a class is graded side by side."""


class WorkerProcess:
    """A worker, from its start to its end; it is used until it is lost."""

    def __init__(self, room: Room, confinement: Confinement, limits: Limits) -> None:
        """Start it.

        Raises:
            WorkerError: the process cannot be started.
        """
        ours, theirs = socket.socketpair()
        output, printed = os.pipe()
        confinement.prepare(room)
        program = room.site / "grader" / "worker" / "main.py"
        command = [sys.executable, "-I", "-S", "-B", str(program), str(room.site), str(theirs.fileno())]
        try:
            self._process = subprocess.Popen(
                confinement.command(command, room),
                stdin=subprocess.DEVNULL,
                stdout=printed,
                stderr=printed,
                pass_fds=(theirs.fileno(),),
                env=ENVIRONMENT,
                cwd=room.scratch,
                start_new_session=True,
            )
        except OSError as error:
            ours.close()
            os.close(output)
            raise WorkerError(f"a worker could not be started: {error}") from None
        finally:
            theirs.close()
            os.close(printed)
        self._socket = ours
        self._output = output
        ours.setblocking(False)
        os.set_blocking(output, False)
        self._selector = selectors.DefaultSelector()
        self._selector.register(ours, selectors.EVENT_READ)
        self._selector.register(output, selectors.EVENT_READ)
        self._received = bytearray()
        self._pending = memoryview(b"")
        """What is still to be sent."""
        self._limits = limits
        self._scratch = None if confinement.scratch_is_limited else room.scratch
        self.last_words = b""
        """The end of what it printed."""

    def exchange(self, frame: bytes, seconds: float) -> wire.Message | Lost:
        """Send a frame and wait for the answer; whatever else happens is a loss, and the end of the worker."""
        return self.ask(frame) or self.answer(seconds)

    def ask(self, frames: bytes) -> Lost | None:
        """Send frames, one or several; each is to be answered, in their order."""
        if self._received or self._has_unread():
            return self._lost(Kind.UNREADABLE, "an answer that nobody asked for")
        self._pending = memoryview(frames)
        return None

    def end(self) -> None:
        """Kill the whole group, collect the process, and leave its scratch folder empty for the next one."""
        with contextlib.suppress(ProcessLookupError, PermissionError):
            os.killpg(self._process.pid, signal.SIGKILL)
        self._process.wait()
        self._selector.close()
        self._socket.close()
        if self._output >= 0:
            os.close(self._output)
            self._output = -1
        if self._scratch is not None:
            empty_scratch(self._scratch)

    def answer(self, seconds: float) -> wire.Message | Lost:
        """Wait for the next answer; whatever else happens is a loss, and the end of the worker."""
        deadline = time.monotonic() + seconds
        printed = 0
        if self._pending:
            self._pending = self._write(self._pending)  # mostly the whole of it, at once
            self._selector.modify(self._socket, selectors.EVENT_READ | (selectors.EVENT_WRITE if self._pending else 0))
        while True:
            try:
                frame = self._frame()
            except wire.WireError as error:
                return self._lost(Kind.UNREADABLE, str(error))
            if frame is not None:
                return frame
            left = deadline - time.monotonic()
            if left <= 0:
                return self._lost(Kind.TIME, f"{seconds:g} s")
            if self._scratch is not None and scratch_is_full(self._scratch, self._limits):
                most = f"{self._limits.scratch_bytes:,} bytes or {self._limits.scratch_files:,} files"
                return self._lost(Kind.OUTPUT, f"kept more than {most}")
            for key, events in self._selector.select(min(left, LOOK)):
                if key.fileobj == self._output:
                    chunk = self._read_output()
                    if chunk == 0:
                        self._selector.unregister(self._output)
                    printed += chunk
                    if printed > self._limits.output_bytes:
                        return self._lost(Kind.OUTPUT, f"printed more than {self._limits.output_bytes:,} bytes")
                    continue
                if events & selectors.EVENT_WRITE:
                    self._pending = self._write(self._pending)
                    if not self._pending:
                        self._selector.modify(self._socket, selectors.EVENT_READ)
                if events & selectors.EVENT_READ and not self._read():
                    return self._lost(Kind.EXIT, self._how_it_ended())

    def _frame(self) -> wire.Message | None:
        """A whole frame of what was received, if there is one; bytes behind it stay."""
        if len(self._received) < wire.PREFIX.size:
            return None
        header, payload = wire.lengths(bytes(self._received[: wire.PREFIX.size]))
        body = wire.PREFIX.size + header
        if len(self._received) < body + payload:
            return None
        message = wire.decode(bytes(self._received[wire.PREFIX.size : body]), self._received[body : body + payload])
        del self._received[: body + payload]
        return message

    def _read(self) -> bool:
        try:
            chunk = self._socket.recv(CHUNK)
        except BlockingIOError:
            return True
        except ConnectionError:
            return False
        self._received += chunk
        return bool(chunk)

    def _write(self, pending: memoryview) -> memoryview:
        try:
            return pending[self._socket.send(pending[:CHUNK]) :]
        except BlockingIOError:
            return pending
        except ConnectionError:
            return pending[len(pending) :]  # it is gone: reading will say so

    def _read_output(self) -> int:
        try:
            chunk = os.read(self._output, CHUNK)
        except BlockingIOError:
            return 1
        self.last_words = (self.last_words + chunk)[-LAST_WORDS:]
        return len(chunk)

    def _has_unread(self) -> bool:
        try:
            return bool(self._socket.recv(1, socket.MSG_PEEK))
        except BlockingIOError:
            return False
        except ConnectionError:
            return False

    def _lost(self, kind: Kind, reason: str) -> Lost:
        if self._output >= 0:
            self._read_output()
        self.end()
        return Lost(kind, reason)

    def _how_it_ended(self) -> str:
        try:
            status = self._process.wait(timeout=1)
        except subprocess.TimeoutExpired:
            return "it closed the connection"
        if status < 0:
            return f"killed by {signal.Signals(-status).name}" if -status in signal.valid_signals() else f"signal {-status}"
        return f"exit status {status}"


def lay_site(folder: Path, packages: Sequence[Path]) -> Path:
    """A folder of links: what a worker may import beside the standard library, and nothing else."""
    (folder / "grader").mkdir(parents=True)
    own = Path(wire.__file__).parents[1]
    for name in ("__init__.py", "worker"):
        (folder / "grader" / name).symlink_to(own / name)
    for package in packages:
        (folder / package.name).symlink_to(package)
    return folder


def numpy_packages() -> list[Path]:
    """numpy, and the folder of libraries that its wheel brings along."""
    import numpy

    numpy_folder = Path(numpy.__file__).parent
    return [path for path in (numpy_folder, numpy_folder.with_name("numpy.libs")) if path.is_dir()]


def lock_packages() -> list[Path]:
    """The libraries with which a worker locks itself, where they are installed."""
    found = (importlib.util.find_spec(name) for name in ("py_landlock", "pyseccomp"))
    origins = [Path(spec.origin) for spec in found if spec is not None and spec.origin]
    return [origin.parent if origin.name == "__init__.py" else origin for origin in origins]
