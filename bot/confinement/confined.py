"""Runs a module that opens files of others: `python -m bot.confinement.confined PLACES MODULE ARGUMENT…`.

PLACES is JSON, `{"reads": […], "writes": […], "scratch": folder}`. Before the module is loaded, the process
gives up for good, for itself and its children:

- files: with Landlock it can read only the interpreter, the libraries, our code and `reads`, and write only
  `writes` and `scratch`; so neither `.env` nor the data folder nor `/proc`;
- the network: with seccomp it can open no socket, start no program and inspect no other process.

If the kernel supports neither, the module runs unconfined; `bot.confinement.subprocesses.isolation` tells
what is supported. With MODULE `probe` it tries both and prints `{"files": …, "network": …}`.
"""

import contextlib
import importlib
import json
import os
import resource
import runpy
import socket
import sys
from collections.abc import Iterable, Iterator
from pathlib import Path

from bot.confinement import landlock, seccomp

ROOT = Path(__file__).parents[2]
PACKAGES = ("bot", "handlers", "models", "reports", "spanish")
SYSTEM = (
    *("/lib", "/lib32", "/lib64", "/usr/lib", "/usr/lib32", "/usr/lib64", "/usr/libexec"),
    *("/usr/share", "/usr/local/lib", "/usr/local/share", "/etc/ld.so.cache", "/etc/ld.so.conf"),
    *("/etc/localtime", "/etc/mime.types", "/etc/fonts", "/nix/store"),
    *("/dev/null", "/dev/zero", "/dev/random", "/dev/urandom", "/sys/devices/system/cpu"),
)
FORBIDDEN_FILE = Path("/proc/self/environ")  # not allowed, and present on every Linux


def main(places: str, module: str, *arguments: str) -> None:
    allowed = json.loads(places)
    _yield_to_others()
    for package in PACKAGES:  # imported now, since the folder above them cannot be read later
        importlib.import_module(package)
    sys.path[:] = [each for each in sys.path if Path(each or ".").resolve() != ROOT]
    reads = [*_code(), *map(Path, allowed["reads"])]
    landlock.restrict(reads, map(Path, allowed["writes"]), Path(allowed["scratch"]))
    seccomp.restrict()
    if module == "probe":
        print(json.dumps({"files": not _reads(FORBIDDEN_FILE), "network": not _opens_socket()}))  # noqa: T201
        return
    sys.argv = [module, *arguments]
    runpy.run_module(module, run_name="__main__", alter_sys=True)


def _yield_to_others() -> None:
    """Lower the priority, forbid core files, and be killed first when memory runs short."""
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
    os.nice(10)
    with contextlib.suppress(OSError):  # exists only on Linux
        Path("/proc/self/oom_score_adj").write_text("1000")


def _code() -> Iterator[Path]:
    """Yield the paths of interpreter, libraries and our packages, without the folder above these."""
    prefixes = {sys.prefix, sys.base_prefix, sys.exec_prefix}
    libraries = (Path(prefix, name) for prefix in prefixes for name in ("lib", "lib64", "share"))
    for place in (*map(Path, SYSTEM), *libraries, *map(Path, filter(None, sys.path))):
        yield from _without_root(place)
    yield from (ROOT / package for package in PACKAGES)


def _without_root(place: Path) -> Iterator[Path]:
    """Yield the path, or, if `ROOT` is in it, what is in it except the folders that lead to `ROOT`."""
    if not place.exists():
        return
    whole = place.resolve()
    if not ROOT.is_relative_to(whole):
        yield whole
        return
    inside: Iterable[Path] = whole.iterdir() if whole != ROOT else ()
    for each in inside:
        yield from _without_root(each)


def _reads(file: Path) -> bool:
    try:
        file.read_bytes()
    except OSError:
        return False
    return True


def _opens_socket() -> bool:
    try:
        socket.socket().close()
    except OSError:
        return False
    return True


if __name__ == "__main__":
    main(*sys.argv[1:])
