"""Foreign text made harmless: names, messages and lines that come from a submission may hold anything.

Control characters, escape codes, direction marks and half characters are shown as Python would write them (`\\x1b`), so a
terminal does nothing with them and a reader sees that they are there.
"""

from __future__ import annotations

import unicodedata

TAB = "    "
HARMLESS_SPACES = {"\n", " "}
MAX_LINES = 20
MAX_COLUMNS = 400


def plain(text: str) -> str:
    """The text without anything that a terminal would act on. Line ends stay, tabs become spaces."""
    return "".join(_shown(character) for character in text.replace("\r\n", "\n").replace("\t", TAB))


def plain_line(text: str, most: int = MAX_COLUMNS) -> str:
    """The text on one line, cut where it is longer than `most` characters."""
    line = plain(" ".join(text[: 4 * most].split()))
    return line if len(line) <= most else line[: most - 2] + " …"


def plain_lines(text: str, most: int = MAX_LINES) -> list[str]:
    """The text's lines, cut where they are too many or too long."""
    raw = text.split("\n", most)
    lines = [_clipped(plain(line[: 2 * MAX_COLUMNS])).rstrip() for line in raw[:most]]
    if len(raw) > most:
        lines.append("…")
    return lines


def _clipped(line: str) -> str:
    return line if len(line) <= MAX_COLUMNS else line[: MAX_COLUMNS - 2] + " …"


def _shown(character: str) -> str:
    """The character, or its escape: category C is control, format, surrogate, private and unassigned; Zl, Zp break lines."""
    if character in HARMLESS_SPACES or character.isprintable():
        return character
    if unicodedata.category(character) == "Zs":
        return " "
    return character.encode("unicode_escape", "surrogatepass").decode("ascii")
