"""A product in tiles: views of tiles, their product, and the edges that they leave over."""

import numpy as np
import torch


def test_as_tiles_worked_case(student, close):
    """cuts a matrix of 4 by 6 into two rows of three tiles"""
    a = np.arange(24).reshape(4, 6)
    grid = student.as_tiles(a, 2)
    close(grid.shape, (2, 3, 2, 2))
    close(grid[0, 1], np.array([[2, 3], [8, 9]]))
    close(grid[1, 0], np.array([[12, 13], [18, 19]]))


def test_as_tiles_views(student, rng):
    """copies nothing: the tiles share memory with the matrix, also where edges are left out"""
    for shape, tile in (((4, 6), 2), ((7, 9), 3)):
        assert student.tiles_share_memory(rng.standard_normal(shape), tile), "as_tiles copied the matrix; return a view"


def test_matmul_tiled_whole(student, rng, close):
    """multiplies matrices that the tiles divide"""
    a, b = rng.standard_normal((8, 12)), rng.standard_normal((12, 4))
    close(student.matmul_tiled(a, b, 4), torch.tensor(a) @ torch.tensor(b), kind="reduction")


def test_matmul_tiled_edges(student, rng, close):
    """multiplies matrices whose edges do not fill a tile"""
    a, b = rng.standard_normal((7, 9)), rng.standard_normal((9, 11))
    close(student.matmul_tiled(a, b, 4), torch.tensor(a) @ torch.tensor(b), kind="reduction")


def test_matmul_tiled_takes_tiles(student, rng):
    """takes the tiles of both factors from as_tiles"""
    a, b = rng.standard_normal((6, 6)), rng.standard_normal((6, 6))
    sides = student.tiles_taken(a, b, 3)
    assert len(sides) >= 2, f"matmul_tiled called as_tiles {len(sides)} time(s), expected at least one for each factor"
    assert set(sides) == {3}, f"matmul_tiled was given tiles of 3, and asked as_tiles for sides of {sides}"


def test_matmul_tiled_inner_lengths(student, rng):
    """raises a ValueError that names both shapes where the inner lengths differ"""
    message = student.raises(ValueError).matmul_tiled(rng.standard_normal((4, 6)), rng.standard_normal((4, 6)), 2)
    assert message.count("(4, 6)") == 2, f'the message should name both shapes, (4, 6) and (4, 6): "{message}"'
