"""A submission that is a zip: read member by member, nothing is extracted, every number in it is checked before it is used."""

from __future__ import annotations

import stat
import struct
import zipfile
from collections.abc import Callable
from pathlib import Path, PurePosixPath

from grader.batch.intake import MAX_FILE, MAX_LISTED, MAX_NESTING, Refused

MAX_ARCHIVE = 64 << 20
MAX_MEMBERS = 20_000
MAX_DIRECTORY = 4 << 20
"""Bytes of a zip's table of contents; its reader takes memory for each entry before anybody can count them."""
MAX_RATIO = 200
"""A file may swell so many times when it is unpacked, once it is larger than SMALL."""
SMALL = 1 << 16
END = struct.Struct("<4s4H2LH")
END_SIGNATURE = b"PK\x05\x06"
ZIP64_SIGNATURE = b"PK\x06\x07"
ENCRYPTED = 0x1
WAYS_TO_PACK = {zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED}


class NoArchive(Exception):
    """A file that is not taken as a zip; the message is a sentence that begins with its name."""


class Archive:
    """The files of a zip."""

    def __init__(self, path: Path) -> None:
        """Read the table of contents.

        Raises:
            NoArchive: it is no zip, or one that is too large to be a homework.
        """
        _refuse_at_sight(path)
        try:
            self._zip = zipfile.ZipFile(path)
            members = self._zip.infolist()
        except Exception as error:  # zipfile raises whatever its parts raise: struct, zlib, codecs, its own
            raise NoArchive(f"{path.name} is no zip that can be read ({_reason(error)}); zip the folder again") from None
        if len(members) > MAX_MEMBERS:
            self.close()
            raise NoArchive(f"{path.name} holds {len(members):,} files; zip the homework's folders alone")
        self._members: dict[str, list[zipfile.ZipInfo]] = {}
        self._unsafe: list[str] = []
        for member in members:
            if _is_safe(member):
                self._members.setdefault(member.filename.removeprefix("./"), []).append(member)
            else:
                self._unsafe.append(member.orig_filename)

    def close(self) -> None:
        self._zip.close()

    def tops(self, homework: str) -> list[str]:
        found = set()
        for name in self._members:
            parts = name.split("/")
            for depth in range(min(MAX_NESTING + 1, len(parts) - 1)):
                if parts[depth] == homework and not any(part.startswith((".", "__MACOSX")) for part in parts[:depth]):
                    found.add("".join(f"{part}/" for part in parts[:depth]))
        shallowest = min((top.count("/") for top in found), default=0)
        return sorted(top for top in found if top.count("/") == shallowest)

    def read(self, path: str) -> bytes | None:
        members = self._members.get(path)
        if members is None:
            return None
        if len(members) > 1:
            raise Refused(f"the zip holds it {len(members)} times, and nobody can say which one is meant")
        member = members[0]
        _refuse_by_header(member)
        try:
            with self._zip.open(member) as file:
                content = file.read(MAX_FILE + 1)
        except Exception as error:  # as above
            raise Refused(f"the zip is damaged there ({_reason(error)})") from None
        if len(content) > MAX_FILE:
            raise Refused(f"it is larger than {MAX_FILE >> 20} MiB")
        return content

    def listing(self, folder: str) -> list[str]:
        inside = (name for name in self._members if name.startswith(folder) and not _is_hidden(name[len(folder) :]))
        return sorted(name for name in inside if name.endswith((".py", ".ini", ".cfg", ".toml", ".pth", ".so")))[:MAX_LISTED]

    def remarks(self) -> list[str]:
        if not self._unsafe:
            return []
        return [f"ignored: {_listed(self._unsafe)} (names that lead out of the zip or mean something else elsewhere)"]


def _refuse_at_sight(path: Path) -> None:
    """Look at the end of the file, where a zip says how large its table of contents is."""
    try:
        status = path.lstat()
        if not stat.S_ISREG(status.st_mode):  # opening a pipe waits for ever
            raise NoArchive(f"{path.name} is no zip, nor any other file; hand in a folder, or a zip of one")
        size = status.st_size
        with path.open("rb") as file:
            file.seek(max(0, size - (1 << 16) - END.size))
            tail = file.read()
    except OSError as error:
        raise NoArchive(f"{path.name} cannot be read ({error.strerror})") from None
    if size > MAX_ARCHIVE:
        raise NoArchive(f"{path.name} is larger than {MAX_ARCHIVE >> 20} MiB; zip the homework's folders alone")
    if END_SIGNATURE not in tail:
        raise NoArchive(f"{path.name} is no zip; hand in a folder, or a zip of one")
    if ZIP64_SIGNATURE in tail or any(directory > MAX_DIRECTORY for directory in _each_end(tail, lambda end: int(end[5]))):
        raise NoArchive(f"{path.name} says that it holds more than any homework; zip the homework's folders alone")


def _each_end(tail: bytes, field: Callable[[tuple[int, ...]], int]) -> list[int]:
    """A field of everything in the tail that a reader could take for the end of a zip."""
    found, start = [], tail.find(END_SIGNATURE)
    while start >= 0:
        if start + END.size <= len(tail):
            found.append(field(END.unpack_from(tail, start)))
        start = tail.find(END_SIGNATURE, start + 1)
    return found


def _refuse_by_header(member: zipfile.ZipInfo) -> None:
    kind = stat.S_IFMT(member.external_attr >> 16)
    if stat.S_ISLNK(kind):
        raise Refused("it is a link, and links are not followed")
    if kind not in (0, stat.S_IFREG):
        raise Refused("it is no regular file")
    if member.flag_bits & ENCRYPTED:
        raise Refused("it is encrypted; zip without a password")
    if member.compress_type not in WAYS_TO_PACK:
        raise Refused("it is packed in a way that is not read here; zip it the usual way")
    if member.file_size > MAX_FILE:
        raise Refused(f"it is larger than {MAX_FILE >> 20} MiB")
    if member.file_size > SMALL and member.file_size > MAX_RATIO * max(1, member.compress_size):
        raise Refused("it would swell without measure when unpacked")


def _is_safe(member: zipfile.ZipInfo) -> bool:
    name = member.orig_filename
    path = PurePosixPath(name)
    strange = "\\" in name or "\0" in name or ":" in path.parts[0] if path.parts else True
    return not strange and not path.is_absolute() and ".." not in path.parts


def _is_hidden(path: str) -> bool:
    return any(part.startswith((".", "__MACOSX", "__pycache__")) for part in path.split("/"))


def _listed(names: list[str]) -> str:
    shown = ", ".join(name[:60] for name in names[:3])
    return shown if len(names) <= 3 else f"{shown} and {len(names) - 3} more"


def _reason(error: Exception) -> str:
    return str(error)[:100] or type(error).__name__
