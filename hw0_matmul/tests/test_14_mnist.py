"""Reading image and label files, refusing damaged ones, and normalising."""

import gzip
import os
import struct
from pathlib import Path

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


def test_parse_mnist_worked_case(student, close):
    """reads two images of 1 by 2 pixels: black is 0, white is 1"""
    pixels = np.array([[[0, 255]], [[51, 102]]], dtype=np.uint8)
    parsed = student.parse_mnist(gzip.compress(_images(pixels)), gzip.compress(_labels(np.array([7, 3], np.uint8))))
    close(parsed["X"], np.array([[0.0, 1.0], [0.2, 0.4]], dtype=np.float32), dtype=True)
    close(parsed["y"], np.array([7, 3], dtype=np.uint8), dtype=True)


def test_parse_mnist_torch(student, rng, close):
    """reads gzipped files of 28 by 28 pixels as torch would scale them"""
    pixels, classes = _random_set(rng)
    parsed = student.parse_mnist(gzip.compress(_images(pixels)), gzip.compress(_labels(classes)))
    close(parsed["X"], torch.tensor(pixels).reshape(-1, 784).float() / 255, dtype=True)
    close(parsed["y"], torch.tensor(classes), dtype=True)


def test_parse_mnist_real_files(student, rng, close):
    """reads the test set of MNIST where NEEDLE_DATA says where it is, and a made-up set elsewhere"""
    folder = Path(os.environ.get("NEEDLE_DATA", "no data"), "mnist")
    files = folder / "t10k-images-idx3-ubyte.gz", folder / "t10k-labels-idx1-ubyte.gz"
    if all(file.is_file() for file in files):
        images, labels = (file.read_bytes() for file in files)
    else:
        pixels, classes = _random_set(rng, n=1000)
        images, labels = gzip.compress(_images(pixels), 1), gzip.compress(_labels(classes), 1)
    pixels = torch.frombuffer(bytearray(gzip.decompress(images)[16:]), dtype=torch.uint8).reshape(-1, 784)
    part = student.parse_mnist_part(images, labels, every=100)
    close(part["shape"], tuple(pixels.shape))
    close(part["rows"], pixels[::100].float() / 255, dtype=True)
    close(part["y"], torch.frombuffer(bytearray(gzip.decompress(labels)[8:]), dtype=torch.uint8), dtype=True)


def test_parse_mnist_truncated(student, rng):
    """says "truncated", and which file, where pixels are missing"""
    pixels, classes = _random_set(rng)
    cut = gzip.compress(_images(pixels)[:-1])
    _check_message(student.raises(ValueError).parse_mnist(cut, _labels(classes)), "truncated", "images-idx3-ubyte")


def test_parse_mnist_magic(student, rng):
    """says "magic", and which file, where the two files are exchanged"""
    pixels, classes = _random_set(rng, n=30)
    images, labels = gzip.compress(_images(pixels)), gzip.compress(_labels(classes))
    _check_message(student.raises(ValueError).parse_mnist(labels, images), "magic", "images-idx3-ubyte")


def test_parse_mnist_count(student, rng):
    """says "count" where there are more images than labels"""
    pixels, classes = _random_set(rng)
    message = student.raises(ValueError).parse_mnist(
        gzip.compress(_images(pixels)), gzip.compress(_labels(classes[1:]))
    )
    _check_message(message, "count")


def test_normalize(student, rng, close):
    """subtracts the mean that it is given, divides by the standard deviation, and keeps float32"""
    close(student.normalize(np.array([1.0, 4.0]), 2.0, 0.5), np.array([-2.0, 4.0]))
    x = rng.random((6, 4)).astype(np.float32)
    mean, std = rng.random(4), rng.random(4) + 0.5
    expected = (torch.tensor(x) - torch.tensor(mean)) / torch.tensor(std)
    close(student.normalize(x, mean, std), expected.float(), dtype=True)
