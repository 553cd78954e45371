"""The worker locks itself, before it touches a line of the student's: limits, Landlock, and a list of allowed system calls.

What the kernel has agreed to here cannot be taken back by anything that runs later in this process. Around it may stand
namespaces (see `grader.sandbox`); inside, this is the same on every rung. `py_landlock` and `pyseccomp` do the talking.

Landlock does not cover every way out (chmod, UDP, path sockets, System V memory), and a filter of system calls sees no
paths: only together do they hold.
"""

from __future__ import annotations

import ctypes
import ctypes.util
import os
import resource
import signal
import sys
from collections.abc import Mapping
from typing import Any

PR_SET_PDEATHSIG = 1

LEAST_LANDLOCK = 3
"""The first version of Landlock that covers truncation."""

LIBRARIES = {"c": "libc.so.6", "seccomp": "libseccomp.so.2"}
"""Name → file. Asking the system (`ctypes.util.find_library`) would start programs."""

ALLOWED = frozenset(
    """
    read write readv writev pread64 pwrite64 lseek close dup dup2 dup3 fsync fdatasync ftruncate
    open openat openat2 stat fstat lstat newfstatat statx access faccessat faccessat2 readlink readlinkat
    getdents getdents64 getcwd chdir fchdir mkdir mkdirat rmdir unlink unlinkat rename renameat renameat2 umask
    mmap munmap mremap mprotect madvise brk
    futex futex_waitv set_robust_list get_robust_list rseq membarrier
    rt_sigaction rt_sigprocmask rt_sigreturn sigaltstack
    clock_gettime clock_getres clock_nanosleep nanosleep gettimeofday time times getrusage
    getpid gettid getppid getuid geteuid getgid getegid getgroups getresuid getresgid uname sysinfo
    sched_yield sched_getaffinity getcpu getrandom
    poll ppoll select pselect6 recvfrom sendto
    exit exit_group restart_syscall arch_prctl
    """.split()
)
"""What Python and numpy need to compute, and to read and write files where Landlock lets them. No process is made, no
program started, no socket opened, no signal sent, nobody looked into."""

HARMLESS = {
    "ioctl": (0x5401, 0x5450, 0x5451),  # TCGETS (is this a terminal?), FIONCLEX, FIOCLEX
    "fcntl": (0, 1, 2, 3, 4, 5, 6, 7, 1030),  # duplicates, flags, locks
}
"""Calls that do many things, and what Python asks of them when it opens files. Others of `fcntl` would make any process the
owner of a descriptor, and have the kernel send it a signal of our choice: a kill() that no list of calls sees."""


def lock(orders: Mapping[str, Any]) -> None:
    """Lock this process for good.

    Args:
        orders: `limits`, name of a resource → most of it; `readable`, files and folders that may be read, with all below;
            `listable`, folders that may be listed; `writable`, the scratch folder.
    Raises:
        Exception: any part of it cannot be had. A worker that is not locked must not go on.
    """
    find = ctypes.util.find_library
    ctypes.util.find_library = LIBRARIES.get  # type: ignore[assignment]
    try:
        import py_landlock
        import pyseccomp

        _limit(orders["limits"])
        _confine_files(py_landlock, orders)
        _confine_calls(pyseccomp)
    finally:
        ctypes.util.find_library = find


def die_with_parent() -> None:
    """Have the kernel kill this process when the judge is gone, however it went; where the kernel is Linux."""
    if sys.platform == "linux":
        ctypes.CDLL(None).prctl(PR_SET_PDEATHSIG, signal.SIGKILL)


def _limit(limits: Mapping[str, int]) -> None:
    for name, most in limits.items():
        resource.setrlimit(getattr(resource, f"RLIMIT_{name}"), (most, most))


def _confine_files(landlock: Any, orders: Mapping[str, Any]) -> None:
    rules = landlock.Landlock(strict=False)
    if rules.abi_version < LEAST_LANDLOCK:
        raise OSError(f"Landlock here is version {rules.abi_version}, and {LEAST_LANDLOCK} is the first that is enough")
    access = landlock.AccessFs
    for path in orders["readable"]:
        folder = access.READ_DIR if os.path.isdir(path) else access(0)
        rules.add_path_rule(path, access=access.READ_FILE | folder)
    rules.add_path_rule(*orders["listable"], access=access.READ_DIR)
    made = access.MAKE_DIR | access.MAKE_REG | access.REMOVE_DIR | access.REMOVE_FILE | access.TRUNCATE
    rules.add_path_rule(orders["writable"], access=access.READ_FILE | access.READ_DIR | access.WRITE_FILE | made)
    rules.apply()


def _confine_calls(seccomp: Any) -> None:
    calls = seccomp.SyscallFilter(seccomp.ERRNO(1))  # EPERM, which Python turns into an exception at the student's line
    for name in sorted(ALLOWED):
        try:
            calls.add_rule(seccomp.ALLOW, name)
        except OSError:
            continue  # a call that this architecture does not have
    for name, requests in HARMLESS.items():
        for request in requests:
            calls.add_rule(seccomp.ALLOW, name, seccomp.Arg(1, seccomp.EQ, request))
    calls.load()
