"""Broadcasting: which shape comes out, and how a small array is read as if it were a large one."""


def broadcast_shapes(*shapes):
    """Find the shape to which arrays of the given shapes broadcast.

    Shapes are aligned at their last axis; a shape that is too short counts as 1 in front.
    On each axis the lengths that are not 1 must be equal; an axis of length 1 is stretched to them.
    0 is a length like any other: (1,) and (0,) give (0,), while (2,) and (0,) do not fit.

    Args:
        shapes: any number of tuples of int, each of any length.

    Returns:
        A tuple of int, as long as the longest shape; () if there is no shape.

    Raises:
        ValueError: two lengths on one axis differ and neither is 1; the message names all the shapes.

    Source: the broadcasting rules of numpy and torch.broadcast_shapes.
    """
    raise NotImplementedError("hw0 · broadcasting: see hw0_matmul/README.md, stage 9")


def expand_strides(shape, strides, target):
    """Find the strides that read an array of one shape as if it had a larger one, without copying it.

    stride[i] is how many elements apart two neighbours on axis i lie: element (i, j) of a matrix is
    memory[i * strides[0] + j * strides[1]]. With a stride of 0 every step reads the same element again.
    An axis that keeps its length keeps its stride (also where that length is 1);
    an axis that is stretched, or new in front, gets the stride 0.

    Args:
        shape: tuple of int, the shape of the array.
        strides: tuple of int, as long as shape; counted in elements, as torch does (numpy counts bytes).
        target: tuple of int, the shape to read it as; at least as long as shape.

    Returns:
        A tuple of int, as long as target: the strides, in elements.

    Raises:
        ValueError: shape does not stretch to target (only an axis of length 1 stretches), target has fewer
            axes than shape, or strides is not as long as shape; the message names shape and target.

    Source: torch.Tensor.expand. (For a new axis of length 1 torch writes a number other than 0; no element
        is ever reached through it.)
    """
    raise NotImplementedError("hw0 · broadcasting: see hw0_matmul/README.md, stage 9")
