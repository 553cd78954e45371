"""What a worker has to reach: the interpreter, its standard library, shared libraries, and its own room."""

from __future__ import annotations

import glob
import os
import sys
import sysconfig
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from grader.sandbox.confinement import Room

SHARED_LIBRARIES = ("/lib", "/lib64", "/usr/lib", "/usr/lib64")
LOADER_CACHE = "/etc/ld.so.cache"


@dataclass(frozen=True, slots=True)
class Reach:
    """Paths that a worker may read, whole, but for the packages that are installed below them."""

    interpreter: str
    standard_library: tuple[str, ...]
    shared_libraries: tuple[str, ...]
    files: tuple[str, ...]
    packages: tuple[str, ...]
    """Folders of installed packages inside of these: not to be read."""
    entries: tuple[str, ...]
    """What lies in the folders above, but for packages."""

    @classmethod
    def of_this_interpreter(cls) -> Reach:
        paths = sysconfig.get_paths(vars={"base": sys.base_prefix, "platbase": sys.base_exec_prefix})
        library = tuple(sorted({os.path.realpath(paths["stdlib"]), os.path.realpath(paths["platstdlib"])}))
        base = Path(sys.base_prefix)
        files = [*glob.glob(f"{glob.escape(str(base))}/lib*/libpython*.so*"), LOADER_CACHE]
        shared = tuple(path for path in SHARED_LIBRARIES if os.path.isdir(path) and not os.path.islink(path))
        packages = {entry for folder in library for entry in _packages_in(folder, library)}
        packages |= {entry for folder in shared for entry in _packages_in(folder, library)}
        own_library = tuple(folder for folder in library if not _is_below(folder, shared))
        roots = (*own_library, *shared)
        return cls(
            interpreter=os.path.realpath(sys.executable),
            standard_library=own_library,
            shared_libraries=shared,
            files=tuple(file for file in files if os.path.exists(file)),
            packages=tuple(sorted(packages)),
            entries=tuple(entry for folder in roots for entry in _entries(folder, roots, packages)),
        )

    def readable(self, room: Room) -> list[str]:
        """Files and folders that may be read with all below: folders that hold packages are listed entry by entry."""
        own = [str(room.tree), *dict.fromkeys(links_in(room.site)), str(room.site)]
        return [*own, self.interpreter, *self.files, *self.entries]

    def listable(self) -> list[str]:
        """Folders of modules: importing looks through their names."""
        return [*self.standard_library, *self.shared_libraries]


def links_in(site: Path) -> Iterator[str]:
    """Where the links of a site point to."""
    for entry in site.iterdir():
        if entry.is_symlink():
            yield os.path.realpath(entry)
        elif entry.is_dir():
            yield from links_in(entry)


def _entries(folder: str, roots: tuple[str, ...], packages: set[str]) -> Iterator[str]:
    """What lies in a folder, but for packages and what lies elsewhere; a folder that holds packages is opened up."""
    for entry in sorted(os.scandir(folder), key=lambda entry: entry.name):
        real = os.path.realpath(entry.path)
        if entry.path in packages or not os.path.exists(real) or not _is_below(real, roots):
            continue
        if entry.is_dir() and any(package.startswith(entry.path + os.sep) for package in packages):
            yield from _entries(entry.path, roots, packages)
        else:
            yield real


def _packages_in(folder: str, library: tuple[str, ...]) -> Iterator[str]:
    """Folders of installed packages in a folder: site-packages, dist-packages, and those of other Pythons."""
    for entry in os.scandir(folder):
        if not entry.is_dir() or entry.is_symlink():
            continue
        if entry.name in ("site-packages", "dist-packages") or (entry.name.startswith("python") and entry.path not in library):
            yield entry.path
        elif entry.path in library:
            yield from _packages_in(entry.path, library)


def _is_below(path: str, folders: tuple[str, ...]) -> bool:
    return any(path == folder or path.startswith(folder + os.sep) for folder in folders)
