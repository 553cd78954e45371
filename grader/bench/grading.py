"""`make bench-grading`: what grading a submission costs beyond the student's own computing.

Three ways to run the whole public and hidden suite of a homework on the reference, in turns, and their medians:

    fresh     a fresh pytest process for each submission, torch and all, student code in it: how it is often done
    ours      forks of the warmed judge, and workers in the sandbox, the next one made ready while one is used
    student   the probe calls alone: the computing that nobody can save

The yardstick is what each adds to the last: (ours − student) / (fresh − student).
"""

from __future__ import annotations

import json
import resource
import shutil
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from grader.batch.pool import AtOnce, Died, Pool, Turn
from grader.course.course import Course
from grader.course.manifest import Homework
from grader.course.overlay import lay, reference_library
from grader.errors import GraderError
from grader.judge.grade import grade_submission, room_for
from grader.judge.limits import DEFAULT
from grader.judge.oracle import warm
from grader.judge.recipe import write_recipes
from grader.judge.remote import Remote
from grader.judge.run import run_suite
from grader.judge.suite import load_suite
from grader.judge.transport import Value
from grader.sandbox.confinement import Confinement

SEED = 1
SUBMISSIONS = 4
"""Of ours, a turn: one after the other, the next one's worker made ready meanwhile."""
GOAL = 15
"""The fresh process adds at least so many times what ours adds."""


WATCH = """

import time as _time

_spent = [0.0]


def _watched(probe):
    def call(*args, **kwargs):
        start = _time.perf_counter()
        try:
            return probe(*args, **kwargs)
        finally:
            _spent[0] += _time.perf_counter() - start

    return call


for _name, _probe in list(globals().items()):
    if callable(_probe) and not _name.startswith("_"):
        globals()[_name] = _watched(_probe)


def seconds_of_probes(library):
    return _spent[0]
"""
"""What is appended to a homework's probes, so that they tell how long they took."""


@dataclass(frozen=True, slots=True)
class Round:
    """One turn of the three ways, in seconds."""

    fresh: float
    ours: float
    student: float
    start: float
    """Of ours: until the worker was ready, confined."""
    load: float
    """Of ours: the import of the library."""


@dataclass(frozen=True, slots=True)
class Measured:
    """The medians of some rounds."""

    tests: int
    rounds: tuple[Round, ...]

    def median(self, name: str) -> float:
        return float(statistics.median(getattr(one, name) for one in self.rounds))

    @property
    def share(self) -> float:
        """What ours adds, as a share of what the fresh process adds."""
        student = self.median("student")
        return (self.median("ours") - student) / (self.median("fresh") - student)


@dataclass(frozen=True, slots=True)
class Throughput:
    """A class that was graded side by side."""

    submissions: int
    jobs: int
    quarters: tuple[float, ...]
    """Seconds until a quarter, a half, three quarters, all of it was graded."""
    memory_before: float
    memory_most: float
    """Of the judge that hands out the work, in megabytes."""


