"""The wire carries plain values and arrays, views included, and nothing else; hostile bytes are refused with a sentence."""

import enum
import json

import numpy as np
import pytest

from grader.worker import wire

BASE = np.arange(24.0).reshape(2, 3, 4)

VIEWS = {
    "contiguous": BASE,
    "transposed": BASE.T,
    "reversed": BASE[::-1, :, ::-2],
    "inner": BASE[1:, 1, 1:3],
    "broadcast": np.broadcast_to(BASE[0, 0], (5, 4)),
    "of one entry": BASE[:1, :1, :1],
    "0-d": np.array(3.0),
    "empty": np.empty((0, 3)),
    "float32 column": BASE.astype(np.float32)[..., 1],
    "bools": np.array([True, False])[::-1],
}


@pytest.mark.parametrize("name", VIEWS)
def test_an_array_arrives_as_it_was(name):
    sent = VIEWS[name]

    got = wire.copied(sent)

    assert np.array_equal(got, sent)
    assert (got.dtype, got.shape) == (sent.dtype, sent.shape)
    assert got.strides == sent.strides or sent.size == 0


def test_a_copy_shares_no_memory_with_what_was_sent():
    got = wire.copied(BASE)

    got[...] = 0

    assert BASE.any()


def test_a_read_only_array_arrives_read_only():
    assert not wire.copied(np.broadcast_to(np.ones(3), (2, 3))).flags.writeable


def test_plain_values_arrive_as_they_were():
    value = {"a": (1, [2.5, None, True], "text ·"), "bytes": b"\x00\xff", "inf": float("inf"), "scalar": np.float32(2.5)}

    got = wire.copied(value)

    assert got == value
    assert type(got["scalar"]) is np.float32


def test_a_subclass_of_a_plain_type_arrives_as_the_plain_type():
    class Colour(enum.IntEnum):
        RED = 3

    assert type(wire.copied(Colour.RED)) is int


@pytest.mark.parametrize(
    ("value", "said"),
    [
        (object(), "type object"),
        (np.array([object()]), "dtype object"),
        (np.array(["text"]), "dtype <U4"),
        (np.zeros(2, np.complex128), "dtype complex128"),
        ({1: 2}, "keys that are no strings"),
        (10**5000, "cannot be written down"),
    ],
    ids=lambda value: type(value).__name__,
)
def test_what_cannot_cross_is_refused(value, said):
    with pytest.raises(wire.WireError, match=said):
        wire.copied(value)


def test_a_value_that_holds_itself_is_refused():
    endless = []
    endless.append(endless)

    with pytest.raises(wire.WireError, match="nested deeper"):
        wire.copied(endless)


def frame_parts(value):
    frame = wire.encode({"value": value})
    header, _ = wire.lengths(frame[: wire.PREFIX.size])
    return json.loads(frame[wire.PREFIX.size : wire.PREFIX.size + header]), frame[wire.PREFIX.size + header :]


@pytest.mark.parametrize(
    "forged",
    [
        {"dtype": "|O8"},
        {"dtype": ["<f8"]},
        {"shape": [10**9, 10**9]},
        {"shape": [-1, 3]},
        {"shape": [2.0, 3]},
        {"shape": [True, 3]},
        {"shape": [2] * 40},
        {"strides": [10**9, 8]},
        {"strides": [-8, 8]},
        {"strides": [1 << 80, 8]},
        {"offset": -8},
        {"offset": 1 << 70},
        {"nbytes": 1 << 40},
        {"nbytes": -1},
    ],
    ids=str,
)
def test_a_forged_array_is_refused_before_it_is_read(forged):
    header, payload = frame_parts(np.ones((2, 3)))
    header["arrays"][0].update(forged)

    with pytest.raises(wire.WireError):
        wire.decode(json.dumps(header).encode(), payload)


def test_a_stride_of_zero_cannot_blow_an_array_up():
    header, payload = frame_parts(np.ones(1))
    header["arrays"][0].update(shape=[1 << 40], strides=[0])

    with pytest.raises(wire.WireError, match="too large"):
        wire.decode(json.dumps(header).encode(), payload)


@pytest.mark.parametrize(
    "header",
    [
        b"no json",
        b"[]",
        b"{}",
        b'{"arrays": [], "message": 3}',
        b'{"arrays": [], "message": {"dict": {"a": {"array": 0}}}}',
        b'{"arrays": [], "message": {"dict": {"a": {"array": true}}}}',
        b'{"arrays": [], "message": {"dict": {"a": {"list": 3}}}}',
        b'{"arrays": [], "message": {"dict": {"a": {"pickle": "x"}}}}',
        b'{"arrays": [], "message": ' + b"[" * 100_000 + b"]" * 100_000 + b"}",
    ],
    ids=lambda header: header[:50].decode(),
)
def test_a_header_that_is_none_is_refused(header):
    with pytest.raises(wire.WireError):
        wire.decode(header, b"")


@pytest.mark.parametrize(
    "prefix", [b"GET / HTTP/1.1\r\n", wire.PREFIX.pack(wire.MAGIC, 1 << 31, 0), wire.PREFIX.pack(wire.MAGIC, 0, 1 << 62)]
)
def test_a_prefix_that_is_none_or_too_large_is_refused(prefix):
    with pytest.raises(wire.WireError):
        wire.lengths(prefix[: wire.PREFIX.size])
