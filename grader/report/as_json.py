"""`report.json`: a result written down, and read back. FORMAT.md is the promise; this is the one reader and writer of it."""

from __future__ import annotations

import json
import math
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from enum import StrEnum
from pathlib import Path
from typing import Any, Literal, TypeVar

from grader.errors import UsageError
from grader.judge.result import Kind, Outcome, Result, StageResult, TestResult
from grader.report.audience import for_students
from grader.report.score import score_of

FORMAT_VERSION = 1
MAX_BYTES = 64 << 20

Audience = Literal["instructors", "students"]
M = TypeVar("M", bound=StrEnum)
V = TypeVar("V")


class ReportError(UsageError):
    """A file that is no report, with everything that is wrong with it."""


@dataclass(frozen=True, slots=True)
class Origin:
    """What a result was made from: fingerprints (sha256), so that the same work is not done twice."""

    submission: str
    course: str


@dataclass(frozen=True, slots=True)
class Report:
    """A result, and what it was made from where that is known."""

    result: Result
    origin: Origin | None = None


def as_json(report: Report, audience: Audience = "instructors") -> str:
    """The report as a JSON document. Pure ASCII: nothing in it acts on a terminal, whatever the student's code said."""
    students = audience == "students"
    result = for_students(report.result) if students else report.result
    origin = report.origin
    data = {
        "format_version": FORMAT_VERSION,
        "homework": result.homework,
        "student": result.student,
        "score": score_of(result),
        "points": result.points,
        "seed": None if students else result.seed,
        "base": result.base,
        "confinement": result.confinement,
        "graded_at": result.graded_at,
        "seconds": round(result.seconds, 3),
        "notes": list(result.notes),
        "origin": None if students or origin is None else {"submission": origin.submission, "course": origin.course},
        "stages": [_stage(stage) for stage in result.stages],
    }
    return json.dumps(data, indent=1, allow_nan=False) + "\n"


def from_json(text: str | bytes, where: str) -> Report:
    """Read a report that was written for instructors.

    Args:
        text: the document.
        where: its name, for messages.
    Raises:
        ReportError: it is none, or of another version; names everything that is wrong.
    """
    try:
        data = json.loads(text)
    except (ValueError, RecursionError):
        raise ReportError(f"{where} is no JSON; remove it and grade again") from None
    version = data.get("format_version") if isinstance(data, dict) else None
    if version != FORMAT_VERSION or isinstance(version, bool):
        raise ReportError(f"{where} has format_version {version!r}; this grader reads {FORMAT_VERSION}: grade again")
    reader = _Reader()
    report = reader.report(data)
    if reader.mistakes:
        shown = "; ".join(reader.mistakes[:5]) + ("; …" if len(reader.mistakes) > 5 else "")
        raise ReportError(f"{where} is no report: {shown}; remove it and grade again")
    return report


def read_report(path: Path) -> Report:
    """Read a file.

    Raises:
        ReportError: it cannot be read, or is no report.
    """
    try:
        if path.stat().st_size > MAX_BYTES:
            raise ReportError(f"{path} is larger than any report; remove it and grade again")
        return from_json(path.read_bytes(), str(path))
    except OSError as error:
        raise ReportError(f"{path} cannot be read: {error.strerror or error}; grade again") from None


def _stage(stage: StageResult) -> dict[str, Any]:
    return {
        "name": stage.name,
        "number": stage.number,
        "title": stage.title,
        "points": stage.points,
        "earned": float(round(stage.earned, 2)),
        "outcome": stage.outcome.value,
        "tests": [_test(test) for test in stage.tests],
    }


def _test(test: TestResult) -> dict[str, Any]:
    return {
        "name": test.name,
        "sentence": test.sentence,
        "hidden": test.hidden,
        "outcome": test.outcome.value,
        "kind": test.kind.value if test.kind else None,
        "message": test.message,
        "waits_for": test.waits_for,
        "seconds": round(test.seconds, 4),
    }


