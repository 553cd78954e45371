# ---
# jupyter:
#   jupytext:
#     text_representation:
#       extension: .py
#       format_name: percent
#   kernelspec:
#     display_name: Python 3
#     name: python3
# ---

# %% [markdown]
# # What a gradient engine does
#
# This is the laboratory of homework 1. The handout (`README.md`, beside this file) derives; your library in `needle/` computes;
# here you look at what it does. Nothing here is graded, and no exercise is solved here. The notebook grows with
# your work: a part whose stage is still open says so in one calm line, and the rest runs. Come back after every few stages.
#
# | part | what you see | stages that it needs |
# | --- | --- | --- |
# | 1 | one expression in numbers: values forward, adjoints backward | 3 scalar |
# | 2 | how good finite differences are, and the best step | 4 gradcheck |
# | 3 | layers with hand-written gradients learn a curve | 1 layers, 2 network |
# | 4 | the graph of an expression, drawn, and the graph of its gradient | to 13 topo_sort, to 14 compute_gradient |
# | 5 | a function and its derivatives, again and again through the engine | to 14 |
# | 6 | what depth costs, and what paths would cost | to 14 |
# | 7 | what a graph keeps alive | to 15 detach |
# | 8 | handwritten digits: training, mistakes, and what a pixel is worth | to 16 training |
#
# Make a notebook of it (`make notebook hw=1`), open it in an editor that knows `# %%` cells, or run the whole file:
# `python hw1_autograd/notebook.py` from the root of the course.

# %%
import sys
import time
from collections import Counter
from contextlib import contextmanager
from functools import partial
from pathlib import Path

import matplotlib.pyplot as plt
import numpy as np

try:
    here = Path(__file__).resolve().parent
except NameError:  # inside a notebook there is no __file__
    here = Path.cwd()
sys.path.insert(0, str(here.parent))  # the root of the course, wherever this file was started

from hw1_autograd import needle as ndl
from hw1_autograd.needle import gradcheck, network, scalar, training

BLUE, ORANGE, GREEN, RED, GREY = "#3b6fb6", "#e08a2e", "#3f9b6c", "#c0504d", "#8a8f98"

plt.rcParams.update({
    "figure.dpi": 110,
    "figure.constrained_layout.use": True,
    "font.size": 10,
    "axes.titlesize": 11,
    "axes.spines.top": False,
    "axes.spines.right": False,
    "axes.grid": True,
    "axes.axisbelow": True,
    "grid.color": "#e4e6ea",
    "legend.frameon": False,
})


@contextmanager
def waiting_for_stages(what):
    """Run a cell; where it meets a stage that is not written yet, say which one and go on."""
    try:
        yield
    except NotImplementedError as stage:
        plt.close("all")
        print(f"{what} waits for {stage}")


# %% [markdown]
# ---
# # 1 · Values forward, adjoints backward
#
# The example of the handout: $f(x_1, x_2) = x_1 x_2 + e^{x_1}$ at $(2, 5)$. `x1` is used twice, so its adjoint is a sum.

# %%
with waiting_for_stages("Part 1"):
    x1, x2 = scalar.Value(2), scalar.Value(5)
    product, exponential = x1 * x2, x1.exp()
    f = product + exponential
    f.backward()
    print("value                adjoint")
    for name, node in [("x1", x1), ("x2", x2), ("x1 * x2", product), ("exp(x1)", exponential), ("f", f)]:
        print(f"{name:8} {node.data:9.3f}  {node.grad:9.3f}")

# %% [markdown]
# Half of all mistakes in an engine show on three lines. The derivative of $4a$ is 4. If you read 1, gradients are
# overwritten where they should add up; any other number means that a node passed its gradient on before it was complete.

# %%
with waiting_for_stages("Part 1"):
    a = scalar.Value(3)
    b = a + a
    c = b + b
    c.backward()
    print(f"c = {c.data:g}, and its derivative with respect to a is {a.grad:g}")

