"""Grade one library: lay it, start a worker on it, run the tests over the border, and say how it went."""

from __future__ import annotations

import tempfile
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import UTC, datetime
from pathlib import Path
from types import MappingProxyType

from grader.course.course import Course
from grader.course.manifest import Homework
from grader.course.overlay import Library, lay, reference_library, unwritten_stages
from grader.judge.limits import DEFAULT, Limits
from grader.judge.recipe import Recipes
from grader.judge.remote import Remote
from grader.judge.result import Result, TestResult
from grader.judge.run import run_suite
from grader.judge.suite import Suite
from grader.judge.worker_process import lay_site, lock_packages, numpy_packages
from grader.sandbox.confinement import Confinement, Room

BASES = ("own", "reference")


def grade_submission(
    course: Course,
    homework: Homework,
    suite: Suite,
    library: Library,
    *,
    student: str,
    seed: int,
    confinement: Confinement,
    base: str = "own",
    limits: Limits = DEFAULT,
    notes: tuple[str, ...] = (),
    recipes: Recipes = MappingProxyType({}),
    on_result: Callable[[TestResult], None] = lambda result: None,
    on_start: Callable[[Remote], None] = lambda remote: None,
) -> Result:
    """Run a suite on a submission's library and score it.

    Args:
        course, homework: what is graded.
        suite: its tests, or some of them.
        library: the student's declared files, of this homework and of those that it needs.
        student: whose it is.
        seed: of the tests' random numbers.
        confinement: how the worker is confined.
        base: whether earlier homeworks are the student's `own` or the `reference`'s.
        limits: time and output that student code gets.
        notes: what is to be said of the submission as a whole.
        recipes: of the suite's tests for this seed, written once for a class.
        on_result: told of each test's result as it comes.
        on_start: told of the transport before it is used.
    """
    start = time.perf_counter()
    compiled: frozenset[str] = frozenset()
    if base == "reference":  # beside a stranger's code the reference lies compiled: nobody reads a solution there
        compiled = frozenset(one.name for one in course.chain(homework)) - {homework.name}
        library = {**reference_library(course, homework), homework.name: library.get(homework.name, {})}
    with room_for(course, homework, library, compiled) as room:
        transport = Remote(homework.name, room, confinement, limits)
        try:
            on_start(transport)
            stages = run_suite(suite, transport, seed, on_result, unwritten_stages(homework, library), recipes)
        finally:
            transport.close()
    return Result(
        homework=homework.name,
        student=student,
        stages=stages,
        seed=seed,
        confinement=confinement.name,
        base=base,
        notes=notes,
        seconds=time.perf_counter() - start,
        graded_at=datetime.now(UTC).isoformat(timespec="seconds"),
    )


@contextmanager
def room_for(course: Course, homework: Homework, library: Library, compiled: frozenset[str] = frozenset()) -> Iterator[Room]:
    """The folders that a worker has, for as long as it runs; the declared files of `compiled` homeworks lie in it compiled."""
    with tempfile.TemporaryDirectory(prefix="needle-", ignore_cleanup_errors=True) as folder:
        top = Path(folder)
        scratch = top / "scratch"
        scratch.mkdir()
        site = lay_site(top / "site", [*numpy_packages(), *lock_packages()])
        yield Room(site=site, tree=lay(course, homework, library, top / "tree", compiled=compiled), scratch=scratch)
