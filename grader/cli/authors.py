"""The commands of whoever works on the course: skeletons, check, bench-grading, release."""

from __future__ import annotations

import os
import sys
from pathlib import Path

import click

from grader.cli.arguments import FAILED, PASSED, here, homework_argument, optional_homework
from grader.cli.instructors import confinement_here
from grader.errors import CourseError
from grader.report.paper import console_on


@click.command(short_help="Generate the skeletons from the solutions.")
@optional_homework
@click.option("--check", is_flag=True, help="Write nothing; fail where something is stale.")
def skeletons(homework: str | None, check: bool) -> int:
    """Generate the skeletons, and the stage tables of the handouts, from the solutions and the manifests."""
    from grader.course.skeletons import stale_files, write_skeletons

    course = here()
    homeworks = [course.homework(homework)] if homework else course.homeworks
    lines = [line for one in homeworks for line in (stale_files if check else write_skeletons)(course, one)]
    for line in lines or ["everything is fresh"]:
        click.echo(line)
    return FAILED if check and lines else PASSED


@click.command(short_help="Have the course prove itself.")
@optional_homework
@click.option("--jobs", type=click.IntRange(min=1), help="Experiments run side by side (default: the number of cores).")
def check(homework: str | None, jobs: int | None) -> int:
    """Have the course prove itself: solutions 100, skeletons 0, every planted bug caught, nothing private released."""
    from grader.proof.check import check as prove

    course = here()
    homeworks = [course.homework(homework)] if homework else list(course.homeworks)
    mistakes = 0

    def told(done: int, count: int) -> None:
        if sys.stderr.isatty():  # by hand: a bar that refreshes itself runs a thread, and experiments are forks
            click.echo("\r\x1b[K" + (f"  {done} of {count} experiments" if done < count else ""), nl=False, err=True)

    for subject, proof in prove(course, homeworks, jobs=jobs, told=told):
        click.echo(f"{'✗' if proof.mistakes else '✓'} {subject:8s} {proof.claim}")
        for mistake in proof.mistakes:
            click.echo("      " + mistake.replace("\n", "\n        "))
        mistakes += len(proof.mistakes)
    click.echo(f"{mistakes} mistakes" if mistakes else "the course holds what it promises")
    return FAILED if mistakes else PASSED


@click.command("bench-grading", short_help="Measure what grading a submission costs.")
@homework_argument
@click.option("--rounds", type=click.IntRange(min=1), default=5, show_default=True, help="Turns that are taken.")
@click.option("--submissions", type=click.IntRange(min=4), default=24, show_default=True, help="Size of a class of copies.")
def bench_grading(homework: str, rounds: int, submissions: int) -> int:
    """Measure what grading a submission adds to the student's own computing, beside a fresh pytest process."""
    from grader.bench.grading import GradingBench, lines_of, lines_of_class

    course = here()
    confinement = confinement_here(console_on(), unsafe=False, own_code=True)
    bench = GradingBench(course, course.homework(homework), confinement)
    measured = bench.measure(rounds, lambda done: click.echo(f"round {done} of {rounds}", err=True))
    for line in lines_of(measured, confinement.name):
        click.echo(line)
    for line in lines_of_class(bench.throughput(submissions, os.cpu_count() or 1)):
        click.echo(line)
    return PASSED


@click.command(short_help="Write the students' release, proved clean.")
@click.argument("folder", type=click.Path(path_type=Path))
def release(folder: Path) -> int:
    """Write the students' release into FOLDER, and prove that nothing private is in it."""
    from grader.course.release import write_release
    from grader.proof.check import prove_release

    course = here()
    for warning in write_release(course, folder):
        click.echo(f"note: {warning}", err=True)
    mistakes = [mistake for proof in prove_release(course, folder) for mistake in proof.mistakes]
    if mistakes:
        raise CourseError(mistakes)
    click.echo(f"the release is in {folder}: nothing private in it, every stage not started")
    return PASSED