class _Reader:
    """Walks a document and collects mistakes; what it returns is to be used only when there are none."""

    def __init__(self) -> None:
        self.mistakes: list[str] = []

    def report(self, data: Mapping[str, Any]) -> Report:
        stages = tuple(self.stage(entry, f"stages[{i}]") for i, entry in enumerate(self.tables(data, "stages", "")))
        result = Result(
            homework=self.text(data, "homework", ""),
            student=self.text(data, "student", ""),
            stages=stages,
            seed=self.whole(data, "seed", ""),
            confinement=self.text(data, "confinement", ""),
            base=self.text(data, "base", ""),
            notes=tuple(self.notes(data)),
            seconds=self.number(data, "seconds", ""),
            graded_at=self.text(data, "graded_at", ""),
        )
        if not self.mistakes:
            self.same(data, "score", score_of(result), "")
            self.same(data, "points", result.points, "")
        return Report(result, self.origin(data))

    def origin(self, data: Mapping[str, Any]) -> Origin | None:
        table = data.get("origin")
        if table is None:
            return None
        if not isinstance(table, dict):
            self.mistakes.append("origin is no table")
            return None
        return Origin(self.text(table, "submission", "origin."), self.text(table, "course", "origin."))

    def stage(self, data: Mapping[str, Any], label: str) -> StageResult:
        name = self.text(data, "name", f"{label}.")
        tables = self.tables(data, "tests", f"{label}.")
        stage = StageResult(
            name=name,
            number=self.whole(data, "number", f"{label}."),
            title=self.text(data, "title", f"{label}."),
            points=self.whole(data, "points", f"{label}."),
            tests=tuple(self.test(entry, name, f"{label}.tests[{i}]") for i, entry in enumerate(tables)),
        )
        if not self.mistakes:
            self.same(data, "earned", float(round(stage.earned, 2)), f"{label}.")
            self.same(data, "outcome", stage.outcome.value, f"{label}.")
        return stage

    def test(self, data: Mapping[str, Any], stage: str, label: str) -> TestResult:
        kind = data.get("kind")
        waits_for = data.get("waits_for")
        return TestResult(
            stage=stage,
            name=self.text(data, "name", f"{label}."),
            sentence=self.text(data, "sentence", f"{label}."),
            hidden=self.expect(data.get("hidden"), bool, f"{label}.hidden", "true or false", False),
            outcome=self.member(data.get("outcome"), Outcome, f"{label}.outcome", Outcome.ERROR),
            kind=None if kind is None else self.member(kind, Kind, f"{label}.kind", Kind.OURS),
            message=self.text(data, "message", f"{label}."),
            waits_for=None if waits_for is None else self.text(data, "waits_for", f"{label}."),
            seconds=self.number(data, "seconds", f"{label}."),
        )

    def tables(self, data: Mapping[str, Any], key: str, label: str) -> list[dict[str, Any]]:
        value = data.get(key)
        if isinstance(value, list) and all(isinstance(entry, dict) for entry in value):
            return value
        self.mistakes.append(f"{label}{key} is no list of tables")
        return []

    def notes(self, data: Mapping[str, Any]) -> list[str]:
        value = data.get("notes")
        if isinstance(value, list) and all(isinstance(note, str) for note in value):
            return value
        self.mistakes.append("notes is no list of texts")
        return []

    def text(self, data: Mapping[str, Any], key: str, label: str) -> str:
        return self.expect(data.get(key), str, label + key, "a text", "")

    def whole(self, data: Mapping[str, Any], key: str, label: str) -> int:
        value = data.get(key)
        return self.expect(None if isinstance(value, bool) else value, int, label + key, "a whole number", 0)

    def number(self, data: Mapping[str, Any], key: str, label: str) -> float:
        value = data.get(key)
        if isinstance(value, (int, float)) and not isinstance(value, bool) and math.isfinite(value):
            return float(value)
        self.mistakes.append(f"{label}{key} is {value!r:.40}, expected a number")
        return 0.0

    def member(self, value: Any, names: Callable[[str], M], label: str, otherwise: M) -> M:
        try:
            return names(value)
        except ValueError:
            self.mistakes.append(f"{label} is {value!r:.40}, which FORMAT.md does not list")
            return otherwise

    def expect(self, value: Any, wanted: type[V], label: str, words: str, otherwise: V) -> V:
        if isinstance(value, wanted):
            return value
        self.mistakes.append(f"{label} is {value!r:.40}, expected {words}")
        return otherwise

    def same(self, data: Mapping[str, Any], key: str, expected: object, label: str) -> None:
        if data.get(key) != expected:
            self.mistakes.append(f"{label}{key} is {data.get(key)!r:.40}, but its tests make it {expected!r}")
