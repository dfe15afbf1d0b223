"""Checks of what is stored: database, audit chain, programme, evidence, backups."""

import hashlib
import random
from datetime import date, datetime, timedelta
from pathlib import Path

from sqlalchemy import Connection, Engine, make_url
from sqlalchemy.exc import DBAPIError
from sqlmodel import Session, select

from bot.doctor.check import Check
from bot.settings import Settings
from bot.storage import belonging
from bot.storage.backup import named_files
from bot.storage.quarantine import Quarantine
from bot.storage.store import Store
from bot.terminal import counted
from models.chain.table_findings import compare
from models.evidence.store_fault import UNNAMED_ID
from models.operations import backup
from models.operations.condition import condition
from models.people.signers import without_signer
from models.programme.view import Programmes
from models.programme_changes import rows as programme_rows
from models.programme_file import file as programme_file
from models.quarter import Quarter
from models.storage import audit, database, table_version
from models.storage.installation import stored_id
from models.tables.activity import Activity
from models.tables.operations.store_fault import StoreFault

SAMPLE = 200  # files whose content is compared with their hash, unless all are
STUCK = timedelta(minutes=10)  # answers unsent for longer are a fault
SILENT = timedelta(minutes=2)  # a running bot stores a heartbeat every half minute


def file_of(chosen: Settings) -> Check | None:
    """Check that the SQLite file exists, since connecting would create it."""
    url = make_url(chosen.database)
    if url.get_backend_name() == "sqlite" and not Path(url.database or "").is_file():
        return Check("database", False, f"there is none yet at {url.database}", "python -m bot run makes it")
    return None


def tables(engine: Engine) -> Check:
    """Check that the database answers, is undamaged, and is of this program's version."""
    newest, known = table_version.versions()[-1], table_version.versions()
    where = engine.url.render_as_string(hide_password=True)
    try:
        with database.snapshot(engine) as connection:
            stored = table_version.version(connection)
            damage = _damage(connection)
    except DBAPIError as error:
        reason = str(error.orig).splitlines()[0]
        return Check("database", False, f"{where}: {reason}", "does it run? see DATABASE_URL")
    if damage:
        return Check("database", False, f"{where} is damaged: {damage}", "restore the last backup")
    if stored is None:
        return Check("database", False, f"{where} has no tables", "python -m bot run makes them")
    if stored not in known:
        return Check("database", False, f"{where} is of a newer Avance: {stored}", "update this one")
    if stored != newest:
        said = f"{where} is of version {stored}, this Avance of {newest}"
        return Check("database", False, said, "make a backup, then python -m bot run brings it up")
    return Check("database", True, f"{where}, version {stored}")


def _damage(connection: Connection) -> str | None:
    if connection.dialect.name != "sqlite":
        return None
    said = str(connection.exec_driver_sql("PRAGMA quick_check(1)").scalar())
    return None if said == "ok" else said


def chain(session: Session, everything: bool) -> Check:
    """Check the audit chain; with `everything` also whether the tables agree with it."""
    found = compare(session) if everything else None
    verdict = found.verdict if found is not None else audit.verify(session)
    way_out = "compare with a backup restored elsewhere; python -m bot audit --tables names everything"
    if verdict.broken_at is not None:
        return Check("audit", False, f"broken at entry {verdict.broken_at}: {verdict.reason}", way_out)
    said = f"{counted(verdict.entries, 'entry', 'entries')}, head {verdict.head}"
    if found is None:
        return Check("audit", True, f"{said}; --all compares the tables with it")
    if found.findings:
        count = len(found.findings) + found.omitted
        said = f"the tables do not agree with it in {counted(count, 'place')}, the first: {found.findings[0]}"
        return Check("audit", False, said, way_out)
    return Check("audit", True, f"{said}; {counted(found.rows, 'row agrees', 'rows agree')} with it")


def programme(session: Session, known: Programmes, now: datetime) -> Check:
    """Check that there is a programme for today, and report oddities in it and units that nobody can sign."""
    year = now.astimezone(known.zone).year
    stored = programme_rows.stored(session, year)
    if stored is None:
        years = f"only for {', '.join(map(str, known.years))}" if known.years else "nor for any other year"
        said = f"there is none for {year}, {years}"
        return Check("programme", False, said, "python -m bot programme import FILE")
    reading = programme_file.read(programme_file.write(stored))
    lines = sum(len(unit.lines) for unit in stored.units)
    said = f"{year}: {counted(len(stored.units), 'unit')}, {counted(lines, 'line')}"
    if reading.errors:
        said = f"{said}, {counted(len(reading.errors), 'error')}, the first: {reading.errors[0].message}"
        return Check("programme", False, said, "programme export, mend it, programme import")
    if reading.warnings:
        said += f", {len(reading.warnings)} to be looked at, the first: {reading.warnings[0].message}"
    unsignable = _unsignable(session, now.astimezone(known.zone).date())
    way_out = "/invitar a director, or /ausencia with a deputy" if unsignable else None
    return Check("programme", True, said + unsignable, way_out)


