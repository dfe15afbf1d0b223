"""`python -m bot audit`, `erase` and `signatures`: whether what is stored is what was recorded and signed."""

from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from bot.failure import Failure
from models.clean_text import in_place

if TYPE_CHECKING:
    from models.chain.anchor import Head
    from reports.annex_reading import Annex

chain_app = typer.Typer()

AsJson = Annotated[bool, typer.Option("--json", help="Print JSON, for scripts.")]


@chain_app.command()
def audit(
    tables: Annotated[
        bool, typer.Option("--tables", help="Replay the chain against every table that holds truth.")
    ] = False,
    against: Annotated[
        str | None,
        typer.Option(
            metavar="HEAD|REPORT",
            help="A head noted before (NUMBER:HASH or HASH), or a report: does the chain still contain it?",
        ),
    ] = None,
    as_json: AsJson = False,
) -> None:
    """Verify the audit chain; exit code 1 and what is wrong if anything was altered."""
    import time

    from bot.cli_context import open_database
    from bot.commands import audit_listing
    from models.chain import anchor
    from models.chain.table_findings import compare
    from models.storage.audit import verify
    from models.storage.database import reading

    head = _head(against) if against is not None else None
    began = time.perf_counter()
    with open_database(load_programme=False) as context, reading(context.engine) as session:
        comparison = compare(session) if tables else None
        verdict = comparison.verdict if comparison is not None else verify(session)
        found = anchor.look_up(session, head) if head is not None else None
    result = audit_listing.Result(verdict, comparison, found, time.perf_counter() - began)
    typer.echo(result.as_json() if as_json else in_place(result.text()))
    if faults := result.faults():
        raise Failure("; ".join(faults))


@chain_app.command()
def erase(
    entry: Annotated[int, typer.Argument(metavar="ENTRY", help="The number of the entry.")],
    reason: Annotated[str, typer.Option(help="Why it is erased; kept in the chain.")],
    yes: Annotated[bool, typer.Option("--yes", help="Do not ask.")] = False,
) -> None:
    """Erase what an entry of the audit chain says before and after, for good; the chain says that it was."""
    from bot.cli_context import open_database
    from models.chain import erasing
    from models.storage.database import transaction

    if not (reason := reason.strip()):
        raise Failure("--reason is empty; say why the entry is erased", exit_code=2)
    if not yes:
        typer.confirm(f"What entry {entry} says before and after is lost for good. Erase it?", abort=True)
    with open_database(load_programme=False) as context, transaction(context.engine) as session:
        try:
            erasing.erase(session, entry, reason, "command line", context.now)
        except erasing.NotErasable as error:
            raise Failure(f"entry {entry} {error}") from None
    typer.echo(f"Entry {entry} was erased; the audit chain's newest entry says so.")


@chain_app.command(name="signatures")
def signatures_(
    unit: Annotated[
        str | None, typer.Argument(metavar="[UNIT]", help="A unit's key; all units without it.")
    ] = None,
    against: Annotated[
        Path | None,
        typer.Option(metavar="REPORT", help="Compare with the signatures that a report prints."),
    ] = None,
    as_json: AsJson = False,
) -> None:
    """Every signature, compared with what the audit chain says of it; exit code 1 if one was altered."""
    from sqlalchemy.exc import NoResultFound

    from bot.cli_context import named_unit, open_database
    from bot.commands import signature_listing
    from models.programme.view import programmes
    from models.storage.audit import UNREADABLE
    from models.storage.database import reading

    annex = _annex(against) if against is not None else None
    with open_database(load_programme=False) as context, reading(context.engine) as session:
        try:
            chosen = named_unit(programmes(session), unit) if unit else None
            shape = signature_listing.shape(session, chosen.id if chosen else None, annex)
            listed = signature_listing.text(shape, as_json)
        except (*UNREADABLE, NoResultFound) as error:
            raise Failure(signature_listing.unreadable(session)) from error
    typer.echo(listed)
    if faults := signature_listing.faults(shape):
        raise Failure("; ".join(faults))


def _head(said: str) -> "Head":
    from models.chain import anchor

    path = Path(said)
    if path.is_file():
        return anchor.Head(_annex(path).head)
    if (head := anchor.read(said)) is None:
        raise Failure(f"{said!r} is neither a report nor a head like 120:9f86d0…", exit_code=2)
    return head


def _annex(file: Path) -> "Annex":
    from reports import annex_reading

    try:
        return annex_reading.read(file)
    except annex_reading.NoAnnex as error:
        raise Failure(f"{file} cannot be compared: {error}", exit_code=2) from None
    except OSError as error:
        raise Failure(f"{file} cannot be read: {error.strerror}", exit_code=2) from None
