"""Arguments that several commands take, and how they complete."""

from __future__ import annotations

import os
from pathlib import Path
from typing import Any

import click
from click.shell_completion import CompletionItem

from grader.course.course import Course

PASSED, FAILED = 0, 1
"""Exit statuses of a command that did its work."""


def here() -> Course:
    """The course that the working folder lies in."""
    return Course.around(Path.cwd())


class HomeworkName(click.ParamType[str]):
    """A homework as people write it: 1, hw1, hw=1, hw1_autograd."""

    name = "homework"

    def convert(self, value: Any, param: click.Parameter | None, ctx: click.Context | None) -> str:
        return str(value).removeprefix("hw=")

    def shell_complete(self, ctx: click.Context, param: click.Parameter, incomplete: str) -> list[CompletionItem]:
        names = [CompletionItem(one.short, help=one.title) for one in here().homeworks]
        return [item for item in names if item.value.startswith(incomplete)]


class StageName(click.ParamType[str]):
    """A stage of the homework that is named before it."""

    name = "stage"

    def shell_complete(self, ctx: click.Context, param: click.Parameter, incomplete: str) -> list[CompletionItem]:
        words = {word.removeprefix("hw=") for word in os.environ.get("COMP_WORDS", "").split()}
        homeworks = here().homeworks
        named = [one for one in homeworks if words & {one.short, one.name, str(one.number)}]
        stages = [CompletionItem(stage.name, help=stage.title) for one in named or homeworks for stage in one.stages]
        return [item for item in stages if item.value.startswith(incomplete)]


homework_argument = click.argument("homework", type=HomeworkName())
optional_homework = click.argument("homework", type=HomeworkName(), required=False)
on_option = click.option(
    "--on", type=click.Choice(["student", "reference"]), default="student", show_default=True, help="Whose library is run."
)
seed_option = click.option("--seed", type=int, help="Seed of the tests' random numbers.")
