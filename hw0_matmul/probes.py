"""What the tests of hw0 ask: each probe calls the student's code and brings back what it saw, never a verdict."""

import sys
import tempfile
from pathlib import Path

import numpy as np

# polynomial


# contexts


# callbacks


# testing


# notebooks


# matmul_loops


# matmul_slice


# matmul_broadcast


# broadcasting


def broadcast_shapes(ndl, shapes):
    """A list of shapes → the shape that they broadcast to."""
    return ndl.broadcast_shapes(*shapes)


def expand_strides(ndl, shape, strides, target):
    """A shape, its strides in elements and a target shape → the strides that read the one as the other."""
    return ndl.expand_strides(shape, strides, target)


def read_expanded(ndl, a, target):
    """A compact array and a target shape → the array as the strides of expand_strides read it from memory."""
    compact = [int(np.prod(a.shape[axis + 1 :])) for axis in range(a.ndim)]
    strides = ndl.expand_strides(a.shape, tuple(compact), target)
    positions = sum(index * stride for index, stride in zip(np.indices(target), strides, strict=True))
    return a.reshape(-1)[positions]  # an index outside of the memory raises, where a strided view would read on


# einsum


def einsum(ndl, spec, arrays):
    """A spec and a list of arrays → what einsum makes of them."""
    return ndl.einsum(spec, *arrays)


def einsum_result_owned(ndl, spec, array):
    """A spec for one array → whether the result shares memory with that array."""
    return bool(np.shares_memory(ndl.einsum(spec, array), array))


def numpy_einsum_calls(ndl, spec, arrays):
    """A spec and a list of arrays → how often einsum calls numpy's own einsum."""
    original, calls = np.einsum, []
    np.einsum = lambda *arguments, **keywords: calls.append(1) or original(*arguments, **keywords)
    try:
        ndl.einsum(spec, *arrays)
    finally:
        np.einsum = original
    return len(calls)


def matmul_einsum(ndl, a, b):
    """(m, k) and (k, n) → their product (m, n)."""
    return ndl.matmul_einsum(a, b)


# elementwise


def add(ndl, a, b):
    """Two arrays that broadcast → their sum."""
    return ndl.add(a, b)


def compare(ndl, a, b):
    """Two arrays that broadcast → a bool array, where a is less than b."""
    return ndl.compare(a, b)


def mean(ndl, a):
    """An array → the mean of all its elements."""
    return ndl.mean(a)


def frobenius_norm(ndl, a):
    """An array → its Frobenius norm."""
    return ndl.frobenius_norm(a)


def elements_read_one_by_one(ndl, a, b):
    """Two arrays of one shape → for each function how many elements or rows of them Python code picked out."""
    picked = []

    class Watched(np.ndarray):
        def __getitem__(self, index):
            picked.append(1)
            return super().__getitem__(index)

        def __iter__(self):
            for one in super().__iter__():
                picked.append(1)
                yield one

        def tolist(self):
            picked.extend([1] * self.size)
            return super().tolist()

        @property
        def flat(self):
            picked.extend([1] * self.size)
            return super().flat

    counts = {}
    for name, function, arguments in (
        ("add", ndl.add, (a, b)),
        ("compare", ndl.compare, (a, b)),
        ("mean", ndl.mean, (a,)),
        ("frobenius_norm", ndl.frobenius_norm, (a,)),
    ):
        picked.clear()
        function(*(argument.view(Watched) for argument in arguments))
        counts[name] = len(picked)
    return counts


# matmul_tiled


def as_tiles(ndl, a, tile):
    """(m, n) and the side of a tile → the grid of tiles (m // tile, n // tile, tile, tile)."""
    return ndl.as_tiles(a, tile)


def tiles_share_memory(ndl, a, tile):
    """(m, n) and the side of a tile → whether the tiles share memory with the array."""
    return bool(np.shares_memory(ndl.as_tiles(a, tile), a))


def matmul_tiled(ndl, a, b, tile):
    """(m, k), (k, n) and the side of a tile → the product (m, n)."""
    return ndl.matmul_tiled(a, b, tile)


def tiles_taken(ndl, a, b, tile):
    """(m, k), (k, n) and the side of a tile → the sides that matmul_tiled asked as_tiles for, one a call."""
    module, original, sides = sys.modules[ndl.as_tiles.__module__], ndl.as_tiles, []

    def watched(array, tile):
        sides.append(int(tile))
        return original(array, tile)

    module.as_tiles = watched
    try:
        ndl.matmul_tiled(a, b, tile)
    finally:
        module.as_tiles = original
    return sides


