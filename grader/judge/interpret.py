"""From an answer that is no value to the failure that a student reads."""

from __future__ import annotations

import re

from grader.judge.failure import Failure
from grader.judge.result import Kind, Outcome
from grader.judge.transport import Lost, Place, Raised

STUB = re.compile(r"(?P<homework>hw\d+) · (?P<stage>\w+): see \S+, stage \d+")

ORACLES = {"torch", "tensorflow", "jax", "mxnet", "cupy", "autograd"}


def failure_of(answer: Raised | Lost, call: str, homework: str, stage: str) -> Failure:
    """The failure that an answer without a value is.

    Args:
        answer: what came.
        call: the call, for the message.
        homework: name of the homework that is tested.
        stage: name of the stage that is tested.
    """
    if isinstance(answer, Lost):
        return _loss(answer, call)
    if answer.type == "NotImplementedError" and (found := STUB.search(answer.message)):
        return _stub(found, homework, stage)
    if answer.type == "ModuleNotFoundError" and answer.missing_module:
        return _missing_module(answer, answer.missing_module, homework)
    if answer.type == "SystemExit":
        subject = "your module" if answer.at_import else call
        return Failure(
            Kind.EXIT,
            f"{subject} asked the program to exit{_at(answer.places)}\ntake the exit() away: a library never ends the program",
        )
    subject = "your code could not be imported:" if answer.at_import else f"{call} raised"
    kind = Kind.IMPORT if answer.at_import else Kind.RAISED
    text = f": {answer.message}" if answer.message else ""
    return Failure(kind, f"{subject} {answer.type}{text}{_at(answer.places)}")


def _stub(found: re.Match[str], homework: str, stage: str) -> Failure:
    where = f"{found['homework']} · {found['stage']}"
    if found["homework"] == homework.partition("_")[0] and found["stage"] == stage:
        return Failure(Kind.NOT_STARTED, "not started", outcome=Outcome.NOT_STARTED)
    return Failure(Kind.BLOCKED, f"waits for {where}, which is not written yet", outcome=Outcome.BLOCKED, waits_for=where)


def _missing_module(answer: Raised, module: str, homework: str) -> Failure:
    root = module.partition(".")[0]
    where = _at(answer.places)
    if root in ORACLES:
        text = f"your code imported {root}{where}\nneedle is built on numpy alone; {root} is what checks it"
    elif root.startswith("hw"):
        text = f"your code imports {module}, which is not there{where}\nif it is one of the files to hand in, it is missing"
    else:
        there_is = "numpy and the standard library are all there is"
        text = f"your code imports {module}, a module that does not exist here{where}\n{there_is}"
    return Failure(Kind.IMPORT, text)


def _loss(answer: Lost, call: str) -> Failure:
    subject = "importing your code" if answer.at_import else call
    where = _at((answer.place,)) if answer.place else ""
    match answer.kind:
        case Kind.TIME:
            advice = "look for a loop that never ends, or work that grows too fast"
            text = f"{subject} did not return within {answer.reason}{where}\n{advice}"
        case Kind.EXIT:
            text = f"{subject} ended the whole process ({answer.reason})\ntake the exit away: a library never ends the program"
        case Kind.OUTPUT:
            text = f"{subject} {answer.reason}\ntake the print, or the writing, out of the loop"
        case Kind.TYPE:
            text = f"{subject} returned {answer.reason}, expected plain values and arrays"
        case _:
            text = f"{subject}: your code sent something that we cannot read ({answer.reason})"
    return Failure(answer.kind, text)


def _at(places: tuple[Place, ...]) -> str:
    """The innermost line of the student's own files."""
    own = [place for place in places if "/needle/" in place.file] or list(places)
    if not own:
        return ""
    place = own[-1]
    source = f"\n    {place.source}" if place.source else ""
    return f"\n  {place.file}, line {place.line}, in {place.function}{source}"
