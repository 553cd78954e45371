"""The worker's program: answers the judge's calls, one at a time, until the judge hangs up.

    python -I -S main.py SITE DESCRIPTOR

SITE is a folder that holds numpy and this package and nothing else; DESCRIPTOR is a socket to the judge. The judge
speaks first: where things are, and what to lock; the worker says `ready`. Told to load, it imports the student's library,
says `loaded` or what was raised, and then answers each `call` under its number.
"""

from __future__ import annotations

import os
import socket
import sys


def main(site: str, descriptor: int) -> None:
    sys.path.insert(0, site)
    from grader.worker import evidence, lock, wire

    lock.die_with_parent()

    channel = socket.socket(fileno=descriptor)
    stream = channel.makefile("rb")

    def send(message: wire.Message) -> None:
        try:
            frame = wire.encode(message)
        except wire.WireError as error:
            frame = wire.encode({**evidence.unreadable(error), "number": message.get("number")})
        channel.sendall(frame)

    opening = wire.read_frame(stream.read)
    if opening is None:
        return
    root = opening["root"]
    os.chdir(opening["scratch"])
    os.environ["TMPDIR"] = opening["scratch"]
    if opening["lock"] is not None:
        lock.lock(opening["lock"])
    send({"kind": "ready"})
    if wire.read_frame(stream.read) is None:
        return
    sys.path.insert(0, root)
    try:
        probes = evidence.Probes(opening["homework"], root)
    except BaseException as error:
        send(evidence.raised(error, os.path.realpath(root)))
        return
    send({"kind": "loaded"})
    while (call := wire.read_frame(stream.read)) is not None:
        send({**probes.call(call["probe"], call["args"], call["kwargs"]), "number": call["number"]})


if __name__ == "__main__":
    main(sys.argv[1], int(sys.argv[2]))
