"""`python -m grader …`: the commands, and the exit statuses that they end with.

    0  all passed      1  something failed      2  wrong usage      3  our error

A command reads its arguments, calls one room of the machinery, and shows what came back. Heavy imports (torch) happen in
the command that needs them, so that `--help` and completion answer at once.
"""

from __future__ import annotations

import os
import sys
from collections import Counter
from collections.abc import Callable, Mapping, Sequence
from contextlib import ExitStack
from pathlib import Path
from typing import TYPE_CHECKING, Any, NoReturn

import click
from click.shell_completion import CompletionItem
from rich.console import Console

from grader import __version__
from grader.course.course import Course
from grader.errors import CourseError, GraderError, UsageError

if TYPE_CHECKING:
    from grader.course.manifest import Homework, Stage
    from grader.judge.result import Result, TestResult
    from grader.judge.suite import Suite
    from grader.sandbox.confinement import Confinement

PASSED, FAILED = 0, 1
CONTEXT = {"help_option_names": ["-h", "--help"], "max_content_width": 110}


def main() -> NoReturn:
    """Run a command; whatever goes wrong ends in a sentence and in the exit status that belongs to it."""
    try:
        program = "grader" if Path(sys.argv[0]).stem == "grader" else "python -m grader"
        status = cli.main(prog_name=program, complete_var="_GRADER_COMPLETE", standalone_mode=False)
        sys.exit(status if isinstance(status, int) else PASSED)
    except click.exceptions.Abort:
        status = _complain("stopped", 130)
    except KeyboardInterrupt:
        status = _complain("stopped", 130)
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
        status = _complain("this is an error of ours, and costs nobody points; please report it with the lines above", 3)
    sys.exit(status)


def _complain(sentence: str, status: int) -> int:
    click.echo(f"grader: {sentence}", err=True)
    return status


# --- arguments --------------------------------------------------------------------------------------------------------


def _course() -> Course:
    return Course.around(Path.cwd())


class HomeworkName(click.ParamType[str]):
    """A homework as people write it: 1, hw1, hw=1, hw1_autograd."""

    name = "homework"

    def convert(self, value: Any, param: click.Parameter | None, ctx: click.Context | None) -> str:
        return str(value).removeprefix("hw=")

    def shell_complete(self, ctx: click.Context, param: click.Parameter, incomplete: str) -> list[CompletionItem]:
        names = [CompletionItem(one.short, help=one.title) for one in _course().homeworks]
        return [item for item in names if item.value.startswith(incomplete)]


class StageName(click.ParamType[str]):
    """A stage of the homework that is named before it."""

    name = "stage"

    def shell_complete(self, ctx: click.Context, param: click.Parameter, incomplete: str) -> list[CompletionItem]:
        words = {word.removeprefix("hw=") for word in os.environ.get("COMP_WORDS", "").split()}
        homeworks = _course().homeworks
        named = [one for one in homeworks if words & {one.short, one.name, str(one.number)}]
        stages = [CompletionItem(stage.name, help=stage.title) for one in named or homeworks for stage in one.stages]
        return [item for item in stages if item.value.startswith(incomplete)]


homework_argument = click.argument("homework", type=HomeworkName())
optional_homework = click.argument("homework", type=HomeworkName(), required=False)
on_option = click.option(
    "--on", type=click.Choice(["student", "reference"]), default="student", show_default=True, help="Whose library is run."
)
seed_option = click.option("--seed", type=int, help="Seed of the tests' random numbers.")


@click.group(context_settings=CONTEXT)
@click.version_option(__version__, message="%(version)s")
def cli() -> None:
    """Build `needle`, a deep-learning library, homework by homework, and have it checked.

    Exit status: 0 all passed, 1 something failed, 2 wrong usage, 3 our error.
    """


# --- for students -----------------------------------------------------------------------------------------------------


@cli.command(short_help="Run a homework's tests on your code.")
@optional_homework
@click.option("--stage", type=StageName(), help="Only the tests of this stage (name or number).")
@click.option("-k", "words", metavar="WORDS", help="Only the tests whose name, stage or sentence holds all these words.")
@on_option
@seed_option
@click.option("--hidden", is_flag=True, help="The hidden tests too (where the solutions are).")
def test(homework: str | None, stage: str | None, words: str | None, on: str, seed: int | None, hidden: bool) -> int:
    """Run a homework's tests on your code, in this process; of every homework if none is named."""
    course = _course()
    if stage and not homework:
        raise UsageError("a stage belongs to a homework; name it too: make test hw=1 stage=matmul")
    homeworks = [course.homework(homework)] if homework else list(course.homeworks)
    stages = [one.stage(stage) for one in homeworks] if stage else []
    return _test(course, homeworks, stages, words or "", on == "reference", seed, hidden)


