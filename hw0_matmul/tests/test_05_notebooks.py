"""notebooks: what is exported, what runs, where it stops, and how a signature reads a command line."""

import json


def test_is_export(student, close):
    """accepts code cells whose first line is a mark, in all its spellings"""
    for mark in ("#export", "# export", "#| export", "#|export", "  #|  export  "):
        close(student.is_export(_code(f"{mark}\nx = 1")), True)
        close(student.is_export(_code(mark)), True)


def test_is_no_export(student, close):
    """refuses words that only begin like a mark, later lines, and cells that are not code"""
    for source in ("x = 1", "", "#exports", "# export the weights", "#Export", "x = 1  #export", "x = 1\n#export"):
        close(student.is_export(_code(source)), False)
    close(student.is_export({"cell_type": "markdown", "source": "#export"}), False)


def test_module(student, close):
    """writes the exported cells into a module beside the notebook, which then runs"""
    got = student.exported_module(LESSON)
    close([got["returned"], got["files"]], ["lesson.py", ["lesson.py"]])
    close(got["values"], {"scale": 3, "answer": 42})


def test_module_text(student):
    """keeps the source of exported cells alone, without marks, under a comment that names the notebook"""
    text = student.exported_module(LESSON)["text"]
    first, *lines = text.splitlines()
    assert first.startswith("#") and "lesson.ipynb" in first, f"a comment should name lesson.ipynb first, got {first!r}"
    assert "    return number * scale  # of the lesson" in lines, f"exported lines should stand as they are in\n{text}"
    for unwanted in ("half", "Some words", "export"):
        assert not any(unwanted in line for line in lines), f"{unwanted!r} should not stand in the module:\n{text}"


def test_run(student, close):
    """runs the code cells in their order, in one namespace"""
    close(_numbers(student.run_notebook(LESSON)), {"scale": 3, "half": 1, "answer": 42, "total": 43})


def test_run_stops(student):
    """stops at the first cell that fails, and names it"""
    notebook = _notebook("print('one')", "Some words", "print('two')\nratio = 1 / 0", "print('three')", words=1)
    got = student.failing_notebook(notebook)
    assert got["printed"] == "one\ntwo\n", f"one and two should be printed, then nothing; got {got['printed']!r}"
    assert got["cell"] == 2, f"the second code cell fails, the error's cell is {got['cell']}"
    for part in ("lesson.ipynb", "code cell 2", "ZeroDivisionError", "division by zero"):
        assert part in got["message"], f"the message should hold {part!r}, it is {got['message']!r}"
    assert got["cause"] == "ZeroDivisionError", f"the cause should be the cell's ZeroDivisionError, got {got['cause']}"


def test_command(student, close):
    """calls the function with what stands on the command line, in the types of its signature"""
    got = student.command_line(["digits", "--epochs", "3", "--learning-rate", "0.5", "--seed", "7"])
    arguments = {"data": "digits", "epochs": 3, "learning_rate": 0.5, "seed": 7, "shuffle": True, "verbose": False}
    close(got["got"], arguments)
    close([got["returned"], got["exit"]], ["trained on digits", None])


def test_command_defaults(student, close):
    """leaves the defaults where the command line says nothing, and takes the program's own by default"""
    defaults = {"data": "digits", "epochs": 10, "learning_rate": 0.1, "seed": None, "shuffle": True, "verbose": False}
    close(student.command_line(["digits"])["got"], defaults)
    close(student.command_line(["digits"], in_program=True)["got"], defaults)


def test_command_flags(student, close):
    """turns a False on and a True off with flags"""
    got = student.command_line(["--verbose", "digits", "--no-shuffle"])["got"]
    close([got["verbose"], got["shuffle"], got["data"]], [True, False, "digits"])


def test_command_help(student, close):
    """prints the docstring and every option for --help, and ends with exit status 0"""
    got = student.command_line(["--help"])
    close([got["exit"], got["got"]], [0, {}])
    options = ("data", "--epochs", "--learning-rate", "--seed", "--no-shuffle", "--verbose")
    for part in ("Train a classifier on a folder of digits.", *options):
        assert part in got["stdout"], f"--help should print {part!r}, it prints {got['stdout']!r}"


def test_command_errors(student, close):
    """ends with exit status 2 and names the argument that is wrong"""
    wrong = {"data": [], "--epochs": ["digits", "--epochs", "many"], "--depth": ["digits", "--depth", "3"]}
    for name, arguments in wrong.items():
        got = student.command_line(arguments)
        close([got["exit"], got["got"]], [2, {}])
        assert name in got["stderr"], f"the message should name {name}, it is {got['stderr']!r}"


def _code(source):
    return {"cell_type": "code", "source": source}


def _notebook(*sources, words=None):
    """The bytes of a notebook; the cell at position `words` is text, all others are code."""
    cells = []
    for position, source in enumerate(sources):
        kind = "markdown" if position == words else "code"
        cells.append({"cell_type": kind, "metadata": {}, "source": source.splitlines(keepends=True)})
    return json.dumps({"cells": cells, "metadata": {}, "nbformat": 4, "nbformat_minor": 5}).encode()


def _numbers(values):
    return {name: value for name, value in values.items() if isinstance(value, int)}


LESSON = _notebook(
    "#| export\nscale = 3",
    "#export\nSome words that are no code",
    "note = 'of the notebook alone'\nhalf = scale // 2",
    "# export\ndef scaled(number):\n    return number * scale  # of the lesson",
    "#|export\n\nanswer = scaled(14)",
    "total = answer + 1",
    words=1,
)
