"""Hostile submissions, graded as one class on each rung: nothing forged, nothing leaked, nothing left, everybody graded."""

from __future__ import annotations

import csv
import importlib.util
import json
import os
import re
import shutil
import subprocess
import sys
import tempfile
from pathlib import Path

import pytest

from grader.batch.discovery import safe_name
from grader.sandbox.identity import can_be_entered

HERE = Path(__file__).parent
ROOT = HERE.parents[1]
STRANGER = 61_500
ENVIRONMENT_CANARY = "canary-of-the-environment"
UNSEEN = ("canary-of-the-environment", "canary-of-the-file", "canary-of-the-hidden-tests")
"""What must not stand anywhere, not even in what instructors read."""
HIDDEN = ("86421", "172842")
"""Arguments and expected values of hidden tests: not in anything that students read."""
SHARED_PLACES = ("/tmp", "/dev/shm", "/var/tmp", "/", "/run/lock")


def _golden():
    spec = importlib.util.spec_from_file_location("golden", HERE / "golden.py")
    module = importlib.util.module_from_spec(spec)
    sys.modules["golden"] = module
    spec.loader.exec_module(module)
    return module


GOLDEN = [submission for theme in _golden().read_submissions().values() for submission in theme]


def test_there_are_many_and_no_two_alike():
    names = [submission.name for submission in GOLDEN]

    assert len(names) >= 60
    assert sorted(set(names)) == sorted(names)
    assert all(submission.tries for submission in GOLDEN)


@pytest.mark.skipif(sys.platform != "linux", reason="bubblewrap, Landlock and seccomp are Linux's")
@pytest.mark.parametrize("rung", ["bubblewrap", "locked"])
@pytest.mark.parametrize("user", ["root", "an ordinary user"])
def test_the_class_gets_what_it_deserves(rung, user):
    """given every golden submission in one class, when it is graded, then each has its report, and nothing else has happened"""
    command, python_path = _as_user(user)
    folder = Path(tempfile.mkdtemp(prefix="golden-", dir="/tmp"))
    try:
        if user != "root" and os.getuid() == 0:
            os.chown(folder, STRANGER, STRANGER)
        (folder / "temporary").mkdir()
        shutil.copystat(folder, folder / "temporary")
        if user != "root" and os.getuid() == 0:
            os.chown(folder / "temporary", STRANGER, STRANGER)
        environment = {
            "PATH": "/usr/bin:/bin:/usr/sbin:/sbin",
            "PYTHONPATH": python_path,
            "PYTHONDONTWRITEBYTECODE": "1",
            "CANARY": ENVIRONMENT_CANARY,
            "HOME": str(folder),
            "TMPDIR": str(folder / "temporary"),
        }
        ran = subprocess.run([*command, str(HERE / "grade_them.py"), rung, str(folder)], capture_output=True, text=True,
                             env=environment, cwd=folder, timeout=900)  # fmt: skip
        if ran.returncode == 3:
            pytest.skip(ran.stdout.strip())
        assert ran.returncode == 0, ran.stderr[-3000:]
        mistakes = list(_mistakes(folder))
    finally:
        if "KEEP_GOLDEN" not in os.environ:
            subprocess.run(["rm", "-rf", folder], check=False)  # shutil.rmtree recurses, and one submission is deep
    assert not mistakes, "\n".join(mistakes)


def _as_user(user):
    """The command that runs a Python program as that user, and its PYTHONPATH."""
    if user == "root":
        if os.getuid() != 0:
            pytest.skip("only root can grade as root")
        return [sys.executable], str(ROOT)
    if os.getuid() != 0:
        return [sys.executable], str(ROOT)
    if not can_be_entered(ROOT / "grader"):
        pytest.skip(f"{ROOT} lies where an ordinary user cannot go")
    packages = Path(importlib.util.find_spec("numpy").origin).parents[1]
    drop = ["setpriv", f"--reuid={STRANGER}", f"--regid={STRANGER}", "--clear-groups", "--inh-caps=-all"]
    version = f"python{sys.version_info.major}.{sys.version_info.minor}"
    for python in dict.fromkeys([os.path.realpath(sys.executable), f"/usr/bin/{version}", f"/usr/local/bin/{version}"]):
        if not can_be_entered(Path(python)):
            continue  # setpriv itself could start it, with what is left of root's rights, and its workers could not
        path = f"{ROOT}{os.pathsep}{packages}"
        probe = "import numpy, torch.version, py_landlock, pyseccomp, grader.batch.grading"
        ran = subprocess.run([*drop, python, "-c", probe], capture_output=True, env={"PYTHONPATH": path}, cwd="/")
        if ran.returncode == 0:
            return [*drop, python], path
    pytest.skip(f"an ordinary user can start no {version} with the course's packages: ours lies in a folder of root's")


