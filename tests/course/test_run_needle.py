"""Code from elsewhere says `import needle` and gets the library as built so far: the very modules, never copies."""

import os
import sys

import pytest

from grader.course.run_needle import run_needle
from grader.errors import UsageError

ENVIRONMENT = {"PYTHONDONTWRITEBYTECODE": "1"}


def run(course, homework, code, *, reference=True):
    return run_needle(course, course.homework(homework), [sys.executable, "-c", code], ENVIRONMENT, reference=reference)


@pytest.mark.parametrize(
    "code",
    [
        "import needle as ndl; assert ndl.quadruple(2) == 8 and ndl.double(2) == 4",
        "import needle, hw1_tiny.needle; assert needle is hw1_tiny.needle",
        "import needle.more, hw1_tiny.needle.more; assert needle.more is hw1_tiny.needle.more",
        "import needle.tiny, hw0_tiny.needle.tiny as real; assert needle.tiny is real",
        "import needle.tiny; assert needle.tiny.__name__ == 'hw0_tiny.needle.tiny'",
        "from needle.tiny import double; from needle import more; assert more.double is double",
    ],
)
def test_needle_means_the_library(tiny, code):
    assert run(tiny, "1", code) == 0


def test_the_working_folder_does_not_matter(tiny, monkeypatch):
    monkeypatch.chdir(tiny.root)  # which holds a skeleton, and `python -c` looks there first

    assert run(tiny, "1", "import needle; assert needle.quadruple(2) == 8") == 0


def test_a_module_that_is_not_there_is_not_found(tiny):
    code = "try:\n    import needle.nothing\nexcept ModuleNotFoundError as error:\n    assert error.name == 'needle.nothing'"

    assert run(tiny, "1", code) == 0


@pytest.mark.parametrize("program", ["python", os.path.basename(sys.executable)])
def test_programs_are_those_of_the_course(tiny, program):
    code = f"import sys; assert sys.executable.startswith({os.path.dirname(sys.executable)!r})"

    assert run_needle(tiny, tiny.homework("0"), [program, "-c", code], ENVIRONMENT, reference=True) == 0


def test_an_earlier_homework_has_no_later_module(tiny):
    assert run(tiny, "0", "import needle; needle.quadruple") == 1


def test_the_students_library_is_the_checkout(tiny):
    code = (
        "import needle\ntry:\n    needle.double(2)\nexcept NotImplementedError as stub:\n    assert 'hw0 · double' in str(stub)"
    )

    assert run(tiny, "0", code, reference=False) == 0


def test_the_commands_exit_status_comes_back(tiny):
    assert run(tiny, "0", "raise SystemExit(7)") == 7


def test_a_folder_with_a_needle_of_its_own_is_refused(tiny, monkeypatch):
    monkeypatch.chdir(tiny.root / "hw0_tiny")

    with pytest.raises(UsageError, match="has a needle of its own"):
        run(tiny, "0", "import needle")


def test_a_program_that_does_not_exist_is_wrong_usage(tiny):
    with pytest.raises(UsageError, match="no program 'nosuchprogram'"):
        run_needle(tiny, tiny.homework("0"), ["nosuchprogram"], ENVIRONMENT, reference=False)
