"""Both transports carry the same calls with the same outcomes; what ends a worker costs one test, and no other."""

import textwrap

import numpy as np
import pytest

from grader.course.overlay import reference_library, skeleton_library
from grader.judge.grade import grade_submission, room_for
from grader.judge.limits import Limits
from grader.judge.remote import Remote, prepared
from grader.judge.result import Kind, Outcome
from grader.judge.suite import load_suite
from grader.judge.transport import Lost, Raised, Value
from grader.sandbox.confinement import Unconfined

SHORT = Limits(seconds_a_call=1.0, seconds_to_load=5.0, output_bytes=100_000)


@pytest.fixture
def remote(tiny):
    """A function: the text of hw0's file → a transport to a worker that runs it."""
    opened = []

    def open_remote(source, limits=SHORT):
        homework = tiny.homework("0")
        library = {homework.name: {"needle/tiny.py": textwrap.dedent(source).encode()}}
        room = room_for(tiny, homework, library)
        transport = Remote(homework.name, room.__enter__(), Unconfined(), limits)
        opened.append((room, transport))
        return transport

    yield open_remote
    for room, transport in opened:
        transport.close()
        room.__exit__(None, None, None)


TOTAL = "\ndef total(a): return a.sum()\n"


def test_a_value_comes_back(remote):
    answer = remote("def double(a): return 2 * a" + TOTAL).call("double", (np.arange(3.0),), {})

    assert isinstance(answer, Value)
    assert answer.value.tolist() == [0, 2, 4]


def test_what_a_call_did_to_its_arguments_comes_back(remote):
    answer = remote("def double(a): a[0] = 7; return a" + TOTAL).call("double", (np.arange(3.0),), {})

    assert {index: array.tolist() for index, array in answer.changed.items()} == {0: [7, 1, 2]}


def test_an_exception_comes_back_with_its_place(remote):
    answer = remote("def double(a):\n    raise ValueError('no')" + TOTAL).call("double", (1,), {})

    assert isinstance(answer, Raised)
    assert (answer.type, answer.message, answer.places[-1].line) == ("ValueError", "no", 2)
    assert answer.places[-1].file == "hw0_tiny/needle/tiny.py"


@pytest.mark.parametrize(
    ("body", "kind", "reason"),
    [
        ("while True: pass", Kind.TIME, "1 s"),
        ("import os; os._exit(0)", Kind.EXIT, "exit status 0"),
        ("import os; os.kill(os.getpid(), 11)", Kind.EXIT, "SIGSEGV"),
        ("print('x' * 1_000_000)", Kind.OUTPUT, "100,000 bytes"),
        ("return object()", Kind.TYPE, "type object"),
        ("import os; os.closerange(3, 50)", Kind.EXIT, "exit status 1"),
    ],
)
def test_a_lost_call_costs_one_call(remote, body, kind, reason):
    transport = remote(f"def double(a):\n    if a == 1:\n        {body}\n    return 2 * a" + TOTAL)

    lost = transport.call("double", (1,), {})
    after = transport.call("double", (2,), {})

    assert isinstance(lost, Lost) and lost.kind is kind and reason in lost.reason
    assert isinstance(after, Value) and after.value == 4


@pytest.mark.parametrize(
    ("forgery", "words"),
    [
        ("b'nonsense, and more of it'", "no frame"),
        ("wire.encode({'kind': 'value', 'value': 1, 'changed': {}, 'number': 77})", "another call"),
        ("wire.encode({'kind': 'verdict', 'passed': True, 'number': 1})", "another form"),
        ("wire.PREFIX.pack(wire.MAGIC, 1 << 31, 0)", "too large"),
    ],
)
def test_a_forged_frame_is_no_answer(remote, forgery, words):
    source = f"""
        def double(a):
            import os, stat
            from grader.worker import wire
            for n in range(3, 50):
                try:
                    if stat.S_ISSOCK(os.fstat(n).st_mode): os.write(n, {forgery})
                except OSError: pass
            while True: pass
    """

    answer = remote(textwrap.dedent(source) + TOTAL).call("double", (1,), {})

    assert isinstance(answer, Lost) and answer.kind is Kind.UNREADABLE and words in answer.reason


def test_an_answer_too_many_is_found_at_the_next_call(remote):
    source = """
        def double(a):
            import os, stat
            from grader.worker import wire
            for n in range(3, 50):
                try:
                    if stat.S_ISSOCK(os.fstat(n).st_mode):
                        answers = [{'kind': 'value', 'value': 42, 'changed': {}, 'number': number} for number in (1, 2)]
                        os.write(n, b"".join(map(wire.encode, answers)))
                except OSError: pass
            return 2 * a
    """
    transport = remote(textwrap.dedent(source) + TOTAL)

    transport.call("double", (1,), {})
    answer = transport.call("double", (1,), {})

    assert isinstance(answer, Lost) and "nobody asked for" in answer.reason


