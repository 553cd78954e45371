"""pytest's door to the tests of a homework, so that `pytest -k forward` works in its folder, with breakpoints.

The fixtures call the probes in this process, on the library beside which the tests lie. What a failing test says is the
student's message, not a traceback through the machinery; `--seed N` draws other random numbers.
"""

from __future__ import annotations

from collections.abc import Generator
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest

if TYPE_CHECKING:
    from grader.judge.student import Close, Student, Trial


def pytest_addoption(parser: pytest.Parser) -> None:
    parser.getgroup("needle course").addoption(
        "--seed", type=int, default=None, help="seed of the tests' random numbers (default: the public one)"
    )


@pytest.fixture
def trial(request: pytest.FixtureRequest) -> Trial:
    """The test on the library beside it."""
    import sys

    from grader.judge.student import Trial

    homework = _homework_of(request.node.path)
    if homework is None:
        pytest.fail("student, rng and close are for the tests of a homework, in hwN_…/tests", pytrace=False)
    suites: dict[Path, Any] = request.session.__dict__.setdefault("_needle_suites", {})
    if homework not in suites:
        sys.path.insert(0, str(homework.parent))
        suites[homework] = _open(homework)
    suite, transport = suites[homework]
    return Trial(homework.name, request.node.path.stem.split("_", 2)[2], suite, transport)


@pytest.fixture
def student(trial: Trial) -> Student:
    """What a test knows of the student's library: its probes, called by name."""
    from grader.judge.student import Student

    return Student(trial)


@pytest.fixture
def close(trial: Trial) -> Close:
    """`close(got, expected)`: the answer is what torch says, or a failure that says how it is not."""
    from grader.judge.student import Close

    return Close(trial)


@pytest.fixture
def rng(request: pytest.FixtureRequest) -> Any:
    """The test's random numbers: the same for the same seed."""
    from grader.judge.student import generator
    from grader.judge.suite import PUBLIC_SEED, test_id

    seed = request.config.getoption("--seed")
    path: Path = request.node.path
    number, stage = path.stem.split("_", 2)[1:]
    homework = _homework_of(path) or path.parent
    name = test_id(homework.name, int(number), stage, hidden=path.parent.name == "hidden", test=request.node.name)
    return generator(PUBLIC_SEED if seed is None else seed, name)


@pytest.hookimpl(wrapper=True)
def pytest_runtest_makereport(
    item: pytest.Item, call: pytest.CallInfo[None]
) -> Generator[None, pytest.TestReport, pytest.TestReport]:
    report = yield
    if report.failed and call.excinfo is not None and _homework_of(item.path) is not None:
        from grader.judge.failure import Failure

        if isinstance(call.excinfo.value, Failure):
            sentence = (getattr(getattr(item, "function", None), "__doc__", None) or item.name).strip()
            homework = _homework_of(item.path)
            assert homework is not None
            number, stage = homework.name.partition("_")[0].removeprefix("hw"), item.path.stem.split("_", 2)[2]
            lines = [*call.excinfo.value.message.splitlines(), f"hint: make hint hw={number} stage={stage}"]
            report.longrepr = "\n".join([f"✗ {sentence}", *(f"  {line}" for line in lines)])
    return report


def _homework_of(path: Path) -> Path | None:
    """The folder of the homework whose tests a file belongs to."""
    folder = path.parent.parent
    return folder if path.parent.name in ("tests", "hidden") and (folder / "homework.toml").is_file() else None


def _open(homework: Path) -> tuple[Any, Any]:
    from grader.judge.in_process import InProcess
    from grader.judge.limits import DEFAULT
    from grader.judge.oracle import hold_to_one_thread
    from grader.judge.suite import load_probes

    hold_to_one_thread()
    return load_probes(homework), InProcess(homework.name, homework.parent, DEFAULT)
