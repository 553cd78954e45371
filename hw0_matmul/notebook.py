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
# # From nested loops to a trained network
#
# This is the laboratory of homework 0. The handout (`README.md`, beside this file) explains; your library in `needle/`
# computes; here you look at what it does. Nothing here is graded, and no exercise is solved here: every cell calls the
# functions that *you* write. A cell whose stage is still open says so in one calm line, and the next cell runs.
#
# `make notebook hw=0` writes it for Jupyter; editors that know `# %%` cells open it as it is; and
# `python hw0_matmul/notebook.py`, with the course's environment, runs it from top to bottom.

# %%
from contextlib import contextmanager
from pathlib import Path

import matplotlib.pyplot as plt
import numpy as np

from hw0_matmul import needle as ndl

BLUE, ORANGE, GREEN, RED, GREY = "#3b6fb6", "#e08a2e", "#3f9b6c", "#c0504d", "#8a8f98"

plt.rcParams.update(
    {
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
    }
)


@contextmanager
def waiting_for_stages(what):
    """Run a cell; where it meets a stage that is not written yet, say which one and go on."""
    figures = set(plt.get_fignums())
    try:
        yield
    except NotImplementedError as stage:
        print(f"{what}: not yet. First {stage}")
        for unfinished in set(plt.get_fignums()) - figures:
            plt.close(unfinished)


# %% [markdown]
# ---
# # Part 1 · From the perceptron to gradient descent
#
# All code of this part is given: it is a story to read and to play with. Every number of the handout's history comes
# from these cells.
#
# Four points, the corners of a square. Each row starts with a 1, so that the first weight is the bias. The targets are
# −1 and +1.

# %%
corners = np.array([[1, 0, 0], [1, 0, 1], [1, 1, 0], [1, 1, 1]], dtype=float)
AND = np.array([-1, -1, -1, 1], dtype=float)
XOR = np.array([-1, 1, 1, -1], dtype=float)

# %% [markdown]
# ## 1958: the perceptron rule
#
# A mistake (or a tie) moves the weights by the row, in the direction of its target. A right answer changes nothing.


# %%
def perceptron(rows, targets, passes):
    """Rosenblatt's rule: one (mistakes, weights) pair for each pass over the rows."""
    weights = np.zeros(rows.shape[1])
    history = []
    for _ in range(passes):
        mistakes = 0
        for row, target in zip(rows, targets):
            if target * (row @ weights) <= 0:
                weights = weights + target * row
                mistakes += 1
        history.append((mistakes, weights))
        if mistakes == 0:
            break
    return history


for name, targets in [("AND", AND), ("XOR", XOR)]:
    history = perceptron(corners, targets, passes=12)
    print(f"{name}: {sum(mistakes for mistakes, _ in history)} corrections in {len(history)} passes")
    for number, (mistakes, weights) in enumerate(history, start=1):
        print(f"  pass {number:2}: {mistakes} mistakes, weights {weights.astype(int)}")

widest = np.array([-3, 2, 2])  # the separating direction with the largest smallest margin
margin = (AND * (corners @ widest)).min() / np.linalg.norm(widest)
print(f"Novikoff's bound for AND: {(corners**2).sum(axis=1).max() / margin**2:.0f} corrections")


# %%
def draw_corners(axes, targets, points=None):
    """The four corners, filled where the target is +1."""
    points = corners[:, 1:] if points is None else points
    for sign, face in [(1, BLUE), (-1, "white")]:
        chosen = points[targets == sign]
        axes.scatter(*chosen.T, s=110, facecolor=face, edgecolor=BLUE, linewidth=1.8, zorder=3)


def draw_boundary(axes, weights, **style):
    """The line on which b + w₁x₁ + w₂x₂ = 0."""
    across = np.array([-2.0, 2.0])
    if weights[2] != 0:
        axes.plot(across, -(weights[0] + weights[1] * across) / weights[2], **style)


figure, (left, right) = plt.subplots(1, 2, figsize=(8.4, 3.7))
history = perceptron(corners, AND, passes=12)
for number, (_, weights) in enumerate(history[:-1], start=1):
    last = number == len(history) - 1
    style = {"color": ORANGE, "lw": 2.2} if last else {"color": GREY, "lw": 1, "alpha": 0.2 + 0.1 * number}
    label = f"after pass {number}: all right" if last else ("after passes 1 to 7" if number == 4 else None)
    draw_boundary(left, weights, label=label, **style)
