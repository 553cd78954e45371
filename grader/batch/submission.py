"""A submission: whose it is, where it lies, and what is taken of it.

Taken are the files that the manifests of the homework and of those it needs declare, and nothing else. What is missing, what
was refused, and what somebody brought of their own in place of the course's files is said in notes, a sentence each.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from pathlib import Path

from grader.batch.archive import Archive, NoArchive
from grader.batch.folder import Folder
from grader.batch.intake import Intake, Refused
from grader.course.course import Course
from grader.course.manifest import Homework
from grader.course.overlay import Library
from grader.report.plain import plain_line

OF_THE_TOP = ("conftest.py", "pytest.ini", "pyproject.toml", "sitecustomize.py", "usercustomize.py", "numpy.py", "torch.py")
"""Files that would change how tests run, were they ever read."""
NAMES_SHOWN = 5


@dataclass(frozen=True, slots=True)
class Bundle:
    """What is taken of a submission."""

    library: Library
    notes: tuple[str, ...]

    @property
    def fingerprint(self) -> str:
        """The same for the same files and notes, and for no others."""
        digest = hashlib.sha256(json.dumps(self.notes).encode())
        for homework, files in sorted(self.library.items()):
            for file, content in sorted(files.items()):
                digest.update(f"\0{homework}/{file}\0{len(content)}\0".encode())
                digest.update(content)
        return f"sha256:{digest.hexdigest()}"


@dataclass(frozen=True, slots=True)
class Submission:
    """One student's folder or zip."""

    student: str
    """Also the name of the folder of its results."""
    source: Path
    notes: tuple[str, ...] = ()
    """What is to be said before it is read."""

    def read(self, course: Course, homework: Homework, base: str = "own") -> Bundle:
        """Take what is declared; whatever is wrong with the rest is a note, never an exception.

        Args:
            course, homework: whose manifests say what is taken.
            base: with `reference` the earlier homeworks are not looked for.
        """
        chain = course.chain(homework) if base == "own" else (homework,)
        try:
            with _opened(self.source) as intake:
                taken = _Reader(course, intake, chain).bundle()
        except NoArchive as error:
            taken = Bundle({}, (plain_line(str(error)),))
        except OSError as error:
            taken = Bundle({}, (plain_line(f"{self.source.name} cannot be read ({error.strerror})"),))
        return Bundle(taken.library, (*self.notes, *taken.notes))


@contextmanager
def _opened(source: Path) -> Iterator[Intake]:
    if source.is_symlink():
        raise NoArchive(f"{source.name} is a link, and links are not followed; put the submission itself there")
    if source.is_dir():
        yield Folder(source)
        return
    archive = Archive(source)
    try:
        yield archive
    finally:
        archive.close()


class _Reader:
    """Reads one submission and collects notes."""

    def __init__(self, course: Course, intake: Intake, chain: tuple[Homework, ...]) -> None:
        self._course = course
        self._intake = intake
        self._chain = chain
        self._notes: list[str] = []

    def bundle(self) -> Bundle:
        self._notes += self._intake.remarks()
        name = self._chain[-1].name
        tops = self._intake.tops(name)
        if not tops:
            self._notes.append(f"there is no folder {name} in it; hand in the folder {name} with its needle/ inside")
            return Bundle({}, self._spoken())
        top = max(tops, key=self._count)
        if len(tops) > 1:
            self._notes.append(f"there is more than one folder {name}; {top + name} is graded")
        library = {homework.name: self._files(homework, top) for homework in self._chain}
        self._remark_on_the_rest(top)
        return Bundle(library, self._spoken())

    def _count(self, top: str) -> int:
        """How many declared files of the homework lie there."""
        homework = self._chain[-1]
        count = 0
        for file in homework.files:
            with suppress(Refused):
                count += self._intake.read(f"{top}{homework.name}/{file}") is not None
        return count

    def _files(self, homework: Homework, top: str) -> dict[str, bytes]:
        taken: dict[str, bytes] = {}
        missing = []
        for file in homework.files:
            try:
                content = self._intake.read(f"{top}{homework.name}/{file}")
            except Refused as refusal:
                self._notes.append(f"{homework.name}/{file} was refused: {refusal}")
                continue
            if content is None:
                missing.append(f"{homework.name}/{file}")
            else:
                taken[file] = content
        if len(missing) == len(homework.files):
            self._notes.append(f"{homework.name} is missing: none of its files was handed in")
        elif missing:
            self._notes.append(f"missing: {_listed(missing)}")
        return taken

    def _remark_on_the_rest(self, top: str) -> None:
        """Name what was brought in place of the course's own files. None of it is read into the library."""
        foreign = [file for file in OF_THE_TOP if self._differs(top + file, self._course.root / file)]
        for homework in self._chain:
            folder = f"{top}{homework.name}/"
            for path in self._intake.listing(folder):
                file = path[len(folder) :]
                if file in homework.files or file == "notebook.py":
                    continue
                if self._differs(path, self._course.folder(homework) / file):
                    foreign.append(f"{homework.name}/{file}")
        if foreign:
            self._notes.append(f"ignored: {_listed(foreign)} (the course's own are used; only the declared files are graded)")

    def _differs(self, path: str, ours: Path) -> bool:
        """Whether a file is there and is not the course's own; line ends do not count."""
        try:
            theirs = self._intake.read(path)
        except Refused:
            return True
        if theirs is None:
            return False
        with suppress(OSError):
            return theirs.replace(b"\r\n", b"\n") != ours.read_bytes().replace(b"\r\n", b"\n")
        return True

    def _spoken(self) -> tuple[str, ...]:
        return tuple(plain_line(note, 300) for note in self._notes)


def _listed(names: list[str]) -> str:
    shown = ", ".join(names[:NAMES_SHOWN])
    return shown if len(names) <= NAMES_SHOWN else f"{shown} and {len(names) - NAMES_SHOWN} more"
