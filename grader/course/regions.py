"""Marked regions of the solutions: what becomes a stub, what becomes nothing, and what a variant replaces.

    def relu(a):
        \"\"\"The contract stays.\"\"\"
        # BEGIN SOLUTION relu          a region: a body, which belongs to stage `relu`
        return np.maximum(a, 0)
        # END SOLUTION

    # BEGIN SOLUTION-ONLY              helpers and imports: not in the skeleton
    # END SOLUTION-ONLY

A region lies inside one function and is named after it: `ops/activation.py:ReLU.compute`, the file below `needle/` and
the function's qualified name.
"""

from __future__ import annotations

import ast
import re
import textwrap
from collections.abc import Mapping
from dataclasses import dataclass

from grader.course.manifest import Homework, Stage
from grader.errors import CourseError

MARKER = re.compile(r"^(?P<indent>[ ]*)# (?P<edge>BEGIN|END) SOLUTION(?P<only>-ONLY)?(?:[ ]+(?P<stage>\S+))?[ ]*$")
ANYTHING_LIKE_A_MARKER = re.compile(r"#\s*(BEGIN|END)[ _-]?SOLUTION", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Region:
    """A body in a solution: the lines between two markers, without their common indentation."""

    name: str
    stage: str
    body: str
    indent: int
    begin: int
    end: int
    """Numbers of the lines of the two markers, from 1."""


@dataclass(frozen=True, slots=True)
class MarkedSource:
    """A file of the solutions, cut at its markers."""

    file: str
    lines: tuple[str, ...]
    regions: tuple[Region, ...]
    solution_only: tuple[tuple[int, int], ...]
    """Line numbers, from 1, of the marker pairs of SOLUTION-ONLY blocks."""

    @classmethod
    def parse(cls, text: str, file: str, where: str) -> MarkedSource:
        """Cut a file at its markers.

        Args:
            text: the source.
            file: its path below `needle/`, as in region names.
            where: its path for messages.
        Raises:
            CourseError: markers that are nested, unclosed, empty or misplaced, each with file and line.
        """
        return _Parser(text, file, where).parse()

    def render(self, bodies: Mapping[str, str], *, solution_only: bool) -> str:
        """The file with a body for each region (the reference's where none is given), and no marker in it."""
        dropped: set[int] = set()
        for begin, end in self.solution_only:
            dropped.update((begin, end) if solution_only else range(begin, end + 1))
        replaced = {region.begin: region for region in self.regions}
        out: list[str] = []
        number = 0
        while number < len(self.lines):
            number += 1
            region = replaced.get(number)
            if region is not None:
                body = bodies.get(region.name, region.body)
                out.extend(textwrap.indent(body.strip("\n"), " " * region.indent).splitlines())
                number = region.end
            elif number not in dropped:
                out.append(self.lines[number - 1])
        return _collapse_blank_lines(out)


def stub(homework: Homework, stage: Stage) -> str:
    """The body that a region has in the skeleton."""
    return f'raise NotImplementedError("{stub_message(homework, stage)}")'


def stub_message(homework: Homework, stage: Stage) -> str:
    """What the stub of a stage says."""
    return f"{homework.short} · {stage.name}: see {homework.name}/README.md, stage {stage.number}"


class _Parser:
    def __init__(self, text: str, file: str, where: str) -> None:
        self.lines = tuple(text.splitlines())
        self.file = file
        self.where = where
        self.mistakes: list[str] = []
        self.functions = self._functions(text)

    def parse(self) -> MarkedSource:
        regions: list[Region] = []
        blocks: list[tuple[int, int]] = []
        opened: tuple[int, re.Match[str]] | None = None
        for number, line in enumerate(self.lines, start=1):
            marker = MARKER.match(line)
            if marker is None:
                if ANYTHING_LIKE_A_MARKER.search(line):
                    self.say(number, "looks like a marker and is none; write `# BEGIN SOLUTION stage` on its own line")
            elif marker["edge"] == "BEGIN":
                if opened is not None:
                    self.say(number, f"a region begins inside the one of line {opened[0]}; close that one first")
                opened = number, marker
            elif opened is None:
                self.say(number, "a region ends that never began; add its BEGIN line")
            else:
                self.close(opened, number, marker, regions, blocks)
                opened = None
        if opened is not None:
            self.say(opened[0], "the region is never closed; add `# END SOLUTION`")
        if self.mistakes:
            raise CourseError(self.mistakes)
        return MarkedSource(self.file, self.lines, tuple(regions), tuple(blocks))

    def close(
        self,
        opened: tuple[int, re.Match[str]],
        end: int,
        closing: re.Match[str],
        regions: list[Region],
        blocks: list[tuple[int, int]],
    ) -> None:
        begin, opening = opened
        if bool(opening["only"]) != bool(closing["only"]) or opening["indent"] != closing["indent"]:
            self.say(end, f"does not match the BEGIN of line {begin}; use the same word and the same indentation")
            return
        body = textwrap.dedent("\n".join(self.lines[begin : end - 1]))
        if not body.strip():
            self.say(begin, "the region is empty; put the solution between the markers")
        elif opening["only"]:
            blocks.append((begin, end))
        elif opening["stage"] is None:
            self.say(begin, "the region names no stage; write `# BEGIN SOLUTION stage`")
        else:
            self.region(begin, end, opening, body, regions)

    def region(self, begin: int, end: int, opening: re.Match[str], body: str, regions: list[Region]) -> None:
        around = [name for name, (first, last) in self.functions.items() if first < begin and end <= last]
        if not around:
            self.say(begin, "the region lies in no function; a stub would run at import. Mark the body of a function")
            return
        name = f"{self.file}:{max(around, key=lambda found: self.functions[found][0])}"
        if any(region.name == name for region in regions):
            self.say(begin, f"{name} has a region already; a function holds one")
        regions.append(Region(name, opening["stage"], body, len(opening["indent"]), begin, end))

    def _functions(self, text: str) -> dict[str, tuple[int, int]]:
        """Qualified name of each function → first line, and last line: where the next statement outside begins."""
        try:
            tree = ast.parse(text)
        except SyntaxError as error:
            raise CourseError([f"{self.where}, line {error.lineno}: {error.msg}"]) from None
        spans: dict[str, tuple[int, int]] = {}

        def visit(node: ast.AST, prefix: str) -> None:
            for child in ast.iter_child_nodes(node):
                if isinstance(child, (ast.FunctionDef, ast.AsyncFunctionDef, ast.ClassDef)):
                    name = prefix + child.name
                    if not isinstance(child, ast.ClassDef):
                        spans[name] = child.lineno, self._last_line(child)
                    visit(child, name + ".")
                else:
                    visit(child, prefix)

        visit(tree, "")
        return spans

    def _last_line(self, node: ast.stmt) -> int:
        """The function's last line, with the comments (END markers among them) that are indented as its body."""
        last = node.end_lineno or node.lineno
        while last < len(self.lines):
            line = self.lines[last]
            indent = len(line) - len(line.lstrip(" "))
            if line.strip() and (indent <= node.col_offset or not line.lstrip().startswith("#")):
                break
            last += 1
        return last

    def say(self, line: int, text: str) -> None:
        self.mistakes.append(f"{self.where}, line {line}: {text}")


def _collapse_blank_lines(lines: list[str]) -> str:
    """Join lines; where a dropped block leaves more than two blank lines, or any at an edge, keep what style allows."""
    out: list[str] = []
    for line in lines:
        blank = not line.strip()
        if blank and (not out or out[-2:] == ["", ""]):
            continue
        out.append("" if blank else line)
    while out and not out[-1]:
        out.pop()
    return "\n".join(out) + "\n"
