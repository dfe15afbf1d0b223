"""A report's file, made by `reports.rendering` in a process of its own that reaches nothing else."""

import pickle
from pathlib import Path
from typing import TYPE_CHECKING

from bot.confinement import subprocesses
from models.tables.report import ReportFormat

if TYPE_CHECKING:
    from reports.picture import Chart
    from reports.quarterly import Report


class NotRendered(RuntimeError):
    """The process could not make the file; the words say why."""


async def render(
    content: "Report | Chart",
    kind: ReportFormat,
    given: Path,
    target: Path,
    pictures: Path,
    template: Path | None,
) -> None:
    """Write the report in that format to `target`, a file that there is; `given` carries its content.

    Raises `NotRendered`, `subprocesses.Unfinished` and OSError.
    """
    given.write_bytes(pickle.dumps(content))
    own = [template] if template else []
    paths = (given, kind.value, target, pictures, *own)
    arguments = [str(each.absolute()) if isinstance(each, Path) else each for each in paths]
    reads = [given, pictures, *own]
    ended = await subprocesses.run("reports.rendering", *arguments, reads=reads, writes=[target])
    if ended.code:
        raise NotRendered(ended.complaint or f"exit code {ended.code}")
