"""What Linux lets a process give up for good: seccomp and Landlock, without being root.

Seccomp (a filter in the kernel, here an allow-list) leaves a process what Python needs to compute
and to import modules, and nothing that reaches others: no sockets, no new processes or threads, no
signals, no shared memory, no writing to files. Landlock leaves it only some folders to read. Both
hold for good and for all that the process does, also from C; neither can be taken back.

The numbers are those of the kernel's own tables: ``arch/x86/entry/syscalls/syscall_64.tbl`` and
``include/uapi/asm-generic/unistd.h``; the forms those of seccomp(2) and landlock(7).
"""

from __future__ import annotations

import ctypes
import os
import platform
import struct
import sys
from collections.abc import Iterable
from pathlib import Path

ALLOWED = {
    "x86_64": (
        0, 1, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13, 14, 15, 17, 19, 20, 21, 23, 24, 25, 28, 32, 33,
        34, 35, 36, 37, 38, 39, 60, 63, 79, 89, 96, 97, 98, 99, 100, 102, 104, 107, 108, 110, 131,
        137, 138, 158, 186, 201, 202, 204, 217, 218, 219, 228, 229, 230, 231, 262, 267, 269, 270,
        271, 273, 292, 309, 318, 324, 332, 334, 439,
    ),
    "aarch64": (
        17, 23, 24, 43, 44, 48, 57, 61, 62, 63, 64, 65, 66, 67, 72, 73, 78, 79, 80, 93, 94, 96, 98,
        99, 101, 102, 103, 113, 114, 115, 123, 124, 128, 132, 134, 135, 139, 153, 160, 165, 168,
        169, 172, 173, 174, 175, 176, 177, 178, 179, 214, 215, 216, 222, 226, 233, 278, 283, 291,
        293, 439,
    ),
}  # fmt: skip
"""System calls that are allowed whatever their arguments: reading and writing what is open already,
memory, time, waiting, asking about oneself and about files, ending."""

OPENS = {"x86_64": ((2, 1), (257, 2)), "aarch64": ((56, 2),)}
"""Those that open files, and which argument holds the flags: for reading only."""
CHOSEN = {"x86_64": (16, 72, 234), "aarch64": (29, 25, 131)}
"""ioctl, fcntl and tgkill: only what is harmless, and signals to oneself."""

_IOCTLS = (0x5401, 0x5413, 0x5450, 0x5451)
_FCNTLS = (0, 1, 2, 3, 1030)
_WRITING = os.O_WRONLY | os.O_RDWR | os.O_CREAT | os.O_TRUNC | os.O_APPEND

_ARCH = {"x86_64": 0xC000003E, "aarch64": 0xC00000B7}
_LOAD, _EQUAL, _AT_LEAST, _ANY, _RETURN = 0x20, 0x15, 0x35, 0x45, 0x06
_ALLOW, _REFUSE, _KILL = 0x7FFF0000, 0x00050001, 0x80000000  # _REFUSE: EPERM
_NUMBER, _MACHINE, _ARGUMENTS = 0, 4, 16

Instruction = tuple[int, int, int, int]


def program(machine: str, pid: int) -> list[Instruction]:
    """Write the filter for a kind of machine; `pid` is the process that is to obey it."""
    allow, refuse = (_RETURN, 0, 0, _ALLOW), (_RETURN, 0, 0, _REFUSE)
    code: list[Instruction] = [
        (_LOAD, 0, 0, _MACHINE), (_EQUAL, 1, 0, _ARCH[machine]), (_RETURN, 0, 0, _KILL),
        (_LOAD, 0, 0, _NUMBER), (_AT_LEAST, 0, 1, 0x40000000), refuse,
    ]  # fmt: skip
    for number in ALLOWED[machine]:
        code += [(_EQUAL, 0, 1, number), allow]
    for number, argument in OPENS[machine]:
        code += [(_EQUAL, 0, 4, number), (_LOAD, 0, 0, _ARGUMENTS + 8 * argument),
                 (_ANY, 0, 1, _WRITING), refuse, allow]  # fmt: skip
    ioctl, fcntl, tgkill = CHOSEN[machine]
    for number, argument, values in ((ioctl, 1, _IOCTLS), (fcntl, 1, _FCNTLS), (tgkill, 0, (pid,))):
        code += [(_EQUAL, 0, 2 + 2 * len(values), number), (_LOAD, 0, 0, _ARGUMENTS + 8 * argument)]
        for value in values:
            code += [(_EQUAL, 0, 1, value), allow]
        code.append(refuse)
    return [*code, refuse]


def refuse_others() -> None:
    """Give up all system calls that reach others.

    Raises
    ------
    OSError
        If this system cannot.
    """
    machine = _here()
    code = program(machine, os.getpid())
    packed = b"".join(struct.pack("=HBBI", *x) for x in code)
    instructions = ctypes.create_string_buffer(packed, len(packed))

    class Program(ctypes.Structure):
        _fields_ = (("length", ctypes.c_ushort), ("filter", ctypes.c_void_p))

    whole = Program(len(code), ctypes.cast(instructions, ctypes.c_void_p))
    _prctl(38, 1)  # PR_SET_NO_NEW_PRIVS
    _prctl(22, 2, ctypes.addressof(whole))  # PR_SET_SECCOMP, SECCOMP_MODE_FILTER


def read_only(folders: Iterable[Path]) -> None:
    """Give up all files but those in these folders, and all writing.

    Raises
    ------
    OSError
        If this system cannot.
    """
    _here()
    handled = (1 << 13) - 1  # all that the first version of Landlock knows
    reading = 1 << 2 | 1 << 3  # READ_FILE, READ_DIR
    ruleset = _syscall(444, ctypes.byref(ctypes.c_uint64(handled)), 8, 0)
    try:
        for folder in folders:
            try:
                fd = os.open(folder, os.O_PATH | os.O_CLOEXEC)
            except OSError:
                continue  # what is not there need not be readable
            try:
                rights = reading if folder.is_dir() else 1 << 2
                rule = ctypes.create_string_buffer(struct.pack("=Qi", rights, fd), 12)
                _syscall(445, ruleset, 1, rule, 0)
            finally:
                os.close(fd)
        _prctl(38, 1)
        _syscall(446, ruleset, 0)
    finally:
        os.close(ruleset)


def die_with_parent() -> None:
    """Be killed when the parent ends, and be nobody's to look into."""
    _here()
    _prctl(1, 9)  # PR_SET_PDEATHSIG, SIGKILL
    _prctl(4, 0)  # PR_SET_DUMPABLE


def _here() -> str:
    machine = platform.machine()
    if sys.platform != "linux" or machine not in ALLOWED or sys.maxsize < 2**32:
        raise OSError(f"not for {sys.platform} on {machine}")
    return machine


def _prctl(option: int, *arguments: int) -> None:
    libc = ctypes.CDLL(None, use_errno=True)
    values = [ctypes.c_ulong(x) for x in (*arguments, 0, 0, 0, 0)[:4]]
    if libc.prctl(ctypes.c_int(option), *values) != 0:
        raise OSError(ctypes.get_errno(), os.strerror(ctypes.get_errno()))


def _syscall(number: int, *arguments: object) -> int:
    libc = ctypes.CDLL(None, use_errno=True)
    libc.syscall.restype = ctypes.c_long
    given = [ctypes.c_long(x) if isinstance(x, int) else x for x in arguments]
    result = int(libc.syscall(ctypes.c_long(number), *given))
    if result < 0:
        raise OSError(ctypes.get_errno(), os.strerror(ctypes.get_errno()))
    return result
