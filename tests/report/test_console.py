"""One result on the console."""

from __future__ import annotations

import io

import pytest
from rich.cells import cell_len
from rich.console import Console

from grader.judge.result import Kind, Outcome
from grader.report.console import last_line, print_result
from grader.report.feedback import feedback
from grader.report.paper import console_on


def printed(result, width=100, **options):
    stream = io.StringIO()
    print_result(console_on(stream, width=width), result, **options)
    return stream.getvalue()


def test_a_failure_reads_as_the_design_says(mixed):
    lines = printed(mixed).splitlines()
    title = next(index for index, line in enumerate(lines) if line.startswith("✗ multiplies"))

    assert lines[title] == "✗ multiplies a stack of matrices" + " " * 56 + "hw1 · matmul"
    assert lines[title + 1] == "  matmul(a (5, 3, 4), b (5, 4, 2)) returned shape (3, 2), expected (5, 3, 2)"
    assert "  hint: make hint hw=1 stage=matmul" in lines


def test_each_stage_has_a_word_beside_its_symbol(mixed):
    lines = printed(mixed).splitlines()

    assert [line.split("  ")[0].strip() for line in lines[:5]] == [
        "✓ passed",
        "✗ failed",
        "· not started",
        "· blocked",
        "! error",
    ]
    assert "waits for hw1 · scalar" in lines[3]
    assert "costs no points" in lines[4]


def test_the_last_line_has_the_points_and_the_next_step(mixed):
    assert last_line(mixed).startswith("45 of 100 points · next: hw1 · matmul: matmul(a (5, 3, 4)")


def test_nothing_of_a_hidden_test_but_its_kind(mixed):
    text = printed(mixed)

    assert "the answer has wrong values" in text
    assert not any(secret in text for secret in ("secret", "sevens", "(7, 7)"))
    assert "sevens" in printed(mixed, audience="instructors")


def test_failures_that_say_the_same_are_shown_once(a_test, a_result):
    message = "your code could not be imported: SyntaxError: '(' was never closed\n  hw1/needle/a.py, line 3, in <module>"
    tests = [a_test(Outcome.FAILED, message, name=f"test_{n}", kind=Kind.IMPORT, hidden=n > 5) for n in range(9)]
    result = a_result(*((f"stage{n}", 10, tests) for n in range(10)))

    text = printed(result, width=100).replace("closed\n  (", "closed (")

    assert text.count("was never closed") == 2
    assert "8 more tests of this stage: the same" in text
    assert "9 more stages fail in the same way" in text
    assert "next: your code could not be imported: SyntaxError: '(' was never closed (hw1/needle/a.py, line 3)" in text
    assert len(text.splitlines()) < 22


def test_a_wall_of_failures_is_cut_and_the_rest_is_said(a_test, a_result):
    stages = [
        (
            f"stage{s}",
            10,
            [a_test(Outcome.FAILED, f"call {s} {n} returned nonsense", name=f"test_{n}", kind=Kind.VALUES) for n in range(6)],
        )
        for s in range(10)
    ]

    text = printed(a_result(*stages))

    assert text.count("returned nonsense") == 3 * 2 + 1
    assert "4 more failures of this stage: make test hw=1 stage=stage0" in text
    assert "7 more stages with failures: stage3, stage4" in text


@pytest.mark.parametrize("width", [30, 45, 80])
def test_no_line_is_wider_than_the_console(mixed, width):
    lines = printed(mixed, width).splitlines()

    assert max(map(cell_len, lines)) <= width


def test_foreign_text_does_nothing(a_test, a_result):
    evil = "\x1b]0;owned\x07[bold red]markup[/] [/nonsense] :smile: \u202e"
    result = a_result(("matmul", 100, [a_test(Outcome.FAILED, evil)]), notes=(evil,))

    text = printed(result)

    assert "[bold red]markup[/] [/nonsense] :smile:" in text
    assert not any(sign in text for sign in "\x1b\x07\u202e")


def test_a_console_without_unicode_gets_ascii(mixed):
    buffer = io.BytesIO()
    stream = io.TextIOWrapper(buffer, encoding="ascii")

    print_result(console_on(stream, width=80), mixed)
    stream.flush()

    assert b"x failed" in buffer.getvalue() and b"+ passed" in buffer.getvalue()


def test_a_terminal_gets_colour_and_a_file_none(mixed):
    stream = io.StringIO()
    print_result(Console(file=stream, force_terminal=True, color_system="standard", markup=False, width=100), mixed)

    assert "\x1b[" in stream.getvalue()
    assert "\x1b" not in feedback(mixed)


def test_no_score_where_nothing_could_be_judged(a_test, a_result):
    result = a_result(("matmul", 100, [a_test(Outcome.ERROR, "we crashed")]))

    assert last_line(result) == "no score of 100 · next: none of it could be judged, through an error of ours: grade again"


@pytest.mark.parametrize(
    ("outcome", "words"),
    [
        (Outcome.PASSED, "100 of 100 points · next: nothing: every test passed"),
        (Outcome.NOT_STARTED, "0 of 100 points · next: hw1 · matmul, which is not written yet"),
    ],
)
def test_the_next_step_of_a_plain_result(a_test, a_result, outcome, words):
    assert last_line(a_result(("matmul", 100, [a_test(outcome)]))) == words


def test_a_missing_file_is_the_next_step_when_nothing_could_be_imported(a_test, a_result):
    tests = [
        a_test(Outcome.FAILED, "your code imports hw1.a, which is not there", name=f"test_{n}", kind=Kind.IMPORT) for n in "ab"
    ]
    result = a_result(("matmul", 100, tests), notes=("ignored: conftest.py", "missing: hw1_autograd/needle/a.py"))

    assert last_line(result) == "0 of 100 points · next: missing: hw1_autograd/needle/a.py"
