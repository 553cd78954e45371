"""`make check`: everything that the course claims of itself, a line each, and what to do where it does not hold."""

from __future__ import annotations

import os
import tempfile
from collections.abc import Callable, Iterable, Iterator, Sequence
from pathlib import Path

from grader.course.course import Course
from grader.course.manifest import Homework
from grader.course.reference import Reference
from grader.course.release import leaks, write_release
from grader.course.variants import read_variants
from grader.errors import CourseError
from grader.judge.suite import load_suite
from grader.proof import tree
from grader.proof.behaviour import Proof, prove
from grader.proof.experiment import Experiment, Laboratory, names

SEEDS = (1, 2)


Told = Callable[[int, int], None]


def check(
    course: Course, homeworks: Sequence[Homework], *, jobs: int | None = None, told: Told = lambda done, all: None
) -> Iterator[tuple[str, Proof]]:
    """Prove some homeworks and the release: (what of, what was to be proved), as it is done.

    Args:
        course, homeworks: what is proved.
        jobs: how many experiments at a time; None for as many as there are processors.
        told: called with how many experiments of a homework are done, and how many there are.

    Raises:
        UsageError: this is the students' release.
    """
    for homework in homeworks:
        for proof in _homework(course, homework, jobs or os.cpu_count() or 1, told):
            yield homework.short, proof
    for proof in _release(course):
        yield "release", proof


def _homework(course: Course, homework: Homework, jobs: int, told: Told) -> Iterator[Proof]:
    try:
        reference = Reference.of(course, homework)
        variants = read_variants(course, reference)
        suite = load_suite(course, homework, hidden=True)
    except CourseError as error:
        yield Proof("manifest, regions, variants and tests can be read", error.mistakes)
        return
    yield Proof("manifest, regions, variants and tests can be read", ())
    yield _proof("the skeleton and the handout's table are fresh", tree.stale(course, homework))
    yield _proof("there is no stray file", tree.strays(course, homework))
    yield _proof("test names are unique", tree.test_names(suite))
    yield _proof("what students write has its contract", tree.docstrings(reference))
    yield from prove(Laboratory(course, {homework.name: suite}, jobs, told), reference, variants, SEEDS)


def _release(course: Course) -> Iterator[Proof]:
    with tempfile.TemporaryDirectory(prefix="needle-release-") as folder:
        there = Path(folder) / "course"
        write_release(course, there)
        yield from prove_release(course, there)


def prove_release(course: Course, folder: Path) -> Iterator[Proof]:
    """What a release promises: nothing of the private half in it, and nothing done in it."""
    yield _proof("the release holds nothing private", leaks(course, folder))
    try:
        released = Course.at(folder)
        suites = {homework.name: load_suite(released, homework, hidden=False) for homework in released.homeworks}
    except CourseError as error:
        yield Proof("the release is a course", error.mistakes)
        return
    experiments = [Experiment("skeleton", one.name, "worker", SEEDS[0], names(one), None) for one in released.homeworks]
    started = [
        f"{finding.experiment.homework}: {stage.name} is {stage.outcome}, and nobody has begun"
        for finding in Laboratory(released, suites, jobs=1).run(experiments)
        for stage in finding.stages
        if stage.outcome != "not started"
    ]
    yield _proof("every stage of the release is not started", started)


def _proof(claim: str, mistakes: Iterable[str]) -> Proof:
    return Proof(claim, tuple(mistakes))
