"""What a person was told before about a unit's quarter, and what has changed since."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from sqlmodel import Session, col, select

from models.programme.view import programmes
from models.quarter_end.duties import Duty, DutyKind
from models.reminders.due_notices import DueNotice
from models.tables.notice import Notice, NoticeKind

EVIDENCE_AGAIN = timedelta(days=7)
LOOKED_AT = 12  # notices, the newest first


@dataclass(frozen=True)
class Changes:
    """The keys of the duties that are done, and of those that are new, since the notice of that day."""

    day: date
    done: tuple[str, ...]
    new: tuple[str, ...]


@dataclass(frozen=True)
class Earlier:
    """The day and duties of the newest notice about the same, and whether evidence was named lately."""

    day: date | None = None
    owed: frozenset[str] = frozenset()
    evidence: bool = False

    def since(self, owed: Sequence[Duty]) -> Changes | None:
        """Return what has changed; None without an earlier notice."""
        if self.day is None:
            return None
        now = {each.key for each in owed if _kind(each.key) in _COMPARED}
        return Changes(self.day, tuple(sorted(self.owed - now)), tuple(sorted(now - self.owed)))


def earlier(session: Session, person_id: int, due_notice: DueNotice, now: datetime) -> Earlier:
    """Return what the person was told before about the unit and quarter of that notice."""
    about = due_notice.period.partition(":")[2]
    zone = programmes(session).zone
    since = due_notice.quarter.first_day.isoformat()
    rows = session.execute(
        select(col(Notice.told_at), col(Notice.owed))
        .where(
            col(Notice.person_id) == person_id,
            col(Notice.kind).in_([str(NoticeKind.MORNING), str(NoticeKind.OVERDUE)]),
            col(Notice.period) >= since,
            col(Notice.period).endswith(f":{about}", autoescape=True),
            col(Notice.told_at) <= now,
        )
        .order_by(col(Notice.told_at).desc())
        .limit(LOOKED_AT)
    )
    quarter = due_notice.quarter.key
    told = [(at, [key for key in owed or () if key.startswith(quarter)]) for at, owed in rows]
    told = [(at, keys) for at, keys in told if keys]
    if not told:
        return Earlier()
    at, keys = told[0]
    lately = {_kind(key) for when, named in told if now - when < EVIDENCE_AGAIN for key in named}
    compared = frozenset(key for key in keys if _kind(key) in _COMPARED)
    return Earlier(at.astimezone(zone).date(), compared, DutyKind.NO_EVIDENCE in lately)


# The others also come and go with the day, or are not named every time.
_COMPARED = frozenset(DutyKind) - {DutyKind.NO_EVIDENCE, DutyKind.ENDS_SOON, DutyKind.BEHIND}


def _kind(key: str) -> str:
    return key.split("/")[1]
