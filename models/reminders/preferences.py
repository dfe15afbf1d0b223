"""A person's preferences: hours, pause and sound of notices, the keyboard. Changes are audited."""

from dataclasses import dataclass, field, replace
from datetime import date, datetime
from enum import StrEnum

from sqlmodel import Session

from models.errors import Rejected
from models.storage import audit
from models.tables.notice import NoticeKind, Preference

FROM_HOUR, TO_HOUR = 9, 18


class Loudness(StrEnum):
    LOUD = "loud"
    SILENT = "silent"  # sent without a sound
    OFF = "off"


@dataclass(frozen=True)
class Wishes:
    """Preferences: local hours, the first day after a pause, and the sound of each kind of notice."""

    from_hour: int = FROM_HOUR
    to_hour: int = TO_HOUR  # nothing is sent from this hour on
    paused_until: date | None = None  # the first day on which notices are sent again
    loudness: dict[NoticeKind, Loudness] = field(default_factory=dict, hash=False)
    keyboard: bool = True  # the buttons below the chat are shown

    def of(self, kind: NoticeKind) -> Loudness:
        return self.loudness.get(kind, Loudness.LOUD)


def wishes(session: Session, person_id: int) -> Wishes:
    """Return the person's preferences."""
    return read(session.get(Preference, person_id))


def read(row: Preference | None) -> Wishes:
    """Return the preferences of a stored row, or the defaults."""
    if row is None:
        return Wishes()
    loudness = {NoticeKind(kind): Loudness(each) for kind, each in row.loudness.items()}
    return Wishes(row.from_hour, row.to_hour, row.paused_until, loudness, row.keyboard)


def set_hours(session: Session, person_id: int, from_hour: int, to_hour: int, now: datetime) -> None:
    """Set the local hours, whole ones. Raises `Rejected("hours_out_of_order")`."""
    if not 0 <= from_hour < to_hour <= 24:
        raise Rejected("hours_out_of_order")
    before = wishes(session, person_id)
    _keep(session, person_id, before, replace(before, from_hour=from_hour, to_hour=to_hour), now)


def pause(session: Session, person_id: int, until: date | None, today: date, now: datetime) -> None:
    """Pause until that day; None ends the pause. Raises `Rejected("pause_in_the_past")`."""
    if until is not None and until <= today:
        raise Rejected("pause_in_the_past")
    before = wishes(session, person_id)
    _keep(session, person_id, before, replace(before, paused_until=until), now)


def set_loudness(
    session: Session, person_id: int, kind: NoticeKind, loudness: Loudness, now: datetime
) -> None:
    before = wishes(session, person_id)
    _keep(session, person_id, before, replace(before, loudness={**before.loudness, kind: loudness}), now)


def set_keyboard(session: Session, person_id: int, shown: bool, now: datetime) -> None:
    before = wishes(session, person_id)
    _keep(session, person_id, before, replace(before, keyboard=shown), now)


def _keep(session: Session, person_id: int, before: Wishes, after: Wishes, now: datetime) -> None:
    if before == after:
        return
    row = session.get(Preference, person_id) or Preference(person_id=person_id)
    row.from_hour, row.to_hour, row.paused_until = after.from_hour, after.to_hour, after.paused_until
    row.keyboard = after.keyboard
    row.loudness = {kind.value: each.value for kind, each in after.loudness.items()}
    session.add(row)
    session.flush()
    actor = audit.person(person_id)
    audit.record(session, now, actor, "set reminders", actor, _facts(before), _facts(after))


def _facts(each: Wishes) -> dict[str, object]:
    return {
        "hours": [each.from_hour, each.to_hour],
        "paused_until": each.paused_until.isoformat() if each.paused_until else None,
        "loudness": {kind.value: loudness.value for kind, loudness in each.loudness.items()},
        "keyboard": each.keyboard,
    }
