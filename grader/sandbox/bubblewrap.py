"""Rung 1: bubblewrap around the worker, and inside it the same locks as on rung 2.

The worker sees a root of its own: the interpreter, its standard library without installed packages, shared libraries, its
tree and site, all read-only, and a scratch folder of a few megabytes. No /proc, no /dev, no network, no other process.
"""

from __future__ import annotations

import os
import shutil
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from grader.sandbox.confinement import Room
from grader.sandbox.identity import dropping, stranger
from grader.sandbox.locked import MEBIBYTE, Locked
from grader.sandbox.reach import SHARED_LIBRARIES, Reach, links_in

SCRATCH_BYTES = 32 * MEBIBYTE


@dataclass(frozen=True, slots=True)
class Bubblewrap:
    """Namespaces and an own root around a worker that locks itself."""

    reach: Reach = field(default_factory=Reach.of_this_interpreter)
    name: str = "bubblewrap + landlock + seccomp"
    safe: bool = True
    scratch_is_limited: bool = True

    def prepare(self, room: Room) -> None:
        pass

    def command(self, command: Sequence[str], room: Room) -> list[str]:
        program = shutil.which("bwrap")
        if program is None:
            raise FileNotFoundError("bwrap")
        worker = [self.reach.interpreter, *command[1:]]
        if os.getuid() == 0:  # root needs no user namespace, and in one it could not become anybody else
            worker = [*dropping(stranger()), *worker]
            namespaces = ["--unshare-ipc", "--unshare-pid", "--unshare-net", "--unshare-uts", "--unshare-cgroup-try"]
        else:
            namespaces = ["--unshare-all", "--cap-drop", "ALL"]
        return [
            program,
            *namespaces,
            "--die-with-parent",
            "--new-session",
            "--hostname",
            "worker",
            *self._mounts(room, worker[0]),
            "--perms",
            "1777",
            "--size",
            str(SCRATCH_BYTES),
            "--tmpfs",
            str(room.scratch),
            "--remount-ro",
            "/",
            "--chdir",
            str(room.scratch),
            "--",
            *worker,
        ]

    def orders(self, room: Room) -> Mapping[str, Any]:
        return Locked(self.reach).orders(room)

    def _mounts(self, room: Room, program: str) -> Iterator[str]:
        """Read-only binds, outer ones first, and an empty folder over each folder of installed packages."""
        targets = {str(room.tree), str(room.site), program, self.reach.interpreter, *self.reach.files}
        targets |= {*self.reach.standard_library, *self.reach.shared_libraries, *links_in(room.site)}
        parents = {str(parent) for path in targets for parent in Path(path).parents} - {"/"}
        for path in sorted(parents | targets):  # left to itself, bubblewrap would make parents that only root may enter
            yield from ("--ro-bind", path, path) if path in targets else ("--perms", "0755", "--dir", path)
        for path in SHARED_LIBRARIES:
            if os.path.islink(path):
                yield from ("--symlink", os.readlink(path), path)
        for path in self.reach.packages:
            yield from ("--size", "4096", "--tmpfs", path, "--remount-ro", path)