draw_corners(left, AND)
left.set(title="AND: the line arrives", xlabel="$x_1$", ylabel="$x_2$", xlim=(-0.4, 1.6), ylim=(-0.4, 1.6))
left.set(xticks=[0, 1], yticks=[0, 1])
left.legend(loc="lower left", fontsize=8)

weights, path = np.zeros(3), [np.zeros(3)]
for row, target in list(zip(corners, XOR)) * 3:
    if target * (row @ weights) <= 0:
        weights = weights + target * row
    path.append(weights)
path = np.array(path)
for column, (name, colour) in enumerate([("bias", GREY), ("$w_1$", BLUE), ("$w_2$", ORANGE)]):
    right.step(range(len(path)), path[:, column] + 0.04 * (column - 1), where="post", color=colour, lw=1.8, label=name)
right.set(title="XOR: the weights go round in a circle", xlabel="rows seen", ylabel="weight", xticks=range(0, 13, 4))
right.legend(ncols=3, loc="upper center", fontsize=8)
right.set_ylim(-1.3, 1.7)
plt.show()

# %% [markdown]
# ## 1960: ADALINE, least squares by gradient descent
#
# The same neuron; what changes is the question. Not "how many are wrong?", which moves in jumps, but "how far are we
# from the targets?", which has a slope everywhere:
#
# $$J(w) = \frac{1}{2n}\sum_i (x_i \cdot w - t_i)^2, \qquad \nabla J = \frac{1}{n} X^\top (Xw - t).$$


# %%
def least_squares_loss(weights, targets):
    return ((corners @ weights - targets) ** 2).mean() / 2


def adaline(targets, lr, steps):
    """Gradient descent from zero: the weights before the first step and after each one."""
    path = [np.zeros(3)]
    for _ in range(steps):
        gradient = corners.T @ (corners @ path[-1] - targets) / len(targets)
        path.append(path[-1] - lr * gradient)
    return np.array(path)


curvatures = np.linalg.eigvalsh(corners.T @ corners / len(corners))
print("curvatures:", curvatures.round(4), f"→ the largest stable step is 2/{curvatures[-1]:.4f} =", end=" ")
print(f"{2 / curvatures[-1]:.4f}")
for lr in [0.5, 1.2, 1.3]:
    path = adaline(AND, lr, steps=200)
    losses = [least_squares_loss(weights, AND) for weights in path]
    print(f"lr {lr}:", ", ".join(f"J after {step} = {losses[step]:.4g}" for step in [0, 1, 2, 10, 100, 200]))
print("AND, 200 steps of 0.5: weights", adaline(AND, 0.5, 200)[-1].round(4), end=", ")
print("outputs", (corners @ adaline(AND, 0.5, 200)[-1]).round(4))
print("AND, solved exactly:   weights", np.linalg.lstsq(corners, AND, rcond=None)[0].round(4))
print("XOR: the gradient at zero is", corners.T @ (0 - XOR) / 4, "and J stays", least_squares_loss(np.zeros(3), XOR))

far = np.array([[1, 0], [1, 1], [1, 2], [1, 20]], dtype=float)  # a bias and one feature x
bias, slope = np.linalg.lstsq(far, np.array([-1, -1, 1, 1.0]), rcond=None)[0]
print(f"x = 0, 1 | 2, 20: least squares puts the boundary at x = {-bias / slope:.2f}; scores", (far @ [bias, slope]).round(2))

# %% [markdown]
# On AND the two weights stay equal all the way (the problem is symmetric), so the whole path lies in a plane and can be
# drawn without loss. A step of 0.5 creeps along the valley, one of 1.2 jumps across it from wall to wall, one of 1.3
# leaves it.

# %%
figure, (left, right) = plt.subplots(1, 2, figsize=(8.8, 3.8), width_ratios=[1.15, 1])
bias, weight = np.meshgrid(np.linspace(-2.2, 0.4, 140), np.linspace(-0.5, 1.7, 140))
plane = np.stack([bias, weight, weight], axis=-1)
surface = ((plane @ corners.T - AND) ** 2).mean(axis=-1) / 2
left.contour(bias, weight, surface, levels=0.125 + np.geomspace(0.003, 6, 14), colors="#c3c8d0", linewidths=0.8)
for lr, colour, marker in [(0.5, BLUE, "o"), (1.2, ORANGE, "s")]:
    path = adaline(AND, lr, steps=60)
    left.plot(path[:, 0], path[:, 1], color=colour, marker=marker, ms=3, lw=1, label=f"step {lr}")
