"""What the tests of hw0 ask: each probe calls the student's code and brings back what it saw, never a verdict."""

import contextlib
import io
import runpy
import sys
import tempfile
import time
from pathlib import Path

import numpy as np

# polynomial


def polynomial(ndl, coefficients):
    """list of coefficients → the coefficients that the polynomial goes through, and its degree."""
    p = ndl.Polynomial(*coefficients)
    return {"coefficients": [*p], "degree": len(p)}


def polynomial_value(ndl, coefficients, x):
    """list of coefficients, a number or an array (…) → the values (…)."""
    return ndl.Polynomial(*coefficients)(x)


def polynomial_coefficient(ndl, coefficients, power):
    """list of coefficients, a power → the coefficient of that power."""
    return ndl.Polynomial(*coefficients)[power]


def polynomial_sum(ndl, a, b):
    """two lists of coefficients → the coefficients of the sum, and of both terms after it."""
    return _combined(ndl, a, b, lambda p, q: p + q)


def polynomial_product(ndl, a, b):
    """two lists of coefficients → the coefficients of the product, and of both factors after it."""
    return _combined(ndl, a, b, lambda p, q: p * q)


def polynomial_plus_text(ndl, coefficients, text):
    """list of coefficients, a text → whatever their sum is."""
    return ndl.Polynomial(*coefficients) + text


def polynomial_times_text(ndl, coefficients, text):
    """list of coefficients, a text → whatever their product is."""
    return ndl.Polynomial(*coefficients) * text


def polynomial_equality(ndl, a, b):
    """two lists of coefficients → what ==, != and the equality with a list answer, and how many a set of both holds."""
    p, q = ndl.Polynomial(*a), ndl.Polynomial(*b)
    return {"==": p == q, "!=": p != q, "== list": p == list(a), "in a set": len({p, q})}


def polynomial_texts(ndl, coefficients):
    """list of coefficients → both texts, and the coefficients of what the second evaluates to."""
    p = ndl.Polynomial(*coefficients)
    again = eval(repr(p), {"Polynomial": ndl.Polynomial})
    return {"str": str(p), "repr": repr(p), "evaluated": [*again]}


def _combined(ndl, a, b, operation):
    p, q = ndl.Polynomial(*a), ndl.Polynomial(*b)
    result = operation(p, q)
    return {"result": list(result.coefficients), "left": list(p.coefficients), "right": list(q.coefficients)}


# contexts


def shapes_of_product(ndl, a, b):
    """(m, k), (k, n) → their product by a decorated function, its name, docstring and last shapes before and after."""

    @ndl.check_shapes
    def product(a, b):
        """Multiply two matrices."""
        return a @ b

    before = product.last_shapes
    value = product(a, b)
    after = [tuple(shape) for shape in product.last_shapes]
    return {"value": value, "name": product.__name__, "doc": product.__doc__, "before": before, "after": after}


def shapes_of_call(ndl, arrays, keywords, number):
    """list of arrays, dict of arrays, a number → what a decorated function of all of them got, and its last shapes."""

    @ndl.check_shapes
    def gather(number, *arrays, **keywords):
        return {"number": number, "arrays": list(arrays), "keywords": keywords}

    got = gather(number, *arrays, **keywords)
    return {**got, "last shapes": [tuple(shape) for shape in gather.last_shapes]}


def shapes_of_two_functions(ndl, a, b):
    """two arrays, one for each of two decorated functions → the last shapes of both, and how often each ran."""
    runs = []
    first = ndl.check_shapes(lambda array: runs.append("first"))
    second = ndl.check_shapes(lambda array: runs.append("second"))
    first(a)
    second(b)
    shapes = [[tuple(shape) for shape in function.last_shapes] for function in (first, second)]
    return {"first": shapes[0], "second": shapes[1], "runs": runs}


def shapes_that_do_not_fit(ndl, a, b):
    """two arrays that have no sum → whatever a decorated sum gives."""

    @ndl.check_shapes
    def weighted_sum(a, b):
        return a + 2 * b

    return weighted_sum(a, b)