def _test(
    course: Course,
    homeworks: Sequence[Homework],
    stages: Sequence[Stage],
    words: str,
    reference: bool,
    seed: int | None,
    hidden: bool,
) -> int:
    from grader.judge.local import reference_root, run_here
    from grader.judge.oracle import loading
    from grader.judge.suite import load_suite

    suites = {}
    with loading():
        for homework in homeworks:
            suite = load_suite(course, homework, hidden=hidden)
            suite = suite.of(*(stage.name for stage in stages)) if stages else suite
            suites[homework.name] = suite.matching(words)
    if not any(suite.tests for suite in suites.values()):
        raise UsageError(f"no test matches {words!r}; it is looked for in names, stages and sentences of tests")
    with ExitStack() as stack:
        root = stack.enter_context(reference_root(course, homeworks[-1])) if reference else course.root

        def run(homework: Homework, seed: int, told: Callable[[TestResult], None]) -> Result:
            return run_here(course, homework, suites[homework.name], root, seed=seed, on_result=told)

        chosen = [homework for homework in homeworks if suites[homework.name].tests]
        return _show(course, chosen, suites, seed, run, everything=bool(stages or words))


def _show(
    course: Course,
    homeworks: Sequence[Homework],
    suites: Mapping[str, Suite],
    seed: int | None,
    run: Callable[[Homework, int, Callable[[TestResult], None]], Result],
    *,
    everything: bool = False,
) -> int:
    """Run homeworks one after the other, showing each as it goes; the exit status says whether all passed."""
    from grader.judge.suite import PUBLIC_SEED
    from grader.report.console import print_result
    from grader.report.overview import print_overview
    from grader.report.paper import console_on
    from grader.report.stage_lines import StageLines

    console = console_on()
    seed = PUBLIC_SEED if seed is None else seed
    results = []
    for homework in homeworks:
        console.print(f"{homework.short} · {homework.title} (seed {seed})", style="bold")
        tests = Counter(test.stage.name for test in suites[homework.name].tests)
        with StageLines(console, homework, tests) as told:
            result = run(homework, seed, told)
        print_result(console, result, stages=False, everything=everything)
        results.append(result)
        console.print()
    if len(results) > 1:
        print_overview(console, results)
    return PASSED if all(outcome == "passed" for result in results for outcome in result.outcomes) else FAILED


@cli.command(short_help="Say one of the three hints of a stage.")
@homework_argument
@click.argument("stage", type=StageName())
@click.option(
    "-n", "number", type=click.IntRange(1, 3), default=1, show_default=True, help="1 a question, 2 the idea, 3 the outline."
)
def hint(homework: str, stage: str, number: int) -> int:
    """Say one of the three hints of a stage."""
    found = _course().homework(homework)
    about = found.stage(stage)
    kind = ("a question", "the idea", "the outline")[number - 1]
    console = Console()
    console.print(f"{found.short} · {about.name} · hint {number} of 3: {kind}", style="bold", markup=False, highlight=False)
    console.print(about.hints[number - 1], markup=False, highlight=False)
    if number < 3:
        console.print(
            f"the next one: make hint hw={found.number} stage={about.name} n={number + 1}",
            style="dim",
            markup=False,
            highlight=False,
        )
    return PASSED


@cli.command(
    "run-needle",
    short_help="Run a command in which `import needle` means this library.",
    context_settings={"ignore_unknown_options": True},
)
@homework_argument
@click.argument("command", nargs=-1, required=True, type=click.UNPROCESSED)
@on_option
def run_needle(homework: str, command: tuple[str, ...], on: str) -> int:
    """Run COMMAND so that `import needle` means the library as built up to a homework.

    \b
    python -m grader run-needle hw=1 -- pytest elsewhere/tests
    python -m grader run-needle hw=1 on=reference -- python train.py
    """
    from grader.course import run_needle as runner

    if command[0].startswith("on="):
        on, command = command[0].removeprefix("on="), command[1:]
    if on not in ("student", "reference") or not command:
        raise UsageError("write: run-needle hw=1 [on=reference] -- COMMAND")
    course = _course()
    return runner.run_needle(course, course.homework(homework), command, os.environ, reference=on == "reference")


