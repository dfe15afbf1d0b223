"""When people are reminded: days before the close, hours, pauses, new people."""

from collections.abc import Iterator
from dataclasses import replace
from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo

import pytest

from models.calendar.calendar import Calendar
from models.programme.view import Programmes
from models.quarter import Quarter
from models.reminders.due_notices import SNOOZE, DueNotice, Scene, of
from models.reminders.preferences import Loudness, Wishes
from models.reminders.recipients import Post, Recipient
from models.tables.notice import NoticeKind
from models.tables.people import Role
from tests.support.database.published import published

ZONE = ZoneInfo("America/Mexico_City")
LONG_AGO = datetime(2024, 1, 2, 14, tzinfo=UTC)
PROGRAMME = published()[0]
KNOWN = Programmes({2024: PROGRAMME})
CALENDAR = Calendar(zone=ZONE)
UNITS = {unit.key: unit.id for unit in PROGRAMME.units}
JURIDICA, ARCHIVO = UNITS["juridica"], UNITS["archivo"]
HOUR = timedelta(hours=1)

Told = dict[tuple[str, str], datetime]


def local(day: str, hour: int = 9) -> datetime:
    return datetime.combine(date.fromisoformat(f"2024-{day}"), time(hour), ZONE)


def person(*roles: Role, unit: int = JURIDICA, wishes: Wishes | None = None) -> Recipient:
    posts = tuple(Post(role, unit if role.has_unit else None, LONG_AGO) for role in roles)
    return Recipient(1, 101, wishes or Wishes(), posts)


def hours(first: datetime, last: datetime) -> Iterator[datetime]:
    while first <= last:
        yield first
        first += HOUR


def lived(
    who: Recipient, moments: Iterator[datetime] | list[datetime], scene: Scene, told: Told | None = None
) -> list[tuple[str, DueNotice]]:
    """Return all that the person is told at those moments; everything due is told."""
    told = {} if told is None else told
    found = []
    for moment in moments:
        for each in of(replace(scene, now=moment), who, told):
            told[each.kind, each.period] = moment
            found.append((f"{moment:%m-%d %H}", each))
    return found


def times(found: list[tuple[str, DueNotice]], kind: NoticeKind) -> list[str]:
    return [at for at, each in found if each.kind is kind]


SCENE = Scene(CALENDAR, KNOWN, LONG_AGO)
SPRING = (local("03-01", 0), local("04-30", 23))
BEFORE_CLOSE = ["03-22 09", "03-29 09", "04-03 09", "04-04 09", "04-05 09"]


def test_reminders_come_ten_five_two_and_one_working_days_before_the_close() -> None:
    found = lived(person(Role.STAFF), hours(*SPRING), SCENE)
    assert times(found, NoticeKind.MORNING) == BEFORE_CLOSE
    assert {each.kind for _, each in found} == {NoticeKind.MORNING}
    assert {each.quarter for _, each in found} == {Quarter(2024, 1)}


def test_days_off_and_a_moved_close_move_the_mornings() -> None:
    holy_week = frozenset({date(2024, 3, 28), date(2024, 3, 29)})
    moved = Calendar(zone=ZONE, days_off=holy_week, moves={Quarter(2024, 1): date(2024, 4, 8)})
    found = lived(person(Role.STAFF), hours(*SPRING), replace(SCENE, calendar=moved))
    assert times(found, NoticeKind.MORNING) == ["03-21 09", "04-01 09", "04-04 09", "04-05 09", "04-08 09"]


def test_a_line_that_ends_has_reminders_of_its_own() -> None:
    found = lived(person(Role.STAFF, unit=ARCHIVO), hours(*SPRING), SCENE)
    alone = [at for at, each in found if not each.whole]
    assert alone == ["03-01 09", "03-19 09", "03-25 09"]  # 30, 15 and 7 days; the last falls on no workday
    assert [at for at, each in found if each.whole] == BEFORE_CLOSE


def test_the_weekly_digest_comes_on_the_first_working_morning() -> None:
    found = lived(person(Role.DIRECTOR), hours(*SPRING), SCENE)
    mondays = ["03-01", "03-04", "03-11", "03-19", "03-25", "04-01", "04-08", "04-15", "04-22", "04-29"]
    assert times(found, NoticeKind.WEEKLY) == [f"{day} 09" for day in mondays]