def shapes_after_an_error(ndl, a, lookup):
    """an array → the exception that a decorated function raised, its cause's type, and the last shapes after it."""

    @ndl.check_shapes
    def fail(a):
        return {}["nothing"] if lookup else int("seven")

    seen = None
    try:
        fail(a)
    except (KeyError, ValueError) as error:
        seen = error
    return {
        "raised": type(seen).__name__,
        "cause": type(getattr(seen, "__cause__", None)).__name__,
        "last shapes": [tuple(shape) for shape in fail.last_shapes],
    }


def timed_pauses(ndl, pauses):
    """list of seconds → for each, slept in the same timer: the timer's seconds, and those on the clock around it."""
    timer, pairs = ndl.Timer(), []
    for pause in pauses:
        start = time.perf_counter()
        with timer as same:
            time.sleep(pause)
        pairs.append([timer.seconds, time.perf_counter() - start])
    return {"pairs": pairs, "before": ndl.Timer().seconds, "as is the timer": same is timer}


def timed_late(ndl, pause):
    """seconds between making the timer and entering it → the timer's seconds for a block that does nothing."""
    timer = ndl.Timer()
    time.sleep(pause)
    with timer:
        pass
    return timer.seconds


def timed_error(ndl, pause):
    """seconds → those of a timer whose block sleeps and raises, those around it, and the exception that came out."""
    timer, out = ndl.Timer(), None
    start = time.perf_counter()
    try:
        with timer:
            time.sleep(pause)
            raise LookupError("lost")
    except LookupError as error:
        out = repr(error)
    return {"seconds": timer.seconds, "around": time.perf_counter() - start, "came out": out}


# callbacks


def factorial(ndl, n):
    """n → n!, without a callback."""
    return ndl.factorial(n)


def factorial_steps(ndl, n):
    """n → n! and the arguments of every call of its callback."""
    steps = []
    return {"value": ndl.factorial(n, lambda *step: steps.append(list(step))), "steps": steps}


def recorded_calls(ndl, calls):
    """list of lists of arguments → what a recorder keeps of these calls, and what a second recorder keeps of none."""
    recorder, idle = ndl.CallRecorder(), ndl.CallRecorder()
    for arguments in calls:
        recorder(*arguments)
    return {"calls": [list(call) for call in recorder.calls], "of the idle one": [list(call) for call in idle.calls]}


def cached_answers(ndl, questions, answers):
    """lists of arguments, and an answer for each → what a cached function answers, and what it had to compute."""
    book, computed = {tuple(question): answer for question, answer in zip(questions, answers, strict=True)}, []

    @ndl.cached
    def look_up(*question):
        """Look up an answer."""
        computed.append(list(question))
        return book[question]

    given = [look_up(*question) for question in questions]
    return {"answers": given, "computed": computed, "name": look_up.__name__, "doc": look_up.__doc__}


def cached_twice(ndl, number):
    """a number → the answers of two cached functions, x + 1 and x * 100, to that same number."""
    return [ndl.cached(lambda x: x + 1)(number), ndl.cached(lambda x: x * 100)(number)]


def fibonacci(ndl, n):
    """n → the n-th Fibonacci number, with no callback given."""
    return ndl.fibonacci(n)


def fibonacci_questions(ndl, n, cached):
    """n, whether answers are cached → the n-th Fibonacci number, and how often each k was computed on the way."""
    counts = {}

    def compute(k):
        counts[k] = counts.get(k, 0) + 1
        return ndl.fibonacci(k, answer)

    answer = ndl.cached(compute) if cached else compute
    return {"value": ndl.fibonacci(n, answer), "counts": {str(k): counts[k] for k in sorted(counts)}}


def partial_calls(ndl, given, given_keywords, calls):
    """arguments to fix, and a list of [positional, keywords] → what the function got in each of these calls."""
    function = ndl.partial(lambda *got, **keywords: [list(got), keywords], *given, **given_keywords)
    return [function(*positional, **keywords) for positional, keywords in calls]


def powers(ndl, count, x):
    """count, a number → what each of the functions makes of the number."""
    return [function(x) for function in ndl.power_functions(count)]


