"""The oracle: torch, loaded once and held to one thread."""

from __future__ import annotations


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