# %% [markdown]
# ---
# # 2 · The referee: finite differences
#
# A central difference $(f(x + \varepsilon) - f(x - \varepsilon)) / 2\varepsilon$ has two errors. The curve bends inside the
# interval: about $\varepsilon^2 |f'''| / 6$, so smaller steps are better. The computer rounds $f$: about $u |f| / \varepsilon$,
# with the type's rounding error $u$, so smaller steps are worse. On logarithmic axes that is a V.
#
# Before you run the cell: $u \approx 10^{-16}$ in float64 and $6 \cdot 10^{-8}$ in float32. Where are the bottoms of the two
# Vs, and how deep are they?

# %%
with waiting_for_stages("Part 2"):
    def exponential(x, dtype):
        return np.exp(x.astype(dtype))

    steps, point = np.logspace(-15, 0, 121), np.array([0.7])

    figure, axes = plt.subplots(figsize=(7.4, 4.2))
    for dtype, colour in [(np.float32, ORANGE), (np.float64, BLUE)]:
        slopes = [gradcheck.numerical_gradient(partial(exponential, dtype=dtype), point, eps=eps)[0] for eps in steps]
        error = np.abs(np.ravel(slopes) / np.exp(0.7) - 1)
        rounding = np.finfo(dtype).eps / 2
        best = (3 * rounding) ** (1 / 3)
        axes.loglog(steps, error, color=colour, lw=1.6, label=f"measured in {np.dtype(dtype)}")
        axes.loglog(steps, rounding / steps, color=colour, lw=1, ls=":")
        axes.axvline(best, color=colour, lw=1, ls="--", alpha=0.7)
        axes.text(best * 1.2, 1, f"best step\n≈ {best:.0e}", color=colour, fontsize=9, va="center")
    axes.loglog(steps, steps**2 / 6, color=GREY, lw=1, ls=":", label=r"theory: $u/\varepsilon$ and $\varepsilon^2/6$")
    axes.set(
        title="The derivative of exp at 0.7 by central differences",
        xlabel=r"step $\varepsilon$", ylabel="relative error", xlim=(1e-15, 1), ylim=(1e-15, 30),
    )
    axes.legend(loc="lower left", fontsize=9)
    plt.show()

# %% [markdown]
# In float64 the bottom lies near $10^{-5}$, ten digits deep; the default `eps=1e-5` is no accident. In float32 four
# or five digits are all there is, and a wrong gradient can hide in the noise. That is why every gradient check of this
# course runs in float64. (The flat part of the orange line: $x + \varepsilon$ is rounded to $x$, the difference is 0, and all of
# the derivative is lost.)
#
# Next, finite differences beside the engine's gradient. On a smooth function they agree to the width of the line. At the
# kink of relu there is no derivative, and the referees answer differently: the central difference gives the mean of
# both sides, the engine gives what the convention says, 0. Keep test points away from kinks.

# %%
with waiting_for_stages("Part 2, beside the engine,"):
    def smooth(x):
        return ndl.tanh(2 * x) * ndl.exp(-(x**2) / 4)

    def kinked(x):
        return ndl.relu(x) * ndl.exp(-x)

    def on_arrays(function, array):
        return function(ndl.Tensor(array)).numpy()

    figure, panels = plt.subplots(1, 2, figsize=(9.6, 3.6))
    for axes, function, name, span in [
        (panels[0], smooth, r"$\tanh(2x)\,e^{-x^2/4}$: smooth", 4.0),
        (panels[1], kinked, r"$\mathrm{relu}(x)\,e^{-x}$: a kink at 0", 2.0),
    ]:
        x = ndl.Tensor(np.linspace(-span, span, 401))
        y = function(x)
        y.sum().backward()
        points = np.linspace(-span, span, 25)
        (slopes,) = gradcheck.numerical_gradient(partial(on_arrays, function), points)
        axes.plot(x.numpy(), y.numpy(), color=GREY, label="the function")
        axes.plot(x.numpy(), x.grad.numpy(), color=BLUE, lw=2, label="its gradient, by the engine")
        axes.plot(points, slopes, "o", color=ORANGE, ms=5, mfc="white", mew=1.5, label="central differences")
        axes.set(title=name, xlabel="$x$")
    panels[0].legend(fontsize=8, loc="upper left")
    panels[1].annotate(
        "½ by differences,\n0 by convention", (0.04, 0.5), (-1.75, 0.55), fontsize=9,
        arrowprops={"arrowstyle": "->", "color": GREY},
    )
    plt.show()

