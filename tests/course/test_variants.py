"""A variant is another body for a region; a mistake in its file is reported with what to do."""

import pytest

from grader.course.course import Course
from grader.course.reference import Reference
from grader.course.variants import read_variants
from grader.errors import CourseError


def variants_of(course):
    return read_variants(course, Reference.of(course, course.homework("0")))


def test_bodies_and_replacements_are_read(tiny):
    found = {variant.name: variant for variant in variants_of(tiny)["double"]}

    assert found["square"].bodies == {"tiny.py:double": "return a * a"}
    assert found["plus_two"].bodies == {"tiny.py:double": "return 2 + a"}
    assert (found["sum"].kind, found["sum"].stage) == ("alternative", "double")


@pytest.mark.parametrize(
    ("text", "said"),
    [
        (
            '[[bug]]\nname = "a"\nwhy = "b"\n[bug.regions]\n"tiny.py:tripel" = "return 1"',
            "is no region of this stage; there are tiny.py:double",
        ),
        ('[[bug]]\nname = "a"\nwhy = "b"\n[bug.regions]\n"tiny.py:total" = "return 1"', "is no region of this stage"),
        (
            '[[bug]]\nname = "a"\nwhy = "b"\n[bug.regions]\n"tiny.py:double" = [["3 * a", "4"]]',
            "is 0 times in the reference's body",
        ),
        ('[[bug]]\nname = "a"\nwhy = "b"\n[bug.regions]\n"tiny.py:double" = "return ("', "is no Python"),
        ('[[bug]]\nname = "a"\nwhy = "b"\n[bug.regions]\n"tiny.py:double" = 3', "write a body, or a list"),
        ('[[bug]]\nname = "a"\n[bug.regions]\n"tiny.py:double" = "return 1"', "say in a sentence"),
        ('[[bug]]\nname = "A B"\nwhy = "b"\n[bug.regions]\n"tiny.py:double" = "return 1"', "lower case"),
        ('[[bug]]\nname = "a"\nwhy = "b"', "at least one region"),
        ('[[mutant]]\nname = "a"', 'unknown key "mutant"'),
        ("[[bug", "is no TOML"),
    ],
)
def test_a_mistake_is_reported(own_tiny_root, text, said):
    (own_tiny_root / "solutions/hw0_tiny/variants/double.toml").write_text(text)

    with pytest.raises(CourseError, match=r"solutions/hw0_tiny/variants/double\.toml") as caught:
        variants_of(Course.at(own_tiny_root))

    assert any(said in mistake for mistake in caught.value.mistakes)


def test_a_file_of_no_stage_is_a_mistake(own_tiny_root):
    (own_tiny_root / "solutions/hw0_tiny/variants/trouble.toml").write_text("")

    with pytest.raises(CourseError, match="belongs to no stage"):
        variants_of(Course.at(own_tiny_root))
