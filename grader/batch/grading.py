"""Grade a class: everything that is handed in, some at a time, each result kept as it comes."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

from rich.console import Console

from grader.batch.classroom import Classroom, opened
from grader.batch.discovery import Discovery, discover
from grader.batch.fingerprint import course_fingerprint
from grader.batch.interruption import INTERRUPTED, Interruption
from grader.batch.job import Grader, Job
from grader.batch.pool import Died, Pool
from grader.batch.submission import Bundle, Submission
from grader.course.course import Course
from grader.course.manifest import Homework
from grader.errors import UsageError
from grader.judge.grade import BASES
from grader.judge.limits import DEFAULT, Limits
from grader.judge.result import Result
from grader.report.as_json import ReportError, from_json
from grader.report.class_progress import ClassProgress
from grader.report.class_table import Row, print_class
from grader.report.gradebook import Entry
from grader.report.paper import Paper
from grader.report.score import is_graded, points, score_of
from grader.sandbox.confinement import Confinement

EVERY_SUBMISSION_GRADED, OUR_ERROR = 0, 3
NO_SANDBOX = "! no sandbox: submissions run with all your rights. Only for code of your own; every result says so."
MARGIN = 60.0
"""Seconds that a grading may take beyond the student's own time before it counts as hanging."""


def grade_class(
    course: Course,
    homework: Homework,
    submissions: Path,
    out: Path,
    *,
    jobs: int,
    confinement: Confinement,
    console: Console,
    seed: int | None = None,
    base: str = "own",
    limits: Limits = DEFAULT,
    anew: bool = False,
) -> int:
    """Grade every submission in a folder; started again, go on where it stopped.

    Args:
        course, homework: what is graded.
        submissions: the folder that holds a folder or a zip for each student.
        out: the folder of results; made where there is none.
        jobs: how many at a time.
        confinement: how workers are confined.
        console: where to say how it goes.
        seed: of the tests' random numbers; None draws one for the class, once.
        base: whether earlier homeworks are the students' `own` or the `reference`'s.
        limits: time and output that student code gets.
        anew: grade everything again, though results of another state of the course are there.
    Returns:
        The exit status: 0 every submission is graded, 3 some are not through an error of ours, 130 interrupted.
    Raises:
        UsageError: the folders are not what they should be.
        OutputError: a result could not be written; what was written before is kept.
        CourseError: the course's tests have mistakes.
    """
    if jobs < 1:
        raise UsageError(f"--jobs is {jobs}; give a number of processes above 0")
    if base not in BASES:
        raise UsageError(f"base is {base!r}; give one of {', '.join(BASES)}")
    found = discover(submissions)
    if out.resolve().is_relative_to(submissions.resolve()):
        raise UsageError(f"{out} lies in the folder of submissions; choose another --out, or results would be graded too")
    with opened(out, homework.name, base, course_fingerprint(course, homework, base), seed=seed, anew=anew) as room:
        grader = Grader(course, homework, seed=room.terms.seed, base=base, confinement=confinement, limits=limits)
        return _Run(grader, room, found, console).run(jobs)


class _Run:
    """One run over a class."""

    def __init__(self, grader: Grader, room: Classroom, found: Discovery, console: Console) -> None:
        self._grader = grader
        self._room = room
        self._found = found
        self._console = console
        self._paper = Paper(console)
        self._kept = 0
        self._done: set[str] = set()
        """Students whose result holds: kept from before, or graded now."""

    def run(self, jobs: int) -> int:
        self._say_first()
        limits = self._grader.limits
        seconds = limits.seconds_in_all + limits.seconds_to_load + MARGIN
        self._grader.recipes  # noqa: B018 (written here, once, before any fork)
        pool: Pool[Job] = Pool(self._grader, jobs=jobs, seconds=seconds, ahead=1)
        with Interruption(pool.kill) as interruption, ClassProgress(self._console, len(self._found.submissions)) as progress:
            for job, answer in pool.run(self._jobs(progress), lambda: interruption.asked, progress.tick):
                result = self._result(job, answer)
                self._room.write(result, job.bundle.fingerprint)
                self._done.add(job.submission.student)
                progress.graded(job.submission.student, _score(result))
        if interruption.asked:
            for submission in self._found.submissions:
                if submission.student not in self._done:
                    self._is_kept(submission, submission.read(self._grader.course, self._grader.homework, self._grader.base))
        return self._finish(interrupted=interruption.asked)

    def _say_first(self) -> None:
        if not self._grader.confinement.safe:
            self._paper.line(NO_SANDBOX, "bold red")
        if self._found.ignored:
            names = ", ".join(self._found.ignored[:5]) + (", …" if len(self._found.ignored) > 5 else "")
            self._paper.line(f"ignored, neither a folder nor a zip: {names}", "yellow")

    def _jobs(self, progress: ClassProgress) -> Iterator[Job]:
        """The submissions that have no result that still holds, read one at a time."""
        for submission in self._found.submissions:
            bundle = submission.read(self._grader.course, self._grader.homework, self._grader.base)
            if self._is_kept(submission, bundle):
                progress.kept()
            else:
                yield Job(submission, bundle)

    def _is_kept(self, submission: Submission, bundle: Bundle) -> bool:
        if self._room.kept(submission.student, bundle.fingerprint, self._grader.confinement.name) is None:
            return False
        self._kept += 1
        self._done.add(submission.student)
        return True

    def _result(self, job: Job, answer: bytes | Died) -> Result:
        if isinstance(answer, Died):
            return self._grader.not_judged(job, answer.reason)
        try:
            return from_json(answer, "the grading process's answer").result
        except ReportError as error:
            return self._grader.not_judged(job, str(error))

    def _finish(self, *, interrupted: bool) -> int:
        homework = self._grader.homework
        students = {submission.student for submission in self._found.submissions}
        entries: list[Entry] = []
        rows: list[Row] = []
        errors = others = 0
        for result in self._room.results():
            if result.student in students - self._done:
                continue  # of a submission that has changed since
            entries.append(Entry.of(result, homework))
            if result.student in students:
                rows.append(Row.of(result))
                errors += not is_graded(result)
            else:
                others += 1
        done = {row.student for row in rows}
        entries += [Entry(student, points=str(homework.points)) for student in sorted(students - done)]
        path = self._room.write_gradebook(homework, entries)
        print_class(self._console, rows)
        kept = f", {self._kept} of them from before" if self._kept else ""
        self._paper.whole(f"{len(done)} of {len(students)} graded{kept}; gradebook: {path}", "bold")
        if others:
            self._paper.line(f"the gradebook also holds {others} whose submissions are no longer there")
        if errors:
            self._paper.line(f"{errors} could not be graded, an error of ours: the same command tries them again", "bold red")
        if interrupted:
            self._paper.whole(f"stopped: what is graded is kept in {self._room.out}; the same command goes on with the rest")
            return INTERRUPTED
        return OUR_ERROR if errors or done != students else EVERY_SUBMISSION_GRADED


def _score(result: Result) -> str:
    score = score_of(result)
    return "no score, an error of ours" if score is None else f"{points(score)} of {result.points}"
