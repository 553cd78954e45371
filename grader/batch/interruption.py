"""Ctrl-C in the middle of a class: the first asks to stop, the second leaves at once."""

from __future__ import annotations

import os
import signal
import threading
import types
from collections.abc import Callable
from typing import Any

INTERRUPTED = 130
"""Exit status of a command that was interrupted, as shells have it."""


class Interruption:
    """Whether somebody asked to stop. While it is entered, ctrl-C raises nothing: what is half done gets done or undone."""

    def __init__(self, leave: Callable[[], None]) -> None:
        """Begin.

        Args:
            leave: what to do before leaving at once; it must not wait.
        """
        self.asked = False
        self._leave = leave
        self._before: Any = None

    def __enter__(self) -> Interruption:
        if threading.current_thread() is threading.main_thread():
            self._before = signal.signal(signal.SIGINT, self._interrupt)
        return self

    def __exit__(self, *exception: object) -> None:
        if self._before is not None:
            signal.signal(signal.SIGINT, self._before)

    def __bool__(self) -> bool:
        return self.asked

    def _interrupt(self, number: int, frame: types.FrameType | None) -> None:
        if self.asked:
            self._leave()
            os._exit(INTERRUPTED)
        self.asked = True