# %% [markdown]
# ---
# # 3 · Layers with hand-written gradients
#
# Your network of stages 1 and 2 fits a curve. It is made of relus, so its curve is made of straight pieces: look for the corners.

# %%
with waiting_for_stages("Part 3"):
    rng = np.random.default_rng(0)
    x = np.linspace(-1, 1, 160)[:, None]
    y = np.sin(4 * x) * np.exp(-x) + 0.1 * rng.standard_normal(x.shape)
    model = network.FeedForwardNN(1, 1, 3, rng=0)
    losses, curves = [], {}
    for step in range(4001):
        if step in (0, 100, 4000):
            curves[step] = np.array(model(x))
        losses.append(model.training_step(x, y, lr=0.02))

    figure, (left, right) = plt.subplots(1, 2, figsize=(9.6, 3.6), width_ratios=[1.4, 1])
    left.plot(x, y, ".", color=GREY, ms=4, alpha=0.7, label="data")
    for (step, curve), colour in zip(curves.items(), [GREEN, ORANGE, BLUE]):
        left.plot(x, curve, color=colour, lw=1.8, label=f"after {step} steps" if step else "at the start")
    left.set(title="Three linear layers with relu between them", xlabel="$x$", ylabel="$y$")
    left.legend(fontsize=8)
    right.loglog(np.arange(1, len(losses) + 1), losses, color=BLUE)
    right.axhline(0.01, color=GREY, lw=1, ls=":")
    right.text(1, 0.0105, "variance of the noise", fontsize=8, color=GREY, va="bottom")
    right.set(title="Mean squared error", xlabel="step")
    plt.show()

# %% [markdown]
# ---
# # 4 · The graph, drawn
#
# A tensor knows its `op` and its `inputs`; that is all that a picture needs. The drawing is given. The small number above
# a node is its place in the list that `find_topo_sort` returns: check that every arrow goes from a smaller number to a larger
# one. The walk back takes the numbers from the last to the first.


# %%
def describe(tensor):
    """A short form of what a tensor holds: its number, or its shape."""
    return f"{tensor.numpy().item():.4g}" if tensor.size == 1 else str(tensor.shape)


def draw_graph(outputs, title, names, colours=()):
    """Draws the graph behind `outputs`, inputs left of what is made of them.

    Args:
        outputs: list of tensors.
        title: str.
        names: dict tensor → what to write on it; other nodes carry the name of their operation.
        colours: dict tensor → colour; other nodes are blue, leaves green.
    """
    order = ndl.autograd.find_topo_sort(outputs)
    column = {}
    for node in order:
        column[node] = 1 + max((column[value] for value in node.inputs), default=-1)
    for node in order:  # a leaf stands just before its first use
        if node.is_leaf():
            column[node] = min((column[user] for user in order if node in user.inputs), default=1) - 1
    place = {}
    for depth in set(column.values()):
        nodes = [node for node in order if column[node] == depth]
        for rank, node in enumerate(nodes):
            place[node] = np.array([1.75 * depth, (len(nodes) - 1) / 2 - rank])  # in inches

    places = np.array(list(place.values()))
    low, high = places.min(axis=0) - np.array([0.8, 0.5]), places.max(axis=0) + np.array([0.8, 0.8])
    figure = plt.figure(figsize=high - low, layout="none")
    axes = figure.add_axes((0, 0, 1, 1), xlim=(low[0], high[0]), ylim=(low[1], high[1]))
    axes.axis("off")
    axes.text(low[0] + 0.25, high[1] - 0.2, title, fontsize=11, va="center")
    text = {node: names.get(node, type(node.op).__name__) for node in order}

    def margin(node, way):
        """How far, in points, an arrow in direction `way` stays away from the middle of a node: to the edge of its box."""
        half_width, half_height = 10 + 3.3 * len(text[node]), 12
        length = np.hypot(*way)
        return min(half_width * length / max(abs(way[0]), 1e-9), half_height * length / max(abs(way[1]), 1e-9))

    for node in order:
        for slot, value in enumerate(node.inputs):
            way = place[node] - place[value]
            bend = 0.3 * (-1) ** slot if node.inputs.count(value) > 1 else 0  # used twice: two arrows
            axes.annotate("", place[node], place[value], arrowprops={
                "arrowstyle": "-|>", "color": GREY, "lw": 1.2, "connectionstyle": f"arc3,rad={bend}",
                "shrinkA": margin(value, way), "shrinkB": margin(node, way),
            })
    for number, node in enumerate(order):
        x, y = place[node]
        colour = dict(colours).get(node, GREEN if node.is_leaf() else BLUE)
        box = {"boxstyle": "round,pad=0.4", "facecolor": colour, "edgecolor": "none"}
        axes.text(x, y, text[node], ha="center", va="center", color="white", fontsize=9, weight="bold", bbox=box)
        axes.text(x, y - 0.3, describe(node), ha="center", va="center", fontsize=9)
        axes.text(x, y + 0.28, number, ha="center", va="center", fontsize=8, color=GREY)
    plt.show()


