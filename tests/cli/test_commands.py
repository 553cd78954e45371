"""Commands end in a sentence and in the exit status that belongs to it: 0 passed, 1 failed, 2 wrong usage, 3 our error."""

import os
import subprocess
import sys

import pytest

RIGHT = "def double(a): return 2 * a\ndef total(a):\n    if a.ndim > 1: raise ValueError\n    return double(a).sum()\n"


def grader(root, *arguments, **environment):
    done = subprocess.run(
        [sys.executable, "-m", "grader", *arguments],
        cwd=root,
        env={**os.environ, **environment},
        capture_output=True,
        text=True,
        timeout=120,
        check=False,
    )
    return done.returncode, done.stdout + done.stderr


@pytest.mark.parametrize(
    ("arguments", "status", "said"),
    [
        (["test", "hw0"], 1, "0 of 100 points · next: hw0 · double, which is not written yet"),
        (["test"], 1, "0 of 200 points · next: hw0 · double"),
        (["test", "hw0", "--on", "reference", "--hidden"], 0, "100 of 100 points"),
        (["test", "hw=0", "--stage", "2", "--on", "reference"], 0, "40 of 40 points"),
        (["test", "hw1", "--on", "reference", "-k", "TWICE"], 0, "100 of 100 points"),
        (["test", "hw7"], 2, "there is no homework 'hw7'; did you mean"),
        (["test", "hw0", "--stage", "doubel"], 2, "did you mean double?"),
        (["test", "--stage", "double"], 2, "a stage belongs to a homework"),
        (["test", "hw0", "-k", "nothing"], 2, "no test matches 'nothing'"),
        (["tset"], 2, "No such command 'tset'"),
        (["hint", "hw0", "double", "-n", "2"], 0, "hint 2 of 3: the idea"),
        (["hint", "hw0", "double", "-n", "4"], 2, "4 is not in the range"),
        (["run-needle", "hw=1", "on=reference", "--", sys.executable, "-c", "import needle; exit(needle.double(4))"], 8, ""),
        (["run-needle", "hw1", "--", "nosuchprogram"], 2, "no program 'nosuchprogram'"),
        (["skeletons", "--check"], 0, "everything is fresh"),
        (["grade", "hw0"], 1, "0 of 100 points"),
        (["grade", "hw0", "nowhere", "--out", "out"], 2, "nowhere"),
        (["grade", "hw0", "hw0_tiny"], 2, "say where the results go"),
        (["reproduce", "none.json", "test_double_forward", "none"], 2, "none.json"),
        (["release", "grader"], 2, "not empty"),
        (["--help"], 0, "run-needle"),
    ],
    ids=lambda value: " ".join(value[:3]) if isinstance(value, list) else "",
)  # fmt: skip
def test_a_command_says_what_it_did(tiny_root, arguments, status, said):
    got, output = grader(tiny_root, *arguments)

    assert (got, said in output) == (status, True), output
    assert "Traceback" not in output


def test_a_mistake_of_the_course_is_our_error(own_tiny_root):
    (own_tiny_root / "hw0_tiny/homework.toml").write_text("title = 3")

    status, output = grader(own_tiny_root, "test", "hw0")

    assert status == 3 and "hw0_tiny/homework.toml: format_version is None" in output


def test_what_is_right_passes(own_tiny_root):
    (own_tiny_root / "hw0_tiny/needle/tiny.py").write_text(RIGHT)

    assert grader(own_tiny_root, "test", "hw0")[0] == 0


def test_what_is_stale_is_said(own_tiny_root):
    (own_tiny_root / "hw0_tiny/needle/tiny.py").write_text(RIGHT)

    assert grader(own_tiny_root, "skeletons", "--check") == (1, "hw0_tiny/needle/tiny.py is stale\n")


@pytest.mark.parametrize(
    ("line", "completed"),
    [
        ("grader te", "plain,test"),
        ("grader test hw", "plain,hw0\nplain,hw1"),
        ("grader test hw0 --stage ", "plain,double\nplain,total"),
        ("grader hint hw1 ", "plain,quadruple"),
    ],
)
def test_words_are_completed(tiny_root, line, completed):
    count = str(len(line.split(" ")) - 1)

    _, output = grader(tiny_root, COMP_WORDS=line, COMP_CWORD=count, _GRADER_COMPLETE="bash_complete")

    assert output.strip() == completed
