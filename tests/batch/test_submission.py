"""What is taken of a folder that somebody handed in, and what is said of the rest."""

from __future__ import annotations

import os

import pytest

from grader.batch.submission import Submission

MORE, TINY = "hw1_tiny/needle/more.py", "hw0_tiny/needle/tiny.py"


@pytest.fixture
def read(tiny, hw1):
    return lambda source, base="own": Submission("ada", source).read(tiny, hw1, base)


@pytest.mark.parametrize("top", ["", "fork-main/", "hand-in/fork-main/"])
@pytest.mark.parametrize("name", ["ada", "ada.zip"])
def test_the_declared_files_are_taken_as_they_are(read, hand_in, solved, name, top):
    bundle = read(hand_in(name, {top + path: content for path, content in solved.items()}))

    assert bundle.library == {"hw0_tiny": {"needle/tiny.py": solved[TINY]}, "hw1_tiny": {"needle/more.py": solved[MORE]}}
    assert bundle.notes == ()


def test_a_zip_and_a_folder_of_the_same_are_the_same(read, hand_in, solved):
    assert read(hand_in("ada", solved)).fingerprint == read(hand_in("ada.zip", solved)).fingerprint


def test_any_change_is_another_fingerprint(read, hand_in, solved):
    changed = {**solved, MORE: solved[MORE] + b"\n"}

    assert read(hand_in("ada", solved)).fingerprint != read(hand_in("ben", changed)).fingerprint


@pytest.mark.parametrize("name", ["ada", "ada.zip"])
def test_what_is_not_declared_is_never_taken_and_is_named(read, hand_in, solved, name):
    own = {
        "hw1_tiny/probes.py": b"own",
        "hw1_tiny/needle/__init__.py": b"own",
        "conftest.py": b"own",
        "hw1_tiny/needle/helper.py": b"",
    }

    bundle = read(hand_in(name, {**solved, **own}))

    assert set(bundle.library["hw1_tiny"]) == {"needle/more.py"}
    (note,) = bundle.notes
    assert note.startswith(f"ignored: {', '.join(sorted(own))} (")


def test_the_course_s_own_files_are_no_remark(read, hand_in, tiny, solved):
    own = (tiny.root / "hw1_tiny" / "probes.py").read_bytes().replace(b"\n", b"\r\n")

    assert read(hand_in("ada", {**solved, "hw1_tiny/probes.py": own})).notes == ()


@pytest.mark.parametrize("name", ["ada", "ada.zip"])
def test_what_is_missing_is_said(read, hand_in, solved, name):
    bundle = read(hand_in(name, {MORE: solved[MORE]}))

    assert bundle.library == {"hw0_tiny": {}, "hw1_tiny": {"needle/more.py": solved[MORE]}}
    assert bundle.notes == ("hw0_tiny is missing: none of its files was handed in",)


def test_with_the_reference_as_base_earlier_homeworks_are_not_missed(read, hand_in, solved):
    assert read(hand_in("ada", {MORE: solved[MORE]}), "reference").notes == ()


@pytest.mark.parametrize("name", ["ada", "ada.zip"])
def test_a_submission_of_something_else_is_said(read, hand_in, name):
    bundle = read(hand_in(name, {"essay.txt": b"words"}))

    assert bundle.notes == ("there is no folder hw1_tiny in it; hand in the folder hw1_tiny with its needle/ inside",)


@pytest.mark.parametrize("name", ["ada", "ada.zip"])
def test_of_two_the_fuller_one_is_graded(read, hand_in, solved, name):
    files = {f"b/{path}": content for path, content in solved.items()}

    bundle = read(hand_in(name, {**files, "a/hw1_tiny/README.md": b""}))

    assert bundle.library["hw1_tiny"] == {"needle/more.py": solved[MORE]}
    assert bundle.notes == ("there is more than one folder hw1_tiny; b/hw1_tiny is graded",)


@pytest.mark.parametrize("name", ["ada", "ada.zip"])
def test_a_file_too_large_is_refused(read, hand_in, solved, name):
    bundle = read(hand_in(name, {**solved, MORE: os.urandom((1 << 20) + 1)}))

    assert bundle.library["hw1_tiny"] == {}
    assert f"{MORE} was refused: it is larger than 1 MiB" in bundle.notes


def test_a_link_is_not_followed(read, hand_in, solved, tmp_path):
    (tmp_path / "secret").write_bytes(b"of the instructor")
    folder = hand_in("ada", solved)
    (folder / MORE).unlink()
    (folder / MORE).symlink_to(tmp_path / "secret")

    bundle = read(folder)

    assert bundle.library["hw1_tiny"] == {}
    assert f"{MORE} was refused: it is a link, and links are not followed" in bundle.notes


def test_a_linked_folder_on_the_way_is_not_followed(read, hand_in, solved):
    elsewhere = hand_in("elsewhere", {"more.py": b"secret"}, into="other")
    folder = hand_in("ada", solved)
    (folder / MORE).unlink()
    (folder / "hw1_tiny" / "needle").rmdir()
    (folder / "hw1_tiny" / "needle").symlink_to(elsewhere)

    bundle = read(folder)

    assert bundle.library["hw1_tiny"] == {}
    assert any("needle is a link" in note for note in bundle.notes)


def test_a_submission_that_is_a_link_is_refused(read, hand_in, solved, tmp_path):
    (tmp_path / "ada").symlink_to(hand_in("real", solved))

    assert read(tmp_path / "ada").notes == ("ada is a link, and links are not followed; put the submission itself there",)


@pytest.mark.skipif(not hasattr(os, "mkfifo"), reason="no pipes with names here")
def test_a_pipe_is_never_opened(read, hand_in, solved):
    """given a FIFO where a file should be, when it is read, then nobody waits for a writer"""
    folder = hand_in("ada", solved)
    (folder / MORE).unlink()
    os.mkfifo(folder / MORE)

    assert f"{MORE} was refused: it is a pipe" in read(folder).notes


def test_a_folder_where_a_file_should_be_is_refused(read, hand_in, solved):
    bundle = read(hand_in("ada", {TINY: solved[TINY], f"{MORE}/x.py": b""}))

    assert f"{MORE} was refused: it is a folder" in bundle.notes


def test_notes_hold_no_escape_codes(read, hand_in, solved):
    bundle = read(hand_in("ada", {**solved, "hw1_tiny/needle/\x1b[2J.py": b""}))

    assert "\\x1b[2J.py" in bundle.notes[0] and "\x1b" not in bundle.notes[0]