with waiting_for_stages("Part 4"):
    x1, x2 = ndl.Tensor(2.0), ndl.Tensor(5.0)
    f = x1 * x2 + ndl.exp(x1)
    draw_graph([f], "f = x1 * x2 + exp(x1): the order above, the values below", {x1: "x1", x2: "x2"})

    a = ndl.Tensor(3.0)
    b = a + a
    draw_graph([b + b], "b = a + a, c = b + b: one node, two arrows", {a: "a"})

# %% [markdown]
# The gradient is a program as well. Below, $y = x^3$ at $x = 2$ in blue and, in orange, what one backward pass added:
# a graph that ends in the number $3x^2 = 12$. It has an `op` and `inputs`, so it can be differentiated again. (What is
# computed from constants alone, such as `out_grad` times 3, keeps no history: it is a leaf.)

# %%
with waiting_for_stages("Part 4, the gradient's graph,"):
    x = ndl.Tensor(2.0)
    y = x**3
    y.backward()
    gradient = x.grad
    forward = ndl.autograd.find_topo_sort([y])
    backward = [node for node in ndl.autograd.find_topo_sort([y, gradient]) if node not in forward]
    names = {x: "x", y: "y = x³"} | {node: "constant" for node in backward if node.is_leaf()}
    draw_graph([y, gradient], "y = x³ in blue, its gradient in orange", names, {node: ORANGE for node in backward})
    gradient.backward()
    print(f"x = 2:   x³ = {describe(y)},   first derivative {describe(gradient)},   second derivative {describe(x.grad)}")

# %% [markdown]
# ---
# # 5 · Gradients of gradients
#
# Differentiate, and differentiate what came out, and once more. No rule for second derivatives was ever written. The price
# is on the right: each derivative is a larger program than the one before.

# %%
with waiting_for_stages("Part 5"):
    x = ndl.Tensor(np.linspace(-3, 3, 401))
    curve = ndl.tanh(x)
    curves, sizes = [curve.numpy()], [len(ndl.autograd.find_topo_sort([curve]))]
    for _ in range(4):
        curve.sum().backward()
        curve = x.grad
        curves.append(curve.numpy())
        sizes.append(len(ndl.autograd.find_topo_sort([curve])))

    figure, (left, right) = plt.subplots(1, 2, figsize=(9.6, 3.8), width_ratios=[1.7, 1])
    shades = plt.get_cmap("viridis")(np.linspace(0.05, 0.85, len(curves)))
    for order, (values, shade) in enumerate(zip(curves, shades)):
        left.plot(x.numpy(), values, color=shade, lw=2, label=["tanh", "1st", "2nd", "3rd", "4th"][order])
    left.set(title="tanh and its derivatives, each one the gradient of the last", xlabel="$x$")
    left.legend(fontsize=9, ncols=5, loc="upper center", columnspacing=1, handlelength=1.2)
    left.set_ylim(-4.4, 5.6)
    bars = right.bar(range(len(sizes)), sizes, color=shades, width=0.65)
    right.bar_label(bars, fontsize=9, padding=2)
    right.set(title="Nodes in the graph", xlabel="derivative", xticks=range(len(sizes)), ylim=(0, 1.12 * max(sizes)))
    right.grid(axis="x", visible=False)
    plt.show()

