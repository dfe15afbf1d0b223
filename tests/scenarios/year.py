"""A year of an agency: its clock, its people, and what they do on which day.

Two units answer: two working days before each close their people complete what `/pendientes` shows, and their
directors sign. The other four never do, except for two taps of «Lo atiendo».
"""

import asyncio
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import date, datetime, time, timedelta
from pathlib import Path
from zoneinfo import ZoneInfo

from sqlmodel import col, select

from models.calendar.calendar import Calendar, calendar
from models.storage import database
from models.tables.chat.outbox import Outbox
from models.tables.notice import Notice
from models.tables.people import Person, Role
from tests.support.phones.phone import Message, Phone
from tests.support.phones.stage import ANA, DIEGO, OLGA, PALOMA, Part, Stage

ZONE = ZoneInfo("America/Mexico_City")
STAFF, DIRECTORS = (
    {
        unit: Part(offset + number, f"{role.value} de {unit}", role, unit)
        for number, unit in enumerate(
            ("apoyo-administrativo", "transparencia", "archivo", "vinculacion", "sistemas")
        )
    }
    for role, offset in ((Role.STAFF, 200), (Role.DIRECTOR, 300))
)
STAFF["juridica"], DIRECTORS["juridica"] = ANA, DIEGO
ANSWERING = ("juridica", "transparencia")
SILENT = tuple(unit for unit in STAFF if unit not in ANSWERING)
WAYS = ("💤 Sin movimiento", "💬 Observación", "📝 Presentación", "🖊 Firmar")
HOURS = (time(8, 30), time(9, 5), time(17, 5), time(19, 30))  # before, morning, evening, after
MORNING, EVENING = HOURS[1:3]
EXPLAINED = "Así lo prevé el calendario institucional; se atiende en el trimestre que sigue."
RESTARTED = (date(2024, 4, 5), date(2024, 7, 5), date(2024, 10, 8))  # the mornings of three closes
BACKWARDS = date(2024, 4, 4)  # the clock goes back an hour just after a digest
AWAY = (date(2024, 9, 23), date(2024, 9, 24))  # a week's digest and ten days before a close fall on them
ABSENT = (date(2024, 10, 2), date(2024, 10, 9))  # Diego is absent and Ana is his deputy
REOPENED, CORRECTED = date(2024, 5, 13), date(2024, 5, 15)  # Jurídica's first quarter
TAKEN = {"sistemas": date(2024, 4, 9), "archivo": date(2024, 7, 8)}  # «Lo atiendo»: planning, the director
WORKS = [date(2024, month, 14) for month in (2, 5, 8, 11)]  # Ana registers something


@dataclass(frozen=True)
class Told:
    """A message that nobody asked for, by the local clock."""

    chat_id: int
    at: datetime
    text: str
    silent: bool


@dataclass
class Year:
    """The stage with everybody on it, and what was said to them unasked, by the row that said it."""

    stage: Stage
    phones: dict[Part, Phone] = field(default_factory=dict)
    said: dict[int, Told] = field(default_factory=dict)

    async def to(self, moment: datetime) -> None:
        """The clock goes on, and the bot tells what is due by it."""
        await self.stage.move_to(moment)
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

    async def note(self) -> None:
        """Take down every message that nobody asked for, as the phone shows it.

        Every day, since what was sent is not kept for longer than a month.
        """
        with database.transaction(self.stage.app.engine) as session:
            rows = session.exec(select(Outbox).where(col(Outbox.broadcast))).all()
            sent = {row.id or 0: (row.chat_id, row.message_id, row.created_at) for row in rows}
        for part, phone in self.phones.items():
            shown = {message.id: message for message in await phone.messages()}
            for number, (chat_id, message_id, at) in sent.items():
                if chat_id == part.telegram_id and number not in self.said:
                    told = shown[message_id or 0]
                    self.said[number] = Told(chat_id, at.astimezone(ZONE), told.text, told.silent)

    def messages(self) -> list[Told]:
        return list(self.said.values())


async def begin(folder: Path, first: date) -> Year:
    year = Year(Stage(folder, now=datetime.combine(first, time(8), ZONE)))
    await year.stage.__aenter__()
    for part in (*STAFF.values(), *DIRECTORS.values(), PALOMA, OLGA):
        year.phones[part] = await year.stage.enter(part)
    await year.stage.settled()
    return year


def days(first: date, last: date) -> Iterator[date]:
    return (first + timedelta(days=number) for number in range((last - first).days + 1))


