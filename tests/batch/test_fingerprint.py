"""What a course brings to a grade, in one number."""

from __future__ import annotations

import pytest

from grader.batch.fingerprint import course_fingerprint
from grader.course.course import Course


def fingerprint(root, base="own"):
    course = Course.at(root)
    return course_fingerprint(course, course.homework("hw1"), base)


@pytest.mark.parametrize(
    "file",
    [
        "hw1_tiny/homework.toml",
        "hw1_tiny/probes.py",
        "hw1_tiny/needle/__init__.py",
        "hw0_tiny/needle/__init__.py",
        "hw1_tiny/tests/test_01_quadruple.py",
        "solutions/hw1_tiny/hidden/test_01_quadruple.py",
    ],
)
def test_what_can_change_a_score_changes_it(own_tiny_root, file):
    before = fingerprint(own_tiny_root)
    (own_tiny_root / file).write_text((own_tiny_root / file).read_text() + "\n")

    assert fingerprint(own_tiny_root) != before


@pytest.mark.parametrize("file", ["hw1_tiny/README.md", "hw1_tiny/needle/more.py", "hw0_tiny/tests/test_01_double.py"])
def test_what_cannot_does_not(own_tiny_root, file):
    before = fingerprint(own_tiny_root)
    (own_tiny_root / file).write_text((own_tiny_root / file).read_text() + "\n")

    assert fingerprint(own_tiny_root) == before


def test_the_reference_counts_where_it_is_the_base(own_tiny_root):
    before = fingerprint(own_tiny_root), fingerprint(own_tiny_root, "reference")
    file = own_tiny_root / "solutions/hw0_tiny/needle/tiny.py"
    file.write_text(file.read_text() + "\n")

    assert fingerprint(own_tiny_root) == before[0]
    assert fingerprint(own_tiny_root, "reference") != before[1]
