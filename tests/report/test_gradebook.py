"""gradebook.csv."""

from __future__ import annotations

import csv
import io
from dataclasses import replace

import pytest

from grader.course.manifest import Homework, Stage
from grader.judge.result import Outcome
from grader.report.gradebook import Entry, gradebook

HOMEWORK = Homework(
    "hw1_autograd",
    "T",
    (),
    ("needle/a.py",),
    (Stage(1, "layers", "L", 60, ("a", "b", "c")), Stage(2, "matmul", "M", 40, ("a", "b", "c"))),
)


@pytest.fixture
def result(a_test, a_result):
    half = [a_test(), a_test(Outcome.FAILED, "wrong", name="test_two"), a_test(name="test_three")]
    return a_result(("layers", 60, [a_test(stage="layers")]), ("matmul", 40, half))


def rows(*entries):
    return list(csv.reader(io.StringIO(gradebook(HOMEWORK, entries), newline="")))


def test_a_column_a_stage(result):
    header, row = rows(Entry.of(result, HOMEWORK))

    assert header == ["student", "score", "points", "layers", "matmul", "outcome", "notes"]
    assert row == ["ada", "86.67", "100", "60", "26.67", "failed", ""]


def test_rows_are_in_the_order_of_names_and_hold_no_seed(result):
    entries = [Entry.of(replace(result, student=name, seed=123456789), HOMEWORK) for name in ("zoe", "Ben", "ada")]

    assert [row[0] for row in rows(*entries)] == ["student", "Ben", "ada", "zoe"]
    assert gradebook(HOMEWORK, entries) == gradebook(HOMEWORK, entries[::-1])
    assert "123456789" not in gradebook(HOMEWORK, entries)


@pytest.mark.parametrize("name", ["=1+1", "+1", "-1", "@sum", "\tx", "\rx", "＝1"])
def test_formulas_are_defused(name):
    assert rows(Entry(name))[1][0] == "'" + name


@pytest.mark.parametrize("name", ["Turing, Alan", 'say "hi"', "two\nlines", "größe 数"])
def test_names_come_through(name):
    text = gradebook(HOMEWORK, [Entry(name)])

    assert list(csv.reader(io.StringIO(text, newline="")))[1][0] == name
    assert text.encode("utf-8")


def test_half_characters_can_be_written():
    assert "\\ud800" in gradebook(HOMEWORK, [Entry("a\ud800")])


def test_no_score_is_an_empty_cell_and_not_a_zero(a_test, a_result):
    result = a_result(("layers", 60, [a_test(Outcome.ERROR)]), ("matmul", 40, [a_test(Outcome.ERROR)]))

    assert rows(Entry.of(result, HOMEWORK))[1] == ["ada", "", "100", "", "", "not judged (our error)", ""]


def test_whoever_is_not_graded_yet_has_a_row():
    assert rows(Entry("ada", points="100"))[1] == ["ada", "", "100", "", "", "not graded yet", ""]
