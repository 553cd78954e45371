"""Submissions to the tiny course."""

from __future__ import annotations

import zipfile

import pytest

from grader.course.overlay import reference_library, skeleton_library


@pytest.fixture
def hw1(tiny):
    return tiny.homework("hw1")


@pytest.fixture
def solved(tiny, hw1):
    """Path in a submission → content: hw0 and hw1, all right."""
    return _paths(reference_library(tiny, hw1))


@pytest.fixture
def untouched(tiny, hw1):
    return _paths(skeleton_library(tiny, hw1))


@pytest.fixture
def hand_in(tmp_path):
    """Write a submission's files into a folder, or a zip where the name ends so."""

    def write(name, files, into="class"):
        target = tmp_path / into / name
        if name.endswith(".zip"):
            target.parent.mkdir(parents=True, exist_ok=True)
            with zipfile.ZipFile(target, "w", zipfile.ZIP_DEFLATED) as archive:
                for path, content in files.items():
                    archive.writestr(path, content)
        else:
            target.mkdir(parents=True, exist_ok=True)
            for path, content in files.items():
                (target / path).parent.mkdir(parents=True, exist_ok=True)
                (target / path).write_bytes(content)
        return target

    return write


def _paths(library):
    return {f"{homework}/{file}": content for homework, files in library.items() for file, content in files.items()}
