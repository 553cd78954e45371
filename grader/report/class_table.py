"""The table of a class: a row a student, with how far they came and the first thing to do."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from rich import box
from rich.console import Console
from rich.table import Table
from rich.text import Text

from grader.judge.result import Outcome, Result
from grader.report.advice import next_step
from grader.report.plain import plain_line
from grader.report.score import outcome_words, points, score_of

STYLES = {"passed": "green", "unfinished": "yellow", "not started": "dim"}
LONGEST_SENTENCE = 120


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
            sentence=next_step(result),
        )


def print_class(console: Console, rows: Iterable[Row]) -> None:
    """Print the table, in the order of the rows."""
    table = Table(box=box.SIMPLE_HEAD, pad_edge=False)
    table.add_column("student", overflow="fold", no_wrap=False, min_width=8)
    table.add_column("score", justify="right", no_wrap=True)
    table.add_column("stages", justify="right", no_wrap=True)
    table.add_column("outcome", min_width=11)
    table.add_column("what to do", ratio=1, overflow="fold")
    for row in rows:
        score = "none" if row.score is None else f"{points(row.score)} of {row.points}"
        table.add_row(
            Text(_fit(console, plain_line(row.student, 60))),
            Text(score),
            Text(f"{row.passed} of {row.stages}"),
            Text(row.outcome, STYLES.get(row.outcome, "red")),
            Text(_fit(console, plain_line(row.sentence, LONGEST_SENTENCE))),
        )
    console.print(table)


def _fit(console: Console, text: str) -> str:
    """The text in the console's encoding."""
    return text.encode(console.encoding, "replace").decode(console.encoding)
