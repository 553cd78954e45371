"""A grading process and whatever it started: how it is prepared, and how all of it is ended."""

from __future__ import annotations

import ctypes
import os
import signal
import sys
import tempfile
from contextlib import suppress
from pathlib import Path

PR_SET_PDEATHSIG = 1


def become_a_child(temporary: str) -> None:
    """Prepare this process, just forked: ctrl-C is the parent's to hear, and nothing that is written here shows.

    SIGTERM ends it the way an exception does, so that workers are ended and folders are removed. Where the system can, it
    gets one when the parent dies.
    """
    tempfile.tempdir = temporary
    if hasattr(os, "setsid"):
        with suppress(OSError):
            os.setsid()
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    signal.signal(signal.SIGTERM, lambda number, frame: sys.exit(128 + number))
    nothing = os.open(os.devnull, os.O_RDWR)
    for descriptor in (0, 1, 2):
        os.dup2(nothing, descriptor)
    if sys.platform == "linux":
        with suppress(OSError, AttributeError):
            ctypes.CDLL(None).prctl(PR_SET_PDEATHSIG, signal.SIGTERM)


def kill_all_of(pid: int) -> None:
    """Kill a process and everything that descends from it, with the groups that they lead."""
    if not hasattr(signal, "SIGKILL"):
        with suppress(OSError):
            os.kill(pid, signal.SIGTERM)
        return
    with suppress(OSError):
        os.kill(pid, signal.SIGSTOP)  # it starts nothing more while we look
    for one in [*descendants(pid), pid]:
        with suppress(OSError):
            if one != os.getpid() and os.getpgid(one) == one:
                os.killpg(one, signal.SIGKILL)
        with suppress(OSError):
            os.kill(one, signal.SIGKILL)


def descendants(pid: int) -> list[int]:
    """The processes that descend from one, deepest last; none where the system has no /proc."""
    children: dict[int, list[int]] = {}
    for entry in Path("/proc").glob("[0-9]*/stat"):
        with suppress(OSError, ValueError, IndexError):
            parent = int(entry.read_text(errors="replace").rpartition(")")[2].split()[1])
            children.setdefault(parent, []).append(int(entry.parent.name))
    found, pending = [], [pid]
    while pending:
        below = children.get(pending.pop(0), [])
        found += below
        pending += below
    return found
