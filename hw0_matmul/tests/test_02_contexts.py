"""contexts: what a decorator and a context manager do around a body, whether it returns or raises."""

import torch


def test_decorated_function(student, rng, close):
    """returns what the original returns, and keeps its name and docstring"""
    a, b = rng.standard_normal((3, 4)), rng.standard_normal((4, 2))
    got = student.shapes_of_product(a, b)
    close(got["value"], torch.tensor(a) @ torch.tensor(b), kind="reduction")
    close([got["name"], got["doc"]], ["product", "Multiply two matrices."])


def test_last_shapes(student, rng, close):
    """remembers the shapes of the last call, and None before the first"""
    got = student.shapes_of_product(rng.standard_normal((3, 4)), rng.standard_normal((4, 2)))
    close({name: got[name] for name in ("before", "after")}, {"before": None, "after": [(3, 4), (4, 2)]})


def test_any_arguments(student, rng, close):
    """passes on all arguments, positional and keyword, and takes the shapes of those that are arrays"""
    arrays, keywords = [rng.standard_normal(3), rng.standard_normal((2, 1, 5))], {"bias": rng.standard_normal((1, 7))}
    got = student.shapes_of_call(arrays, keywords, 0.5)
    close(got, {"number": 0.5, "arrays": arrays, "keywords": keywords, "last shapes": [(3,), (2, 1, 5), (1, 7)]})


def test_shapes_that_do_not_fit(student, rng):
    """names the function and all shapes in the error, and keeps the original message"""
    a, b = rng.standard_normal((3, 4)), rng.standard_normal((5, 2))
    message = student.raises(ValueError).shapes_that_do_not_fit(a, b)
    for part in ("weighted_sum", "(3, 4)", "(5, 2)", "could not be broadcast"):
        assert part in message, f"the message should hold {part!r}, it is {message!r}"


def test_body_that_raises(student, rng, close):
    """remembers the shapes and the original error when the body raises"""
    shapes = [(2, 6)]
    got = student.shapes_after_an_error(rng.standard_normal((2, 6)), lookup=False)
    close(got, {"raised": "ValueError", "cause": "ValueError", "last shapes": shapes})


def test_timer(student):
    """measures the seconds of a block, sleep included, and is itself what `as` names"""
    pause = 0.02
    got = student.timed_pauses([pause])
    seconds, around = got["pairs"][0]
    assert got["as is the timer"], "`with timer as same` should make `same` the timer"
    assert pause * 0.9 <= seconds <= around, f"slept {pause} s, {around} s around the block, the timer says {seconds}"


def test_timer_when_the_block_raises(student):
    """measures a block that raises, and lets its exception out"""
    pause = 0.02
    got = student.timed_error(pause)
    assert got["came out"] == "LookupError('lost')", f"the block's LookupError should come out, got {got['came out']}"
    assert got["seconds"] is not None, "the timer has no seconds after a block that raised"
    assert pause * 0.9 <= got["seconds"] <= got["around"], f"the block slept {pause} s, the timer says {got['seconds']}"
