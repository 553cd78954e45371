"""Reading files, with other data: plain files, other sizes, and every other kind of damage."""

import gzip
import struct

import numpy as np
import torch


def _images(pixels):
    return struct.pack(">4I", 2051, *pixels.shape) + pixels.tobytes()


def _labels(classes):
    return struct.pack(">2I", 2049, len(classes)) + classes.tobytes()


def _random_set(rng, n=5, rows=28, columns=28):
    pixels = rng.integers(0, 256, size=(n, rows, columns), dtype=np.uint8)
    return pixels, rng.integers(0, 10, size=n, dtype=np.uint8)


def _check_message(message, *words):
    for word in words:
        assert word in message, f'the message should hold "{word}": "{message}"'


def test_parse_mnist_plain_files(student, rng, close):
    """reads files that are not gzipped, images that are not square, and more than 255 of them"""
    pixels, classes = _random_set(rng, n=300, rows=3, columns=5)
    parsed = student.parse_mnist(_images(pixels), _labels(classes))
    close(parsed["X"], torch.tensor(pixels).reshape(300, 15).float() / 255, dtype=True)
    close(parsed["y"], torch.tensor(classes), dtype=True)


def test_parse_mnist_writeable(student, rng, close):
    """returns arrays that can be written to"""
    pixels, classes = _random_set(rng)
    close(student.parse_mnist_writeable(_images(pixels), _labels(classes)), {"X": True, "y": True})


def test_parse_mnist_truncated_anywhere(student, rng):
    """says "truncated", and which file, where labels are missing, the header is cut, or the gzip stream ends early"""
    pixels, classes = _random_set(rng)
    images, labels = _images(pixels), _labels(classes)
    for cut_images, cut_labels, name in (
        (images, gzip.compress(labels[:-2]), "labels-idx1-ubyte"),
        (images[:11], labels, "images-idx3-ubyte"),
        (gzip.compress(images)[:-100], gzip.compress(labels), "images-idx3-ubyte"),
    ):
        _check_message(student.raises(ValueError).parse_mnist(cut_images, cut_labels), "truncated", name)


def test_parse_mnist_label_magic(student, rng):
    """looks at the magic number of the labels as well"""
    pixels, classes = _random_set(rng)
    labels = struct.pack(">2I", 2050, len(classes)) + classes.tobytes()
    _check_message(student.raises(ValueError).parse_mnist(_images(pixels), labels), "magic", "labels-idx1-ubyte")


def test_parse_mnist_counts(student, rng):
    """says "count" where a file holds more than its header promises, and where there are more labels than images"""
    pixels, classes = _random_set(rng)
    message = student.raises(ValueError).parse_mnist(_images(pixels) + b"\0", _labels(classes))
    _check_message(message, "count", "images-idx3-ubyte")
    message = student.raises(ValueError).parse_mnist(_images(pixels[1:]), _labels(classes))
    _check_message(message, "count")


def test_normalize_training_statistics(student, rng, close):
    """uses numbers of the training set on other data, takes one mean for all, and refuses a deviation of 0"""
    train, test = rng.random((9, 3)).astype(np.float32), rng.random((4, 3)).astype(np.float32)
    mean, std = np.float64(train.mean()), np.float64(train.std())
    close(student.normalize(test, mean, std), ((torch.tensor(test).double() - mean) / std).float(), dtype=True)
    student.raises(ValueError).normalize(test, np.zeros(3), np.array([1.0, 0.0, 1.0]))
