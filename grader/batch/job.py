"""One submission to grade, and what every submission of a class is graded with."""

from __future__ import annotations

from contextlib import suppress
from dataclasses import dataclass
from datetime import UTC, datetime

from grader.batch.pool import Turn
from grader.batch.submission import Bundle, Submission
from grader.course.course import Course
from grader.course.manifest import Homework
from grader.errors import WorkerError
from grader.judge.grade import grade_submission
from grader.judge.limits import Limits
from grader.judge.oracle import warm
from grader.judge.recipe import Recipes, write_recipes
from grader.judge.remote import Remote
from grader.judge.result import Kind, Outcome, Result, StageResult, TestResult
from grader.judge.suite import Suite, load_suite
from grader.report.as_json import Report, as_json
from grader.report.plain import plain_line
from grader.sandbox.confinement import Confinement


@dataclass(frozen=True, slots=True)
class Job:
    """One submission, read."""

    submission: Submission
    bundle: Bundle


class Grader:
    """Grades a job. Holds what all jobs share; where it has to be sent to another process, that loads the suite anew."""

    def __init__(
        self, course: Course, homework: Homework, *, seed: int, base: str, confinement: Confinement, limits: Limits
    ) -> None:
        self.course = course
        self.homework = homework
        self.seed = seed
        self.base = base
        self.confinement = confinement
        self.limits = limits
        self._suite: Suite | None = None
        self._recipes: Recipes | None = None

    @property
    def suite(self) -> Suite:
        """The public tests, and the hidden ones where they are."""
        if self._suite is None:
            warm()
            self._suite = load_suite(self.course, self.homework, hidden=self.course.solutions is not None)
        return self._suite

    @property
    def recipes(self) -> Recipes:
        """What the tests ask of every student and expect of them, computed once for the class."""
        if self._recipes is None:
            self._recipes = write_recipes(self.suite, self.seed)
        return self._recipes

    def __call__(self, job: Job, turn: Turn) -> bytes:
        def prepare(remote: Remote) -> None:
            with suppress(WorkerError):  # said at the first call, when it is tried again
                remote.prepare()
            turn()

        result = grade_submission(
            self.course,
            self.homework,
            self.suite,
            job.bundle.library,
            student=job.submission.student,
            seed=self.seed,
            base=self.base,
            confinement=self.confinement,
            limits=self.limits,
            notes=job.bundle.notes,
            recipes=self.recipes,
            on_start=prepare,
        )
        return as_json(Report(result)).encode("ascii")

    def __getstate__(self) -> dict[str, object]:
        return {**self.__dict__, "_suite": None, "_recipes": None}

    def not_judged(self, job: Job, reason: str) -> Result:
        """The result of a job that could not be done: every test ends in our error, and there is no score."""
        said = plain_line(f"it could not be graded, through an error of ours: {reason}", 600)

        def stage_tests(name: str) -> tuple[TestResult, ...]:
            tests = (test for test in self.suite.tests if test.stage.name == name)
            return tuple(TestResult(name, t.name, t.sentence, t.hidden, Outcome.ERROR, Kind.OURS, said) for t in tests)

        return Result(
            homework=self.homework.name,
            student=job.submission.student,
            stages=tuple(StageResult(s.name, s.number, s.title, s.points, stage_tests(s.name)) for s in self.homework.stages),
            seed=self.seed,
            confinement=self.confinement.name,
            base=self.base,
            notes=(*job.bundle.notes, said),
            graded_at=datetime.now(UTC).isoformat(timespec="seconds"),
        )
