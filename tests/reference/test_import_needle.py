"""Module paths of needle elsewhere, and the run of a stranger's script: `import needle` on the reference of hw1."""

import sys
from pathlib import Path

import pytest

from grader.course.course import Course
from grader.course.run_needle import run_needle

ROOT = Path(__file__).parents[2]


@pytest.mark.parametrize(
    "code",
    [
        "import needle.ops.ops_mathematic as theirs, needle.ops as ours",
        "import needle.ops.ops_tuple as theirs, needle.ops as ours",
        "import needle; import needle.ops.ops_mathematic; theirs, ours = needle.ops.ops_mathematic, needle.ops",
        "import needle.backend_numpy as theirs, needle.device as ours",
        "import needle.backend_selection as theirs, needle.backend as ours",
    ],
)
def test_paths_of_needle_elsewhere_mean_our_modules(tmp_path, monkeypatch, code):
    monkeypatch.chdir(tmp_path)
    course = Course.at(ROOT)
    command = [sys.executable, "-c", f"{code}; assert theirs is ours"]

    assert run_needle(course, course.homework("hw1"), command, {"PYTHONDONTWRITEBYTECODE": "1"}, reference=True) == 0
