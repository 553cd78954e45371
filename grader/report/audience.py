"""Who reads a result: instructors everything, students of a hidden test only its stage and what kind of thing went wrong.

One exception: where a public test says the very same (a file that cannot be imported), the message is no secret and stays.
"""

from __future__ import annotations

from dataclasses import replace

from grader.judge.result import Kind, Outcome, Result, StageResult, TestResult

HIDDEN_SENTENCE = "a hidden test of this stage"

HIDDEN_KINDS = {
    Kind.NOT_STARTED: "not started",
    Kind.BLOCKED: "waits for another stage, which is not written yet",
    Kind.IMPORT: "your code could not be imported",
    Kind.RAISED: "your code raised an exception",
    Kind.EXIT: "your code ended the process",
    Kind.TIME: "your code did not return in time",
    Kind.OUTPUT: "your code printed too much",
    Kind.UNREADABLE: "your code sent something that we cannot read",
    Kind.INPUT_CHANGED: "your function changed its input",
    Kind.NOT_RAISED: "an exception of the contract was not raised",
    Kind.TYPE: "the answer has the wrong type",
    Kind.SHAPE: "the answer has the wrong shape",
    Kind.DTYPE: "the answer has the wrong dtype",
    Kind.FINITE: "the answer holds NaN or infinite values",
    Kind.VALUES: "the answer has wrong values",
    Kind.CLAIM: "the answer lacks something that the contract promises",
    Kind.OURS: "an error of ours: it costs no points",
}
"""What students read of a hidden test; the data, the call and the place stay with the instructor."""


def hidden_words(kind: Kind | None) -> str:
    """What students read of a hidden test that ended so."""
    return HIDDEN_KINDS.get(kind, "it failed") if kind else "it failed"


def for_students(result: Result) -> Result:
    """The result without names, sentences, messages and times of hidden tests."""
    known = {test.message for stage in result.stages for test in stage.tests if not test.hidden}
    return replace(result, stages=tuple(_stage(stage, known) for stage in result.stages))


def _stage(stage: StageResult, known: set[str]) -> StageResult:
    numbers = iter(range(1, len(stage.tests) + 1))
    return replace(stage, tests=tuple(_hidden(test, next(numbers), known) if test.hidden else test for test in stage.tests))


def _hidden(test: TestResult, number: int, known: set[str]) -> TestResult:
    hidden = replace(test, name=f"hidden_{number}", sentence=HIDDEN_SENTENCE, seconds=0.0)
    if test.message in known or test.outcome is Outcome.PASSED:
        return hidden
    return replace(hidden, message=hidden_words(test.kind), waits_for=None)  # code can name a stage, and say by it what it saw