left.plot(-1.5, 1, "*", color=RED, ms=14, label="least squares")
left.set(title="AND: the loss over the weights", xlabel="bias $b$", ylabel="$w_1 = w_2$")
left.grid(False)
left.legend(loc="lower left", fontsize=8)

for lr, colour in [(0.5, BLUE), (1.2, ORANGE), (1.3, RED)]:
    losses = [least_squares_loss(weights, AND) for weights in adaline(AND, lr, steps=60)]
    right.semilogy(losses, color=colour, label=f"step {lr}")
right.axhline(0.125, color=GREY, lw=1, ls=":")
right.text(60, 0.108, "the best that a line can do: 0.125", ha="right", va="top", fontsize=8, color=GREY)
right.set(title="AND: the loss over time", xlabel="steps", ylabel="loss $J$", ylim=(0.06, 200))
right.legend(fontsize=8)
plt.show()

# %% [markdown]
# ## 1986: two layers, by back-propagation
#
# Two hidden units $h = \tanh(xU)$, one output $z = v_0 + h \cdot v$, the same loss. The error travels back through the
# same weights: first to $v$, then through the slope of tanh to $U$. The start is chosen so that all four outputs are
# exactly 0, the very place where ADALINE is stuck.


# %%
def two_layers(U, v, targets, lr, steps, squash=np.tanh, slope=lambda h: 1 - h**2):
    """Gradient descent through two layers: outputs and loss before each step, the gradients of the first step, the end."""
    U, v = np.array(U, dtype=float), np.array(v, dtype=float)
    outputs, losses, first_gradients = [], [], None
    for _ in range(steps + 1):
        hidden = np.hstack([np.ones((len(corners), 1)), squash(corners @ U)])  # forward
        z = hidden @ v
        error = (z - targets) / len(targets)  # backward, in the opposite order
        v_gradient = hidden.T @ error
        hidden_gradient = np.outer(error, v[1:]) * slope(hidden[:, 1:])
        U_gradient = corners.T @ hidden_gradient
        first_gradients = first_gradients or (U_gradient, v_gradient)
        outputs.append(z)
        losses.append(((z - targets) ** 2).mean() / 2)
        last = U, v
        U, v = U - lr * U_gradient, v - lr * v_gradient
    return np.array(outputs), np.array(losses), first_gradients, last


start_U, start_v = [[0, 0], [1, -1], [1, -1]], [0, 1, 1]
outputs, losses, (U_gradient, v_gradient), (U, v) = two_layers(start_U, start_v, XOR, lr=0.2, steps=400)
print("first gradient of v:", v_gradient.round(4), " of U:", U_gradient.round(4).tolist())
print(f"by hand: (tanh 2 − 2 tanh 1) / 4 = {(np.tanh(2) - 2 * np.tanh(1)) / 4:.4f}")


def loss_at(v1):
    return two_layers(start_U, [0, v1, 1], XOR, lr=0.2, steps=0)[1][0]


print(f"by finite differences: {(loss_at(1 + 1e-5) - loss_at(1 - 1e-5)) / 2e-5:.4f}")
for step in [0, 1, 2, 10, 50, 100, 200, 400]:
    print(f"  step {step:3}: J = {losses[step]:.6f}, outputs", outputs[step].round(3))
print("first step with all four signs right:", int(np.argmax((np.sign(outputs) == XOR).all(axis=1))))
_, linear_losses, linear_gradients, _ = two_layers(
    start_U, start_v, XOR, lr=0.2, steps=400, squash=lambda a: a, slope=np.ones_like
)
largest = max(np.abs(gradient).max() for gradient in linear_gradients)
print("without tanh: the largest gradient is", largest, "and J stays", linear_losses[-1])

# %% [markdown]
# What did the hidden layer learn? New coordinates, in which one straight line is enough.

# %%
figure, (left, middle, right) = plt.subplots(1, 3, figsize=(10.6, 3.5))
left.plot(losses[:201], color=BLUE, label="two layers with tanh")
left.plot(linear_losses[:201], color=GREY, ls="--", label="one layer, or two without tanh")
left.set(title="XOR: the loss", xlabel="steps", ylabel="loss $J$", ylim=(-0.02, 0.62))
left.legend(fontsize=8, loc="upper right")

