"""Who may import whom: the rooms of `grader/`, and the homeworks. Read from the syntax trees; nothing is imported here."""

from __future__ import annotations

import ast
import sys
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

ROOT = Path(__file__).parents[1]
GRADER = ROOT / "grader"

# Room → the rooms it may import, and what it may import that is not in the standard library.
# Every room may import itself, and every room but the worker may raise the errors of grader.errors.
MAY_IMPORT: dict[str, tuple[set[str], set[str]]] = {
    "worker": (set(), {"numpy", "py_landlock", "pyseccomp"}),
    "sandbox": (set(), set()),
    "course": (set(), set()),
    "judge": ({"course", "worker", "sandbox"}, {"numpy", "torch", "sklearn", "pytest"}),
    "report": ({"course", "judge"}, {"rich"}),
    "batch": ({"course", "judge", "sandbox", "report"}, {"rich", "torch"}),
    "proof": ({"course", "judge", "sandbox", "report", "batch"}, {"torch"}),
    "bench": ({"course", "judge", "sandbox", "batch"}, set()),
    "cli": ({"course", "judge", "sandbox", "report", "batch", "proof", "bench"}, {"click", "rich", "torch"}),
}

STANDARD = set(sys.stdlib_module_names)


@dataclass(frozen=True, slots=True)
class Import:
    """One import of a file: which module, and on which line."""

    file: Path
    line: int
    module: str
    relative: bool = False

    @property
    def top(self) -> str:
        return self.module.partition(".")[0]

    @property
    def room(self) -> str:
        """The room of the grader that it comes from, or the module at its top: `grader.errors` is `errors`."""
        return self.module.split(".")[1] if self.module.startswith("grader.") else ""

    def __str__(self) -> str:
        return f"{self.file.relative_to(ROOT).as_posix()}, line {self.line}: imports {self.module}"


def python_files(folder: Path) -> list[Path]:
    return sorted(path for path in folder.rglob("*.py") if "__pycache__" not in path.parts)


def syntax(path: Path) -> ast.Module:
    return ast.parse(path.read_text(encoding="utf-8"), filename=str(path))


def imports(path: Path, *, of_tree: ast.AST | None = None) -> Iterator[Import]:
    """Every import of a file, also those inside functions; a relative one with the name that it means."""
    package = path.relative_to(ROOT).with_suffix("").parts[:-1]
    for node in ast.walk(of_tree or syntax(path)):
        if isinstance(node, ast.Import):
            for alias in node.names:
                yield Import(path, node.lineno, alias.name)
        elif isinstance(node, ast.ImportFrom):
            base = package[: len(package) - node.level + 1] if node.level else ()
            module = ".".join([*base, *([node.module] if node.module else [])])
            names = [f"{module}.{alias.name}" for alias in node.names] if module == "grader" or not node.module else [module]
            yield from (Import(path, node.lineno, name, relative=node.level > 0) for name in names)


def at_import(tree: ast.Module) -> ast.Module:
    """What runs when a module is imported: its lines without the bodies of its functions."""

    class WithoutFunctions(ast.NodeTransformer):
        def visit_FunctionDef(self, node: ast.FunctionDef) -> None:
            return None

        def visit_AsyncFunctionDef(self, node: ast.AsyncFunctionDef) -> None:
            return None

    return WithoutFunctions().visit(tree)


def room_of(path: Path) -> str:
    return path.relative_to(GRADER).parts[0].removesuffix(".py")


def everywhere() -> list[Path]:
    homeworks = [path for folder in sorted(ROOT.glob("hw*_*")) for path in python_files(folder)]
    return [*python_files(GRADER), *homeworks, *python_files(ROOT / "solutions"), *python_files(ROOT / "tests")]


def report(wrong: list[str]) -> str:
    return "\n  ".join(["", *wrong])


def test_every_room_is_in_the_table():
    rooms = {room_of(path) for path in python_files(GRADER)} - {"__init__", "__main__", "errors"}

    unknown = rooms - set(MAY_IMPORT)

    assert not unknown, f"say in MAY_IMPORT what {', '.join(sorted(unknown))} may import"


def test_rooms_import_only_the_rooms_that_they_may():
    wrong = []
    for path in python_files(GRADER):
        room = room_of(path)
        if room not in MAY_IMPORT:
            continue
        allowed = MAY_IMPORT[room][0] | {room}
        allowed |= set() if room == "worker" else {"errors", "__version__"}
        wrong += [f"{one}, which {room} may not" for one in imports(path) if one.top == "grader" and one.room not in allowed]

    assert not wrong, report(wrong)


