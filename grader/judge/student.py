"""The three fixtures of every test: `student`, `rng`, `close`, and the trial that holds them together.

A test reads

    def test_matmul_forward_batched(student, rng, close):
        \"\"\"multiplies a stack of matrices\"\"\"
        a, b = rng.standard_normal((5, 3, 4)), rng.standard_normal((5, 4, 2))
        close(student.matmul(a, b), torch.matmul(tensor(a), tensor(b)))

`student.matmul` is the probe of that name, called beside the student's code by whatever transport carries it.
"""

from __future__ import annotations

import hashlib
import inspect
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import Any

import numpy as np

from grader.judge.compare import brief, compare
from grader.judge.diagnose import Clue
from grader.judge.failure import Failure, TestMistake
from grader.judge.interpret import failure_of
from grader.judge.result import Kind
from grader.judge.tolerance import Computation
from grader.judge.transport import Answer, Lost, Raised, Transport, Value
from grader.worker import wire

Probes = Mapping[str, Callable[..., Any]]


@dataclass(frozen=True, slots=True)
class Call:
    """A call of a probe, as messages speak of it."""

    probe: str
    arguments: Mapping[str, Any]
    """Parameter → argument, as it was before the call."""

    def __str__(self) -> str:
        shown = ", ".join(_argument(name, value) for name, value in self.arguments.items())
        return f"{self.probe}({shown})"

    @property
    def clues(self) -> tuple[Clue, ...]:
        """The numbers and arrays among the arguments, for diagnoses."""
        return tuple(
            Clue(name, np.asarray(value))
            for name, value in self.arguments.items()
            if isinstance(value, (np.ndarray, np.generic, int, float)) and not isinstance(value, bool)
        )


@dataclass
class Trial:
    """One test on one library: what was called last, and what it gave."""

    homework: str
    stage: str
    probes: Probes
    transport: Transport
    calls: list[Call] = field(default_factory=list)
    seconds: float = 0.0
    answered: bool = False
    """Whether the last call gave a value."""

    def call(self, name: str, args: tuple[Any, ...], kwargs: Mapping[str, Any], changing: frozenset[str]) -> Answer:
        """Call a probe; what it changed of the arguments that it may change comes back into them.

        Raises:
            Failure: it changed another one, or it gave no answer at all.
            TestMistake: the homework has no such probe, or it has other parameters.
        """
        bound = self._bind(name, args, kwargs)
        self.calls.append(Call(name, {parameter: _snapshot(value) for parameter, value in bound.items()}))
        answer = self.transport.call(name, args, kwargs)
        self.seconds = answer.seconds
        self.answered = isinstance(answer, Value)
        if not isinstance(answer, Lost):
            self._take_changes(bound, list(args), dict(kwargs), answer.changed, changing)
        return answer

    @property
    def last(self) -> Call | None:
        return self.calls[-1] if self.calls else None

    def _bind(self, name: str, args: tuple[Any, ...], kwargs: Mapping[str, Any]) -> dict[str, Any]:
        if name not in self.probes:
            raise TestMistake(f"{self.homework}/probes.py has no probe {name!r}")
        try:
            bound = inspect.signature(self.probes[name]).bind(None, *args, **kwargs)
        except TypeError as error:
            raise TestMistake(f"probe {name}: {error}") from None
        arguments = dict(list(bound.arguments.items())[1:])
        variadic = [p.name for p in inspect.signature(self.probes[name]).parameters.values() if p.kind is p.VAR_POSITIONAL]
        for parameter in variadic:
            for index, value in enumerate(arguments.pop(parameter, ()), start=1):
                arguments[f"{parameter.rstrip('s')}{index}"] = value
        return arguments

    def _take_changes(
        self,
        bound: Mapping[str, Any],
        args: list[Any],
        kwargs: dict[str, Any],
        changed: Mapping[int, np.ndarray],
        changing: frozenset[str],
    ) -> None:
        if unknown := changing - set(bound):
            raise TestMistake(f"changing({', '.join(sorted(unknown))}): the call has no such parameter")
        originals = wire.arrays_in([args, kwargs])
        for index, after in changed.items():
            if not 0 <= index < len(originals) or after.shape != originals[index].shape:
                raise Failure(
                    Kind.UNREADABLE, "your code sent something that we cannot read: a change of an argument that was not sent"
                )
            owner = next(
                name for name, value in bound.items() if any(originals[index] is array for array in wire.arrays_in(value))
            )
            if owner not in changing:
                position = list(bound).index(owner) + 1
                raise Failure(
                    Kind.INPUT_CHANGED,
                    f"{self.last}: your function changed its input (argument {position}, {owner})\n"
                    "work on a new array instead: the caller still needs the old one",
                )
            originals[index][...] = after


