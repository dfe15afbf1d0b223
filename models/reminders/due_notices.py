"""Which notices a recipient is due at an instant. Pure: no clock, no database.

- MORNING: staff and directors, 10, 5, 2 and 1 working days before the close of the current quarter and on the
  day itself, on mornings before a line ends, and on the morning after «Recuérdeme mañana». A missed one is
  sent late while it is still relevant, unless there is a newer one. While a unit's quarter is reopened by
  planning and not signed again, the last day of the reopening counts as its close.
- WEEKLY: directors and planning, on the first working morning of the week, or later in that week.
- HEAD: planning and observers, at the same time. It cannot be switched off, since any of these messages can
  prove later that the audit chain was rewritten.
- OVERDUE: the director from the first working morning after the close, planning from the second, each morning
  until the unit's quarter is done or acknowledged; also for an earlier quarter after its reopening ended.
- MOVED: staff and directors, once, within their hours, as soon as planning moved a future close.
- SUMMARY: directors, planning and observers, on the evening of the close or in the week after it.

The result depends only on the hour, the calendar, the people and the notices already sent.
"""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime, time, timedelta
from functools import cached_property

from models.calendar.calendar import Calendar
from models.programme.view import Programmes, UnitView
from models.quarter import Quarter
from models.quarter_end.duties import WINDOWS
from models.reminders.hours import is_welcome
from models.reminders.preferences import Loudness
from models.reminders.recipients import ORDER, Post, Recipient
from models.tables.agenda import CloseMove
from models.tables.notice import NoticeKind
from models.tables.people import Role
from models.tables.signature import Reopening

MILESTONES = (10, 5, 2, 1, 0)  # working days before the close
EVENING = 17  # local hour; earlier if the person's hours end before
SUMMARY_MATTERS = 5  # working days after the close until which a summary is sent
SNOOZE = "snooze"  # the kind of the `Notice` that «Recuérdeme mañana» stores, with its day
ONE_DAY = timedelta(days=1)
APART = timedelta(hours=6)  # between two messages about the same, even if the clock is changed

Told = Mapping[tuple[str, str], datetime]  # the instant of sending, by kind and period


@dataclass(frozen=True)
class DueNotice:
    """A notice that is due. `unit` is None for the whole institution.

    If it is not `whole`, it has only what ends soon or was returned. `until` is the last day of a reopening,
    if it is about one.
    """

    kind: NoticeKind
    period: str
    role: Role
    quarter: Quarter
    unit: UnitView | None = None
    whole: bool = True
    until: date | None = None


@dataclass(frozen=True)
class Scene:
    """The data that are the same for all recipients at an instant.

    `overdue`: the units whose last closed quarter is neither done nor acknowledged, and the last day on which
    it was open. `moves`: moves of future closes. `reopened`: reopenings not signed again; `lapsed`: those of
    them that have ended and are not acknowledged.
    """

    calendar: Calendar
    known: Programmes
    now: datetime
    overdue: Mapping[int, date] = field(default_factory=dict)
    moves: Sequence[CloseMove] = ()
    reopened: Sequence[Reopening] = ()
    lapsed: Sequence[Reopening] = ()

    @cached_property
    def today(self) -> date:
        return self.now.astimezone(self.calendar.zone).date()

    @cached_property
    def in_hand(self) -> Quarter:
        return self.calendar.quarter_in_hand(self.today)

    @cached_property
    def closed(self) -> Quarter:
        """Return the newest quarter whose close is today or earlier."""
        in_hand = self.in_hand
        return in_hand if self.today == self.calendar.close_day(in_hand) else in_hand.previous

    def at(self, day: date, hour: int) -> datetime:
        """Return that local hour of the day."""
        return datetime.combine(day, time(hour), self.calendar.zone)

    def unit(self, quarter: Quarter, unit_id: int) -> UnitView | None:
        programme = self.known.years.get(quarter.year)
        return programme.unit(unit_id) if programme else None


def of(scene: Scene, recipient: Recipient, told: Told) -> list[DueNotice]:
    """Return the notices that are due to the person now and were not sent before."""
    if not _is_open(scene, recipient, told):
        return []
    found: dict[tuple[NoticeKind, str], DueNotice] = {}
    for post in sorted(recipient.posts, key=lambda each: ORDER.index(each.role)):
        for kind, rule in _RULES:
            if kind is NoticeKind.HEAD or recipient.wishes.of(kind) is not Loudness.OFF:
                for each in rule(scene, recipient, post, told):
                    found.setdefault((kind, each.period), each)
    return [each for key, each in found.items() if key not in told]