# %% [markdown]
# ---
# # 6 · What depth costs
#
# Left: a chain of operations, forward and backward. Both are straight lines, and 5,000 operations need no recursion.
# Right: `z = z + z`, again and again. An engine that visits each node once needs one visit an operation; one that
# follows each path on its own would need $2^n$. Your engine's time is measured; the dotted line is what paths would cost at
# the same price a visit.


# %%
def seconds(function, repeats=3):
    """The shortest of a few runs, in seconds, and the last result."""
    times = []
    for _ in range(repeats):
        start = time.perf_counter()
        result = function()
        times.append(time.perf_counter() - start)
    return min(times), result


def chain(depth):
    """A chain of `depth` multiplications with a leaf at its start."""
    y = ndl.Tensor(1.0)
    for _ in range(depth):
        y = y * 1.0001
    return y


def doubled(times):
    """z = z + z, `times` times: the derivative is 2 to that power."""
    z = ndl.Tensor(1.0)
    for _ in range(times):
        z = z + z
    return z


with waiting_for_stages("Part 6"):
    depths = np.array([250, 500, 1000, 2000, 3000, 4000, 5000])
    forward, backward = [], []
    for depth in depths:
        spent, y = seconds(partial(chain, depth))
        forward.append(spent)
        backward.append(seconds(y.backward)[0])
    counts = np.arange(1, 31)
    fan_out = np.array([seconds(doubled(count).backward)[0] for count in counts])

    figure, (left, right) = plt.subplots(1, 2, figsize=(9.6, 3.6))
    for spent, colour, name in [(forward, BLUE, "forward"), (backward, ORANGE, "backward")]:
        left.plot(depths, 1000 * np.array(spent), "o-", color=colour, ms=5, label=name)
    left.set(title="A chain: time grows with depth, no faster", xlabel="operations", ylabel="milliseconds", xlim=0, ylim=0)
    left.legend(fontsize=9)
    right.semilogy(counts, fan_out, "o-", color=BLUE, ms=4, label="your engine: once a node")
    right.semilogy(counts, fan_out[0] * 2.0 ** (counts - 1), ":", color=RED, label="once a path")
    right.set(title="z = z + z: nodes against paths", xlabel="how many times", ylabel="seconds", ylim=(3e-6, 3e5))
    for mark, name in [(1, "a second"), (60, "a minute"), (3600, "an hour")]:
        right.axhline(mark, color=GREY, lw=0.8)
        right.text(1, mark * 1.15, name, fontsize=8, color=GREY)
    right.legend(fontsize=9, loc="lower right", bbox_to_anchor=(1, 0.14))
    plt.show()

# %% [markdown]
# And the promise of reverse mode: the whole gradient for about twice the price of the value, because a product of matrices
# needs one product forward and two backward.

# %%
with waiting_for_stages("Part 6, the price of a gradient,"):
    rng = np.random.default_rng(0)
    weights = [ndl.Tensor(rng.standard_normal((384, 384)) / 384**0.5) for _ in range(6)]

    def product():
        out = weights[0]
        for weight in weights[1:]:
            out = out @ weight
        return out.sum()

    forward, out = seconds(product, repeats=5)
    backward, _ = seconds(out.backward, repeats=5)
    number = sum(weight.size for weight in weights)
    print(f"six matrices, {number:,} numbers: value {1000 * forward:.1f} ms, gradient {1000 * backward:.1f} ms more")
    print(f"the ratio is {backward / forward:.1f}; central differences would take {2 * number * forward / 3600:.1f} hours")

# %% [markdown]
# ---
# # 7 · What a graph keeps alive
#
# Two training loops with the same numbers. One adds up `loss`, the other `loss.detach()`. Before you run it: how many
# tensors does the first one hold after 100 steps, and who holds them?

