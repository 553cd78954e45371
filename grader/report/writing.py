"""Writing a file whole or not at all: whoever reads it, at any moment, finds the old one or the new one."""

from __future__ import annotations

import errno
import os
from contextlib import suppress
from pathlib import Path

from grader.errors import OutputError

PROTECTED = {errno.EACCES, errno.EPERM, errno.EROFS}
FULL = {errno.ENOSPC, errno.EDQUOT}
LEFTOVER = ".part"


def write_whole(path: Path, content: str | bytes) -> None:
    """Write a file atomically: beside it, to the disk, and then in its place.

    Raises:
        OutputError: it could not be written; the old file, if there was one, is as it was.
    """
    data = content.encode("utf-8") if isinstance(content, str) else content
    beside = path.parent / f".{path.name}.{os.getpid()}{LEFTOVER}"
    try:
        try:
            descriptor = os.open(beside, os.O_WRONLY | os.O_CREAT | os.O_TRUNC | getattr(os, "O_NOFOLLOW", 0), 0o666)
            with os.fdopen(descriptor, "wb") as file:
                file.write(data)
                file.flush()
                os.fsync(file.fileno())
            os.replace(beside, path)
        except BaseException:
            with suppress(OSError):
                beside.unlink()
            raise
        _sync_folder(path.parent)
    except OSError as error:
        raise OutputError(_sentence(path, error)) from None


def make_folder(path: Path, *, parents: bool = False) -> None:
    """Make a folder, if it is not there.

    Raises:
        OutputError: it cannot be made.
    """
    try:
        path.mkdir(parents=parents, exist_ok=True)
    except OSError as error:
        raise OutputError(_sentence(path, error)) from None


def remove_leftovers(folder: Path) -> None:
    """Take away what a killed run left half written in a folder."""
    for path in folder.glob(f".*{LEFTOVER}"):
        with suppress(OSError):
            path.unlink()


def _sync_folder(folder: Path) -> None:
    """Make the new name last through a power cut, where the system can."""
    with suppress(OSError):
        descriptor = os.open(folder, os.O_RDONLY)
        try:
            os.fsync(descriptor)
        finally:
            os.close(descriptor)


def _sentence(path: Path, error: OSError) -> str:
    if error.errno in PROTECTED:
        return f"{path} cannot be written: {path.parent} is write-protected; choose another folder, or allow writing there"
    if error.errno in FULL:
        return f"{path} cannot be written: the disk is full; make room and run the same command again, nothing graded is lost"
    if error.errno == errno.ENOENT:
        return f"{path} cannot be written: its folder is gone; run the same command again"
    if error.errno in (errno.ENOTDIR, errno.EEXIST):
        return f"{path} cannot be written: a file is in the way of a folder; choose another folder, or take that file away"
    return f"{path} cannot be written: {error.strerror or error}; choose another folder, or mend that one"