def _unsignable(session: Session, today: date) -> str:
    """Return which units nobody can sign now, and why; "" if there are none."""
    found = without_signer(session, today)
    named = ", ".join(f"{each.unit.key} ({each.why.value})" for each in found)
    return f"; nobody can sign for {counted(len(found), 'unit')}: {named}" if found else ""


def evidence(connection: Connection, store: Store, everything: bool) -> Check:
    """Check that files named by rows exist, and, of a sample or all, that they are intact."""
    if (foreign := _foreign(connection, store)) is not None:
        return foreign
    named = named_files(connection)
    missing = [sha256 for sha256 in named if not store.holds(sha256)]
    there = sorted(set(named) - set(missing))
    compared = there if everything else random.sample(there, min(SAMPLE, len(there)))
    damaged = [sha256 for sha256 in compared if not _is_right(store.path(sha256), sha256)]
    if missing or damaged:
        first = (missing or damaged)[0]
        said = f"of {counted(len(named), 'file')} missing: {len(missing)}, damaged: {len(damaged)}; {first}"
        return Check("evidence", False, said, f"take them from a backup: evidence/{first[:2]}/{first}")
    some = "" if len(compared) == len(named) else "; --all compares every one"
    said = f"{counted(len(named), 'file')}, all there; compared with their hashes: {len(compared)}{some}"
    if aside := Quarantine(store).count():
        said += f"; {aside} in quarantine"
    return Check("evidence", True, said)


def _foreign(connection: Connection, store: Store) -> Check | None:
    """Check that the folder is not another database's, and has not far too many files that no row names."""
    with Session(connection, join_transaction_mode="rollback_only") as session:
        mine, owners = stored_id(session), belonging.owners_of(store.folder)
        fault = session.get(StoreFault, UNNAMED_ID)
    if mine is not None and owners and mine not in owners:
        said = f"{store.folder} belongs to another database, {owners[0]}; this one is {mine}"
        return Check("evidence", False, said, "check DATABASE_URL and DATA_DIR")
    if fault is not None:
        said = f"{counted(fault.files, 'file is', 'files are')} named by no row, too many to put aside"
        way_out = "is it the right database? then python -m bot quarantine"
        return Check("evidence", False, said, way_out)
    return None


def _is_right(path: Path, sha256: str) -> bool:
    try:
        with path.open("rb") as file:
            return hashlib.file_digest(file, "sha256").hexdigest() == sha256
    except OSError:
        return False


def messages(session: Session, known: Programmes, now: datetime) -> list[Check]:
    """Check that answers are sent and updates handled, and whether the bot is running."""
    found = condition(session, Quarter.of(now.astimezone(known.zone).date()))
    waits = now - found.unsent_since if found.unsent_since else timedelta()
    said = f"{len(found.set_aside)} set aside, {found.unsent} to be sent"
    check = Check("messages", True, said)
    if found.set_aside:
        check = Check("messages", False, said, "/estado has a button to try each again")
    elif waits > STUCK:
        since = f", the oldest for {waits // timedelta(minutes=1):,} min"
        check = Check("messages", False, said + since, "does the bot run? see its log")
    incoming = found.heard_at
    if incoming is None or now - incoming > SILENT:
        last = f"Telegram was last heard on {incoming:%Y-%m-%d %H:%M} UTC" if incoming else "it never ran"
        return [check, Check("bot", None, f"not at work: {last}")]
    return [check, Check("bot", True, "at work")]


def last_backup(session: Session, now: datetime) -> Check:
    last = backup.latest(session)
    way_out = "python -m bot backup FILE, every night by cron"
    if last is None:
        if session.exec(select(Activity.id).limit(1)).first() is None:
            return Check("backup", None, "none yet, and nothing registered that could be lost")
        return Check("backup", False, "there is none", way_out)
    said = f"{last.made_at:%Y-%m-%d %H:%M} UTC, {last.bytes:,} bytes, {last.place}"
    if backup.is_stale(last, now):
        return Check("backup", False, f"{said}: {(now - last.made_at).days} days old", way_out)
    return Check("backup", True, said)
