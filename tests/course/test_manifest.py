"""A manifest is read whole, or every mistake in it is reported, with key and remedy."""

import pytest

from grader.course.course import Course
from grader.course.manifest import read_manifest
from grader.errors import CourseError, UnknownName, UsageError

GOOD = """\
format_version = 1
title = "Automatic differentiation"
needs = []
files = ["needle/ops.py"]

[[stage]]
name = "relu"
title = "ReLU"
points = 60
hints = ["a question", "the idea", "the outline"]

[[stage]]
name = "matmul"
title = "Products"
points = 40
hints = ["a question", "the idea", "the outline"]
"""


def write(folder, text, name="hw1_autograd"):
    path = folder / name / "homework.toml"
    path.parent.mkdir(parents=True)
    path.write_text(text)
    return path


def test_a_good_manifest_is_read(tmp_path):
    homework = read_manifest(write(tmp_path, GOOD))

    assert (homework.name, homework.short, homework.number, homework.points) == ("hw1_autograd", "hw1", 1, 100)
    assert [(stage.number, stage.test_file) for stage in homework.stages] == [(1, "test_01_relu.py"), (2, "test_02_matmul.py")]


@pytest.mark.parametrize(
    ("old", "new", "said"),
    [
        ("format_version = 1", "format_version = 9", "format_version is 9"),
        ('title = "Automatic differentiation"', "", "title is None"),
        ("needs = []", "needs = 3", "needs is 3"),
        ("needle/ops.py", "../ops.py", "no Python file below needle/"),
        ("needle/ops.py", "needle/../../ops.py", "no Python file below needle/"),
        ("points = 60", "points = 50", "add up to 90"),
        ("points = 60", "points = 0", "points is 0"),
        ("points = 60", "points = true", "points is True"),
        ('"matmul"', '"relu"', 'stage "relu" is there 2 times'),
        ('"matmul"', '"Mat Mul"', "lower case"),
        ('hints = ["a question", ', "hints = [", 'stage "relu" has 2 hints'),
        ('"a question"', '" "', 'stage "relu" has 2 hints'),
        ("needs = []", 'needs = []\ncolour = "red"', 'unknown key "colour"'),
        ("points = 40", "points = 40\nweight = 3", 'stage "matmul" has an unknown key "weight"'),
        ("[[stage]]", "[[stage", "no TOML"),
    ],
)
def test_a_mistake_is_reported_with_its_key(tmp_path, old, new, said):
    with pytest.raises(CourseError) as caught:
        read_manifest(write(tmp_path, GOOD.replace(old, new, 1)))

    assert any(said in mistake and mistake.startswith("hw1_autograd/homework.toml") for mistake in caught.value.mistakes)


def test_all_mistakes_of_all_manifests_come_at_once(tmp_path):
    write(tmp_path, GOOD.replace("points = 60", "points = 50").replace("format_version = 1", ""))
    write(tmp_path, GOOD.replace("needle/ops.py", "/etc/passwd"), "hw2_nn")

    with pytest.raises(CourseError) as caught:
        Course.at(tmp_path)

    assert len(caught.value.mistakes) == 3


@pytest.mark.parametrize("text", ["1", "hw1", "HW1", "hw1_autograd", "./hw1_autograd/"])
def test_a_homework_is_found_by_any_of_its_names(tmp_path, text):
    write(tmp_path, GOOD)

    assert Course.at(tmp_path).homework(text).name == "hw1_autograd"


def test_an_unknown_name_comes_with_the_nearest_ones(tmp_path):
    write(tmp_path, GOOD)
    course = Course.at(tmp_path)

    with pytest.raises(UnknownName, match="did you mean matmul"):
        course.homework("1").stage("matmull")
    with pytest.raises(UnknownName, match="did you mean hw1_autograd"):
        course.homework("hw1_autgrad")


def test_a_folder_without_homeworks_is_wrong_usage(tmp_path):
    with pytest.raises(UsageError, match="holds no homework"):
        Course.at(tmp_path)


def test_a_need_that_comes_later_is_a_mistake(tmp_path):
    write(tmp_path, GOOD.replace("needs = []", 'needs = ["hw2_nn"]'))
    write(tmp_path, GOOD, "hw2_nn")

    with pytest.raises(CourseError, match="no earlier homework"):
        Course.at(tmp_path)


def test_the_chain_holds_what_a_homework_is_built_on(tmp_path):
    write(tmp_path, GOOD, "hw0_matmul")
    write(tmp_path, GOOD.replace("needs = []", 'needs = ["hw0_matmul"]'))
    write(tmp_path, GOOD.replace("needs = []", 'needs = ["hw1_autograd"]'), "hw2_nn")
    course = Course.at(tmp_path)

    assert [homework.short for homework in course.chain(course.homework("2"))] == ["hw0", "hw1", "hw2"]
