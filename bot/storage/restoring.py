"""Restores a backup: a database and an evidence folder, or nothing at all.

Everything happens in one transaction, and in a folder beside the evidence folder that is renamed just before
the commit. Tables, files, references and the audit chain are checked.
"""

import hashlib
import shutil
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import IO

from sqlalchemy import Connection, Engine, Table, inspect
from sqlmodel import Session

from bot.failure import Failure
from bot.storage import belonging
from bot.storage.backup import MANIFEST, BackupTable, Manifest, evidence_path, named_files
from bot.storage.backup_archive import BackupArchive, manifest_of, opened
from bot.storage.store import PIECE, Arriving, Store, synchronise
from models.chain import table_findings
from models.operations import backup, migrating, table_rows
from models.storage import audit, table_version
from models.storage.audit import ChainVerdict
from models.storage.installation import stored_id
from models.tables.operations.backup import Backup

CHANGED = "its content is not what it was when the backup was made"


@dataclass(frozen=True)
class Restored:
    """What was restored, and the verdict on the audit chain before the restoration was added to it."""

    manifest: Manifest
    verdict: ChainVerdict


def restore(
    engine: Engine,
    folder: Path,
    file: Path,
    now: datetime,
    broken_chain: bool = False,
    identity: Path | None = None,
) -> Restored:
    """Fill an empty database and an empty evidence folder.

    Raises `Failure` and OSError; nothing is changed then. `broken_chain`: continue although the chain does
    not verify.
    """
    beside = folder.with_name(f"{folder.name}.part")
    shutil.rmtree(beside, ignore_errors=True)
    try:
        with opened(file, identity, _existing(folder)) as archive, migrating.rebuilding(engine) as connection:
            manifest = manifest_of(archive)
            _require_empty(connection, folder)
            bring_rows(archive, connection, manifest)
            verdict = bring_up(connection, manifest, broken_chain)
            store = Store(beside)
            for arriving in arriving_files(archive, store, manifest, connection):
                store.keep(arriving, now)
            _note(connection, manifest, file, now)
            _mark(connection, beside)
            _take_place(beside, folder)
    except BaseException:
        shutil.rmtree(beside, ignore_errors=True)
        raise
    return Restored(manifest, verdict)


def _require_empty(connection: Connection, folder: Path) -> None:
    if inspect(connection).get_table_names():
        raise Failure("the database is not empty; restore into another one, or move DATA_DIR away first")
    if folder.exists() and any(path.is_file() for path in folder.rglob("*")):
        raise Failure(f"{folder} is not empty; move it away first")


def bring_rows(archive: BackupArchive, connection: Connection, manifest: Manifest) -> None:
    """Insert the rows into tables of the backup's version."""
    if manifest.version not in table_version.versions():
        raise Failure(f"the backup's tables are of version {manifest.version}: update Avance first")
    migrating.upgrade(connection, manifest.version)
    tables = {table.name: table for table in table_rows.tables(connection)}
    if tables.keys() != {part.name for part in manifest.tables}:
        raise ValueError("its tables are not those of its version")
    with table_rows.any_order(connection, list(tables.values())):
        for part in manifest.tables:
            _bring_table(archive.open(part.path), connection, tables[part.name], part)


def bring_up(connection: Connection, manifest: Manifest, broken_chain: bool) -> ChainVerdict:
    """Migrate the tables from the backup's version to the newest; verify the audit chain, and the tables by
    it.

    Returns the verdict on the chain as it was. Raises `Failure` unless `broken_chain`.
    """
    newest = table_version.versions()[-1]
    if manifest.version == newest:
        verdict = _verify(connection, manifest, broken_chain)
    else:
        disagreed = migrating.disagreeing(connection)
        migrating.upgrade(connection)
        verdict = _verify(connection, manifest, broken_chain)
        migrating.write_baseline(connection, manifest.version, newest, disagreed)
    _compare(connection, broken_chain)
    return verdict


def _bring_table(file: IO[bytes], connection: Connection, table: Table, part: BackupTable) -> None:
    if hashlib.file_digest(file, "sha256").hexdigest() != part.sha256:  # type: ignore[arg-type]
        raise ValueError(f"{part.path}: {CHANGED}")
    file.seek(0)
    if table_rows.read(connection, table, file) != part.rows:
        raise ValueError(f"{part.path} has not as many rows as {MANIFEST} says")


def _verify(connection: Connection, manifest: Manifest, broken_chain: bool) -> ChainVerdict:
    with Session(connection, join_transaction_mode="rollback_only") as session:
        verdict = audit.verify(session)
    said = manifest.audit
    if verdict.broken_at is not None:
        if not broken_chain:
            raise Failure(
                f"the audit chain is broken at entry {verdict.broken_at}: {verdict.reason}; "
                "somebody altered it before the backup was made. With --broken-chain it is restored as it is"
            )
    elif (verdict.entries, verdict.head) != (said.entries, said.head):
        raise ValueError(f"its audit chain does not end as {MANIFEST} says")
    return verdict


def _compare(connection: Connection, broken_chain: bool) -> None:
    """Raise `Failure` if the tables do not agree with the audit chain, unless `broken_chain`."""
    with Session(connection, join_transaction_mode="rollback_only") as session:
        found = table_findings.compare(session).findings
    if found and not broken_chain:
        raise Failure(
            f"the tables do not agree with the audit chain, the first: {found[0]}; somebody altered them "
            "before the backup was made. With --broken-chain they are restored as they are"
        )


def arriving_files(
    archive: BackupArchive, store: Store, manifest: Manifest, connection: Connection
) -> Iterator[Arriving]:
    """Yield each file that the rows name, written to `store` and compared; it is deleted unless kept."""
    for sha256 in sorted(set(named_files(connection)) - manifest.absent.keys()):
        content = archive.open(evidence_path(sha256))
        with store.arriving() as arriving:
            while piece := content.read(PIECE):
                arriving.write(piece)
            if arriving.sha256 != sha256:
                raise ValueError(f"{evidence_path(sha256)}: {CHANGED}")
            yield arriving


def _existing(folder: Path) -> Path:
    """Return the nearest folder above that exists."""
    return next(each for each in folder.absolute().parents if each.is_dir())


def _note(connection: Connection, manifest: Manifest, file: Path, now: datetime) -> None:
    """Store and audit from which backup the database was restored."""
    made = Backup(
        made_at=manifest.made_at, place=str(file.resolve()), bytes=file.stat().st_size, files=manifest.files
    )
    with Session(connection, join_transaction_mode="rollback_only") as session:
        backup.note(session, made, now, action="restore")
        session.flush()
        audit.chain(session)


def _mark(connection: Connection, folder: Path) -> None:
    """Mark the folder with the database's id; old backups had none."""
    with Session(connection, join_transaction_mode="rollback_only") as session:
        if (installation := stored_id(session)) is not None:
            belonging.mark(folder, installation)


def _take_place(beside: Path, folder: Path) -> None:
    shutil.rmtree(folder, ignore_errors=True)  # it has no files, which was checked before
    if beside.exists():
        beside.rename(folder)
        synchronise(folder.parent)
