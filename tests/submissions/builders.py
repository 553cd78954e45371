"""Submissions that no text describes: links, pipes, devices and zips. Each builder gets its submission's source and its place."""

from __future__ import annotations

import io
import os
import random
import socket
import stat
import zipfile
from pathlib import Path

from golden import FILE, HOMEWORK

MEGABYTE = 1 << 20


def write(target: Path, content: bytes, file: str = FILE) -> None:
    (target / file).parent.mkdir(parents=True, exist_ok=True)
    (target / file).write_bytes(content)


def _file_of(target: Path) -> Path:
    (target / FILE).parent.mkdir(parents=True)
    return target / FILE


def zipped(target: Path, source: bytes, secret: Path) -> None:
    _zip(target, {f"fork-main/{FILE}": source})


def pipe(target: Path, source: bytes, secret: Path) -> None:
    os.mkfifo(_file_of(target))


def link_to_a_secret(target: Path, source: bytes, secret: Path) -> None:
    _file_of(target).symlink_to(secret)


def linked_folder(target: Path, source: bytes, secret: Path) -> None:
    (target / HOMEWORK).mkdir(parents=True)
    (target / HOMEWORK / "needle").symlink_to(secret.parent / "course" / "solutions" / HOMEWORK / "needle")


def link_instead_of_a_folder(target: Path, source: bytes, secret: Path) -> None:
    target.symlink_to(target.parent / "honest")


def device(target: Path, source: bytes, secret: Path) -> None:
    """Only root makes devices; for another user it is somebody else's that is linked."""
    os.mknod(_file_of(target), stat.S_IFCHR | 0o666, os.makedev(1, 5))


def unix_socket(target: Path, source: bytes, secret: Path) -> None:
    path = _file_of(target)
    here = os.getcwd()
    os.chdir(path.parent)  # a socket's path has a hundred characters at most
    try:
        with socket.socket(socket.AF_UNIX) as listening:
            listening.bind(path.name)
    finally:
        os.chdir(here)


def folder_as_a_file(target: Path, source: bytes, secret: Path) -> None:
    _file_of(target).mkdir()


def folder_without_end(target: Path, source: bytes, secret: Path) -> None:
    write(target, source)
    here = os.open(target, os.O_RDONLY)
    for _ in range(1000):
        os.mkdir("hw0", dir_fd=here)
        deeper = os.open("hw0", os.O_RDONLY, dir_fd=here)
        os.close(here)
        here = deeper
    os.close(here)


def pipe_as_a_zip(target: Path, source: bytes, secret: Path) -> None:
    os.mkfifo(_beside(target))


def no_zip(target: Path, source: bytes, secret: Path) -> None:
    _beside(target).write_bytes(b"<html><script>alert(1)</script>\x1b[2J</html>\n" * 100)


def zip_slip(target: Path, source: bytes, secret: Path) -> None:
    out = {f"{'../' * depth}escaped": b"escaped" for depth in range(1, 8)}
    _zip(target, {FILE: source, **out, "/tmp/needle-escaped": b"x", "C:/escaped": b"x", f"{HOMEWORK}/../../escaped.py": b"x"})


def zip_bomb(target: Path, source: bytes, secret: Path) -> None:
    _zip(target, {FILE: b"#" * (1000 * MEGABYTE)})


def zip_that_lies(target: Path, source: bytes, secret: Path) -> None:
    """The table of contents says that the file has a byte."""
    _zip(target, {FILE: b"#" * (100 * MEGABYTE)})
    data = bytearray(_beside(target).read_bytes())
    entry = data.rindex(b"PK\x01\x02")
    data[entry + 20 : entry + 28] = (100).to_bytes(4, "little") + (1).to_bytes(4, "little")
    _beside(target).write_bytes(data)


def zip_with_a_link(target: Path, source: bytes, secret: Path) -> None:
    link = zipfile.ZipInfo(FILE)
    link.create_system = 3
    link.external_attr = (stat.S_IFLNK | 0o777) << 16
    _zip(target, {link: str(secret).encode()})


def zip_with_two_of_a_name(target: Path, source: bytes, secret: Path) -> None:
    _zip(target, {zipfile.ZipInfo(FILE): source, zipfile.ZipInfo(FILE): b"raise SystemExit"})


def zip_of_many(target: Path, source: bytes, secret: Path) -> None:
    _zip(target, {FILE: source, **{f"{HOMEWORK}/{number}.py": b"" for number in range(30_000)}})


def no_utf8(target: Path, source: bytes, secret: Path) -> None:
    write(target, source + b"\n# caf\xe9 " + random.Random(1).randbytes(1000).replace(b"\0", b"\xff"))


def null_bytes(target: Path, source: bytes, secret: Path) -> None:
    write(target, bytes(1000))


def fifty_megabytes(target: Path, source: bytes, secret: Path) -> None:
    with _file_of(target).open("wb") as file:
        file.truncate(50 * MEGABYTE)


def nested_10000_deep(target: Path, source: bytes, secret: Path) -> None:
    write(target, source + b"\nx = " + b"[" * 10_000 + b"]" * 10_000)


def nested_operators(target: Path, source: bytes, secret: Path) -> None:
    write(target, source + b"\nx = " + b"-" * 100_000 + b"1")


def another_coding(target: Path, source: bytes, secret: Path) -> None:
    write(target, b"# -*- coding: utf-7 -*-\n" + source.replace(b"return 2 * a", b"return +ACI-right+ACI-"))


def _beside(target: Path) -> Path:
    return target.with_name(f"{target.name}.zip")


def _zip(target: Path, files: dict[str, bytes] | dict[zipfile.ZipInfo, bytes]) -> None:
    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w", zipfile.ZIP_DEFLATED) as archive:
        for file, content in files.items():
            archive.writestr(file, content, zipfile.ZIP_DEFLATED)
    _beside(target).write_bytes(stream.getvalue())
