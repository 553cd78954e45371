"""The ladder: the first rung that holds, found by trying; what is wrong with a rung is said, and no step down is silent."""

from __future__ import annotations

import shutil
import sys

import pytest

from grader.judge.self_test import holes
from grader.sandbox.bubblewrap import Bubblewrap
from grader.sandbox.confinement import Unconfined
from grader.sandbox.ladder import choose
from grader.sandbox.locked import Locked

linux = pytest.mark.skipif(sys.platform != "linux", reason="bubblewrap, Landlock and seccomp are Linux's")

FORBIDDEN = [
    "fork a process",
    "start a program",
    "start a thread",
    "open a socket (AF_INET, SOCK_STREAM)",
    "open a socket (AF_INET, SOCK_DGRAM)",
    "open a socket (AF_UNIX, SOCK_STREAM)",
    "open a socket (AF_UNIX, SOCK_DGRAM)",
    "read a file of the judge's",
    "read the machinery",
    "write a file of the judge's",
    "write beside the scratch folder",
    "send a signal to the judge",
    "look into /proc",
]
"""What every process may do, and a confined one may not."""


class NotLocked(Locked):
    """A rung that looks like the second and locks nothing."""

    def orders(self, room):
        return None


@pytest.fixture(scope="module")
def holes_of_unconfined():
    return holes(Unconfined())


@pytest.fixture(scope="module")
def holes_of_rungs():
    return {rung: holes(rung()) for rung in (Bubblewrap, Locked)}


@linux
def test_the_first_rung_that_holds_is_chosen():
    choice = choose(lambda confinement: [])

    assert isinstance(choice.confinement, Bubblewrap)
    assert choice.refused == ()


@linux
def test_a_rung_with_holes_is_refused_and_why_is_said():
    """given a first rung that lets something through, when one is chosen, then it is the second, and the reasons stand there"""
    choice = choose(lambda one: ["a worker could fork a process", "no /usr/bin"] if isinstance(one, Bubblewrap) else [])

    assert isinstance(choice.confinement, Locked)
    assert choice.refused == ("bubblewrap + landlock + seccomp: a worker could fork a process; no /usr/bin",)


@linux
def test_where_no_rung_holds_there_is_none():
    """given no rung that holds, when one is chosen, then there is none: what confines nothing is never among them"""
    tried = []

    def nothing_holds(confinement):
        tried.append(confinement)
        return ["it does not hold"]

    choice = choose(nothing_holds)

    assert choice.confinement is None
    assert [one.name for one in tried] == ["bubblewrap + landlock + seccomp", "landlock + seccomp"]
    assert all(one.safe for one in tried)
    assert choice.refused == tuple(f"{one.name}: it does not hold" for one in tried)


def test_elsewhere_than_on_linux_nothing_is_tried(monkeypatch):
    monkeypatch.setattr(sys, "platform", "darwin")

    choice = choose(lambda confinement: pytest.fail("it was tried"))

    assert choice.confinement is None
    assert "this is darwin" in choice.refused[0]


@linux
@pytest.mark.parametrize("forbidden", FORBIDDEN)
def test_the_self_test_finds_out_what_an_unconfined_worker_can_do(holes_of_unconfined, forbidden):
    assert f"a worker could {forbidden}" in holes_of_unconfined


@linux
def test_the_self_test_finds_out_a_worker_that_was_not_locked():
    """given the second rung, had its worker locked nothing, when it is tested, then it is found out"""
    found = holes(NotLocked())

    assert "a worker could fork a process" in found or "a worker could start a thread" in found
    assert "a worker could read the machinery" in found


@linux
def test_a_rung_whose_programs_are_missing_says_so(monkeypatch):
    monkeypatch.setattr(shutil, "which", lambda *args, **kwargs: None)

    found = holes(Bubblewrap())

    assert found and "bwrap" in found[0]


@linux
def test_a_worker_that_dies_before_it_is_ready_is_no_rung(monkeypatch):
    """given a command that starts no worker, when it is tested, then what came in place of one is said"""
    monkeypatch.setattr(Locked, "command", lambda self, command, room: ["/bin/sh", "-c", "echo no such thing >&2; exit 7"])

    (found,) = holes(Locked())

    assert "did not get ready" in found and "no such thing" in found


@linux
@pytest.mark.parametrize("forbidden", FORBIDDEN)
@pytest.mark.parametrize("rung", [Bubblewrap, Locked], ids=["bubblewrap", "locked"])
def test_on_both_rungs_it_is_held_back(holes_of_rungs, rung, forbidden):
    assert f"a worker could {forbidden}" not in holes_of_rungs[rung]


@linux
@pytest.mark.parametrize("rung", [Bubblewrap, Locked], ids=["bubblewrap", "locked"])
def test_both_rungs_hold_here(holes_of_rungs, rung):
    found = holes_of_rungs[rung]
    if any("did not get ready" in hole or "could not be started" in hole for hole in found):
        pytest.skip(f"{rung().name} is not to be had here: {'; '.join(found)}")
    assert found == []
