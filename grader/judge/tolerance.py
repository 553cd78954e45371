"""The one table of tolerances: how far a right answer may lie from torch's, by dtype and kind of computation.

An entry is (relative, absolute): |got − expected| ≤ absolute + relative · |expected|, entry by entry. The rounding unit is
1.1e-16 in float64, 6.0e-8 in float32 and 4.9e-4 in float16; each entry allows for the roundings of its kind, with room for
another order of the same operations, and for nothing that a mistake would make.
"""

from __future__ import annotations

from typing import Literal

import numpy as np

Computation = Literal["exact", "elementwise", "reduction", "gradient", "numerical", "training"]

TABLE: dict[Computation, dict[str, tuple[float, float]]] = {
    # the same bits: copies, views, permutations, masks
    "exact": {"float64": (0.0, 0.0), "float32": (0.0, 0.0), "float16": (0.0, 0.0)},
    # a handful of roundings an entry, library functions among them
    "elementwise": {"float64": (1e-10, 1e-12), "float32": (1e-5, 1e-6), "float16": (4e-3, 1e-3)},
    # sums of up to thousands of terms, in any order
    "reduction": {"float64": (1e-9, 1e-11), "float32": (1e-4, 1e-5), "float16": (2e-2, 1e-2)},
    # a chain of products and reductions
    "gradient": {"float64": (1e-8, 1e-10), "float32": (2e-4, 2e-5), "float16": (4e-2, 2e-2)},
    # central differences with a step of about 1e-5: a truncation error of 1e-10 and a cancellation error of 1e-10, amplified
    "numerical": {"float64": (1e-5, 1e-6), "float32": (2e-2, 2e-2), "float16": (2e-1, 2e-1)},
    # many steps of an optimiser, each amplifying the roundings of the one before
    "training": {"float64": (1e-6, 1e-8), "float32": (2e-3, 2e-4), "float16": (1e-1, 1e-1)},
}


def tolerance(dtype: np.dtype, computation: Computation) -> tuple[float, float]:
    """(relative, absolute) for values of a dtype; (0, 0) for integers and truth values."""
    return TABLE[computation].get(dtype.name, (0.0, 0.0))
