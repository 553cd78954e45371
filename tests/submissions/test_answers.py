"""No answer brings about an error of ours: those cost no points, so whoever could cause one would earn by it."""

from __future__ import annotations

import numpy as np
import pytest

from grader.course.course import Course
from grader.judge.result import Outcome
from grader.judge.run import run_test
from grader.judge.suite import Test, load_suite
from grader.judge.transport import Raised, Value, answer_of

ANSWERS = {
    "NaN": np.full(3, np.nan),
    "infinity": np.full(3, -np.inf),
    "enormous numbers": np.full(3, 1e308),
    "an integer of 4,000 digits": 10**4000,
    "a text of megabytes": "x" * 3_900_000,
    "None": None,
    "nothing": np.zeros(0),
    "an array of 32 axes": np.zeros((1,) * 32),
    "a list of lists": [[], [[]]],
    "an empty dict": {},
    "half a character": "\ud800",
    "bytes": b"\xff",
}


class Always:
    """A transport that gives the same answer to every call."""

    def __init__(self, answer):
        self._answer = answer

    def call(self, probe, args, kwargs):
        return self._answer


def compares_answers(student, close):
    """compares one answer with what follows from another"""
    first = student.double(np.ones(3))
    close(student.double(np.ones(3)), np.asarray(first) - np.asarray(first) + np.sqrt(np.asarray(first)))


def asks_with_an_answer(student, close):
    """sends an answer back in twenty copies"""
    first = student.double(np.ones(3))
    close(student.double([first] * 20), 0.0)


def computes_with_an_answer(student):
    """computes with an answer in plain lines"""
    first = student.double(np.ones(3))
    assert 1 / (int(first[0]) - 2) > float(first) and first["out"]


def reads_a_message(student):
    """looks for words in a message"""
    number = student.raises(ValueError).double(np.ones(3)).split()[3]
    assert 1 / int(number) > 0


@pytest.fixture
def outcome_of(tiny_root):
    course = Course.at(tiny_root)
    homework = course.homework("hw0")
    suite = load_suite(course, homework, hidden=False)

    def outcome(function, answer):
        test = Test(homework.name, homework.stages[0], function.__name__, function.__doc__, False, function)
        return run_test(test, suite, Always(answer), seed=1).outcome

    return outcome


@pytest.mark.parametrize("test", [compares_answers, asks_with_an_answer, computes_with_an_answer])
@pytest.mark.parametrize("answer", ANSWERS)
@pytest.mark.filterwarnings("ignore::RuntimeWarning")
def test_an_answer_never_makes_an_error_of_ours(outcome_of, test, answer):
    assert outcome_of(test, Value(ANSWERS[answer], {}, 0.0)) is not Outcome.ERROR


@pytest.mark.parametrize("message", ["", "a b c 0", "a b c d", "\ud800 \x00"])
def test_a_message_never_makes_an_error_of_ours(outcome_of, message):
    assert outcome_of(reads_a_message, Raised("ValueError", (), message, ())) is not Outcome.ERROR


def test_a_test_that_expects_nan_of_a_sound_answer_is_wrong_itself(outcome_of):
    """given an answer of plain numbers, when the test expects NaN, then that is our error still"""

    def expects_nan(student, close):
        """expects what nothing is equal to"""
        close(student.double(np.ones(3)), np.full(3, np.nan))

    assert outcome_of(expects_nan, Value(np.ones(3), {}, 0.0)) is Outcome.ERROR


@pytest.mark.parametrize(
    "message",
    [
        {"kind": "value", "value": 1},
        {"kind": np.zeros(2)},
        {"kind": "unreadable", "reason": ["a"]},
        {"kind": "raised", "error": np.zeros(2)},
        {"kind": "raised", "error": {"type": "E", "bases": np.zeros(9), "message": "", "missing_module": None, "frames": []}},
        {"kind": "value", "value": 1, "changed": [[float("inf"), np.zeros(1)]]},
        {},
    ],
)
def test_a_message_of_another_form_is_a_loss_at_import(message):
    assert answer_of(message, 0.0, at_import=True).reason == "an answer of another form"
