"""Tests are collected from a homework's files; what is no test, and what is missing, is a mistake of the course."""

import pytest

from grader.course.course import Course
from grader.errors import CourseError
from grader.judge.suite import load_suite

DOUBLE = "hw0_tiny/tests/test_01_double.py"


def test_public_tests_come_before_hidden_ones_of_a_stage(tiny):
    suite = load_suite(tiny, tiny.homework("0"), hidden=True)

    assert [test.id for test in suite.of("total").tests] == [
        "hw0/02_total/public/test_total_forward",
        "hw0/02_total/public/test_total_refuses_matrices",
        "hw0/02_total/hidden/test_total_of_a_view",
    ]
    assert suite.tests[0].sentence == "doubles every entry"


@pytest.mark.parametrize(
    ("words", "count"), [("forward", 2), ("total forward", 1), ("REFUSES", 1), ("matrix", 1), ("nothing", 0)]
)
def test_words_select_tests_by_name_stage_and_sentence(tiny, words, count):
    assert len(load_suite(tiny, tiny.homework("0"), hidden=False).matching(words).tests) == count


@pytest.mark.parametrize(
    ("old", "new", "said"),
    [
        ("def test_double_forward(student", "def test_double_forward(tmp_path, student", "takes tmp_path"),
        ('    """doubles a matrix"""\n', "", "needs a docstring"),
        ("def test_", "def check_", "zero collected tests"),
        ("def test_double_forward", "@__import__('pytest').mark.skip\ndef test_double_forward", "carries a pytest mark"),
    ],
)
def test_what_is_no_test_is_a_mistake(own_tiny_root, old, new, said):
    path = own_tiny_root / DOUBLE
    path.write_text(path.read_text().replace(old, new))
    course = Course.at(own_tiny_root)

    with pytest.raises(CourseError, match=said):
        load_suite(course, course.homework("0"), hidden=False)


def test_a_stage_without_a_file_and_a_file_without_a_stage_are_mistakes(own_tiny_root):
    (own_tiny_root / DOUBLE).rename(own_tiny_root / "hw0_tiny/tests/test_01_triple.py")
    course = Course.at(own_tiny_root)

    with pytest.raises(CourseError) as caught:
        load_suite(course, course.homework("0"), hidden=False)

    assert len(caught.value.mistakes) == 2
