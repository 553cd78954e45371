"""The ladder: one matrix product, from nested loops in Python to PyTorch, timed rung by rung.

    python -m hw0_matmul.needle.ladder --out ladder.png

This file is given. A rung whose stage is not written yet shows as "not started", so run it after every stage. Until `benchmark`
is written, a time is that of the fastest of three calls, and then it is the median of eleven.
"""

import argparse
import timeit
from collections.abc import Callable
from typing import NamedTuple

import numpy as np

from .benchmark import Timing, benchmark, draw_benchmark, epoch_hours, format_ratio, format_seconds
from .cells import Cells
from .einsum import matmul_einsum
from .matmul import matmul_broadcast, matmul_loops, matmul_slice
from .tiles import matmul_tiled

SHAPES = {
    "5 rows of MNIST: (5, 784) @ (784, 10)": ((5, 784), (784, 10)),
    "(64, 32) @ (32, 64)": ((64, 32), (32, 64)),
}
MNIST_ROWS = 60_000


class Rung(NamedTuple):
    """One way to multiply two matrices."""

    name: str
    product: Callable  # of two matrices, of the kind that `prepare` makes
    prepare: Callable = np.asarray  # array → the kind of matrix that the rung works on; not timed
    share: slice = slice(None)  # which rows and columns of the result are computed; the time is scaled to all


class Measured(NamedTuple):
    """What came of a rung: the time of the whole product, or why there is none."""

    seconds: float | None
    remark: str = ""


def loops_over_lists(a, b):
    """The same three loops on Python lists."""
    out = [[0.0] * len(b[0]) for _ in a]
    for i in range(len(a)):
        for j in range(len(b[0])):
            for k in range(len(b)):
                out[i][j] += a[i][k] * b[k][j]
    return out


def loops_over_tensors(a, b):
    """The same three loops on torch tensors, where each number that is read or written is a tensor of its own."""
    out = a.new_zeros(a.shape[0], b.shape[1])
    for i in range(a.shape[0]):
        for j in range(b.shape[1]):
            for k in range(b.shape[0]):
                out[i, j] += a[i, k] * b[k, j]
    return out


def rungs():
    """List the rungs; those of torch only where torch can be imported."""
    ours = [
        Rung("loops over Cells", matmul_loops, Cells.from_array),
        Rung("loops over lists", loops_over_lists, np.ndarray.tolist),
        Rung("slices", matmul_slice),
        Rung("broadcasting", matmul_broadcast),
        Rung("einsum", matmul_einsum),
        Rung("tiles", lambda a, b: matmul_tiled(a, b, tile=min(16, len(a)))),  # as large as 5 rows allow
        Rung("numpy", np.matmul),
    ]
    try:
        # The library itself needs numpy alone. Torch is the last rung, a thing to measure and not to build on.
        import torch
    except ImportError:
        return ours
    torch.set_num_threads(1)  # on products this small, threads wait for each other longer than they multiply
    return [
        Rung("loops over torch scalars", loops_over_tensors, torch.from_numpy, share=slice(2)),
        *ours,
        Rung("torch", torch.matmul, torch.from_numpy),
    ]


def measure(rung, a, b):
    """Check one rung against numpy and time it."""
    left, right = a[rung.share], b[:, rung.share]
    prepared = rung.prepare(left), rung.prepare(right)
    try:
        product = rung.product(*prepared)
    except NotImplementedError:
        return Measured(None, "not started")
    except Exception as error:  # a half-written rung may raise anything, and the others shall still be timed
        return Measured(None, f"raised {type(error).__name__}: {error}")
    product = product.to_array() if isinstance(product, Cells) else np.asarray(product)
    expected = left @ right
    if product.shape != expected.shape or not np.allclose(product, expected, rtol=1e-3, atol=1e-3):
        return Measured(None, "not the product that numpy finds")

    scale = len(a) * b.shape[1] / expected.size
    remark = "" if scale == 1 else f"measured on {expected.size} of {len(a) * b.shape[1]} results, and scaled"
    return Measured(seconds_of(rung.product, *prepared) * scale, remark)


def seconds_of(product, a, b):
    """Time a product with `benchmark`; as long as that stage is not written, take the fastest of three calls."""
    try:
        return benchmark({"product": product}, a, b, repeat=11)["product"].seconds
    except NotImplementedError:
        return min(timeit.repeat(lambda: product(a, b), number=1, repeat=3))


def climb(left_shape, right_shape):
    """Measure every rung on random matrices of two shapes: a dict of name → Measured, as the rungs come."""
    rng = np.random.default_rng(0)
    a, b = (rng.standard_normal(shape, dtype=np.float32) for shape in (left_shape, right_shape))
    return {rung.name: measure(rung, a, b) for rung in rungs()}


def timings_of(measured):
    """Keep the rungs that were timed, each with its ratio to the slowest, and the slowest first."""
    seconds = {name: one.seconds for name, one in measured.items() if one.seconds is not None}
    slowest = max(seconds.values(), default=0.0)
    return {name: Timing(seconds[name], slowest / seconds[name]) for name in sorted(seconds, key=seconds.get)[::-1]}


def table(measured, rows):
    """Write the rungs as an aligned table, one line a rung."""
    timings = timings_of(measured)
    width = max(map(len, measured))
    lines = [f"  {'':{width}}  {'one product':>11}  {'faster by':>10}  {'60,000 rows':>12}"]
    for name, timing in timings.items():
        ratio, epoch = format_ratio(timing.ratio), epoch_time(timing.seconds / rows)
        lines.append(f"  {name:{width}}  {format_seconds(timing.seconds):>11}  {ratio:>10}  {epoch:>12}")
        lines[-1] += f"  ({measured[name].remark})" if measured[name].remark else ""
    lines += [f"  {name:{width}}  {one.remark:>11}" for name, one in measured.items() if one.seconds is None]
    return "\n".join(line.rstrip() for line in lines)


def epoch_time(seconds_per_row):
    """How long this rung needs for as many rows as MNIST has, as hours or in a smaller unit."""
    try:
        hours = epoch_hours(seconds_per_row, MNIST_ROWS)
    except NotImplementedError:
        return ""
    return f"{hours:.2f} hours" if hours >= 0.1 else format_seconds(hours * 3600)


def main():
    parser = argparse.ArgumentParser(prog="python -m hw0_matmul.needle.ladder", description=__doc__.splitlines()[0])
    parser.add_argument("--out", default="ladder.png", metavar="FILE.png", help="the picture (default: ladder.png)")
    out = parser.parse_args().out

    panels = {}
    for title, shapes in SHAPES.items():
        measured = climb(*shapes)
        print(f"{title}\n{table(measured, rows=shapes[0][0])}\n", flush=True)
        panels[title] = timings_of(measured)
    try:
        draw_benchmark(panels, out)
    except ImportError as error:
        print(f"no picture: {error}")
    else:
        print(f"the picture is in {out}")


if __name__ == "__main__":
    main()
