"""A scratch folder that no kernel keeps small: how much lies in it, and how it is emptied, whatever was done to it."""

from __future__ import annotations

import itertools
import os
from contextlib import suppress
from pathlib import Path

from grader.judge.limits import Limits


def scratch_is_full(scratch: Path, limits: Limits) -> bool:
    """Whether more lies in a scratch folder than may. What cannot be looked into counts as too much."""
    files = size = 0
    folders = [str(scratch)]
    while folders:
        try:
            for entry in os.scandir(folders.pop()):
                files += 1
                size += entry.stat(follow_symlinks=False).st_size
                if files > limits.scratch_files or size > limits.scratch_bytes:
                    return True
                if entry.is_dir(follow_symlinks=False):
                    folders.append(entry.path)
        except FileNotFoundError:
            continue  # it went away while it was looked at
        except OSError:
            return True  # closed to us, or deeper than any path: there could be anything in it
    return False


def empty_scratch(scratch: Path) -> None:
    """Take everything out of a scratch folder. What lies deep is lifted first: no path grows long, and nothing recurses."""
    numbers = itertools.count()
    with suppress(OSError):
        while entries := list(os.scandir(scratch)):
            for entry in entries:
                if not entry.is_dir(follow_symlinks=False):
                    os.unlink(entry.path)
                    continue
                os.chmod(entry.path, 0o700)
                for inner in list(os.scandir(entry.path)):
                    if inner.is_dir(follow_symlinks=False):
                        os.chmod(inner.path, 0o700)  # a folder that cannot be written cannot be moved
                        os.rename(inner.path, scratch / f".lifted-{next(numbers)}")
                    else:
                        os.unlink(inner.path)
                os.rmdir(entry.path)