# testing


def test_eq(ndl, got, expected):
    """two values → None, unless it raises."""
    return ndl.test_eq(got, expected)


def near(ndl, got, expected, **tolerances):
    """two values of equal shape → whether they are near."""
    return ndl.near(got, expected, **tolerances)


def test_near(ndl, got, expected, **tolerances):
    """two values of equal shape → None, unless it raises."""
    return ndl.test_near(got, expected, **tolerances)


def test_near_zero(ndl, got, **tolerance):
    """a value → None, unless it raises."""
    return ndl.test_near_zero(got, **tolerance)


# notebooks


def is_export(ndl, cell):
    """a cell of a notebook → whether it is marked for the module."""
    return ndl.is_export(cell)


def exported_module(ndl, notebook, file_name=None):
    """bytes of lesson.ipynb → the module's file name, its text, and the names and values that it defines."""
    with _file("lesson.ipynb", notebook) as path:
        given = ndl.notebook_to_module(path, None if file_name is None else path.parent / file_name)
        made = [file for file in path.parent.iterdir() if file != path]
        text = given.read_text(encoding="utf-8")
        defined = {name: value for name, value in runpy.run_path(str(given)).items() if not name.startswith("_")}
        return {
            "returned": given.name,
            "files": sorted(file.name for file in made),
            "text": text,
            "values": {name: value for name, value in defined.items() if isinstance(value, (int, str))},
        }


def run_notebook(ndl, notebook):
    """bytes of lesson.ipynb → the numbers and texts in its namespace after the last cell."""
    with _file("lesson.ipynb", notebook) as path:
        namespace = ndl.run_notebook(path)
    return {name: value for name, value in namespace.items() if isinstance(value, (int, str))}


def failing_notebook(ndl, notebook):
    """bytes of lesson.ipynb → what its cells printed, which cell failed, the message and the cause's type."""
    failure, printed = None, io.StringIO()
    with _file("lesson.ipynb", notebook) as path, contextlib.redirect_stdout(printed):
        try:
            ndl.run_notebook(path)
        except ndl.NotebookError as error:
            failure = error
    return {
        "printed": printed.getvalue(),
        "cell": getattr(failure, "cell", None),
        "message": str(failure),
        "cause": type(getattr(failure, "__cause__", None)).__name__,
    }


def command_line(ndl, arguments, in_program=False):
    """arguments of a command → what the function got and gave, the exit status, and what was written where.

    The command is train(data, epochs: int = 10, learning_rate=0.1, seed: int | None = None, shuffle=True,
    verbose: bool = False); with in_program the arguments come from the program's own.
    """
    got = {}

    def train(data, epochs: int = 10, learning_rate=0.1, seed: int | None = None, shuffle=True, verbose: bool = False):
        """Train a classifier on a folder of digits."""
        got.update(data=data, epochs=epochs, learning_rate=learning_rate, seed=seed, shuffle=shuffle, verbose=verbose)
        return f"trained on {data}"

    return {"got": got, **_command(ndl, train, arguments, in_program)}


def command_without_defaults(ndl, arguments):
    """arguments of the command repeat(times: int, word, loud: bool) → as command_line, its two texts left out."""
    got = {}

    def repeat(times: int, word, loud: bool):
        got.update(times=times, word=word, loud=loud)

    outcome = _command(ndl, repeat, arguments, in_program=False)
    return {"got": got, "exit": outcome["exit"]}


def _command(ndl, function, arguments, in_program):
    out, err, returned, status = io.StringIO(), io.StringIO(), None, None
    program, sys.argv = sys.argv, ["train.py", *(arguments if in_program else ["from-the-program"])]
    try:
        with contextlib.redirect_stdout(out), contextlib.redirect_stderr(err):
            returned = ndl.cli(function) if in_program else ndl.cli(function, arguments)
    except SystemExit as stop:
        status = stop.code
    finally:
        sys.argv = program
    return {"returned": returned, "exit": status, "stdout": out.getvalue(), "stderr": err.getvalue()}


