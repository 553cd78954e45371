"""Markers cut a solution into what stays, what becomes a stub, and what becomes nothing."""

import pytest

from grader.course.regions import MarkedSource
from grader.errors import CourseError

SOURCE = '''\
"""A module."""

# BEGIN SOLUTION-ONLY
import helper
# END SOLUTION-ONLY


class ReLU:
    """A layer."""

    def compute(self, a):
        """The contract."""
        shape = a.shape
        # BEGIN SOLUTION relu
        if shape:
            return helper.relu(a)

        return a
        # END SOLUTION


def outer():
    def inner():
        # BEGIN SOLUTION other
        return 1
        # END SOLUTION

    return inner
'''


def parse(text):
    return MarkedSource.parse(text, "ops/relu.py", "solutions/hw9/needle/ops/relu.py")


def test_a_region_is_named_after_its_file_and_function():
    regions = parse(SOURCE).regions

    assert [(region.name, region.stage) for region in regions] == [
        ("ops/relu.py:ReLU.compute", "relu"),
        ("ops/relu.py:outer.inner", "other"),
    ]
    assert regions[0].body == "if shape:\n    return helper.relu(a)\n\nreturn a"


def test_the_reference_is_the_file_without_its_markers():
    reference = parse(SOURCE).render({}, solution_only=True)

    assert reference == "".join(line for line in SOURCE.splitlines(keepends=True) if "SOLUTION" not in line)


def test_the_skeleton_has_stubs_in_place_and_no_helpers():
    stubs = {"ops/relu.py:ReLU.compute": "raise NotImplementedError", "ops/relu.py:outer.inner": "raise NotImplementedError"}

    skeleton = parse(SOURCE).render(stubs, solution_only=False)

    assert "        shape = a.shape\n        raise NotImplementedError\n\n\ndef outer" in skeleton
    assert "helper" not in skeleton and "SOLUTION" not in skeleton


@pytest.mark.parametrize(
    ("text", "line", "words"),
    [
        ("def f():\n    # BEGIN SOLUTION a\n    return 1\n", 2, "never closed"),
        ("def f():\n    # END SOLUTION\n    return 1\n", 2, "never began"),
        ("def f():\n    # BEGIN SOLUTION a\n    # BEGIN SOLUTION b\n    return 1\n    # END SOLUTION\n", 3, "begins inside"),
        ("def f():\n    # BEGIN SOLUTION a\n\n    # END SOLUTION\n    return 1\n", 2, "empty"),
        ("def f():\n    # BEGIN SOLUTION\n    return 1\n    # END SOLUTION\n", 2, "names no stage"),
        ("# BEGIN SOLUTION a\nx = 1\n# END SOLUTION\n", 1, "in no function"),
        ("class A:\n    # BEGIN SOLUTION a\n    x = 1\n    # END SOLUTION\n", 2, "in no function"),
        ("def f():\n    # begin solution a\n    return 1\n", 2, "looks like a marker"),
        ("def f():\n    # BEGIN SOLUTION a\n    return 1\n    # END SOLUTION-ONLY\n", 4, "does not match"),
        ("def f(:\n", 1, "invalid syntax"),
    ],
    ids=lambda value: value if isinstance(value, str) and " " in value and "\n" not in value else "",
)
def test_a_wrong_marker_is_an_error_with_its_line(text, line, words):
    with pytest.raises(CourseError, match=rf"relu.py, line {line}: .*{words}"):
        parse(text)


def test_two_regions_in_one_function_are_an_error():
    regions = ["    # BEGIN SOLUTION a", "    x = 1", "    # END SOLUTION"]
    text = "\n".join(["def f():", *regions, *regions, ""])

    with pytest.raises(CourseError, match="has a region already"):
        parse(text)


def test_every_mistake_is_reported_at_once():
    text = "# END SOLUTION\n\n\ndef f():\n    # BEGIN SOLUTION\n    return 1\n    # END SOLUTION\n"

    with pytest.raises(CourseError) as caught:
        parse(text)

    assert len(caught.value.mistakes) == 2
