"""Run a command in which `import needle` means the library as built up to one homework."""

from __future__ import annotations

import inspect
import os
import subprocess
import sys
import tempfile
from collections.abc import Mapping, Sequence
from contextlib import ExitStack
from pathlib import Path

from grader.course import alias
from grader.course.course import Course
from grader.course.manifest import Homework
from grader.course.overlay import lay, reference_library
from grader.errors import UsageError


def run_needle(
    course: Course, homework: Homework, command: Sequence[str], environment: Mapping[str, str], *, reference: bool
) -> int:
    """Run it, and give back its exit status.

    Args:
        course, homework: the last homework whose library is meant.
        command: the program and its arguments.
        environment: what it would have; on PYTHONPATH and PATH our entries come first, so that `python` and `pytest` are those
            that the course is installed for.
        reference: the reference's library, not the one of this checkout.
    Raises:
        UsageError: there is no such program, or the working folder's own `needle` stands before ours.
    """
    if Path("needle", "__init__.py").exists():
        raise UsageError(f"{Path.cwd()} has a needle of its own, which Python would find first; run this in another folder")
    with ExitStack() as stack:
        top = Path(stack.enter_context(tempfile.TemporaryDirectory(prefix="needle-")))
        root = course.root
        if reference:
            root = lay(course, homework, reference_library(course, homework), top / "tree")
        chain = tuple(one.name for one in reversed(course.chain(homework)))
        face = top / "alias" / "needle" / "__init__.py"
        face.parent.mkdir(parents=True)
        source = inspect.getsource(alias).replace("] = ()", f"] = {chain!r}", 1).replace('ROOT = ""', f"ROOT = {str(root)!r}", 1)
        face.write_text(source, encoding="utf-8")
        modules = [str(top / "alias"), str(root), environment.get("PYTHONPATH", "")]
        programs = [os.path.dirname(sys.executable), environment.get("PATH", os.defpath)]
        environment = {**environment, "PYTHONPATH": _joined(modules), "PATH": _joined(programs)}
        try:
            return subprocess.run(list(command), env=environment, check=False).returncode
        except FileNotFoundError:
            raise UsageError(f"there is no program {command[0]!r}; write the command after --, as for a shell") from None
        except PermissionError:
            raise UsageError(f"{command[0]!r} is no program that can be run") from None


def _joined(entries: Sequence[str]) -> str:
    return os.pathsep.join(entry for entry in entries if entry)
