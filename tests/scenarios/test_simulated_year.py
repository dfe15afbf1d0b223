"""A year and the January after it over HTTP: who is reminded when, with a bot that is sometimes down.

The clock is the local server's; `tests.scenarios.year` has the people and their days.
"""

import hashlib
from collections import Counter
from datetime import date, time, timedelta
from pathlib import Path

import pytest
from sqlmodel import col, select

from models.calendar.calendar import Calendar
from models.programme.view import UnitView, programmes
from models.quarter import Quarter
from models.quarter_end import signing
from models.storage import audit, database
from models.tables.notice import NoticeKind
from models.tables.people import Person
from models.tables.signature import Signature
from tests.scenarios.year import (
    ABSENT,
    ANSWERING,
    AWAY,
    CORRECTED,
    DIRECTORS,
    REOPENED,
    SILENT,
    STAFF,
    TAKEN,
    ZONE,
    Told,
    Year,
    begin,
    days,
    live,
)
from tests.support.phones.stage import ANA, DIEGO, OLGA, PALOMA, Part

JOINED = "📨 Entró "  # said at once to planning, whenever somebody joins
LOST = "no conservó los mensajes"  # said after a downtime, at once
CLOSES = ("para el cierre (", "cierra la captura (")  # what a digest before a close says
JURIDICA, T1, T3 = "juridica", Quarter(2024, 1), Quarter(2024, 3)


def check_hours(year: Year, known: Calendar) -> None:
    """Check that messages outside working hours make no sound."""
    for each in year.messages():
        if not each.silent:
            assert known.is_working_day(each.at.date()), each
            assert time(9) <= each.at.time() < time(18), each


def check_once(year: Year) -> None:
    """Check that no reminder is repeated, and that a person gets one message a morning."""
    keys = Counter((notice.kind, name, notice.period) for name, notice in year.notices())
    assert max(keys.values()) == 1
    told = [
        each
        for each in year.messages()
        if LOST not in each.text and not each.text.startswith(JOINED) and each.at.hour < 12
    ]
    mornings = Counter((each.chat_id, each.at.date()) for each in told)
    assert {key: count for key, count in mornings.items() if count > 1} == {}
    lost = Counter(each.chat_id for each in year.messages() if LOST in each.text)
    assert set(lost.values()) <= {1}


def to(year: Year, part: Part) -> list[Told]:
    return [each for each in year.messages() if each.chat_id == part.telegram_id]


def on(told: list[Told], *heads: str) -> list[date]:
    """Return the days on which a message contained one of those texts."""
    return [each.at.date() for each in told if any(head in each.text for head in heads)]


def escalated(year: Year, part: Part, unit: str) -> list[date]:
    """Return the days on which somebody was told that the unit's closed quarter is not done."""
    return [
        notice.told_at.astimezone(ZONE).date()
        for name, notice in year.notices()
        if name == part.name and notice.kind == NoticeKind.OVERDUE
        if notice.period.partition(":")[2] == unit
    ]


def milestones(known: Calendar, quarter: Quarter) -> list[date]:
    """Return the days 10, 5, 2 and 1 working days before the close, and its day.

    If missed, the first day back.
    """
    close = known.close_day(quarter)
    before = [day for day in days(close - timedelta(days=30), close) if known.is_working_day(day)]
    right = [day for day in before if known.working_days(day, close) in (10, 5, 2, 1, 0)]
    return [day if day not in AWAY else known.next_working_day(AWAY[-1]) for day in right]


def line_ends(year: Year, known: Calendar, unit: str) -> set[date]:
    """Return the working mornings 30, 15, 7 and 1 days before the end of each of the unit's lines."""
    view = viewed(year, unit)
    before = {line.ends_on - timedelta(days=left + 1) for line in view.lines for left in (30, 15, 7, 1)}
    return {known.next_working_day(day) for day in before}


def viewed(year: Year, unit: str) -> UnitView:
    with database.transaction(year.stage.app.engine) as session:
        return next(each for each in programmes(session).years[2024].units if each.key == unit)


def check_silent_units(year: Year, known: Calendar, quarters: list[Quarter]) -> None:
    """Check that those who do not answer are told on each milestone, else only when a line ends."""
    for unit in SILENT:
        told = on(to(year, STAFF[unit]), "⏰")
        assert len(set(told)) == len(told)
        right = {day for quarter in quarters for day in milestones(known, quarter)}
        assert right <= set(told), (unit, sorted(right - set(told)))
        assert set(told) - right <= line_ends(year, known, unit), (unit, sorted(set(told) - right))


def check_escalations(year: Year, known: Calendar, quarters: list[Quarter], last: date) -> None:
    """Check the notices after a close: directors daily, planning from the second day, till «Lo atiendo»."""
    closes = [*(known.close_day(quarter) for quarter in quarters), last]
    for place, close in enumerate(closes[:-1]):
        mornings = [
            day
            for day in days(close + timedelta(days=1), min(closes[place + 1], last))
            if known.is_working_day(day) and day not in AWAY
        ]
        for unit in STAFF:
            taken = TAKEN.get(unit, last)
            right = [day for day in mornings if day <= taken or taken <= close or taken > closes[place + 1]]
            if unit in ANSWERING:
                right = []
            within = (mornings[0], mornings[-1])
            told = [day for day in escalated(year, DIRECTORS[unit], unit) if within[0] <= day <= within[1]]
            assert told == right, (unit, close)
            told = [day for day in escalated(year, PALOMA, unit) if within[0] <= day <= within[1]]
            assert told == right[1:], (unit, close)


