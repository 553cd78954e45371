"""A course in miniature, for tests of the machinery: two homeworks, three stages, everything that a homework is made of."""

from __future__ import annotations

from pathlib import Path

HINTS = 'hints = ["a question", "the idea", "the outline"]'

FILES = {
    "hw0_tiny/homework.toml": f"""\
format_version = 1
title = "Tiny"
needs = []
files = ["needle/tiny.py"]

[[stage]]
name = "double"
title = "Doubling"
points = 60
{HINTS}

[[stage]]
name = "total"
title = "Summing what was doubled"
points = 40
{HINTS}
""",
    "hw0_tiny/README.md": "# Tiny\n\n<!-- stages:begin -->\n<!-- stages:end -->\n",
    "hw0_tiny/probes.py": '''\
"""Probes of hw0."""


def double(ndl, a):
    """(n) → (n)."""
    return ndl.double(a)


def total(ndl, a):
    """(n) → number."""
    return ndl.total(a)


def double_in_place(ndl, a):
    """(n), changed → (n)."""
    a *= 2
    return ndl.double(a)


def double_of_file(ndl, data):
    """bytes → number of bytes that were written, doubled."""
    import tempfile

    with tempfile.TemporaryFile() as file:
        return ndl.double(file.write(data))
''',
    "hw0_tiny/tests/test_01_double.py": '''\
"""Public tests of double."""

import torch
from torch import tensor


def test_double_forward(student, rng, close):
    """doubles every entry"""
    a = rng.standard_normal(5)
    close(student.double(a), 2 * tensor(a))


def test_double_of_a_matrix(student, rng, close):
    """doubles a matrix"""
    a = rng.standard_normal((2, 3))
    close(student.double(a.T), torch.add(tensor(a.T), tensor(a.T)))
''',
    "hw0_tiny/tests/test_02_total.py": '''\
"""Public tests of total."""

from torch import tensor


def test_total_forward(student, rng, close):
    """sums twice the entries"""
    a = rng.standard_normal(5)
    close(student.total(a), tensor(a).sum() * 2)


def test_total_refuses_matrices(student, rng):
    """refuses what is no vector"""
    student.raises(ValueError).total(rng.standard_normal((2, 2)))
''',
    "solutions/hw0_tiny/__init__.py": "",
    "solutions/hw0_tiny/needle/__init__.py": '''\
"""The face of hw0."""

from .tiny import double, total

__all__ = ["double", "total"]
''',
    "solutions/hw0_tiny/needle/tiny.py": '''\
"""Two functions."""

# BEGIN SOLUTION-ONLY
import numpy as np
# END SOLUTION-ONLY


def double(a):
    """Twice every entry: 2a.

    Args:
        a: array of any shape.
    Returns:
        array of the same shape.
    """
    # BEGIN SOLUTION double
    return 2 * a
    # END SOLUTION


def total(a):
    """The sum of twice the entries: Σ 2a.

    Args:
        a: array (n,).
    Returns:
        number, shape ().
    Raises:
        ValueError: another number of axes.
    """
    # BEGIN SOLUTION total
    if a.ndim != 1:
        raise ValueError(f"total takes a vector, got shape {a.shape}")
    return np.sum(double(a))
    # END SOLUTION
''',
    "solutions/hw0_tiny/hidden/test_01_double.py": '''\
"""Hidden tests of double."""

import numpy as np


def test_double_of_one_entry(student, close):
    """doubles an array without axes"""
    close(student.double(np.array(3.0)), 6.0)
''',
    "solutions/hw0_tiny/hidden/test_02_total.py": '''\
"""Hidden tests of total."""

import numpy as np


def test_total_of_a_view(student, rng, close):
    """sums every second entry"""
    a = rng.standard_normal(8)[::2]
    close(student.total(a), np.sum(2 * a))
''',
    "solutions/hw0_tiny/variants/double.toml": """\
[[bug]]
name = "square"
why = "squares in place of doubling"
[bug.regions]
"tiny.py:double" = "return a * a"

[[bug]]
name = "plus_two"
why = "adds two"
[bug.regions]
"tiny.py:double" = [["2 * a", "2 + a"]]

[[bug]]
name = "input_doubled_in_place"
why = "changes the caller's array"
[bug.regions]
"tiny.py:double" = '''
a *= 2
return a
'''

[[alternative]]
name = "sum"
why = "a plus a"
[alternative.regions]
"tiny.py:double" = "return a + a"
""",
    "solutions/hw0_tiny/variants/total.toml": """\
[[bug]]
name = "mean"
why = "takes the mean"
[bug.regions]
"tiny.py:total" = [["np.sum", "np.mean"]]

[[bug]]
name = "not_refused"
why = "forgets to refuse matrices"
[bug.regions]
"tiny.py:total" = "return np.sum(double(a))"

[[bug]]
name = "not_doubled"
why = "forgets to double"
[bug.regions]
"tiny.py:total" = [["np.sum(double(a))", "np.sum(a)"]]
""",
    "hw1_tiny/homework.toml": f"""\
format_version = 1
title = "Built on tiny"
needs = ["hw0_tiny"]
files = ["needle/more.py"]

[[stage]]
name = "quadruple"
title = "Doubling twice"
points = 100
{HINTS}
""",
    "hw1_tiny/README.md": "# More\n\n<!-- stages:begin -->\n<!-- stages:end -->\n",
    "hw1_tiny/probes.py": '''\
"""Probes of hw1."""


def quadruple(ndl, a):
    """(n) → (n)."""
    return ndl.quadruple(a)
''',
    "hw1_tiny/tests/test_01_quadruple.py": '''\
"""Public tests of quadruple."""


def test_quadruple_forward(student, rng, close):
    """doubles twice"""
    a = rng.standard_normal(5)
    close(student.quadruple(a), 4 * a)
''',
    "solutions/hw1_tiny/__init__.py": "",
    "solutions/hw1_tiny/needle/__init__.py": '''\
"""The face of hw1."""

from hw0_tiny.needle import double, total

from .more import quadruple

__all__ = ["double", "quadruple", "total"]
''',
    "solutions/hw1_tiny/needle/more.py": '''\
"""One function."""

from hw0_tiny.needle import double


def quadruple(a):
    """Four times every entry: 4a.

    Args:
        a: array of any shape.
    Returns:
        array of the same shape.
    """
    # BEGIN SOLUTION quadruple
    return double(double(a))
    # END SOLUTION
''',
    "solutions/hw1_tiny/hidden/test_01_quadruple.py": '''\
"""Hidden tests of quadruple."""

import numpy as np


def test_quadruple_keeps_float32(student, close):
    """keeps float32"""
    close(student.quadruple(np.ones(2, np.float32)), np.full(2, 4, np.float32), dtype=True)
''',
    "solutions/hw1_tiny/variants/quadruple.toml": """\
[[bug]]
name = "triple"
why = "adds one double too few"
[bug.regions]
"more.py:quadruple" = "return double(a) + a"

[[bug]]
name = "once"
why = "doubles once"
[bug.regions]
"more.py:quadruple" = "return double(a)"

[[bug]]
name = "square"
why = "squares"
[bug.regions]
"more.py:quadruple" = "return double(a) * double(a) * 4"
""",
    "hw0_tiny/__init__.py": "",
    "hw1_tiny/__init__.py": "",
    "grader/course/__init__.py": "",
    ".gitattributes": "/solutions export-ignore\n/tests export-ignore\n",
}


def write_tiny_course(root: Path) -> Path:
    """Write the files, and the skeletons that follow from them."""
    from grader.course.course import Course
    from grader.course.skeletons import write_skeletons

    for name, text in FILES.items():
        path = root / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, encoding="utf-8")
    course = Course.at(root)
    for homework in course.homeworks:
        write_skeletons(course, homework)
    return root
