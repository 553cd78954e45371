"""From a notebook to a module, to a test of itself, and to a command."""

import argparse
import inspect
import json
import re
import typing
from pathlib import Path


class NotebookError(Exception):
    """A cell of a notebook has failed (given).

    Attributes:
        cell: int, which code cell, counted from 1 as Jupyter's `In [1]` counts in a fresh run.
    """

    def __init__(self, message, cell):
        super().__init__(message)
        self.cell = cell


def read_cells(notebook):
    """Read the cells of a notebook (given).

    Args:
        notebook: path of an .ipynb file.

    Returns:
        list of dicts, each with a "cell_type" ("code", "markdown" or "raw") and a "source", which is one string here.

    Raises:
        ValueError: the file is not a notebook.
    """
    try:
        cells = json.loads(Path(notebook).read_text(encoding="utf-8"))["cells"]
        return [{**cell, "source": "".join(cell["source"])} for cell in cells]  # a file may hold a list of lines
    except (KeyError, TypeError, ValueError) as error:
        raise ValueError(f"{notebook} is not a notebook: {error!r}") from error


def is_export(cell):
    """Return whether a cell is marked for the module: a code cell whose first line is `#export` or `#| export`.

    Spaces may stand before the #, after it, on either side of the |, and at the end of the line. Nothing else may:
    `#exports`, `# export the weights` and `x = 1  #export` are no marks, and neither is a mark on a later line.

    Args:
        cell: dict with the keys "cell_type" and "source"; the source is a string, or a list of lines as in the file.

    Returns:
        bool.
    """
    raise NotImplementedError("hw0 · notebooks: see hw0_matmul/README.md, stage 5")


def notebook_to_module(notebook, module=None):
    """Write the exported cells of a notebook into a Python module.

    The module holds the source of every cell that `is_export` accepts, in their order, without the marks, with an
    empty line or two between cells. A comment at its top names the notebook, so that nobody edits the wrong file.

    Args:
        notebook: path of an .ipynb file.
        module: path of the file to write; None is the notebook's path with the ending .py.

    Returns:
        pathlib.Path of the module.
    """
    raise NotImplementedError("hw0 · notebooks: see hw0_matmul/README.md, stage 5")


def run_notebook(notebook):
    """Run the code cells of a notebook in their order, as a test of it, and stop at the first that fails.

    All cells share one namespace, which is fresh in every run: what the cells see is Python itself, the name
    `__name__` ("__main__"), and what the cells above them have defined. Cells that are not code are passed over.

    Args:
        notebook: path of an .ipynb file.

    Returns:
        dict, the namespace after the last cell.

    Raises:
        NotebookError: a cell raised an exception or is not valid Python. Its `cell` says which; the message holds the
            name of the notebook, "code cell 3", and the type and message of the exception, which is the `__cause__`.
    """
    raise NotImplementedError("hw0 · notebooks: see hw0_matmul/README.md, stage 5")


def cli(function, arguments=None):
    """Call a function with arguments from the command line, which its signature describes.

        def train(data, epochs: int = 10, learning_rate=0.1, shuffle=True):
            \"\"\"Train a classifier on a folder of digits.\"\"\"

        cli(train)                 # python train.py digits --epochs 3 --learning-rate 0.5 --no-shuffle

    - A parameter without a default is a positional argument, in the order of the signature.
    - One with a default is an option: `--name VALUE`, where a _ of the name is written as -.
    - A value is converted to the parameter's annotation, else to the type of its default, else it stays a string;
      `int | None` means int, and so does `Optional[int]`; a default of None says nothing about the type.
    - A bool is a flag without a value: `--name` turns a False on, `--no-name` turns a True off; a bool without a
      default is False.
    - `--help` prints the docstring and every parameter, and ends the program with exit status 0.
    - A missing, unknown or unconvertible argument prints a message that names it to stderr, and ends the program with
      exit status 2; the function is not called.

    Args:
        function: callable with plain parameters (no `*args`, no `**kwargs`).
        arguments: list of strings; None takes those of the program, `sys.argv[1:]`.

    Returns:
        What the function returns.

    Raises:
        SystemExit: after `--help` (0) and after a wrong command line (2).
    """
    raise NotImplementedError("hw0 · notebooks: see hw0_matmul/README.md, stage 5")
