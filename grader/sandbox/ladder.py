"""The ladder of confinements: the first whose self-test finds no hole. Never a silent step down.

1  bubblewrap + limits + Landlock + seccomp
2  limits + Landlock + seccomp, where namespaces are not to be had (a container's default profile, some CI runners)
3  none: strangers' code is refused
"""

from __future__ import annotations

import sys
from collections.abc import Callable
from dataclasses import dataclass

from grader.sandbox.bubblewrap import Bubblewrap
from grader.sandbox.confinement import Confinement
from grader.sandbox.locked import Locked


@dataclass(frozen=True, slots=True)
class Choice:
    """The confinement that is used, if there is one, and what was found wrong with those above it."""

    confinement: Confinement | None
    refused: tuple[str, ...]


def choose(holes: Callable[[Confinement], list[str]]) -> Choice:
    """Climb down from the first rung to the first that holds.

    Args:
        holes: runs the real worker command with the self-test; says what it found, nothing when the confinement holds.
    """
    refused: list[str] = []
    if sys.platform != "linux":
        return Choice(None, (f"bubblewrap, Landlock and seccomp are Linux's, and this is {sys.platform}",))
    for confinement in (Bubblewrap(), Locked()):
        found = holes(confinement)
        if not found:
            return Choice(confinement, tuple(refused))
        refused.append(f"{confinement.name}: {'; '.join(found)}")
    return Choice(None, tuple(refused))
