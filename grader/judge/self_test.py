"""The self-test of a confinement: the real worker, by the real command, tries what it must not be able to do."""

from __future__ import annotations

import inspect
import os
import socket
import tempfile
from collections.abc import Iterator
from pathlib import Path

import numpy as np

from grader.errors import WorkerError
from grader.judge.limits import Limits
from grader.judge.remote import Remote
from grader.judge.transport import Answer, Value
from grader.judge.worker_process import ENVIRONMENT, lay_site, lock_packages, numpy_packages
from grader.sandbox import escapes
from grader.sandbox.confinement import Confinement, Room

HOMEWORK = "self_test"
LIMITS = Limits(seconds_a_call=5, seconds_to_load=10)
OWN_VARIABLES = {*ENVIRONMENT, "TMPDIR", "LC_CTYPE", "PWD"}
SOCKETS = (
    (socket.AF_INET, socket.SOCK_STREAM),
    (socket.AF_INET, socket.SOCK_DGRAM),
    (socket.AF_INET6, socket.SOCK_STREAM),
    (socket.AF_UNIX, socket.SOCK_STREAM),
    (socket.AF_UNIX, socket.SOCK_DGRAM),
)


def holes(confinement: Confinement) -> list[str]:
    """What a confinement lets through, or why it does not work at all; nothing when it holds."""
    with tempfile.TemporaryDirectory(prefix="needle-self-test-", ignore_cleanup_errors=True) as folder:
        top = Path(folder)
        secret = top / "secret"
        secret.write_text("what a worker must not read")
        room = _room(top / "room")
        transport = Remote(HOMEWORK, room, confinement, LIMITS)
        try:
            return list(_found(transport, secret))
        except (WorkerError, OSError) as error:
            return [str(error)]
        finally:
            transport.close()


def _room(top: Path) -> Room:
    for name, text in (
        ("__init__.py", ""),
        ("needle/__init__.py", ""),
        ("probes.py", inspect.getsource(escapes)),
    ):
        path = top / "tree" / HOMEWORK / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, encoding="utf-8")
    (top / "scratch").mkdir()
    site = lay_site(top / "site", [*numpy_packages(), *lock_packages()])
    return Room(site=site, tree=top / "tree", scratch=top / "scratch")


def _found(transport: Remote, secret: Path) -> Iterator[str]:
    def call(probe: str, *args: object) -> Answer:
        return transport.call(probe, args, {})

    product = call("compute", np.eye(3))
    if not isinstance(product, Value) or not np.array_equal(product.value, np.eye(3)):
        yield "numpy does not work in it"
    kept = call("keep", b"kept")
    if not isinstance(kept, Value) or kept.value != b"kept":
        yield "it has no scratch folder to write into"
    attempts: list[tuple[str, str, tuple[object, ...]]] = [
        ("fork a process", "fork", ()),
        ("start a program", "start_a_program", ()),
        ("start a thread", "start_a_thread", ()),
        *((f"open a socket ({family.name}, {kind.name})", "open_a_socket", (int(family), int(kind))) for family, kind in SOCKETS),
        ("read a file of the judge's", "read", (str(secret),)),
        ("read the machinery", "read", (str(Path(inspect.getfile(Remote)).resolve()),)),
        ("write a file of the judge's", "write", (str(secret),)),
        ("write beside the scratch folder", "write", (str(secret.parent / "room" / "tree" / "written"),)),
        ("send a signal to the judge", "signal_process", (os.getpid(),)),
        ("look into /proc", "look_into_processes", ()),
        *((f"import {name}", "import_module", (name,)) for name in ("torch", "pytest", "grader.judge", "solutions")),
    ]
    for what, probe, args in attempts:
        answer = call(probe, *args)
        if isinstance(answer, Value):
            yield f"a worker could {what}"
    variables = call("environment")
    if not isinstance(variables, Value) or set(variables.value) - OWN_VARIABLES:
        yield f"a worker sees the environment ({getattr(variables, 'value', 'no answer')})"
