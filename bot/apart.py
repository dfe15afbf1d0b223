"""Programs of ours that open what others sent: each in a process of its own, without our secrets."""

import asyncio
import contextlib
import os
import sys
from dataclasses import dataclass
from pathlib import Path

ROOT = Path(__file__).parents[1]
PASSED_ON = ("PATH", "LANG", "LD_LIBRARY_PATH", "PYTHONPATH", "VIRTUAL_ENV", "SYSTEMROOT")


@dataclass(frozen=True)
class Ended:
    """How it ended: 0 well, else its exit code; below 0 a signal ended it."""

    code: int
    said: bytes
    complaint: str


async def run(module: str, *arguments: str, seconds: float) -> Ended:
    """Run `python -m module`, at most so long; none is left running. Raises OSError if it cannot start."""
    program = await asyncio.create_subprocess_exec(
        *(sys.executable, "-m", module, *arguments),
        stdin=asyncio.subprocess.DEVNULL,
        stdout=asyncio.subprocess.PIPE,
        stderr=asyncio.subprocess.PIPE,
        cwd=ROOT,
        env={name: os.environ[name] for name in PASSED_ON if name in os.environ},
    )
    said, complaint = b"", b""
    try:
        async with asyncio.timeout(seconds):
            said, complaint = await program.communicate()
    except TimeoutError:
        complaint = b"it takes too long"
    finally:
        with contextlib.suppress(ProcessLookupError):
            program.kill()
        await asyncio.shield(program.wait())
    assert program.returncode is not None
    return Ended(program.returncode, said, complaint.decode(errors="replace").strip())
