"""A class's results on disk: OUT/class.json, OUT/STUDENT/report.json, OUT/gradebook.csv.

`class.json` is written before the first result and says what all results of the folder have in common: homework, base, the
seed drawn for this class, and the fingerprint of the course. A result is kept, when grading is started again, if its report
can be read, was made from the same submission and course under the same confinement, and no test of it ended in our error.
"""

from __future__ import annotations

import json
import secrets
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import IO

from grader.course.manifest import Homework
from grader.errors import UsageError
from grader.judge.result import Outcome, Result
from grader.report.as_json import Origin, Report, ReportError, as_json, read_report
from grader.report.feedback import feedback
from grader.report.gradebook import Entry, gradebook
from grader.report.writing import make_folder, remove_leftovers, write_whole

FORMAT_VERSION = 1
SEEDS = 2**53
"""Every whole number below is exact in JSON, whoever reads it."""


@dataclass(frozen=True, slots=True)
class Terms:
    """What all results of a class have in common."""

    homework: str
    base: str
    seed: int
    course: str
    """Fingerprint of everything that the course brings to a grade."""


@dataclass(frozen=True, slots=True)
class Classroom:
    """The folder of a class's results, opened for one grader."""

    out: Path
    terms: Terms

    def kept(self, student: str, submission: str, confinement: str) -> Result | None:
        """The result that is there already, if it still holds."""
        report = self._report(student)
        if report is None or report.origin != Origin(submission, self.terms.course):
            return None
        result = report.result
        ours = any(test.outcome is Outcome.ERROR for stage in result.stages for test in stage.tests)
        return None if ours or result.confinement != confinement else result

    def write(self, result: Result, submission: str) -> None:
        """Write a result down: what the student reads first, and the report last, for it says that all is there.

        Raises:
            OutputError: it cannot be written.
        """
        folder = self.out / result.student
        make_folder(folder)
        write_whole(folder / "feedback.txt", feedback(result))
        write_whole(folder / "report.json", as_json(Report(result, Origin(submission, self.terms.course))))

    def results(self) -> Iterator[Result]:
        """Every result of this class, one at a time, in the order of the students' names."""
        for folder in sorted(self.out.iterdir()):
            report = self._report(folder.name)
            if report is not None and report.origin is not None and report.origin.course == self.terms.course:
                yield report.result

    def write_gradebook(self, homework: Homework, entries: Iterable[Entry]) -> Path:
        """Write the gradebook.

        Raises:
            OutputError: it cannot be written.
        """
        path = self.out / "gradebook.csv"
        write_whole(path, gradebook(homework, entries))
        return path

    def _report(self, student: str) -> Report | None:
        """A student's report, if there is one of this class."""
        path = self.out / student / "report.json"
        if not path.is_file():
            return None
        try:
            report = read_report(path)
        except ReportError:
            return None
        result = report.result
        same = (result.homework, result.base, result.seed, result.student)
        return report if same == (self.terms.homework, self.terms.base, self.terms.seed, student) else None


@contextmanager
def opened(
    out: Path, homework: str, base: str, course: str, *, seed: int | None = None, anew: bool = False
) -> Iterator[Classroom]:
    """Open a class's folder; begin one where there is none. Nobody else can open it meanwhile.

    Args:
        out: the folder.
        homework, base, course: the terms.
        seed: of the tests' random numbers; None keeps the one that is there, or draws one.
        anew: drop the terms that are there, so that all are graded again; the seed stays unless another one is given.
    Raises:
        UsageError: the folder belongs to another grading, or holds something else.
        OutputError: it cannot be written.
    """
    make_folder(out, parents=True)
    path = out / "class.json"
    with _locked(out):
        remove_leftovers(out)
        for folder in out.iterdir():
            if folder.is_dir() and not folder.is_symlink():
                remove_leftovers(folder)
        before = _read(path) if path.exists() else None
        if before is None:
            _refuse_other_things(out)
        if seed is None:
            seed = before.seed if before is not None else secrets.randbelow(SEEDS)
        terms = Terms(homework, base, seed, course)
        if before is not None and not anew:
            _refuse_other_terms(out, before, terms)
        if before != terms:
            write_whole(path, json.dumps({"format_version": FORMAT_VERSION, **asdict(terms)}, indent=1) + "\n")
        yield Classroom(out, terms)


def _read(path: Path) -> Terms:
    try:
        data = json.loads(path.read_bytes())
        if data.pop("format_version") != FORMAT_VERSION:
            raise ValueError
        terms = Terms(**data)
        if not isinstance(terms.seed, int) or not all(isinstance(v, str) for v in (terms.homework, terms.base, terms.course)):
            raise ValueError
    except (OSError, ValueError, TypeError, KeyError, AttributeError, RecursionError):
        raise UsageError(f"{path} cannot be read as this grader writes it; choose another --out") from None
    return terms


def _refuse_other_things(out: Path) -> None:
    """A folder that holds something else is somebody's: nothing is written between their files."""
    other = [path.name for path in sorted(out.iterdir()) if not path.name.startswith(".")]
    if other:
        raise UsageError(f"{out} holds other things ({other[0]!r}) and no class.json; choose an empty folder as --out")


def _refuse_other_terms(out: Path, before: Terms, now: Terms) -> None:
    other: list[tuple[str, Callable[[Terms], object]]] = [
        ("homework {} and not {}", lambda terms: terms.homework),
        ("base {} and not {}", lambda terms: terms.base),
        ("seed {} and not {}", lambda terms: terms.seed),
    ]
    for words, value in other:
        if value(before) != value(now):
            raise UsageError(f"{out} holds a class graded with {words.format(value(before), value(now))}; choose another --out")
    if before.course != now.course:
        raise UsageError(
            f"{out} holds a class graded by another state of the course (its tests, its given files or the grader have changed "
            f"since); choose another --out, or grade all of it anew with --anew"
        )


@contextmanager
def _locked(out: Path) -> Iterator[None]:
    """Hold the folder. The lock is the process's own: forked children do not hold it on, and it goes when we go."""
    try:
        import fcntl
    except ImportError:  # Windows: two graders on one folder are then nobody's business but the instructor's
        yield
        return
    path = out / ".lock"
    try:
        file: IO[str] = path.open("w")
    except OSError:
        yield  # a folder that cannot be written says so with the first file that matters
        return
    with file:
        try:
            fcntl.lockf(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            raise UsageError(f"{out} is being graded into by another process; wait for it, or choose another --out") from None
        except OSError:
            pass  # a file system without locks
        yield
