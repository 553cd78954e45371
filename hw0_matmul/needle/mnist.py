"""Handwritten digits in the IDX format: read them, check them, normalise them."""

import numpy as np

IMAGE_MAGIC = 0x00000803  # 2051: unsigned bytes (08) on 3 axes
LABEL_MAGIC = 0x00000801  # 2049: unsigned bytes (08) on 1 axis


def read_idx(filename, magic):
    """Read one IDX file of unsigned bytes, gzipped or plain, and check that it is whole.

    The file: the magic number, then the length of each axis, all as big-endian 32-bit integers, then one byte for
    each element. The last byte of the magic number says how many axes there are. parse_mnist is tested, this is not.

    Args:
        filename: str or path. A gzip file starts with the bytes 1f 8b, an IDX file does not.
        magic: int, the magic number that the file must start with.

    Returns:
        A uint8 array of the shape that the header says.

    Raises:
        ValueError: as parse_mnist's docstring says.
    """
    raise NotImplementedError("hw0 · mnist: see hw0_matmul/README.md, stage 14")


def parse_mnist(image_filename, label_filename):
    """Read a set of images and its labels from two IDX files, gzipped or plain.

    X[i, j] = byte j of image i / 255, y[i] = byte i of the labels.

    Args:
        image_filename: str or path of a file with the magic number 2051, then n, the rows and the columns of an
            image (28 and 28 for MNIST), each a big-endian 32-bit integer, then one byte a pixel, row by row.
        label_filename: str or path of a file with the magic number 2049, then n, then one byte a label.

    Returns:
        X, a float32 array of shape (n, rows * columns), which is (n, 784) for MNIST, with values in [0, 1];
        y, a uint8 array of shape (n,). Both can be written to.

    Raises:
        ValueError: the message holds the name of the file and one of three words. "truncated": the file, or the gzip
            stream in it, ends too early. "magic": it starts with another magic number. "count": it holds more bytes
            than its header promises, or the two files differ in n.

    Source: the IDX format as described with the MNIST database, LeCun, Cortes and Burges.
    """
    raise NotImplementedError("hw0 · mnist: see hw0_matmul/README.md, stage 14")


def normalize(x, mean, std):
    """Shift and scale data by a mean and a standard deviation that were measured before.

    out = (x − mean) / std

    mean and std are those of the training set, also where x is the validation or the test set: a network must
    see every number on the scale that it was trained on.

    Args:
        x: float array of any shape.
        mean: number, or array that broadcasts with x.
        std: number, or array that broadcasts with x; nowhere 0.

    Returns:
        A new array of x's shape and dtype.

    Raises:
        ValueError: std is 0 somewhere (a pixel that never changes); the message says so.

    Source: the z-score of statistics.
    """
    raise NotImplementedError("hw0 · mnist: see hw0_matmul/README.md, stage 14")