grid = np.linspace(-0.5, 1.5, 160)
x1, x2 = np.meshgrid(grid, grid)
hidden = np.tanh(np.stack([np.ones_like(x1), x1, x2], axis=-1) @ U)
middle.contourf(x1, x2, v[0] + hidden @ v[1:], levels=[-9, 0, 9], colors=["#f5f6f8", "#cfdff3"])
draw_corners(middle, XOR)
middle.set(title="what the network answers", xlabel="$x_1$", ylabel="$x_2$", xticks=[0, 1], yticks=[0, 1])
middle.grid(False)

points = np.tanh(corners @ U)
draw_corners(right, XOR, points)
edge = np.array([-2.0, 2.0])
right.plot(edge, -(v[0] + v[1] * edge) / v[2], color=ORANGE, lw=2)
for place, name, shift in zip(points[[0, 1, 3]], ["(0,0)", "(0,1) and (1,0)", "(1,1)"], [(10, -3), (-58, 24), (-34, -3)]):
    right.annotate(name, place, shift, textcoords="offset points", fontsize=8)
right.set(title="the corners, seen by the hidden layer", xlabel="$h_1$", ylabel="$h_2$")
right.set(xlim=(-1.2, 1.2), ylim=(-1.2, 1.2))
plt.show()

# %% [markdown]
# ### Was that start lucky?
#
# Back-propagation finds a slope, not a promise. Two hundred random starts for each width, all trained at once (the first
# axis of every array is the start; `@` multiplies the stacks): how many solve XOR? Wider layers have fewer dead ends:
# one reason why today's networks are far larger than their task seems to need.


# %%
def share_solved(width, starts=200, lr=0.1, steps=3000):
    """The share of random starts that end with all four signs right."""
    rng = np.random.default_rng(0)
    U, v = rng.standard_normal((starts, 3, width)), rng.standard_normal((starts, width + 1))
    for _ in range(steps):
        hidden = np.concatenate([np.ones((starts, 4, 1)), np.tanh(corners @ U)], axis=2)
        error = (hidden @ v[:, :, None])[:, :, 0] - XOR
        v_gradient = (error[:, None, :] @ hidden)[:, 0] / 4
        hidden_gradient = error[:, :, None] * v[:, None, 1:] * (1 - hidden[:, :, 1:] ** 2) / 4
        U, v = U - lr * corners.T @ hidden_gradient, v - lr * v_gradient
    return (np.sign(error + XOR) == XOR).all(axis=1).mean()


widths = [1, 2, 3, 4, 8]
shares = [share_solved(width) for width in widths]
print("solved XOR:", ", ".join(f"{width} hidden: {share:.1%}" for width, share in zip(widths, shares)))

figure, axes = plt.subplots(figsize=(5.6, 3.1))
bars = axes.bar([str(width) for width in widths], np.array(shares) * 100, color=BLUE, width=0.6)
axes.bar_label(bars, labels=[f"{share:.1%}" for share in shares], fontsize=9, padding=2)
axes.set(title="XOR from 200 random starts", xlabel="hidden units", ylabel="starts that solve it, %", ylim=(0, 112))
axes.grid(axis="x", visible=False)
plt.show()

# %% [markdown]
# ---
# # Part 2 · Python that carries the rest (stages 1 to 5)
#
# From here on every cell runs on your library.
#
# ## A function as a list of numbers
#
# The polynomial with coefficients $1/k!$ is the beginning of $e^x$. Each further coefficient keeps it close to the curve
# a little longer, on both sides.

# %%
with waiting_for_stages("The picture of e^x"):
    x = np.linspace(-4, 3, 200)
    figure, axes = plt.subplots(figsize=(6.2, 3.6))
    axes.plot(x, np.exp(x), color="#22262c", lw=2.5, label="$e^x$")
    for degree, colour in [(1, GREY), (2, GREEN), (4, ORANGE), (8, BLUE)]:
        taylor = ndl.Polynomial(*[1 / ndl.factorial(k) for k in range(degree + 1)])
        axes.plot(x, taylor(x), color=colour, lw=1.4, label=f"degree {len(taylor)}")
    axes.set(title="polynomials that follow $e^x$", xlabel="$x$", ylabel="value", ylim=(-4, 12))
    axes.legend(fontsize=8)
    plt.show()

    p, q = ndl.Polynomial(2, -1, 3), ndl.Polynomial(1, 1)
    print(f"({p}) · ({q}) = {p * q}        the sum: {p + q}        at 2: {p(2)} · {q(2)} = {(p * q)(2)}")