# --- for instructors --------------------------------------------------------------------------------------------------


@cli.command(short_help="Grade a class, or this checkout.")
@optional_homework
@click.argument("submissions", type=click.Path(path_type=Path), required=False)
@click.option("--out", type=click.Path(path_type=Path), help="Where results go; started again, it goes on where it stopped.")
@click.option("--jobs", type=click.IntRange(min=1), help="Submissions graded side by side (default: the number of cores).")
@click.option(
    "--base",
    type=click.Choice(["own", "reference"]),
    default="own",
    show_default=True,
    help="Whose earlier homeworks it runs on.",
)
@seed_option
@click.option("--anew", is_flag=True, help="Grade everything again, though OUT holds results of another state of the course.")
@click.option("--unsafe-no-sandbox", is_flag=True, help="Run the submissions with all your rights; every result says so.")
@click.option("--own-code", is_flag=True, help="The submissions are your own: where there is no sandbox, go on without one.")
def grade(
    homework: str | None,
    submissions: Path | None,
    out: Path | None,
    jobs: int | None,
    base: str,
    seed: int | None,
    anew: bool,
    unsafe_no_sandbox: bool,
    own_code: bool,
) -> int:
    """Grade a class: a folder with a folder, or a zip, for each student. Without one, grade this checkout.

    SUBMISSIONS/alice/hw1_autograd/needle/… as a fork's checkout holds it. Results: OUT/alice/report.json, OUT/gradebook.csv.
    """
    course = _course()
    if submissions is None:
        return _grade_checkout(course, [course.homework(homework)] if homework else list(course.homeworks), seed)
    if homework is None:
        raise UsageError("name the homework that is graded: python -m grader grade hw1 SUBMISSIONS --out OUT")
    if out is None:
        raise UsageError("say where the results go: --out OUT")
    from grader.batch.grading import grade_class
    from grader.report.paper import console_on

    console = console_on()
    return grade_class(
        course,
        course.homework(homework),
        submissions,
        out,
        jobs=jobs or os.cpu_count() or 1,
        seed=seed,
        base=base,
        confinement=_confinement(console, unsafe=unsafe_no_sandbox, own_code=own_code),
        console=console,
        anew=anew,
    )


def _grade_checkout(course: Course, homeworks: Sequence[Homework], seed: int | None) -> int:
    """Grade one's own checkout over the border: public tests, and nothing confined, since the code is one's own."""
    from grader.course.overlay import skeleton_library
    from grader.judge.grade import grade_submission
    from grader.judge.suite import load_suite
    from grader.sandbox.confinement import Unconfined

    suites = {homework.name: load_suite(course, homework, hidden=False) for homework in homeworks}

    def run(homework: Homework, seed: int, told: Callable[[TestResult], None]) -> Result:
        return grade_submission(
            course,
            homework,
            suites[homework.name],
            skeleton_library(course, homework),
            student="",
            seed=seed,
            confinement=Unconfined(),
            on_result=told,
        )

    return _show(course, homeworks, suites, seed, run)


def _confinement(console: Console, *, unsafe: bool, own_code: bool) -> Confinement:
    """The best sandbox that holds here; none only for whoever asked for that.

    Raises:
        UsageError: there is none, and the submissions are strangers' code.
    """
    from grader.judge.self_test import holes
    from grader.sandbox.confinement import Unconfined
    from grader.sandbox.ladder import choose

    if unsafe:
        return Unconfined()
    choice = choose(holes)
    for reason in choice.refused:
        console.print(f"! no sandbox of this kind: {reason}", style="yellow")
    if choice.confinement is not None:
        return choice.confinement
    if own_code:
        return Unconfined()
    raise UsageError(
        "no sandbox is to be had here, and strangers' code never runs without one. Grade on Linux with bubblewrap "
        "(make setup-sandbox); or, for code that you trust as your own, say --unsafe-no-sandbox"
    )


