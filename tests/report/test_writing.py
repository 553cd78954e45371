"""Writing whole or not at all."""

from __future__ import annotations

import errno
import os

import pytest

from grader.errors import OutputError
from grader.report import writing
from grader.report.writing import make_folder, remove_leftovers, write_whole


def test_a_file_is_replaced_and_nothing_is_left_beside_it(tmp_path):
    write_whole(tmp_path / "a.json", "old")
    write_whole(tmp_path / "a.json", "nüw")

    assert (tmp_path / "a.json").read_text(encoding="utf-8") == "nüw"
    assert os.listdir(tmp_path) == ["a.json"]


@pytest.mark.parametrize(
    ("number", "remedy"),
    [
        (errno.EACCES, "write-protected; choose another folder"),
        (errno.EROFS, "write-protected"),
        (errno.ENOSPC, "the disk is full; make room and run the same command again"),
        (errno.EIO, "choose another folder"),
    ],
)
def test_a_write_that_fails_keeps_the_old_file_and_says_what_to_do(tmp_path, monkeypatch, number, remedy):
    write_whole(tmp_path / "a.json", "old")

    def fail(descriptor):
        raise OSError(number, os.strerror(number))

    monkeypatch.setattr(writing.os, "fsync", fail)
    with pytest.raises(OutputError, match=remedy):
        write_whole(tmp_path / "a.json", "new")

    assert (tmp_path / "a.json").read_text() == "old"
    assert os.listdir(tmp_path) == ["a.json"]


def test_a_folder_that_is_gone_is_said(tmp_path):
    with pytest.raises(OutputError, match="its folder is gone"):
        write_whole(tmp_path / "gone" / "a.json", "x")


def test_a_file_in_the_way_of_a_folder_is_said(tmp_path):
    (tmp_path / "out").write_text("")

    with pytest.raises(OutputError, match="a file is in the way"):
        make_folder(tmp_path / "out" / "ada", parents=True)


def test_a_link_beside_the_file_is_not_followed(tmp_path):
    """given a link where the new file would be made, when it is written, then the link's target is untouched"""
    (tmp_path / "victim").write_text("safe")
    (tmp_path / f".a.json.{os.getpid()}.part").symlink_to(tmp_path / "victim")

    with pytest.raises(OutputError):
        write_whole(tmp_path / "a.json", "x")

    assert (tmp_path / "victim").read_text() == "safe"


def test_leftovers_of_a_killed_run_are_taken_away(tmp_path):
    (tmp_path / ".report.json.123.part").write_text("half")

    remove_leftovers(tmp_path)

    assert os.listdir(tmp_path) == []