# %% [markdown]
# ## What a memory is worth
#
# The same definition of the Fibonacci numbers, asked with and without a cache. A `CallRecorder` counts the questions.
# Without a memory their number grows like the numbers themselves: 1.618 times more for each step of $n$.


# %%
def questions(n, remember):
    """How many numbers are computed on the way to F(n)."""
    recorder = ndl.CallRecorder()

    def ask(k):
        recorder(k)
        return ndl.fibonacci(k, ask)

    if remember:
        ask = ndl.cached(ask)
    ask(n)
    return len(recorder.calls)


with waiting_for_stages("Fibonacci's numbers"):
    numbers = range(1, 21)
    figure, axes = plt.subplots(figsize=(5.6, 3.2))
    axes.semilogy(numbers, [questions(n, remember=False) for n in numbers], "o-", ms=4, color=RED, label="no memory")
    axes.semilogy(numbers, [questions(n, remember=True) for n in numbers], "o-", ms=4, color=BLUE, label="cached")
    axes.set(title="the price of F(n)", xlabel="$n$", ylabel="numbers computed", xticks=range(0, 21, 5))
    axes.legend()
    plt.show()
    print("F(20):", questions(20, remember=False), "numbers without a memory,", questions(20, remember=True), "with one")
    print("F(60) =", ndl.fibonacci(60))

# %% [markdown]
# ## A wrong shape, explained, and a watch

# %%
with waiting_for_stages("The explained shape"):

    @ndl.check_shapes
    def layer(rows, weights, bias):
        return rows @ weights + bias

    try:
        layer(np.ones((5, 784)), np.ones((748, 10)), np.zeros(10))
    except ValueError as error:
        print(error)

    with ndl.Timer() as watch:
        np.ones((500, 500)) @ np.ones((500, 500))
    print(f"250 million multiplications and additions took {watch.seconds * 1000:.1f} ms")

# %% [markdown]
# ---
# # Part 3 · One product, seven ways (stages 6 to 13)
#
# ## Where the time goes
#
# The same product of two $n \times n$ matrices. Three loops ask Python for $n^3$ steps, two loops for $n^2$, one loop for
# $n$, and a single call for one. Each line first lies flat at the price of its Python steps, and then bends up where the
# arithmetic itself begins to count.

# %%
rng = np.random.default_rng(0)
RUNGS = {
    "three loops": (lambda a, b: ndl.matmul_loops(ndl.Cells.from_array(a), ndl.Cells.from_array(b)), 32, RED),
    "slices": (lambda a, b: ndl.matmul_slice(a, b), 64, ORANGE),
    "broadcasting": (lambda a, b: ndl.matmul_broadcast(a, b), 128, GREEN),
    "einsum": (lambda a, b: ndl.matmul_einsum(a, b), 128, "#8566b0"),
    "tiles of 32": (lambda a, b: ndl.matmul_tiled(a, b, 32), 512, BLUE),
    "numpy (BLAS)": (np.matmul, 512, "#22262c"),
}
sizes = [2, 4, 8, 16, 32, 64, 128, 256, 512]

with waiting_for_stages("The clock"):
    ndl.benchmark({"numpy": np.matmul}, np.ones((2, 2)), np.ones((2, 2)))
    figure, axes = plt.subplots(figsize=(7, 4.2))
    for name, (product, largest, colour) in RUNGS.items():
        with waiting_for_stages(f"The line of {name}"):
            seconds = []
            tried = [n for n in sizes if n <= largest]
            for n in tried:
                a, b = rng.standard_normal((2, n, n)).astype(np.float32)
                seconds.append(ndl.benchmark({name: product}, a, b, repeat=3)[name].seconds)
            axes.loglog(tried, seconds, "o-", ms=4, color=colour, label=name)
    axes.set(title="a product of two $n \\times n$ matrices", xlabel="$n$", ylabel="seconds", xticks=sizes)
    axes.set_xticks(sizes, labels=sizes)
    axes.minorticks_off()
    axes.legend(fontsize=8, loc="upper left")
    plt.show()

# %% [markdown]
# ## The ladder
#
# The measured table of the two shapes that the handout tells of. The loops over torch scalars, a popular starting point
# of speed-up headlines, are measured on a few results and scaled up. Ask of every headline: faster than *what*?

