"""Broadcasting: the shape that comes out, and the strides that read a small array as a large one."""

import torch


def _random_shapes(rng, count):
    """Shapes that broadcast together: one shape, from which each drops leading axes and sets some lengths to 1."""
    full = rng.integers(1, 6, size=rng.integers(1, 5))
    shapes = []
    for _ in range(count):
        kept = full[rng.integers(0, len(full) + 1) :]
        shapes.append(tuple(int(length) if rng.random() < 0.6 else 1 for length in kept))
    return shapes


def test_broadcast_shapes_worked_cases(student, close):
    """stretches axes of length 1 and aligns shapes at their last axis"""
    close(student.broadcast_shapes([(3, 1), (1, 4)]), (3, 4))
    close(student.broadcast_shapes([(2, 3), (3,)]), (2, 3))


def test_broadcast_shapes_torch(student, rng, close):
    """finds the shape that torch finds, for two shapes and for more"""
    for count in (2, 3, 4):
        for _ in range(8):
            shapes = _random_shapes(rng, count)
            close(student.broadcast_shapes(shapes), tuple(torch.broadcast_shapes(*shapes)))


def test_broadcast_shapes_incompatible(student):
    """raises a ValueError that names the shapes which do not broadcast"""
    message = student.raises(ValueError).broadcast_shapes([(2, 3), (4, 3)])
    assert "(2, 3)" in message and "(4, 3)" in message, f'the message should name (2, 3) and (4, 3): "{message}"'


def test_expand_strides_worked_case(student, close):
    """gives stretched and new axes the stride 0 and keeps the others, in elements"""
    close(student.expand_strides((3, 1), (1, 1), (2, 3, 4)), (0, 1, 0))
    close(student.expand_strides((2, 3), (3, 1), (4, 2, 3)), (0, 3, 1))


def test_expand_strides_torch(student, rng, close):
    """finds the strides of torch's expand, also for a transposed array and a kept axis of length 1"""
    for shape, target in (((5, 1, 3), (5, 4, 3)), ((4,), (2, 3, 4)), ((1, 4), (1, 4)), ((), (2, 3))):
        tensor = torch.tensor(rng.standard_normal(shape[::-1])).permute(tuple(reversed(range(len(shape)))))
        close(student.expand_strides(shape, tensor.stride(), target), tensor.expand(target).stride())


def test_read_expanded(student, rng, close):
    """gives strides through which memory reads as the stretched array"""
    a = rng.standard_normal((3, 1, 2))
    close(student.read_expanded(a, (4, 3, 5, 2)), torch.tensor(a).expand(4, 3, 5, 2))


def test_expand_strides_incompatible(student):
    """refuses to stretch an axis that is longer than 1, and names both shapes"""
    message = student.raises(ValueError).expand_strides((2, 3), (3, 1), (2, 6))
    assert "(2, 3)" in message and "(2, 6)" in message, f'the message should name (2, 3) and (2, 6): "{message}"'
