"""Broadcasting, with other data: empty axes, single numbers, many shapes, and more ways not to fit."""

import torch


def test_broadcast_shapes_edges(student, close):
    """handles numbers, empty axes, one shape and no shape"""
    for shapes in ([(), ()], [(), (2, 3)], [(1,), (0,)], [(0, 1), (3,)], [(4, 1, 2)], []):
        close(student.broadcast_shapes(shapes), tuple(torch.broadcast_shapes(*shapes)))


def test_broadcast_shapes_third_shape(student):
    """looks at every shape: a third that does not fit, and a length of 0 that does not stretch"""
    for shapes in ([(3, 1), (1, 4), (2, 4)], [(2,), (0,)], [(2,), (4,)], [(5, 1, 3), (2, 1)]):
        if shapes[-1] == (2, 1):
            assert tuple(student.broadcast_shapes(shapes)) == (5, 2, 3), "(5, 1, 3) and (2, 1) broadcast to (5, 2, 3)"
            continue
        message = student.raises(ValueError).broadcast_shapes(shapes)
        assert all(str(shape) in message for shape in shapes), f'the message should name all of {shapes}: "{message}"'


def test_expand_strides_many_axes(student, rng, close):
    """expands random views of up to five axes as torch does"""
    for _ in range(12):
        target = tuple(int(length) for length in rng.integers(2, 5, size=rng.integers(1, 6)))
        shape = tuple(1 if rng.random() < 0.5 else length for length in target[rng.integers(0, len(target)) :])
        tensor = torch.zeros([2 * length for length in shape])[tuple(slice(None, None, 2) for _ in shape)]
        close(student.expand_strides(shape, tensor.stride(), target), tensor.expand(target).stride())


def test_expand_strides_axes_refused(student):
    """refuses a target with fewer axes, a shorter target axis, and strides that do not belong to the shape"""
    student.raises(ValueError).expand_strides((2, 3), (3, 1), (3,))
    student.raises(ValueError).expand_strides((2, 3), (3, 1), (2, 1))
    student.raises(ValueError).expand_strides((2, 3), (1,), (2, 3))
