"""A product in tiles, with other data: every kind of edge, large tiles, views, dtypes."""

import numpy as np
import torch


def test_as_tiles_of_views(student, rng, close):
    """cuts a transposed and thinned-out matrix without copying it, and leaves its edges out"""
    a = rng.standard_normal((14, 10)).T[::2]
    expected = torch.tensor(a.copy()).unfold(0, 3, 3).unfold(1, 3, 3)
    close(student.as_tiles(a, 3), expected)
    assert student.tiles_share_memory(a, 3), "as_tiles copied a view; return a view of it"


def test_matmul_tiled_every_edge(student, rng, close):
    """is right for every remainder of rows, inner length and columns, and for tiles larger than the matrices"""
    for m in (3, 4, 6):
        for k in (2, 3, 7):
            for n in (1, 5, 6):
                a, b = rng.standard_normal((m, k)), rng.standard_normal((k, n))
                for tile in (1, 3, 8):
                    close(student.matmul_tiled(a, b, tile), torch.tensor(a) @ torch.tensor(b), kind="reduction")


def test_matmul_tiled_views_and_dtype(student, rng, close):
    """multiplies views, and keeps float32"""
    a = rng.standard_normal((9, 14)).astype(np.float32).T[::2]
    b = rng.standard_normal((9, 5)).astype(np.float32)[:, ::-1]
    expected = torch.tensor(a.copy()) @ torch.tensor(b.copy())
    close(student.matmul_tiled(a, b, 2), expected, kind="reduction", dtype=True)


def test_as_tiles_side_refused(student, rng):
    """refuses a tile without a side"""
    a = rng.standard_normal((4, 4))
    student.raises(ValueError).as_tiles(a, 0)
    student.raises(ValueError).matmul_tiled(a, a, 0)