def test_rooms_import_only_the_libraries_that_they_may():
    wrong = []
    for path in python_files(GRADER):
        libraries = MAY_IMPORT.get(room_of(path), (set(), set()))[1]
        allowed = STANDARD | libraries | {"grader"}
        wrong += [f"{one}, which {room_of(path)} may not" for one in imports(path) if one.top not in allowed]

    assert not wrong, report(wrong)


def test_only_the_plugin_imports_pytest():
    importers = {
        path.relative_to(GRADER).as_posix() for path in python_files(GRADER) if "pytest" in {one.top for one in imports(path)}
    }

    assert importers == {"judge/plugin.py"}


def test_torch_is_imported_when_it_is_needed_and_never_before():
    """`--help`, completion and hints answer at once."""
    at_once = [one for path in python_files(GRADER) for one in imports(path, of_tree=at_import(syntax(path)))]

    wrong = [str(one) for one in at_once if one.top == "torch"]

    assert not wrong, report(wrong)


def test_nothing_imports_the_solutions():
    """The reference runs from an overlay, never by its place in this tree."""
    wrong = [str(one) for path in everywhere() for one in imports(path) if one.top == "solutions" and not one.relative]

    assert not wrong, report(wrong)


def test_one_module_reads_the_environment():
    readers = {}
    for path in python_files(GRADER):
        for node in ast.walk(syntax(path)):
            attribute = isinstance(node, ast.Attribute) and node.attr in {"environ", "environb", "getenv", "getenvb"}
            if attribute and isinstance(node.value, ast.Name) and node.value.id == "os":
                readers.setdefault(path.relative_to(GRADER).as_posix(), node.lineno)
            elif isinstance(node, ast.ImportFrom) and node.module == "os":
                assert not {"environ", "getenv"} & {alias.name for alias in node.names}, f"{path}: say os.environ in full"

    # The worker's program reads nothing: it sets its own TMPDIR to the scratch folder. The self-test looks from inside of it.
    assert set(readers) <= {"cli/arguments.py", "cli/students.py", "worker/main.py", "sandbox/escapes.py"}, (
        f"the command line reads the environment, and passes on what it found: {readers}"
    )


def test_a_homework_imports_only_earlier_ones():
    wrong = []
    for path in [*everywhere()]:
        folder = next((part for part in path.relative_to(ROOT).parts if part.startswith("hw")), None)
        if folder is None:
            continue
        number = int(folder[2 : folder.index("_")])
        for one in imports(path):
            top = one.module.removeprefix("solutions.").partition(".")[0]
            if top.startswith("hw") and int(top[2 : top.index("_")]) > number:
                wrong.append(str(one))

    assert not wrong, report(wrong)


def test_a_library_needs_numpy_alone():
    """… and, inside the functions that draw or compare, matplotlib, and torch as the ladder's last rung."""
    homeworks = {folder.name for folder in ROOT.glob("hw*_*")} | {"solutions"}

    wrong = []
    for library in [*ROOT.glob("hw*_*/needle"), *ROOT.glob("solutions/hw*_*/needle")]:
        for path in python_files(library):
            inside = {"matplotlib", "torch"} if path.name == "ladder.py" else {"matplotlib"}
            wrong += [str(one) for one in imports(path) if one.top not in STANDARD | homeworks | {"numpy"} | inside]
            loaded = imports(path, of_tree=at_import(syntax(path)))
            wrong += [f"{one} outside of a function" for one in loaded if one.top in inside]

    assert not wrong, report(wrong)


def test_a_test_never_imports_a_library():
    """It sees arrays alone, whichever side of the border they come from."""
    suites = [*ROOT.glob("hw*_*/tests/*.py"), *ROOT.glob("solutions/hw*_*/hidden/*.py")]

    wrong = [
        str(one) for path in suites for one in imports(path) if one.top.startswith("hw") or one.top in {"needle", "solutions"}
    ]

    assert suites, "no tests: this looks in the wrong folders"
    assert not wrong, report(wrong)


def test_probes_get_the_library_and_never_import_it():
    """The worker gives it as `ndl`, so that the same probe runs on any library; torch is on the other side."""
    probes = sorted(ROOT.glob("hw*_*/probes.py"))

    loaded = [one for path in probes for one in imports(path, of_tree=at_import(syntax(path)))]
    wrong = [str(one) for one in loaded if one.top not in STANDARD | {"numpy"}]

    assert probes, "no probes: this looks in the wrong folders"
    assert not wrong, report(wrong)
