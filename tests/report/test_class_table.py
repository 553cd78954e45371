"""The table of a class."""

from __future__ import annotations

import io

from rich.cells import cell_len

from grader.judge.result import Outcome
from grader.report.class_table import Row, print_class
from grader.report.paper import console_on


def printed(rows, width):
    stream = io.StringIO()
    print_class(console_on(stream, width=width), rows)
    return stream.getvalue()


def test_a_row_says_how_far_and_what_to_do(mixed):
    text = printed([Row.of(mixed)], 140)

    assert "student" in text and "what to do" in text
    assert "ada" in text and "45 of 100" in text and "1 of 5" in text and "partly judged (our error)" in text
    assert "hw1 · matmul: matmul(a (5, 3, 4), b (5, 4, 2)) returned" in text


def test_on_a_narrow_console_the_sentence_stands_below(mixed):
    lines = printed([Row.of(mixed)], 60).splitlines()

    assert lines[3].startswith("    hw1 · matmul: matmul(")
    assert max(map(cell_len, lines)) <= 60


def test_names_are_no_markup_and_no_escape_codes(a_test, a_result):
    result = a_result(("matmul", 100, [a_test()]), student="[red]eve[/]\x1b[2J")

    text = printed([Row.of(result)], 140)

    assert "[red]eve[/]\\x1b[2J" in text


def test_no_score_is_not_a_zero(a_test, a_result):
    text = printed([Row.of(a_result(("matmul", 100, [a_test(Outcome.ERROR)])))], 140)

    assert "none" in text and "not judged (our error)" in text and "0 of 100" not in text
