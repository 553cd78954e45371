"""The reference's library, for tests of what it promises to needle code from elsewhere."""

from __future__ import annotations

import importlib
import sys
from pathlib import Path

import pytest

from grader.course.course import Course
from grader.course.overlay import lay, reference_library

ROOT = Path(__file__).parents[2]


@pytest.fixture(scope="package")
def ndl(tmp_path_factory):
    """`import needle as ndl`, as of hw1, from a tree of its own; afterwards it is as if it had never been imported."""
    course = Course.at(ROOT)
    homework = course.homework("hw1")
    tree = lay(course, homework, reference_library(course, homework), tmp_path_factory.mktemp("reference"))
    packages = {one.name for one in course.homeworks}
    with pytest.MonkeyPatch.context() as patch:
        patch.syspath_prepend(tree)
        for name in [name for name in sys.modules if name.partition(".")[0] in packages]:
            patch.delitem(sys.modules, name)
        yield importlib.import_module(f"{homework.name}.needle")
        for name in [name for name in sys.modules if name.partition(".")[0] in packages]:
            del sys.modules[name]
