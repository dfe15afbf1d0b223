"""Runs modules of ours that open files of others, in separate processes without our secrets.

Such a process gets neither our environment nor, as far as the kernel allows, our files and the network: see
`bot.confinement.confined`. It limits its own memory and CPU time. The limit in elapsed time is only a last
resort, since a slow machine is not the file's fault.
"""

import asyncio
import contextlib
import json
import os
import sys
import tempfile
from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path

ROOT = Path(__file__).parents[2]
PASSED_ON = ("PATH", "LANG", "LD_LIBRARY_PATH", "PYTHONPATH", "VIRTUAL_ENV", "SYSTEMROOT")
LONGEST = 900  # seconds of elapsed time


class Unfinished(Exception):
    """The process was ended because the machine is busy or short of memory, not because of the file."""


@dataclass(frozen=True)
class Ended:
    """The result of a process: its exit code (negative for a signal), standard output and standard error."""

    code: int
    said: bytes
    complaint: str


@dataclass(frozen=True)
class Isolation:
    """Whether such a process is kept from files and from the network on this machine."""

    files: bool
    network: bool

    def __str__(self) -> str:
        if self.files and self.network:
            return "programs that open files run without our files and the network"
        left = [name for name, kept in (("files", self.files), ("network", self.network)) if not kept]
        return f"this kernel cannot keep programs that open files from {' and '.join(left)} of this user"


async def run(
    module: str,
    *arguments: str,
    reads: Iterable[Path] = (),
    writes: Iterable[Path] = (),
    seconds: float = LONGEST,
) -> Ended:
    """Run `python -m module`, which may open `reads` and write `writes`; it is always ended.

    Raises OSError if it cannot start, and `Unfinished`.
    """
    with tempfile.TemporaryDirectory(prefix="avance-") as scratch:
        places = {"reads": _absolute(reads), "writes": _absolute(writes), "scratch": scratch}
        passed_on = {name: os.environ[name] for name in PASSED_ON if name in os.environ}
        program = await asyncio.create_subprocess_exec(
            *(sys.executable, "-m", "bot.confinement.confined", json.dumps(places), module, *arguments),
            stdin=asyncio.subprocess.DEVNULL,
            stdout=asyncio.subprocess.PIPE,
            stderr=asyncio.subprocess.PIPE,
            cwd=ROOT,
            env={**passed_on, "TMPDIR": scratch},
        )
        return await _end(program, seconds)


async def _end(program: asyncio.subprocess.Process, seconds: float) -> Ended:
    said, complaint = b"", b""
    try:
        async with asyncio.timeout(seconds):
            said, complaint = await program.communicate()
    except TimeoutError:
        raise Unfinished("it takes too long") from None
    finally:
        with contextlib.suppress(ProcessLookupError):
            program.kill()
        await asyncio.shield(program.wait())
    assert program.returncode is not None
    if program.returncode == -9:  # SIGKILL, not sent by us
        raise Unfinished("the machine ended it; is there enough memory?")
    return Ended(program.returncode, said, complaint.decode(errors="replace").strip())


async def isolation() -> Isolation:
    """Return what a confined process cannot reach on this machine, found by trying. Raises like `run`."""
    return Isolation(**json.loads((await run("probe")).said))


def _absolute(places: Iterable[Path]) -> list[str]:
    return [str(place.absolute()) for place in places]
