"""How long a function takes, how much faster that is, and a picture of it."""

import time
from math import log
from statistics import median
from typing import NamedTuple


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
    raise NotImplementedError("hw0 · benchmark: see hw0_matmul/README.md, stage 13")


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
    raise NotImplementedError("hw0 · benchmark: see hw0_matmul/README.md, stage 13")


def format_seconds(seconds):
    """Write a duration with three digits and the unit that suits it: 0.0000314 → "31.4 µs"."""
    fitting = (one for one in (("s", 1.0), ("ms", 1e-3)) if seconds >= one[1])
    unit, size = next(fitting, ("µs", 1e-6))
    return f"{_three_digits(seconds / size)} {unit}"


def format_ratio(ratio):
    """Write how many times faster, with three digits: 1234.5 → "1,230×", 1.234 → "1.23×"."""
    return f"{_three_digits(ratio)}×"


def _three_digits(number):
    """Round to three digits, keep the zeros that say so, and write large numbers in full."""
    rounded = float(f"{number:.3g}")
    return f"{rounded:,.{0 if rounded >= 100 else 1 if rounded >= 10 else 2}f}"


def draw_benchmark(panels, filename):
    """Draw timings as bars on a logarithmic axis, one panel a measurement, into a PNG file.

    On a logarithmic axis equal distances are equal ratios: each grid line is ten times the one before.

    Args:
        panels: dict of panel title → what benchmark returned for it.
        filename: str or path of the PNG file to write.
    """
    from matplotlib.backends.backend_agg import FigureCanvasAgg
    from matplotlib.colors import LinearSegmentedColormap
    from matplotlib.figure import Figure

    ink, quiet, lines = "#1f2933", "#7b8794", "#e4e7eb"
    slow_to_fast = LinearSegmentedColormap.from_list("slow to fast", ["#c4553f", "#dda94b", "#5b9a8b", "#24677f"])
    slowest = max(timing.seconds for timings in panels.values() for timing in timings.values())
    fastest = min(timing.seconds for timings in panels.values() for timing in timings.values())
    left, right = fastest / 2.5, slowest * 6  # to the right there is room for the label of the longest bar
    most_bars = max(map(len, panels.values()))

    figure = Figure(figsize=(6.8 * len(panels), 1.5 + 0.42 * most_bars), dpi=160, facecolor="white")
    FigureCanvasAgg(figure)
    for axes, (title, timings) in zip(figure.subplots(1, len(panels), squeeze=False)[0], panels.items()):
        axes.set_xscale("log")
        axes.set_xlim(left, right)
        axes.set_ylim(most_bars - 0.4, -0.6)
        beside = axes.get_yaxis_transform()  # x as a share of the panel's width, y in bars
        axes.text(1.13, -0.75, "faster by", transform=beside, va="center", ha="right", color=quiet, size=8.5)
        for position, timing in enumerate(timings.values()):
            colour = slow_to_fast(_log_share(timing.seconds, slowest, fastest))
            axes.barh(position, timing.seconds - left, left=left, height=0.68, color=colour)
            axes.text(timing.seconds * 1.2, position, format_seconds(timing.seconds), va="center", color=ink, size=9)
            axes.text(
                1.13, position, format_ratio(timing.ratio), transform=beside, va="center", ha="right", color=ink, size=9
            )
        axes.set_title(title, loc="left", color=ink, size=11, weight="bold", pad=12)
        axes.set_xlabel("time of one product, each line ten times the one before", color=quiet, size=8.5, labelpad=6)
        axes.set_yticks(range(len(timings)), labels=list(timings))
        axes.xaxis.set_major_formatter(lambda seconds, _: format_seconds(seconds).replace(".00", "").replace(".0", ""))
        axes.minorticks_off()
        axes.tick_params(axis="y", length=0, labelsize=9.5, labelcolor=ink)
        axes.tick_params(axis="x", length=0, labelsize=8.5, labelcolor=quiet)
        axes.grid(axis="x", color=lines, linewidth=0.8)
        axes.set_axisbelow(True)
        axes.spines[:].set_visible(False)
    figure.tight_layout(w_pad=2.5)
    figure.savefig(filename)


def _log_share(seconds, slowest, fastest):
    """Say where a time lies between the slowest (0) and the fastest (1), on a logarithmic scale."""
    return 0.0 if fastest == slowest else log(slowest / seconds) / log(slowest / fastest)
