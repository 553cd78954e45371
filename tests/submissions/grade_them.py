"""Lay the golden submissions as one class and grade it as `grade` does, as whoever runs this.

    python grade_them.py RUNG FOLDER

FOLDER is empty and writable. What is left in it: the course, the class, the results in `out`, what was printed in
`console.txt`, and in `observed.json` what else was seen. Exit status 3 with a sentence: this rung does not hold here.
"""

from __future__ import annotations

import ctypes
import hashlib
import io
import json
import os
import shutil
import sys
import time
from contextlib import suppress
from pathlib import Path

import builders
import golden

from grader.batch.grading import grade_class
from grader.batch.processes import descendants
from grader.course.course import Course
from grader.judge.limits import Limits
from grader.judge.self_test import holes
from grader.report.paper import console_on
from grader.sandbox.bubblewrap import Bubblewrap
from grader.sandbox.locked import Locked

RUNGS = {"bubblewrap": Bubblewrap, "locked": Locked}
LIMITS = Limits(seconds_a_call=1.5, seconds_to_load=5, seconds_in_all=40)
SUBREAPER = 36
FILES = {
    "solutions/hw0_tiny/hidden/test_01_double.py": '''\
"""Hidden tests of double."""

import numpy as np

SECRET = "canary-of-the-hidden-tests"


def test_double_of_a_secret(student, close):
    """doubles numbers that nobody knows"""
    close(student.double(np.array([86421.0])), np.array([172842.0]))
''',
    "hw0_tiny/tests/test_02_total.py": '''\
"""Public tests of total."""

import numpy as np
from torch import tensor


def test_total_forward(student, rng, close):
    """sums twice the entries"""
    a = rng.standard_normal(5)
    close(student.total(a), tensor(a).sum() * 2)


def test_total_refuses_matrices(student, rng):
    """refuses what is no vector"""
    message = student.raises(ValueError).total(rng.standard_normal((2, 2)))
    assert message.split()[0], "the message should say something"


def test_total_as_a_number(student):
    """gives what can be turned into a number"""
    assert float(student.total(np.ones(3))) == 6.0, "twice three ones should be 6"
''',
}
"""What this class's course has in place of the tiny one's: secrets to be kept, and tests that work with what comes back."""


def main(rung: str, folder: Path) -> int:
    ctypes.CDLL(None).prctl(SUBREAPER, 1)  # whatever is left behind becomes a child of this process
    confinement = RUNGS[rung]()
    found = holes(confinement)
    if found:
        print(f"{confinement.name} does not hold here: {'; '.join(found)}")
        return 3
    course = Course.at(_course(folder))
    not_handed_in = _class(folder)
    before = _fingerprints(folder)
    stream = io.StringIO()
    console = console_on(stream, width=140)
    start = time.perf_counter()
    homework = course.homework("hw0")
    status = grade_class(
        course, homework, folder / "class", folder / "out", jobs=2, confinement=confinement, console=console, limits=LIMITS
    )
    seconds = time.perf_counter() - start
    (folder / "console.txt").write_text(stream.getvalue(), encoding="utf-8")
    observed = {
        "status": status,
        "seconds": seconds,
        "not handed in": not_handed_in,
        "left running": _left_running(),
        "changed": sorted(path for path, print_ in before.items() if _fingerprints(folder).get(path) != print_),
        "left": sorted(str(path) for path in (folder / "temporary").rglob("*")),
    }
    (folder / "observed.json").write_text(json.dumps(observed, indent=1))
    return 0


def _course(folder: Path) -> Path:
    sys.path.append(str(Path(__file__).parents[1]))
    import tiny_course

    tiny_course.FILES.update(FILES)
    (folder / "secret").write_text("canary-of-the-file = 1\n")
    return tiny_course.write_tiny_course(folder / "course")


def _class(folder: Path) -> list[str]:
    """Lay the class; the names of those that this user cannot make."""
    places = {
        "SECRET": folder / "secret", "COURSE": folder / "course", "CLASS": folder / "class", "OUT": folder / "out",
        "TEMPORARY": folder / "temporary", "HOME": Path.home(), "JUDGE": os.getpid(),
    }  # fmt: skip
    left_out = []
    (folder / "class").mkdir()
    for submission in (one for theme in golden.read_submissions().values() for one in theme):
        target = folder / "class" / submission.handed_in_as
        source = submission.source({word: str(place) for word, place in places.items()}).encode("utf-8", "surrogatepass")
        if submission.build:
            try:
                getattr(builders, submission.build)(target, source, folder / "secret")
            except PermissionError:
                left_out.append(submission.name)
                shutil.rmtree(target)
            continue
        builders.write(target, source)
        for file, content in submission.files.items():
            builders.write(target, content.encode(), file)
    return left_out


def _fingerprints(folder: Path) -> dict[str, str]:
    """Every file of the course and of the class: nothing of them may change."""
    found = {str(folder / "secret"): (folder / "secret").read_text()}
    for top in ("course", "class"):
        for path, folders, files in os.walk(folder / top):
            folders[:] = [name for name in folders if name != "hw0"]
            for file in files:
                full = os.path.join(path, file)
                regular = os.path.isfile(full) and not os.path.islink(full)
                found[full] = hashlib.sha256(Path(full).read_bytes()).hexdigest() if regular else "special"
    return found


def _left_running() -> list[str]:
    """Command lines of what did not end. What has ended and was left to us is collected first, as init would do."""
    time.sleep(0.2)
    with suppress(ChildProcessError):
        while os.waitpid(-1, os.WNOHANG)[0]:
            pass
    return [Path(f"/proc/{pid}/cmdline").read_bytes().decode(errors="replace") or str(pid) for pid in descendants(os.getpid())]


if __name__ == "__main__":
    sys.exit(main(sys.argv[1], Path(sys.argv[2])))
