"""Einstein summation: one string that says which axes are multiplied, kept, reordered and summed.

The three functions before `einsum` are its steps. The tests call `einsum` and `matmul_einsum` alone, so change
the steps as you like.
"""

import numpy as np


def read_spec(spec, arrays):
    """Split a spec into the letters of each operand and of the output, and check it against the arrays.

    "ba,ac" → ["ba", "ac"] and "bc": without "->" the output has the letters that occur exactly once, sorted.

    Args:
        spec: str, as einsum takes it.
        arrays: list of arrays of any shape, one for each operand.

    Returns:
        A list of str, the letters of each operand, and a str, the letters of the output.

    Raises:
        ValueError: every mistake that einsum's docstring names, but for letters with two lengths.
    """
    raise NotImplementedError("hw0 · einsum: see hw0_matmul/README.md, stage 10")


def take_diagonals(letters, array):
    """Merge the axes that share a letter into one axis, their diagonal.

    "iij" and an array of shape (3, 3, 4) → "ji" and a view of shape (4, 3): out[j, i] = array[i, i, j].

    Args:
        letters: str, one letter for each axis of the array.
        array: array of any shape in which axes with the same letter have the same length.

    Returns:
        A str without repeated letters, and a view with one axis for each of them.
    """
    raise NotImplementedError("hw0 · einsum: see hw0_matmul/README.md, stage 10")


def line_up(letters, array, all_letters):
    """Give an array one axis for each of all_letters, in that order, so that broadcasting can multiply it.

    "ki" and an array of shape (5, 3), lined up on "ijk" → shape (3, 1, 5).

    Args:
        letters: str, one letter for each axis of the array, none twice, each of them in all_letters.
        array: array of any shape.
        all_letters: str, the letters of the result's axes.

    Returns:
        A view of the array with len(all_letters) axes, of length 1 where the array lacks the letter.
    """
    raise NotImplementedError("hw0 · einsum: see hw0_matmul/README.md, stage 10")


def einsum(spec, *arrays):
    """Multiply arrays, keep the axes that the output names and sum over all the others.

    "ik,kj->ij": out[i, j] = Σ_k a[i, k] · b[k, j].

    A letter names an axis; axes with the same letter have the same length and run together. A letter
    twice in one operand means its diagonal ("ii->i"). Without "->" the output has the letters that occur
    exactly once, in alphabetical order, capitals first ("ba" transposes, "ii" is the trace). Spaces do not count.

    Args:
        spec: str, such as "ik,kj->ij": letters for each operand, separated by commas, and those of the output.
        arrays: one array for each operand, of any shape with as many axes as the operand has letters.

    Returns:
        A new array with one axis for each output letter, in that order; a number if there is none.
        Its dtype is the one that the operands have together (float32 stays float32).

    Raises:
        ValueError: the spec has an ellipsis ("..."), a character that is no letter, or two arrows; the number
            of arrays or an array's number of axes does not fit it; one letter has two lengths; an output letter
            occurs in no operand, or twice in the output. The message names the spec and what is wrong.

    Source: numpy.einsum and torch.einsum, which this function must not call.
    """
    raise NotImplementedError("hw0 · einsum: see hw0_matmul/README.md, stage 10")


def matmul_einsum(a, b):
    """Multiply two matrices with one call of einsum.

    out[i, j] = Σ_k a[i, k] · b[k, j]

    Args:
        a: array of shape (m, k).
        b: array of shape (k, n).

    Returns:
        A new array of shape (m, n), in the dtype that a and b have together.

    Raises:
        ValueError: the inner lengths differ, or a factor is not a matrix.

    Source: the definition of the matrix product.
    """
    raise NotImplementedError("hw0 · einsum: see hw0_matmul/README.md, stage 10")
