"""Imports a programme file: first computes what would change, then changes it, audited.

A target's amount and plan change only by an adjustment: the original row stays, and figures of past days use
the plan in force on them. Lines and targets with activities cannot be removed.
"""

from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import date, datetime
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo

from pydantic import BaseModel
from pydantic_core import to_jsonable_python
from sqlmodel import Session, col, select

from models.programme.format import GivenTarget, GivenUnit, ProgrammeFile, scaled, unscaled
from models.programme.view import touch
from models.programme_changes.adjustment import adjust, terms_in_force
from models.programme_changes.dating import dated
from models.programme_changes.difference import ChangeKind, ProgrammeChange, compare
from models.programme_changes.rows import Rows, find_rows, stored
from models.programme_changes.writing import write_rows
from models.programme_file.problem import Problem
from models.programme_file.sentences import Sentence, said
from models.storage import audit
from models.tables.activity import Activity, Entry
from models.tables.programme import Adjustment, Programme, Unit

_FORCE = ("in_force_from", "in_force_until")


class ImportRefused(Exception):
    """The file cannot be imported; `sentences` are the reasons."""

    def __init__(self, *sentences: Sentence) -> None:
        super().__init__("; ".join(map(str, sentences)))
        self.sentences = sentences


class UnsoundProgramme(Exception):
    """The programme file has errors; `problems` are all of them."""

    def __init__(self, path: Path, problems: tuple[Problem, ...]) -> None:
        super().__init__(f"{path}: {problems[0]} ({len(problems)} in all; `programme check` lists them)")
        self.problems = problems


@dataclass(frozen=True)
class Difference:
    """The changes that an import would make, readable with str(); `refusals` are the reasons against it."""

    changes: tuple[ProgrammeChange, ...]
    refusals: tuple[Sentence, ...]

    @property
    def empty(self) -> bool:
        return not self.changes

    @property
    def adjustments(self) -> tuple[ProgrammeChange, ...]:
        """Return the changes of a target's amount or plan, which need a reason."""
        return tuple(change for change in self.changes if change.adjusts)

    @property
    def needs_day(self) -> bool:
        """Return whether the import needs a day: it adjusts targets, or adds or removes units or lines."""
        return bool(self.adjustments) or any(
            change.unit is not None and change.measure is None and change.kind is not ChangeKind.CHANGED
            for change in self.changes
        )


def difference(session: Session, file: ProgrammeFile, since: date | None = None) -> Difference:
    """Compare a file with what is stored for its year; nothing is written.

    Lines that the file adds are in force from `since`, those that it no longer has until the day before.

    A target's amount and plan are compared with the original ones first, then with those in force, so neither
    an exported file nor one with an adjustment already made changes anything.
    """
    rows = find_rows(session, file.year)
    before = stored(session, file.year)
    changes = (*compare(before, dated(before, file, since)), *_renamed_elsewhere(session, rows, file))
    if rows is None:
        return Difference(changes, ())
    changes = tuple(each for change in changes for each in _against_those_in_force(session, rows, change))
    return Difference(changes, tuple(_refusals(session, rows, changes)))


def apply(
    session: Session,
    file: ProgrammeFile,
    *,
    now: datetime,
    actor: str,
    reason: str | None = None,
    letter: str | None = None,
    since: date | None = None,
) -> Difference:
    """Change what is stored into what the file says; return the changes.

    `actor` is as in the audit ("command line", "person:7"). `reason` and the official `letter`'s number are
    stored with adjustments, which are in force from `since`, or from today. Raises `ImportRefused`, with
    nothing written.
    """
    found = difference(session, file, since)
    if found.refusals:
        raise ImportRefused(*found.refusals)
    if found.adjustments and not (reason and reason.strip()):
        named = ", ".join(change.name for change in found.adjustments)
        raise ImportRefused(said("reason_needed", parts=named))
    if found.empty:
        return found
    file = dated(stored(session, file.year), file, since)
    rows = write_rows(session, file, now, actor)
    today = now.astimezone(ZoneInfo(file.calendar.timezone)).date()
    for change in found.changes:
        if change.adjusts:
            target, given = rows.targets[change.target_key], _given_target(file, change)
            assert reason is not None
            on = since or today
            adjust(session, target, given, on=on, reason=reason.strip(), letter=letter, now=now, actor=actor)
        else:
            _record(session, file, change, now, actor)
    touch(session, rows.programme)
    return found


def record_file(
    session: Session, year: int, found: Difference, *, name: str, draft_id: int, actor: str, now: datetime
) -> None:
    """Audit that a file sent in the chat was imported, and how many changes it made."""
    after = {"file": name, "changes": len(found.changes), "draft": draft_id}
    audit.record(session, now, actor, "import", f"programme:{year}", None, after)


