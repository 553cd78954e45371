"""pytest in a homework's folder runs its tests on the library beside them, and says what the student's message says."""

import subprocess
import sys


def run_pytest(folder, *arguments):
    command = [sys.executable, "-m", "pytest", "-p", "no:cacheprovider", "--import-mode=importlib", "-q", *arguments]
    done = subprocess.run(command, cwd=folder, capture_output=True, text=True, timeout=120, check=False)
    return done.returncode, done.stdout


def write_library(root, text):
    (root / "hw0_tiny/needle/tiny.py").write_text(text)
    return root / "hw0_tiny"


def test_a_right_library_passes(own_tiny_root):
    folder = write_library(
        own_tiny_root,
        "def double(a): return 2 * a\ndef total(a):\n    if a.ndim > 1: raise ValueError\n    return double(a).sum()\n",
    )

    status, output = run_pytest(folder)

    assert status == 0 and "4 passed" in output


def test_a_failure_is_a_sentence_without_a_traceback(own_tiny_root):
    folder = write_library(own_tiny_root, "def double(a): return a\ndef total(a): return 0.0\n")

    status, output = run_pytest(folder, "-k", "double_forward")

    assert status == 1
    assert "✗ doubles every entry" in output
    assert "this is the argument a, unchanged" in output
    assert "student.py" not in output


def test_the_seed_can_be_given(own_tiny_root):
    folder = write_library(own_tiny_root, "def double(a): return a\ndef total(a): return 0.0\n")

    outputs = {
        run_pytest(folder, "-k", "double_forward", f"--seed={seed}")[1].partition("expected [")[2][:20] for seed in (1, 1, 2)
    }

    assert len(outputs) == 2