@contextlib.contextmanager
def _file(name, content):
    """The path of a file with this content, in a folder of its own, for as long as the block lasts."""
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / name
        path.write_bytes(content)
        yield path


# matmul_loops


def product_sizes(ndl, a, b):
    """two arrays → the three sizes of their product."""
    return ndl.product_sizes(a, b)


def matmul_loops(ndl, a, b):
    """(m, k), (k, n) → their product (m, n), computed on cells."""
    return ndl.matmul_loops(ndl.Cells.from_array(a), ndl.Cells.from_array(b)).to_array()


def cells_read(ndl, a, b):
    """(m, k), (k, n) → their product (m, n), and how often cells were read, or copied out as a whole."""
    seen = {"read": 0, "copied out": 0}

    class Watched(ndl.Cells):
        def __getitem__(self, index):
            seen["read"] += 1
            return super().__getitem__(index)

        def to_array(self):
            seen["copied out"] += 1
            return super().to_array()

    out = ndl.matmul_loops(Watched.from_array(a), Watched.from_array(b))
    return {"product": ndl.Cells.to_array(out), **seen}


# matmul_slice


def matmul_slice(ndl, a, b):
    """(m, k), (k, n) → their product (m, n)."""
    return ndl.matmul_slice(a, b)


def slice_operations(ndl, a, b):
    """(m, k), (k, n) → their product, and the number, most axes and names of the operations on the two."""
    return _operations(ndl.matmul_slice, a, b)


# matmul_broadcast


def matmul_broadcast(ndl, a, b):
    """(m, k), (k, n) → their product (m, n)."""
    return ndl.matmul_broadcast(a, b)


def broadcast_operations(ndl, a, b):
    """(m, k), (k, n) → their product, and the number, most axes and names of the operations on the two."""
    return _operations(ndl.matmul_broadcast, a, b)


_PRODUCTS = (np.dot, np.vdot, np.inner, np.outer, np.einsum, np.tensordot, np.kron)


class _Noted(np.ndarray):
    """An array, and every view of it, that notes what numpy computes with it: the name, and the most axes involved."""

    def __array_finalize__(self, source):
        self.notes = getattr(source, "notes", None)

    def __array_ufunc__(self, ufunc, method, *inputs, out=None, **keywords):
        if out is not None:
            keywords["out"] = tuple(map(_plain, out))
        return self._note(ufunc.__name__, inputs, getattr(ufunc, method)(*map(_plain, inputs), **keywords))

    def __array_function__(self, function, types, arguments, keywords):
        if function not in _PRODUCTS:
            return super().__array_function__(function, types, arguments, keywords)
        return self._note(function.__name__, arguments, function(*map(_plain, arguments), **keywords))

    def dot(self, other):
        return np.dot(self, other)

    def _note(self, name, arguments, result):
        self.notes.append((name, max(value.ndim for value in (*arguments, result) if isinstance(value, np.ndarray))))
        return result


def _plain(value):
    """The same value, as an ordinary array if it is an array that notes."""
    return value.view(np.ndarray) if isinstance(value, _Noted) else value


def _operations(product, a, b):
    a, b = a.view(_Noted), b.view(_Noted)
    a.notes = b.notes = notes = []
    out = product(a, b)
    return {
        "product": _plain(out),
        "operations": len(notes),
        "most axes": max((axes for _, axes in notes), default=0),
        "names": sorted({name for name, _ in notes}),
    }


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


def einsum_shares_memory(ndl, spec, array):
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
    ndl.benchmark({"one": lambda a, b: calls.append(sum(range(1000)))}, a, b)
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
    theta = theta.copy()
    for _ in range(epochs):
        ndl.softmax_regression_epoch(X, y, theta, lr=lr, batch=batch)
    return theta


def train_nn(ndl, X, y, W1, W2, lr, batch, epochs):
    """X (n, features), y (n,), starting weights W1 and W2 → the weights after many epochs."""
    W1, W2 = W1.copy(), W2.copy()
    for _ in range(epochs):
        ndl.nn_epoch(X, y, W1, W2, lr=lr, batch=batch)
    return {"W1": W1, "W2": W2}
