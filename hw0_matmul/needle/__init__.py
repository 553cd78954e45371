"""needle as of homework 0: matrix products, a first training loop, and the Python that they need."""

from .benchmark import Timing, benchmark, epoch_hours
from .broadcasting import broadcast_shapes, expand_strides
from .callbacks import CallRecorder, cached, factorial, fibonacci, partial, power_functions
from .cells import Cells
from .contexts import Timer, check_shapes
from .einsum import einsum, matmul_einsum
from .elementwise import add, compare, frobenius_norm, mean
from .matmul import matmul_broadcast, matmul_loops, matmul_slice, product_sizes
from .mnist import normalize, parse_mnist
from .notebooks import NotebookError, cli, is_export, notebook_to_module, run_notebook
from .polynomial import Polynomial
from .softmax import nn_epoch, softmax_loss, softmax_regression_epoch
from .testing import near, test_eq, test_near, test_near_zero
from .tiles import as_tiles, matmul_tiled

__all__ = [
    "CallRecorder",
    "Cells",
    "NotebookError",
    "Polynomial",
    "Timer",
    "Timing",
    "add",
    "as_tiles",
    "benchmark",
    "broadcast_shapes",
    "cached",
    "check_shapes",
    "cli",
    "compare",
    "einsum",
    "epoch_hours",
    "expand_strides",
    "factorial",
    "fibonacci",
    "frobenius_norm",
    "is_export",
    "matmul_broadcast",
    "matmul_einsum",
    "matmul_loops",
    "matmul_slice",
    "matmul_tiled",
    "mean",
    "near",
    "nn_epoch",
    "normalize",
    "notebook_to_module",
    "parse_mnist",
    "partial",
    "power_functions",
    "product_sizes",
    "run_notebook",
    "softmax_loss",
    "softmax_regression_epoch",
    "test_eq",
    "test_near",
    "test_near_zero",
]