def ensure_loaded(session: Session, path: Path | None, now: datetime) -> None:
    """Load the programme at `path` (the bundled one for None) if the database has none.

    Raises OSError if it cannot be read, `UnsoundProgramme` if it has errors.
    """
    if session.exec(select(Programme.id).limit(1)).first() is not None:
        return
    # Imported here: YAML takes a tenth of the bot's memory, and an import in the chat does not need it.
    from models.programme_file.file import BUNDLED, read_path

    path = path or BUNDLED
    reading = read_path(path)
    if reading.programme is None:
        raise UnsoundProgramme(path, reading.errors)
    apply(session, reading.programme, now=now, actor="bot")


def _given_target(file: ProgrammeFile, change: ProgrammeChange) -> GivenTarget:
    return next(
        target
        for unit in file.units
        for line in unit.lines
        for target in line.targets
        if (unit.key, line.number, target.measure.casefold()) == change.target_key
    )


def _record(
    session: Session, file: ProgrammeFile, change: ProgrammeChange, now: datetime, actor: str
) -> None:
    if change.kind is ChangeKind.ADDED:
        for name, content in _parts(change.name, change.after):
            audit.record(session, now, actor, "add", f"programme:{file.year} {name}", None, content)
        return
    before, after = to_jsonable_python(change.before), to_jsonable_python(change.after)
    if change.field is not None:
        before, after = {change.field: before}, {change.field: after}
    verb = "change" if change.kind is ChangeKind.CHANGED else "remove"
    audit.record(session, now, actor, verb, f"programme:{file.year} {change.name}", before, after)


def _parts(name: str, part: BaseModel) -> Iterator[tuple[str, dict[str, Any]]]:
    """Yield an added part and the parts in it, down to the lines, each with its name and content."""
    yield name, part.model_dump(mode="json", exclude={"units", "lines"})
    if isinstance(part, ProgrammeFile):
        for unit in part.units:
            yield from _parts(unit.key, unit)
    if isinstance(part, GivenUnit):
        for line in part.lines:
            yield from _parts(f"{part.key} {line.number}", line)


def _renamed_elsewhere(session: Session, rows: Rows | None, file: ProgrammeFile) -> Iterator[ProgrammeChange]:
    """Yield the changes of a unit's name and aliases, which a new year's file makes for all years."""
    for given in file.units:
        unit = session.exec(select(Unit).where(Unit.key == given.key)).one_or_none()
        if unit is None or (rows is not None and given.key in rows.units):
            continue
        if unit.name != given.name:
            yield ProgrammeChange(
                ChangeKind.CHANGED, given.key, field="name", before=unit.name, after=given.name
            )
        if tuple(unit.aliases) != given.aliases:
            before = tuple(unit.aliases)
            yield ProgrammeChange(
                ChangeKind.CHANGED, given.key, field="aliases", before=before, after=given.aliases
            )


def _against_those_in_force(
    session: Session, rows: Rows, change: ProgrammeChange
) -> Iterator[ProgrammeChange]:
    if change.adjusts:
        change = replace(change, before=terms_in_force(session, rows.targets[change.target_key]))
    if change.before != change.after:
        yield change


def _refusals(session: Session, rows: Rows, changes: tuple[ProgrammeChange, ...]) -> Iterator[Sentence]:
    for change in changes:
        if change.kind is ChangeKind.REMOVED and (count := _activities_in(session, rows, change)):
            yield said("has_activities", part=change.name, count=count)
        if change.field == "decimals" and (why := _keeps_decimals(session, rows, change)):
            yield said(why, part=change.name, before=change.before, after=change.after)
        if change.field in _FORCE and change.after and (count := _activities_outside(session, rows, change)):
            yield said("activities_outside", part=change.name, count=count)


def _activities_in(session: Session, rows: Rows, removed: ProgrammeChange) -> int:
    if removed.measure is not None:
        target = rows.targets[removed.target_key]
        return len(session.exec(select(Entry.id).where(Entry.target_id == target.id)).all())
    lines = [
        line.id
        for (unit, number), line in rows.lines.items()
        if unit == removed.unit and removed.line in (None, number)
    ]
    return len(session.exec(select(Activity.id).where(col(Activity.line_id).in_(lines))).all())


def _activities_outside(session: Session, rows: Rows, change: ProgrammeChange) -> int:
    """Return how many activities of the line are outside the days on which it is to be in force."""
    assert change.unit is not None and change.line is not None
    line = rows.lines[change.unit, change.line]
    early = col(Activity.starts_on) < change.after
    outside = early if change.field == "in_force_from" else col(Activity.ends_on) > change.after
    not_withdrawn = select(Activity.id).where(
        Activity.line_id == line.id, col(Activity.withdrawn_at).is_(None)
    )
    return len(session.exec(not_withdrawn.where(outside)).all())


def _keeps_decimals(session: Session, rows: Rows, change: ProgrammeChange) -> str | None:
    target = rows.targets[change.target_key]
    if session.exec(select(Entry.id).where(Entry.target_id == target.id).limit(1)).first():
        return "decimals_counted"
    if session.exec(select(Adjustment.id).where(Adjustment.target_id == target.id).limit(1)).first():
        return "decimals_adjusted"
    try:
        for amount in (target.amount, *(target.plan or ())):
            scaled(unscaled(amount or 0, target.decimals), change.after)
    except ValueError:
        return "decimals_needed"
    return None
