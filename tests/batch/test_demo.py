"""The demo class: each student gets the outcome that their name says, and a message that tells them what to do."""

from __future__ import annotations

import io
import os
import zipfile
from pathlib import Path

import pytest

from grader.batch.demo import build_demo_class
from grader.batch.grading import grade_class
from grader.course.course import Course
from grader.errors import UsageError
from grader.judge.limits import Limits
from grader.judge.result import Kind, Outcome
from grader.report.advice import next_step
from grader.report.as_json import read_report
from grader.report.paper import console_on
from grader.report.score import outcome_words
from grader.sandbox.confinement import Unconfined

ROOT = Path(__file__).parents[2]


def test_a_demo_class_of_any_homework(tiny, hw1, tmp_path):
    students = build_demo_class(tiny, hw1, tmp_path / "class")

    entries = sorted(path.name.removesuffix(".zip") for path in (tmp_path / "class").iterdir())
    assert entries == list(students) and len(students) >= 12
    assert zipfile.is_zipfile(tmp_path / "class" / "maria_zip_of_a_fork.zip")
    assert not zipfile.is_zipfile(tmp_path / "class" / "noor_no_zip.zip")


def test_the_same_class_each_time(tiny, hw1, tmp_path):
    contents = []
    for folder in (tmp_path / "one", tmp_path / "two"):
        build_demo_class(tiny, hw1, folder)
        contents.append({str(path.relative_to(folder)): path.read_bytes() for path in folder.rglob("*") if path.is_file()})

    assert contents[0] == contents[1]


def test_a_folder_that_holds_something_is_left_alone(tiny, hw1, tmp_path):
    (tmp_path / "thesis.tex").write_text("dear")

    with pytest.raises(UsageError, match="is not empty"):
        build_demo_class(tiny, hw1, tmp_path)


@pytest.fixture(scope="module")
def results(tmp_path_factory):
    """Student → result, of the demo class of hw1."""
    course = Course.at(ROOT)
    homework = course.homework("hw1")
    folder = tmp_path_factory.mktemp("demo")
    build_demo_class(course, homework, folder / "class")
    status = grade_class(
        course,
        homework,
        folder / "class",
        folder / "out",
        jobs=min(4, os.cpu_count() or 1),
        seed=3,
        confinement=Unconfined(),
        limits=Limits(seconds_a_call=3, seconds_in_all=90),
        console=console_on(io.StringIO()),
    )
    assert status == 0
    return {path.parent.name: read_report(path).result for path in sorted((folder / "out").glob("*/report.json"))}


def stage(result, name):
    return next(stage for stage in result.stages if stage.name == name)


def test_every_student_of_hw1_gets_what_they_earned(results):
    """one test, so that parallel runs grade the class once"""
    words = {student: outcome_words(result) for student, result in results.items()}
    scores = {student: result.score for student, result in results.items()}
    sentences = {student: next_step(result) for student, result in results.items()}

    assert words == {
        "ada_complete": "passed",
        "alonzo_in_other_ways": "passed",
        "barbara_half_done": "unfinished",
        "chen_untouched": "not started",
        "dana_one_mistake": "failed",
        "edsger_three_mistakes": "failed",
        "emmy_left_one_out": "failed",
        "farid_all_wrong": "failed",
        "grace_syntax_error": "failed (import)",
        "hedy_never_returns": "failed",
        "ines_exits_at_import": "failed (exit)",
        "john_prints_a_gigabyte": "failed",
        "kofi_imports_torch": "failed",
        "lin_forgot_a_file": "failed (import)",
        "maria_zip_of_a_fork": "failed",
        "noor_no_zip": "failed (import)",
        "otto_own_tests": "not started",
    }
    assert [student for student, score in scores.items() if score == 100] == ["ada_complete", "alonzo_in_other_ways"]
    assert [student for student, score in scores.items() if score == 0] == [
        *("chen_untouched", "grace_syntax_error", "ines_exits_at_import", "lin_forgot_a_file", "noor_no_zip", "otto_own_tests")
    ]
    assert not any(Outcome.ERROR in result.outcomes for result in results.values())

    assert "SyntaxError: '(' was never closed (hw1_autograd/needle/layers.py, line" in sentences["grace_syntax_error"]
    assert sentences["ines_exits_at_import"].startswith("your module asked the program to exit (hw1_autograd/needle/layers.py")
    assert "your code imported torch" in sentences["kofi_imports_torch"]
    assert sentences["emmy_left_one_out"] == "hw1 · matmul, which is not written yet"
    assert "printed more than" in sentences["john_prints_a_gigabyte"]
    assert "did not return within" in sentences["hedy_never_returns"]
    assert sentences["lin_forgot_a_file"] == "missing: hw1_autograd/needle/layers.py"
    assert sentences["noor_no_zip"].startswith("noor_no_zip.zip is no zip; hand in a folder")
    assert results["otto_own_tests"].notes[0].startswith("ignored: conftest.py, hw1_autograd/probes.py")

    emmy = results["emmy_left_one_out"]
    assert stage(emmy, "matmul").outcome is Outcome.NOT_STARTED
    assert {test.waits_for for one in emmy.stages for test in one.tests if test.outcome is Outcome.BLOCKED} == {"hw1 · matmul"}
    assert {one.outcome for one in results["farid_all_wrong"].stages} == {Outcome.FAILED}
    assert Kind.TIME in {test.kind for test in stage(results["hedy_never_returns"], "network").tests}
    assert Kind.OUTPUT in {test.kind for test in stage(results["john_prints_a_gigabyte"], "layers").tests}
