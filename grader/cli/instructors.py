"""The commands of whoever grades: grade, reproduce, demo."""

from __future__ import annotations

import os
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import TYPE_CHECKING

import click
from rich.console import Console

from grader.cli.arguments import FAILED, PASSED, here, homework_argument, optional_homework, seed_option
from grader.cli.students import show
from grader.course.course import Course
from grader.errors import UsageError
from grader.report.paper import console_on

if TYPE_CHECKING:
    from grader.course.manifest import Homework
    from grader.judge.result import Result, TestResult
    from grader.sandbox.confinement import Confinement


@click.command(short_help="Grade a class, or this checkout.")
@optional_homework
@click.argument("submissions", type=click.Path(path_type=Path), required=False)
@click.option("--out", type=click.Path(path_type=Path), help="Where results go; started again, it goes on where it stopped.")
@click.option("--jobs", type=click.IntRange(min=1), help="Submissions graded side by side (default: the number of cores).")
@click.option(
    "--base",
    type=click.Choice(["own", "reference"]),
    default="own",
    show_default=True,
    help="Whose earlier homeworks it runs on.",
)
@seed_option
@click.option("--anew", is_flag=True, help="Grade everything again, though OUT holds results of another state of the course.")
@click.option("--unsafe-no-sandbox", is_flag=True, help="Run the submissions with all your rights; every result says so.")
@click.option("--own-code", is_flag=True, help="The submissions are your own: where there is no sandbox, go on without one.")
def grade(
    homework: str | None,
    submissions: Path | None,
    out: Path | None,
    jobs: int | None,
    base: str,
    seed: int | None,
    anew: bool,
    unsafe_no_sandbox: bool,
    own_code: bool,
) -> int:
    """Grade a class: a folder with a folder, or a zip, for each student. Without one, grade this checkout.

    SUBMISSIONS/alice/hw1_autograd/needle/… as a fork's checkout holds it. Results: OUT/alice/report.json, OUT/gradebook.csv.
    """
    course = here()
    if submissions is None:
        return _grade_checkout(course, [course.homework(homework)] if homework else list(course.homeworks), seed)
    if homework is None:
        raise UsageError("name the homework that is graded: python -m grader grade hw1 SUBMISSIONS --out OUT")
    if out is None:
        raise UsageError("say where the results go: --out OUT")
    from grader.batch.grading import grade_class

    console = console_on()
    return grade_class(
        course,
        course.homework(homework),
        submissions,
        out,
        jobs=jobs or os.cpu_count() or 1,
        seed=seed,
        base=base,
        confinement=confinement_here(console, unsafe=unsafe_no_sandbox, own_code=own_code),
        console=console,
        anew=anew,
    )


def _grade_checkout(course: Course, homeworks: Sequence[Homework], seed: int | None) -> int:
    """Grade one's own checkout over the border: public tests, and nothing confined, since the code is one's own."""
    from grader.course.overlay import skeleton_library
    from grader.judge.grade import grade_submission
    from grader.judge.suite import load_suite
    from grader.sandbox.confinement import Unconfined

    suites = {homework.name: load_suite(course, homework, hidden=False) for homework in homeworks}

    def run(homework: Homework, seed: int, told: Callable[[TestResult], None]) -> Result:
        return grade_submission(
            course,
            homework,
            suites[homework.name],
            skeleton_library(course, homework),
            student="",
            seed=seed,
            confinement=Unconfined(),
            on_result=told,
        )

    return show(course, homeworks, suites, seed, run)


def confinement_here(console: Console, *, unsafe: bool, own_code: bool) -> Confinement:
    """The best sandbox that holds here; none only for whoever asked for that.

    Raises:
        UsageError: there is none, and the submissions are strangers' code.
    """
    from grader.judge.self_test import holes
    from grader.sandbox.confinement import Unconfined
    from grader.sandbox.ladder import choose

    if unsafe:
        return Unconfined()
    choice = choose(holes)
    for reason in choice.refused:
        console.print(f"! no sandbox of this kind: {reason}", style="yellow")
    if choice.confinement is not None:
        return choice.confinement
    if own_code:
        return Unconfined()
    raise UsageError(
        "no sandbox is to be had here, and strangers' code never runs without one. Grade on Linux with bubblewrap "
        "(make setup-sandbox); or, for code that you trust as your own, say --unsafe-no-sandbox"
    )


@click.command(short_help="Replay one test of a graded submission.")
@click.argument("report", type=click.Path(path_type=Path))
@click.argument("test")
@click.argument("submission", type=click.Path(path_type=Path))
@click.option("--unsafe-no-sandbox", is_flag=True, help="Run the submission with all your rights.")
def reproduce(report: Path, test: str, submission: Path, unsafe_no_sandbox: bool) -> int:
    """Replay TEST of a graded SUBMISSION (its folder or zip) exactly as its REPORT has it: same seed, same data.

    python -m grader reproduce OUT/alice/report.json test_matmul_forward SUBMISSIONS/alice
    """
    from grader.batch import reproduce as replay
    from grader.report.console import print_result

    console = console_on()
    confinement = confinement_here(console, unsafe=unsafe_no_sandbox, own_code=False)
    result, changes = replay.reproduce(here(), report, test, submission, confinement)
    for change in changes:
        console.print(f"! {change}", style="yellow")
    print_result(console, result, everything=True, audience="instructors")
    return PASSED if result.outcomes == {"passed"} else FAILED


@click.command(short_help="Write a small class of submissions.")
@homework_argument
@click.argument("folder", type=click.Path(path_type=Path))
def demo(homework: str, folder: Path) -> int:
    """Write a small class of submissions into FOLDER: right ones, half done ones, and many kinds of wrong."""
    from grader.batch.demo import build_demo_class

    course = here()
    students = build_demo_class(course, course.homework(homework), folder)
    click.echo(f"wrote {len(students)} submissions to {folder}")
    return PASSED
