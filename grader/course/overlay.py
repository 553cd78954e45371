"""Lay files over the course: a fresh tree that holds one person's library and nothing of anybody else's.

Whatever runs, the skeleton, the reference, a planted bug, a submission, runs from such a tree. Of each homework it holds
the probes and the given files of the course, and the *declared* files (`files` of the manifest) of whoever is graded.
A file that nobody gave is left out: importing it then fails, and the student reads which one is missing.
"""

from __future__ import annotations

import py_compile
import shutil
import tempfile
from collections.abc import Collection, Mapping
from pathlib import Path

from grader.course.course import Course
from grader.course.manifest import Homework
from grader.course.reference import Reference
from grader.course.regions import stub_message
from grader.course.variants import Variant

Library = Mapping[str, Mapping[str, bytes]]
"""Name of a homework → its declared files: path below the homework's folder → content."""


def lay(
    course: Course,
    homework: Homework,
    library: Library,
    into: Path,
    *,
    tests: bool = False,
    compiled: Collection[str] = (),
) -> Path:
    """Build the tree on which a homework runs, with those it is built on.

    Args:
        course: gives probes, given files and, if asked for, the public tests.
        homework: the last homework of the chain.
        library: the declared files, by homework.
        into: an empty folder, or one that does not exist yet.
        tests: bring the public tests too, so that pytest can run in the tree.
        compiled: homeworks whose declared files are laid compiled, without their source.
    Returns:
        The folder, to be the one entry on `sys.path`.
    """
    into.mkdir(parents=True, exist_ok=True)
    for one in course.chain(homework):
        source, target = course.folder(one), into / one.name
        for path in sorted(source.rglob("*.py")):
            file = path.relative_to(source).as_posix()
            if belongs_to_tree(file, one, tests=tests):
                _write(target / file, path.read_bytes())
        for file, content in library.get(one.name, {}).items():
            if file in one.files and one.name in compiled:
                _compile(content, f"{one.name}/{file}", (target / file).with_suffix(".pyc"))
            elif file in one.files:
                _write(target / file, content)
        if tests:
            shutil.copy(source / "homework.toml", target)
    return into


def belongs_to_tree(file: str, homework: Homework, *, tests: bool = False) -> bool:
    """Whether a file of the course's own folder is laid: given files and probes, never a declared one."""
    if file in homework.files:
        return False
    return file in ("__init__.py", "probes.py") or file.startswith("needle/") or (tests and file.startswith("tests/"))


def skeleton_library(course: Course, homework: Homework) -> Library:
    """The declared files as they lie in this checkout: the skeleton, or what a student has made of it."""
    return {one.name: _read(course.folder(one), one) for one in course.chain(homework)}


def reference_library(course: Course, homework: Homework, bodies: Mapping[str, str] | None = None) -> Library:
    """The reference, with other bodies for some regions of the last homework: stubs, variants, mutants."""
    return {
        one.name: {
            file: text.encode()
            for file, text in Reference.of(course, one).files(bodies if one == homework else None).items()
            if file in one.files
        }
        for one in course.chain(homework)
    }


def variant_library(course: Course, homework: Homework, *variants: Variant) -> Library:
    """The reference with a set of variants laid over it."""
    bodies: dict[str, str] = {}
    for variant in variants:
        bodies.update(variant.bodies)
    return reference_library(course, homework, bodies)


def unwritten_stages(homework: Homework, library: Library) -> frozenset[str]:
    """The stages of a homework that have a stub left in these files."""
    text = b"\n".join(library.get(homework.name, {}).values()).decode("utf-8", "replace")
    return frozenset(stage.name for stage in homework.stages if f'"{stub_message(homework, stage)}"' in text)


def _read(folder: Path, homework: Homework) -> dict[str, bytes]:
    return {file: (folder / file).read_bytes() for file in homework.files if (folder / file).is_file()}


def _compile(source: bytes, name: str, path: Path) -> None:
    """Write a module that is imported without its source; its docstrings go, its name in tracebacks stays."""
    with tempfile.TemporaryDirectory(prefix="needle-") as folder:
        text = Path(folder) / "module.py"
        text.write_bytes(source)
        path.parent.mkdir(parents=True, exist_ok=True)
        unchecked = py_compile.PycInvalidationMode.UNCHECKED_HASH
        py_compile.compile(str(text), str(path), name, doraise=True, optimize=2, invalidation_mode=unchecked)


def _write(path: Path, content: bytes) -> None:
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(content)
