"""What a course brings to a grade, in one number: manifests, probes, given files, tests, and the grader's own lines.

Two results with the same fingerprint, seed and submission are the same result; so nothing is graded twice, and results of
two states of the course never stand in one gradebook.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterator
from pathlib import Path

from grader.course.course import Course
from grader.course.manifest import Homework

GRADER = Path(__file__).parents[1]
GRADES = ("course", "judge", "worker")
"""The rooms of the grader whose lines decide a score."""


def course_fingerprint(course: Course, homework: Homework, base: str) -> str:
    """The fingerprint of what grades a homework."""
    digest = hashlib.sha256()
    for name, path in _files(course, homework, base):
        content = path.read_bytes()
        digest.update(f"{name}\0{len(content)}\0".encode())
        digest.update(content)
    return f"sha256:{digest.hexdigest()}"


def _files(course: Course, homework: Homework, base: str) -> Iterator[tuple[str, Path]]:
    for one in course.chain(homework):
        folder = course.folder(one)
        own = [folder / "homework.toml", folder / "probes.py"]
        own += [path for path in sorted(folder.glob("needle/**/*.py")) if path.relative_to(folder).as_posix() not in one.files]
        own += sorted(folder.glob("tests/*.py")) if one == homework else []
        yield from ((path.relative_to(course.root).as_posix(), path) for path in own if path.is_file())
    if course.solutions is not None:
        private = sorted((course.solutions / homework.name / "hidden").glob("*.py"))
        if base == "reference":
            earlier = (one.name for one in course.chain(homework)[:-1])
            private += [path for name in earlier for path in sorted((course.solutions / name / "needle").rglob("*.py"))]
        yield from ((path.relative_to(course.root).as_posix(), path) for path in private)
    for room in GRADES:
        for path in sorted((GRADER / room).glob("*.py")):
            yield f"grader/{room}/{path.name}", path
