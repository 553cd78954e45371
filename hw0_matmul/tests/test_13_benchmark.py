"""Timing: what is called and how often, the median, the ratio, and hours for an epoch."""


def test_benchmark_worked_case(student, close):
    """finds seconds and the ratio to the slowest, and puts the slowest first"""
    seen = student.benchmark({"fast": [2.0] * 4, "slow": [10.0] * 4, "middle": [5.0] * 4}, repeat=3, warm_up=1)
    close(seen["order"], ["slow", "middle", "fast"])
    close(seen["seconds"], {"slow": 10.0, "middle": 5.0, "fast": 2.0})
    close(seen["ratio"], {"slow": 1.0, "middle": 2.0, "fast": 5.0})


def test_benchmark_calls(student, close):
    """calls each function with both arrays, warm_up times and then repeat times"""
    seen = student.benchmark({"one": [1.0] * 9, "two": [1.0] * 9}, repeat=5, warm_up=2)
    close(seen["calls"], {"one": 7, "two": 7})
    assert seen["every call got a and b"], "a function was called with something other than the two arrays a, b"


def test_benchmark_warm_up(student, close):
    """leaves the warm-up out of the time"""
    seen = student.benchmark({"one": [500.0, 100.0, 3.0]}, repeat=1, warm_up=2)
    close(seen["seconds"], {"one": 3.0})


def test_benchmark_median(student, close):
    """takes the median of the timed calls, which one slow call does not spoil"""
    seen = student.benchmark({"one": [2.0, 60.0, 1.0, 3.0, 4.0]}, repeat=5, warm_up=0)
    close(seen["seconds"], {"one": 3.0})


def test_epoch_hours(student, close):
    """turns seconds for a row into hours for all the rows"""
    close(student.epoch_hours(0.5, 7200), 1.0)
    close(student.epoch_hours(0.06, 60_000), 1.0)
