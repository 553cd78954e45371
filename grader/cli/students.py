"""The commands of every day: test, hint, run-needle."""

from __future__ import annotations

import os
from collections import Counter
from collections.abc import Callable, Mapping, Sequence
from contextlib import ExitStack
from typing import TYPE_CHECKING

import click

from grader.cli.arguments import FAILED, PASSED, StageName, here, homework_argument, on_option, optional_homework, seed_option
from grader.course.course import Course
from grader.errors import UsageError
from grader.report.paper import console_on

if TYPE_CHECKING:
    from grader.course.manifest import Homework, Stage
    from grader.judge.result import Result, TestResult
    from grader.judge.suite import Suite


@click.command(short_help="Run a homework's tests on your code.")
@optional_homework
@click.option("--stage", type=StageName(), help="Only the tests of this stage (name or number).")
@click.option("-k", "words", metavar="WORDS", help="Only the tests whose name, stage or sentence holds all these words.")
@on_option
@seed_option
@click.option("--hidden", is_flag=True, help="The hidden tests too (where the solutions are).")
def test(homework: str | None, stage: str | None, words: str | None, on: str, seed: int | None, hidden: bool) -> int:
    """Run a homework's tests on your code, in this process; of every homework if none is named."""
    course = here()
    if stage and not homework:
        raise UsageError("a stage belongs to a homework; name it too: make test hw=1 stage=matmul")
    homeworks = [course.homework(homework)] if homework else list(course.homeworks)
    stages = [one.stage(stage) for one in homeworks] if stage else []
    return _test(course, homeworks, stages, words or "", on == "reference", seed, hidden)


def _test(
    course: Course,
    homeworks: Sequence[Homework],
    stages: Sequence[Stage],
    words: str,
    reference: bool,
    seed: int | None,
    hidden: bool,
) -> int:
    from grader.judge.local import reference_root, run_here
    from grader.judge.oracle import loading
    from grader.judge.suite import load_suite

    suites = {}
    with loading():
        for homework in homeworks:
            suite = load_suite(course, homework, hidden=hidden)
            suite = suite.of(*(stage.name for stage in stages)) if stages else suite
            suites[homework.name] = suite.matching(words)
    if not any(suite.tests for suite in suites.values()):
        raise UsageError(f"no test matches {words!r}; it is looked for in names, stages and sentences of tests")
    with ExitStack() as stack:
        root = stack.enter_context(reference_root(course, homeworks[-1])) if reference else course.root

        def run(homework: Homework, seed: int, told: Callable[[TestResult], None]) -> Result:
            return run_here(course, homework, suites[homework.name], root, seed=seed, on_result=told)

        chosen = [homework for homework in homeworks if suites[homework.name].tests]
        return show(course, chosen, suites, seed, run, everything=bool(stages or words))


def show(
    course: Course,
    homeworks: Sequence[Homework],
    suites: Mapping[str, Suite],
    seed: int | None,
    run: Callable[[Homework, int, Callable[[TestResult], None]], Result],
    *,
    everything: bool = False,
) -> int:
    """Run homeworks one after the other, showing each as it goes; the exit status says whether all passed."""
    from grader.judge.suite import PUBLIC_SEED
    from grader.report.console import print_result
    from grader.report.overview import print_overview
    from grader.report.stage_lines import StageLines

    console = console_on()
    seed = PUBLIC_SEED if seed is None else seed
    results = []
    for homework in homeworks:
        console.print(f"{homework.short} · {homework.title} (seed {seed})", style="bold")
        tests = Counter(test.stage.name for test in suites[homework.name].tests)
        with StageLines(console, homework, tests) as told:
            result = run(homework, seed, told)
        print_result(console, result, stages=False, everything=everything)
        results.append(result)
        console.print()
    if len(results) > 1:
        print_overview(console, results)
    return PASSED if all(outcome == "passed" for result in results for outcome in result.outcomes) else FAILED


@click.command(short_help="Say one of the three hints of a stage.")
@homework_argument
@click.argument("stage", type=StageName())
@click.option(
    "-n", "number", type=click.IntRange(1, 3), default=1, show_default=True, help="1 a question, 2 the idea, 3 the outline."
)
def hint(homework: str, stage: str, number: int) -> int:
    """Say one of the three hints of a stage."""
    found = here().homework(homework)
    about = found.stage(stage)
    kind = ("a question", "the idea", "the outline")[number - 1]
    console = console_on()
    console.print(f"{found.short} · {about.name} · hint {number} of 3: {kind}", style="bold")
    console.print(about.hints[number - 1])
    if number < 3:
        console.print(
            f"the next one: make hint hw={found.number} stage={about.name} n={number + 1}",
            style="dim",
        )
    return PASSED


@click.command(
    "run-needle",
    short_help="Run a command in which `import needle` means this library.",
    context_settings={"ignore_unknown_options": True},
)
@homework_argument
@click.argument("command", nargs=-1, required=True, type=click.UNPROCESSED)
@on_option
def run_needle(homework: str, command: tuple[str, ...], on: str) -> int:
    """Run COMMAND so that `import needle` means the library as built up to a homework.

    \b
    python -m grader run-needle hw=1 -- pytest elsewhere/tests
    python -m grader run-needle hw=1 on=reference -- python train.py
    """
    from grader.course import run_needle as runner

    if command[0].startswith("on="):
        on, command = command[0].removeprefix("on="), command[1:]
    if on not in ("student", "reference") or not command:
        raise UsageError("write: run-needle hw=1 [on=reference] -- COMMAND")
    course = here()
    return runner.run_needle(course, course.homework(homework), command, os.environ, reference=on == "reference")