class Student:
    """What a test knows of the student's library: its probes, called by name."""

    def __init__(self, trial: Trial, changing: frozenset[str] = frozenset(), raises: tuple[str, ...] = ()) -> None:
        self._trial = trial
        self._changing = changing
        self._raises = raises

    def changing(self, *parameters: str) -> Student:
        """A student whose next call may change these arguments; the changes come back into the caller's arrays."""
        return Student(self._trial, frozenset(parameters), self._raises)

    def raises(self, *types: type[BaseException]) -> Student:
        """A student whose next call must raise one of these exceptions; the call then gives its message."""
        return Student(self._trial, self._changing, tuple(one.__name__ for one in types))

    @property
    def seconds(self) -> float:
        """Seconds of the last call, measured from outside."""
        return self._trial.seconds

    def __getattr__(self, probe: str) -> Callable[..., Any]:
        if probe.startswith("__"):
            raise AttributeError(probe)
        return lambda *args, **kwargs: self._call(probe, args, kwargs)

    def _call(self, probe: str, args: tuple[Any, ...], kwargs: Mapping[str, Any]) -> Any:
        answer = self._trial.call(probe, args, kwargs, self._changing)
        call = self._trial.last
        if self._raises:
            if isinstance(answer, Raised) and {answer.type, *answer.bases} & set(self._raises):
                return answer.message
            if isinstance(answer, Value):
                wanted = " or ".join(self._raises)
                raise Failure(Kind.NOT_RAISED, f"{call} returned {brief(answer.value)}, expected a {wanted}")
        if isinstance(answer, Value):
            return answer.value
        failure = failure_of(answer, str(call), self._trial.homework, self._trial.stage)
        if self._raises and failure.kind is Kind.RAISED:
            failure = Failure(Kind.NOT_RAISED, failure.message + f"\nexpected a {' or '.join(self._raises)}")
        raise failure


class Close:
    """`close(got, expected)`: the student's answer is what torch says, or a failure that says how it is not."""

    def __init__(self, trial: Trial) -> None:
        self._trial = trial

    def __call__(self, got: Any, expected: Any, kind: Computation = "elementwise", dtype: bool = False) -> None:
        """Compare.

        Args:
            got: what a probe returned, or a part of it.
            expected: a torch tensor, an array, a number, a text, None, or lists and dicts of them.
            kind: row of the table of tolerances.
            dtype: the dtype must be equal too, not only its kind.
        Raises:
            Failure: with the first difference, and a diagnosis where one fits.
        """
        call = self._trial.last
        comparison = compare(got, expected, computation=kind, dtype=dtype, clues=call.clues if call else ())
        if not comparison.wrong:
            return
        first = comparison.wrong[0]
        subject = f"{call} returned" if call else "returned"
        label = f" {first.label} with" if first.label else ""
        if first.label and first.kind in (Kind.VALUES, Kind.SHAPE, Kind.FINITE, Kind.DTYPE, Kind.TYPE):
            label = f" {first.label}:"
        lines = [f"{subject}{label} {first.sentence}", *first.details]
        if comparison.right != ("",) and any(comparison.right) and first.label:
            others = [one.label for one in comparison.wrong]
            lines.insert(1, f"{_listed(comparison.right)} right; {_listed(others)} wrong")
        raise Failure(first.kind, "\n".join(lines))


def _listed(names: Any) -> str:
    names = [name or "the whole" for name in names]
    text = names[0] if len(names) == 1 else ", ".join(names[:-1]) + " and " + names[-1]
    return f"{text} {'is' if len(names) == 1 else 'are'}"


def generator(seed: int, test: str) -> np.random.Generator:
    """The random numbers of a test: the same for the same seed and test, and unlike those of any other."""
    digest = hashlib.sha256(f"{seed}:{test}".encode()).digest()
    return np.random.default_rng(np.frombuffer(digest, np.uint32))


def _snapshot(value: Any) -> Any:
    return value.copy() if isinstance(value, np.ndarray) and value.size <= 1_000_000 else value


def _argument(name: str, value: Any) -> str:
    if isinstance(value, np.ndarray):
        if value.ndim <= 1 and 0 < value.size <= 6 and len(brief(value)) <= 30:
            return f"{name} {brief(value)}"
        return f"{name} {value.shape}"
    if isinstance(value, bytes):
        return f"{name} {len(value)} bytes"
    if isinstance(value, (list, tuple)) and wire.arrays_in(value):
        return f"{name} [{', '.join(str(array.shape) for array in wire.arrays_in(value))}]"
    return f"{name}={brief(value, 40)}"
