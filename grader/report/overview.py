"""Several homeworks at a glance: a line each, the points together, and what to do next."""

from __future__ import annotations

from collections.abc import Sequence

from rich.console import Console

from grader.judge.result import Outcome, Result
from grader.report.advice import next_step, short_name
from grader.report.audience import for_students
from grader.report.paper import Paper
from grader.report.score import counted, points


def print_overview(console: Console, results: Sequence[Result]) -> None:
    """Print how far a course is: `63.5 of 200 points · next: hw1 · relu, …`."""
    paper = Paper(console)
    for result in results:
        passed = sum(stage.outcome is Outcome.PASSED for stage in result.stages)
        done = f"{passed} of {counted(len(result.stages), 'stage')} passed"
        paper.line(f"{short_name(result.homework):<4} {points(result.score):>6} of {result.points} points   {done}")
    unfinished = next((result for result in results if result.outcomes != {Outcome.PASSED}), results[-1])
    reached, most = sum(result.score for result in results), sum(result.points for result in results)
    paper.line(f"{points(reached)} of {most} points · next: {next_step(for_students(unfinished))}", "bold")
