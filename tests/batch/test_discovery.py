"""From a folder to its submissions."""

from __future__ import annotations

import pytest

from grader.batch.discovery import discover, safe_name
from grader.errors import UsageError


def test_folders_and_zips_are_students_in_the_order_of_their_names(tmp_path):
    for name in ("zoe", "ben", ".git"):
        (tmp_path / name).mkdir()
    for name in ("ada.zip", "notes.txt", ".DS_Store"):
        (tmp_path / name).write_text("")

    found = discover(tmp_path)

    assert [submission.student for submission in found.submissions] == ["ada", "ben", "zoe"]
    assert found.ignored == ("notes.txt",)


def test_a_folder_that_does_not_exist_is_said(tmp_path):
    with pytest.raises(UsageError, match=r"there is no folder .*gone; give the one that holds"):
        discover(tmp_path / "gone")


def test_a_file_is_no_folder(tmp_path):
    (tmp_path / "class.zip").write_text("")

    with pytest.raises(UsageError, match=r"class.zip is no folder"):
        discover(tmp_path / "class.zip")


def test_an_empty_folder_is_said(tmp_path):
    with pytest.raises(UsageError, match="holds no submission"):
        discover(tmp_path)


def test_a_student_twice_is_said_before_anything_is_graded(tmp_path):
    (tmp_path / "ada").mkdir()
    (tmp_path / "ada.zip").write_text("")

    with pytest.raises(UsageError, match="as a folder and as a zip: ada; take one of the two away"):
        discover(tmp_path)


@pytest.mark.parametrize("name", ["ada", "Ada Lovelace", "größe", "数", "ada.lovelace", "=1+1", "-rf"])
def test_an_ordinary_name_stays(name):
    assert safe_name(name) == name


@pytest.mark.parametrize(
    "name",
    [
        *("two\nlines", "..", ".", "...", "a" * 300, "数" * 100, "\x1b[2J", "con", "NUL.txt", "a:b", "a\\b", " ada", "ada."),
        *("gradebook.csv", "class.json", "\ud800", "\u202eada", ""),
    ],
    ids=ascii,
)
def test_an_unsafe_name_becomes_a_safe_one(name):
    safe = safe_name(name)

    assert safe != name and safe.isprintable() and "/" not in safe and len(safe.encode()) < 120
    assert not safe.startswith(".") and not safe.endswith((".", " "))
    assert safe_name(safe) == safe


def test_no_two_names_become_the_same():
    assert safe_name("a\nb") != safe_name("a\tb")


def test_a_changed_name_is_said(tmp_path):
    (tmp_path / "two\nlines").mkdir()

    (submission,) = discover(tmp_path).submissions

    assert submission.student.startswith("two_lines-")
    assert submission.notes[0].startswith('handed in as "two lines"')
