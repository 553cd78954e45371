"""What is said while something runs."""

from __future__ import annotations

import io

import pytest

from grader.course.manifest import Homework, Stage
from grader.judge.result import Outcome
from grader.report.class_progress import ClassProgress
from grader.report.paper import console_on
from grader.report.stage_lines import StageLines

HOMEWORK = Homework("hw1_autograd", "T", (), ("needle/a.py",), (Stage(1, "matmul", "M", 40, ()), Stage(2, "detach", "D", 60, ())))


@pytest.fixture
def stream():
    return io.StringIO()


def test_a_stage_is_printed_when_its_last_test_has_ended(a_test, stream):
    with StageLines(console_on(stream), HOMEWORK, {"matmul": 2, "detach": 1}) as lines:
        lines(a_test(name="test_one"))
        before = stream.getvalue()
        lines(a_test(Outcome.FAILED, "wrong", name="test_two"))

    assert before == ""
    assert stream.getvalue().split() == ["✗", "failed", "1", "matmul", "20", "of", "40", "1", "of", "2", "tests"]


def test_elsewhere_than_on_a_terminal_a_class_is_a_line_a_student(stream):
    with ClassProgress(console_on(stream), 3) as progress:
        progress.kept()
        progress.graded("[red]eve\x1b", "5 of 100")

    assert stream.getvalue().startswith("2 of 3  [red]eve\\x1b: 5 of 100")


def test_on_a_terminal_it_is_a_bar_and_no_thread(stream):
    import threading

    from rich.console import Console

    with ClassProgress(Console(file=stream, force_terminal=True, width=100), 3) as progress:
        progress.graded("ada", "5 of 100")
        threads = [thread.name for thread in threading.enumerate() if "refresh" in type(thread).__name__.lower()]

    assert "1/3" in stream.getvalue()
    assert threads == []
