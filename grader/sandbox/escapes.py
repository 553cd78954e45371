"""What a confined worker must not be able to do, tried out: probes of the self-test. Standard library and numpy only.

Each attempt returns "done" when it got through, and raises when it was held back; the judge decides what that means.
"""

import os
import socket
import tempfile
import threading
from typing import Any


def compute(library: Any, a: Any) -> Any:
    """(n, n) → the product with itself: what must work."""
    return a @ a


def keep(library: Any, data: bytes) -> bytes:
    """bytes → the bytes, written to the scratch folder and read again: what must work."""
    with tempfile.TemporaryFile() as file:
        file.write(data)
        file.seek(0)
        return file.read()


def fork(library: Any) -> str:
    if os.fork() == 0:
        os._exit(0)
    return "done"


def start_a_program(library: Any) -> str:
    os.posix_spawn("/bin/true", ["true"], {})
    return "done"


def start_a_thread(library: Any) -> str:
    threading.Thread(target=int).start()
    return "done"


def open_a_socket(library: Any, family: int, kind: int) -> str:
    socket.socket(family, kind).close()
    return "done"


def read(library: Any, path: str) -> str:
    with open(path, "rb") as file:
        file.read(1)
    return "done"


def write(library: Any, path: str) -> str:
    with open(path, "ab") as file:
        file.write(b"x")
    return "done"


def signal_process(library: Any, pid: int) -> str:
    os.kill(pid, 0)
    return "done"


def look_into_processes(library: Any) -> str:
    os.listdir("/proc/self")
    return "done"


def import_module(library: Any, name: str) -> str:
    __import__(name)
    return "done"


def environment(library: Any) -> list[str]:
    """→ the names of the variables."""
    return sorted(os.environ)
