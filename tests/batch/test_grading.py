"""A class, graded from end to end on the tiny course."""

from __future__ import annotations

import csv
import io
import json
import os
import re
import signal
import subprocess
import sys
import time
from contextlib import suppress
from pathlib import Path

import pytest

from grader.batch import grading, job
from grader.batch.grading import grade_class
from grader.errors import OutputError, UsageError
from grader.judge.limits import Limits
from grader.report.paper import console_on
from grader.sandbox.confinement import Unconfined

MORE = "hw1_tiny/needle/more.py"
LIMITS = Limits(seconds_a_call=2, seconds_to_load=5, seconds_in_all=6)
GRADE = """
import sys
from pathlib import Path
from grader.batch.grading import grade_class
from grader.course.course import Course
from grader.report.paper import console_on
from grader.sandbox.confinement import Unconfined
course = Course.at(Path(sys.argv[1]))
status = grade_class(course, course.homework("hw1"), Path(sys.argv[2]), Path(sys.argv[3]), jobs=1,
                     confinement=Unconfined(), console=console_on(sys.stdout))
sys.exit(status)
"""


@pytest.fixture
def graded(tiny, hw1, tmp_path):
    """Grade the class; the exit status, what was said, and the rows of the gradebook."""

    def grade(**options):
        stream = io.StringIO()
        given = {"jobs": 2, "confinement": Unconfined(), "limits": LIMITS, "console": console_on(stream, width=140)}
        status = grade_class(tiny, hw1, tmp_path / "class", tmp_path / "out", **{**given, **options})
        return status, stream.getvalue(), gradebook(tmp_path / "out")

    return grade


def gradebook(out):
    with open(out / "gradebook.csv", newline="", encoding="utf-8") as file:
        return {row["student"]: row for row in csv.DictReader(file)}


def running_in(folder):
    """Command lines of the processes, if any, that run from a folder."""
    lines = []
    for path in Path("/proc").glob("[0-9]*/cmdline"):
        with suppress(OSError):
            lines.append(path.read_bytes())
    return [line for line in lines if str(folder).encode() in line]


def report(out, student):
    return json.loads((out / student / "report.json").read_text())


def test_a_class_with_broken_submissions(graded, hand_in, solved, untouched, tmp_path):
    hand_in("ada", solved)
    hand_in("ben.zip", {f"fork-main/{path}": content for path, content in solved.items()})
    hand_in("chen", {**untouched, "hw0_tiny/needle/tiny.py": solved["hw0_tiny/needle/tiny.py"]})
    hand_in("dana", {**solved, MORE: b"def quadruple(a:\n"})
    hand_in("emmy", {**solved, MORE: b"def quadruple(a):\n    while True:\n        pass\n"})
    hand_in("farid", {})
    (tmp_path / "class" / "grace.zip").write_text("no zip")

    status, said, rows = graded()

    assert status == 0
    assert {student: row["score"] for student, row in rows.items()} == {
        **dict.fromkeys(("ada", "ben"), "100"),
        **dict.fromkeys(("chen", "dana", "emmy", "farid", "grace"), "0"),
    }
    assert [rows[student]["outcome"] for student in ("chen", "dana", "emmy")] == [
        "not started",
        "failed (import)",
        "failed (time)",
    ]
    assert "grace.zip is no zip" in rows["grace"]["notes"]
    assert "7 of 7 graded" in said and "no sandbox" in said
    assert len({report(tmp_path / "out", student)["seed"] for student in rows}) == 1


def test_started_again_it_grades_what_is_new_or_changed_and_nothing_else(graded, hand_in, solved, tmp_path):
    hand_in("ada", solved)
    hand_in("ben", {})
    graded()
    before = report(tmp_path / "out", "ada")
    hand_in("ben", solved)
    hand_in("chen", solved)

    _, said, rows = graded()

    assert [row["score"] for row in rows.values()] == ["100", "100", "100"]
    assert "3 of 3 graded, 1 of them from before" in said
    assert report(tmp_path / "out", "ada") == before
    assert report(tmp_path / "out", "chen")["seed"] == before["seed"]


