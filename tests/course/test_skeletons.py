"""Skeletons follow from the solutions; what is stale, missing or too much is found."""

from grader.course.course import Course
from grader.course.skeletons import stale_files, write_skeletons


def test_the_skeleton_says_which_stage_a_stub_belongs_to(tiny_root):
    text = (tiny_root / "hw0_tiny/needle/tiny.py").read_text()

    assert 'raise NotImplementedError("hw0 · double: see hw0_tiny/README.md, stage 1")' in text
    assert "SOLUTION" not in text and "numpy" not in text and "return 2 * a" not in text


def test_the_handout_gets_its_table(tiny_root):
    assert "| 2 | `total` | Summing what was doubled | 40 |" in (tiny_root / "hw0_tiny/README.md").read_text()


def test_what_is_fresh_stays(tiny):
    for homework in tiny.homeworks:
        assert stale_files(tiny, homework) == []
        assert write_skeletons(tiny, homework) == []


def test_what_is_stale_missing_or_too_much_is_found_and_mended(own_tiny_root):
    (own_tiny_root / "hw0_tiny/needle/tiny.py").write_text("changed")
    (own_tiny_root / "hw0_tiny/needle/__init__.py").unlink()
    (own_tiny_root / "hw0_tiny/needle/stray.py").write_text("")
    course = Course.at(own_tiny_root)
    homework = course.homework("0")

    assert stale_files(course, homework) == [
        "hw0_tiny/needle/__init__.py is missing",
        "hw0_tiny/needle/tiny.py is stale",
        "hw0_tiny/needle/stray.py has no source in solutions/",
    ]
    write_skeletons(course, homework)
    assert stale_files(course, homework) == []