# %%
with waiting_for_stages("Part 7"):
    rng = np.random.default_rng(0)
    x, w = ndl.Tensor(rng.standard_normal((256, 64)), requires_grad=False), ndl.Tensor(rng.standard_normal((64, 32)))

    def run(add_up, steps=100):
        """The number of live tensors after each step, and the sum of the losses."""
        total, alive, before = ndl.Tensor(0.0, requires_grad=False), [], ndl.autograd.live_tensors()
        for _ in range(steps):
            loss = (ndl.relu(x @ w) ** 2).sum() / 256
            total = add_up(total, loss)
            alive.append(ndl.autograd.live_tensors() - before)
        return alive, total

    leaking, leak = run(lambda total, loss: total + loss)
    held = ndl.autograd.find_topo_sort([leak])
    megabytes = sum(node.numpy().nbytes for node in held) / 1e6
    makers = Counter(type(node.op).__name__ for node in held if not node.is_leaf())
    print(f"total + loss:          total holds {len(held)} tensors, {megabytes:.1f} MB; it equals {describe(leak)}")
    print("                      ", ", ".join(f"{count} of {name}" for name, count in makers.items()))
    del leak, held
    steady, total = run(lambda total, loss: total + loss.detach())
    print(f"total + loss.detach(): total holds {len(ndl.autograd.find_topo_sort([total]))} tensor; it equals {describe(total)}")

    figure, axes = plt.subplots(figsize=(6.6, 3.5))
    axes.plot(range(1, 101), leaking, color=RED, lw=2, label="total = total + loss")
    axes.plot(range(1, 101), steady, color=BLUE, lw=2, label="total = total + loss.detach()")
    axes.set(title="Live tensors in a loop that only watches its loss", xlabel="step", ylabel="tensors alive")
    axes.set(xlim=(0, 101), ylim=(-15, None))
    axes.legend(fontsize=9)
    plt.show()

# %% [markdown]
# ---
# # 8 · Handwritten digits
#
# The end of the homework: a network of two layers on 1,797 real digits, every gradient by your engine. 1,437 digits to
# learn from, 360 that it never sees.

# %%
def digits():
    """Real digits, 8 × 8 pixels in [0, 1]: images (n, 64) float32 and labels (n,), for training and for testing."""
    from sklearn.datasets import load_digits

    images, labels = load_digits(return_X_y=True)
    order = np.random.default_rng(0).permutation(len(labels))
    images, labels = (images[order] / 16).astype(np.float32), labels[order].astype(np.uint8)
    return (images[:1437], labels[:1437]), (images[1437:], labels[1437:])


def evaluate(images, labels, W1, W2):
    """The mean loss and the predicted digits."""
    logits = ndl.relu(ndl.Tensor(images, requires_grad=False) @ W1) @ W2
    loss = training.softmax_loss(logits, ndl.init.one_hot(10, labels))
    return loss.numpy().item(), logits.numpy().argmax(axis=1)


with waiting_for_stages("Part 8"):
    (train_images, train_labels), (test_images, test_labels) = digits()
    rng = np.random.default_rng(0)
    W1 = ndl.Tensor((rng.standard_normal((64, 100)) * (2 / 64) ** 0.5).astype(np.float32))
    W2 = ndl.Tensor((rng.standard_normal((100, 10)) * (2 / 100) ** 0.5).astype(np.float32))
    history, start = [], time.perf_counter()
    for epoch in range(41):
        if epoch:
            W1, W2 = training.nn_epoch(train_images, train_labels, W1, W2, lr=0.2, batch=50)
        row = []
        for images, labels in [(train_images, train_labels), (test_images, test_labels)]:
            loss, predicted = evaluate(images, labels, W1, W2)
            row += [loss, 100 * np.mean(predicted != labels)]
        history.append(row)
    history = np.array(history)
    print(f"40 epochs in {time.perf_counter() - start:.1f} s: {history[-1, 1]:.1f} % of the training digits wrong, ", end="")
    print(f"{history[-1, 3]:.1f} % of the digits that it has not seen")

    figure, (left, right) = plt.subplots(1, 2, figsize=(9.6, 3.4))
    for axes, columns, title in [(left, (0, 2), "Softmax loss"), (right, (1, 3), "Wrong digits, %")]:
        for column, colour, name in zip(columns, [BLUE, ORANGE], ["digits to learn from", "digits not seen"]):
            axes.plot(history[:, column], color=colour, lw=2, label=name)
        axes.set(title=title, xlabel="epoch")
        axes.legend(fontsize=9)
    left.set_yscale("log")
    right.set_ylim(0, 20)
    plt.show()

