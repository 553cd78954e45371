"""Fixtures of the machinery's tests."""

from __future__ import annotations

import importlib.util
import sys
from pathlib import Path

import pytest

from grader.course.course import Course

HERE = Path(__file__).parent


@pytest.fixture(scope="session")
def write_tiny_course():
    """A function: a folder → the tiny course, written into it."""
    return _tiny().write_tiny_course


@pytest.fixture(scope="session")
def tiny_root(tmp_path_factory, write_tiny_course):
    """A folder with the tiny course: to be read, not to be changed."""
    return write_tiny_course(tmp_path_factory.mktemp("course"))


@pytest.fixture
def own_tiny_root(tmp_path, write_tiny_course):
    """A folder with a tiny course of one's own, to be changed."""
    return write_tiny_course(tmp_path / "course")


@pytest.fixture(scope="session")
def tiny(tiny_root):
    """The tiny course."""
    return Course.at(tiny_root)


def _tiny():
    """`tests/tiny_course.py`; in importlib mode no test file can import another by name."""
    if "tiny_course" not in sys.modules:
        spec = importlib.util.spec_from_file_location("tiny_course", HERE / "tiny_course.py")
        module = importlib.util.module_from_spec(spec)
        sys.modules["tiny_course"] = module
        spec.loader.exec_module(module)
    return sys.modules["tiny_course"]