# %%
from hw0_matmul.needle import ladder

for title, (left_shape, right_shape) in ladder.SHAPES.items():
    print(title)
    print(ladder.table(ladder.climb(left_shape, right_shape), rows=left_shape[0]))

# %% [markdown]
# ## Broadcasting is a way of reading
#
# No number is copied: a stride of 0 reads the same element again. In each square stands the place in memory that the
# square is read from, once for a column stretched to the right and once for a row stretched downwards.

# %%
with waiting_for_stages("The picture of strides"):
    target = ndl.broadcast_shapes((3, 1), (4,))
    figure, panels = plt.subplots(1, 2, figsize=(7.4, 2.9))
    for axes, shape, strides in [(panels[0], (3, 1), (1, 1)), (panels[1], (4,), (1,))]:
        expanded = ndl.expand_strides(shape, strides, target)
        memory = np.arange(max(shape))
        read = np.lib.stride_tricks.as_strided(memory, target, [step * memory.itemsize for step in expanded])
        axes.imshow(read, cmap="Blues", vmin=-1, vmax=6)
        for (i, j), place in np.ndenumerate(read):
            axes.text(j, i, place, ha="center", va="center", fontsize=12)
        axes.set(title=f"shape {shape}, strides {strides}\nread as {target} with strides {expanded}")
        axes.set(xticks=np.arange(0.5, 3), yticks=np.arange(0.5, 2), xticklabels=[], yticklabels=[])
        axes.tick_params(length=0)
        axes.grid(color="white", lw=2)
        axes.spines[:].set_visible(False)
    plt.show()

# %% [markdown]
# ## One language for many operations
#
# Read each line aloud: the letters left of the arrow name the axes that come in; a letter that is missing on the right is
# summed.

# %%
with waiting_for_stages("The phrase book of einsum"):
    A, B, u, v3 = rng.random((3, 4)), rng.random((4, 2)), rng.random(3), rng.random(3)
    square, stack, other = rng.random((4, 4)), rng.random((6, 3, 4)), rng.random((6, 4, 2))
    for spec, arrays, meaning in [
        ("ij->ji", [A], "transpose"),
        ("ij->j", [A], "sum of each column"),
        ("i,i->", [u, v3], "dot product"),
        ("i,j->ij", [u, v3], "outer product"),
        ("ii->i", [square], "diagonal"),
        ("ii", [square], "trace"),
        ("ij,ij->", [A, A], "squared Frobenius norm"),
        ("ik,kj->ij", [A, B], "matrix product"),
        ("bik,bkj->bij", [stack, other], "a stack of matrix products"),
    ]:
        shapes = ", ".join(str(array.shape) for array in arrays)
        print(f"{spec:13} {shapes:22} → {np.shape(ndl.einsum(spec, *arrays))!s:10} {meaning}")

# %% [markdown]
# ## How large should a tile be?
#
# A tile of 4 is almost the loops again; one tile of 256 is a single product. On the way the Python steps fall with the
# third power of the tile's side.

# %%
with waiting_for_stages("The picture of tiles"):
    a, b = rng.standard_normal((2, 256, 256)).astype(np.float32)
    tiles = [4, 8, 16, 32, 64, 128, 256]
    seconds = [
        ndl.benchmark({"tiled": lambda a, b, t=tile: ndl.matmul_tiled(a, b, t)}, a, b, repeat=3)["tiled"].seconds
        for tile in tiles
    ]
    whole = ndl.benchmark({"numpy": np.matmul}, a, b, repeat=9)["numpy"].seconds
    figure, axes = plt.subplots(figsize=(5.8, 3.3))
    axes.loglog(tiles, np.array(seconds) * 1e3, "o-", color=BLUE, label="matmul_tiled")
    axes.axhline(whole * 1e3, color="#22262c", lw=1, ls="--", label="numpy, one call")
    axes.set_xticks(tiles, labels=tiles)
    axes.minorticks_off()
    axes.set(title="two $256 \\times 256$ matrices", xlabel="side of a tile, elements", ylabel="milliseconds")
    axes.legend()
    plt.show()

# %% [markdown]
# ## What a product costs you in hours

