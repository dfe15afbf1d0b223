"""`python -m bot.confinement.confined PLACES MODULE ARGUMENT…`: run a module of ours that opens what others
sent.

PLACES is JSON, `{"reads": […], "writes": […], "scratch": folder}`. Before the module is loaded the process
gives up, for good and for whatever it starts:

- files: with Landlock it reads the interpreter, the libraries, our code and `reads`; it writes `writes` and
  `scratch`; nothing else can be opened, neither `.env` nor the data folder nor `/proc`;
- the network: with seccomp it opens no socket, starts no program and looks into no other process.

Where the kernel has neither, the module runs without; `bot.confinement.subprocesses.isolation` says what
there is. With MODULE `probe` it tries both and prints `{"files": …, "network": …}`.
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
FORBIDDEN_FILE = Path("/proc/self/environ")  # outside of what is allowed, and there on every Linux


def main(places: str, module: str, *arguments: str) -> None:
    allowed = json.loads(places)
    _yield_to_others()
    for package in PACKAGES:  # their folders are known then; the folder above them is not read any more
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
    with contextlib.suppress(OSError):  # only Linux has it
        Path("/proc/self/oom_score_adj").write_text("1000")


def _code() -> Iterator[Path]:
    """Yield the paths of interpreter, libraries and our packages, without the folder above these."""
    prefixes = {sys.prefix, sys.base_prefix, sys.exec_prefix}
    libraries = (Path(prefix, name) for prefix in prefixes for name in ("lib", "lib64", "share"))
    for place in (*map(Path, SYSTEM), *libraries, *map(Path, filter(None, sys.path))):
        yield from _without_root(place)
    yield from (ROOT / package for package in PACKAGES)


def _without_root(place: Path) -> Iterator[Path]:
    """The place, or what is in it but for the way to `ROOT`."""
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
