"""Whom a worker runs as when the grader runs as root: somebody who owns nothing."""

from __future__ import annotations

import os
import shutil
import stat
from pathlib import Path

UNUSED = range(60_578, 61_184)
"""User numbers that no system gives to anybody."""


def stranger() -> int:
    """A user number that nobody has."""
    return UNUSED[os.getpid() % len(UNUSED)]


def dropping(user: int | None) -> list[str]:
    """The command that runs another without any privilege, as that user, or as whoever runs it if None."""
    setpriv = shutil.which("setpriv", path="/usr/bin:/bin:/usr/sbin:/sbin")
    if setpriv is None:
        raise FileNotFoundError("setpriv")
    whom = [] if user is None else [f"--reuid={user}", f"--regid={user}", "--clear-groups"]
    return [setpriv, *whom, "--no-new-privs", "--inh-caps=-all", "--bounding-set=-all"]


def can_be_entered(path: Path) -> bool:
    """Whether everybody may pass through every folder above a path."""
    return all(folder.stat().st_mode & stat.S_IXOTH for folder in path.resolve().parents)
