"""The picture's copy for reports, made by a program of its own: see `reports.picture_copy`."""

import logging
from pathlib import Path

from bot import apart

log = logging.getLogger(__name__)

SECONDS = 90  # of waiting; the program limits its computing itself
UNWRITABLE = 3  # its exit code where the disk is at fault


async def copy(source: Path, target: Path) -> bool:
    """Whether the picture could be copied to `target`, a JPEG then.

    Raises OSError where the program cannot be started or the disk does not take the copy.
    """
    paths = str(source.absolute()), str(target.absolute())
    ended = await apart.run("reports.picture_copy", *paths, seconds=SECONDS)
    if ended.code == UNWRITABLE:
        raise OSError(ended.complaint)
    if ended.code:
        log.info("A picture cannot be copied (%s): %s", ended.code, ended.complaint)
    return ended.code == 0
