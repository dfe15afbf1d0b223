"""A unit's latest activities, from which the line of a new message is guessed.

They are cached in memory by unit, and updated from the audit chain once in a transaction; the chain names
every activity registered, corrected or withdrawn since. So the cost of a card does not depend on how much is
stored.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from typing import Any
from weakref import WeakKeyDictionary

from sqlalchemy import Engine, select
from sqlmodel import Session, col

from models.storage import audit
from models.storage.unit_of_work import work_of
from models.tables.activity import Activity, ActivityKind
from models.tables.audit import Audit
from models.tables.programme import Line

AT_MOST = 300  # of a unit, the latest activities
LENGTH = 600  # characters of a narrative that are kept
_CHANGES = 200  # with more changes since the last call, all is read again


@dataclass(frozen=True)
class Precedent:
    """An activity in force: its line's id and title, since a line has another id every year."""

    line_id: int
    title: str
    narrative: str


@dataclass
class _Kept:
    """The cache by unit and activity, as of the audit entry `seq`; a unit is read at its first request."""

    seq: int
    units: dict[int, dict[int, Precedent]] = field(default_factory=dict)


_kept: WeakKeyDictionary[Engine, _Kept] = WeakKeyDictionary()


def precedents(session: Session, unit_ids: Iterable[int]) -> tuple[Precedent, ...]:
    """Return those units' latest activities, without changes of this transaction."""
    engine = session.get_bind().engine
    kept = _up_to_date(session, engine)
    found: list[Precedent] = []
    for unit_id in unit_ids:
        if unit_id not in kept.units:
            kept.units[unit_id] = _read(session, unit_id)
        found += kept.units[unit_id].values()
    return tuple(found)


@dataclass
class _Looked:
    """A part of the unit of work: what was brought up to date in this transaction, once."""

    kept: _Kept | None = None


def _up_to_date(session: Session, engine: Engine) -> _Kept:
    looked = work_of(session).part(_Looked)
    if looked.kept is None:
        looked.kept = _with_changes(session, engine)
    return looked.kept


def _with_changes(session: Session, engine: Engine) -> _Kept:
    kept = _kept.get(engine)
    changes: Sequence[Any] = ()
    if kept is not None:
        since = select(col(Audit.seq), col(Audit.subject)).where(col(Audit.seq) > kept.seq)
        changes = session.connection().execute(since.order_by(col(Audit.seq)).limit(_CHANGES + 1)).all()
    if kept is None or len(changes) > _CHANGES:
        kept = _kept[engine] = _Kept(audit.head(session)[0])
    elif changes:
        kept.seq = changes[-1].seq
        _change(session, kept, {each.subject for each in changes})
    return kept


def _change(session: Session, kept: _Kept, subjects: Iterable[str]) -> None:
    """Read again those activities that the audit subjects name."""
    named = (subject.partition(":") for subject in subjects)
    ids = [int(number) for kind, _, number in named if kind == "activity" and number.isdecimal()]
    for number in ids:
        for known in kept.units.values():
            known.pop(number, None)
    rows = session.connection().execute(_STANDING.where(col(Activity.id).in_(ids))) if ids else ()
    for number, unit_id, line_id, title, narrative in rows:
        if (of_unit := kept.units.get(unit_id)) is not None:
            of_unit[number] = Precedent(line_id, title, narrative[:LENGTH])
            if len(of_unit) > AT_MOST:
                del of_unit[next(iter(of_unit))]


def _read(session: Session, unit_id: int) -> dict[int, Precedent]:
    """Return the unit's latest activities, oldest first; reads `ix_activity_unit` backwards and stops."""
    latest = _STANDING.where(col(Activity.unit_id) == unit_id)
    ordered = latest.order_by(col(Activity.ends_on).desc(), col(Activity.id).desc()).limit(AT_MOST)
    rows = session.connection().execute(ordered).all()
    return {
        number: Precedent(line_id, title, narrative[:LENGTH])
        for number, _, line_id, title, narrative in reversed(rows)
    }


_STANDING: Any = (
    select(
        col(Activity.id),
        col(Activity.unit_id),
        col(Activity.line_id),
        col(Line.title),
        col(Activity.narrative),
    )
    .join_from(Activity, Line, col(Line.id) == col(Activity.line_id))
    .where(col(Activity.kind) == ActivityKind.ACTIVITY, col(Activity.withdrawn_at).is_(None))
)
