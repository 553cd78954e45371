"""Run tests on a library, one after the other: each ends in an outcome, and none stops the next."""

from __future__ import annotations

import inspect
import time
import traceback
from collections.abc import Callable
from dataclasses import replace
from types import MappingProxyType

from grader.errors import WorkerError
from grader.judge.failure import Failure, TestMistake
from grader.judge.recipe import Recipe, Recipes, follow
from grader.judge.remote import Remote
from grader.judge.result import Kind, Outcome, StageResult, TestResult
from grader.judge.student import Close, Student, Trial, generator
from grader.judge.suite import Suite, Test
from grader.judge.transport import Transport
from grader.worker import wire

LONGEST_MESSAGE = 10_000
"""An answer may hold megabytes, and a test may quote it."""


def run_suite(
    suite: Suite,
    transport: Transport,
    seed: int,
    on_result: Callable[[TestResult], None] = lambda result: None,
    unwritten: frozenset[str] = frozenset(),
    recipes: Recipes = MappingProxyType({}),
) -> tuple[StageResult, ...]:
    """Run every test of a suite on one library.

    Args:
        suite: the tests and the probes.
        transport: carries calls to the library.
        seed: of the tests' random numbers.
        on_result: told of each result as it comes.
        unwritten: stages with a stub left. One that runs into an earlier stage's stub is not started, rather than blocked.
        recipes: of the tests that need not run for each student, for this seed.
    Returns:
        The stages that have tests in the suite, in order.
    """
    results = {}
    for test in sorted(suite.tests, key=lambda test: test.hidden):  # students read what public tests say: it knows nothing yet
        result = run_test(test, suite, transport, seed, recipes.get(test.id))
        if result.outcome is Outcome.BLOCKED and test.stage.name in unwritten:
            message = f"not started; it also {result.message}"
            result = replace(result, outcome=Outcome.NOT_STARTED, kind=Kind.NOT_STARTED, message=message)
        on_result(result)
        results[test.id] = result
    return tuple(
        StageResult(
            name=stage.name,
            number=stage.number,
            title=stage.title,
            points=stage.points,
            tests=tuple(results[test.id] for test in suite.tests if test.stage == stage),
        )
        for stage in suite.homework.stages
        if any(test.stage == stage for test in suite.tests)
    )


def run_test(test: Test, suite: Suite, transport: Transport, seed: int, recipe: Recipe | None = None) -> TestResult:
    """Run one test, by its recipe where there is one and the transport can follow it."""
    trial = Trial(test.homework, test.stage.name, suite.probes, transport)
    start = time.perf_counter()
    failure: Failure | None = None
    try:
        if recipe is not None and isinstance(transport, Remote):
            follow(recipe, trial, transport)
        else:
            _call(test, trial, seed)
    except Failure as ended:
        failure = ended
    except AssertionError as claim:
        failure = Failure(Kind.CLAIM, _claim(claim, trial))
    except TestMistake as mistake:
        failure = Failure(Kind.OURS, f"the test itself is wrong: {mistake}", outcome=Outcome.ERROR)
    except WorkerError as error:
        failure = Failure(Kind.OURS, str(error), outcome=Outcome.ERROR)
    except Exception as error:
        failure = _of_the_test(error, trial)
    seconds = time.perf_counter() - start
    passed = TestResult(test.stage.name, test.name, test.sentence, test.hidden, Outcome.PASSED, seconds=seconds)
    if failure is None:
        return passed
    message = failure.message[:LONGEST_MESSAGE]
    return replace(passed, outcome=failure.outcome, kind=failure.kind, message=message, waits_for=failure.waits_for)


def _call(test: Test, trial: Trial, seed: int) -> None:
    fixtures: dict[str, Callable[[], object]] = {
        "student": lambda: Student(trial),
        "rng": lambda: generator(seed, test.id),
        "close": lambda: Close(trial),
    }
    test.function(**{name: fixtures[name]() for name in inspect.signature(test.function).parameters})


def _claim(claim: AssertionError, trial: Trial) -> str:
    sentence = str(claim) or "a condition of the test does not hold"
    return f"{trial.last}: {sentence}" if trial.last else sentence


def _of_the_test(error: Exception, trial: Trial) -> Failure:
    """An exception in the test's own lines. After an answer it is the answer that the test could not work with, whatever its
    type: an error of ours costs no points, so nobody may bring one about."""
    place = traceback.extract_tb(error.__traceback__)[-1]
    said = f"{type(error).__name__}: {error}"
    asked_with_an_answer = bool(trial.values) and isinstance(error, wire.WireError)
    if (trial.answered or asked_with_an_answer) and not isinstance(error, MemoryError):
        return Failure(Kind.TYPE, f"{trial.last} returned something of another form than the test can read ({said})")
    text = f"the test itself raised {said} (line {place.lineno} of {place.filename.rpartition('/')[2]})"
    return Failure(Kind.OURS, text, outcome=Outcome.ERROR)
