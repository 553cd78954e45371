"""The course's proof of itself finds each thing that a course could promise and not hold."""

import subprocess

import pytest

from grader.course.course import Course
from grader.proof.check import check


def proofs(root, homework="0"):
    identity = ["-c", "user.name=a", "-c", "user.email=a@b"]
    for command in (["init", "-q"], ["add", "-A"], [*identity, "commit", "-qm", "all"]):
        subprocess.run(["git", "-C", str(root), *command], check=True)
    course = Course.at(root)
    return list(check(course, [course.homework(homework)], jobs=2))


def mistakes(root, homework="0"):
    return [mistake for _, proof in proofs(root, homework) for mistake in proof.mistakes]


def change(root, name, old, new):
    path = root / name
    text = path.read_text()
    assert old in text
    path.write_text(text.replace(old, new))


@pytest.mark.parametrize("homework", ["0", "1"])
def test_a_good_course_holds_what_it_promises(own_tiny_root, homework):
    found = proofs(own_tiny_root, homework)

    assert [mistake for _, proof in found for mistake in proof.mistakes] == []
    assert len(found) > 10


REFERENCE = "solutions/hw0_tiny/needle/tiny.py"
DOUBLE = "solutions/hw0_tiny/variants/double.toml"
TOTAL = "solutions/hw0_tiny/variants/total.toml"
HIDDEN = "solutions/hw0_tiny/hidden/test_01_double.py"
LEAK = """# Tiny

    if a.ndim != 1:
        raise ValueError(f"total takes a vector, got shape {a.shape}")
"""


BROKEN = [
    ("hw0_tiny/needle/__init__.py", '"""The face of hw0."""', '"""Changed."""', "is stale; run `make skeletons`"),
    (REFERENCE, "        a: array of any shape.\n", "", "tiny.py: double does not say under `Args:` what a is"),
    (REFERENCE, "a: array (n,)", "a: an array", "tiny.py: total speaks of arrays under `Args:` without a shape"),
    (REFERENCE, "    Returns:\n        number, shape ().\n", "", "tiny.py: total has no `Returns:`"),
    (DOUBLE, '"return a * a"', '"return a + a"', "no test catches square"),
    (
        DOUBLE,
        '[["2 * a", "2 + a"]]',
        '"import os; return 3 * a if os.environ.get(\\"PATH\\") else 2 * a"',
        "in process and passed",
    ),
    (DOUBLE, 'return a + a"\n', 'return a + a + 1"\n', "alternative double/sum: double/test_double_forward is failed"),
    (TOTAL, '"return np.sum(double(a))"', '[["np.sum", "np.max"]]', "total/test_total_refuses_matrices fails on no planted bug"),
    (HIDDEN, "test_double_of_one_entry", "test_double_forward", "test_double_forward is there 2 times"),
    ("hw0_tiny/README.md", "# Tiny", LEAK, "holds a line of the solution of hw0 · total"),
]


@pytest.fixture(scope="module")
def found_in_a_broken_course(tmp_path_factory, write_tiny_course):
    """Every mistake that is found in a course with all of these promises broken."""
    root = write_tiny_course(tmp_path_factory.mktemp("broken"))
    for name, old, new, _ in reversed(BROKEN):
        change(root, name, old, new)
    (root / "hw0_tiny/notes.txt").write_text("")
    return mistakes(root)


@pytest.mark.parametrize("said", [said for *_, said in BROKEN] + ["hw0_tiny/notes.txt belongs to nothing"])
def test_a_broken_promise_is_found(found_in_a_broken_course, said):
    assert any(said in mistake for mistake in found_in_a_broken_course)


def test_a_wrong_solution_is_found(own_tiny_root):
    change(own_tiny_root, REFERENCE, "return 2 * a", "return 2 * a + 1")

    assert any("double/test_double_forward is failed" in mistake for mistake in mistakes(own_tiny_root))


def test_a_stage_that_needs_a_later_one_is_found(own_tiny_root):
    leaning = "return 2 * a if a.ndim != 1 or a.size < 2 else np.array([total(one[None]) for one in a])"
    change(own_tiny_root, REFERENCE, "return 2 * a", leaning)

    assert any("up to double: double/test_double_forward is blocked" in mistake for mistake in mistakes(own_tiny_root))
