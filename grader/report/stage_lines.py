"""A line for each stage as its tests run, for `make test`: nobody looks at a still screen."""

from __future__ import annotations

from collections.abc import Mapping

from rich.console import Console
from rich.status import Status
from rich.text import Text

from grader.course.manifest import Homework
from grader.judge.result import StageResult, TestResult
from grader.report.console import print_stage
from grader.report.paper import Paper
from grader.report.score import counted


class StageLines:
    """Told of each test as it ends (`run_suite(on_result=…)`), prints a stage's line when its last test has ended.

    On a terminal a status line below says where it is; use it as a context manager so that the status goes away.
    """

    def __init__(self, console: Console, homework: Homework, tests: Mapping[str, int]) -> None:
        """Begin.

        Args:
            console: where to print.
            homework: gives the stages' titles and points.
            tests: name of a stage → how many of its tests will run.
        """
        self._paper = Paper(console)
        self._homework = homework
        self._tests = tests
        self._results: dict[str, list[TestResult]] = {}
        self._status: Status | None = console.status("starting") if console.is_terminal else None

    def __enter__(self) -> StageLines:
        if self._status is not None:
            self._status.start()
        return self

    def __exit__(self, *exception: object) -> None:
        if self._status is not None:
            self._status.stop()

    def __call__(self, result: TestResult) -> None:
        results = self._results.setdefault(result.stage, [])
        results.append(result)
        wanted = self._tests.get(result.stage, len(results))
        stage = self._homework.stage(result.stage)
        if self._status is not None:
            where = f"stage {stage.number} of {len(self._homework.stages)} · {stage.name}"
            self._status.update(Text(f"{where} · {len(results)} of {counted(wanted, 'test')}"))
        if len(results) == wanted:
            done = StageResult(stage.name, stage.number, stage.title, stage.points, tuple(results))
            print_stage(self._paper, done)
