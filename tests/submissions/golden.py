"""The golden submissions: what the `.toml` files beside this one say, read; and laid as a class, ready to be graded.

An entry has a name, a sentence (`tries`), and how the one declared file of the tiny course's hw0 is written: the right
solution, with other bodies for `double` and `total`, lines before (`top`) and after them (`epilogue`), helpers
(`tools = true`), other files beside it (`files`); or the name of a builder (`build`), where text is not enough. `expect`
is the report: the score (or `at_most`), the kind in which the tests of each stage end ("passed" or "a or b"; one word for
all of them, or a list), words that messages and notes must hold.
"""

from __future__ import annotations

import textwrap
import tomllib
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

HERE = Path(__file__).parent
HOMEWORK = "hw0_tiny"
FILE = f"{HOMEWORK}/needle/tiny.py"
DOUBLE = "return 2 * a"
TOTAL = """\
if a.ndim != 1:
    raise ValueError(f"total takes a vector, got shape {a.shape}")
return np.sum(double(a))"""


@dataclass(frozen=True, slots=True)
class Expected:
    """The report that a submission must get."""

    double: list[str] | str = "anything"
    total: list[str] | str = "anything"
    score: float | None = None
    at_most: float = 100
    failed: int = 0
    """At least so many tests must not pass."""
    says: list[str] = field(default_factory=list)
    notes: list[str] = field(default_factory=list)


@dataclass(frozen=True, slots=True)
class Submission:
    """One golden submission."""

    name: str
    tries: str
    expect: Expected
    hand_in_as: str = ""
    """The name of its folder, where that is not its own."""
    top: str = ""
    double: str = DOUBLE
    total: str = TOTAL
    epilogue: str = ""
    tools: bool = False
    files: Mapping[str, str] = field(default_factory=dict)
    build: str = ""

    @property
    def handed_in_as(self) -> str:
        return self.hand_in_as or self.name

    def source(self, places: Mapping[str, str]) -> str:
        """The declared file. `places` are the words between @ signs in the tools."""
        tools = (HERE / "tools.py").read_text(encoding="utf-8") if self.tools else ""
        for word, place in places.items():
            tools = tools.replace(f"@{word}@", place)
        double, total = (textwrap.indent(body.strip("\n"), "    ") for body in (self.double, self.total))
        functions = f"def double(a):\n{double}\n\n\ndef total(a):\n{total}\n"
        return f"{tools}\nimport numpy as np\n{self.top}\n\n\n{functions}\n\n{self.epilogue}"


def read_submissions() -> dict[str, list[Submission]]:
    """Name of a file → its submissions."""
    return {path.stem: [_submission(entry) for entry in _entries(path)] for path in sorted(HERE.glob("*.toml"))}


def _entries(path: Path) -> list[dict[str, Any]]:
    return tomllib.loads(path.read_text(encoding="utf-8"))["submission"]


def _submission(entry: dict[str, Any]) -> Submission:
    return Submission(**{**entry, "expect": Expected(**entry["expect"])})
