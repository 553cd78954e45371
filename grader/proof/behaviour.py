"""What can be proved of a homework by running it."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from grader.course.manifest import Homework
from grader.course.reference import Reference
from grader.course.variants import Variant
from grader.judge.result import Outcome, StageResult, TestResult
from grader.proof.experiment import TRANSPORTS, Experiment, Finding, Laboratory, TransportName, names

LEAST_BUGS = 3


@dataclass(frozen=True, slots=True)
class Proof:
    """One thing that was to be proved: what, how much of it there was, and where it does not hold."""

    claim: str
    mistakes: tuple[str, ...]


def prove(
    laboratory: Laboratory, reference: Reference, variants: Mapping[str, Sequence[Variant]], seeds: Sequence[int]
) -> Iterator[Proof]:
    """Run every experiment on a homework, and say what came of it."""
    homework = reference.homework
    experiments = list(_experiments(reference, variants, seeds))
    findings = {(one.experiment.name, one.experiment.transport): one for one in laboratory.run(experiments)}
    over_border = {name: finding for (name, transport), finding in findings.items() if transport == "worker"}

    solution = [text for seed in seeds for text in _all(over_border[f"solution, seed {seed}"], Outcome.PASSED)]
    yield Proof(f"the solution scores 100 with the seeds {', '.join(map(str, seeds))}", tuple(solution))
    skeleton = _all(over_border["skeleton"], Outcome.NOT_STARTED)
    yield Proof("every stage of the skeleton scores 0 and is not started", tuple(skeleton))
    independent = [text for name in names(homework) for text in _all(over_border[f"up to {name}"], Outcome.PASSED)]
    yield Proof("a stage needs no later stage", tuple(independent))
    stubs = [text for name in names(homework) for text in _all(over_border[f"without {name}"], Outcome.NOT_STARTED)]
    yield Proof("every test fails on the stub of its stage", tuple(stubs))

    bugs = [variant for stage in homework.stages for variant in variants[stage.name] if variant.kind == "bug"]
    others = [variant for stage in homework.stages for variant in variants[stage.name] if variant.kind == "alternative"]
    yield Proof(f"every planted bug is caught ({len(bugs)} bugs)", tuple(_uncaught(homework, bugs, over_border)))
    yield Proof("every test catches a planted bug", tuple(_idle_tests(bugs, over_border)))
    refused = [text for variant in others for text in _all(over_border[_label(variant)], Outcome.PASSED)]
    yield Proof(f"every alternative solution passes ({len(others)})", tuple(refused))
    yield Proof(f"both transports give the same outcomes ({len(over_border)} libraries)", tuple(_disagreements(findings)))


def _experiments(reference: Reference, variants: Mapping[str, Sequence[Variant]], seeds: Sequence[int]) -> Iterator[Experiment]:
    homework = reference.homework
    everything = names(homework)
    position = {name: index for index, name in enumerate(everything)}
    for transport in TRANSPORTS:
        for seed in seeds:
            yield Experiment(f"solution, seed {seed}", homework.name, transport, seed, everything)
        yield Experiment("skeleton", homework.name, transport, seeds[0], everything, None)
        for index, name in enumerate(everything):
            later = reference.stubs(lambda region, index=index: position[region.stage] > index)  # type: ignore[misc]
            yield Experiment(f"up to {name}", homework.name, transport, seeds[0], (name,), later)
            own = reference.stubs(lambda region, name=name: region.stage == name)  # type: ignore[misc]
            yield Experiment(f"without {name}", homework.name, transport, seeds[0], (name,), own)
            for variant in variants[name]:
                yield Experiment(_label(variant), homework.name, transport, seeds[0], (name,), variant.bodies)


def _label(variant: Variant) -> str:
    return f"{variant.kind} {variant.stage}/{variant.name}"


def _tests(finding: Finding) -> Iterator[tuple[StageResult, TestResult]]:
    return ((stage, test) for stage in finding.stages for test in stage.tests)


def _all(finding: Finding, outcome: Outcome) -> list[str]:
    """The tests that ended in another way, with what they said."""
    return [
        f"{finding.experiment.name}: {_test(test)} is {test.outcome}: {test.message or 'it passed'}"
        for _, test in _tests(finding)
        if test.outcome is not outcome
    ]


def _uncaught(homework: Homework, bugs: Sequence[Variant], findings: Mapping[str, Finding]) -> Iterator[str]:
    for stage in homework.stages:
        own = [bug for bug in bugs if bug.stage == stage.name]
        if len(own) < LEAST_BUGS:
            yield f"{stage.name} has {len(own)} planted bugs; plant {LEAST_BUGS}"
        for bug in own:
            outcomes = {test.outcome for _, test in _tests(findings[_label(bug)])}
            if outcomes <= {Outcome.PASSED}:
                yield f"{stage.name}: no test catches {bug.name} ({bug.why})"
            if Outcome.ERROR in outcomes:
                said = next(test.message for _, test in _tests(findings[_label(bug)]) if test.outcome is Outcome.ERROR)
                yield f"{stage.name}: {bug.name} ends in an error of ours: {said}"
        by_public = [
            bug for bug in own if any(not t.hidden and t.outcome is Outcome.FAILED for _, t in _tests(findings[_label(bug)]))
        ]
        if 2 * len(by_public) < len(own):
            yield f"{stage.name}: public tests catch {len(by_public)} of {len(own)} bugs; make it half of them"


def _idle_tests(bugs: Sequence[Variant], findings: Mapping[str, Finding]) -> Iterator[str]:
    useful: set[tuple[str, str, bool]] = set()
    everyone: dict[tuple[str, str, bool], TestResult] = {}
    for bug in bugs:
        for _, test in _tests(findings[_label(bug)]):
            everyone[test.stage, test.name, test.hidden] = test
            if test.outcome is Outcome.FAILED:
                useful.add((test.stage, test.name, test.hidden))
    for key, test in everyone.items():
        if key not in useful:
            yield f"{_test(test)} fails on no planted bug; plant one that it catches, or take it away"


def _disagreements(findings: Mapping[tuple[str, TransportName], Finding]) -> Iterator[str]:
    for (name, transport), finding in findings.items():
        if transport != TRANSPORTS[0]:
            continue
        other = findings[name, TRANSPORTS[1]]
        for (_, here), (_, there) in zip(_tests(finding), _tests(other), strict=True):
            if (here.outcome, here.kind) != (there.outcome, there.kind):
                said = [f"{test.outcome} ({test.kind}: {test.message.partition(chr(10))[0]})" for test in (here, there)]
                yield f"{name}: {_test(here)} is {said[0]} in process and {said[1]} over the border"


def _test(test: TestResult) -> str:
    return f"{test.stage}/{test.name}" + (" (hidden)" if test.hidden else "")
