"""A year and the January after it, through the front door: who answers, who does not, a bot with bad days.

The clock is the local server's. One unit answers: its people mend what `/pendientes` shows two working days
before each close, and its director signs. The others never do. Source: issue 4, "How it is shown".
"""

import asyncio
import hashlib
from collections import Counter, defaultdict
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import date, datetime, time, timedelta
from pathlib import Path
from zoneinfo import ZoneInfo

import pytest
from sqlmodel import col, select

from models import database
from models.calendar import Calendar, calendar
from models.notice import Notice, NoticeKind
from models.outbox import Outbox
from models.people import Person, Role
from models.quarter import Quarter
from models.signature import Signature
from tests.phone import Message, Phone
from tests.stage import ANA, DIEGO, OLGA, PALOMA, Part, Stage

ZONE = ZoneInfo("America/Mexico_City")
UNITS = ("apoyo-administrativo", "transparencia", "archivo", "vinculacion", "sistemas")
WAYS = ("💤 Sin movimiento", "💬 Observación", "📝 Presentación", "🖊 Firmar")
HOURS = (time(8, 30), time(9, 5), time(17, 5), time(19, 30))  # before, morning, evening, after
EXPLAINED = "Así lo prevé el calendario institucional; se atiende en el trimestre que sigue."


@dataclass
class Year:
    """The stage with everybody on it, and what was said to them unasked, by the row that said it."""

    stage: Stage
    phones: dict[Part, Phone] = field(default_factory=dict)
    said: dict[int, tuple[int, datetime]] = field(default_factory=dict)

    async def to(self, moment: datetime) -> None:
        """The clock goes on, and the bot tells what is due by it."""
        self.stage.world.move_to(moment)
        for _ in range(500):
            await asyncio.sleep(0.01)
            if abs(self.stage.app.clock.now() - moment) < timedelta(minutes=1):
                break
        await asyncio.sleep(0.08)
        await self.stage.settled()

    def calendar(self) -> Calendar:
        with database.transaction(self.stage.app.engine) as session:
            return calendar(session)

    def notices(self) -> list[tuple[str, Notice]]:
        """Everything that people were told of, with their names."""
        with database.transaction(self.stage.app.engine) as session:
            rows = session.exec(
                select(Person.name, Notice)
                .join(Person, col(Person.id) == col(Notice.person_id))
                .order_by(col(Notice.id))
            ).all()
        return [(name, notice) for name, notice in rows]

    def messages(self) -> list[tuple[int, datetime]]:
        """Every message that nobody asked for: the chat, and when by the local clock.

        Looked at every day, since what was sent is not kept for longer than a month.
        """
        with database.transaction(self.stage.app.engine) as session:
            rows = session.exec(select(Outbox).where(col(Outbox.broadcast))).all()
        self.said |= {row.id or 0: (row.chat_id, row.created_at.astimezone(ZONE)) for row in rows}
        return list(self.said.values())


async def begin(folder: Path, first: date) -> Year:
    year = Year(Stage(folder, now=datetime.combine(first, time(8), ZONE)))
    await year.stage.__aenter__()
    for part in (ANA, DIEGO, PALOMA, OLGA):
        year.phones[part] = await year.stage.enter(part)
    for number, unit in enumerate(UNITS):
        for role, offset in ((Role.STAFF, 200), (Role.DIRECTOR, 300)):
            part = Part(offset + number, f"{role.value} de {unit}", role, unit)
            year.phones[part] = await year.stage.enter(part)
    await year.stage.settled()
    return year


def days(first: date, last: date) -> Iterator[date]:
    return (first + timedelta(days=number) for number in range((last - first).days + 1))


async def live(year: Year, first: date, last: date) -> None:
    """Day after day. The bot is started anew at bad moments, and is away for two working days in May."""
    known = year.calendar()
    for day in days(first, last):
        if day in (date(2024, 5, 21), date(2024, 5, 22)):
            await year.stage.stop_bot()
            continue
        if day == date(2024, 5, 23):
            year.stage.world.move_to(datetime.combine(day, time(8), ZONE))
            await year.stage.start_bot()
        for hour in HOURS if known.is_working_day(day) else HOURS[2:3]:
            await year.to(datetime.combine(day, hour, ZONE))
            if day in (date(2024, 4, 5), date(2024, 7, 5), date(2024, 10, 8)) and hour == HOURS[1]:
                await year.stage.stop_bot()  # with the morning's messages just handed over
                await year.stage.start_bot()
                await year.stage.settled()
            if day == date(2024, 4, 4) and hour == HOURS[2]:
                await year.to(datetime.combine(day, time(16, 5), ZONE))  # an hour back, and on again
                await year.to(datetime.combine(day, time(17, 5), ZONE))
        quarter = known.quarter_in_hand(day)
        if known.is_working_day(day) and known.working_days(day, known.close_day(quarter)) == 2:
            await answer(year)
        year.messages()


async def answer(year: Year) -> None:
    """The unit's people mend and sign; in the second quarter one silent unit's director takes it in hand."""
    for part in (ANA, DIEGO):
        await mend(year.phones[part])


async def mend(phone: Phone) -> None:
    """What `/pendientes` shows, button by button, until nothing is left that can be mended with words."""
    for _ in range(30):
        await phone.send("/pendientes")
        page = await phone.wait_for(lambda message: "Pendientes" in message.text or "listo" in message.text)
        way = next(
            (each for ways in WAYS for each in page.buttons() if each.text.partition(" · ")[2] == ways), None
        )
        if way is None:
            return
        await phone.tap(way.text, page)
        await talk_through(phone)
    raise AssertionError(f"no end of mending. {phone.screen()}")


