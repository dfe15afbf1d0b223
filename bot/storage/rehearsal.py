"""Restores a backup for a trial: everything as `restore` does it, in a database that is then thrown away.

Files of evidence are read and compared one after the other, and not kept, so that no second copy of them is
needed.
"""

import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import date
from pathlib import Path

from sqlalchemy import Connection, Engine, MetaData, inspect
from sqlmodel import Session

from bot.failure import Failure
from bot.storage import restoring
from bot.storage.backup import Manifest
from bot.storage.backup_archive import manifest_of, opened
from bot.storage.store import Store
from models.chain import anchor
from models.operations import migrating
from models.operations.figures import StoredFigures, stored_figures
from models.programme.view import programmes
from models.progress.progress import progress
from models.quarter import Quarter
from models.quarter_end import signing
from models.storage import audit, database, known_tables, table_version
from models.storage.audit import ChainVerdict


@dataclass(frozen=True)
class Rehearsal:
    """What a trial found. `before` and `after` are what the tables held before and after the migrations.

    `head_at` is the entry at which the chain now has the backup's head, None if it lost it. `altered` are the
    signatures that no longer match their hash. `shown` counts the figures of units that could be computed.
    """

    manifest: Manifest
    version: str
    before: StoredFigures
    after: StoredFigures
    verdict: ChainVerdict
    head_at: int | None
    altered: list[int]
    shown: int


def rehearse(file: Path, identity: Path | None, beside: Path, scratch_url: str | None = None) -> Rehearsal:
    """Restore the backup into a scratch database, a temporary SQLite file unless another one is named.

    What is needed meanwhile is put into the folder `beside`, or where it is missing into the system's.
    Raises `Failure` and OSError, as `restoring.restore` does.
    """
    known_tables.load()
    place = beside if beside.is_dir() else None
    with (
        tempfile.TemporaryDirectory(prefix="drill-", dir=place) as folder,
        _scratch(scratch_url, Path(folder)) as engine,
        opened(file, identity, Path(folder)) as archive,
        migrating.rebuilding(engine) as connection,
    ):
        manifest = manifest_of(archive)
        restoring.bring_rows(archive, connection, manifest)
        before = stored_figures(connection)
        restoring.bring_up(connection, manifest, broken_chain=False)
        for _ in restoring.arriving_files(archive, Store(Path(folder)), manifest, connection):
            pass
        return _found(connection, manifest, before)


def reason(error: Exception) -> str:
    """Return in one line why a backup could not be restored."""
    if isinstance(error, Failure | OSError):
        return str(error)
    return f"a fault of Avance itself: {type(error).__name__}: {(str(error).splitlines() or [''])[0]}"


def _found(connection: Connection, manifest: Manifest, before: StoredFigures) -> Rehearsal:
    with Session(connection, join_transaction_mode="rollback_only") as session:
        signed = signing.signatures(session)
        head = anchor.Head(manifest.audit.head, manifest.audit.entries)
        return Rehearsal(
            manifest=manifest,
            version=table_version.versions()[-1],
            before=before,
            after=stored_figures(connection),
            verdict=audit.verify(session),
            head_at=anchor.look_up(session, head).entry,
            altered=[each.id or 0 for each in signed if not signing.verify(session, each)],
            shown=_shown(session),
        )


def _shown(session: Session) -> int:
    """Compute the figures of every unit at the end of every quarter; return how many."""
    count = 0
    known = programmes(session)
    for year, programme in known.years.items():
        for number in range(1, 5):
            quarter = Quarter(year, number)
            end = quarter.last_day
            count += len(progress(session, programme, quarter, date(end.year + 1, 1, 1)).units)
    return count


@contextmanager
def _scratch(url: str | None, folder: Path) -> Iterator[Engine]:
    """Yield an engine on an empty database, which is empty again afterwards."""
    engine = database.connect(url or f"sqlite:///{folder / 'drill.db'}")
    try:
        if inspect(engine).get_table_names():
            raise Failure("the scratch database is not empty; name another one")
        try:
            yield engine
        finally:
            _empty(engine)
    finally:
        engine.dispose()


def _empty(engine: Engine) -> None:
    left = MetaData()
    left.reflect(engine)
    left.drop_all(engine)
