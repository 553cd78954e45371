"""The wire: a frame is two lengths, a JSON header, and the raw bytes of arrays. No pickle anywhere.

    b"NDL1" · header length (u32) · payload length (u64) · header · payload

The header holds a message: a dict whose values are trees of plain values. An array in a tree is a number, the index of
its entry in the header's list `arrays` (dtype, shape, strides, offset, nbytes, writeable); its memory lies in the payload,
one array after the other. Arrays arrive as they were: a view keeps its strides, a broadcast axis its stride of 0.

Values that cross: None, bool, int, float, str, bytes, list, tuple, dict with str keys, numpy arrays and scalars of the
dtypes below. Reading checks every number before it allocates or indexes.
"""

from __future__ import annotations

import json
import struct
from collections.abc import Callable
from typing import Any

import numpy as np

MAGIC = b"NDL1"
PREFIX = struct.Struct(">4sIQ")
DTYPES = frozenset(np.dtype(name).str for name in (
    "bool", "int8", "int16", "int32", "int64", "uint8", "uint16", "uint32", "uint64", "float16", "float32", "float64"
))  # fmt: skip
MAX_HEADER = 4 << 20
MAX_PAYLOAD = 256 << 20
MAX_ARRAYS = 10_000
MAX_DEPTH = 24
MAX_AXES = 32

Message = dict[str, Any]


class WireError(Exception):
    """A value that cannot cross, or bytes that are no frame; the message is a sentence."""


def encode(message: Message) -> bytes:
    """A message as one frame.

    Raises:
        WireError: a value in it cannot cross, or it is too large.
    """
    writer = _Writer()
    tree = writer.tree(message, 0)
    try:
        header = json.dumps({"message": tree, "arrays": writer.entries}).encode("utf-8", "surrogatepass")
    except ValueError as error:
        raise WireError(f"a value that cannot be written down: {error}") from None
    payload = b"".join(writer.memories)
    if len(header) > MAX_HEADER or len(payload) > MAX_PAYLOAD:
        raise WireError(f"{len(header) + len(payload):,} bytes, which is more than fits in one answer")
    return PREFIX.pack(MAGIC, len(header), len(payload)) + header + payload


def lengths(prefix: bytes) -> tuple[int, int]:
    """Header and payload length of a frame, from its first `PREFIX.size` bytes.

    Raises:
        WireError: no frame begins so, or it is too large.
    """
    magic, header, payload = PREFIX.unpack(prefix)
    if magic != MAGIC:
        raise WireError("bytes that are no frame")
    if header > MAX_HEADER or payload > MAX_PAYLOAD:
        raise WireError(f"a frame of {header + payload:,} bytes, which is too large")
    return header, payload


def decode(header: bytes, payload: bytes | bytearray) -> Message:
    """The message of a frame. Its arrays are views of memory of their own, not of the payload.

    Raises:
        WireError: anything in it is not as `encode` writes it.
    """
    try:
        data = json.loads(header)
    except (ValueError, RecursionError):
        raise WireError("a header that is no JSON") from None
    if not isinstance(data, dict) or not isinstance(data.get("arrays"), list):
        raise WireError("a header without a list of arrays")
    try:
        message = _Reader(_arrays(data["arrays"], payload)).tree(data.get("message"), 0)
    except (ValueError, OverflowError, MemoryError) as error:  # what was not foreseen is the sender's fault, too
        raise WireError(f"an array that cannot be made: {error}") from None
    if not isinstance(message, dict):
        raise WireError("a frame without a message")
    return message


def copied(value: Any) -> Any:
    """The value as it would arrive on the other side: what an in-process call gives and gets.

    Raises:
        WireError: it cannot cross.
    """
    frame = encode({"value": value})
    header, _ = lengths(frame[: PREFIX.size])
    body = PREFIX.size + header
    return decode(frame[PREFIX.size : body], frame[body:])["value"]


def arrays_in(value: Any) -> list[np.ndarray]:
    """The arrays in a value, in the order in which they are written."""
    if isinstance(value, np.ndarray):
        return [value]
    if isinstance(value, dict):
        value = value.values()
    elif not isinstance(value, (list, tuple)):
        return []
    return [array for item in value for array in arrays_in(item)]


def read_frame(read: Callable[[int], bytes]) -> Message | None:
    """Read one frame from a blocking source; None where it has ended."""
    prefix = read(PREFIX.size)
    if len(prefix) < PREFIX.size:
        return None
    header, payload = lengths(prefix)
    return decode(read(header), read(payload))


def memory_of(array: np.ndarray) -> np.ndarray:
    """The bytes that an array spans, first to last, gaps included: uint8, one axis."""
    if array.size == 0:
        return np.empty(0, np.uint8)
    low, high = np.lib.array_utils.byte_bounds(array)
    forward = array[tuple(slice(None, None, -1 if stride < 0 else 1) for stride in array.strides)]
    first = np.lib.stride_tricks.as_strided(forward, (1,), (array.itemsize,))
    return np.lib.stride_tricks.as_strided(first.view(np.uint8), (high - low,), (1,))


