"""The table of a class: a row a student, with how far they came and the first thing to do."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from rich.cells import set_cell_size
from rich.console import Console

from grader.judge.result import Outcome, Result
from grader.report.advice import next_step
from grader.report.audience import for_students
from grader.report.paper import Paper
from grader.report.plain import plain_line
from grader.report.score import outcome_words, points, score_of

STYLES = {"passed": "green", "unfinished": "yellow", "not started": "dim"}
LONGEST_NAME = 32
WIDE = 130
"""From this width on a row is one line; on a narrower console its sentence stands below it."""


@dataclass(frozen=True, slots=True)
class Row:
    """What the table says of one student."""

    student: str
    score: float | None
    points: int
    passed: int
    stages: int
    outcome: str
    sentence: str

    @classmethod
    def of(cls, result: Result) -> Row:
        """The row of a result. Its sentence says nothing of hidden tests: tables are shown around."""
        return cls(
            student=result.student,
            score=score_of(result),
            points=result.points,
            passed=sum(stage.outcome is Outcome.PASSED for stage in result.stages),
            stages=len(result.stages),
            outcome=outcome_words(result),
            sentence=next_step(for_students(result)),
        )

    @property
    def cells(self) -> tuple[str, str, str, str]:
        score = "none" if self.score is None else f"{points(self.score)} of {self.points}"
        return plain_line(self.student, LONGEST_NAME), score, f"{self.passed} of {self.stages}", self.outcome


def print_class(console: Console, rows: Sequence[Row]) -> None:
    """Print the table, in the order of the rows."""
    paper = Paper(console, widest=2 * WIDE)
    header = ("student", "score", "stages", "outcome")
    widths = [max(map(len, column)) for column in zip(header, *(row.cells for row in rows))]
    one_line = paper.width >= WIDE
    paper.line()
    paper.line(_line(header, widths) + ("  what to do" if one_line else ""), "bold")
    for row in rows:
        line, style = _line(row.cells, widths), STYLES.get(row.outcome, "red")
        if one_line:
            paper.line(f"{line}  {plain_line(row.sentence, paper.width - len(line) - 4)}", style)
        else:
            paper.line(line, style)
            paper.line(plain_line(row.sentence, 2 * paper.width - 12), "dim", indent=4)
    paper.line()


def _line(cells: Sequence[str], widths: Sequence[int]) -> str:
    student, score, stages, outcome = (set_cell_size(cell, width) for cell, width in zip(cells, widths))
    return f"{student}  {score.strip():>{widths[1]}}  {stages.strip():>{widths[2]}}  {outcome}"
