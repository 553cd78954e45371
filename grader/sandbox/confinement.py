"""The seam: what every way to confine a worker has in common, and the way that confines nothing."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Protocol


@dataclass(frozen=True, slots=True)
class Room:
    """The folders that a worker has: it may read the first two and write into the last."""

    site: Path
    """numpy and `grader.worker`, as links."""
    tree: Path
    """The overlay: the student's files, the probes, the given files."""
    scratch: Path
    """Small and empty."""


class Confinement(Protocol):
    """One way to confine a worker: around it, by the command that starts it, and inside, by what it is told to lock."""

    @property
    def name(self) -> str:
        """How results call it."""
        ...

    @property
    def safe(self) -> bool:
        """Whether a stranger's code may run so."""
        ...

    def prepare(self, room: Room) -> None:
        """Give the folders the owners and modes that the worker needs."""
        ...

    def command(self, command: Sequence[str], room: Room) -> list[str]:
        """The command that runs a worker's command confined to its room."""
        ...

    @property
    def scratch_is_limited(self) -> bool:
        """Whether the kernel keeps the scratch folder small; else the judge measures it."""
        ...

    def orders(self, room: Room) -> Mapping[str, Any] | None:
        """What the worker locks itself with before it says that it is ready; None for nothing."""
        ...


@dataclass(frozen=True, slots=True)
class Unconfined:
    """A process of its own, and no more: for one's own code."""

    name: str = "none"
    safe: bool = False
    scratch_is_limited: bool = False

    def prepare(self, room: Room) -> None:
        pass

    def command(self, command: Sequence[str], room: Room) -> list[str]:
        return list(command)

    def orders(self, room: Room) -> None:
        return None
