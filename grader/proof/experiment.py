"""An experiment: a library, some tests, one transport; how each test ended. Each runs in a process of its own."""

from __future__ import annotations

import os
import sys
import tempfile
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Literal

from grader.batch.pool import AtOnce, Died, Pool
from grader.course.course import Course
from grader.course.manifest import Homework
from grader.course.overlay import Library, lay, reference_library, skeleton_library
from grader.errors import GraderError
from grader.judge.grade import grade_submission
from grader.judge.limits import DEFAULT
from grader.judge.local import run_here
from grader.judge.oracle import warm
from grader.judge.recipe import Recipes, write_recipes
from grader.judge.result import Result, StageResult
from grader.judge.suite import Suite
from grader.report.as_json import Report, as_json, from_json
from grader.sandbox.confinement import Unconfined

MARGIN = 60.0
"""Seconds that an experiment may take beyond the time of the library that it runs."""

TransportName = Literal["in process", "worker"]
TRANSPORTS: tuple[TransportName, ...] = ("in process", "worker")


@dataclass(frozen=True, slots=True)
class Experiment:
    """What is run."""

    name: str
    homework: str
    transport: TransportName
    seed: int
    stages: tuple[str, ...]
    """Whose tests."""
    bodies: Mapping[str, str] | None = field(default_factory=dict)
    """Other bodies than the reference's, by region; None is the skeleton as it is committed."""


@dataclass(frozen=True, slots=True)
class Finding:
    """How it ended."""

    experiment: Experiment
    stages: tuple[StageResult, ...]


class Laboratory:
    """Runs experiments, some side by side, in forks of one warmed process."""

    def __init__(
        self, course: Course, suites: Mapping[str, Suite], jobs: int, told: Callable[[int, int], None] = lambda done, all: None
    ) -> None:
        """Prepare.

        Args:
            course: what is experimented on.
            suites: the tests of its homeworks, by name.
            jobs: how many experiments at a time.
            told: called with how many experiments are done, and how many there are.
        """
        warm()
        self._course = course
        self._suites = suites
        self._jobs = jobs
        self._told = told
        self._recipes: dict[tuple[str, int], Recipes] = {}

    def run(self, experiments: Sequence[Experiment]) -> Iterator[Finding]:
        """Findings, as they come.

        Raises:
            GraderError: an experiment did not end.
        """
        for homework, seed in dict.fromkeys((one.homework, one.seed) for one in experiments):
            self._recipes[homework, seed] = write_recipes(self._suites[homework], seed)
        pool: Pool[Experiment] = Pool(AtOnce(self._perform), jobs=self._jobs, seconds=DEFAULT.seconds_in_all + MARGIN)
        for done, (experiment, answer) in enumerate(pool.run(experiments), start=1):
            self._told(done, len(experiments))
            if isinstance(answer, Died):
                raise GraderError(f"the experiment {experiment.name!r} on {experiment.homework} was lost: {answer.reason}")
            yield Finding(experiment, from_json(answer, experiment.name).result.stages)

    def _perform(self, experiment: Experiment) -> bytes:
        homework = self._course.homework(experiment.homework)
        suite = self._suites[experiment.homework].of(*experiment.stages)
        library = (
            skeleton_library(self._course, homework)
            if experiment.bodies is None
            else reference_library(self._course, homework, experiment.bodies)
        )
        perform = self._over_the_border if experiment.transport == "worker" else self._in_process
        return as_json(Report(perform(experiment, homework, suite, library))).encode("ascii")

    def _over_the_border(self, experiment: Experiment, homework: Homework, suite: Suite, library: Library) -> Result:
        return grade_submission(
            self._course,
            homework,
            suite,
            library,
            student=experiment.name,
            seed=experiment.seed,
            confinement=Unconfined(),
            recipes=self._recipes[homework.name, experiment.seed],
        )

    def _in_process(self, experiment: Experiment, homework: Homework, suite: Suite, library: Library) -> Result:
        with tempfile.TemporaryDirectory(prefix="needle-") as folder:
            tree = lay(self._course, homework, library, Path(folder).resolve())
            sys.stdout = sys.stderr = open(os.devnull, "w")  # noqa: SIM115 (for the rest of this process's life)
            return run_here(self._course, homework, suite, tree, seed=experiment.seed)


def names(homework: Homework) -> tuple[str, ...]:
    """The stages of a homework, by name."""
    return tuple(stage.name for stage in homework.stages)
