"""contexts, hidden: other exceptions, two functions, a timer used again."""


def test_other_exceptions_pass(student, rng, close):
    """lets exceptions that are no ValueError out as they are, and remembers the shapes"""
    got = student.shapes_after_an_error(rng.standard_normal((4, 1, 2)), lookup=True)
    close(got, {"raised": "KeyError", "cause": "NoneType", "last shapes": [(4, 1, 2)]})


def test_two_functions(student, rng, close):
    """keeps the shapes of each decorated function apart, and calls each once"""
    got = student.shapes_of_two_functions(rng.standard_normal((2, 3)), rng.standard_normal(5))
    close(got, {"first": [(2, 3)], "second": [(5,)], "runs": ["first", "second"]})


def test_scalar_arrays(student, rng, close):
    """takes the shapes of arrays with no axis and with no element"""
    arrays = [rng.standard_normal(()), rng.standard_normal((0, 3))]
    close(student.shapes_of_call(arrays, {}, 2)["last shapes"], [(), (0, 3)])


def test_timer_again(student):
    """starts from nothing each time it is used, and has None before the first"""
    pauses = [0.03, 0.01]
    got = student.timed_pauses(pauses)
    assert got["before"] is None, f"a timer that has not run has seconds None, got {got['before']}"
    for pause, (seconds, around) in zip(pauses, got["pairs"], strict=True):
        assert pause * 0.9 <= seconds <= around, f"slept {pause} s of {around} s in all, the timer says {seconds}"


def test_timer_made_early(student):
    """counts from the start of the block, not from when the timer was made"""
    pause = 0.05
    seconds = min(student.timed_late(pause) for _ in range(3))
    assert seconds < pause / 2, f"the block did nothing, {pause} s after the timer was made; the timer says {seconds}"