@pytest.mark.parametrize("role", [Role.DIRECTOR, Role.PLANNING, Role.OBSERVER])
def test_the_summary_comes_on_the_evening_of_the_close(role: Role) -> None:
    found = lived(person(role), hours(*SPRING), SCENE)
    assert times(found, NoticeKind.SUMMARY) == ["04-05 17"]


@pytest.mark.parametrize(("to_hour", "evening"), [(24, 17), (18, 17), (16, 15), (10, 9)])
def test_the_evening_lies_within_a_persons_hours(to_hour: int, evening: int) -> None:
    who = person(Role.OBSERVER, wishes=Wishes(to_hour=to_hour))
    assert times(lived(who, hours(*SPRING), SCENE), NoticeKind.SUMMARY) == [f"04-05 {evening:02}"]


def test_an_overdue_quarter_notifies_the_director_and_a_working_day_later_planning() -> None:
    scene = replace(SCENE, overdue={JURIDICA: date(2024, 4, 5)})
    until = local("04-11", 23)
    found = {
        role: times(lived(person(role), hours(local("04-01", 0), until), scene), NoticeKind.OVERDUE)
        for role in Role
    }
    assert found[Role.DIRECTOR] == ["04-08 09", "04-09 09", "04-10 09", "04-11 09"]
    assert found[Role.PLANNING] == ["04-09 09", "04-10 09", "04-11 09"]
    assert found[Role.STAFF] == found[Role.OBSERVER] == []
    other = person(Role.DIRECTOR, unit=ARCHIVO)
    assert times(lived(other, hours(local("04-01", 0), until), scene), NoticeKind.OVERDUE) == []


def test_no_reminder_comes_outside_a_persons_hours() -> None:
    who = person(Role.DIRECTOR, wishes=Wishes(from_hour=12, to_hour=14))
    found = lived(who, hours(*SPRING), replace(SCENE, overdue={JURIDICA: date(2024, 4, 5)}))
    assert found and {at[-2:] for at, _ in found} <= {"12", "13"}


def test_notices_missed_by_day_are_not_sent_at_night() -> None:
    assert (
        lived(person(Role.DIRECTOR), [local("03-22", 6), local("03-22", 18), local("03-22", 23)], SCENE) == []
    )


def test_outdated_reminders_are_not_sent_after_a_pause() -> None:
    back_in_time = person(Role.STAFF, wishes=Wishes(paused_until=date(2024, 4, 1)))
    found = lived(back_in_time, hours(*SPRING), SCENE)
    assert times(found, NoticeKind.MORNING) == ["04-01 09", "04-03 09", "04-04 09", "04-05 09"]
    back_late = person(Role.STAFF, wishes=Wishes(paused_until=date(2024, 4, 8)))
    assert lived(back_late, hours(*SPRING), SCENE) == []


def test_kinds_that_are_switched_off_are_not_sent() -> None:
    who = person(Role.DIRECTOR, wishes=Wishes(loudness={NoticeKind.WEEKLY: Loudness.OFF}))
    found = lived(who, hours(*SPRING), SCENE)
    assert times(found, NoticeKind.WEEKLY) == []
    assert times(found, NoticeKind.MORNING) == BEFORE_CLOSE


def test_after_days_away_one_message_catches_up() -> None:
    found = lived(person(Role.DIRECTOR), [local("03-21"), local("04-04", 15), local("04-04", 16)], SCENE)
    assert [(at, each.kind) for at, each in found if at != "03-21 09"] == [
        ("04-04 15", NoticeKind.WEEKLY),
        ("04-04 15", NoticeKind.MORNING),
    ]


def test_after_a_month_away_only_current_reminders_are_sent() -> None:
    scene = replace(SCENE, overdue={JURIDICA: date(2024, 4, 5)})
    found = lived(person(Role.DIRECTOR), [local("03-20", 8), local("04-22")], scene)
    assert [each.kind for _, each in found] == [NoticeKind.OVERDUE, NoticeKind.WEEKLY]


def test_a_clock_that_jumps_repeats_no_reminder() -> None:
    told: Told = {}
    who, scene = person(Role.DIRECTOR), replace(SCENE, overdue={JURIDICA: date(2024, 4, 5)})
    assert lived(who, hours(*SPRING), scene, told)
    assert lived(who, hours(*SPRING), scene, told) == []
    assert lived(who, hours(local("03-25", 8), local("04-12", 8)), scene, told) == []


