"""Landlock: restricts a process to the files that it names (Linux 5.13 and newer).

See https://docs.kernel.org/userspace-api/landlock.html; the constants are those of `linux/landlock.h`.
"""

import ctypes
import os
import struct
from collections.abc import Iterable
from pathlib import Path

CREATE_RULESET, ADD_RULE, RESTRICT_SELF = 444, 445, 446  # the same on every architecture
ASK_VERSION, PATH_BENEATH = 1, 1
NO_NEW_PRIVILEGES = 38  # for prctl
EXECUTE, WRITE_FILE, READ_FILE, READ_DIR = 1, 1 << 1, 1 << 2, 1 << 3
REMOVE_DIR, REMOVE_FILE, MAKE_DIR, MAKE_REG, MAKE_SYM = 1 << 4, 1 << 5, 1 << 7, 1 << 8, 1 << 12
TRUNCATE = 1 << 14
RIGHTS = (13, 13, 14, 15, 15, 16)  # how many rights each version has, from the first on
NETWORK, SCOPES = 0b11, 0b11  # TCP's bind and connect; abstract sockets and signals
NETWORK_SINCE, SCOPES_SINCE = 4, 6

_libc = ctypes.CDLL(None, use_errno=True)


def version() -> int:
    """Return the kernel's version of Landlock, or 0."""
    known = int(_libc.syscall(CREATE_RULESET, None, ctypes.c_size_t(0), ctypes.c_uint32(ASK_VERSION)))
    return max(known, 0)


def restrict(reads: Iterable[Path], writes: Iterable[Path], scratch: Path) -> bool:
    """Restrict reading to `reads`, and writing to `writes` and `scratch`; return whether the kernel does it.

    A path that does not exist is left out. A folder includes everything in it.
    """
    known = version()
    if known == 0:
        return False
    handled = (1 << RIGHTS[min(known, len(RIGHTS)) - 1]) - 1
    ruleset = _create(known, handled)
    if ruleset < 0:
        return False
    try:
        for each in reads:
            _allow(ruleset, each, (EXECUTE | READ_FILE | READ_DIR) & handled)
        for each in writes:
            _allow(ruleset, each, (READ_FILE | WRITE_FILE | TRUNCATE) & handled)
        made = MAKE_DIR | MAKE_REG | MAKE_SYM | REMOVE_DIR | REMOVE_FILE
        _allow(ruleset, scratch, (READ_FILE | READ_DIR | WRITE_FILE | TRUNCATE | made) & handled)
        _libc.prctl(NO_NEW_PRIVILEGES, 1, 0, 0, 0)
        return bool(_libc.syscall(RESTRICT_SELF, ruleset, ctypes.c_uint32(0)) == 0)
    finally:
        os.close(ruleset)


def _create(known: int, handled: int) -> int:
    network = NETWORK if known >= NETWORK_SINCE else 0
    scopes = SCOPES if known >= SCOPES_SINCE else 0
    size = 24 if known >= SCOPES_SINCE else 16 if known >= NETWORK_SINCE else 8
    attributes = struct.pack("QQQ", handled, network, scopes)[:size]
    return int(_libc.syscall(CREATE_RULESET, attributes, ctypes.c_size_t(size), ctypes.c_uint32(0)))


def _allow(ruleset: int, place: Path, rights: int) -> None:
    try:
        handle = os.open(place, os.O_PATH | os.O_CLOEXEC)
    except OSError:
        return
    try:
        if not place.is_dir():
            rights &= EXECUTE | READ_FILE | WRITE_FILE | TRUNCATE
        rule = struct.pack("=Qi", rights, handle)
        _libc.syscall(ADD_RULE, ruleset, PATH_BENEATH, rule, ctypes.c_uint32(0))
    finally:
        os.close(handle)
