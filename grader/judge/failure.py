"""How a test ends before its last line: a failure is a sentence for a learner, with what kind of thing went wrong."""

from __future__ import annotations

from grader.judge.result import Kind, Outcome


class Failure(AssertionError):
    """The student's answer is not what the test expects."""

    def __init__(self, kind: Kind, message: str, *, outcome: Outcome = Outcome.FAILED, waits_for: str | None = None) -> None:
        super().__init__(message)
        self.kind = kind
        self.message = message
        self.outcome = outcome
        self.waits_for = waits_for


class TestMistake(Exception):
    """The test itself is wrong: it expects a NaN, calls a probe that is not there. Our error, never the student's."""

    __test__ = False
