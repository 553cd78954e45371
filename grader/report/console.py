"""One result on the console: the stages with words beside the symbols, the first failures in full, and what to do next.

It is made for a student who fixes one thing at a time: failures that say the same are shown once, a stage shows its first
two, and only the first stages that fail are shown; how to see the others is said.
"""

from __future__ import annotations

from collections.abc import Iterable

from rich.console import Console

from grader.judge.result import Outcome, Result, StageResult, TestResult
from grader.report.advice import first_wait, hint_command, next_step, passed_of, short_name, test_command
from grader.report.as_json import Audience
from grader.report.audience import for_students
from grader.report.paper import STYLES, Paper
from grader.report.plain import plain_line, plain_lines
from grader.report.score import counted, points, score_of

FAILURES_A_STAGE = 2
STAGES_WITH_FAILURES = 3


def print_result(
    console: Console, result: Result, *, stages: bool = True, everything: bool = False, audience: Audience = "students"
) -> None:
    """Print a result.

    Args:
        console: where to; from `paper.console_on`.
        result: what to print.
        stages: whether to print a line for each stage first; not where `StageLines` has printed them already.
        everything: whether to print every failure, for somebody who asked for one stage.
        audience: students read nothing of hidden tests but stage and kind.
    """
    if audience == "students":
        result = for_students(result)
    paper = Paper(console)
    for note in result.notes:
        paper.line(f"! {plain_line(note)}", "yellow")
    if stages:
        for stage in result.stages:
            print_stage(paper, stage)
    _print_failures(paper, result, everything)
    paper.line()
    paper.line(last_line(result), "bold")


def print_stage(paper: Paper, stage: StageResult) -> None:
    """One line: how the stage stands."""
    outcome = stage.outcome
    earned = f"{points(stage.earned)} of {stage.points}"
    line = f"{paper.symbol(outcome)} {outcome.value:<11} {stage.number:>3}  {stage.name:<21} {earned:<11} {_remark(stage)}"
    paper.line(line, STYLES[outcome])


def last_line(result: Result) -> str:
    """`63.5 of 100 points · next: …`."""
    score = score_of(result)
    reached = f"no score of {result.points}" if score is None else f"{points(score)} of {result.points} points"
    return f"{reached} · next: {next_step(result)}"


def _remark(stage: StageResult) -> str:
    if stage.outcome is Outcome.BLOCKED:
        return f"waits for {first_wait(stage)}"
    if stage.outcome is Outcome.ERROR:
        return f"our error, costs no points ({passed_of(stage)} passed)"
    return passed_of(stage) if stage.outcome is Outcome.FAILED else ""


def _print_failures(paper: Paper, result: Result, everything: bool) -> None:
    seen: dict[str, str] = {}
    shown: list[StageResult] = []
    same: list[StageResult] = []
    left: list[StageResult] = []
    for stage in result.stages:
        if stage.outcome not in (Outcome.FAILED, Outcome.ERROR):
            continue
        groups = list(_groups(stage))
        fresh = [tests for tests in groups if tests[0].message not in seen]
        if not fresh:
            same.append(stage)
        elif len(shown) == STAGES_WITH_FAILURES and not everything:
            left.append(stage)
        else:
            shown.append(stage)
            _print_stage_failures(paper, stage, result.homework, fresh, len(fresh) if everything else FAILURES_A_STAGE)
            seen.update((tests[0].message, stage.name) for tests in fresh)
    if same:
        paper.line()
        paper.line(f"{counted(len(same), 'more stage')} fail in the same way: {_names(same)}")
    if left:
        paper.line()
        command = test_command(result.homework, left[0].name)
        paper.line(f"{counted(len(left), 'more stage')} with failures: {_names(left)}; see {command}")


def _print_stage_failures(paper: Paper, stage: StageResult, homework: str, groups: list[list[TestResult]], most: int) -> None:
    where = f"{short_name(homework)} · {stage.name}"
    for tests in groups[:most]:
        test = tests[0]
        paper.line()
        paper.line_with_margin(f"{paper.symbol(test.outcome)} {plain_line(test.sentence)}", where, STYLES[test.outcome])
        for line in plain_lines(test.message or test.outcome.value):
            paper.line(line, indent=2)
        if len(tests) > 1:
            paper.line(f"{counted(len(tests) - 1, 'more test')} of this stage: the same", "dim", indent=2)
    more = sum(len(tests) for tests in groups[most:])
    if more:
        paper.line(f"{counted(more, 'more failure')} of this stage: {test_command(homework, stage.name)}", "dim", indent=2)
    paper.line(f"hint: {hint_command(homework, stage.name)}", "cyan", indent=2)


def _groups(stage: StageResult) -> Iterable[list[TestResult]]:
    """The tests that did not pass, those with one message together; failures first, public ones before hidden ones."""
    groups: dict[tuple[Outcome, str], list[TestResult]] = {}
    order = [Outcome.FAILED, Outcome.ERROR, Outcome.BLOCKED, Outcome.NOT_STARTED]
    open_tests = [test for test in stage.tests if test.outcome is not Outcome.PASSED]
    for test in sorted(open_tests, key=lambda test: (order.index(test.outcome), test.hidden)):
        groups.setdefault((test.outcome, test.message), []).append(test)
    return groups.values()


def _names(stages: list[StageResult]) -> str:
    names = [stage.name for stage in stages]
    return ", ".join(names[:6]) + (", …" if len(names) > 6 else "")
