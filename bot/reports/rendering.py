"""Makes a report's file by `reports.rendering` in a confined process."""

import pickle
from pathlib import Path
from typing import TYPE_CHECKING

from bot.confinement import subprocesses
from models.tables.report import ReportFormat

if TYPE_CHECKING:
    from reports.picture import Chart
    from reports.quarterly import Report


class NotRendered(RuntimeError):
    """The process could not make the file; the message says why."""


async def render(
    content: "Report | Chart",
    kind: ReportFormat,
    given: Path,
    target: Path,
    pictures: Path,
    template: Path | None,
) -> None:
    """Write the report in that format to the existing file `target`; its content is passed in the file
    `given`.

    Raises `NotRendered`, `Unfinished` and OSError.
    """
    given.write_bytes(pickle.dumps(content))
    own = [template] if template else []
    paths = (given, kind.value, target, pictures, *own)
    arguments = [str(each.absolute()) if isinstance(each, Path) else each for each in paths]
    reads = [given, pictures, *own]
    ended = await subprocesses.run("reports.rendering", *arguments, reads=reads, writes=[target])
    if ended.code:
        raise NotRendered(ended.complaint or f"exit code {ended.code}")
