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
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
from functools import cache
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
Raises = tuple[str, ...]
"""Names of exceptions, one of which must be raised; none where a value is wanted."""

ENORMOUS = 1e30
"""Products of a few such numbers may overflow, and then there are NaNs where a test expects something."""

UNREADABLE = "your code sent something that we cannot read"


@dataclass(frozen=True, slots=True)
class Call:
    """A call of a probe, as messages speak of it."""

    probe: str
    arguments: Mapping[str, Any]
    """Parameter → argument, as it was before the call."""
    owners: tuple[str, ...]
    """The parameter that each array among the arguments belongs to, in the order of the wire."""

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

    def refuse_changes(self, changed: Iterable[int], allowed: frozenset[str] = frozenset()) -> None:
        """Fail where a call changed an array that it may not change.

        Raises:
            Failure: it did.
            TestMistake: what it may change is no parameter of the call.
        """
        if unknown := allowed - set(self.arguments):
            raise TestMistake(f"changing({', '.join(sorted(unknown))}): the call has no such parameter")
        for index in changed:
            if not 0 <= index < len(self.owners):
                raise Failure(Kind.UNREADABLE, f"{UNREADABLE}: a change of an argument that was not sent")
            owner = self.owners[index]
            if owner not in allowed:
                position = list(self.arguments).index(owner) + 1
                raise Failure(
                    Kind.INPUT_CHANGED,
                    f"{self}: your function changed its input (argument {position}, {owner})\n"
                    "work on a new array instead: the caller still needs the old one",
                )


@dataclass
class Trial:
    """One test on one library: what was called last, and what it gave."""

    homework: str
    stage: str
    probes: Probes
    transport: Transport
    last: Call | None = None
    seconds: float = 0.0
    answered: bool = False
    """Whether the last call gave a value, or the message that was wanted."""
    values: list[Any] = field(default_factory=list)
    """What came back so far."""

    def call(self, name: str, args: tuple[Any, ...], kwargs: Mapping[str, Any], raises: Raises, changing: frozenset[str]) -> Any:
        """Call a probe; what it changed of the arguments that it may change comes back into them.

        Raises:
            Failure: it changed another one, it raised, or it gave no answer at all.
            TestMistake: the homework has no such probe, or it has other parameters.
        """
        call = bound_call(self.homework, self.probes, name, args, kwargs)
        self.answered = False
        answer = self.transport.call(name, args, kwargs)
        value = self.hear(call, answer, raises, changing)
        if not isinstance(answer, Lost):
            originals = wire.arrays_in([list(args), dict(kwargs)])
            for index, after in answer.changed.items():
                if (after.shape, after.dtype) != (originals[index].shape, originals[index].dtype):
                    raise Failure(Kind.UNREADABLE, f"{UNREADABLE}: a change of an argument into something else")
                originals[index][...] = after
        return value

    def hear(self, call: Call, answer: Answer, raises: Raises, changing: frozenset[str] = frozenset()) -> Any:
        """The value that an answer holds, or the message of the exception that had to be raised.

        Raises:
            Failure: it is neither.
        """
        self.last = call
        self.seconds = answer.seconds
        self.answered = not isinstance(answer, Lost)
        if not isinstance(answer, Lost):
            call.refuse_changes(answer.changed, changing)
        if raises and isinstance(answer, Raised) and not answer.at_import and {answer.type, *answer.bases} & set(raises):
            return answer.message
        wanted = " or ".join(raises)
        if isinstance(answer, Value):
            if raises:
                raise Failure(Kind.NOT_RAISED, f"{call} returned {brief(answer.value)}, expected a {wanted}")
            self.values.append(answer.value)
            return answer.value
        failure = failure_of(answer, str(call), self.homework, self.stage)
        if raises and failure.kind is Kind.RAISED:
            failure = Failure(Kind.NOT_RAISED, f"{failure.message}\nexpected a {wanted}")
        raise failure


def bound_call(homework: str, probes: Probes, name: str, args: tuple[Any, ...], kwargs: Mapping[str, Any]) -> Call:
    """A call with its arguments under their parameters' names.

    Raises:
        TestMistake: the homework has no such probe, or it has other parameters.
    """
    if name not in probes:
        raise TestMistake(f"{homework}/probes.py has no probe {name!r}")
    signature = _signature(probes[name])
    try:
        bound = signature.bind(None, *args, **kwargs)
    except TypeError as error:
        raise TestMistake(f"probe {name}: {error}") from None
    arguments = dict(list(bound.arguments.items())[1:])
    for parameter in [p.name for p in signature.parameters.values() if p.kind is p.VAR_POSITIONAL]:
        for index, value in enumerate(arguments.pop(parameter, ()), start=1):
            arguments[f"{parameter.rstrip('s')}{index}"] = value
    owner = {id(array): parameter for parameter, value in arguments.items() for array in wire.arrays_in(value)}
    owners = tuple(owner[id(array)] for array in wire.arrays_in([list(args), dict(kwargs)]))
    return Call(name, {parameter: _snapshot(value) for parameter, value in arguments.items()}, owners)


@cache
def _signature(probe: Callable[..., Any]) -> inspect.Signature:
    return inspect.signature(probe)


class Student:
    """What a test knows of the student's library: its probes, called by name."""

    def __init__(self, trial: Trial, changing: frozenset[str] = frozenset(), raises: Raises = ()) -> None:
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
        return lambda *args, **kwargs: self._trial.call(probe, args, kwargs, self._raises, self._changing)


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
        try:
            comparison = compare(got, expected, computation=kind, dtype=dtype, clues=call.clues if call else ())
        except TestMistake:
            if not are_wild(self._trial.values):
                raise
            said = f"{call} returned, or a call before it, NaN, infinite or enormous numbers, from which the expected ones follow"
            raise Failure(Kind.FINITE, said) from None
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


def are_wild(values: Any) -> bool:
    """Whether there is a number among the answers from which a test could not compute what it expects."""
    if isinstance(values, Mapping):
        values = values.values()
    elif not isinstance(values, (list, tuple)):
        numbers = np.asarray(values)
        return numbers.dtype.kind not in "biufUS" or (numbers.dtype.kind == "f" and not np.all(np.abs(numbers) < ENORMOUS))
    return any(are_wild(value) for value in values)


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