# benchmark


def benchmark(ndl, seconds, repeat, warm_up):
    """Name → the seconds that its calls take, in order → names in order, seconds, ratios, and what was called.

    The functions move the hands of a clock of their own, so what they "take" is exact and costs no time.
    """
    now, calls, readings = [1000.0], {name: 0 for name in seconds}, []
    a, b = np.arange(2.0), np.arange(3.0)
    arguments_right = []

    def function_taking(name, durations):
        durations = iter(durations)

        def function(*arguments):
            calls[name] += 1
            arguments_right.append(len(arguments) == 2 and arguments[0] is a and arguments[1] is b)
            now[0] += next(durations)

        return function

    def clock():
        readings.append(now[0])
        return now[0]

    functions = {name: function_taking(name, durations) for name, durations in seconds.items()}
    timings = ndl.benchmark(functions, a, b, repeat=repeat, warm_up=warm_up, clock=clock)
    return {
        "order": list(timings),
        "seconds": {name: float(timing.seconds) for name, timing in timings.items()},
        "ratio": {name: float(timing.ratio) for name, timing in timings.items()},
        "calls": calls,
        "every call got a and b": all(arguments_right),
        "readings of the clock": len(readings),
    }


def benchmark_defaults(ndl, a, b):
    """Two arrays → how often benchmark calls a function when it is not told how often."""
    calls = []
    ndl.benchmark({"one": lambda a, b: calls.append(1)}, a, b)
    return len(calls)


def epoch_hours(ndl, seconds_per_row, rows):
    """Seconds for a row and a number of rows → hours."""
    return ndl.epoch_hours(seconds_per_row, rows)


# mnist


def parse_mnist(ndl, images, labels):
    """The bytes of an image file and of a label file → X (n, rows * columns) and y (n,)."""
    with tempfile.TemporaryDirectory() as folder:
        image_filename, label_filename = Path(folder, "images-idx3-ubyte"), Path(folder, "labels-idx1-ubyte")
        image_filename.write_bytes(images)
        label_filename.write_bytes(labels)
        X, y = ndl.parse_mnist(str(image_filename), str(label_filename))
    return {"X": X, "y": y}


def parse_mnist_part(ndl, images, labels, every):
    """The bytes of an image file and of a label file → the shape of X, one row in `every` of it, and y."""
    both = parse_mnist(ndl, images, labels)
    return {"shape": both["X"].shape, "rows": both["X"][::every], "y": both["y"]}


def parse_mnist_writeable(ndl, images, labels):
    """The bytes of an image file and of a label file → which of X and y can be written to."""
    return {name: bool(array.flags.writeable) for name, array in parse_mnist(ndl, images, labels).items()}


def normalize(ndl, x, mean, std):
    """An array, a mean and a standard deviation → the normalised array."""
    return ndl.normalize(x, mean, std)


# softmax


def softmax_loss(ndl, Z, y):
    """Logits (m, classes) and classes (m,) → the mean softmax loss."""
    return ndl.softmax_loss(Z, y)


def softmax_regression_epoch(ndl, X, y, theta, lr, batch):
    """X (n, features), y (n,), and theta (features, classes), which changes → what the epoch returned."""
    return ndl.softmax_regression_epoch(X, y, theta, lr=lr, batch=batch)


def softmax_regression_defaults(ndl, X, y, theta):
    """The same with the default learning rate and batch."""
    return ndl.softmax_regression_epoch(X, y, theta)


def nn_epoch(ndl, X, y, W1, W2, lr, batch):
    """X (n, features), y (n,), and W1 (features, hidden), W2 (hidden, classes), which change → what was returned."""
    return ndl.nn_epoch(X, y, W1, W2, lr=lr, batch=batch)


def nn_defaults(ndl, X, y, W1, W2):
    """The same with the default learning rate and batch."""
    return ndl.nn_epoch(X, y, W1, W2)


def train_softmax_regression(ndl, X, y, theta, lr, batch, epochs):
    """X (n, features), y (n,), starting weights (features, classes) → the weights after many epochs."""
    for _ in range(epochs):
        ndl.softmax_regression_epoch(X, y, theta, lr=lr, batch=batch)
    return theta


def train_nn(ndl, X, y, W1, W2, lr, batch, epochs):
    """X (n, features), y (n,), starting weights W1 and W2 → the weights after many epochs."""
    for _ in range(epochs):
        ndl.nn_epoch(X, y, W1, W2, lr=lr, batch=batch)
    return {"W1": W1, "W2": W2}
