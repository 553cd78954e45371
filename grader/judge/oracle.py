"""The oracle: torch, loaded once and held to one thread."""

from __future__ import annotations

import gc
from collections.abc import Iterator
from contextlib import contextmanager


def warm() -> None:
    """Load what tests compare with, before any fork: torch, and the data that scikit-learn brings.

    One thread, because a class is graded side by side, and because a child of a process that has run torch in two threads
    waits for ever at its first parallel operation.
    """
    import sklearn.datasets  # noqa: F401 (tests load their digits from it)
    import torch

    torch.set_num_threads(1)


def hold_to_one_thread() -> None:
    """Only the second half of `warm`, for a run that may need no data."""
    import torch

    torch.set_num_threads(1)


@contextmanager
def loading() -> Iterator[None]:
    """Import what a run needs without looking for garbage, then or later, among what stays anyhow.

    torch makes more than a hundred thousand objects as it is imported. Going through them again and again takes the collector
    a tenth of a second, and once more each time that a probe asks it to collect.
    """
    gc.disable()
    try:
        yield
    finally:
        gc.freeze()
        gc.enable()
