"""What to do next: one sentence that follows from a result."""

from __future__ import annotations

from collections import Counter

from grader.judge.result import Outcome, Result, StageResult, TestResult
from grader.report.audience import hidden_words
from grader.report.plain import plain_line
from grader.report.score import counted, is_graded


def short_name(homework: str) -> str:
    """`hw1` for `hw1_autograd`."""
    return homework.partition("_")[0]


def next_step(result: Result) -> str:
    """The first thing to do, as a sentence; written for students, so it says nothing of hidden tests but their kind.

    One cause behind every failure (a file that is no Python) comes before all; then the first stage that is not passed.
    """
    if not is_graded(result):
        return "none of it could be judged, through an error of ours: grade again"
    stage = next((stage for stage in result.stages if stage.outcome is not Outcome.PASSED), None)
    if stage is None:
        return "nothing: every test passed"
    cause = common_cause(result)
    if cause is not None:
        return _note_on_the_files(result) or cause
    where = f"{short_name(result.homework)} · {stage.name}"
    match stage.outcome:
        case Outcome.NOT_STARTED:
            return f"{where}, which is not written yet"
        case Outcome.BLOCKED:
            return f"{first_wait(stage)}, which is not written yet and which {stage.name} waits for"
        case Outcome.ERROR:
            return f"{where}: an error of ours, which costs no points"
        case _:
            return f"{where}: {_first_failure(stage)}"


def common_cause(result: Result) -> str | None:
    """The first line of the message, where all tests that did not pass have the same one and none passed."""
    tests = [test for stage in result.stages for test in stage.tests]
    if not tests or any(test.outcome is not Outcome.FAILED or test.kind is not tests[0].kind for test in tests):
        return None
    messages = Counter(test.message for test in tests)
    return place_and_first_line(tests[0].message) if len(messages) == 1 and len(tests) > 1 else None


def place_and_first_line(message: str) -> str:
    """A message's first line, with the place where it happened, which stands below it."""
    first, _, rest = message.partition("\n")
    place = rest.split("\n", 1)[0].strip().removesuffix(", in <module>")
    text = f"{first} ({place})" if ", line " in place else first
    return plain_line(text)


def _note_on_the_files(result: Result) -> str | None:
    """The first note that can be why nothing could be imported: what is missing or was refused."""
    harmless = ("ignored:", "handed in as")
    return next((plain_line(note) for note in result.notes if not note.startswith(harmless)), None)


def first_wait(stage: StageResult) -> str:
    """The stage that a blocked one waits for."""
    return next((plain_line(test.waits_for) for test in stage.tests if test.waits_for), "an earlier stage")


def hint_command(homework: str, stage: str) -> str:
    """How a student asks for the hint of a stage."""
    return f"make hint {_homework_argument(homework)} stage={stage}"


def test_command(homework: str, stage: str) -> str:
    """How a student runs the tests of one stage."""
    return f"make test {_homework_argument(homework)} stage={stage}"


def passed_of(stage: StageResult) -> str:
    """`3 of 4 tests`."""
    return f"{stage.passed} of {counted(len(stage.tests), 'test')}"


def _first_failure(stage: StageResult) -> str:
    failed: TestResult | None = next((test for test in stage.tests if test.outcome is Outcome.FAILED), None)
    if failed is None:
        unfinished = next(test for test in stage.tests if test.outcome is not Outcome.PASSED)
        return plain_line(unfinished.message or unfinished.outcome.value)
    if failed.hidden:
        return f"a hidden test failed: {hidden_words(failed.kind)}"
    return place_and_first_line(failed.message)


def _homework_argument(homework: str) -> str:
    return "hw=" + short_name(homework).removeprefix("hw")
