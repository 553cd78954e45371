"""A submission that is a folder: read without following a link, at any step of a path."""

from __future__ import annotations

import os
import stat
from contextlib import suppress
from itertools import islice
from pathlib import Path

from grader.batch.intake import MAX_FILE, MAX_LISTED, MAX_NESTING, Refused

NO_LINK = getattr(os, "O_NOFOLLOW", 0)
NO_WAIT = getattr(os, "O_NONBLOCK", 0)
STEPS = os.open in os.supports_dir_fd and os.stat in os.supports_dir_fd
"""Whether a path can be walked step by step, each from the folder that is already open, so that nobody can swap one."""
KINDS = {
    stat.S_IFLNK: "a link, and links are not followed",
    stat.S_IFDIR: "a folder",
    stat.S_IFIFO: "a pipe",
    stat.S_IFSOCK: "a socket",
    stat.S_IFCHR: "a device",
    stat.S_IFBLK: "a device",
}


class Folder:
    """The files of a folder."""

    def __init__(self, root: Path) -> None:
        self._root = root

    def tops(self, homework: str) -> list[str]:
        level = [""]
        for _ in range(MAX_NESTING + 1):
            below = {folder: self._folders(folder) for folder in level}
            found = [folder for folder, names in below.items() if homework in names]
            if found:
                return found
            level = list(islice((f"{folder}{name}/" for folder, names in below.items() for name in names), MAX_LISTED))
        return []

    def read(self, path: str) -> bytes | None:
        try:
            descriptor = self._open(path)
        except (FileNotFoundError, NotADirectoryError):
            return None
        except OSError as error:
            raise Refused(f"it cannot be read ({error.strerror})") from None
        with os.fdopen(descriptor, "rb") as file:
            if os.fstat(file.fileno()).st_size > MAX_FILE:
                raise Refused(f"it is larger than {MAX_FILE >> 20} MiB")
            content = file.read(MAX_FILE + 1)
        if len(content) > MAX_FILE:
            raise Refused(f"it is larger than {MAX_FILE >> 20} MiB")
        return content

    def listing(self, folder: str) -> list[str]:
        found: list[str] = []
        pending = [folder]
        looked_at = 0
        while pending and looked_at < MAX_LISTED:
            here = pending.pop(0)
            for entry in self._entries(here):
                looked_at += 1
                path = f"{here}{entry.name}"
                if entry.is_dir(follow_symlinks=False):
                    if not entry.name.startswith((".", "__")):
                        pending.append(f"{path}/")
                elif entry.name.endswith((".py", ".ini", ".cfg", ".toml", ".pth", ".so")):
                    found.append(path)
        return sorted(found)

    def remarks(self) -> list[str]:
        return []

    def _folders(self, folder: str) -> list[str]:
        return [e.name for e in self._entries(folder) if e.is_dir(follow_symlinks=False) and not e.name.startswith(".")]

    def _entries(self, folder: str) -> list[os.DirEntry[str]]:
        """The first entries of a folder that is reached without a link, sorted by name."""
        entries: list[os.DirEntry[str]] = []
        with suppress(OSError, Refused):
            self._refuse_links(folder)
            with os.scandir(self._root / folder) as listing:
                for entry in listing:
                    entries.append(entry)
                    if len(entries) == MAX_LISTED:
                        break
        return sorted(entries, key=lambda entry: entry.name)

    def _refuse_links(self, folder: str) -> None:
        path = self._root
        for part in ["", *folder.split("/")]:
            path = path / part
            if not stat.S_ISDIR(os.lstat(path).st_mode):
                raise Refused(f"{part} is no folder")

    def _open(self, path: str) -> int:
        """Open a regular file, and nothing else: what is not one is never opened, for opening alone can do things."""
        *folders, name = path.split("/")
        if not STEPS:
            self._refuse_links("/".join(folders))
            _regular(os.lstat(self._root / path).st_mode, "it")
            return os.open(self._root / path, os.O_RDONLY | getattr(os, "O_BINARY", 0))
        here = os.open(self._root, os.O_RDONLY | os.O_DIRECTORY | NO_LINK)
        try:
            for folder in folders:
                mode = os.stat(folder, dir_fd=here, follow_symlinks=False).st_mode
                if not stat.S_ISDIR(mode):
                    raise Refused(f"{folder} is {_kind(mode)}")
                deeper = os.open(folder, os.O_RDONLY | os.O_DIRECTORY | NO_LINK, dir_fd=here)
                os.close(here)
                here = deeper
            _regular(os.stat(name, dir_fd=here, follow_symlinks=False).st_mode, "it")
            descriptor = os.open(name, os.O_RDONLY | NO_LINK | NO_WAIT, dir_fd=here)
        finally:
            os.close(here)
        if not stat.S_ISREG(os.fstat(descriptor).st_mode):
            os.close(descriptor)
            raise Refused("it is no regular file")
        return descriptor


def _regular(mode: int, subject: str) -> None:
    if not stat.S_ISREG(mode):
        raise Refused(f"{subject} is {_kind(mode)}")


def _kind(mode: int) -> str:
    return KINDS.get(stat.S_IFMT(mode), "no regular file")
