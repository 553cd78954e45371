"""The folder of a class's results: begun once, gone on with, never mixed."""

from __future__ import annotations

import json
from dataclasses import replace

import pytest

from grader.batch.classroom import opened
from grader.errors import OutputError, UsageError
from grader.judge.result import Kind, Outcome, Result, StageResult, TestResult

TERMS = ("hw1_tiny", "own", "sha256:course")


def result(seed, outcome=Outcome.PASSED, **others):
    test = TestResult("quadruple", "test_one", "doubles twice", False, outcome, None if outcome is Outcome.PASSED else Kind.OURS)
    stage = StageResult("quadruple", 1, "Doubling twice", 100, (test,))
    return Result(**{"homework": "hw1_tiny", "student": "ada", "stages": (stage,), "seed": seed, "confinement": "none", **others})


def test_the_seed_is_drawn_once_and_written_before_the_first_result(tmp_path):
    with opened(tmp_path / "out", *TERMS) as first:
        written = json.loads((tmp_path / "out" / "class.json").read_text())
    with opened(tmp_path / "out", *TERMS) as again:
        assert again.terms == first.terms
    with opened(tmp_path / "other", *TERMS) as other:
        assert other.terms.seed != first.terms.seed
    assert written["seed"] == first.terms.seed and written["homework"] == "hw1_tiny"


def test_a_result_is_kept_while_everything_is_the_same(tmp_path):
    with opened(tmp_path, *TERMS) as room:
        room.write(result(room.terms.seed), "sha256:files")

        assert room.kept("ada", "sha256:files", "none") == result(room.terms.seed)
        assert [one.student for one in room.results()] == ["ada"]
        assert "100 of 100 points" in (tmp_path / "ada" / "feedback.txt").read_text()


@pytest.mark.parametrize(("submission", "confinement"), [("sha256:others", "none"), ("sha256:files", "bubblewrap")])
def test_another_submission_or_confinement_is_graded_anew(tmp_path, submission, confinement):
    with opened(tmp_path, *TERMS) as room:
        room.write(result(room.terms.seed), "sha256:files")

        assert room.kept("ada", submission, confinement) is None


def test_our_error_is_graded_anew(tmp_path):
    with opened(tmp_path, *TERMS) as room:
        room.write(result(room.terms.seed, Outcome.ERROR), "sha256:files")

        assert room.kept("ada", "sha256:files", "none") is None


@pytest.mark.parametrize("damage", [b"", b"{", b"\0" * 100, b"[]"])
def test_a_damaged_report_is_graded_anew(tmp_path, damage):
    with opened(tmp_path, *TERMS) as room:
        room.write(result(room.terms.seed), "sha256:files")
        (tmp_path / "ada" / "report.json").write_bytes(damage)

        assert room.kept("ada", "sha256:files", "none") is None
        assert list(room.results()) == []


@pytest.mark.parametrize("change", [{"seed": -1}, {"student": "ben"}, {"homework": "hw0_tiny"}, {"base": "reference"}])
def test_a_report_of_something_else_is_not_taken(tmp_path, change):
    with opened(tmp_path, *TERMS) as room:
        room.write(replace(result(room.terms.seed), **change), "sha256:files")

        assert room.kept(change.get("student", "ada"), "sha256:files", "none") is None or "student" in change
        assert room.kept("ada", "sha256:files", "none") is None


@pytest.mark.parametrize(
    ("terms", "seed", "said"),
    [
        (("hw0_tiny", "own", "sha256:course"), None, "graded with homework hw1_tiny and not hw0_tiny; choose another --out"),
        (("hw1_tiny", "reference", "sha256:course"), None, "base own and not reference"),
        (TERMS, 12, "seed 11 and not 12"),
        (("hw1_tiny", "own", "sha256:later"), None, "another state of the course .* --anew"),
    ],
)
def test_other_terms_are_refused_and_nothing_changes(tmp_path, terms, seed, said):
    with opened(tmp_path, *TERMS, seed=11):
        before = (tmp_path / "class.json").read_text()

    with pytest.raises(UsageError, match=said), opened(tmp_path, *terms, seed=seed):
        pass

    assert (tmp_path / "class.json").read_text() == before


def test_anew_takes_the_new_terms_and_keeps_the_seed(tmp_path):
    with opened(tmp_path, *TERMS, seed=11) as room:
        room.write(result(11), "sha256:files")

    with opened(tmp_path, "hw1_tiny", "own", "sha256:later", anew=True) as room:
        assert room.terms.seed == 11
        assert room.kept("ada", "sha256:files", "none") is None
        assert list(room.results()) == []


def test_a_folder_of_other_things_is_left_alone(tmp_path):
    (tmp_path / "thesis.tex").write_text("dear")

    with pytest.raises(UsageError, match=r"holds other things \('thesis.tex'\)"), opened(tmp_path, *TERMS):
        pass


@pytest.mark.parametrize("text", ["", "{}", "[]", '{"format_version": 2}', '{"format_version": 1, "seed": "x"}'])
def test_a_damaged_class_is_said(tmp_path, text):
    (tmp_path / "class.json").write_text(text)

    with pytest.raises(UsageError, match=r"class.json cannot be read"), opened(tmp_path, *TERMS):
        pass


def test_a_file_where_the_folder_should_be_is_said(tmp_path):
    (tmp_path / "out").write_text("")

    with pytest.raises(OutputError, match="choose another folder"), opened(tmp_path / "out", *TERMS):
        pass


def test_half_written_files_are_taken_away(tmp_path):
    with opened(tmp_path, *TERMS) as room:
        room.write(result(room.terms.seed), "sha256:files")
    (tmp_path / "ada" / ".report.json.99.part").write_text("half")

    with opened(tmp_path, *TERMS):
        assert sorted(path.name for path in (tmp_path / "ada").iterdir()) == ["feedback.txt", "report.json"]
