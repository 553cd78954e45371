"""Ctrl-C: the first asks, the second leaves."""

from __future__ import annotations

import os
import signal

import pytest

from grader.batch import interruption
from grader.batch.interruption import Interruption


def test_the_first_asks_and_the_second_leaves_at_once(monkeypatch):
    left = []

    def leave(status):
        left.append(status)
        raise SystemExit

    monkeypatch.setattr(interruption.os, "_exit", leave)
    with Interruption(lambda: left.append("killed")) as asked:
        os.kill(os.getpid(), signal.SIGINT)
        assert bool(asked) and left == []
        with pytest.raises(SystemExit):
            os.kill(os.getpid(), signal.SIGINT)

    assert left == ["killed", 130]


def test_afterwards_ctrl_c_is_what_it_was():
    before = signal.getsignal(signal.SIGINT)

    with Interruption(lambda: None):
        pass

    assert signal.getsignal(signal.SIGINT) is before
