"""The course as it lies on disk: its root, its homeworks in order, and whether the private half is here."""

from __future__ import annotations

import os
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path

from grader.course.manifest import HOMEWORK_NAME, Homework, read_manifest
from grader.errors import CourseError, UnknownName, UsageError


@dataclass(frozen=True)
class Course:
    """A checkout of the course, or of the students' release of it."""

    root: Path
    homeworks: tuple[Homework, ...]

    @classmethod
    def at(cls, root: Path) -> Course:
        """Read the course whose root is that folder.

        Raises:
            UsageError: no homework there.
            CourseError: with every mistake of every manifest.
        """
        root = root.resolve()
        folders = [path.parent for path in root.glob("hw*/homework.toml") if HOMEWORK_NAME.fullmatch(path.parent.name)]
        if not folders:
            raise UsageError(f"{root} holds no homework (no hwN_…/homework.toml); run this in the course's folder")
        homeworks: list[Homework] = []
        mistakes: list[str] = []
        for folder in folders:
            try:
                homeworks.append(read_manifest(folder / "homework.toml"))
            except CourseError as error:
                mistakes.extend(error.mistakes)
        homeworks.sort(key=lambda homework: homework.number)
        mistakes.extend(_mistakes_between(homeworks))
        if mistakes:
            raise CourseError(mistakes)
        return cls(root, tuple(homeworks))

    @classmethod
    def around(cls, folder: Path) -> Course:
        """The course that contains a folder; else the one that this package lies in."""
        for candidate in (folder.resolve(), *folder.resolve().parents):
            if (candidate / "grader" / "course").is_dir() and any(candidate.glob("hw*/homework.toml")):
                return cls.at(candidate)
        return cls.at(Path(__file__).parents[2])

    @cached_property
    def solutions(self) -> Path | None:
        """The private folder of references, hidden tests and variants; None in the students' release."""
        folder = self.root / "solutions"
        return folder if folder.is_dir() else None

    def private_half(self, homework: Homework) -> Path:
        """`solutions/HOMEWORK`.

        Raises:
            UsageError: this is the students' release.
        """
        if self.solutions is None:
            raise UsageError("this needs the solutions, and the students' release has none")
        return self.solutions / homework.name

    def folder(self, homework: Homework) -> Path:
        return self.root / homework.name

    def homework(self, text: str) -> Homework:
        """The homework that a person means by `1`, `hw1`, `hw1_autograd` or a path that ends so.

        Raises:
            UnknownName: there is none; names the nearest.
        """
        name = os.path.basename(text.strip().rstrip("/")) or text
        for homework in self.homeworks:
            if name.lower() in (homework.name, homework.short, str(homework.number)):
                return homework
        raise UnknownName("homework", text, [known for h in self.homeworks for known in (h.short, h.name)])

    def chain(self, homework: Homework) -> tuple[Homework, ...]:
        """The homeworks that this one is built on, first to last, and itself at the end."""
        needed = {homework.name}
        for earlier in reversed(self.homeworks):
            if earlier.name in needed:
                needed.update(earlier.needs)
        return tuple(earlier for earlier in self.homeworks if earlier.name in needed)


def _mistakes_between(homeworks: list[Homework]) -> list[str]:
    """Mistakes that only show with all manifests side by side: numbers used twice, needs that point nowhere or ahead."""
    mistakes = []
    numbers: dict[int, str] = {}
    for homework in homeworks:
        where = f"{homework.name}/homework.toml"
        if homework.number in numbers:
            mistakes.append(f"{where}: {numbers[homework.number]} has the number {homework.number} too; renumber one")
        for need in homework.needs:
            if need not in numbers.values():
                mistakes.append(f'{where}: needs "{need}", which is no earlier homework; name a folder that comes before')
        numbers[homework.number] = homework.name
    return mistakes
