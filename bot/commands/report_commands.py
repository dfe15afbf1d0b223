"""`python -m bot report …`."""

from pathlib import Path
from typing import Annotated

import typer

from bot.commands import report_adopt, report_check, report_verify
from bot.failure import Failure
from bot.terminal import counted
from models.tables.report import ReportFormat

report_app = typer.Typer(help="The quarterly report.")
report_app.command()(report_check.check)
report_app.command()(report_verify.verify)
report_app.command()(report_adopt.adopt)


@report_app.command()
def make(
    quarter: Annotated[str, typer.Argument(metavar="2024-T1", help="The quarter.")],
    output: Annotated[Path, typer.Option("--output", "-o", metavar="FILE", help="Where to write it.")],
    kind: Annotated[ReportFormat, typer.Option("--format", help="What to make.")] = ReportFormat.WORD,
    unit: Annotated[str | None, typer.Option(metavar="KEY", help="One unit; all without it.")] = None,
    template: Annotated[
        Path | None,
        typer.Option(metavar="FILE", help="With --format pnt: the platform's file, to be filled in."),
    ] = None,
) -> None:
    """Make the quarterly report; a draft where a unit has not signed, and it says so."""
    from bot.cli_context import open_database, unit_of
    from bot.reports import make as report_make

    if template is not None and (kind is not ReportFormat.TRANSPARENCY or not template.is_file()):
        raise Failure("--template takes the file of the platform, with --format pnt", exit_code=2)
    with open_database() as context:
        report = report_make.asked(context, quarter, unit_of(context, unit).id if unit else None)
        size = report_make.write(context, report, kind, output, template)
    state = "draft" if report.draft else "signed"
    typer.echo(f"{output}: {size:,} bytes, {state}, {counted(len(report.units), 'unit')}")