@pytest.mark.parametrize(
    ("source", "kind"),
    [
        ("import os; os._exit(0)", Kind.EXIT),
        ("while True: pass", Kind.TIME),
        ("print('x' * 1_000_000)", Kind.OUTPUT),
    ],
)
def test_a_library_that_cannot_be_imported_is_not_tried_again(remote, source, kind):
    transport = remote(source, Limits(seconds_to_load=1.0, output_bytes=100_000))

    first, second = transport.call("double", (1,), {}), transport.call("double", (1,), {})

    assert isinstance(first, Lost) and first.kind is kind and first.at_import
    assert second is first


def test_the_time_of_a_submission_is_limited_in_all(remote):
    transport = remote("def double(a):\n    while True: pass" + TOTAL, Limits(seconds_a_call=0.3, seconds_in_all=0.5))

    answers = [transport.call("double", (1,), {}) for _ in range(6)]

    assert "has for all its tests" in answers[-1].reason


def test_calls_that_are_sent_at_once_are_answered_in_order(remote):
    transport = remote("def double(a): return 2 * a" + TOTAL)

    answers = list(transport.send_all([prepared(number, "double", (number,), {}) for number in (5, 6, 7)]))

    assert [answer.value for answer in answers] == [10, 12, 14]


@pytest.mark.parametrize("body", ["pass", "while True: pass", "import os; os._exit(0)"])
def test_answers_that_nobody_hears_do_not_disturb_the_next_call(remote, body):
    transport = remote(f"def double(a):\n    if a == 2:\n        {body}\n    return 2 * a" + TOTAL)

    answers = transport.send_all([prepared(number, "double", (number,), {}) for number in (1, 2, 3)])
    first = next(answers)
    answers.close()

    assert first.value == 2
    assert transport.call("double", (4,), {}).value == 8


def test_the_time_of_a_submission_is_limited_among_calls_that_are_sent_at_once(remote):
    transport = remote("def double(a):\n    import time\n    time.sleep(0.3)" + TOTAL, Limits(seconds_in_all=0.7))

    answers = list(transport.send_all([prepared(number, "double", (number,), {}) for number in range(1, 20)]))

    assert len(answers) < 6
    assert "has for all its tests" in answers[-1].reason


def test_a_worker_has_numpy_and_no_torch_and_no_environment(remote, monkeypatch):
    monkeypatch.setenv("SECRET", "42")
    source = """
        def double(a):
            import importlib.util, os
            names = ("numpy", "torch", "pytest", "rich", "grader.judge", "solutions")
            def there(name):
                try: return importlib.util.find_spec(name) is not None
                except ModuleNotFoundError: return False
            return [name for name in names if there(name)] + [os.environ.get("SECRET")]
    """

    assert remote(textwrap.dedent(source) + TOTAL).call("double", (1,), {}).value == ["numpy", None]


def test_a_worker_writes_into_its_scratch_folder(remote):
    answer = remote("def double(a): return 2 * a" + TOTAL).call("double_of_file", (b"abc",), {})

    assert answer.value == 6


def grade(tiny, homework, library, **options):
    suite = load_suite(tiny, homework, hidden=True)
    return grade_submission(tiny, homework, suite, library, student="a", seed=3, confinement=Unconfined(), **options)


def test_the_reference_scores_100_and_the_skeleton_0(tiny):
    for homework in tiny.homeworks:
        assert grade(tiny, homework, reference_library(tiny, homework)).score == 100
        empty = grade(tiny, homework, skeleton_library(tiny, homework))
        assert empty.score == 0
        assert empty.outcomes == {Outcome.NOT_STARTED}


def test_a_stage_earns_points_in_proportion(tiny):
    homework = tiny.homework("0")
    result = grade(tiny, homework, reference_library(tiny, homework, {"tiny.py:total": "return np.sum(double(a))"}))

    assert result.score == pytest.approx(60 + 40 * 2 / 3, abs=0.01)


def test_an_old_bug_is_not_punished_twice_on_the_reference_base(tiny):
    homework = tiny.homework("1")
    library = {
        **reference_library(tiny, homework),
        "hw0_tiny": {"needle/tiny.py": b"def double(a): return 3 * a\ndef total(a): return 0\n"},
    }

    assert grade(tiny, homework, library).score == 0
    assert grade(tiny, homework, library, base="reference").score == 100


def test_a_file_that_was_not_handed_in_is_named(tiny):
    homework = tiny.homework("0")
    result = grade(tiny, homework, {homework.name: {}})

    assert result.score == 0
    assert "hw0_tiny.needle.tiny, which is not there" in result.stages[0].tests[0].message
