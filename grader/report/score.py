"""Points as people read them, and whether there is a score at all."""

from __future__ import annotations

from fractions import Fraction

from grader.judge.result import Outcome, Result


def is_graded(result: Result) -> bool:
    """Whether anything was judged. Where every test ended in an error of ours there is no score: neither zero nor full."""
    return any(test.outcome is not Outcome.ERROR for stage in result.stages for test in stage.tests)


def score_of(result: Result) -> float | None:
    """The points earned, in hundredths; None where nothing could be judged."""
    return result.score if is_graded(result) else None


def points(number: float | Fraction) -> str:
    """Points without needless zeros: 8, 63.5, 4.29."""
    return f"{float(round(Fraction(number), 2)):.2f}".rstrip("0").rstrip(".")


def counted(count: int, noun: str) -> str:
    """`1 test`, `2 tests`."""
    return f"{count} {noun}" if count == 1 else f"{count} {noun}s"


def outcome_words(result: Result) -> str:
    """How a submission as a whole stands, in a word or two."""
    outcomes = result.outcomes
    if not is_graded(result):
        return "not judged (our error)"
    if Outcome.ERROR in outcomes:
        return "partly judged (our error)"
    if outcomes == {Outcome.PASSED}:
        return "passed"
    if Outcome.FAILED in outcomes:
        kinds = {test.kind for stage in result.stages for test in stage.tests}
        return f"failed ({next(iter(kinds))})" if len(kinds) == 1 and None not in kinds else "failed"
    return "unfinished" if Outcome.PASSED in outcomes else "not started"
