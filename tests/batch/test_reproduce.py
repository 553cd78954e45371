"""One failure is replayed exactly as its report has it, or it is said what is not as it was."""

import pytest

from grader.batch.grading import grade_class
from grader.batch.reproduce import reproduce
from grader.errors import UnknownName, UsageError
from grader.report.as_json import read_report
from grader.report.paper import console_on
from grader.sandbox.confinement import Unconfined

ANSWER = "def double(a): return 2.5 * a\ndef total(a): return a.sum()\n"


@pytest.fixture
def graded(tiny, tmp_path):
    """A submission, and the report of its grading."""
    submission = tmp_path / "class" / "ada"
    (submission / "hw0_tiny/needle").mkdir(parents=True)
    (submission / "hw0_tiny/needle/tiny.py").write_text(ANSWER)
    with (tmp_path / "log").open("w") as log:
        out = tmp_path / "out"
        grade_class(tiny, tiny.homework("0"), submission.parent, out, jobs=1, confinement=Unconfined(), console=console_on(log))
    return submission, out / "ada/report.json"


def the_test(result, name):
    return next(test for stage in result.stages for test in stage.tests if test.name == name)


@pytest.mark.parametrize("name", ["test_double_forward", "test_double_of_one_entry", "test_total_of_a_view"])
def test_a_failure_is_the_same_again(tiny, graded, name):
    submission, report = graded

    result, changes = reproduce(tiny, report, name, submission, Unconfined())

    assert the_test(result, name).message == the_test(read_report(report).result, name).message
    assert changes == []


def test_another_submission_is_said(tiny, graded):
    submission, report = graded
    (submission / "hw0_tiny/needle/tiny.py").write_text(ANSWER + "# changed\n")

    _, changes = reproduce(tiny, report, "test_double_forward", submission, Unconfined())

    assert "its files are others" in changes[0]


def test_what_is_not_there_is_wrong_usage(tiny, graded):
    submission, report = graded

    with pytest.raises(UnknownName, match="did you mean test_double_forward"):
        reproduce(tiny, report, "test_double_forwards", submission, Unconfined())
    with pytest.raises(UsageError, match="does not exist"):
        reproduce(tiny, report, "test_double_forward", submission.parent / "bob", Unconfined())
    with pytest.raises(UsageError):
        reproduce(tiny, report.parent / "none.json", "test_double_forward", submission, Unconfined())
