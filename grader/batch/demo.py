"""A class to try things on: submissions as teachers know them, made of the reference, its skeleton and the planted bugs.

Nothing of it is a copy: each student is a few other bodies, or a small edit, laid over the reference.
"""

from __future__ import annotations

import io
import zipfile
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path

from grader.course.course import Course
from grader.course.manifest import Homework, Stage
from grader.course.overlay import Library, reference_library
from grader.course.reference import Reference
from grader.course.variants import Kind, Variant, read_variants
from grader.errors import UsageError
from grader.report.writing import make_folder, write_whole

FORK = "needle-course-main/"
"""The folder that a zip of a fork begins with."""
OWN_PROBES = "def __getattr__(name):\n    return lambda ndl, *args: args[0]\n"


@dataclass(frozen=True)
class Desk:
    """What the students of the demo work from."""

    course: Course
    homework: Homework

    @cached_property
    def reference(self) -> Reference:
        return Reference.of(self.course, self.homework)

    @cached_property
    def variants(self) -> Mapping[str, tuple[Variant, ...]]:
        return read_variants(self.course, self.reference)

    def stage(self, share: float) -> Stage:
        """The stage that lies so far into the homework: 0 the first, 1 the last."""
        stages = self.homework.stages
        return stages[min(int(share * len(stages)), len(stages) - 1)]

    def unwritten(self, *stages: Stage) -> dict[str, str]:
        """Bodies that leave these stages to be written."""
        names = {stage.name for stage in stages}
        return self.reference.stubs(lambda region: region.stage in names)

    def first(self, kind: Kind, *stages: Stage) -> dict[str, str]:
        """Bodies of the first planted bug, or the first other solution, of each of these stages that has one."""
        bodies: dict[str, str] = {}
        for stage in stages:
            found = [variant for variant in self.variants[stage.name] if variant.kind == kind]
            bodies.update(found[0].bodies if found else {})
        return bodies

    def beginning(self, stage: Stage, lines: str) -> dict[str, str]:
        """The reference's first body of a stage, with other lines before it."""
        region = next(region for region in self.reference.regions.values() if region.stage == stage.name)
        return {region.name: f"{lines}\n{region.body}"}

    def library(self, bodies: Mapping[str, str] | None = None) -> Library:
        return reference_library(self.course, self.homework, bodies)


Files = Mapping[str, bytes]
"""Path in a submission → content."""


@dataclass(frozen=True, slots=True)
class Pupil:
    """A student of the demo: the name says what to expect."""

    name: str
    files: Callable[[Desk], Files]
    pack: Callable[[Files], bytes] | None = None
    """Makes a zip of the files; None hands in a folder."""


def build_demo_class(course: Course, homework: Homework, into: Path) -> tuple[str, ...]:
    """Write the submissions of the demo class into a folder.

    Returns:
        The students' names, sorted.
    Raises:
        UsageError: the folder holds something already, or this is the students' release.
        OutputError: it cannot be written.
    """
    make_folder(into, parents=True)
    if any(into.iterdir()):
        raise UsageError(f"{into} is not empty; give a folder that is empty, or does not exist yet")
    desk = Desk(course, homework)
    for pupil in PUPILS:
        files = pupil.files(desk)
        if pupil.pack is not None:
            write_whole(into / f"{pupil.name}.zip", pupil.pack(files))
            continue
        for path, content in files.items():
            make_folder((into / pupil.name / path).parent, parents=True)
            write_whole(into / pupil.name / path, content)
    return tuple(sorted(pupil.name for pupil in PUPILS))


def _of(library: Library) -> dict[str, bytes]:
    return {f"{homework}/{file}": content for homework, files in library.items() for file, content in files.items()}


def _bodies(make: Callable[[Desk], Mapping[str, str]]) -> Callable[[Desk], Files]:
    """The reference with these bodies."""
    return lambda desk: _of(desk.library(make(desk)))


def _ending(lines: str) -> Callable[[Desk], Files]:
    """The reference, with lines at the end of the file that holds the first stage."""

    def files(desk: Desk) -> Files:
        written = _of(desk.library())
        written[_first_file(desk)] += lines.encode()
        return written

    return files


def _without_a_file(desk: Desk) -> Files:
    return {path: content for path, content in _of(desk.library()).items() if path != _first_file(desk)}


def _own_tests(desk: Desk) -> Files:
    """Nothing written, and tests, probes and settings of one's own that say otherwise."""
    own = {f"{desk.homework.name}/probes.py": OWN_PROBES, "conftest.py": "collect_ignore_glob = ['*']\n"}
    return {**_of(desk.library(desk.unwritten(*desk.homework.stages))), **{path: text.encode() for path, text in own.items()}}


def _first_file(desk: Desk) -> str:
    region = next(region for region in desk.reference.regions.values() if region.stage == desk.homework.stages[0].name)
    return f"{desk.homework.name}/needle/{region.name.partition(':')[0]}"


def _zipped(files: Files) -> bytes:
    """A zip as a code host makes them, with a folder around; the same bytes each time."""
    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w", zipfile.ZIP_DEFLATED) as archive:
        for path, content in files.items():
            archive.writestr(zipfile.ZipInfo(FORK + path), content, zipfile.ZIP_DEFLATED)
    return stream.getvalue()


PUPILS = (
    Pupil("ada_complete", lambda desk: _of(desk.library())),
    Pupil("alonzo_in_other_ways", _bodies(lambda desk: desk.first("alternative", *desk.homework.stages))),
    Pupil("barbara_half_done", _bodies(lambda desk: desk.unwritten(*desk.homework.stages[len(desk.homework.stages) // 2 :]))),
    Pupil("chen_untouched", _bodies(lambda desk: desk.unwritten(*desk.homework.stages))),
    Pupil("dana_one_mistake", _bodies(lambda desk: desk.first("bug", desk.stage(0.4)))),
    Pupil("edsger_three_mistakes", _bodies(lambda desk: desk.first("bug", desk.stage(0), desk.stage(0.3), desk.stage(0.7)))),
    Pupil("emmy_left_one_out", _bodies(lambda desk: desk.unwritten(desk.stage(0.4)))),
    Pupil("farid_all_wrong", _bodies(lambda desk: desk.first("bug", *desk.homework.stages))),
    Pupil("grace_syntax_error", _ending("\n\ndef to_be_done(\n")),
    Pupil("hedy_never_returns", _bodies(lambda desk: desk.beginning(desk.stage(0.1), "while True:\n    pass"))),
    Pupil("ines_exits_at_import", _ending("\n\nimport sys\n\nsys.exit(0)\n")),
    Pupil(
        "john_prints_a_gigabyte",
        _bodies(lambda desk: desk.beginning(desk.stage(0), 'for _ in range(1024):\n    print("x" * (1 << 20))')),
    ),
    Pupil("kofi_imports_torch", _bodies(lambda desk: desk.beginning(desk.stage(0.4), "import torch"))),
    Pupil("lin_forgot_a_file", _without_a_file),
    Pupil("maria_zip_of_a_fork", _bodies(lambda desk: desk.first("bug", desk.stage(1))), _zipped),
    Pupil("noor_no_zip", lambda desk: {}, lambda files: b"see the link that I have sent by mail\n"),
    Pupil("otto_own_tests", _own_tests),
)
