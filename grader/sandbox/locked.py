"""Rung 2: no namespaces. The worker holds itself back: limits, Landlock, and a list of allowed system calls."""

from __future__ import annotations

import os
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from grader.sandbox.confinement import Room
from grader.sandbox.identity import can_be_entered, dropping, stranger
from grader.sandbox.reach import Reach

MEBIBYTE = 1 << 20
LIMITS = {
    "AS": 2048 * MEBIBYTE,
    "FSIZE": 16 * MEBIBYTE,
    "NOFILE": 64,
    "CORE": 0,
    "NPROC": 0,
    "MSGQUEUE": 0,
    "MEMLOCK": 0,
}
"""What a worker may use, by name of the resource. Time is the judge's clock, and processes are not made at all."""


@dataclass(frozen=True, slots=True)
class Locked:
    """Limits, Landlock and a filter of system calls, applied by the worker to itself before it reads a line of the student's."""

    reach: Reach = field(default_factory=Reach.of_this_interpreter)
    name: str = "landlock + seccomp"
    safe: bool = True
    scratch_is_limited: bool = False

    def prepare(self, room: Room) -> None:
        if os.getuid() == 0 and self._user() is not None:
            for path in (room.tree.parent, room.scratch):
                os.chown(path, stranger(), stranger())

    def command(self, command: Sequence[str], room: Room) -> list[str]:
        real = [self.reach.interpreter, *command[1:]]
        return [*dropping(self._user()), *real] if os.getuid() == 0 else real

    def orders(self, room: Room) -> Mapping[str, Any]:
        return {
            "limits": LIMITS,
            "readable": self.reach.readable(room),
            "listable": self.reach.listable(),
            "writable": str(room.scratch),
        }

    def _user(self) -> int | None:
        """Whom root's worker becomes: a stranger, unless the interpreter lies where only root can go."""
        own_files = (self.reach.interpreter, *self.reach.standard_library)
        return stranger() if all(can_be_entered(Path(path)) for path in own_files) else None
