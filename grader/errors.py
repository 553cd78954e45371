"""What can go wrong with a command, and the exit status that it ends with.

GraderError              3   our error, or the machine's
├── CourseError          3   the course itself has mistakes: manifests, regions, variants; all of them, each with its remedy
├── UsageError           2   the command asks for something that is not there: a homework, a stage, a folder
│   └── UnknownName      2   … and here are the nearest names
├── WorkerError          3   a worker could not be started or does not speak
└── OutputError          3   a result could not be written

A student's mistake is none of these: it is an outcome (see `grader.judge.result`).
"""

from __future__ import annotations

import difflib
from collections.abc import Iterable, Sequence


class GraderError(Exception):
    """A command cannot do its work; the message is a sentence with the remedy."""

    exit_status = 3


class CourseError(GraderError):
    """The course's own files are wrong. Carries every mistake that was found, in the order of the files."""

    def __init__(self, mistakes: Sequence[str]) -> None:
        self.mistakes = tuple(mistakes)
        count = len(self.mistakes)
        heading = "the course has a mistake" if count == 1 else f"the course has {count} mistakes"
        super().__init__("\n  ".join([f"{heading}:", *self.mistakes]))


class UsageError(GraderError):
    """The command asks for something that is not there."""

    exit_status = 2


class UnknownName(UsageError):
    """A name that does not exist, with the nearest ones that do."""

    def __init__(self, what: str, name: str, known: Iterable[str]) -> None:
        known = list(known)
        near = difflib.get_close_matches(name, known, n=3, cutoff=0.5)
        if near:
            remedy = "did you mean " + " or ".join(near) + "?"
        else:
            remedy = "there are: " + ", ".join(known)
        super().__init__(f"there is no {what} {name!r}; {remedy}")


class WorkerError(GraderError):
    """The process that runs student code could not be started, or the border broke on our side."""


class OutputError(GraderError):
    """A result could not be written where it was asked for."""
