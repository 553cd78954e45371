"""Zips that are none, or worse."""

from __future__ import annotations

import io
import stat
import zipfile

import pytest

from grader.batch.archive import Archive, NoArchive
from grader.batch.intake import Refused

PATH = "hw1_tiny/needle/more.py"


@pytest.fixture
def packed(tmp_path):
    """A zip with these members: (name or ZipInfo, content)."""

    def make(*members, way=zipfile.ZIP_DEFLATED):
        path = tmp_path / "ada.zip"
        with zipfile.ZipFile(path, "w", way) as archive:
            for name, content in members:
                archive.writestr(name, content)
        return path

    return make


def member(name, mode):
    info = zipfile.ZipInfo(name)
    info.external_attr = mode << 16
    return info


@pytest.mark.parametrize(
    "content",
    [b"", b"no zip at all", b"PK\x03\x04" + b"\0" * 100, b"PK\x05\x06" + b"\xff" * 18, b"\x1f\x8b" + b"x" * 50, b"<html>"],
    ids=["empty", "text", "beginning", "end", "gzip", "html"],
)
def test_what_is_no_zip_is_said_so(tmp_path, content):
    (tmp_path / "ada.zip").write_bytes(content)

    with pytest.raises(NoArchive, match=r"^ada.zip "):
        Archive(tmp_path / "ada.zip")


def test_a_zip_that_was_cut_off_is_said_so(packed):
    path = packed((PATH, b"a" * 1000))
    path.write_bytes(path.read_bytes()[:-30])

    with pytest.raises(NoArchive, match=r"ada\.zip is no zip"):
        Archive(path)


@pytest.mark.parametrize(
    "name", [f"../{PATH}", f"/{PATH}", f"..\\{PATH}", f"C:/{PATH}", f"a/../../{PATH}", PATH.replace("/", "\\")]
)
def test_names_that_lead_elsewhere_are_not_read_and_are_said(packed, name):
    archive = Archive(packed((name, b"x")))

    assert archive.tops("hw1_tiny") == [] and archive.read(PATH) is None
    assert archive.remarks()[0].startswith("ignored: ")


def test_nothing_is_extracted(packed, tmp_path):
    Archive(packed(("../escaped.py", b"x"), (PATH, b"x"))).read(PATH)

    assert sorted(path.name for path in tmp_path.rglob("*")) == ["ada.zip"]


def test_a_bomb_is_refused_by_its_header(packed):
    archive = Archive(packed((PATH, b"\0" * (1 << 20))))

    with pytest.raises(Refused, match="swell without measure"):
        archive.read(PATH)


def test_a_bomb_that_lies_about_its_size_is_not_unpacked(packed):
    """given a member whose header says 10 bytes, when it holds 50 MB, then it is refused after no more than the cap"""
    path = packed((PATH, b"\0" * (50 << 20)))
    data = path.read_bytes()
    path.write_bytes(data.replace((50 << 20).to_bytes(4, "little"), (10).to_bytes(4, "little")))

    with pytest.raises(Refused, match="damaged"):
        Archive(path).read(PATH)


def test_a_member_twice_is_refused(tmp_path):
    with zipfile.ZipFile(tmp_path / "ada.zip", "w") as archive, pytest.warns(UserWarning, match="Duplicate"):
        archive.writestr(PATH, b"shown")
        archive.writestr(PATH, b"meant")

    with pytest.raises(Refused, match="holds it 2 times"):
        Archive(tmp_path / "ada.zip").read(PATH)


def test_a_link_in_a_zip_is_refused(packed):
    archive = Archive(packed((member(PATH, stat.S_IFLNK | 0o777), b"/etc/passwd")))

    with pytest.raises(Refused, match="it is a link"):
        archive.read(PATH)


@pytest.mark.parametrize("kind", [stat.S_IFIFO, stat.S_IFCHR, stat.S_IFDIR])
def test_what_is_no_regular_file_is_refused(packed, kind):
    with pytest.raises(Refused, match="no regular file"):
        Archive(packed((member(PATH, kind | 0o644), b"x"))).read(PATH)


def test_an_encrypted_member_is_refused(packed):
    path = packed((PATH, b"x"))
    data = bytearray(path.read_bytes())
    for signature, place in ((b"PK\x03\x04", 6), (b"PK\x01\x02", 8)):
        data[data.index(signature) + place] |= 1
    path.write_bytes(data)

    with pytest.raises(Refused, match="it is encrypted"):
        Archive(path).read(PATH)


def test_other_ways_to_pack_are_refused(packed):
    with pytest.raises(Refused, match="zip it the usual way"):
        Archive(packed((PATH, b"x"), way=zipfile.ZIP_LZMA)).read(PATH)


def test_a_damaged_member_is_refused(packed):
    path = packed((PATH, b"abcdefgh" * 100))
    data = bytearray(path.read_bytes())
    data[60] ^= 0xFF
    path.write_bytes(data)

    with pytest.raises(Refused, match="damaged"):
        Archive(path).read(PATH)


def test_a_table_of_contents_without_end_is_not_read(packed):
    """given an end record that promises a gigabyte of names, when the zip is opened, then nothing of it is allocated"""
    path = packed((PATH, b"x"))
    data = bytearray(path.read_bytes())
    end = data.rindex(b"PK\x05\x06")
    data[end + 12 : end + 16] = (1 << 30).to_bytes(4, "little")
    path.write_bytes(data)

    with pytest.raises(NoArchive, match="more than any homework"):
        Archive(path)


def test_too_many_members_are_refused(tmp_path):
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w") as archive:
        for number in range(20_001):
            archive.writestr(str(number), b"")
    (tmp_path / "ada.zip").write_bytes(buffer.getvalue())

    with pytest.raises(NoArchive, match="holds 20,001 files"):
        Archive(tmp_path / "ada.zip")


def test_what_a_mac_packs_beside_is_not_taken_for_a_homework(packed):
    archive = Archive(packed(("__MACOSX/hw1_tiny/needle/._more.py", b"x"), (f"ada/{PATH}", b"x")))

    assert archive.tops("hw1_tiny") == ["ada/"]