# %%
with waiting_for_stages("The epoch"):
    a, b = rng.standard_normal((5, 784)).astype(np.float32), rng.standard_normal((784, 10)).astype(np.float32)
    cells = ndl.Cells.from_array(a), ndl.Cells.from_array(b)
    loops = ndl.benchmark({"loops": ndl.matmul_loops}, *cells, repeat=3)["loops"].seconds
    numpy = ndl.benchmark({"numpy": np.matmul}, a, b)["numpy"].seconds
    print("the first layer of a classifier on the 60,000 rows of MNIST, forward only, 100 epochs:")
    print(f"  three loops {100 * ndl.epoch_hours(loops / 5, 60_000):8.2f} hours")
    print(f"  numpy       {100 * ndl.epoch_hours(numpy / 5, 60_000):8.5f} hours")

# %% [markdown]
# ---
# # Part 4 · Handwritten digits (stages 14 and 15)
#
# scikit-learn brings 1,797 real digits of 8 × 8 pixels. We write them into IDX files, the format of MNIST, so that your
# `parse_mnist` reads them back. (With `NEEDLE_DATA` set, the last cell of this part looks at MNIST itself.)

# %%
import os
import struct
import tempfile

from sklearn.datasets import load_digits


def read_digits():
    """The digits, in a fixed random order, through two IDX files: pixels in [0, 1] and labels."""
    digits = load_digits()
    order = np.random.default_rng(0).permutation(len(digits.target))
    pixels = np.round(digits.images[order] * (255 / 16)).astype(np.uint8)
    labels = digits.target[order].astype(np.uint8)
    with tempfile.TemporaryDirectory() as folder:
        images_file, labels_file = Path(folder, "images"), Path(folder, "labels")
        images_file.write_bytes(struct.pack(">4i", 2051, *pixels.shape) + pixels.tobytes())
        labels_file.write_bytes(struct.pack(">2i", 2049, len(labels)) + labels.tobytes())
        return ndl.parse_mnist(str(images_file), str(labels_file))


def show_images(panels, images, titles=None, side=8, **style):
    """Small pictures without axes."""
    for axes, image, title in zip(panels.flat, images, titles if titles is not None else [""] * len(images)):
        axes.imshow(image.reshape(side, side), **style)
        axes.set_title(title, fontsize=9)
        axes.axis("off")


with waiting_for_stages("The digits"):
    X, y = read_digits()
    print(f"{X.shape} {X.dtype} from {X.min():.0f} to {X.max():.0f}, {y.shape} {y.dtype}")
    figure, panels = plt.subplots(2, 10, figsize=(8, 2.1))
    show_images(panels[0], X[[np.argmax(y == digit) for digit in range(10)]], cmap="Greys")
    show_images(panels[1], [X[y == digit].mean(axis=0) for digit in range(10)], cmap="Greys")
    figure.suptitle("one of each, and the mean of each", fontsize=11)
    plt.show()

# %% [markdown]
# ## Training
#
# Two models, the same data, the same loss, gradients by hand. Before the first step the network knows nothing and says so:
# its loss is close to $\log 10 \approx 2.303$, that of someone who gives each digit a tenth.


# %%
def error_percent(logits, labels):
    return 100 * np.mean(logits.argmax(axis=1) != labels)


with waiting_for_stages("The training"):
    X, y = read_digits()
    train_X, train_y, test_X, test_y = X[:1400], y[:1400], X[1400:], y[1400:]
    rng = np.random.default_rng(0)
    theta = np.zeros((64, 10), dtype=np.float32)
    W1 = (rng.standard_normal((64, 100)) / np.sqrt(64)).astype(np.float32)
    W2 = (rng.standard_normal((100, 10)) / np.sqrt(100)).astype(np.float32)

    models = {
        "softmax regression": (
            lambda: ndl.softmax_regression_epoch(train_X, train_y, theta, lr=0.5, batch=50),
            lambda rows: rows @ theta,
            ORANGE,
        ),
        "two layers": (
            lambda: ndl.nn_epoch(train_X, train_y, W1, W2, lr=0.2, batch=50),
            lambda rows: np.maximum(rows @ W1, 0) @ W2,
            BLUE,
        ),
    }
    figure, (left, right) = plt.subplots(1, 2, figsize=(8.6, 3.5))
    for name, (one_epoch, logits, colour) in models.items():
        losses, errors = [], []
        for epoch in range(41):
            if epoch > 0:
                one_epoch()
            losses.append([ndl.softmax_loss(logits(train_X), train_y), ndl.softmax_loss(logits(test_X), test_y)])
            errors.append([error_percent(logits(train_X), train_y), error_percent(logits(test_X), test_y)])
        losses, errors = np.array(losses), np.array(errors)
        for axes, values in [(left, losses), (right, errors)]:
            axes.plot(values[:, 0], color=colour, ls=":", lw=1.4)
            axes.plot(values[:, 1], color=colour, label=name)
        print(f"{name}: loss {losses[0, 1]:.3f} → {losses[-1, 1]:.3f}, errors {errors[-1, 1]:.1f} % of 397 unseen digits")
    left.set(title="loss", xlabel="epochs", ylabel="cross-entropy, nats", ylim=(0, 2.5))
    right.set(title="errors", xlabel="epochs", ylabel="wrong digits, %", ylim=(0, 15))
    left.plot([], [], color=GREY, label="unseen digits")
    left.plot([], [], color=GREY, ls=":", label="training digits")
    left.legend(*[part[2:] for part in left.get_legend_handles_labels()], fontsize=8)
    right.legend(fontsize=8)
    plt.show()

