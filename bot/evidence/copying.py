"""The picture's copy for reports, made by a program of its own: see `reports.picture_copy`."""

import asyncio
import contextlib
import logging
import os
import sys
from pathlib import Path

log = logging.getLogger(__name__)

ROOT = Path(__file__).parents[2]
SECONDS = 90  # of waiting; the program limits its computing itself
UNWRITABLE = 3  # its exit code where the disk is at fault
PASSED_ON = ("PATH", "LANG", "LD_LIBRARY_PATH", "PYTHONPATH", "VIRTUAL_ENV", "SYSTEMROOT")


async def copy(source: Path, target: Path) -> bool:
    """Whether the picture could be copied to `target`, a JPEG then.

    The program gets no secret by its environment, and none is left running. Raises OSError where it cannot
    be started or the disk does not take the copy.
    """
    program = await asyncio.create_subprocess_exec(
        *(sys.executable, "-m", "reports.picture_copy", str(source.absolute()), str(target.absolute())),
        stdin=asyncio.subprocess.DEVNULL,
        stdout=asyncio.subprocess.DEVNULL,
        stderr=asyncio.subprocess.PIPE,
        cwd=ROOT,
        env={name: os.environ[name] for name in PASSED_ON if name in os.environ},
    )
    try:
        async with asyncio.timeout(SECONDS):
            _, said = await program.communicate()
    except TimeoutError:
        said = b"it takes too long"
    finally:
        with contextlib.suppress(ProcessLookupError):
            program.kill()
        await asyncio.shield(program.wait())
    if program.returncode == UNWRITABLE:
        raise OSError(said.decode(errors="replace").strip())
    if program.returncode:
        log.info(
            "A picture cannot be copied (%s): %s", program.returncode, said.decode(errors="replace").strip()
        )
    return program.returncode == 0
