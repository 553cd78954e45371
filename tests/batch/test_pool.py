"""Processes side by side: one that dies or hangs loses its own work and no other."""

from __future__ import annotations

import operator
import os
import signal
import subprocess
import sys
import tempfile
import time
from contextlib import suppress

import pytest

from grader.batch.pool import AtOnce, Died, Pool

pytestmark = pytest.mark.skipif(not hasattr(os, "fork"), reason="no fork here")


def results(work, tasks, *, jobs=2, seconds=20.0, **options):
    return dict(Pool(AtOnce(work), jobs=jobs, seconds=seconds).run(tasks, **options))


def is_alive(pid):
    with suppress(ProcessLookupError):
        os.kill(pid, 0)
        with open(f"/proc/{pid}/stat") as file:
            return file.read().rpartition(")")[2].split()[0] != "Z"
    return False


def test_every_task_is_done_in_a_process_of_its_own():
    got = results(lambda task: f"{task} {os.getpid()}".encode(), range(5))

    assert sorted(got) == list(range(5))
    assert len({answer.split()[1] for answer in got.values()}) == 5
    assert str(os.getpid()).encode() not in {answer.split()[1] for answer in got.values()}


def test_a_large_answer_comes_whole():
    assert results(lambda task: bytes(1 << 21), [0])[0] == bytes(1 << 21)


@pytest.mark.parametrize(
    ("end", "reason"),
    [
        (lambda: os._exit(3), "exit status 3"),
        (lambda: os.kill(os.getpid(), signal.SIGKILL), "killed by SIGKILL"),
        (lambda: sys.exit(1), "exit status 1"),
        (lambda: 1 // 0, "raised ZeroDivisionError: "),
        (lambda: time.sleep(60), "did not end within 2 s"),
    ],
)
def test_work_that_dies_or_hangs_is_said_and_the_rest_goes_on(end, reason):
    got = results(lambda task: end() if task == 1 else b"done", range(4), seconds=2)

    died = got.pop(1)
    assert isinstance(died, Died) and reason in died.reason
    assert got == {0: b"done", 2: b"done", 3: b"done"}


def test_tasks_are_taken_when_there_is_room_for_them():
    taken = []

    def tasks():
        for number in range(50):
            taken.append(number)
            yield number

    run = Pool(AtOnce(lambda task: b""), jobs=2, seconds=20).run(tasks())
    next(run)
    run.close()

    assert len(taken) <= 4


def test_work_may_prepare_ahead_of_its_turn_and_no_more(tmp_path):
    """given one job and one ahead, then the second prepares while the first runs, and works when that has ended"""

    def work(task, turn):
        (tmp_path / f"prepared {task}").touch()
        turn()
        others = sorted(path.name for path in tmp_path.glob("working *"))
        (tmp_path / f"working {task}").touch()
        while task == 0 and not (tmp_path / "prepared 1").exists():
            time.sleep(0.01)
        (tmp_path / f"working {task}").unlink()
        return str(others).encode()

    assert dict(Pool(work, jobs=1, seconds=20, ahead=1).run(range(3))) == {0: b"[]", 1: b"[]", 2: b"[]"}


def test_when_the_parent_is_killed_nobody_waits_for_a_turn(tmp_path):
    parent = os.fork()
    if parent == 0:

        def work(task, turn):
            (tmp_path / str(task)).write_text(str(os.getpid()))
            turn()
            time.sleep(1)
            return b""

        list(Pool(work, jobs=1, seconds=20, ahead=1).run(range(2)))
    while not all((tmp_path / name).exists() and (tmp_path / name).read_text() for name in "01"):
        time.sleep(0.01)
    os.kill(parent, signal.SIGKILL)
    os.waitpid(parent, 0)
    waiting = int((tmp_path / "1").read_text())

    deadline = time.monotonic() + 20
    while is_alive(waiting) and time.monotonic() < deadline:
        time.sleep(0.01)

    assert not is_alive(waiting)


def test_when_asked_to_stop_it_ends_what_runs_and_what_that_started(tmp_path):
    """given work that started a process, when the pool is asked to stop, then neither is left"""

    def work(task):
        process = subprocess.Popen([sys.executable, "-c", "import time; time.sleep(60)"], start_new_session=True)
        (tmp_path / "pids").write_text(f"{os.getpid()} {process.pid}")
        signal.signal(signal.SIGTERM, signal.SIG_IGN)
        time.sleep(60)

    got = results(work, [0], stop=lambda: (tmp_path / "pids").exists() and bool((tmp_path / "pids").read_text()))

    assert got == {}
    assert [pid for pid in (tmp_path / "pids").read_text().split() if is_alive(int(pid))] == []


def test_temporary_folders_go_even_with_a_process_that_was_killed(tmp_path):
    def work(task):
        (tmp_path / "where").write_text(tempfile.mkdtemp())
        os._exit(1)

    results(work, [0])

    assert not os.path.exists((tmp_path / "where").read_text())


def test_what_is_printed_does_not_show(capfd):
    results(lambda task: os.write(1, b"noise") and b"", [0])

    assert capfd.readouterr().out == ""


def test_without_fork_the_work_is_sent():
    pool = Pool(AtOnce(operator.methodcaller("encode")), jobs=1, seconds=60, method="spawn")

    assert list(pool.run(["ada"])) == [("ada", b"ada")]
