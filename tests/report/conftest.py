"""Results to render."""

from __future__ import annotations

import pytest

from grader.judge.result import Kind, Outcome, Result, StageResult, TestResult

KINDS = {
    Outcome.FAILED: Kind.SHAPE,
    Outcome.NOT_STARTED: Kind.NOT_STARTED,
    Outcome.BLOCKED: Kind.BLOCKED,
    Outcome.ERROR: Kind.OURS,
}


@pytest.fixture
def a_test():
    def make(outcome=Outcome.PASSED, message="", *, stage="matmul", name="test_one", hidden=False, **others):
        kind = others.pop("kind", KINDS.get(outcome))
        sentence = others.pop("sentence", "multiplies a stack of matrices")
        return TestResult(stage, name, sentence, hidden, outcome, kind, message, **others)

    return make


@pytest.fixture
def a_result():
    def make(*stages, **others):
        """Each stage: (name, points, tests)."""
        made = tuple(
            StageResult(name, number, f"Title of {name}", most, tuple(tests))
            for number, (name, most, tests) in enumerate(stages, 1)
        )
        given = {
            "homework": "hw1_autograd",
            "student": "ada",
            "seed": 7,
            "confinement": "none",
            "graded_at": "2026-01-02T03:04:05+00:00",
        }
        return Result(stages=made, **{**given, **others})

    return make


@pytest.fixture
def mixed(a_test, a_result):
    """One stage of every outcome: 10 passed, 30 a third, 20 not started, 15 blocked, 25 our error."""
    return a_result(
        ("layers", 10, [a_test(stage="layers")]),
        (
            "matmul",
            30,
            [
                a_test(),
                a_test(
                    Outcome.FAILED, "matmul(a (5, 3, 4), b (5, 4, 2)) returned shape (3, 2), expected (5, 3, 2)", name="test_two"
                ),
                a_test(
                    Outcome.FAILED,
                    "matmul(a (7, 7)) returned wrong values in every entry",
                    name="test_secret_data",
                    sentence="multiplies by a matrix of sevens",
                    hidden=True,
                    kind=Kind.VALUES,
                ),
            ],
        ),
        ("scalar", 20, [a_test(Outcome.NOT_STARTED, "not started", stage="scalar")]),
        ("training", 15, [a_test(Outcome.BLOCKED, "waits for hw1 · scalar", stage="training", waits_for="hw1 · scalar")]),
        ("detach", 25, [a_test(Outcome.ERROR, "a worker could not be started", stage="detach")]),
    )