# %% [markdown]
# ## What did it learn?
#
# Each column of `theta` is a picture: blue pixels speak for the digit, red ones against it.

# %%
with waiting_for_stages("The pictures of the weights"):
    read_digits(), ndl.softmax_loss(np.zeros((1, 2)), np.array([0]))  # the stages that the training needed
    figure, panels = plt.subplots(1, 10, figsize=(8.6, 1.4))
    strongest = np.abs(theta).max()
    show_images(panels, theta.T, [str(digit) for digit in range(10)], cmap="RdBu", vmin=-strongest, vmax=strongest)
    plt.show()

    logits = np.maximum(test_X @ W1, 0) @ W2
    wrong = np.flatnonzero(logits.argmax(axis=1) != test_y)[:10]
    titles = [f"{test_y[i]}, read as {logits[i].argmax()}" for i in wrong]
    figure, panels = plt.subplots(1, max(len(wrong), 2), figsize=(1.05 * max(len(wrong), 2), 1.4))
    for axes in panels:
        axes.axis("off")
    show_images(panels, test_X[wrong], titles, cmap="Greys")
    figure.suptitle("what two layers still get wrong", fontsize=11)
    plt.show()

# %% [markdown]
# ## The circle closes
#
# Part 1 solved XOR with a network written for that one purpose. Your `nn_epoch` solves it too: a column of ones stands in
# for the bias, two classes stand for −1 and +1.

# %%
with waiting_for_stages("XOR with your own network"):
    labels = (XOR > 0).astype(np.uint8)
    rng = np.random.default_rng(0)
    first, second = rng.standard_normal((3, 8)), rng.standard_normal((8, 2))
    for _ in range(500):
        ndl.nn_epoch(corners, labels, first, second, lr=0.5, batch=4)
    answers = np.maximum(corners @ first, 0) @ second
    print("asked:   ", corners[:, 1:].astype(int).tolist())
    print("answered:", answers.argmax(axis=1).tolist(), f"with loss {ndl.softmax_loss(answers, labels):.5f}")

# %% [markdown]
# ## MNIST itself, where you have it

# %%
folder = Path(os.environ.get("NEEDLE_DATA", "")) / "mnist"
files = [folder / name for name in ("t10k-images-idx3-ubyte.gz", "t10k-labels-idx1-ubyte.gz")]
if not all(file.exists() for file in files):
    print("no MNIST here: set NEEDLE_DATA to a folder that holds mnist/t10k-images-idx3-ubyte.gz and its labels")
else:
    with waiting_for_stages("MNIST"):
        X, y = ndl.parse_mnist(str(files[0]), str(files[1]))
        print(f"{X.shape} {X.dtype}, mean {X.mean():.4f}, standard deviation {X.std():.4f}")
        figure, panels = plt.subplots(3, 12, figsize=(8.6, 2.4))
        show_images(panels, X[:36], side=28, cmap="Greys")
        plt.show()

        train, test = slice(0, 8000), slice(8000, None)
        rng = np.random.default_rng(0)
        W1 = (rng.standard_normal((784, 100)) / 28).astype(np.float32)
        W2 = (rng.standard_normal((100, 10)) / 10).astype(np.float32)
        for _ in range(10):
            ndl.nn_epoch(X[train], y[train], W1, W2, lr=0.2, batch=100)
        print(f"two layers, 10 epochs: {error_percent(np.maximum(X[test] @ W1, 0) @ W2, y[test]):.1f} % errors", end=" ")
        print("on 2,000 unseen digits")
