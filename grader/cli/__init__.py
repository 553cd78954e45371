"""`python -m grader …`: the commands, and the exit statuses that they end with.

    0  all passed      1  something failed      2  wrong usage      3  our error      130  stopped

A command reads its arguments, calls one room of the machinery, and shows what came back. Heavy imports (torch) happen in
the command that needs them, so that `--help` and completion answer at once. This is the one room that reads the environment.
"""

from __future__ import annotations

import os
import sys
from pathlib import Path
from typing import NoReturn

import click
from rich.console import Console

from grader import __version__
from grader.cli import authors, instructors, students
from grader.cli.arguments import FAILED, PASSED
from grader.errors import GraderError, UsageError

COMMANDS = (
    *(students.test, students.hint, students.run_needle),
    *(instructors.grade, instructors.reproduce, instructors.demo),
    *(authors.skeletons, authors.check, authors.bench_grading, authors.release),
)
STOPPED = 130


def main() -> NoReturn:
    """Run a command; whatever goes wrong ends in a sentence and in the exit status that belongs to it."""
    try:
        program = "grader" if Path(sys.argv[0]).stem == "grader" else "python -m grader"
        status = cli.main(prog_name=program, complete_var="_GRADER_COMPLETE", standalone_mode=False)
        sys.exit(status if isinstance(status, int) else PASSED)
    except (click.exceptions.Abort, KeyboardInterrupt):
        status = _complain("stopped", STOPPED)
    except click.ClickException as error:
        error.show()
        status = UsageError.exit_status
    except GraderError as error:
        status = _complain(str(error), error.exit_status)
    except BrokenPipeError:
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        status = FAILED
    except Exception:
        Console(stderr=True).print_exception()
        status = _complain(
            "this is an error of ours, and costs nobody points; please report it with the lines above", GraderError.exit_status
        )
    sys.exit(status)


def _complain(sentence: str, status: int) -> int:
    click.echo(f"grader: {sentence}", err=True)
    return status


@click.group(commands=COMMANDS, context_settings={"help_option_names": ["-h", "--help"], "max_content_width": 110})
@click.version_option(__version__, message="%(version)s")
def cli() -> None:
    """Build `needle`, a deep-learning library, homework by homework, and have it checked.

    Exit status: 0 all passed, 1 something failed, 2 wrong usage, 3 our error.
    """