async def talk_through(phone: Phone) -> None:
    """Whatever is asked: ✅ where it is offered, else the first button, else words."""
    seen: Message | None = None
    for _ in range(8):
        await phone.settled()
        asked = await phone.last()
        if asked == seen or "Pendientes" in asked.text:
            return
        seen = asked
        keys = [each.text for each in asked.buttons() if each.text[:1] not in "✖⬅"]
        accept = next((each for each in keys if each.startswith("✅")), None)
        if accept or (keys and "?" in asked.text):
            await phone.tap(accept or keys[0], asked)
        elif asked.rows:
            await phone.send(EXPLAINED)
        else:
            return


def check_hours(year: Year, known: Calendar) -> None:
    for chat_id, at in year.messages():
        assert known.is_working_day(at.date()), (chat_id, at)
        assert time(9) <= at.time() < time(18), (chat_id, at)


def check_once(year: Year) -> None:
    """No key twice, and one message a person a morning."""
    keys = Counter((notice.kind, name, notice.period) for name, notice in year.notices())
    assert max(keys.values()) == 1
    mornings = defaultdict(set)
    for name, notice in year.notices():
        at = notice.told_at.astimezone(ZONE)
        if at.hour < 12:
            mornings[name, at.date()].add(at)
    assert all(len(moments) == 1 for moments in mornings.values()), mornings


def mornings_of(year: Year, name: str, kind: NoticeKind = NoticeKind.MORNING) -> list[date]:
    return [
        notice.told_at.astimezone(ZONE).date()
        for person, notice in year.notices()
        if person == name and notice.kind == kind
    ]


def milestones(known: Calendar, quarter: Quarter) -> list[date]:
    close = known.close_day(quarter)
    before = [day for day in days(close - timedelta(days=30), close) if known.is_working_day(day)]
    return [day for day in before if known.working_days(day, close) in (10, 5, 2, 1, 0)]


def check_silent_units(year: Year, known: Calendar, quarters: list[Quarter]) -> None:
    """Who does not answer is told on each milestone; after the close the director, then planning too."""
    for number, unit in enumerate(UNITS):
        told = mornings_of(year, f"staff de {unit}")
        for quarter in quarters:
            assert set(milestones(known, quarter)) <= set(told), (unit, quarter, told)
        over = mornings_of(year, f"director de {unit}", NoticeKind.OVERDUE)
        close = known.close_day(quarters[0])
        assert known.next_working_day(close) in over, (number, over)
    escalated = mornings_of(year, PALOMA.name, NoticeKind.OVERDUE)
    assert min(escalated) == known.nth_working_day_after(known.close_day(quarters[0]), 2)


def check_answering_unit(year: Year, known: Calendar, quarters: list[Quarter]) -> None:
    """Told until it is done, and no more; signed each quarter, and what was signed is as it was."""
    told = [at.date() for chat_id, at in year.messages() if chat_id == ANA.telegram_id]
    for quarter in quarters:
        close = known.close_day(quarter)
        done = next(day for day in milestones(known, quarter) if known.working_days(day, close) == 2)
        assert [day for day in told if done < day <= close] == []
        assert done in told
    assert mornings_of(year, DIEGO.name, NoticeKind.OVERDUE) == []
    with database.transaction(year.stage.app.engine) as session:
        signed = session.exec(select(Signature).order_by(col(Signature.id))).all()
    assert [Quarter(each.year, each.quarter) for each in signed] == quarters
    assert all(hashlib.sha256(each.snapshot.encode()).hexdigest() == each.sha256 for each in signed)


def check_summaries(year: Year, known: Calendar, quarters: list[Quarter]) -> None:
    evenings = defaultdict(list)
    for name, notice in year.notices():
        if notice.kind == NoticeKind.SUMMARY:
            evenings[notice.told_at.astimezone(ZONE).date()].append(name)
    assert list(evenings) == [known.close_day(quarter) for quarter in quarters]
    for names in evenings.values():
        assert {DIEGO.name, PALOMA.name, OLGA.name} <= set(names)


async def test_three_weeks_around_a_close(tmp_path: Path) -> None:
    year = await begin(tmp_path, date(2024, 3, 20))
    try:
        await live(year, date(2024, 3, 21), date(2024, 4, 10))
        known = year.calendar()
        check_hours(year, known)
        check_once(year)
        check_silent_units(year, known, [Quarter(2024, 1)])
        check_answering_unit(year, known, [Quarter(2024, 1)])
        check_summaries(year, known, [Quarter(2024, 1)])
    finally:
        await year.stage.__aexit__(None, None, None)


@pytest.mark.long
@pytest.mark.timeout(1800)
async def test_a_year_and_the_january_after_it(tmp_path: Path) -> None:
    year = await begin(tmp_path, date(2024, 1, 2))
    try:
        await live(year, date(2024, 1, 3), date(2025, 1, 24))
        known, quarters = year.calendar(), list(Quarter.all_of(2024))
        check_hours(year, known)
        check_once(year)
        check_silent_units(year, known, quarters)
        check_answering_unit(year, known, quarters)
        check_summaries(year, known, quarters)
    finally:
        await year.stage.__aexit__(None, None, None)
