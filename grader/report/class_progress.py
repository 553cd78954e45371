"""How far the grading of a class is: a bar with an estimate on a terminal, a line a student elsewhere.

The bar is drawn only when it is told to (`tick`): a thread that refreshes it would be running when processes are forked.
"""

from __future__ import annotations

import time

from rich.console import Console
from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn, TimeRemainingColumn
from rich.text import Text

from grader.report.plain import plain_line

SECONDS_BETWEEN_DRAWINGS = 0.2


class ClassProgress:
    """Counts students as they are graded."""

    def __init__(self, console: Console, total: int) -> None:
        self._console = console
        self._total = total
        self._done = 0
        self._begun = time.monotonic()
        self._graded = 0
        self._drawn = 0.0
        self._bar: Progress | None = None
        if console.is_terminal:
            counts = (MofNCompleteColumn(), TimeRemainingColumn(), TextColumn("{task.fields[now]}", markup=False))
            self._bar = Progress(BarColumn(), *counts, console=console, auto_refresh=False, transient=True)
            self._task = self._bar.add_task("", total=total, now="")

    def __enter__(self) -> ClassProgress:
        if self._bar is not None:
            self._bar.start()
        return self

    def __exit__(self, *exception: object) -> None:
        if self._bar is not None:
            self._bar.stop()

    def kept(self) -> None:
        """One more was there already."""
        self._done += 1
        self._advance("")

    def graded(self, student: str, words: str) -> None:
        """One more is graded."""
        self._done += 1
        self._graded += 1
        self._advance(f"{plain_line(student, 40)}: {words}")

    def tick(self) -> None:
        """Draw, if it was not drawn just now."""
        if self._bar is not None and time.monotonic() - self._drawn > SECONDS_BETWEEN_DRAWINGS:
            self._bar.refresh()
            self._drawn = time.monotonic()

    def _advance(self, now: str) -> None:
        if self._bar is not None:
            self._bar.update(self._task, completed=self._done, now=now)
            self.tick()
        elif now:
            self._console.print(Text(f"{self._done} of {self._total}  {now}{self._estimate()}"), soft_wrap=True)

    def _estimate(self) -> str:
        left = (self._total - self._done) * (time.monotonic() - self._begun) / self._graded
        return f"  (about {_spoken(left)} left)" if left >= 1 else ""


def _spoken(seconds: float) -> str:
    return f"{seconds:.0f} s" if seconds < 90 else f"{seconds / 60:.0f} min"