async def live(year: Year, first: date, last: date) -> None:
    """Day after day; the bot is started anew at bad moments, and is away for two days."""
    known = year.calendar()
    for day in days(first, last):
        if day in AWAY:
            await year.stage.stop_bot()
            continue
        if day - timedelta(days=1) in AWAY:
            year.stage.world.move_to(datetime.combine(day, time(8), ZONE))
            await year.stage.start_bot()
        for hour in HOURS if known.is_working_day(day) else HOURS[2:3]:
            moment = datetime.combine(day, hour, ZONE)
            if day in RESTARTED and hour == MORNING:
                await restart(year, moment)
            await year.to(moment)
            if day == BACKWARDS and hour == MORNING:
                await year.to(moment - timedelta(hours=1))
                await year.to(moment)
            if hour == MORNING:
                await act(year, day)
        quarter = known.quarter_in_hand(day)
        left = known.working_days(day, known.close_day(quarter))
        if quarter.year == 2024 and known.is_working_day(day) and left == 2:
            await answer(year, day)
        await year.note()


async def restart(year: Year, moment: datetime) -> None:
    """In the middle of telling: some have their message, some do not."""
    year.stage.world.move_to(moment)
    await asyncio.sleep(0.06)
    await year.stage.stop_bot()
    await year.stage.start_bot()


async def act(year: Year, day: date) -> None:
    """What somebody does of their own accord in the course of that day."""
    if day == TAKEN["sistemas"]:
        await year.phones[PALOMA].tap("🙋 Lo atiendo · Sistemas")
    if day == TAKEN["archivo"]:
        await year.phones[DIRECTORS["archivo"]].tap("🙋 Lo atiendo")
    if day in WORKS:
        await register(year.phones[ANA], "Hoy se celebró la sesión del Órgano de Gobierno: 1 acta")
    if day == REOPENED:
        await year.to(datetime.combine(day, time(16), ZONE))
        await reopen(year.phones[PALOMA])
    if day == CORRECTED:
        await register(year.phones[ANA], "El 13 de marzo sesionó el Órgano de Gobierno: 1 acta")
        await mend(year.phones[DIEGO], "/pendientes jurídica T1")
    if day == date(2024, 9, 30):
        await year.to(datetime.combine(day, time(16), ZONE))
        await leave(year.phones[DIEGO])
    await year.stage.settled()


async def register(phone: Phone, text: str) -> None:
    await phone.send(text)
    await phone.tap("✅ Registrar", await phone.wait_for("Por registrar"))
    await phone.wait_for("Registrada")


async def reopen(phone: Phone) -> None:
    await phone.send("/reabrir jurídica T1")
    await phone.wait_for("¿Por qué se reabre?")
    await phone.send("Faltó un acta de marzo")
    await phone.wait_for("¿Hasta qué día")
    await phone.send("17 de mayo")
    await phone.tap("✅ Reabrir", await phone.wait_for("Faltó un acta"))
    await phone.wait_for("Reabierto")


async def leave(phone: Phone) -> None:
    await phone.send("/ausencia")
    await phone.wait_for("¿Qué días?")
    await phone.send("del 2 al 9 de octubre")
    await phone.tap(ANA.name, await phone.wait_for("¿Quién suple"))
    await phone.tap("✅ Guardar", await phone.wait_for("Suple:"))
    await phone.wait_for("estará ausente")


async def answer(year: Year, day: date) -> None:
    """Two units' people mend and sign; whoever is absent does nothing."""
    for unit in ANSWERING:
        await mend(year.phones[STAFF[unit]])
        if not (unit == "juridica" and ABSENT[0] <= day <= ABSENT[1]):
            await mend(year.phones[DIRECTORS[unit]])


async def mend(phone: Phone, command: str = "/pendientes") -> None:
    """What `/pendientes` shows, button by button, until nothing is left that can be mended with words."""
    for _ in range(40):
        await phone.send(command)
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
        if asked == seen or not any(each.text.startswith("✖") for each in asked.buttons()):
            return  # a card that asks can be cancelled
        seen = asked
        keys = [each.text for each in asked.buttons() if each.text[:1] not in "✖⬅"]
        accept = next((each for each in keys if each.startswith("✅")), None)
        if accept or (keys and "?" in asked.text):
            await phone.tap(accept or keys[0], asked)
        else:
            await phone.send(EXPLAINED)
