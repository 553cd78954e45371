"""A tree holds one person's declared files, the course's probes and given files, and nothing else."""

from grader.course.overlay import lay, reference_library, skeleton_library, unwritten_stages


def files_of(folder):
    return sorted(path.relative_to(folder).as_posix() for path in folder.rglob("*") if path.is_file())


def test_a_tree_holds_the_chain_and_no_tests(tiny, tmp_path):
    homework = tiny.homework("1")

    tree = lay(tiny, homework, reference_library(tiny, homework), tmp_path)

    assert files_of(tree) == [
        "hw0_tiny/__init__.py",
        "hw0_tiny/needle/__init__.py",
        "hw0_tiny/needle/tiny.py",
        "hw0_tiny/probes.py",
        "hw1_tiny/__init__.py",
        "hw1_tiny/needle/__init__.py",
        "hw1_tiny/needle/more.py",
        "hw1_tiny/probes.py",
    ]


def test_what_the_manifests_do_not_name_is_not_laid(tiny, tmp_path):
    homework = tiny.homework("0")
    hostile = {"probes.py": b"mine", "needle/__init__.py": b"mine", "../../outside.py": b"mine", "conftest.py": b"mine"}

    tree = lay(tiny, homework, {homework.name: hostile}, tmp_path / "tree")

    assert not any(path.read_bytes() == b"mine" for path in tmp_path.rglob("*") if path.is_file())
    assert "hw0_tiny/needle/tiny.py" not in files_of(tree)


def test_a_compiled_homework_lies_there_without_its_source(tiny, tmp_path):
    homework = tiny.homework("1")

    tree = lay(tiny, homework, reference_library(tiny, homework), tmp_path, compiled={"hw0_tiny"})

    assert "hw0_tiny/needle/tiny.pyc" in files_of(tree) and "hw0_tiny/needle/tiny.py" not in files_of(tree)
    assert "hw1_tiny/needle/more.py" in files_of(tree)
    assert b"return 2 * a" not in (tree / "hw0_tiny/needle/tiny.pyc").read_bytes()


def test_stages_with_a_stub_left_are_unwritten(tiny):
    homework = tiny.homework("0")

    assert unwritten_stages(homework, skeleton_library(tiny, homework)) == {"double", "total"}
    assert unwritten_stages(homework, reference_library(tiny, homework)) == set()
