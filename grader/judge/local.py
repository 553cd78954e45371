"""Test a checkout in this process: what `make test hw=1` does on a student's machine."""

from __future__ import annotations

import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import UTC, datetime
from pathlib import Path

from grader.course.course import Course
from grader.course.manifest import Homework
from grader.course.overlay import lay, reference_library, unwritten_stages
from grader.judge.in_process import InProcess
from grader.judge.limits import DEFAULT
from grader.judge.oracle import hold_to_one_thread
from grader.judge.result import Result, TestResult
from grader.judge.run import run_suite
from grader.judge.suite import Suite


def run_here(
    course: Course,
    homework: Homework,
    suite: Suite,
    root: Path,
    *,
    seed: int,
    on_result: Callable[[TestResult], None] = lambda result: None,
) -> Result:
    """Run tests on the library below `root`, in this process.

    Args:
        course, homework, suite: what is run.
        root: the checkout itself, or a tree that was laid; one process sees one root.
        seed: of the tests' random numbers.
        on_result: told of each test's result as it comes.
    """
    hold_to_one_thread()
    if str(root) not in sys.path[:1]:
        sys.path.insert(0, str(root))
    start = time.perf_counter()
    library = {
        homework.name: {
            f: (root / homework.name / f).read_bytes() for f in homework.files if (root / homework.name / f).is_file()
        }
    }
    stages = run_suite(suite, InProcess(homework.name, root, DEFAULT), seed, on_result, unwritten_stages(homework, library))
    return Result(
        homework=homework.name,
        student="",
        stages=stages,
        seed=seed,
        confinement="in process",
        seconds=time.perf_counter() - start,
        graded_at=datetime.now(UTC).isoformat(timespec="seconds"),
    )


@contextmanager
def reference_root(course: Course, homework: Homework) -> Iterator[Path]:
    """A tree with the reference in it, for whoever works on the course."""
    with tempfile.TemporaryDirectory(prefix="needle-reference-") as folder:
        yield lay(course, homework, reference_library(course, homework), Path(folder).resolve())
