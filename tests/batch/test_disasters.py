"""Whatever ends a class half-way, started again it ends with the gradebook of an undisturbed run, byte for byte."""

from __future__ import annotations

import os
import shutil
import signal
import subprocess
import sys
import time
from contextlib import suppress
from pathlib import Path

import pytest

from grader.batch import grading

GRADE = """
import sys
from pathlib import Path
from grader.batch.grading import grade_class
from grader.course.course import Course
from grader.errors import GraderError
from grader.report.paper import console_on
from grader.sandbox.confinement import Unconfined
course = Course.at(Path(sys.argv[1]))
try:
    status = grade_class(course, course.homework("hw1"), Path(sys.argv[2]), Path(sys.argv[3]), jobs=2, seed=7,
                         confinement=Unconfined(), console=console_on(sys.stdout))
except GraderError as error:
    print(error)
    status = error.exit_status
sys.exit(status)
"""
MORE = "hw1_tiny/needle/more.py"
PATIENCE = 60.0


@pytest.fixture
def grade_into(tiny_root, hand_in, solved, untouched, tmp_path):
    """A function: a folder for results → the process that grades a class of six into it."""
    for number, name in enumerate(("ada", "ben", "cyd", "dan", "eve", "fay")):
        slow = b"import time\n\n\ndef quadruple(a):\n    time.sleep(0.2)\n    return 4 * a\n"
        hand_in(name, {**(untouched if number == 2 else solved), **({MORE: slow} if number % 2 else {})})
    (tmp_path / "temporary").mkdir()
    environment = {**os.environ, "PYTHONPATH": str(Path(grading.__file__).parents[2]), "TMPDIR": str(tmp_path / "temporary")}

    def start(out):
        command = [sys.executable, "-c", GRADE, str(tiny_root), str(tmp_path / "class"), str(out)]
        return subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True, env=environment)

    return start


def finish(process):
    said, _ = process.communicate(timeout=PATIENCE)
    return process.returncode, said


def reports(out):
    return list(out.glob("*/report.json"))


def running_in(folder):
    """Processes, if any, that run from a folder."""
    lines = []
    for path in Path("/proc").glob("[0-9]*/cmdline"):
        with suppress(OSError):
            lines.append(path.read_bytes())
    return [line for line in lines if str(folder).encode() in line]


def wait_until(holds):
    deadline = time.monotonic() + PATIENCE
    while not holds():
        assert time.monotonic() < deadline
        time.sleep(0.01)


@pytest.fixture
def undisturbed(grade_into, tmp_path):
    """The gradebook of a run that nothing happened to."""
    assert finish(grade_into(tmp_path / "undisturbed"))[0] == 0
    return (tmp_path / "undisturbed/gradebook.csv").read_bytes()


@pytest.mark.skipif(not Path("/proc/self/cmdline").exists(), reason="what is left running is looked up in /proc")
def test_killed_at_any_moment_it_goes_on(grade_into, undisturbed, tmp_path):
    """given a class that is killed again and again, each time a little later, when it is let be, then nothing is missing"""
    out = tmp_path / "out"
    for count in (0, 1, 3):
        process = grade_into(out)
        wait_until(lambda count=count: len(reports(out)) >= count and (count or (out / "class.json").exists()))
        process.send_signal(signal.SIGKILL)
        process.communicate()
    wait_until(lambda: not running_in(tmp_path / "temporary"))

    status, _ = finish(grade_into(out))

    assert status == 0
    assert (out / "gradebook.csv").read_bytes() == undisturbed


def test_a_folder_of_results_that_is_taken_away_is_made_again(grade_into, undisturbed, tmp_path):
    out = tmp_path / "out"
    process = grade_into(out)
    wait_until(lambda: len(reports(out)) >= 1)
    shutil.rmtree(out, ignore_errors=True)
    status, said = finish(process)

    assert status == 0 or "run the same command again" in said
    assert finish(grade_into(out))[0] == 0
    assert (out / "gradebook.csv").read_bytes() == undisturbed


@pytest.mark.skipif(
    sys.platform != "linux" or os.geteuid() != 0 or shutil.which("mount") is None, reason="a small disk is mounted by root"
)
def test_a_full_disk_is_said_and_nothing_is_lost(grade_into, undisturbed, tmp_path):
    disk = tmp_path / "disk"
    disk.mkdir()
    if subprocess.run(["mount", "-t", "tmpfs", "-o", "size=24k", "tmpfs", str(disk)], check=False).returncode:
        pytest.skip("no file system can be mounted here")
    try:
        status, said = finish(grade_into(disk / "out"))
        assert status == 3 and "the disk is full; make room and run the same command again" in said

        subprocess.run(["mount", "-o", "remount,size=4m", str(disk)], check=True)
        assert finish(grade_into(disk / "out"))[0] == 0
        assert (disk / "out/gradebook.csv").read_bytes() == undisturbed
    finally:
        subprocess.run(["umount", "-l", str(disk)], check=False)