class _Writer:
    def __init__(self) -> None:
        self.entries: list[dict[str, Any]] = []
        self.memories: list[bytes] = []

    def tree(self, value: Any, depth: int) -> Any:
        if depth > MAX_DEPTH:
            raise WireError(f"a value nested deeper than {MAX_DEPTH} levels")
        if value is None or type(value) in (bool, int, float, str):
            return value
        if isinstance(value, np.ndarray):
            return {"array": self.array(value)}
        if isinstance(value, np.generic):
            return {"scalar": self.array(np.asarray(value))}
        if isinstance(value, (bytes, bytearray)):
            return {"bytes": self.array(np.frombuffer(bytes(value), np.uint8))}
        if isinstance(value, (list, tuple)):
            return {"tuple" if isinstance(value, tuple) else "list": [self.tree(item, depth + 1) for item in value]}
        if isinstance(value, dict):
            if not all(type(key) is str for key in value):
                raise WireError("a dict with keys that are no strings")
            return {"dict": {key: self.tree(item, depth + 1) for key, item in value.items()}}
        if isinstance(value, (bool, int, float, str)):
            return self.tree(_plain(value), depth)
        raise WireError(f"a value of type {type(value).__name__}")

    def array(self, array: np.ndarray) -> int:
        array = array.view(np.ndarray)
        if array.dtype.str not in DTYPES:
            raise WireError(f"an array of dtype {array.dtype}")
        if len(self.entries) == MAX_ARRAYS:
            raise WireError(f"more than {MAX_ARRAYS} arrays")
        memory = memory_of(array)
        offset = sum(-stride * (size - 1) for size, stride in zip(array.shape, array.strides) if stride < 0 and size)
        self.entries.append({
            "dtype": array.dtype.str,
            "shape": array.shape,
            "strides": array.strides,
            "offset": offset if array.size else 0,
            "nbytes": memory.size,
            "writeable": array.flags.writeable,
        })  # fmt: skip
        self.memories.append(memory.tobytes())
        return len(self.entries) - 1


def _plain(value: Any) -> Any:
    """An instance of a subclass of a plain type (an IntEnum, a str subclass) as that type."""
    for plain in (bool, int, float, str):
        if isinstance(value, plain):
            return plain(value)
    return value


class _Reader:
    def __init__(self, arrays: list[np.ndarray]) -> None:
        self.arrays: list[np.ndarray | None] = [*arrays]

    def tree(self, tree: Any, depth: int) -> Any:
        if depth > MAX_DEPTH:
            raise WireError(f"a value nested deeper than {MAX_DEPTH} levels")
        if tree is None or isinstance(tree, (bool, int, float, str)):
            return tree
        if not isinstance(tree, dict) or len(tree) != 1:
            raise WireError("a value that is no tree")
        ((kind, content),) = tree.items()
        if kind in ("array", "scalar", "bytes"):
            return self.array(kind, content)
        if kind in ("list", "tuple") and isinstance(content, list):
            items = [self.tree(item, depth + 1) for item in content]
            return tuple(items) if kind == "tuple" else items
        if kind == "dict" and isinstance(content, dict):
            return {key: self.tree(item, depth + 1) for key, item in content.items()}
        raise WireError("a value that is no tree")

    def array(self, kind: str, index: Any) -> Any:
        if type(index) is not int or not 0 <= index < len(self.arrays):
            raise WireError("an array that was not sent")
        array, self.arrays[index] = self.arrays[index], None
        if array is None:
            raise WireError("an array that stands in two places")  # copied in each, a few bytes would become any number
        if kind == "array":
            return array
        if kind == "scalar" and array.ndim == 0:
            return array[()]
        if kind == "bytes" and array.dtype == np.uint8 and array.strides == (1,):
            return array.tobytes()
        raise WireError("a value that is no tree")


def _arrays(entries: list[Any], payload: bytes | bytearray) -> list[np.ndarray]:
    if len(entries) > MAX_ARRAYS:
        raise WireError(f"more than {MAX_ARRAYS} arrays")
    arrays, start = [], 0
    for entry in entries:
        array, size = _array(entry, payload, start)
        arrays.append(array)
        start += size
    if start != len(payload):
        raise WireError("a payload that is not the sum of its arrays")
    return arrays


def _array(entry: Any, payload: bytes | bytearray, start: int) -> tuple[np.ndarray, int]:
    if not isinstance(entry, dict) or not isinstance(entry.get("dtype"), str) or entry["dtype"] not in DTYPES:
        raise WireError("an array of a dtype that is not listed")
    dtype = np.dtype(entry["dtype"])
    shape, strides = _numbers(entry, "shape"), _numbers(entry, "strides")
    offset, nbytes = _number(entry.get("offset")), _number(entry.get("nbytes"))
    if len(shape) != len(strides) or min(shape, default=0) < 0:
        raise WireError("an array without a shape and strides")
    if nbytes < 0 or start + nbytes > len(payload):
        raise WireError("an array that is larger than what was sent")
    if _entries(shape) * dtype.itemsize > MAX_PAYLOAD:
        raise WireError("an array that is too large once its broadcast axes are written out")
    if 0 in shape:
        return np.empty(shape, dtype), nbytes
    low = offset + sum(stride * (size - 1) for size, stride in zip(shape, strides) if stride < 0)
    high = offset + sum(stride * (size - 1) for size, stride in zip(shape, strides) if stride > 0) + dtype.itemsize
    if low < 0 or high > nbytes:
        raise WireError("an array whose strides leave its memory")
    memory = bytearray(payload[start : start + nbytes])
    array: np.ndarray = np.ndarray(shape, dtype, buffer=memory, offset=offset, strides=strides)
    array.flags.writeable = entry.get("writeable") is not False
    return array, nbytes


def _numbers(entry: dict[str, Any], key: str) -> tuple[int, ...]:
    numbers = entry.get(key)
    if not isinstance(numbers, list) or len(numbers) > MAX_AXES:
        raise WireError("an array without a shape and strides")
    return tuple(_number(number) for number in numbers)


def _number(number: Any) -> int:
    if type(number) is not int or abs(number) >= 1 << 62:
        raise WireError("an array without a shape and strides")
    return number


def _entries(shape: tuple[int, ...]) -> int:
    """How many entries there are; an axis of 0 counts as one, for a loop over the others takes as long."""
    count = 1
    for size in shape:
        count *= max(size, 1)
    return count
