"""The students' release: the checkout without its private half, and the proof that nothing of it is left."""

from __future__ import annotations

import io
import subprocess
import tarfile
from collections.abc import Iterator
from itertools import pairwise
from pathlib import Path

from grader.course.course import Course
from grader.course.reference import Reference
from grader.course.regions import ANYTHING_LIKE_A_MARKER
from grader.errors import GraderError, OutputError, UsageError

PRIVATE = ("solutions", "tests")
SHORTEST_LINE = 24
"""A line of a solution that is shorter than this, alone, is no secret: `return out` is everybody's."""


def write_release(course: Course, folder: Path) -> list[str]:
    """Write what `git archive` of the last commit holds, which leaves out whatever is marked export-ignore.

    Args:
        course: a checkout with its private half.
        folder: an empty folder, or one that does not exist yet.
    Returns:
        Sentences for whoever releases: changes that are not committed are not in it.
    Raises:
        UsageError: the folder is not empty, or the course is no git checkout.
        OutputError: the folder cannot be written.
    """
    if folder.exists() and (not folder.is_dir() or any(folder.iterdir())):
        raise UsageError(f"{folder} is there and not empty; name a new folder for the release")
    archive = _git(course.root, "archive", "--format=tar", "HEAD")
    try:
        folder.mkdir(parents=True, exist_ok=True)
        with tarfile.open(fileobj=io.BytesIO(archive)) as tar:
            tar.extractall(folder, filter="data")
    except OSError as error:
        raise OutputError(f"the release could not be written to {folder}: {error.strerror}") from None
    changed = _git(course.root, "status", "--porcelain").decode().splitlines()
    return (
        [f"{len(changed)} files with changes that are not committed: the release has them as of the last commit"]
        if changed
        else []
    )


def leaks(course: Course, folder: Path) -> list[str]:
    """What a release holds and should not: a sentence each; none when it is clean.

    Private folders, markers, and lines of solutions: any two lines in a row of a region's body, or one long one.
    """
    found = [
        f"{name}/ is in the release; mark it export-ignore in .gitattributes" for name in PRIVATE if (folder / name).exists()
    ]
    secrets = dict(_secrets(course))
    for path in sorted(folder.rglob("*")):
        if not path.is_file() or path.suffix not in {".py", ".md", ".toml", ".ipynb", ".txt", ".json", ".cfg"}:
            continue
        name = path.relative_to(folder).as_posix()
        lines = [line.strip() for line in path.read_text(encoding="utf-8", errors="replace").splitlines()]
        if name.startswith("hw"):
            found += [
                f"{name}, line {number}: a marker of the solutions"
                for number, line in enumerate(lines, 1)
                if ANYTHING_LIKE_A_MARKER.search(line)
            ]
        if not name.startswith("grader/"):
            found += [f"{name}, line {number}: holds {secrets[key]}" for number, key in _windows(lines) if key in secrets]
    return found


def _secrets(course: Course) -> Iterator[tuple[tuple[str, ...], str]]:
    """Lines that only a solution has → which one. What the given code of a skeleton says too is no secret."""
    open_lines: set[tuple[str, ...]] = set()
    references = [Reference.of(course, homework) for homework in course.homeworks]
    for reference in references:
        for text in reference.skeleton().values():
            open_lines.update(key for _, key in _windows([line.strip() for line in text.splitlines()]))
    for reference in references:
        for region in reference.regions.values():
            for _, key in _windows([line.strip() for line in region.body.splitlines()]):
                if key not in open_lines:
                    yield key, f"a line of the solution of {reference.homework.short} · {region.stage}"


def _windows(lines: list[str]) -> Iterator[tuple[int, tuple[str, ...]]]:
    """Long lines, and pairs of lines that follow each other; comments and blank lines do not count."""
    code = [(number, line) for number, line in enumerate(lines, 1) if line and not line.startswith("#")]
    for number, line in code:
        if len(line) >= SHORTEST_LINE:
            yield number, (line,)
    for (number, line), (_, after) in pairwise(code):
        if len(line) + len(after) >= SHORTEST_LINE:
            yield number, (line, after)


def _git(root: Path, *arguments: str) -> bytes:
    try:
        return subprocess.run(["git", "-C", str(root), *arguments], check=True, capture_output=True).stdout
    except FileNotFoundError:
        raise UsageError("a release is made with git, and git is not installed; install it and run this again") from None
    except subprocess.CalledProcessError as error:
        said = error.stderr.decode(errors="replace").strip()
        if "not a git repository" in said or "HEAD" in said:
            raise UsageError(f"{root} is no git checkout with a commit; a release is made of the last commit") from None
        raise GraderError(f"git {arguments[0]} failed: {said}") from None
