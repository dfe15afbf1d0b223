"""seccomp: forbids a process the system calls that reach the network or other processes.

See https://docs.kernel.org/userspace-api/seccomp_filter.html. The filter is a small program that the kernel
runs for every call; refused calls fail with EPERM.
"""

import ctypes
import errno
import platform
import struct

NO_NEW_PRIVILEGES, SET_SECCOMP, FILTER = 38, 22, 2  # for prctl
LOAD, JUMP_EQUAL, JUMP_AT_LEAST, RETURN = 0x20, 0x15, 0x35, 0x06  # instructions
ALLOW, REFUSE = 0x7FFF0000, 0x00050000 | errno.EPERM
NUMBER_AT, ARCHITECTURE_AT = 0, 4  # offsets in `struct seccomp_data`
OTHER_NUMBERING = 0x40000000  # x32's calls on x86_64, other numbers for the same calls

# io_uring opens sockets without the socket call; the last eight start programs or inspect processes.
CALLS = {
    "x86_64": {
        "architecture": 0xC000003E,
        "socket": 41,
        "connect": 42,
        "bind": 49,
        "socketpair": 53,
        "io_uring_setup": 425,
        "execve": 59,
        "execveat": 322,
        "ptrace": 101,
        "process_vm_readv": 310,
        "process_vm_writev": 311,
        "pidfd_open": 434,
        "kill": 62,
        "keyctl": 250,
    },
    "aarch64": {
        "architecture": 0xC00000B7,
        "socket": 198,
        "connect": 203,
        "bind": 200,
        "socketpair": 199,
        "io_uring_setup": 425,
        "execve": 221,
        "execveat": 281,
        "ptrace": 117,
        "process_vm_readv": 270,
        "process_vm_writev": 271,
        "pidfd_open": 434,
        "kill": 129,
        "keyctl": 219,
    },
}


class _Program(ctypes.Structure):
    _fields_ = [("length", ctypes.c_ushort), ("instructions", ctypes.c_char_p)]


def restrict() -> bool:
    """Forbid opening sockets and starting programs; return whether the kernel does it."""
    calls = dict(CALLS.get(platform.machine(), {}))
    if not calls:
        return False
    instructions = _filter(calls.pop("architecture"), list(calls.values()))
    program = _Program(len(instructions) // 8, instructions)
    libc = ctypes.CDLL(None, use_errno=True)
    libc.prctl(NO_NEW_PRIVILEGES, 1, 0, 0, 0)
    return bool(libc.prctl(SET_SECCOMP, FILTER, ctypes.byref(program), 0, 0) == 0)


def _filter(architecture: int, refused: list[int]) -> bytes:
    """Return the filter that refuses those calls, and calls of other architectures."""
    last = len(refused)  # the number of jumps, which the refusal and the permission follow
    steps = [
        (LOAD, 0, 0, ARCHITECTURE_AT),
        (JUMP_EQUAL, 0, last + 3, architecture),
        (LOAD, 0, 0, NUMBER_AT),
        (JUMP_AT_LEAST, last + 1, 0, OTHER_NUMBERING),
        *((JUMP_EQUAL, last - place, 0, number) for place, number in enumerate(refused)),
        (RETURN, 0, 0, ALLOW),
        (RETURN, 0, 0, REFUSE),
    ]
    return b"".join(struct.pack("HBBI", *step) for step in steps)
