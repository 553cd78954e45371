"""gradebook.csv: what an instructor imports elsewhere. A row a student, in the order of their names; no seed, no hidden message.

A cell that a spreadsheet would run as a formula is led by an apostrophe; all other text stays as it is, in quotes where needed.
"""

from __future__ import annotations

import csv
import io
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from grader.course.manifest import Homework
from grader.judge.result import Result
from grader.report.score import outcome_words, points, score_of

FORMULA_STARTS = tuple("=+-@\t\r\n＝＋－＠")  # the wide forms too, which some spreadsheets take
NOT_GRADED = "not graded yet"


@dataclass(frozen=True, slots=True)
class Entry:
    """One student's row: cells are empty where there is nothing to say."""

    student: str
    score: str = ""
    points: str = ""
    stages: tuple[str, ...] = ()
    outcome: str = NOT_GRADED
    notes: str = ""

    @classmethod
    def of(cls, result: Result, homework: Homework) -> Entry:
        """The row of a result. Where nothing could be judged there is no score: an empty cell, not a zero."""
        score = score_of(result)
        earned = {stage.name: points(stage.earned) for stage in result.stages}
        return cls(
            student=result.student,
            score="" if score is None else points(score),
            points=str(homework.points),
            stages=tuple("" if score is None else earned.get(stage.name, "") for stage in homework.stages),
            outcome=outcome_words(result),
            notes="; ".join(result.notes),
        )


def gradebook(homework: Homework, entries: Iterable[Entry]) -> str:
    """The gradebook as CSV text."""
    names = [stage.name for stage in homework.stages]
    stream = io.StringIO()
    writer = csv.writer(stream, lineterminator="\r\n")
    writer.writerow(["student", "score", "points", *names, "outcome", "notes"])
    for entry in sorted(entries, key=lambda entry: entry.student):
        stages = entry.stages or ("",) * len(names)
        writer.writerow(_safe([entry.student, entry.score, entry.points, *stages, entry.outcome, entry.notes]))
    return stream.getvalue()


def _safe(cells: Sequence[str]) -> list[str]:
    return [_without_surrogates(f"'{cell}" if cell.startswith(FORMULA_STARTS) else cell) for cell in cells]


def _without_surrogates(cell: str) -> str:
    """What UTF-8 cannot write, escaped; zero bytes too, which no reader of CSV takes."""
    return cell.encode("utf-8", "backslashreplace").decode("utf-8").replace("\0", "\\x00")
