"""A backup as one file: a plain tar, which any machine can open, now or in twenty years.

    tables/activity.jsonl   the rows of each table at one instant, a line of JSON each
    evidence/3f/3f9a…c41    the files that those rows name, each named by the hash of its content
    manifest.json           the content, with counts and hashes; it is last, so a truncated file has none

Rows are text instead of a copy of the database: one format for both databases, restored into either without
their own tools. It is not compressed, since pictures would not become smaller.
"""

import hashlib
import io
import os
import tarfile
import tempfile
from collections.abc import Sequence
from contextlib import AbstractContextManager, nullcontext
from datetime import datetime
from enum import StrEnum
from pathlib import Path
from typing import IO, Any, BinaryIO, Literal

from pydantic import AwareDatetime, BaseModel
from sqlalchemy import Connection, Engine, Table, inspect, select, union
from sqlmodel import Session, col

from bot.storage import encryption
from bot.storage.store import Store, privately, synchronise
from models.operations import table_rows
from models.operations.retention import unnamed
from models.storage import audit, database, table_version
from models.tables.evidence import Evidence
from models.tables.report import MadeReport

MANIFEST = "manifest.json"


class Why(StrEnum):
    """Why a file that a row names is not in the backup."""

    MISSING = "missing"  # the folder has no such file
    DAMAGED = "damaged"  # it cannot be read, or its content has another hash
    DROPPED = "dropped"  # its row was deleted while the backup was made, since it was never registered


class BackupTable(BaseModel):
    """A table in the backup."""

    name: str
    rows: int
    bytes: int
    sha256: str

    @property
    def path(self) -> str:
        return f"tables/{self.name}.jsonl"


class Chain(BaseModel):
    """The number of entries and the head of the audit chain at that instant."""

    entries: int
    head: str


class Manifest(BaseModel):
    """What a backup contains. `version` is the tables'; `files` and `file_bytes` count the evidence."""

    backup_of: Literal["avance"] = "avance"
    format: Literal[1] = 1
    made_at: AwareDatetime
    engine: str
    version: str
    audit: Chain
    tables: list[BackupTable]
    files: int = 0
    file_bytes: int = 0
    absent: dict[str, Why] = {}

    @property
    def holes(self) -> dict[str, Why]:
        """Return the files that should be in the backup and are not, with the reason."""
        return {sha256: why for sha256, why in self.absent.items() if why is not Why.DROPPED}


def make(
    engine: Engine, store: Store, place: Path, now: datetime, recipients: Sequence[Any] = ()
) -> Manifest:
    """Write a backup to `place`: under another name first, then renamed; it is safely on disk afterwards.

    With `recipients` it is encrypted for them; nothing of it is written in the clear but one table at a time,
    in an unnamed file. Others may write to the database and the store meanwhile. Raises OSError; `place` is
    unchanged then.
    """
    part = place.with_name(f"{place.name}.part")
    data = store.folder.parent  # the backup may be on a disk of somebody else's
    scratch = data if recipients and data.is_dir() else place.parent
    try:
        with open(part, "wb", opener=privately) as file:
            with _to(file, recipients) as content, tarfile.open(fileobj=content, mode="w|") as archive:
                manifest = _fill(archive, engine, store, now, scratch)
            file.flush()
            os.fsync(file.fileno())
        part.replace(place)
        synchronise(place.parent)
    finally:
        part.unlink(missing_ok=True)
    return manifest


def _to(file: BinaryIO, recipients: Sequence[Any]) -> AbstractContextManager[BinaryIO]:
    return encryption.encrypting(file, recipients) if recipients else nullcontext(file)


def named_files(connection: Connection) -> list[str]:
    """Return the hashes of all files that rows name: evidence, copies, and made reports.

    The database may be of an earlier version, without some of the tables.
    """
    known = set(inspect(connection).get_table_names())
    every = ((Evidence, "sha256"), (Evidence, "copy_sha256"), (MadeReport, "sha256"))
    columns = [col(getattr(table, name)) for table, name in every if table.__tablename__ in known]
    named = union(*(select(column).where(column.is_not(None)) for column in columns))
    return sorted(filter(None, connection.execute(named).scalars()))


def _fill(archive: tarfile.TarFile, engine: Engine, store: Store, now: datetime, scratch: Path) -> Manifest:
    """Write the tables as of one instant, then the files; these are only added to the store, so all that the
    rows name are still there."""
    with database.snapshot(engine) as connection:
        manifest = Manifest(
            made_at=now,
            engine=engine.dialect.name,
            version=table_version.version(connection) or "",
            audit=_chain(connection),
            tables=[
                _add_table(archive, connection, table, now, scratch)
                for table in table_rows.tables(connection)
            ],
        )
        hashes = named_files(connection)
    for sha256 in hashes:
        content = _content(store, sha256)
        if isinstance(content, Why):
            manifest.absent[sha256] = content
        else:
            _add(archive, evidence_path(sha256), io.BytesIO(content), len(content), now)
            manifest.files += 1
            manifest.file_bytes += len(content)
    with database.transaction(engine) as session:
        for sha256 in unnamed(session, list(manifest.absent)):
            manifest.absent[sha256] = Why.DROPPED
    text = manifest.model_dump_json(indent=2).encode()
    _add(archive, MANIFEST, io.BytesIO(text), len(text), now)
    return manifest


def evidence_path(sha256: str) -> str:
    """Return the path of that content in the backup, which is as in the store."""
    return f"evidence/{sha256[:2]}/{sha256}"


def _chain(connection: Connection) -> Chain:
    with Session(connection, join_transaction_mode="rollback_only") as session:
        entries, head = audit.head(session)
    return Chain(entries=entries, head=head)


def _add_table(
    archive: tarfile.TarFile, connection: Connection, table: Table, now: datetime, scratch: Path
) -> BackupTable:
    """Add a table through a temporary file, since a tar needs a member's size before its content."""
    with tempfile.TemporaryFile(dir=scratch) as file:
        rows = table_rows.write(connection, table, file)
        size = file.tell()
        file.seek(0)
        sha256 = hashlib.file_digest(file, "sha256").hexdigest()
        file.seek(0)
        part = BackupTable(name=table.name, rows=rows, bytes=size, sha256=sha256)
        _add(archive, part.path, file, size, now)
    return part


def _content(store: Store, sha256: str) -> bytes | Why:
    """Return a file's whole content (at most 20 MB), compared with its hash, or why it cannot be added."""
    try:
        content = store.path(sha256).read_bytes()
    except FileNotFoundError:
        return Why.MISSING
    except OSError:
        return Why.DAMAGED
    return content if hashlib.sha256(content).hexdigest() == sha256 else Why.DAMAGED


def _add(archive: tarfile.TarFile, path: str, content: IO[bytes], size: int, now: datetime) -> None:
    member = tarfile.TarInfo(path)
    member.size, member.mode, member.mtime = size, 0o600, int(now.timestamp())
    archive.addfile(member, content)
