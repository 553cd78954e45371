"""The one source of a homework: its solution files, cut at their markers, and what can be made of them."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from functools import cached_property

from grader.course.course import Course
from grader.course.manifest import Homework
from grader.course.regions import MarkedSource, Region, stub
from grader.errors import CourseError


@dataclass(frozen=True)
class Reference:
    """The solution of one homework."""

    homework: Homework
    sources: Mapping[str, MarkedSource]
    """Path below the homework's folder (`needle/ops/matmul.py`) → source."""

    @classmethod
    def of(cls, course: Course, homework: Homework) -> Reference:
        """Read `solutions/HOMEWORK/needle/`.

        Raises:
            UsageError: this is the students' release.
            CourseError: with every mistake in the markers.
        """
        folder = course.private_half(homework)
        sources: dict[str, MarkedSource] = {}
        mistakes: list[str] = []
        for path in sorted((folder / "needle").rglob("*.py")):
            file = path.relative_to(folder).as_posix()
            where = path.relative_to(course.root).as_posix()
            try:
                source = MarkedSource.parse(path.read_text(encoding="utf-8"), file.removeprefix("needle/"), where)
            except CourseError as error:
                mistakes.extend(error.mistakes)
                continue
            mistakes.extend(_mistakes_of(source, file, where, homework))
            sources[file] = source
        if mistakes:
            raise CourseError(mistakes)
        return cls(homework, sources)

    @cached_property
    def regions(self) -> Mapping[str, Region]:
        """Name → region, in the order of the files."""
        return {region.name: region for source in self.sources.values() for region in source.regions}

    def stubs(self, unfinished: Callable[[Region], bool] = lambda region: True) -> dict[str, str]:
        """The bodies that leave some regions to the student; all of them by default."""
        return {
            region.name: stub(self.homework, self.homework.stage(region.stage))
            for region in self.regions.values()
            if unfinished(region)
        }

    def files(self, bodies: Mapping[str, str] | None = None, *, solution_only: bool = True) -> dict[str, str]:
        """Every file below the homework's folder, with these bodies in place of the reference's."""
        bodies = bodies or {}
        return {file: source.render(bodies, solution_only=solution_only) for file, source in self.sources.items()}

    def skeleton(self) -> dict[str, str]:
        """What students begin with: every region its stub, no SOLUTION-ONLY block."""
        return self.files(self.stubs(), solution_only=False)

    def given(self) -> Iterator[str]:
        """The files without a region: students have them whole, and do not hand them in."""
        return (file for file, source in self.sources.items() if not source.regions)


def _mistakes_of(source: MarkedSource, file: str, where: str, homework: Homework) -> Iterator[str]:
    stages = {stage.name for stage in homework.stages}
    for region in source.regions:
        if region.stage not in stages:
            yield f'{where}, line {region.begin}: {homework.name}/homework.toml has no stage "{region.stage}"'
    if source.regions and file not in homework.files:
        yield f'{where}: holds regions, but {homework.name}/homework.toml does not list "{file}" in files; add it'
    if not source.regions and file in homework.files:
        yield f'{where}: holds no region, but {homework.name}/homework.toml lists "{file}" in files; take it out'
