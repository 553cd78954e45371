"""The table of commands in CONTRIBUTING.md says what the Makefile says; `python tests/test_contributing.py` writes it anew."""

from __future__ import annotations

import os
import re
import shutil
import subprocess
import tomllib
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[1]
PAGE = ROOT / "CONTRIBUTING.md"
BEGIN, END = "<!-- commands:begin -->", "<!-- commands:end -->"
COMMAND = re.compile(r"^##  (?:\[(private|release)\] )?(.+?) {2,}(.+)$", re.MULTILINE)
WHERE = {"": "everywhere", "private": "with solutions", "release": "in a release"}


needs_make = pytest.mark.skipif(shutil.which("make") is None, reason="there is no make")


def make(*arguments: str) -> subprocess.CompletedProcess[str]:
    """Run make in the checkout, as if no other make had called this."""
    environment = {name: value for name, value in os.environ.items() if not name.startswith(("MAKE", "MFLAGS"))}
    command = ["make", "-C", str(ROOT), "--no-print-directory", *arguments]
    return subprocess.run(command, capture_output=True, text=True, env=environment)


def commands() -> list[tuple[str, str, str]]:
    """The Makefile's list: in which tree, the words, what they do."""
    return COMMAND.findall((ROOT / "Makefile").read_text(encoding="utf-8"))


def table() -> str:
    rows = ["| command | where | what it does |", "| --- | --- | --- |"]
    rows += [f"| `{words}` | {WHERE[tree]} | {does} |" for tree, words, does in commands()]
    return "\n".join(rows)


def page_with_table() -> str:
    head, _, rest = PAGE.read_text(encoding="utf-8").partition(BEGIN)
    return f"{head}{BEGIN}\n{table()}\n{END}{rest.partition(END)[2]}"


def test_the_table_says_what_the_makefile_says():
    assert PAGE.read_text(encoding="utf-8") == page_with_table(), "write it: python tests/test_contributing.py"


def test_every_target_is_in_the_list():
    text = (ROOT / "Makefile").read_text(encoding="utf-8")
    targets = {name for line in re.findall(r"^\.PHONY: (.+)$", text, re.MULTILINE) for name in line.split()}

    told = {words.split()[1] for _, words, _ in commands()}

    assert told == targets - {"help"}


@needs_make
def test_make_alone_lists_the_commands_of_this_tree():
    shown = make().stdout

    listed = re.findall(r"^  (make .+?) {2,}(.+)$", shown, re.MULTILINE)
    assert listed == [(words, does) for tree, words, does in commands() if tree != "release"]


@needs_make
def test_a_word_that_means_nothing_is_refused():
    ended = make("test", "hw=1", "stgae=matmul")

    assert ended.returncode == 2
    assert "stgae=" in ended.stderr
    assert "stage=" in ended.stderr


@needs_make
def test_what_is_written_behind_a_target_reaches_the_command_as_it_is():
    words = 'it\'s "two" words; $(x) `y` > z'

    shown = make("--dry-run", "--old-file=.venv/ready-dev", "test", "hw=1", "k=" + words.replace("$", "$$")).stdout
    quoted = next(line for line in shown.splitlines() if " -k " in line).partition(" -k ")[2].rstrip("\\")
    read = subprocess.run(["sh", "-c", f"printf '%s\\n' {quoted}"], capture_output=True, text=True, check=True).stdout

    assert read.rstrip("\n") == words


def test_every_dependency_says_how_it_earns_its_place():
    project = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]
    lists = [project["dependencies"], *project["optional-dependencies"].values()]
    names = {re.split(r"[\[=<>!~; ]", entry)[0] for entries in lists for entry in entries} - {"needle-course"}

    section = PAGE.read_text(encoding="utf-8").partition("## Dependencies")[2].partition("\n## ")[0]
    told = set(re.findall(r"^\| `([\w.-]+)` \|", section, re.MULTILINE))

    assert told == names


def test_every_version_is_pinned():
    lines = [line for line in (ROOT / "constraints.txt").read_text(encoding="utf-8").splitlines() if not line.startswith("#")]
    project = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]
    lists = [project["dependencies"], *project["optional-dependencies"].values()]
    wanted = {re.split(r"[\[=<>!~; ]", entry)[0] for entries in lists for entry in entries} - {"needle-course"}

    assert all(re.fullmatch(r"[\w.-]+==[\w.]+", line) for line in lines), "a line is NAME==VERSION, without a local suffix"
    assert wanted <= {line.partition("==")[0].replace("_", "-") for line in lines}


if __name__ == "__main__":
    PAGE.write_text(page_with_table(), encoding="utf-8")
