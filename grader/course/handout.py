"""The generated part of a handout: the table of stages, between two lines that stay."""

from __future__ import annotations

from pathlib import Path

from grader.course.manifest import Homework
from grader.errors import CourseError

BEGIN, END = "<!-- stages:begin -->", "<!-- stages:end -->"


def stage_table(homework: Homework) -> str:
    """The stages with their points, as a Markdown table."""
    rows = ["| stage | name | what you build | points |", "| ---: | --- | --- | ---: |"]
    rows += [f"| {stage.number} | `{stage.name}` | {stage.title} | {stage.points} |" for stage in homework.stages]
    rows.append(f"| | | **together** | **{homework.points}** |")
    return "\n".join(rows)


def handout_with_stages(path: Path, homework: Homework) -> str:
    """The handout with a fresh table.

    Raises:
        CourseError: the two lines are not there, once each and in order.
    """
    text = path.read_text(encoding="utf-8")
    head, begin, rest = text.partition(BEGIN)
    _, end, tail = rest.partition(END)
    if not begin or not end or BEGIN in rest or END in tail:
        raise CourseError([f"{homework.name}/README.md: needs the lines {BEGIN} and {END} once, in this order"])
    return f"{head}{BEGIN}\n{stage_table(homework)}\n{END}{tail}"
