"""feedback.txt: what a student reads of their grade, as plain text; nothing of hidden tests but stage and kind."""

from __future__ import annotations

import io

from grader.judge.result import Result
from grader.report.console import print_result
from grader.report.paper import console_on

WIDTH = 100


def feedback(result: Result) -> str:
    """The console's page of a result, without colour, a hundred columns wide."""
    stream = io.StringIO()
    console = console_on(stream, width=WIDTH)
    print_result(console, result)
    return stream.getvalue()
