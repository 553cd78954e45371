"""Skeletons: the public half of a homework's library, generated from its solution and compared in CI."""

from __future__ import annotations

from pathlib import Path

from grader.course.course import Course
from grader.course.handout import handout_with_stages
from grader.course.manifest import Homework
from grader.course.reference import Reference


def generated_files(course: Course, homework: Homework) -> dict[Path, str]:
    """Everything in a homework's public folder that is generated: path → text."""
    folder = course.folder(homework)
    files = {folder / file: text for file, text in Reference.of(course, homework).skeleton().items()}
    handout = folder / "README.md"
    if handout.is_file():
        files[handout] = handout_with_stages(handout, homework)
    return files


def stale_files(course: Course, homework: Homework) -> list[str]:
    """What differs from what would be generated: a sentence a file."""
    files = generated_files(course, homework)
    stale = []
    for path, text in files.items():
        name = path.relative_to(course.root).as_posix()
        if not path.is_file():
            stale.append(f"{name} is missing")
        elif path.read_text(encoding="utf-8") != text:
            stale.append(f"{name} is stale")
    stale += [
        f"{path.relative_to(course.root).as_posix()} has no source in solutions/" for path in _strays(course, homework, files)
    ]
    return stale


def write_skeletons(course: Course, homework: Homework) -> list[str]:
    """Bring the public folder up to date; returns what was done, a sentence a file."""
    files = generated_files(course, homework)
    done = []
    for path, text in files.items():
        if not path.is_file() or path.read_text(encoding="utf-8") != text:
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_text(text, encoding="utf-8", newline="\n")
            done.append(f"wrote {path.relative_to(course.root).as_posix()}")
    for path in _strays(course, homework, files):
        path.unlink()
        done.append(f"removed {path.relative_to(course.root).as_posix()}")
    return done


def _strays(course: Course, homework: Homework, files: dict[Path, str]) -> list[Path]:
    return [path for path in sorted((course.folder(homework) / "needle").rglob("*.py")) if path not in files]
