"""`python -m bot backup FILE` and `restore FILE`."""

from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from bot.failure import Failure
from models.tables.operations.backup import Backup

if TYPE_CHECKING:
    from bot.storage.backup import Manifest

backup_app = typer.Typer()

AsJson = Annotated[bool, typer.Option("--json", help="Print JSON, for scripts.")]
Identity = Annotated[
    Path | None, typer.Option(metavar="KEY", help="The file with the private key of an encrypted backup.")
]


@backup_app.command()
def backup(
    file: Annotated[Path, typer.Argument(metavar="FILE", help="Where to write it, like avance.tar.")],
    yes: Annotated[bool, typer.Option("--yes", help="Replace FILE without asking.")] = False,
    encrypt: Annotated[
        list[str] | None,
        typer.Option(
            metavar="RECIPIENT", help="Encrypt it for this public key (age1…, ssh-…) or file of them."
        ),
    ] = None,
    as_json: AsJson = False,
) -> None:
    """Write the database and the evidence to one file, while the bot runs."""
    from bot.cli_context import open_database
    from bot.storage import backup as backup_file
    from bot.storage import encryption
    from bot.storage.store import Store
    from models.operations import backup as backups
    from models.storage.database import transaction

    recipients = encryption.recipients(encrypt) if encrypt else []
    if file.exists() and not yes:
        typer.confirm(f"{file} exists. Replace it?", abort=True)
    with open_database(load_programme=False) as context:
        store = Store(context.settings.data_dir / "evidence")
        made = backup_file.make(context.engine, store, file, context.now, recipients)
        size = file.stat().st_size
        with transaction(context.engine) as session:
            row = Backup(made_at=made.made_at, place=str(file.resolve()), bytes=size, files=made.files)
            backups.note(session, row, context.now)
    _print(file, size, made, "Backed up to", as_json)
    if made.holes:
        first, why = next(iter(made.holes.items()))
        raise Failure(
            f"the backup was made, but {len(made.holes)} files of evidence are not in it, the first: {first} "
            f"({why.value}); see doctor --all"
        )


@backup_app.command()
def restore(
    file: Annotated[Path, typer.Argument(metavar="FILE", help="What `backup` wrote.")],
    broken_chain: Annotated[
        bool, typer.Option("--broken-chain", help="Go on although its audit chain does not verify.")
    ] = False,
    identity: Identity = None,
    drill: Annotated[
        bool, typer.Option("--drill", help="Only try it: nothing is kept but the result, for /estado.")
    ] = False,
    as_json: AsJson = False,
) -> None:
    """Fill an empty database and DATA_DIR from a backup; everything in it is checked."""
    from bot import clock
    from bot.cli_context import connect_only
    from bot.settings import Settings
    from bot.storage import restoring
    from models.programme.view import DEFAULT_ZONE

    if drill:
        _drill(file, identity, as_json)
        return
    settings = Settings()
    now = clock.starting(settings.pretend_now, DEFAULT_ZONE).now()
    with connect_only(settings) as engine:
        found = restoring.restore(engine, settings.data_dir / "evidence", file, now, broken_chain, identity)
    _print(file, file.stat().st_size, found.manifest, "Restored from", as_json)
    if found.verdict.broken_at is not None:
        typer.echo(f"The audit chain is broken at entry {found.verdict.broken_at}.", err=True)


def _drill(file: Path, identity: Path | None, as_json: bool) -> None:
    """Try to restore the backup, and store the result."""
    from bot.cli_context import open_database
    from bot.storage.rehearsal import reason, rehearse
    from models.operations import drill
    from models.storage.database import transaction
    from models.tables.operations.drill import RestoreDrill

    with open_database(load_programme=False) as context:
        done, found = RestoreDrill(done_at=context.now, place=str(file.resolve())), None
        try:
            found = rehearse(file, identity, context.settings.data_dir)
            done.made_at = found.manifest.made_at
        except Exception as error:  # whatever it was, the backup could not be restored
            done.failure = reason(error)
        with transaction(context.engine) as session:
            drill.note(session, done)
            failure = done.failure
    if found is None:
        raise Failure(f"the backup could not be restored: {failure}")
    _print(file, file.stat().st_size, found.manifest, "Could be restored:", as_json)


@backup_app.command()
def quarantine(
    yes: Annotated[bool, typer.Option("--yes", help="Do it without asking.")] = False,
) -> None:
    """Put aside every old file of evidence that no row names, however many: it is not deleted for 30 days."""
    import asyncio

    from bot.cli_context import open_database
    from bot.clock import Clock
    from bot.evidence.sweeping import Sweeper
    from bot.storage import belonging
    from bot.storage.store import Store
    from models.evidence import store_fault
    from models.storage.database import transaction

    with open_database(load_programme=False) as context:
        store = Store(context.settings.data_dir / "evidence")
        belonging.claim(store, context.engine)
        sweeper = Sweeper(store, context.engine, Clock(context.now), lambda _: None)
        found = asyncio.run(sweeper.look())
        said = f"{len(found.unnamed)} of {found.files} files of evidence are named by no row"
        if found.unnamed and not yes:
            typer.confirm(f"{said}. Put them aside?", abort=True)
        put = asyncio.run(sweeper.put_aside(found))
        with transaction(context.engine) as session:
            store_fault.mended(session, store_fault.UNNAMED_ID)
    typer.echo(f"{said}; {put} were put into {context.settings.data_dir / 'quarantine'}")


def _print(file: Path, size: int, found: "Manifest", done: str, as_json: bool) -> None:
    """Print what is in the backup, as JSON or in a few lines."""
    from bot.commands import listing

    if as_json:
        said = found.model_dump(mode="json", exclude={"backup_of", "format"})
        said["tables"] = {part.name: part.rows for part in found.tables}
        typer.echo(listing.as_text({"file": str(file), "bytes": size, **said}))
        return
    rows = sum(part.rows for part in found.tables)
    typer.echo(
        f"{done} {file}, {size:,} bytes, as of {found.made_at:%Y-%m-%d %H:%M} UTC\n"
        f"{rows:,} rows of {len(found.tables)} tables, {found.files:,} files of evidence\n"
        f"{found.audit.entries} entries in the audit chain, head {found.audit.head}"
    )