# %% [markdown]
# Digits that it gets wrong (up to eight). Would you have known?

# %%
with waiting_for_stages("Part 8, the mistakes,"):
    _, predicted = evaluate(test_images, test_labels, W1, W2)
    wrong = np.flatnonzero(predicted != test_labels)[:8]
    figure, panels = plt.subplots(1, len(wrong), figsize=(1.5 * len(wrong), 1.8), squeeze=False)
    for axes, index in zip(panels.flat, wrong):
        axes.axis("off")
        axes.imshow(test_images[index].reshape(8, 8), cmap="gray_r", vmin=0, vmax=1)
        axes.set_title(f"{test_labels[index]}, read as {predicted[index]}", fontsize=9)
    plt.show()

# %% [markdown]
# ## What is a pixel worth?
#
# An engine does not know which leaves are "weights". Make the *picture* a leaf that requires a gradient, ask for the loss of
# another label, and the gradient says how each pixel would have to change for the network to read another digit. Follow
# it for a few steps, and the network changes its mind before you do. In the second column, orange says "more ink
# here", purple "less".

# %%
with waiting_for_stages("Part 8, the picture as a leaf,"):
    def probabilities(pictures):
        """The network's logits for some pictures, as a tensor, and what softmax makes of them."""
        logits = ndl.relu(pictures @ W1.detach()) @ W2.detach()
        odds = np.exp(logits.numpy() - logits.numpy().max(axis=1, keepdims=True))
        return logits, odds / odds.sum(axis=1, keepdims=True)

    _, sure = probabilities(ndl.Tensor(test_images))
    pairs = [(1, 7), (4, 9), (3, 8)]
    figure, panels = plt.subplots(len(pairs), 4, figsize=(9.0, 2.2 * len(pairs)), width_ratios=[1, 1, 1, 1.6])
    for row, (digit, wish) in zip(panels, pairs):
        picture = test_images[[np.argmax(sure[:, digit] * (test_labels == digit))]]  # the clearest one
        moved, arrows, history = picture, [], []
        while len(history) < 150 and (not history or history[-1][1] < 0.9):
            leaf = ndl.Tensor(moved)
            logits, share = probabilities(leaf)
            history.append(share[0, [digit, wish]])
            training.softmax_loss(logits, ndl.init.one_hot(10, np.array([wish]))).backward()
            arrows.append(-leaf.grad.numpy())
            moved = np.clip(moved + 0.03 * arrows[-1] / np.linalg.norm(arrows[-1]), 0, 1)
        bound = np.abs(arrows[0]).max()
        for axes, image, title, style in [
            (row[0], picture, f"read as {digit}", {"cmap": "gray_r", "vmin": 0, "vmax": 1}),
            (row[1], arrows[0], f"where is the {wish}?", {"cmap": "PuOr_r", "vmin": -bound, "vmax": bound}),
            (row[2], moved, f"read as {wish}", {"cmap": "gray_r", "vmin": 0, "vmax": 1}),
        ]:
            axes.imshow(image.reshape(8, 8), **style)
            axes.set_title(title, fontsize=10)
            axes.axis("off")
        for share, colour, label in zip(np.transpose(history), [BLUE, ORANGE], [digit, wish]):
            row[3].plot(share, color=colour, lw=2, label=f"it is a {label}")
        row[3].set(ylim=(-0.03, 1.03), ylabel="probability")
        row[3].legend(fontsize=8, loc="center left")
    panels[-1, 3].set_xlabel("steps along the gradient")
    plt.show()

# %% [markdown]
# In homework 2 the weights move into modules, get proper starting values, and an optimiser moves them. The engine
# stays as it is.
