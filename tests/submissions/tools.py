# What several submissions use: put before the code of those that say `tools = true`. It runs in the worker, beside the
# student's functions; @…@ are places that the builder fills in.
import ctypes
import errno
import json
import os
import stat
import struct
import sys  # noqa: F401, in bodies

from grader.worker import wire

SECRET, COURSE, CLASS, OUT, TEMPORARY, HOME = "@SECRET@", "@COURSE@", "@CLASS@", "@OUT@", "@TEMPORARY@", "@HOME@"
JUDGE = int("@JUDGE@")
libc = ctypes.CDLL(None, use_errno=True)


def report_what_worked(**attempts):
    """Make all attempts, and tell in an exception which of them got through."""
    through = []
    for name, attempt in attempts.items():
        try:
            attempt()
        except (NameError, TypeError, AttributeError) as mistake:
            through.append(f"{name} was no attempt: {mistake}")
        except BaseException:
            continue
        else:
            through.append(name)
    raise RuntimeError("got through: " + (", ".join(through) or "nothing"))


def ask_the_kernel(function, *arguments):
    """A call of libc. Only EPERM says that the call itself is forbidden: EINVAL would mean that the kernel looked at it."""
    ctypes.set_errno(0)
    if function(*arguments) == -1 and ctypes.get_errno() == errno.EPERM:
        raise PermissionError


def sockets():
    """The descriptors that lead to the judge."""
    found = []
    for descriptor in range(64):
        try:
            if stat.S_ISSOCK(os.fstat(descriptor).st_mode):
                found.append(descriptor)
        except OSError:
            pass
    return found


def frame(message, arrays=(), payload=b""):
    """A frame, whatever is in it; `message` is a tree as the wire writes it, or bytes for the whole header."""
    header = message if isinstance(message, bytes) else json.dumps({"message": message, "arrays": list(arrays)}).encode()
    return struct.pack(">4sIQ", b"NDL1", len(header), len(payload)) + header + payload


def tree(**entries):
    return {"dict": entries}


def array(shape, strides, nbytes, dtype="<f8", offset=0):
    return {"dtype": dtype, "shape": shape, "strides": strides, "offset": offset, "nbytes": nbytes, "writeable": True}


FLOATS = array([2], [8], 16), bytes(16)
"""Two zeros, as an entry of the header and their memory."""


def answer_with(forge):
    """From now on every frame to the judge is what `forge(number)` makes; number is the call's, None before the first."""
    wire.encode = lambda message: forge(message.get("number"))
