"""An experiment: a library, some tests, one transport; how each test ended. Each runs in a process of its own."""

from __future__ import annotations

import multiprocessing
import os
import sys
import tempfile
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Literal

from grader.course.course import Course
from grader.course.manifest import Homework
from grader.course.overlay import lay, reference_library, skeleton_library, unwritten_stages
from grader.judge.grade import grade_submission
from grader.judge.in_process import InProcess
from grader.judge.limits import DEFAULT
from grader.judge.result import StageResult
from grader.judge.run import run_suite
from grader.judge.suite import Suite
from grader.sandbox.confinement import Unconfined

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

    def __init__(self, course: Course, suites: Mapping[str, Suite], jobs: int) -> None:
        self._course = course
        self._suites = suites
        self._jobs = jobs

    def run(self, experiments: Iterable[Experiment]) -> Iterator[Finding]:
        """Findings in the order of the experiments."""
        method = "fork" if "fork" in multiprocessing.get_all_start_methods() else "spawn"
        context = multiprocessing.get_context(method)
        with context.Pool(self._jobs, maxtasksperchild=1) as pool:
            for experiment, stages in pool.imap(self._perform, experiments):
                yield Finding(experiment, stages)

    def _perform(self, experiment: Experiment) -> tuple[Experiment, tuple[StageResult, ...]]:
        import torch

        torch.set_num_threads(1)
        homework = self._course.homework(experiment.homework)
        suite = self._suites[experiment.homework].of(*experiment.stages)
        library = (
            skeleton_library(self._course, homework)
            if experiment.bodies is None
            else reference_library(self._course, homework, experiment.bodies)
        )
        if experiment.transport == "worker":
            result = grade_submission(
                self._course, homework, suite, library, student=experiment.name, seed=experiment.seed, confinement=Unconfined()
            )
            return experiment, result.stages
        with tempfile.TemporaryDirectory(prefix="needle-") as folder:
            tree = lay(self._course, homework, library, Path(folder))
            sys.path.insert(0, str(tree))
            sys.stdout = sys.stderr = open(os.devnull, "w")  # noqa: SIM115 (for the rest of this process's life)
            transport = InProcess(homework.name, tree, DEFAULT)
            return experiment, run_suite(suite, transport, experiment.seed, unwritten=unwritten_stages(homework, library))


def names(homework: Homework) -> tuple[str, ...]:
    """The stages of a homework, by name."""
    return tuple(stage.name for stage in homework.stages)
