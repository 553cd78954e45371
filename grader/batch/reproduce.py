"""Replay one test of a report exactly: the same submission, seed, base and course, or sentences that say what changed."""

from __future__ import annotations

from pathlib import Path

from grader.batch.fingerprint import course_fingerprint
from grader.batch.submission import Submission
from grader.course.course import Course
from grader.errors import UnknownName, UsageError
from grader.judge.grade import grade_submission
from grader.judge.result import Result
from grader.judge.suite import Suite, load_suite
from grader.report.as_json import Origin, read_report
from grader.sandbox.confinement import Confinement


def reproduce(course: Course, report: Path, test: str, source: Path, confinement: Confinement) -> tuple[Result, list[str]]:
    """Run one test of a graded submission again.

    Args:
        course: which graded it.
        report: the submission's `report.json`.
        test: name of one of its tests.
        source: the submission itself, a folder or a zip.
        confinement: how the worker is confined.
    Returns:
        The result of that test alone, and sentences on what is not as it was when the report was written.
    Raises:
        UsageError: there is no such report, test or submission.
    """
    read = read_report(report)
    before = read.result
    homework = course.homework(before.homework)
    suite = load_suite(course, homework, hidden=course.solutions is not None)
    chosen = tuple(one for one in suite.tests if test in (one.name, one.id))
    if not chosen:
        raise UnknownName(f"test of {homework.short} called", test, [one.name for one in suite.tests])
    if not source.exists():
        raise UsageError(f"{source} does not exist; say where the submission of {before.student} is")
    bundle = Submission(before.student, source).read(course, homework, before.base)
    result = grade_submission(
        course,
        homework,
        Suite(homework, chosen, suite.probes),
        bundle.library,
        student=before.student,
        seed=before.seed,
        base=before.base,
        confinement=confinement,
        notes=bundle.notes,
    )
    now = Origin(bundle.fingerprint, course_fingerprint(course, homework, before.base))
    return result, _changes(read.origin, now, before.confinement, confinement.name)


def _changes(before: Origin | None, now: Origin, confined: str, confinement: str) -> list[str]:
    changes = []
    if before is not None and before.submission != now.submission:
        changes.append("this is not the submission that was graded: its files are others")
    if before is not None and before.course != now.course:
        changes.append("the course has changed since: its tests, probes or given files are others")
    if confined != confinement:
        changes.append(f"it was confined by {confined}, and is by {confinement} now")
    return changes
