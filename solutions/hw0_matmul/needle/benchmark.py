"""How long a function takes, how much faster that is, and a picture of it."""

import time
from typing import NamedTuple

# BEGIN SOLUTION-ONLY
from statistics import median

# END SOLUTION-ONLY


class Timing(NamedTuple):
    """What benchmark measured of one function."""

    seconds: float  # of one call: the median of the timed ones
    ratio: float  # seconds of the slowest function / seconds of this one: 1 for the slowest, more for the others


def benchmark(functions, a, b, *, repeat=5, warm_up=1, clock=time.perf_counter):
    """Time several functions on the same two arrays and compare each with the slowest.

    seconds = median of the timed calls; ratio = seconds of the slowest / seconds

    Each function is called as function(a, b): first warm_up times without looking at the clock (the first call
    fills caches and loads what it needs), then repeat times, each call timed by itself. One interruption by
    another program spoils a mean, but not a median.

    Args:
        functions: dict of name → function of two arrays; at least one.
        a: the first argument of every call, an array of any shape.
        b: the second argument of every call, an array of any shape.
        repeat: int ≥ 1, how many calls of each function are timed.
        warm_up: int ≥ 0, how many calls of each function come before, untimed.
        clock: function without arguments that returns the time in seconds; read once before and once after each
            timed call. A test can give a clock of its own.

    Returns:
        A dict of name → Timing, the slowest function first.

    Source: the timeit module of Python's standard library.
    """
    # BEGIN SOLUTION benchmark
    medians = {}
    for name, function in functions.items():
        for _ in range(warm_up):
            function(a, b)
        seconds = []
        for _ in range(repeat):
            start = clock()
            function(a, b)
            seconds.append(clock() - start)
        medians[name] = median(seconds)

    slowest_first = sorted(medians, key=medians.get, reverse=True)
    slowest = medians[slowest_first[0]]
    return {name: Timing(medians[name], slowest / medians[name]) for name in slowest_first}
    # END SOLUTION


def epoch_hours(seconds_per_row, rows):
    """Say how many hours one pass over a data set takes.

    hours = seconds_per_row · rows / 3600

    Args:
        seconds_per_row: float, seconds for one row of the data.
        rows: int, the rows of the data set; MNIST has 60,000.

    Returns:
        float, hours.

    Source: 3600 seconds are an hour.
    """
    # BEGIN SOLUTION benchmark
    return seconds_per_row * rows / 3600
    # END SOLUTION


def format_seconds(seconds):
    """Write a duration with three digits and the unit that suits it: 0.0000314 → "31.4 µs"."""
    for unit, size in (("s", 1.0), ("ms", 1e-3), ("µs", 1e-6)):
        if seconds >= size:
            break
    return f"{seconds / size:.3g} {unit}"


def format_ratio(ratio):
    """Write how many times faster with two or three digits: 1234.5 → "1,230×", 1.23 → "1.2×"."""
    if ratio < 10:
        return f"{ratio:.1f}×"
    return f"{float(f'{ratio:.3g}'):,.0f}×"


def draw_benchmark(panels, filename):
    """Draw timings as bars on a logarithmic axis, one panel a measurement, into a PNG file.

    On a logarithmic axis equal distances are equal ratios: as far again is ten times slower again.

    Args:
        panels: dict of panel title → what benchmark returned for it.
        filename: str or path of the PNG file to write.
    """
    from matplotlib.backends.backend_agg import FigureCanvasAgg
    from matplotlib.figure import Figure

    ink, quiet, grid = "#1f2933", "#7b8794", "#e4e7eb"
    slow, fast = (0.79, 0.36, 0.27), (0.16, 0.47, 0.55)  # the colours of the slowest and of the fastest bar
    most_bars = max(len(timings) for timings in panels.values())
    figure = Figure(figsize=(6.6 * len(panels), 1.5 + 0.46 * most_bars), dpi=150, facecolor="white")
    FigureCanvasAgg(figure)

    every = [timing.seconds for timings in panels.values() for timing in timings.values()]
    left, right = min(every) / 3, max(every) * 40  # room for the labels behind the longest bar
    for axes, (title, timings) in zip(figure.subplots(1, len(panels), squeeze=False)[0], panels.items()):
        steepest = max(timing.ratio for timing in timings.values())
        for position, (name, timing) in enumerate(timings.items()):
            share = 0.0 if timing.ratio <= 1 else _log_share(timing.ratio, steepest)
            colour = [low + share * (high - low) for low, high in zip(slow, fast)]
            axes.barh(position, timing.seconds - left, left=left, height=0.66, color=colour)
            axes.text(timing.seconds * 1.25, position, format_seconds(timing.seconds), va="center", color=ink, size=9)
            axes.text(right * 0.8, position, format_ratio(timing.ratio), va="center", ha="right", color=quiet, size=9)
        axes.set_xscale("log")
        axes.set_xlim(left, right)
        axes.set_ylim(most_bars - 0.4, -0.9)
        axes.text(right * 0.8, -0.75, "faster by", va="center", ha="right", color=quiet, size=8)
        axes.set_yticks(range(len(timings)), labels=list(timings), color=ink, size=9.5)
        axes.set_title(title, loc="left", color=ink, size=11, weight="bold", pad=10)
        axes.set_xlabel("seconds for one product (each line is a factor of 10)", color=quiet, size=8.5)
        axes.grid(axis="x", color=grid, linewidth=0.8)
        axes.set_axisbelow(True)
        axes.tick_params(axis="both", length=0, labelcolor=ink)
        axes.tick_params(axis="x", which="both", length=0, labelsize=8.5, labelcolor=quiet)
        for side in axes.spines.values():
            side.set_visible(False)
    figure.tight_layout(w_pad=3)
    figure.savefig(filename)


def _log_share(ratio, steepest):
    """Where a ratio lies between 1 and the steepest one, on a logarithmic scale from 0 to 1."""
    from math import log

    return log(ratio) / log(steepest)
