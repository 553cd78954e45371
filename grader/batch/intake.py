"""Where handed-in files lie, a folder or a zip: one seam, so that the rules of what is read are said once (`submission`)."""

from __future__ import annotations

from typing import Protocol

MAX_FILE = 1 << 20
"""The most bytes that a file handed in may have: a homework's are a few thousand."""
MAX_LISTED = 2_000
"""The most entries that are looked at to find a homework, and what does not belong in it."""
MAX_NESTING = 2
"""How many folders deep a homework may lie: a GitHub zip has one of its own, and people zip that once more."""


class Refused(Exception):
    """A file that is not taken; the message completes "FILE was refused: …"."""


class Intake(Protocol):
    """A submission's files, by paths with `/`, relative to where it begins."""

    def tops(self, homework: str) -> list[str]:
        """The folders (`""`, `"fork-main/"`) in which a folder of that name lies: those that are the least deep, sorted."""
        ...

    def read(self, path: str) -> bytes | None:
        """A regular file's bytes; None where there is nothing of that name.

        Raises:
            Refused: it is no regular file, too large, or cannot be trusted to be one file.
        """
        ...

    def listing(self, folder: str) -> list[str]:
        """Paths of the Python and pytest files below a folder, as far as they are looked at, sorted; links are not followed."""
        ...

    def remarks(self) -> list[str]:
        """Sentences on what is strange about the whole."""
        ...
