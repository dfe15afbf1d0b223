"""`python -m bot programme check|import|export FILE`."""

from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from bot.failure import Failure
from bot.terminal import counted
from models.clean_text import in_place

if TYPE_CHECKING:
    from models.programme.format import ProgrammeFile
    from models.programme_changes.importing import Difference
    from models.programme_file.problem import Reading

programme_app = typer.Typer(help="The annual work programme as a file.")

ACTOR = "command line"
File = Annotated[Path, typer.Argument(metavar="FILE", help="A programme in YAML, or in Excel (.xlsx).")]
Since = Annotated[
    str | None,
    typer.Option(
        "--from",
        metavar="DATE",
        help="Since when; without it lines come and go for the whole year, targets are adjusted from today.",
    ),
]
Yes = Annotated[bool, typer.Option("--yes", help="Do not ask.")]


@programme_app.command()
def check(file: File) -> None:
    """Say everything that is wrong with a file, each with its place; exit code 1 if it cannot be taken."""
    reading = _read(file)
    for problem in reading.problems:
        typer.echo(in_place(f"{file}: {problem}"))
    if reading.errors:
        raise Failure(f"{file}: {_count(len(reading.errors), 'error')}; it cannot be imported")
    programme = reading.programme
    assert programme is not None
    lines = sum(len(unit.lines) for unit in programme.units)
    size = f"{counted(len(programme.units), 'unit')}, {counted(lines, 'line')}"
    typer.echo(f"{file}: {programme.year}, {size}; it can be imported")


@programme_app.command("import")
def import_(
    file: File,
    yes: Yes = False,
    reason: Annotated[str | None, typer.Option(help="Why targets are adjusted.")] = None,
    letter: Annotated[str | None, typer.Option(help="The official letter that adjusts them.")] = None,
    since: Since = None,
) -> None:
    """Show what a file changes in what is stored, ask, and then make it so."""
    from bot.cli_context import open_database
    from handlers.programme import unit_changes
    from models.programme_changes import importing as programme_import
    from models.storage.database import transaction

    programme, day = _sound(file), _day(since)
    with open_database(load_programme=False) as context:
        with transaction(context.engine) as session:
            found = programme_import.difference(session, programme, day)
        if found.empty:
            typer.echo("Nothing would change.")
            return
        _show(found)
        if not yes:
            typer.confirm("Write this?", abort=True)
        try:
            with transaction(context.engine) as session:
                done = programme_import.apply(
                    session, programme, now=context.now, actor=ACTOR, reason=reason, letter=letter, since=day
                )
                unit_changes.tell(session, programme, done, reason, context.now)
        except programme_import.ImportRefused as refused:
            raise Failure(str(refused)) from None
    typer.echo(f"Imported: {_count(len(found.changes), 'change')}.")


@programme_app.command()
def export(
    file: File,
    year: Annotated[int | None, typer.Option(help="The programme's year; the newest without it.")] = None,
    yes: Yes = False,
) -> None:
    """Write what is stored to a file; imported again it changes nothing."""
    from bot.cli_context import open_database
    from models.programme.view import programmes
    from models.programme_changes import rows as programme_rows
    from models.programme_file import file as programme_file
    from models.storage.database import transaction

    with open_database() as context, transaction(context.engine) as session:
        asked = year or max(programmes(session).years)
        programme = programme_rows.stored(session, asked)
    if programme is None:
        raise Failure(f"there is no programme for {asked}")
    if file.exists() and not yes:
        typer.confirm(f"{file} exists. Replace it?", abort=True)
    if programme_file.is_excel(file.name):
        from models.programme_file.excel_writing import TooLong, write_excel

        try:
            file.write_bytes(write_excel(programme))
        except TooLong as error:
            raise Failure(f"{file}: {error}; export it as YAML") from None
    else:
        file.write_text(programme_file.write(programme), encoding="utf-8")
    typer.echo(f"Exported {asked} to {file}")


def _read(file: Path) -> "Reading":
    from models.programme_file.file import read_path

    return read_path(file)


def _sound(file: Path) -> "ProgrammeFile":
    reading = _read(file)
    if reading.programme is None:
        first = reading.errors[0]
        raise Failure(
            f"{file}: {_count(len(reading.errors), 'error')}, the first: {first}; see programme check"
        )
    return reading.programme


def _day(text: str | None) -> date | None:
    try:
        return date.fromisoformat(text) if text else None
    except ValueError:
        raise Failure(f"not a day: {text!r}; write it like 2024-07-01", exit_code=2) from None


def _show(found: "Difference") -> None:
    for change in found.changes:
        typer.echo(in_place(str(change)))
    if found.refusals:
        raise Failure("; ".join(map(str, found.refusals)))


def _count(number: int, what: str) -> str:
    return f"{number} {what}" if number == 1 else f"{number} {what}s"