def test_the_same_seed_gives_the_same_gradebook(graded, hand_in, solved, tmp_path):
    hand_in("ada", solved)
    hand_in("ben", {**solved, MORE: b"def quadruple(a):\n    return 3 * a\n"})
    graded(seed=5)
    first = (tmp_path / "out" / "gradebook.csv").read_bytes()
    (tmp_path / "out").rename(tmp_path / "before")

    graded(seed=5, jobs=1)

    assert (tmp_path / "out" / "gradebook.csv").read_bytes() == first


def test_when_we_crash_nobody_gets_a_zero_and_it_is_said(graded, hand_in, solved, monkeypatch, tmp_path):
    hand_in("ada", solved)
    hand_in("ben", solved)
    real = job.grade_submission

    def crash(*args, **options):
        if options["student"] == "ada":
            os.kill(os.getpid(), signal.SIGKILL)
        return real(*args, **options)

    monkeypatch.setattr(job, "grade_submission", crash)
    status, said, rows = graded()

    assert status == 3
    assert (rows["ada"]["score"], rows["ada"]["outcome"], rows["ben"]["score"]) == ("", "not judged (our error)", "100")
    assert report(tmp_path / "out", "ada")["score"] is None
    assert "1 could not be graded, an error of ours" in said

    monkeypatch.undo()
    status, _, rows = graded()

    assert (status, rows["ada"]["score"]) == (0, "100")


def test_with_the_reference_as_base_an_old_bug_is_not_punished_twice(graded, hand_in, solved):
    hand_in("ada", {**solved, "hw0_tiny/needle/tiny.py": b"def double(a):\n    return a\n\n\ntotal = None\n"})

    assert graded(base="reference")[2]["ada"]["score"] == "100"


@pytest.mark.parametrize(("options", "said"), [({"jobs": 0}, "--jobs is 0"), ({"base": "theirs"}, "base is 'theirs'")])
def test_wrong_usage_is_said(graded, hand_in, options, said):
    hand_in("ada", {})

    with pytest.raises(UsageError, match=said):
        graded(**options)


def test_results_never_lie_among_the_submissions(tiny, hw1, hand_in, tmp_path):
    hand_in("ada", {})

    with pytest.raises(UsageError, match="lies in the folder of submissions"):
        grade_class(
            tiny, hw1, tmp_path / "class", tmp_path / "class" / "out", jobs=1, confinement=Unconfined(), console=console_on()
        )


def test_a_folder_that_vanishes_meanwhile_is_said(graded, hand_in, solved, monkeypatch, tmp_path):
    hand_in("ada", solved)
    monkeypatch.setattr(grading.Classroom, "kept", lambda room, *rest: room.out.rename(tmp_path / "gone") and None)

    with pytest.raises(OutputError, match="its folder is gone"):
        graded()


@pytest.mark.skipif(not hasattr(os, "fork"), reason="no ctrl-C to send here")
def test_ctrl_c_keeps_what_is_graded_and_the_same_command_goes_on(tiny_root, hand_in, solved, tmp_path):
    """given a student whose code never returns, when ctrl-C comes there, then the others are kept and nothing is left running"""
    hand_in("ada", solved)
    hand_in("ben", {**solved, MORE: b"import time\n\n\ndef quadruple(a):\n    time.sleep(600)\n"})
    command = [sys.executable, "-c", GRADE, str(tiny_root), str(tmp_path / "class"), str(tmp_path / "out")]
    environment = {**os.environ, "PYTHONPATH": str(Path(grading.__file__).parents[2]), "TMPDIR": str(tmp_path / "temporary")}
    (tmp_path / "temporary").mkdir()

    process = subprocess.Popen(command, stdout=subprocess.PIPE, text=True, env=environment)
    while not (tmp_path / "out" / "ada" / "report.json").exists():
        assert process.poll() is None
        time.sleep(0.05)
    time.sleep(0.5)
    process.send_signal(signal.SIGINT)
    said, _ = process.communicate(timeout=20)

    assert process.returncode == 130
    assert "1 of 2 graded" in said and "the same command goes on with the rest" in said
    rows = gradebook(tmp_path / "out")
    assert (rows["ada"]["score"], rows["ben"]["outcome"]) == ("100", "not graded yet")
    assert list((tmp_path / "temporary").iterdir()) == [] and running_in(tmp_path / "temporary") == []

    hand_in("ben", solved)
    again = subprocess.run(command, capture_output=True, text=True, env=environment, timeout=60)
    assert again.returncode == 0 and re.search("2 of 2 graded, 1 of them from before", again.stdout)