def milestones(calendar: Calendar, close: date) -> list[date]:
    """Return the working mornings before a close on which duties are told, the last first."""
    days, left, day = [], 0, close
    while left <= MILESTONES[0]:
        if calendar.is_working_day(day):
            if left in MILESTONES:
                days.append(day)
            left += 1
        day -= ONE_DAY
    return days


def _is_open(scene: Scene, recipient: Recipient, told: Told) -> bool:
    """Return whether the person may get notices now and did not tap «Recuérdeme mañana» today."""
    put_off = (SNOOZE, scene.today.isoformat()) in told
    return not put_off and is_welcome(scene.calendar, recipient.wishes, scene.now)


def _morning(scene: Scene, recipient: Recipient, post: Post, told: Told) -> Iterator[DueNotice]:
    unit = scene.unit(scene.in_hand, post.unit_id) if post.unit_id else None
    if unit is None:
        return
    last = _told_last(scene, told, unit.key)
    if last is None:
        return
    close = scene.calendar.close_day(scene.in_hand)
    longer = any(
        (each.unit_id, *_ends(scene, each)) == (post.unit_id, scene.in_hand, True) for each in scene.reopened
    )
    full = set() if longer else {*milestones(scene.calendar, close), *_put_off(scene, told)}
    pending = [
        day
        for day in full | _line_ends(scene, post.unit_id or 0)
        if last < day.isoformat() <= scene.today.isoformat()
        and scene.at(day, recipient.wishes.from_hour) > post.since
    ]
    if pending:
        period = f"{max(pending).isoformat()}:{unit.key}"
        whole = not full.isdisjoint(pending)
        quarter = scene.in_hand if whole else Quarter.of(scene.today)
        yield DueNotice(NoticeKind.MORNING, period, post.role, quarter, unit, whole)


def _reopened(scene: Scene, recipient: Recipient, post: Post, told: Told) -> Iterator[DueNotice]:
    for each in scene.reopened:
        quarter, longer = _ends(scene, each)
        unit = scene.unit(quarter, each.unit_id) if longer and post.unit_id == each.unit_id else None
        last = _told_last(scene, told, f"{unit.key}:{quarter.key}") if unit else None
        if unit is None or last is None:
            continue
        begun = each.reopened_at.astimezone(scene.calendar.zone).date()
        pending = [
            day
            for day in {*milestones(scene.calendar, each.until), *_put_off(scene, told)}
            if begun <= day <= scene.today <= each.until
            and last < day.isoformat()
            and scene.at(day, recipient.wishes.from_hour) > post.since
        ]
        if pending:
            period = f"{max(pending).isoformat()}:{unit.key}:{quarter.key}"
            yield DueNotice(NoticeKind.MORNING, period, post.role, quarter, unit, until=each.until)


def _ends(scene: Scene, reopening: Reopening) -> tuple[Quarter, bool]:
    """Return the reopening's quarter, and whether it lasts beyond the quarter's close."""
    quarter = Quarter(reopening.year, reopening.quarter)
    return quarter, reopening.until > scene.calendar.close_day(quarter)


def _told_last(scene: Scene, told: Told, about: str) -> str | None:
    """Return the newest morning up to today on which the person was told about it, as text; "" for none.

    None if that was today or less than `APART` ago. Later mornings, stored while the clock was fast, are
    ignored.
    """
    mornings = _days_told(NoticeKind.MORNING, told, about)
    zone = scene.calendar.zone
    if _just_told(scene, mornings) or any(
        at.astimezone(zone).date() == scene.today for at in mornings.values()
    ):
        return None
    return max((day for day in mornings if day <= scene.today.isoformat()), default="")


def _days_told(kind: NoticeKind, told: Told, about: str) -> dict[str, datetime]:
    """Return when the person was told about it, by the day in the period."""
    return {
        period.partition(":")[0]: at
        for (of, period), at in told.items()
        if of == kind and period.partition(":")[2] == about
    }


def _just_told(scene: Scene, days: Mapping[str, datetime]) -> bool:
    return any(abs(scene.now - at) < APART for at in days.values())


def _moved(scene: Scene, recipient: Recipient, post: Post, told: Told) -> Iterator[DueNotice]:
    for each in scene.moves:
        quarter = Quarter(each.year, each.quarter)
        unit = scene.unit(quarter, post.unit_id) if post.unit_id else None
        if unit is None or each.made_by == recipient.person_id or each.made_at <= post.since:
            continue
        yield DueNotice(NoticeKind.MOVED, f"{quarter.key}:{each.id}", post.role, quarter)