@cli.command(short_help="Replay one test of a graded submission.")
@click.argument("report", type=click.Path(path_type=Path))
@click.argument("test")
@click.argument("submission", type=click.Path(path_type=Path))
@click.option("--unsafe-no-sandbox", is_flag=True, help="Run the submission with all your rights.")
def reproduce(report: Path, test: str, submission: Path, unsafe_no_sandbox: bool) -> int:
    """Replay TEST of a graded SUBMISSION (its folder or zip) exactly as its REPORT has it: same seed, same data.

    python -m grader reproduce OUT/alice/report.json test_matmul_forward SUBMISSIONS/alice
    """
    from grader.batch import reproduce as replay
    from grader.report.console import print_result
    from grader.report.paper import console_on

    console = console_on()
    confinement = _confinement(console, unsafe=unsafe_no_sandbox, own_code=False)
    result, changes = replay.reproduce(_course(), report, test, submission, confinement)
    for change in changes:
        console.print(f"! {change}", style="yellow")
    print_result(console, result, everything=True, audience="instructors")
    return PASSED if result.outcomes == {"passed"} else FAILED


@cli.command(short_help="Write a small class of submissions.")
@homework_argument
@click.argument("folder", type=click.Path(path_type=Path))
def demo(homework: str, folder: Path) -> int:
    """Write a small class of submissions into FOLDER: right ones, half done ones, and many kinds of wrong."""
    from grader.batch.demo import build_demo_class

    course = _course()
    students = build_demo_class(course, course.homework(homework), folder)
    click.echo(f"wrote {len(students)} submissions to {folder}")
    return PASSED


# --- for whoever works on the course ----------------------------------------------------------------------------------


@cli.command(short_help="Generate the skeletons from the solutions.")
@optional_homework
@click.option("--check", is_flag=True, help="Write nothing; fail where something is stale.")
def skeletons(homework: str | None, check: bool) -> int:
    """Generate the skeletons, and the stage tables of the handouts, from the solutions and the manifests."""
    from grader.course.skeletons import stale_files, write_skeletons

    course = _course()
    homeworks = [course.homework(homework)] if homework else course.homeworks
    lines = [line for one in homeworks for line in (stale_files if check else write_skeletons)(course, one)]
    for line in lines or ["everything is fresh"]:
        click.echo(line)
    return FAILED if check and lines else PASSED


@cli.command(short_help="Have the course prove itself.")
@optional_homework
@click.option("--jobs", type=click.IntRange(min=1), help="Experiments run side by side (default: the number of cores).")
def check(homework: str | None, jobs: int | None) -> int:
    """Have the course prove itself: solutions 100, skeletons 0, every planted bug caught, nothing private released."""
    from grader.proof.check import check as prove

    course = _course()
    homeworks = [course.homework(homework)] if homework else list(course.homeworks)
    mistakes = 0

    def told(done: int, count: int) -> None:
        if sys.stderr.isatty():  # by hand: a bar that refreshes itself runs a thread, and experiments are forks
            click.echo("\r\x1b[K" + (f"  {done} of {count} experiments" if done < count else ""), nl=False, err=True)

    for subject, proof in prove(course, homeworks, jobs=jobs, told=told):
        click.echo(f"{'✗' if proof.mistakes else '✓'} {subject:8s} {proof.claim}")
        for mistake in proof.mistakes:
            click.echo("      " + mistake.replace("\n", "\n        "))
        mistakes += len(proof.mistakes)
    click.echo(f"{mistakes} mistakes" if mistakes else "the course holds what it promises")
    return FAILED if mistakes else PASSED


@cli.command("bench-grading", short_help="Measure what grading a submission costs.")
@homework_argument
@click.option("--rounds", type=click.IntRange(min=1), default=5, show_default=True, help="Turns that are taken.")
def bench_grading(homework: str, rounds: int) -> int:
    """Measure what grading a submission adds to the student's own computing, beside a fresh pytest process."""
    from grader.bench.grading import GradingBench, lines_of
    from grader.report.paper import console_on

    course = _course()
    confinement = _confinement(console_on(), unsafe=False, own_code=True)
    bench = GradingBench(course, course.homework(homework), confinement)
    measured = bench.measure(rounds, lambda done: click.echo(f"round {done} of {rounds}", err=True))
    for line in lines_of(measured, confinement.name):
        click.echo(line)
    return PASSED


@cli.command(short_help="Write the students' release, proved clean.")
@click.argument("folder", type=click.Path(path_type=Path))
def release(folder: Path) -> int:
    """Write the students' release into FOLDER, and prove that nothing private is in it."""
    from grader.course.release import write_release
    from grader.proof.check import prove_release

    course = _course()
    for warning in write_release(course, folder):
        click.echo(f"note: {warning}", err=True)
    mistakes = [mistake for proof in prove_release(course, folder) for mistake in proof.mistakes]
    if mistakes:
        raise CourseError(mistakes)
    click.echo(f"the release is in {folder}: nothing private in it, every stage not started")
    return PASSED
