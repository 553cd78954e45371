"""Timing, with other data: an even number of calls, equal times, defaults."""

import statistics


def test_benchmark_random_times(student, rng, close):
    """finds the median and the ratio of random times, for odd and even numbers of calls"""
    for repeat in (1, 4, 7):
        seconds = {name: rng.integers(1, 100, size=repeat + 3).astype(float).tolist() for name in "abc"}
        seen = student.benchmark(seconds, repeat=repeat, warm_up=3)
        medians = {name: statistics.median(durations[3:]) for name, durations in seconds.items()}
        close(seen["seconds"], medians)
        close(seen["ratio"], {name: max(medians.values()) / median for name, median in medians.items()})
        close([medians[name] for name in seen["order"]], sorted(medians.values(), reverse=True))


def test_benchmark_without_warm_up(student, close):
    """needs no warm-up, and reads the clock twice for each timed call"""
    seen = student.benchmark({"one": [4.0] * 3, "two": [8.0] * 3}, repeat=3, warm_up=0)
    close(seen["calls"], {"one": 3, "two": 3})
    close(seen["readings of the clock"], 12)


def test_benchmark_defaults(student, rng, close):
    """calls a function once to warm up and five times to time it, where it is not told otherwise"""
    close(student.benchmark_defaults(rng.standard_normal(2), rng.standard_normal(2)), 6)