def _put_off(scene: Scene, told: Told) -> Iterator[date]:
    """Yield the mornings after «Recuérdeme mañana», unless that day's quarter has closed since."""
    for kind, period in told:
        if kind == SNOOZE:
            day = date.fromisoformat(period)
            if scene.calendar.quarter_in_hand(day) == scene.in_hand:
                yield scene.calendar.next_working_day(day)


def _line_ends(scene: Scene, unit_id: int) -> set[date]:
    """Return the working days on which reminders of the end of one of the unit's lines are due."""
    unit = scene.unit(Quarter.of(scene.today), unit_id)
    found = set()
    for line in unit.lines if unit else ():
        for window in WINDOWS:
            day = scene.calendar.next_working_day(line.ends_on - timedelta(days=window) - ONE_DAY)
            if day <= scene.today <= line.ends_on:
                found.add(day)
    return found


def _weekly(scene: Scene, recipient: Recipient, post: Post, told: Told) -> Iterator[DueNotice]:
    unit = scene.unit(scene.in_hand, post.unit_id) if post.unit_id else None
    if not ((post.role is Role.DIRECTOR and unit) or post.role is Role.PLANNING):
        return
    if scene.in_hand.year in scene.known.years and _is_of_the_week(scene, recipient, post):
        period = _week(scene) + (f":{unit.key}" if unit else "")
        yield DueNotice(NoticeKind.WEEKLY, period, post.role, scene.in_hand, unit)


def _head(scene: Scene, recipient: Recipient, post: Post, told: Told) -> Iterator[DueNotice]:
    if post.role in (Role.PLANNING, Role.OBSERVER) and _is_of_the_week(scene, recipient, post):
        yield DueNotice(NoticeKind.HEAD, _week(scene), post.role, scene.in_hand)


def _is_of_the_week(scene: Scene, recipient: Recipient, post: Post) -> bool:
    """Return whether the person had the post by the week's first working morning."""
    monday = scene.today - timedelta(days=scene.today.weekday())
    first = scene.calendar.next_working_day(monday - ONE_DAY)
    return scene.at(first, recipient.wishes.from_hour) > post.since


def _week(scene: Scene) -> str:
    week = scene.today.isocalendar()
    return f"{week.year}-W{week.week:02}"


def _overdue(scene: Scene, recipient: Recipient, post: Post, told: Told) -> Iterator[DueNotice]:
    after = {Role.DIRECTOR: 1, Role.PLANNING: 2}.get(post.role)
    if after is None or scene.at(scene.today, recipient.wishes.from_hour) <= post.since:
        return
    last = scene.in_hand.previous
    lapsed = ((Quarter(each.year, each.quarter), each.unit_id, each.until) for each in scene.lapsed)
    late = [
        *((last, unit_id, until) for unit_id, until in scene.overdue.items()),
        *(each for each in lapsed if each[0] != last),
    ]
    for quarter, unit_id, until in late:
        unit = scene.unit(quarter, unit_id)
        if unit is None or post.unit_id not in (None, unit_id):
            continue
        if scene.calendar.nth_working_day_after(until, after) <= scene.today:
            about = unit.key if quarter == last else f"{unit.key}:{quarter.key}"
            if not _just_told(scene, _days_told(NoticeKind.OVERDUE, told, about)):
                period = f"{scene.today.isoformat()}:{about}"
                yield DueNotice(NoticeKind.OVERDUE, period, post.role, quarter, unit)


def _summary(scene: Scene, recipient: Recipient, post: Post, told: Told) -> Iterator[DueNotice]:
    quarter, wishes = scene.closed, recipient.wishes
    close = scene.calendar.close_day(quarter)
    evening = scene.at(close, min(max(EVENING, wishes.from_hour), wishes.to_hour - 1))
    if not post.since < evening <= scene.now or quarter.year not in scene.known.years:
        return
    if scene.calendar.working_days(close, scene.today) > SUMMARY_MATTERS or post.role is Role.STAFF:
        return
    unit = scene.unit(quarter, post.unit_id) if post.unit_id else None
    if unit is not None or post.unit_id is None:
        period = f"{quarter.key}:{close.isoformat()}" + (f":{unit.key}" if unit else "")
        yield DueNotice(NoticeKind.SUMMARY, period, post.role, quarter, unit)


_RULES = (
    (NoticeKind.MOVED, _moved),
    (NoticeKind.SUMMARY, _summary),
    (NoticeKind.OVERDUE, _overdue),
    (NoticeKind.WEEKLY, _weekly),
    (NoticeKind.HEAD, _head),
    (NoticeKind.MORNING, _morning),
    (NoticeKind.MORNING, _reopened),
)
