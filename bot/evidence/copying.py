"""Makes the report copy of a picture in a separate process: see `reports.picture_copy`."""

import logging
from dataclasses import dataclass
from pathlib import Path

from bot.confinement import subprocesses

log = logging.getLogger(__name__)

UNWRITABLE = 3  # the exit code for a failure to write


@dataclass(frozen=True)
class Copied:
    """Whether the copy was made, and whether the picture is truncated (`cut`), so that part of it is grey."""

    made: bool
    cut: bool = False


async def copy(source: Path, target: Path) -> Copied:
    """Copy the picture to `target` as a JPEG.

    Raises OSError if the process cannot be started or the disk refuses the copy, and `Unfinished`.
    """
    target.touch(mode=0o600)
    paths = str(source.absolute()), str(target.absolute())
    ended = await subprocesses.run("reports.picture_copy", *paths, reads=[source], writes=[target])
    if ended.code == UNWRITABLE:
        raise OSError(ended.complaint)
    if ended.code:
        log.info("A picture cannot be copied (%s): %s", ended.code, ended.complaint)
    return Copied(ended.code == 0, cut=ended.code == 0 and bool(ended.complaint))