class GradingBench:
    """The three ways on one homework."""

    def __init__(self, course: Course, homework: Homework, confinement: Confinement) -> None:
        warm()
        self._course = course
        self._homework = homework
        self._confinement = confinement
        self._suite = load_suite(course, homework, hidden=True)
        self._recipes = write_recipes(self._suite, SEED)
        self._library = reference_library(course, homework)

    def measure(self, rounds: int, told: Callable[[int], None] = lambda done: None) -> Measured:
        """Take turns."""
        with self._tree() as tree:
            found = []
            for done in range(rounds):
                fresh = self._fresh(tree)
                ours, times = self._in_forks(self._ours, SUBMISSIONS, ahead=1)
                _, watched = self._in_forks(AtOnce(self._student), 1, ahead=0)
                start, load = (statistics.median(one[name] for one in times) for name in ("start", "load"))
                found.append(Round(fresh, ours, watched[0]["seconds"], start, load))
                told(done + 1)
        return Measured(len(self._suite.tests), tuple(found))

    def throughput(self, submissions: int, jobs: int) -> Throughput:
        """Grade a class of copies of the reference, side by side."""
        start, before = time.perf_counter(), _memory()
        pool: Pool[int] = Pool(self._ours, jobs=jobs, seconds=600, ahead=1)
        quarters, most = [], before
        for done, (_, answer) in enumerate(pool.run(range(submissions)), start=1):
            if isinstance(answer, Died):
                raise GraderError(f"the measurement was lost: {answer.reason}")
            most = max(most, _memory())
            if done * 4 % submissions < 4:
                quarters.append(time.perf_counter() - start)
        return Throughput(submissions, jobs, tuple(quarters), before, most)

    def _fresh(self, tree: Path) -> float:
        folder = tree / self._homework.name
        options = ["-q", "--import-mode=importlib", "-p", "no:cacheprovider", f"--seed={SEED}"]
        command = [sys.executable, "-m", "pytest", *options, str(folder / "tests"), str(folder / "hidden")]
        start = time.perf_counter()
        done = subprocess.run(command, cwd=tree, capture_output=True, text=True, check=False)
        seconds = time.perf_counter() - start
        if done.returncode:
            raise GraderError(f"pytest failed on the reference:\n{done.stdout[-2000:]}")
        return seconds

    def _in_forks(self, work: Callable[[int, Turn], bytes], count: int, *, ahead: int) -> tuple[float, list[dict[str, float]]]:
        """Do work in processes of their own, one at a time, as a class is graded; the seconds of one, and what they found."""
        start = time.perf_counter()
        answers = [answer for _, answer in Pool(work, jobs=1, seconds=600, ahead=ahead).run(range(count))]
        seconds = (time.perf_counter() - start) / count
        for answer in answers:
            if isinstance(answer, Died):
                raise GraderError(f"the measurement was lost: {answer.reason}")
        return seconds, [json.loads(answer) for answer in answers if isinstance(answer, bytes)]

    def _ours(self, number: int, turn: Turn) -> bytes:
        def prepare(remote: Remote) -> None:
            remote.prepare()
            turn()
            self._remote = remote

        result = grade_submission(
            self._course,
            self._homework,
            self._suite,
            self._library,
            student="reference",
            seed=SEED,
            confinement=self._confinement,
            recipes=self._recipes,
            on_start=prepare,
        )
        if result.score != result.points:
            raise GraderError(f"the reference scored {result.score}")
        return json.dumps({"start": self._remote.seconds_to_start, "load": self._remote.seconds_to_load}).encode()

    def _student(self, number: int) -> bytes:
        """The time of the probes, measured inside of a worker by probes that hold a watch."""
        with room_for(self._course, self._homework, self._library) as room:
            with (room.tree / self._homework.name / "probes.py").open("a", encoding="utf-8") as probes:
                probes.write(WATCH)
            transport = Remote(self._homework.name, room, self._confinement, DEFAULT)
            try:
                run_suite(self._suite, transport, SEED, recipes=self._recipes)
                answer = transport.call("seconds_of_probes", (), {})
            finally:
                transport.close()
        assert isinstance(answer, Value)
        return json.dumps({"seconds": float(answer.value)}).encode()

    @contextmanager
    def _tree(self) -> Iterator[Path]:
        """The reference with public and hidden tests beside it, for pytest."""
        with tempfile.TemporaryDirectory(prefix="needle-bench-") as folder:
            tree = lay(self._course, self._homework, self._library, Path(folder).resolve(), tests=True)
            shutil.copytree(self._course.private_half(self._homework) / "hidden", tree / self._homework.name / "hidden")
            yield tree


def _memory() -> float:
    """The memory of this process that is its own, in megabytes; 0 where the system does not say."""
    try:
        pages = int(Path("/proc/self/statm").read_text().split()[1])
    except OSError:
        return 0.0
    return pages * resource.getpagesize() / 1e6


def lines_of_class(measured: Throughput) -> Iterator[str]:
    """What was measured of a class."""
    minutes = measured.quarters[-1] / 60
    rate = f"{measured.submissions / minutes:.0f} submissions a minute"
    yield f"a class of {measured.submissions}, {measured.jobs} at a time: {rate}"
    quarters = ", ".join(f"{second:.0f}" for second in measured.quarters)
    yield f"  a quarter, a half, three quarters, all of it: after {quarters} s"
    yield f"  memory of the judge: {measured.memory_before:.0f} MB before, {measured.memory_most:.0f} MB at the most"


def lines_of(measured: Measured, confinement: str) -> Iterator[str]:
    """What was measured, as a table."""
    fresh, ours, student = (measured.median(name) for name in ("fresh", "ours", "student"))
    start, load = measured.median("start"), measured.median("load")
    yield f"{measured.tests} tests, medians of {len(measured.rounds)} rounds, worker confined by {confinement}"
    yield f"  a fresh pytest process   {fresh:7.3f} s"
    yield f"  ours                     {ours:7.3f} s   {fresh / ours:.1f} times as fast"
    yield f"    the student's own      {student:7.3f} s"
    yield f"    importing the library  {load:7.3f} s"
    yield f"    judging, and the rest  {ours - student - load:7.3f} s"
    yield f"    (a sandboxed worker    {start:7.3f} s, made ready while another is used)"
    yield f"what ours adds to the student's own is 1/{1 / measured.share:.1f} of what a fresh process adds (goal: 1/{GOAL})"
