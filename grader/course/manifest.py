"""`homework.toml`: what a homework is made of, read into frozen dataclasses.

Every mistake in a manifest is reported with file, key and remedy, all at once.
"""

from __future__ import annotations

import re
import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path, PurePosixPath
from typing import Any

from grader.errors import CourseError, UnknownName

FORMAT_VERSION = 1
POINTS_OF_A_HOMEWORK = 100
HINTS_OF_A_STAGE = 3

HOMEWORK_NAME = re.compile(r"hw(\d+)_[a-z0-9_]+")
STAGE_NAME = re.compile(r"[a-z][a-z0-9_]*")

HOMEWORK_KEYS = {"format_version", "title", "needs", "files", "stage"}
STAGE_KEYS = {"name", "title", "points", "hints"}


@dataclass(frozen=True, slots=True)
class Stage:
    """One step of a homework: a thing that a student implements, with its points and its three hints."""

    number: int
    name: str
    title: str
    points: int
    hints: tuple[str, ...]

    @property
    def test_file(self) -> str:
        """Name of the file of this stage's tests, public and hidden: `test_07_matmul.py`."""
        return f"test_{self.number:02d}_{self.name}.py"


@dataclass(frozen=True, slots=True)
class Homework:
    """One homework: its folder's name, the homeworks that it imports, the files that a student hands in, its stages."""

    name: str
    title: str
    needs: tuple[str, ...]
    files: tuple[str, ...]
    stages: tuple[Stage, ...]

    @property
    def short(self) -> str:
        """`hw1` for `hw1_autograd`."""
        return self.name.partition("_")[0]

    @property
    def number(self) -> int:
        return int(self.short.removeprefix("hw"))

    @property
    def points(self) -> int:
        return sum(stage.points for stage in self.stages)

    def stage(self, name: str) -> Stage:
        """The stage of that name or number.

        Raises:
            UnknownName: there is none; names the nearest.
        """
        for stage in self.stages:
            if name in (stage.name, str(stage.number)):
                return stage
        raise UnknownName(f"stage of {self.short} called", name, [stage.name for stage in self.stages])


def read_manifest(path: Path) -> Homework:
    """Read `HOMEWORK/homework.toml`.

    Raises:
        CourseError: with every mistake of the file.
    """
    where = f"{path.parent.name}/{path.name}"
    try:
        data = tomllib.loads(path.read_text(encoding="utf-8"))
    except FileNotFoundError:
        raise CourseError([f"{where} is missing; CONTRIBUTING.md says what belongs into it"]) from None
    except UnicodeDecodeError as error:
        raise CourseError([f"{where} is no UTF-8 text (byte {error.start}); save it as UTF-8"]) from None
    except tomllib.TOMLDecodeError as error:
        raise CourseError([f"{where} is no TOML: {error}"]) from None
    reader = _Reader(where)
    homework = reader.homework(path.parent.name, data)
    if reader.mistakes:
        raise CourseError(reader.mistakes)
    return homework


class _Reader:
    """Walks a manifest and collects mistakes; what it returns is to be used only when there are none."""

    def __init__(self, where: str) -> None:
        self.where = where
        self.mistakes: list[str] = []

    def say(self, text: str) -> None:
        self.mistakes.append(f"{self.where}: {text}")

    def homework(self, name: str, data: Mapping[str, Any]) -> Homework:
        if not HOMEWORK_NAME.fullmatch(name):
            self.say(f"the folder is called {name!r}; call it hwN_topic, in lower case")
        self.keys(data, HOMEWORK_KEYS, "the homework")
        version = data.get("format_version")
        if version != FORMAT_VERSION:
            self.say(f"format_version is {version!r}; this grader reads format_version = {FORMAT_VERSION}")
        stages = self.stages(data.get("stage", []))
        total = sum(stage.points for stage in stages)
        if stages and total != POINTS_OF_A_HOMEWORK:
            self.say(f"the points of the stages add up to {total}; make them {POINTS_OF_A_HOMEWORK}")
        return Homework(
            name=name,
            title=self.text(data, "title", "the homework"),
            needs=tuple(self.texts(data, "needs", "the homework")),
            files=tuple(self.files(data)),
            stages=tuple(stages),
        )

    def stages(self, entries: Any) -> list[Stage]:
        if not isinstance(entries, list) or not entries or not all(isinstance(entry, dict) for entry in entries):
            self.say("there are no stages; write each as a table under [[stage]]")
            return []
        stages = [self.stage(number, entry) for number, entry in enumerate(entries, start=1)]
        names = [stage.name for stage in stages]
        for name in sorted({name for name in names if names.count(name) > 1}):
            self.say(f'stage "{name}" is there {names.count(name)} times; give each stage a name of its own')
        return stages

    def stage(self, number: int, entry: Mapping[str, Any]) -> Stage:
        name = entry.get("name")
        label = f'stage "{name}"' if isinstance(name, str) else f"stage number {number}"
        self.keys(entry, STAGE_KEYS, label)
        if not isinstance(name, str) or not STAGE_NAME.fullmatch(name):
            self.say(f"{label}: name is {name!r}; write it in lower case letters, digits and _")
            name = f"stage_{number}"
        points = entry.get("points")
        if not isinstance(points, int) or isinstance(points, bool) or points <= 0:
            self.say(f"{label}: points is {points!r}; write a whole number above 0")
            points = 0
        hints = self.texts(entry, "hints", label)
        if len([hint for hint in hints if hint.strip()]) != HINTS_OF_A_STAGE or len(hints) != HINTS_OF_A_STAGE:
            written = sum(bool(hint.strip()) for hint in hints)
            self.say(f"{label} has {written} hints; write {HINTS_OF_A_STAGE}: a question, the idea, the outline")
        return Stage(number, name, self.text(entry, "title", label), points, tuple(hints))

    def files(self, data: Mapping[str, Any]) -> list[str]:
        files = self.texts(data, "files", "the homework")
        for file in files:
            path = PurePosixPath(file)
            if path.is_absolute() or ".." in path.parts or path.parts[:1] != ("needle",) or path.suffix != ".py":
                self.say(f'files: "{file}" is no Python file below needle/; write it as "needle/…/name.py"')
            if files.count(file) > 1:
                self.say(f'files: "{file}" is there more than once; keep one')
        if not files:
            self.say("files is empty; list the files that a student hands in")
        return files

    def keys(self, table: Mapping[str, Any], known: set[str], label: str) -> None:
        for key in sorted(table.keys() - known):
            self.say(f'{label} has an unknown key "{key}"; known are {", ".join(sorted(known))}')

    def text(self, table: Mapping[str, Any], key: str, label: str) -> str:
        value = table.get(key)
        if not isinstance(value, str) or not value.strip():
            self.say(f"{label}: {key} is {value!r}; write a text that is not empty")
            return ""
        return value

    def texts(self, table: Mapping[str, Any], key: str, label: str) -> list[str]:
        value = table.get(key)
        if not isinstance(value, list) or not all(isinstance(item, str) for item in value):
            self.say(f"{label}: {key} is {value!r}; write a list of texts")
            return []
        return value
