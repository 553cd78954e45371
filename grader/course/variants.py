"""Variants: other bodies for the regions of a stage, kept as data in `solutions/HOMEWORK/variants/STAGE.toml`.

A `[[bug]]` is a planted mistake (a misconception, which the tests must catch), an `[[alternative]]` another right
solution (which they must pass). Each has a name, a sentence `why`, and a table `regions`: the region's name → a whole
body, or a list of [old, new] replacements in the reference's body.
"""

from __future__ import annotations

import ast
import textwrap
import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Literal

from grader.course.course import Course
from grader.course.manifest import STAGE_NAME, Homework, Stage
from grader.course.reference import Reference
from grader.errors import CourseError

Kind = Literal["bug", "alternative"]
KINDS: tuple[Kind, ...] = ("bug", "alternative")
VARIANT_KEYS = {"name", "why", "regions"}


@dataclass(frozen=True, slots=True)
class Variant:
    """Other bodies for some regions of one stage."""

    kind: Kind
    stage: str
    name: str
    why: str
    bodies: Mapping[str, str]


def read_variants(course: Course, reference: Reference) -> dict[str, tuple[Variant, ...]]:
    """Every variant of a homework, by stage.

    Raises:
        CourseError: with every mistake of every file.
    """
    homework = reference.homework
    folder = course.private_half(homework) / "variants"
    mistakes: list[str] = []
    found: dict[str, tuple[Variant, ...]] = {stage.name: () for stage in homework.stages}
    for path in sorted(folder.glob("*")):
        where = path.relative_to(course.root).as_posix()
        if path.suffix != ".toml" or path.stem not in found:
            mistakes.append(f"{where}: belongs to no stage of {homework.name}; name it STAGE.toml or take it away")
            continue
        stage = homework.stage(path.stem)
        reader = _Reader(where, homework, stage, reference)
        found[stage.name] = reader.read(path)
        mistakes.extend(reader.mistakes)
    if mistakes:
        raise CourseError(mistakes)
    return found


class _Reader:
    def __init__(self, where: str, homework: Homework, stage: Stage, reference: Reference) -> None:
        self.where = where
        self.homework = homework
        self.stage = stage
        self.reference = reference
        self.mistakes: list[str] = []

    def read(self, path: Path) -> tuple[Variant, ...]:
        try:
            data = tomllib.loads(path.read_text(encoding="utf-8"))
        except (UnicodeDecodeError, tomllib.TOMLDecodeError) as error:
            self.mistakes.append(f"{self.where} is no TOML: {error}")
            return ()
        for key in sorted(data.keys() - set(KINDS)):
            self.mistakes.append(f'{self.where}: unknown key "{key}"; write [[bug]] or [[alternative]]')
        variants = [self.variant(kind, entry) for kind in KINDS for entry in data.get(kind, [])]
        names = [variant.name for variant in variants]
        for name in sorted({name for name in names if names.count(name) > 1}):
            self.mistakes.append(f'{self.where}: variant "{name}" is there {names.count(name)} times; rename one')
        return tuple(variants)

    def variant(self, kind: Kind, entry: Mapping[str, Any]) -> Variant:
        name, why, regions = entry.get("name"), entry.get("why"), entry.get("regions")
        label = f'{kind} "{name}"'
        for key in sorted(entry.keys() - VARIANT_KEYS):
            self.say(label, f'unknown key "{key}"; known are {", ".join(sorted(VARIANT_KEYS))}')
        if not isinstance(name, str) or not STAGE_NAME.fullmatch(name):
            self.say(label, "write the name in lower case letters, digits and _")
        if not isinstance(why, str) or not why.strip():
            self.say(label, "say in a sentence `why` somebody would write this")
        if not isinstance(regions, dict) or not regions:
            self.say(label, "give a body for at least one region under [KIND.regions]")
            regions = {}
        bodies = {region: self.body(label, region, change) for region, change in regions.items()}
        return Variant(kind, self.stage.name, str(name), str(why), bodies)

    def body(self, label: str, name: str, change: Any) -> str:
        region = self.reference.regions.get(name)
        if region is None or region.stage != self.stage.name:
            own = [region.name for region in self.reference.regions.values() if region.stage == self.stage.name]
            self.say(label, f'"{name}" is no region of this stage; there are {", ".join(own) or "none"}')
            return ""
        if isinstance(change, str):
            body = textwrap.dedent(change).strip("\n")
        else:
            body = self.replaced(label, region.body, change)
        try:
            ast.parse("def body(self):\n" + textwrap.indent(body, "    "))
        except SyntaxError as error:
            self.say(label, f'the body of "{name}" is no Python: {error.msg} (its line {(error.lineno or 1) - 1})')
        return body

    def replaced(self, label: str, body: str, changes: Any) -> str:
        for change in changes if isinstance(changes, list) else [changes]:
            match change:
                case [str(old), str(new)] if body.count(old) == 1:
                    body = body.replace(old, new)
                case [str(old), str()]:
                    self.say(label, f"{old!r} is {body.count(old)} times in the reference's body; make it exactly once")
                case _:
                    self.say(label, "write a body, or a list of [old, new] replacements")
        return body

    def say(self, label: str, text: str) -> None:
        self.mistakes.append(f"{self.where}: {label}: {text}")
