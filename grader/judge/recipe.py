"""Recipes: what a test asks and expects, written down once for a class.

Most tests ask the same of every student and expect the same, whatever came back before: their calls can be encoded, and
torch's values computed, once. To find out which, a test is run once with a student that gives tokens in place of values.
A token can be handed to `close`, whole or in part (`answer["out"]`), and to nothing else: a test that does more with an
answer (adds two, asserts of one, looks at the clock) has no recipe and runs for each student anew.
"""

from __future__ import annotations

import inspect
from collections.abc import Mapping
from contextlib import closing
from dataclasses import dataclass
from typing import Any, NoReturn

import numpy as np

from grader.judge.remote import Prepared, Remote, prepared
from grader.judge.student import Call, Close, Probes, Raises, Trial, bound_call, generator
from grader.judge.suite import Suite, Test
from grader.judge.tolerance import Computation
from grader.worker import wire

FIRST_NUMBER = 1_000_000
"""Numbers of written-down calls begin here; those of other calls stay below."""


@dataclass(frozen=True, slots=True)
class Ask:
    """A call, ready to be sent."""

    call: Call
    prepared: Prepared
    raises: Raises


@dataclass(frozen=True, slots=True)
class Check:
    """A comparison of an answer, or of a part of it."""

    answer: int
    """Number of the Ask."""
    path: tuple[int | str, ...]
    expected: Any
    computation: Computation
    dtype: bool


Recipe = tuple[Ask | Check, ...]
Recipes = Mapping[str, Recipe]
"""A test's id → its recipe, for the tests that have one."""


def write_recipes(suite: Suite, seed: int) -> Recipes:
    """The recipes of a suite's tests for one seed."""
    recipes: dict[str, Recipe] = {}
    number = FIRST_NUMBER
    for test in suite.tests:
        recipe = _Recorder(test, suite.probes, number).record(seed)
        if recipe is not None:
            recipes[test.id] = recipe
            number += len(recipe)
    return recipes


def follow(recipe: Recipe, trial: Trial, remote: Remote) -> None:
    """Ask what a recipe asks and compare what it compares.

    Raises:
        Failure: as the test itself would.
    """
    close = Close(trial)
    values: list[Any] = []
    with closing(remote.send_all([step.prepared for step in recipe if isinstance(step, Ask)])) as answers:
        for step in recipe:
            if isinstance(step, Ask):
                trial.answered = False
                values.append(trial.hear(step.call, next(answers), step.raises))
            else:
                part = values[step.answer]
                for key in step.path:
                    part = part[key]
                close(part, step.expected, step.computation, step.dtype)


class _NoRecipe(BaseException):
    """The test does with an answer what only an answer can tell. No `except Exception` of a test takes it."""


class _Token:
    """Stands for an answer, or a part of one. Whatever would need its value ends the recording."""

    def __init__(self, answer: int, path: tuple[int | str, ...] = ()) -> None:
        self.__dict__.update(answer=answer, path=path)

    def __getitem__(self, key: object) -> _Token:
        if not isinstance(key, (int, str)):
            raise _NoRecipe
        return _Token(self.__dict__["answer"], (*self.__dict__["path"], key))

    def _needs_a_value(self, *args: object, **kwargs: object) -> NoReturn:
        raise _NoRecipe

    __getattr__ = __call__ = __bool__ = __len__ = __iter__ = __contains__ = __str__ = __repr__ = __format__ = _needs_a_value
    __eq__ = __ne__ = __lt__ = __le__ = __gt__ = __ge__ = __hash__ = _needs_a_value
    __int__ = __float__ = __index__ = __array__ = __neg__ = __abs__ = __round__ = _needs_a_value
    __add__ = __radd__ = __sub__ = __rsub__ = __mul__ = __rmul__ = __truediv__ = __rtruediv__ = _needs_a_value
    __matmul__ = __rmatmul__ = __pow__ = __rpow__ = __mod__ = __rmod__ = __floordiv__ = __rfloordiv__ = _needs_a_value


class _Recorder:
    """Runs a test once, and writes down what it asks and compares."""

    def __init__(self, test: Test, probes: Probes, number: int) -> None:
        self._test = test
        self._probes = probes
        self._number = number
        self._steps: list[Ask | Check] = []
        self._asked = 0

    def record(self, seed: int) -> Recipe | None:
        fixtures: dict[str, Any] = {
            "student": _RecordedStudent(self),
            "rng": generator(seed, self._test.id),
            "close": self.close,
        }
        try:
            self._test.function(**{name: fixtures[name] for name in inspect.signature(self._test.function).parameters})
        except (_NoRecipe, Exception):
            return None  # it runs anew for each student, and says then what it has to say
        return tuple(self._steps)

    def ask(self, probe: str, args: tuple[Any, ...], kwargs: Mapping[str, Any], raises: Raises) -> _Token:
        call = bound_call(self._test.homework, self._probes, probe, args, kwargs)
        try:
            ready = prepared(self._number + len(self._steps), probe, args, kwargs)
        except wire.WireError:
            raise _NoRecipe from None  # a token among the arguments: it asks about an answer
        self._steps.append(Ask(call, ready, raises))
        self._asked += 1
        return _Token(self._asked - 1)

    def close(self, got: Any, expected: Any, kind: Computation = "elementwise", dtype: bool = False) -> None:
        if type(got) is not _Token:
            raise _NoRecipe
        self._steps.append(Check(got.__dict__["answer"], got.__dict__["path"], _kept(expected), kind, dtype))


class _RecordedStudent:
    def __init__(self, recorder: _Recorder, raises: Raises = ()) -> None:
        self._recorder = recorder
        self._raises = raises

    def raises(self, *types: type[BaseException]) -> _RecordedStudent:
        return _RecordedStudent(self._recorder, tuple(one.__name__ for one in types))

    def changing(self, *parameters: str) -> NoReturn:
        raise _NoRecipe

    @property
    def seconds(self) -> NoReturn:
        raise _NoRecipe

    def __getattr__(self, probe: str) -> Any:
        return lambda *args, **kwargs: self._recorder.ask(probe, args, kwargs, self._raises)


def _kept(expected: Any) -> Any:
    """An expected value of one's own: no tensor, and nothing that the test changes later."""
    if type(expected) is _Token:
        raise _NoRecipe
    if hasattr(expected, "detach"):
        return expected.detach().numpy().copy()
    if isinstance(expected, np.ndarray):
        return expected.copy()
    if isinstance(expected, dict):
        return {key: _kept(value) for key, value in expected.items()}
    if isinstance(expected, (list, tuple)):
        return type(expected)(_kept(value) for value in expected)
    return expected
