"""notebooks, hidden: sources as lists, other file names, fresh namespaces, syntax errors, bools without a default."""

import json


def test_source_as_lines(student, close):
    """reads a source that is a list of lines, as notebook files hold it"""
    for source in (["#| export\n", "x = 1"], ["#export"]):
        close(student.is_export({"cell_type": "code", "source": source}), True)
    for source in (["x = 1\n", "#export"], ["#export, they say\n"], []):
        close(student.is_export({"cell_type": "code", "source": source}), False)
    close(student.is_export({"cell_type": "raw", "source": ["#export\n"]}), False)


def test_module_of_another_name(student, close):
    """writes the module where it is told to"""
    got = student.exported_module(_notebook("#export\nx = 5"), "library.py")
    close([got["returned"], got["files"], got["values"]], ["library.py", ["library.py"], {"x": 5}])


def test_module_of_nothing(student, close):
    """writes an empty module where nothing is exported or an exported cell is empty"""
    close(student.exported_module(_notebook("x = 5"))["values"], {})
    close(student.exported_module(_notebook("#export", "#export\nx = 5", "#export"))["values"], {"x": 5})


def test_module_text_with_letters(student, close):
    """keeps letters beyond ASCII, and comments that speak of an export"""
    got = student.exported_module(_notebook("#export\n# what we export: α and β\nname = 'Δx'"))
    close(got["values"], {"name": "Δx"})
    assert "# what we export: α and β" in got["text"], f"the comment should stay in the module:\n{got['text']}"


def test_fresh_namespace(student):
    """starts every run with nothing: no name of an earlier run, none of the module that runs it"""
    student.run_notebook(_notebook("left_over = 1"))
    for name in ("left_over", "json", "run_notebook"):
        got = student.failing_notebook(_notebook("x = 1", f"print({name})"))
        assert (got["cell"], got["cause"]) == (2, "NameError"), f"{name} should be unknown in cell 2, got {got}"


def test_names_inside_functions(student, close):
    """lets functions of one cell see the names of another"""
    area = "def area():\n    return width * height"
    got = student.run_notebook(_notebook(area, "width = 6\nheight = 7", "found = area()", "main = __name__"))
    close([got["found"], got["main"]], [42, "__main__"])


def test_cell_that_is_no_python(student):
    """names a cell that cannot be compiled, after the cells before it have run"""
    got = student.failing_notebook(_notebook("print('one')", "for in range(3)", "print('two')"))
    assert got["printed"] == "one\n", f"the first cell should run, the others not; printed {got['printed']!r}"
    assert (got["cell"], got["cause"]) == (2, "SyntaxError"), f"cell 2 is no Python, got {got}"


def test_command_in_any_order(student, close):
    """reads options in any order, and = between an option and its value"""
    got = student.command_line(["--seed=3", "--verbose", "--learning-rate=1e-3", "a b", "--epochs=0"])
    expected = {"data": "a b", "epochs": 0, "learning_rate": 1e-3, "seed": 3, "shuffle": True, "verbose": True}
    close(got["got"], expected)


def test_command_of_a_program(student, close):
    """takes the arguments of the program where none are given, and only there"""
    close(student.command_line(["mnist", "--epochs", "2"], in_program=True)["got"]["epochs"], 2)
    got = student.command_line([])
    close([got["exit"], got["got"]], [2, {}])


def test_command_without_defaults(student, close):
    """converts positional arguments, and takes a bool without a default as a flag that is off"""
    close(student.command_without_defaults(["3", "4"])["got"], {"times": 3, "word": "4", "loud": False})
    close(student.command_without_defaults(["3", "4", "--loud"])["got"], {"times": 3, "word": "4", "loud": True})
    close(student.command_without_defaults(["three", "4"]), {"got": {}, "exit": 2})


def _notebook(*sources):
    cells = [{"cell_type": "code", "metadata": {}, "source": source} for source in sources]
    return json.dumps({"cells": cells, "metadata": {}, "nbformat": 4, "nbformat_minor": 5}).encode()
