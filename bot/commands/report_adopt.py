"""`python -m bot report adopt`: takes texts over from a report that was edited in Word."""

from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from bot.failure import Failure
from bot.terminal import counted, escaped

if TYPE_CHECKING:
    from bot.cli_context import CliContext
    from reports.adoption import EditedReport
    from reports.quarterly import Report

MOST = 40  # refused changes that are printed


def adopt(
    file: Annotated[Path, typer.Argument(metavar="FILE", help="The edited report, in Word.")],
    by: Annotated[str, typer.Option(metavar="NAME", help="Who answers for it: planning or a director.")],
    unit: Annotated[str | None, typer.Option(metavar="KEY", help="If it is one unit's report.")] = None,
    yes: Annotated[bool, typer.Option("--yes", help="Do not ask.")] = False,
) -> None:
    """Show what was changed in a Word report, and take its texts over; changed figures are refused."""
    from bot.cli_context import open_database, unit_of
    from bot.reports import make as report_make

    quarter = _quarter(file)
    with open_database() as context:
        report = report_make.asked(context, quarter, unit_of(context, unit).id if unit else None)
        edited = _compared(context, file, report)
        typer.echo("\n".join(_lines(edited)))
        if not edited.taken:
            typer.echo("There is no text to take over.")
        else:
            if not yes:
                typer.confirm(f"Take {counted(len(edited.taken), 'text')} over?", abort=True)
            _take(context, report, edited, by)
            typer.echo(f"Taken over: {counted(len(edited.taken), 'text')}.")
    if edited.refused:
        refused = counted(len(edited.refused), "change")
        raise Failure(f"{refused} refused: only texts of activities are taken over")


def _quarter(file: Path) -> str:
    """Return the quarter that the file says it is of. Raises `Failure` if it is no report in Word."""
    import docx

    try:
        return str(docx.Document(str(file)).core_properties.keywords)
    except OSError as error:
        raise Failure(f"{file} cannot be read: {error.strerror}", exit_code=2) from None
    except Exception as error:  # python-docx raises many kinds of exceptions for other files
        raise Failure(f"{file} is no report in Word", exit_code=2) from error


def _compared(context: "CliContext", file: Path, report: "Report") -> "EditedReport":
    from functools import partial

    from models.tables.evidence import place
    from reports import adoption

    evidence = context.settings.data_dir / "evidence"
    try:
        return adoption.compare(file.read_bytes(), report, partial(place, evidence))
    except OSError as error:
        raise Failure(f"{file} cannot be read: {error.strerror}", exit_code=2) from None


def _take(context: "CliContext", report: "Report", edited: "EditedReport", by: str) -> None:
    """Store the texts, all or none. Raises `Failure` if the person may not, or something has changed."""
    from bot.commands import named_person
    from models.activities.correction import reword
    from models.errors import Rejected
    from models.rights import member
    from models.storage.database import transaction

    versions = {
        activity.id: activity.version
        for unit in report.units
        for line in unit.lines
        for activity in line.activities
    }
    try:
        with transaction(context.engine) as session:
            person = named_person.find(session, by)
            who = member(session, person.telegram_id) if person.telegram_id is not None else None
            if who is None:
                raise Failure(f"{person.name} has no access now")
            for each in edited.taken:
                reword(session, each.activity, versions[each.activity], each.after, who, context.now)
    except Rejected as rejected:
        raise Failure(f"nothing was taken over: {rejected.reason}") from None


def _lines(edited: "EditedReport") -> list[str]:
    lines = []
    for each in edited.taken:
        lines += [f"text: {each.place}, activity {each.activity}", f"  - {each.before}", f"  + {each.after}"]
    for refused in edited.refused[:MOST]:
        lines += [f"refused: {refused.why}", f"  - {refused.before}", f"  + {refused.after}"]
    if len(edited.refused) > MOST:
        lines.append(f"and {len(edited.refused) - MOST} more refused")
    return [escaped(each) for each in lines]
