"""The tests of a homework: collected from its files, a stage a file, without pytest.

A test is a function `test_…` that takes any of `student`, `rng` and `close`, and whose docstring is the sentence that
students read. Nothing else runs over both transports, so nothing else is taken.
"""

from __future__ import annotations

import importlib.util
import inspect
import sys
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from types import ModuleType

from grader.course.course import Course
from grader.course.manifest import Homework, Stage
from grader.errors import CourseError
from grader.judge.student import Probes

FIXTURES = {"student", "rng", "close"}

PUBLIC_SEED = 2026
"""Of the random numbers of public tests: the same for everybody, so that two students can talk about a failure."""


@dataclass(frozen=True, slots=True)
class Test:
    """One test of a stage."""

    __test__ = False

    homework: str
    stage: Stage
    name: str
    sentence: str
    hidden: bool
    function: Callable[..., None]

    @property
    def id(self) -> str:
        """What seeds its random numbers, and what a report calls it: `hw1/07_matmul/hidden/test_matmul_forward`."""
        return test_id(self.homework, self.stage.number, self.stage.name, hidden=self.hidden, test=self.name)


@dataclass(frozen=True, slots=True)
class Suite:
    """A homework's tests, and the probes that they call."""

    homework: Homework
    tests: tuple[Test, ...]
    probes: Probes

    def of(self, *stages: str) -> Suite:
        """The tests of some stages."""
        return Suite(self.homework, tuple(test for test in self.tests if test.stage.name in stages), self.probes)

    def matching(self, words: str) -> Suite:
        """The tests whose name, stage or sentence contains each of these words."""
        wanted = words.lower().split()
        kept = tuple(
            test
            for test in self.tests
            if all(word in f"{test.name} {test.stage.name} {test.sentence}".lower() for word in wanted)
        )
        return Suite(self.homework, kept, self.probes)


def load_suite(course: Course, homework: Homework, *, hidden: bool) -> Suite:
    """Collect a homework's public tests, and the hidden ones where they are wanted.

    Raises:
        UsageError: hidden tests are wanted, and this is the students' release.
        CourseError: a stage without tests, a stray file, a test that is none; all of them.
    """
    folders = [(course.folder(homework) / "tests", False)]
    if hidden:
        folders.append((course.private_half(homework) / "hidden", True))
    tests: list[Test] = []
    mistakes: list[str] = []
    for folder, is_hidden in folders:
        for path in sorted(folder.glob("test_*.py")):
            if path.name not in {stage.test_file for stage in homework.stages}:
                mistakes.append(f"{_name(path, course)}: belongs to no stage; name it test_NN_STAGE.py")
        for stage in homework.stages:
            path = folder / stage.test_file
            if not path.is_file():
                mistakes.append(f"{_name(path, course)} is missing; a stage has a file of tests")
                continue
            found, wrong = _tests_of(path, homework, stage, is_hidden)
            tests += found
            mistakes += [f"{_name(path, course)}: {text}" for text in wrong]
    probes = load_probes(course.folder(homework))
    if mistakes:
        raise CourseError(mistakes)
    tests.sort(key=lambda test: (test.stage.number, test.hidden))
    return Suite(homework, tuple(tests), probes)


def load_probes(homework: Path) -> Probes:
    """The probes of a homework's folder, by name."""
    return _functions(load_module(homework / "probes.py", f"_probes_{homework.name}"))


def test_id(homework: str, number: int, stage: str, *, hidden: bool, test: str) -> str:
    """`hw1/07_matmul/hidden/test_matmul_forward`."""
    return f"{homework.partition('_')[0]}/{number:02d}_{stage}/{'hidden' if hidden else 'public'}/{test}"


def load_module(path: Path, name: str) -> ModuleType:
    """Import one file of the course under a name of its own."""
    spec = importlib.util.spec_from_file_location(name, path)
    if spec is None or spec.loader is None:
        raise CourseError([f"{path} is no Python file"])
    module = importlib.util.module_from_spec(spec)
    sys.modules[name] = module
    spec.loader.exec_module(module)
    return module


def _tests_of(path: Path, homework: Homework, stage: Stage, hidden: bool) -> tuple[list[Test], list[str]]:
    module = load_module(path, f"_{'hidden' if hidden else 'public'}_{homework.name}_{path.stem}")
    tests, mistakes = [], []
    for name, function in _functions(module).items():
        if not name.startswith("test"):
            continue
        wrong = _mistakes_of(name, function)
        mistakes += wrong
        if not wrong:
            tests.append(Test(homework.name, stage, name, inspect.getdoc(function) or name, hidden, function))
    if not tests and not mistakes:
        mistakes.append("holds no test; zero collected tests would be full points for nothing")
    return tests, mistakes


def _mistakes_of(name: str, function: Callable[..., None]) -> list[str]:
    mistakes = []
    if unknown := set(inspect.signature(function).parameters) - FIXTURES:
        mistakes.append(f"{name} takes {', '.join(sorted(unknown))}; a test takes student, rng and close alone")
    sentence = inspect.getdoc(function) or ""
    if not sentence or "\n" in sentence:
        mistakes.append(f"{name} needs a docstring of one line: the sentence that students read")
    if getattr(function, "pytestmark", None):
        mistakes.append(f"{name} carries a pytest mark; write a loop, or another test")
    return mistakes


def _functions(module: ModuleType) -> dict[str, Callable[..., None]]:
    """The functions that a module defines itself, in the order of its text."""
    return {
        name: function
        for name, function in vars(module).items()
        if inspect.isfunction(function) and function.__module__ == module.__name__ and not name.startswith("_")
    }


def _name(path: Path, course: Course) -> str:
    return path.relative_to(course.root).as_posix()
