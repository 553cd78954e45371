"""report.json: written, read back, and refused when it is none."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from grader.judge.result import Kind, Outcome
from grader.report.as_json import Origin, Report, ReportError, as_json, from_json, read_report


@pytest.fixture
def report(mixed):
    return Report(mixed, Origin("sha256:aa", "sha256:bb"))


def test_a_report_reads_back_as_it_was(report):
    assert from_json(as_json(report), "here") == report


def test_it_holds_what_the_format_promises(report):
    data = json.loads(as_json(report))

    assert list(data) == [
        "format_version",
        "homework",
        "student",
        "score",
        "points",
        "seed",
        "base",
        "confinement",
        "graded_at",
        "seconds",
        "notes",
        "origin",
        "stages",
    ]
    assert list(data["stages"][0]) == ["name", "number", "title", "points", "earned", "outcome", "tests"]
    assert list(data["stages"][0]["tests"][0]) == [
        "name",
        "sentence",
        "hidden",
        "outcome",
        "kind",
        "message",
        "waits_for",
        "seconds",
    ]
    assert (data["score"], data["points"], data["seed"]) == (45.0, 100, 7)


def test_every_key_and_every_kind_is_in_the_page(report):
    page = (Path(__file__).parents[2] / "grader" / "report" / "FORMAT.md").read_text(encoding="utf-8")
    data = json.loads(as_json(report))

    words = [*data, *data["stages"][0], *data["stages"][0]["tests"][0], *Kind, *Outcome]

    assert [word for word in words if f"`{word}`" not in page] == []


def test_it_is_ascii_whatever_the_code_said(a_test, a_result):
    result = a_result(("matmul", 100, [a_test(Outcome.FAILED, "\x1b[31m\u202e\ud800\x9b 数")]))

    text = as_json(Report(result))

    assert text.isascii() and "\x1b" not in text
    assert from_json(text, "here").result == result


def test_no_score_where_nothing_could_be_judged(a_test, a_result):
    result = a_result(("matmul", 100, [a_test(Outcome.ERROR, "we crashed")]))

    text = as_json(Report(result))

    assert json.loads(text)["score"] is None
    assert from_json(text, "here").result == result


def test_students_get_nothing_of_hidden_tests_but_stage_and_kind(report):
    text = as_json(report, "students")
    data = json.loads(text)

    hidden = data["stages"][1]["tests"][2]
    assert (hidden["outcome"], hidden["kind"]) == ("failed", "values")
    assert (data["seed"], data["origin"]) == (None, None)
    assert not any(secret in text for secret in ("secret", "sevens", "(7, 7)"))


@pytest.mark.parametrize(
    ("change", "said"),
    [
        (lambda data: data.update(format_version=2), "format_version 2"),
        (lambda data: data.pop("student"), "student is None"),
        (lambda data: data.update(score=100), "score is 100, but its tests make it 45"),
        (lambda data: data["stages"][0].update(earned=3), r"stages\[0\].earned is 3"),
        (lambda data: data["stages"][0].update(points=True), r"stages\[0\].points is None"),
        (lambda data: data["stages"][1]["tests"][0].update(outcome="great"), r"stages\[1\].tests\[0\].outcome is 'great'"),
        (lambda data: data["stages"][1]["tests"][0].update(seconds=None), "seconds is None"),
        (lambda data: data.update(stages={}), "stages is no list"),
        (lambda data: data.update(notes=[1]), "notes is no list of texts"),
        (lambda data: data.update(origin=3), "origin is no table"),
    ],
)
def test_a_report_with_a_mistake_is_refused_by_name(report, change, said):
    data = json.loads(as_json(report))
    change(data)

    with pytest.raises(ReportError, match=said):
        from_json(json.dumps(data), "here")


@pytest.mark.parametrize("text", [b"", b"{", b"[]", b"null", b"\xff", b"[" * 100_000])
def test_what_is_no_report_is_refused(tmp_path, text):
    (tmp_path / "report.json").write_bytes(text)

    with pytest.raises(ReportError, match="grade again"):
        read_report(tmp_path / "report.json")
