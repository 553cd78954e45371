"""What is printed on: a rich console that interprets nothing, lines of a known width, and symbols that its encoding has."""

from __future__ import annotations

import textwrap
from typing import IO

from rich.cells import cell_len
from rich.console import Console
from rich.text import Text

from grader.judge.result import Outcome

WIDEST = 100
NARROWEST = 30

SYMBOLS = {Outcome.PASSED: "✓", Outcome.FAILED: "✗", Outcome.NOT_STARTED: "·", Outcome.BLOCKED: "·", Outcome.ERROR: "!"}
ASCII_SYMBOLS = {Outcome.PASSED: "+", Outcome.FAILED: "x", Outcome.NOT_STARTED: "-", Outcome.BLOCKED: "-", Outcome.ERROR: "!"}
STYLES = {
    Outcome.PASSED: "green",
    Outcome.FAILED: "red",
    Outcome.NOT_STARTED: "dim",
    Outcome.BLOCKED: "yellow",
    Outcome.ERROR: "magenta",
}


def console_on(stream: IO[str] | None = None, *, width: int | None = None) -> Console:
    """A console that shows text as it is: no markup, no emoji codes, no highlighting of numbers."""
    return Console(file=stream, width=width, markup=False, emoji=False, highlight=False)


class Paper:
    """Prints lines on a console, none of them wider than it."""

    def __init__(self, console: Console, *, widest: int = WIDEST) -> None:
        self.console = console
        self.width = max(NARROWEST, min(console.width, widest))
        self.ascii = not console.encoding.lower().startswith("utf")

    def symbol(self, outcome: Outcome) -> str:
        return (ASCII_SYMBOLS if self.ascii else SYMBOLS)[outcome]

    def line(self, text: str = "", style: str = "", *, indent: int = 0) -> None:
        """Print a line, wrapped where it is too long; what follows a wrap is indented by two more."""
        text = text.rstrip()
        deeper = indent + len(text) - len(text.lstrip())
        for one in textwrap.wrap(
            " " * indent + text,
            self.width,
            subsequent_indent=" " * min(deeper + 2, self.width // 2),
            break_on_hyphens=False,
            replace_whitespace=False,
        ) or [""]:
            self._put(one, style)

    def whole(self, text: str, style: str = "") -> None:
        """Print a line that is never wrapped: it holds a path, which people copy."""
        self._put(text, style)

    def line_with_margin(self, left: str, right: str, style: str = "") -> None:
        """Print a line with a second text at its right end; below it, where both do not fit."""
        gap = self.width - cell_len(left) - cell_len(right)
        if gap >= 2:
            text = self._fit(left + " " * gap)
            self.console.print(Text(text, style).append(self._fit(right), "dim"), soft_wrap=True)
        else:
            self.line(left, style)
            self.line(right, "dim", indent=2)

    def _put(self, text: str, style: str) -> None:
        self.console.print(Text(self._fit(text), style), soft_wrap=True)

    def _fit(self, text: str) -> str:
        """The text in the console's encoding: what that has not becomes a question mark, never an exception."""
        return text if not self.ascii else text.encode(self.console.encoding, "replace").decode(self.console.encoding)