def check_answering_units(year: Year, known: Calendar, quarters: list[Quarter]) -> None:
    """Check that reminders stop once all is done, and that signed quarters stay unchanged."""
    for unit in ANSWERING:
        told = on(to(year, STAFF[unit]), *CLOSES)
        for quarter in quarters:
            close = known.close_day(quarter)
            done = next(day for day in milestones(known, quarter) if known.working_days(day, close) == 2)
            assert done in told and [day for day in told if done < day <= close] == []
    with database.transaction(year.stage.app.engine) as session:
        assert audit.verify(session).broken_at is None
        for unit in ANSWERING:
            view = next(each for each in programmes(session).years[2024].units if each.key == unit)
            rows = signing.signatures(session, view.id)
            assert {Quarter(each.year, each.quarter) for each in rows} == set(quarters)
            assert all(hashlib.sha256(each.snapshot.encode()).hexdigest() == each.sha256 for each in rows)
            assert all(signing.verify(session, each) for each in rows)


def check_reopening(year: Year) -> None:
    """Check the notices while it was open and unsigned; the first signature is kept beside the second."""
    for part in (ANA, DIEGO):
        assert on(to(year, part), "está reabierto hasta") == [CORRECTED]
    assert on(to(year, DIEGO), "Planeación reabrió") == [REOPENED]
    with database.transaction(year.stage.app.engine) as session:
        unit = viewed(year, JURIDICA).id
        first, second = [
            each for each in signing.signatures(session, unit) if Quarter(each.year, each.quarter) == T1
        ]
        assert first.sha256 != second.sha256
        assert second.signed_at.astimezone(ZONE).date() == CORRECTED


def check_absence(year: Year, known: Calendar) -> None:
    """Check that the absent director is told nothing, and that the deputy is told and signs."""
    away = [each for each in to(year, DIEGO) if ABSENT[0] <= each.at.date() <= ABSENT[1]]
    assert away == []
    incoming = [each for each in to(year, ANA) if ABSENT[0] <= each.at.date() <= ABSENT[1]]
    assert on(incoming, "semana del") == [date(2024, 10, 2), date(2024, 10, 7)]
    assert on(incoming, "🏁") == [known.close_day(T3)]
    with database.transaction(year.stage.app.engine) as session:
        people = {each.id: each.name for each in session.exec(select(Person)).all()}
        signed = session.exec(select(Signature).where(col(Signature.in_place_of).is_not(None))).one()
        assert (people[signed.signed_by], people[signed.in_place_of]) == (ANA.name, DIEGO.name)
        assert Quarter(signed.year, signed.quarter) == T3


def check_summaries(year: Year, known: Calendar, quarters: list[Quarter]) -> None:
    """Check the summary on the evening of each close: directors, planning and observers, or once back."""
    for part in (*DIRECTORS.values(), PALOMA, OLGA):
        closes = [known.close_day(quarter) for quarter in quarters]
        back = known.next_working_day(ABSENT[1])
        if part == DIEGO:
            closes = [back if ABSENT[0] <= day <= ABSENT[1] else day for day in closes]
        assert on(to(year, part), "🏁") == closes, part
        told = (each.at for each in to(year, part) if "🏁" in each.text)
        assert all(at.hour == (9 if at.date() == back else 17) for at in told)


async def test_reminders_in_the_three_weeks_around_a_close(tmp_path: Path) -> None:
    year = await begin(tmp_path, date(2024, 3, 20))
    try:
        await live(year, date(2024, 3, 21), date(2024, 4, 10))
        known, quarters = year.calendar(), [T1]
        check_hours(year, known)
        check_once(year)
        check_silent_units(year, known, quarters)
        check_escalations(year, known, quarters, date(2024, 4, 10))
        check_answering_units(year, known, quarters)
        check_summaries(year, known, quarters)
    finally:
        await year.stage.__aexit__(None, None, None)


@pytest.mark.long
@pytest.mark.timeout(1800)
async def test_reminders_in_a_year_and_the_january_after_it(tmp_path: Path) -> None:
    year = await begin(tmp_path, date(2024, 1, 2))
    try:
        await live(year, date(2024, 1, 3), date(2025, 1, 24))
        known, quarters = year.calendar(), list(Quarter.all_of(2024))
        check_hours(year, known)
        check_once(year)
        check_silent_units(year, known, quarters)
        check_escalations(year, known, quarters, date(2025, 1, 24))
        check_answering_units(year, known, quarters)
        check_reopening(year)
        check_absence(year, known)
        check_summaries(year, known, quarters)
    finally:
        await year.stage.__aexit__(None, None, None)
