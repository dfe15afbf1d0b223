"""`python -m bot report make`: writes a report to a file without a running bot."""

import asyncio
from datetime import datetime
from functools import partial
from pathlib import Path
from tempfile import TemporaryDirectory

import typer
from sqlalchemy import Engine

from bot.cli_context import CliContext
from bot.confinement import subprocesses
from bot.failure import Failure
from bot.reports import pictures as report_pictures
from bot.reports.pictures import WITH_PICTURES, PictureFaults
from bot.reports.rendering import NotRendered, render
from bot.storage.store import Store
from handlers.messages import evidence_news
from models.programme.view import programmes
from models.progress.progress import progress
from models.quarter import Quarter
from models.storage.database import reading, transaction
from models.tables.report import ReportFormat
from reports.own_template import own_template
from reports.picture import Chart, chart_of
from reports.quarterly import Report
from reports.quarterly.making import make
from reports.quarterly.recopied import recopied


def images_in(folder: Path, name: str) -> bytes | None:
    """Return the content of a picture that a programme names (logo, structure), by a plain file name."""
    path = folder / Path(name).name
    return path.read_bytes() if path.is_file() else None


def content(engine: Engine, quarter: Quarter, unit_id: int | None, now: datetime, images: Path) -> Report:
    """Return the report, read from one consistent state without blocking writers.

    Raises KeyError for a year without a programme.
    """
    with reading(engine) as session:
        known = programmes(session)
        programme = known.years[quarter.year]
        unit = programme.unit(unit_id) if unit_id is not None else None
        today = now.astimezone(known.zone).date()
        return make(session, programme, quarter, today, unit, partial(images_in, images))


def chart(engine: Engine, quarter: Quarter, unit_id: int | None, now: datetime) -> Chart:
    """Return the data of the picture of `/avance`, read from one consistent state."""
    with reading(engine) as session:
        known = programmes(session)
        programme = known.years[quarter.year]
        unit = programme.unit(unit_id) if unit_id is not None else None
        return chart_of(progress(session, programme, quarter, now.astimezone(known.zone).date(), unit))


def asked(context: CliContext, said: str, unit_id: int | None) -> Report:
    """Return the report that a command asks for. Raises `Failure`."""
    try:
        quarter = Quarter.parse(said)
    except ValueError as error:
        raise Failure(str(error), exit_code=2) from None
    with reading(context.engine) as session:
        years = programmes(session).years
    if quarter.year not in years:
        known = ", ".join(map(str, years))
        raise Failure(f"there is no programme for {quarter.year}, only for {known}")
    if context.today < quarter.first_day:
        raise Failure(f"{said} has not begun on {context.today}")
    return content(context.engine, quarter, unit_id, context.now, context.settings.data_dir / "images")


def write(
    context: CliContext, report: Report, kind: ReportFormat, target: Path, template: Path | None = None
) -> int:
    """Write the report's file and return its size in bytes. Raises OSError, and `Failure`.

    `template` is the transparency platform's file that is filled in.
    It is made as the running bot makes it, in a process without our files and the network.
    """
    with TemporaryDirectory(prefix="avance-") as name:
        try:
            made = asyncio.run(_made(context, report, kind, Path(name), template))
        except (NotRendered, subprocesses.Unfinished) as error:
            raise Failure(str(error)) from None
        target.write_bytes(made)
    return len(made)


async def _made(
    context: CliContext, report: Report, kind: ReportFormat, scratch: Path, template: Path | None
) -> bytes:
    folder = context.settings.data_dir
    pictures, made, laid = scratch / "pictures", scratch / "made", PictureFaults()
    pictures.mkdir()
    made.touch()
    if kind in WITH_PICTURES:
        await report_pictures.lay(Store(folder / "evidence"), report, pictures, context.now, laid)
        _tell(context, laid)
    isolation = await subprocesses.isolation()
    if not (isolation.files and isolation.network):
        typer.echo(f"warning: {isolation}", err=True)
    if kind is ReportFormat.WORD:
        template = own_template(folder)
    await render(recopied(report, laid.others), kind, scratch / "content", made, pictures, template)
    return made.read_bytes()


def _tell(context: CliContext, laid: PictureFaults) -> None:
    """Tell planning and the command's user which pictures are faulty."""
    if laid.faults:
        with transaction(context.engine) as session:
            evidence_news.tell_of_renewed(session, laid.faults, laid.renewed, context.now)
    for copy, fault in laid.faults.items():
        typer.echo(f"warning: the picture {copy} was {fault.value} on disk", err=True)
