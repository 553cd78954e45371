"""Foreign text: nothing in it acts on a terminal."""

from __future__ import annotations

import pytest

from grader.report.plain import MAX_LINES, plain, plain_line, plain_lines


@pytest.mark.parametrize(
    ("text", "shown"),
    [
        ("\x1b[31mred", r"\x1b[31mred"),
        ("\x9b31m", r"\x9b31m"),
        ("a\rb", r"a\rb"),
        ("\u202egnp.exe", r"\u202egnp.exe"),
        ("\ud800", r"\ud800"),
        ("\x00\x7f\u2028", r"\x00\x7f\u2028"),
        ("a\tb", "a    b"),
        ("größe · 数", "größe · 数"),
    ],
)
def test_what_acts_on_a_terminal_is_shown_as_an_escape(text, shown):
    assert plain(text) == shown


def test_lines_stay_lines():
    assert plain("one\r\ntwo\nthree") == "one\ntwo\nthree"


def test_a_line_is_one_line_and_not_longer_than_asked():
    line = plain_line("a\nb " + "c" * 1000, 20)

    assert line == "a b cccccccccccccc …"


def test_many_lines_are_cut():
    lines = plain_lines("x\n" * 10_000)

    assert len(lines) == MAX_LINES + 1 and lines[-1] == "…"
