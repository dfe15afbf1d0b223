"""Makes the report copy of a picture in a separate process: see `reports.picture_copy`."""

import json
import logging
from dataclasses import dataclass
from pathlib import Path

from bot.confinement import subprocesses
from models.evidence.look import PictureLook

log = logging.getLogger(__name__)

UNWRITABLE = 3  # the exit code for a failure to write


@dataclass(frozen=True)
class Copied:
    """Whether the copy was made, and what the picture looks like.

    `cut`: the picture is truncated, so that part of the copy is grey.
    """

    made: bool
    cut: bool = False
    look: PictureLook | None = None


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
        return Copied(made=False)
    return Copied(made=True, cut=bool(ended.complaint), look=PictureLook(**json.loads(ended.said)))
