"""What can be proved of a homework by reading it."""

from __future__ import annotations

import ast
import re
from collections import Counter
from collections.abc import Iterator
from fnmatch import fnmatch

from grader.course.course import Course
from grader.course.manifest import Homework
from grader.course.reference import Reference
from grader.course.skeletons import stale_files
from grader.judge.suite import Suite

PUBLIC_FILES = (
    "__init__.py",
    "README.md",
    "homework.toml",
    "probes.py",
    "notebook.py",
    "needle/*.py",
    "tests/test_*.py",
    "figures/*.png",
)
PRIVATE_FILES = ("__init__.py", "needle/*.py", "hidden/test_*.py", "variants/*.toml")

ARRAY = re.compile(r"\b(arrays?|tensors?|ndarrays?|matrix|matrices|vector)\b", re.IGNORECASE)
SHAPE = re.compile(r"\([^()]*\)|\bshapes?\b|\b0-d\b|\bscalar\b", re.IGNORECASE)


def stale(course: Course, homework: Homework) -> list[str]:
    """Generated files that are not as their source says."""
    return [f"{text}; run `make skeletons`" for text in stale_files(course, homework)]


def strays(course: Course, homework: Homework) -> Iterator[str]:
    """Files that nothing of a homework is made of."""
    for folder, patterns in ((course.folder(homework), PUBLIC_FILES), (course.private_half(homework), PRIVATE_FILES)):
        for path in sorted(folder.rglob("*")):
            name = path.relative_to(folder).as_posix()
            if path.is_file() and "__pycache__" not in path.parts and not any(fnmatch(name, pattern) for pattern in patterns):
                yield f"{path.relative_to(course.root).as_posix()} belongs to nothing; take it away"


def test_names(suite: Suite) -> Iterator[str]:
    """Names of tests that are there twice."""
    for name, count in Counter(test.name for test in suite.tests).items():
        if count > 1:
            where = ", ".join(test.id for test in suite.tests if test.name == name)
            yield f"{name} is there {count} times ({where}); give each test a name of its own"


def docstrings(reference: Reference) -> Iterator[str]:
    """Contracts that a student could not work from: a function without Args, Returns, or a shape where it speaks of arrays."""
    for file, source in reference.sources.items():
        marked = {region.name.partition(":")[2] for region in source.regions}
        tree = ast.parse("\n".join(source.lines))
        for name, node in _functions(tree):
            public = not any(part.startswith("_") for part in name.split("."))
            if name not in marked or not public:
                continue
            where = f"solutions/{reference.homework.name}/{file}: {name}"
            text = ast.get_docstring(node)
            if text is None:
                if "." not in name or _has_contract(tree, name):
                    continue
                yield f"{where} has no docstring; it is the contract of what a student writes"
            elif "." not in name:
                yield from (f"{where} {mistake}" for mistake in _contract(node, text))


def _contract(node: ast.FunctionDef, text: str) -> Iterator[str]:
    sections = _sections(text)
    arguments = node.args
    names = [arg.arg for arg in (*arguments.posonlyargs, *arguments.args, *arguments.kwonlyargs)]
    names += [arg.arg for arg in (arguments.vararg, arguments.kwarg) if arg is not None]
    if names and "Args" not in sections:
        yield "has no `Args:`; say what each argument is, with its shape"
    for name in names:
        if "Args" in sections and not re.search(rf"\b{re.escape(name)}\b", sections["Args"]):
            yield f"does not say under `Args:` what {name} is"
    if not {"Returns", "Yields"} & sections.keys():
        yield "has no `Returns:`; say what comes back, with its shape"
    for section in ("Args", "Returns"):
        if ARRAY.search(sections.get(section, "")) and not SHAPE.search(sections[section]):
            yield f"speaks of arrays under `{section}:` without a shape"


def _sections(text: str) -> dict[str, str]:
    parts = re.split(r"^(Args|Returns|Yields|Raises|Source):", text, flags=re.MULTILINE)
    return dict(zip(parts[1::2], parts[2::2], strict=True))


def _has_contract(tree: ast.Module, name: str) -> bool:
    """Whether the class around a method has a docstring, which then is the contract of both."""
    owner = name.rpartition(".")[0]
    return any(isinstance(node, ast.ClassDef) and node.name == owner and ast.get_docstring(node) for node in ast.walk(tree))


def _functions(tree: ast.AST, prefix: str = "") -> Iterator[tuple[str, ast.FunctionDef]]:
    for node in ast.iter_child_nodes(tree):
        if isinstance(node, ast.FunctionDef):
            yield prefix + node.name, node
        if isinstance(node, (ast.FunctionDef, ast.ClassDef)):
            yield from _functions(node, prefix + node.name + ".")
