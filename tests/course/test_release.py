"""The students' release holds nothing private, and the proof of it finds what slipped in."""

import subprocess

import pytest

from grader.course.course import Course
from grader.course.release import leaks, write_release
from grader.errors import UsageError


@pytest.fixture
def committed(own_tiny_root):
    """A tiny course in a git repository."""
    identity = ["-c", "user.name=a", "-c", "user.email=a@b"]
    for command in (["init", "-q"], ["add", "-A"], [*identity, "commit", "-qm", "all"]):
        subprocess.run(["git", "-C", str(own_tiny_root), *command], check=True)
    return Course.at(own_tiny_root)


def test_a_release_is_the_last_commit_without_the_private_half(committed, tmp_path):
    notes = write_release(committed, tmp_path / "release")

    assert notes == []
    assert not (tmp_path / "release/solutions").exists()
    assert leaks(committed, tmp_path / "release") == []
    assert Course.at(tmp_path / "release").solutions is None


def test_changes_that_are_not_committed_are_said(committed, tmp_path):
    (committed.root / "hw0_tiny/README.md").write_text("new")

    assert "1 files with changes" in write_release(committed, tmp_path / "release")[0]


@pytest.mark.parametrize(
    ("name", "text", "said"),
    [
        ("hw0_tiny/needle/tiny.py", "    # BEGIN SOLUTION double\n", "a marker of the solutions"),
        ("hw1_tiny/README.md", "The answer:\n\n    return double(double(a))\n", "hw1 · quadruple"),
        (
            "hw0_tiny/notes.md",
            'if a.ndim != 1:\n    raise ValueError(f"total takes a vector, got shape {a.shape}")\n',
            "hw0 · total",
        ),
        ("solutions/secret.py", "x = 1", "solutions/ is in the release"),
    ],
)
def test_what_slipped_in_is_found(committed, tmp_path, name, text, said):
    write_release(committed, tmp_path / "release")
    path = tmp_path / "release" / name
    path.parent.mkdir(exist_ok=True)
    path.write_text(text)

    assert any(said in leak for leak in leaks(committed, tmp_path / "release"))


def test_a_folder_that_is_not_empty_is_refused(committed, tmp_path):
    (tmp_path / "mine").write_text("")

    with pytest.raises(UsageError, match="not empty"):
        write_release(committed, tmp_path)


def test_a_course_without_git_is_refused(own_tiny_root, tmp_path):
    with pytest.raises(UsageError, match="no git checkout"):
        write_release(Course.at(own_tiny_root), tmp_path / "release")
