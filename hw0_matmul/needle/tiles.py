"""A product in tiles: small blocks that stay in the cache while they are needed."""

import numpy as np


def as_tiles(a, tile):
    """See a matrix as a grid of square tiles, without copying it.

    as_tiles(a, t)[i, j] is a[i*t : (i+1)*t, j*t : (j+1)*t]. Only whole tiles are in the grid: rows and
    columns at the far edges that do not fill one are left out.

    Args:
        a: array of shape (m, n), contiguous or not.
        tile: int ≥ 1, the side of a tile.

    Returns:
        A view of a, of shape (m // tile, n // tile, tile, tile): who writes into it writes into a.

    Raises:
        ValueError: tile is less than 1; the message names it.

    Source: a reshape that splits an axis moves no element; neither does swapping axes.
    """
    raise NotImplementedError("hw0 · matmul_tiled: see hw0_matmul/README.md, stage 12")


def matmul_tiled(a, b, tile=32):
    """Multiply two matrices tile by tile.

    OUT[i, j] = Σ_p A[i, p] @ B[p, j], where A, B and OUT are the tiles of the factors and of the product;
    then what the tiles leave over. The tiles of both factors come from as_tiles.

    Args:
        a: array of shape (m, k).
        b: array of shape (k, n).
        tile: int ≥ 1, the side of a tile; it may divide m, k and n or not, and may be larger than they are.

    Returns:
        A new array of shape (m, n), in the dtype that a and b have together.

    Raises:
        ValueError: the inner lengths differ (the message names both shapes), or tile is less than 1.

    Source: the product of block matrices; Golub and Van Loan, Matrix Computations, section 1.3.
    """
    raise NotImplementedError("hw0 · matmul_tiled: see hw0_matmul/README.md, stage 12")