def _mistakes(folder):
    """What is not as it should be, a sentence each."""
    observed = json.loads((folder / "observed.json").read_text())
    out = folder / "out"
    handed_in = [one for one in GOLDEN if one.name not in observed["not handed in"]]
    for submission in handed_in:
        student = safe_name(submission.handed_in_as)
        try:
            report = json.loads((out / student / "report.json").read_text())
        except OSError as error:
            yield f"{submission.name}: no report ({error})"
            continue
        yield from (f"{submission.name}: {mistake}" for mistake in _differences(submission.expect, report))
    if observed["status"] != 0:
        yield f"the exit status is {observed['status']}, so somebody was not graded"
    for what in ("left running", "changed", "left"):
        if observed[what]:
            yield f"{what}: {observed[what][:5]}"
    yield from _strangers_in(out, {safe_name(one.handed_in_as) for one in handed_in})
    yield from _leaks(folder, out)


def _differences(expected, report):
    if expected.score is not None and report["score"] != expected.score:
        yield f"score {report['score']}, expected {expected.score}"
    if report["score"] is None or report["score"] > expected.at_most:
        yield f"score {report['score']}, expected at most {expected.at_most}"
    tests = [test for stage in report["stages"] for test in stage["tests"]]
    if sum(test["outcome"] != "passed" for test in tests) < expected.failed:
        yield "more tests passed than may"
    for stage, wanted in zip(report["stages"], (expected.double, expected.total), strict=True):
        words = [wanted] * len(stage["tests"]) if isinstance(wanted, str) else wanted
        for test, word in zip(stage["tests"], words, strict=True):
            got = test["kind"] or test["outcome"]
            if word != "anything" and got not in word.split(" or "):
                yield f"{test['name']} ended with {got}, expected {word}: {test['message'][:300]!r}"
    messages = "\n".join(test["message"] for test in tests)
    yield from (f"no message says {words!r}: {messages[:300]!r}" for words in expected.says if words not in messages)
    notes = "\n".join(report["notes"])
    yield from (f"no note says {words!r}: {notes!r}" for words in expected.notes if words not in notes)


def _strangers_in(out, students):
    """Files that nobody should have made."""
    for path in sorted(out.rglob("*")):
        parts = path.relative_to(out).parts
        ours = {1: {"class.json", "gradebook.csv", ".lock", *students}, 2: {"report.json", "feedback.txt"}}
        if len(parts) > 2 or parts[-1] not in ours[len(parts)]:
            yield f"a file that is not ours: {path}"
    for place in SHARED_PLACES:
        yield from (f"a file that escaped: {path}" for path in Path(place).glob("*escaped*"))


def _leaks(folder, out):
    seed = str(json.loads((out / "class.json").read_text())["seed"])
    console = (folder / "console.txt").read_text(encoding="utf-8")
    gradebook = (out / "gradebook.csv").read_bytes().decode()
    read_by_students = {str(path): path.read_text(encoding="utf-8") for path in out.rglob("feedback.txt")}
    read_around = {**read_by_students, "the console": console, "the gradebook": gradebook}
    reports = {str(path): path.read_text(encoding="utf-8") for path in out.rglob("report.json")}
    for where, text in {**read_around, **reports}.items():
        yield from (f"{canary!r} stands in {where}" for canary in UNSEEN if canary in text)
        if re.search(r"[\x00-\x09\x0b-\x1f\x7f-\x9f\u202a-\u202e\u2066-\u2069]", text.replace("\r\n", "\n")):
            yield f"{where} holds characters that act on a terminal"
    for where, text in read_around.items():
        yield from (f"{canary!r} stands in {where}" for canary in (*HIDDEN, seed) if canary in text)
    rows = list(csv.reader(gradebook.splitlines()))
    yield from (f"a cell that a spreadsheet runs: {cell!r}" for row in rows for cell in row if cell.startswith(tuple("=+-@\t\r")))
    yield from (f"a row of another length: {row}" for row in rows if len(row) != len(rows[0]))