def test_recuerdeme_manana_moves_the_reminder_to_the_next_working_morning() -> None:
    told: Told = {}
    who = person(Role.STAFF)
    assert lived(who, [local("03-22")], SCENE, told)
    told[SNOOZE, "2024-03-22"] = local("03-22", 10)
    found = lived(who, hours(local("03-22", 10), local("03-28", 23)), SCENE, told)
    assert [(at, each.whole) for at, each in found] == [("03-25 09", True)]


def test_recuerdeme_manana_has_no_effect_after_the_close() -> None:
    told: Told = {(SNOOZE, "2024-04-05"): local("04-05", 10)}
    assert lived(person(Role.STAFF), hours(local("04-05", 10), local("04-30")), SCENE, told) == []


def test_a_day_that_was_put_off_is_silent_in_the_evening_too() -> None:
    told: Told = {(SNOOZE, "2024-04-05"): local("04-05", 10)}
    found = lived(person(Role.OBSERVER), hours(local("04-05", 11), local("04-30")), SCENE, told)
    assert times(found, NoticeKind.SUMMARY) == ["04-08 09"]


def test_new_people_get_no_earlier_reminders() -> None:
    posts = (Post(Role.DIRECTOR, JURIDICA, local("03-25", 10)), Post(Role.PLANNING, None, local("03-25", 10)))
    who = Recipient(1, 101, Wishes(), posts)
    found = lived(who, hours(local("03-25", 10), local("04-02", 8)), SCENE)
    assert [(at, each.kind) for at, each in found if each.role is Role.DIRECTOR] == [
        ("03-29 09", NoticeKind.MORNING),
        ("04-01 09", NoticeKind.WEEKLY),
    ]


def test_a_director_who_registers_too_has_one_digest_a_morning() -> None:
    found = lived(person(Role.STAFF, Role.DIRECTOR), hours(*SPRING), SCENE)
    mornings = [each for _, each in found if each.kind is NoticeKind.MORNING]
    assert len(mornings) == len(BEFORE_CLOSE)
    assert {each.role for each in mornings} == {Role.DIRECTOR}


def test_a_close_that_moves_in_the_day_gives_no_second_digest_on_it() -> None:
    told: Told = {}
    who = person(Role.STAFF)
    assert times(lived(who, [local("03-25")], SCENE, told), NoticeKind.MORNING)  # the late digest of the 22nd
    moved = replace(SCENE, calendar=Calendar(zone=ZONE, moves={Quarter(2024, 1): date(2024, 4, 1)}))
    found = lived(who, hours(local("03-25", 12), local("04-01", 23)), moved, told)
    assert times(found, NoticeKind.MORNING) == ["03-26 09", "03-28 09", "03-29 09", "04-01 09"]


@pytest.mark.parametrize("kind", [NoticeKind.OVERDUE, NoticeKind.MORNING])
def test_a_clock_set_back_over_midnight_repeats_no_reminder(kind: NoticeKind) -> None:
    """Sent soon after midnight, then it is the evening before, for which nothing was sent yet."""
    night_and_day = person(Role.DIRECTOR, wishes=Wishes(from_hour=0, to_hour=24))
    scene = replace(SCENE, overdue={JURIDICA: date(2024, 4, 5)})
    day = {NoticeKind.OVERDUE: "04-10", NoticeKind.MORNING: "04-04"}[kind]
    told: Told = {}
    assert times(lived(night_and_day, [local(day, 0)], scene, told), kind)
    back = local(day, 0) - 2 * HOUR
    assert times(lived(night_and_day, hours(back, local(day, 23)), scene, told), kind) == []


def test_reminders_before_one_sent_by_a_wrong_clock_are_still_sent() -> None:
    told: Told = {}
    assert times(lived(person(Role.STAFF), [local("04-05")], SCENE, told), NoticeKind.MORNING)
    told = {key: local("04-02") for key in told}
    found = lived(person(Role.STAFF), hours(local("04-02", 10), local("04-09")), SCENE, told)
    assert times(found, NoticeKind.MORNING) == ["04-03 09", "04-04 09"]
