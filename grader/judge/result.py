"""What a grading finds out: outcomes of tests, of stages, and of a submission. Every report is a rendering of these."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from fractions import Fraction


class Outcome(StrEnum):
    """How a test, or a stage, ended."""

    PASSED = "passed"
    FAILED = "failed"
    NOT_STARTED = "not started"
    """Its own stub was reached."""
    BLOCKED = "blocked"
    """The stub of another stage was reached; `waits_for` says which."""
    ERROR = "error"
    """Our fault: never costs points."""


class Kind(StrEnum):
    """What kind of thing went wrong, in the order of looking."""

    NOT_STARTED = "not started"
    BLOCKED = "blocked"
    IMPORT = "import"
    """The student's modules could not be loaded."""
    RAISED = "raised"
    EXIT = "exit"
    """The student's code ended the process."""
    TIME = "time"
    OUTPUT = "output"
    """It printed more than is taken."""
    UNREADABLE = "unreadable"
    """It sent something that is no answer."""
    INPUT_CHANGED = "input changed"
    NOT_RAISED = "not raised"
    TYPE = "type"
    SHAPE = "shape"
    DTYPE = "dtype"
    FINITE = "finite"
    VALUES = "values"
    CLAIM = "claim"
    """A plain assertion of the test."""
    OURS = "ours"


@dataclass(frozen=True, slots=True)
class TestResult:
    """How one test ended."""

    __test__ = False

    stage: str
    name: str
    sentence: str
    """The test's docstring."""
    hidden: bool
    outcome: Outcome
    kind: Kind | None = None
    """None when it passed."""
    message: str = ""
    """What a student reads: a sentence, and lines of detail below it."""
    waits_for: str | None = None
    """The stage whose stub was reached, when blocked: `hw1 · matmul`."""
    seconds: float = 0.0


@dataclass(frozen=True, slots=True)
class StageResult:
    """How one stage ended: it earns points in proportion to its passed tests; those of our errors count as passed."""

    name: str
    number: int
    title: str
    points: int
    tests: tuple[TestResult, ...]

    @property
    def passed(self) -> int:
        return sum(test.outcome is Outcome.PASSED for test in self.tests)

    @property
    def share(self) -> Fraction:
        """The share of the points that it earns. A test that failed through our fault never costs points."""
        judged = [test for test in self.tests if test.outcome is not Outcome.ERROR]
        if not judged:
            return Fraction(int(bool(self.tests)))
        return Fraction(self.passed, len(judged))

    @property
    def earned(self) -> Fraction:
        return self.points * self.share

    @property
    def outcome(self) -> Outcome:
        """Our error before all; passed when all passed; not started, or blocked, when nothing else came."""
        outcomes = {test.outcome for test in self.tests}
        for outcome in (Outcome.ERROR, Outcome.FAILED):
            if outcome in outcomes:
                return outcome
        if outcomes <= {Outcome.PASSED}:
            return Outcome.PASSED
        if Outcome.PASSED in outcomes:
            return Outcome.FAILED
        return Outcome.BLOCKED if Outcome.BLOCKED in outcomes else Outcome.NOT_STARTED


@dataclass(frozen=True, slots=True)
class Result:
    """How a submission, or one's own checkout, ended in one homework."""

    homework: str
    student: str
    stages: tuple[StageResult, ...]
    seed: int
    confinement: str
    base: str = "own"
    """Whose earlier homeworks it ran on: `own` or `reference`."""
    notes: tuple[str, ...] = ()
    """What is to be said of the submission as a whole: files that are missing or were refused."""
    seconds: float = 0.0
    graded_at: str = ""
    """UTC, ISO 8601."""

    @property
    def points(self) -> int:
        """The most that could be earned."""
        return sum(stage.points for stage in self.stages)

    @property
    def score(self) -> float:
        """Points earned, rounded to hundredths."""
        return float(round(sum((stage.earned for stage in self.stages), Fraction()), 2))

    @property
    def outcomes(self) -> set[Outcome]:
        return {stage.outcome for stage in self.stages}
