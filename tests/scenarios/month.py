"""A month of four people who do not use the bot as it is meant, with the bot in the same process.

One answers oddly, one never taps, one only sends photographs, one only asks.
"""

from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import date, datetime, time, timedelta
from zoneinfo import ZoneInfo

from sqlmodel import select

from handlers.messages import joining
from local_telegram.phones import deeds
from local_telegram.world.files import Upload
from models.storage import database
from models.storage import draft as draft_rows
from models.tables.people import Person, Role
from tests.support.files.photographs import drawn
from tests.support.phones.direct_bot import Direct
from tests.support.phones.screen import Message
from tests.support.phones.stage import Part

ZONE = ZoneInfo("America/Mexico_City")
FIRST, LAST = date(2024, 3, 1), date(2024, 3, 31)
ODD = Part(301, "Otilia", Role.STAFF, "archivo")
SILENT = Part(302, "Nicanor", Role.STAFF, "juridica")
PICTURES = Part(303, "Fidel", Role.STAFF, "sistemas")
ASKING = Part(304, "Pilar", Role.DIRECTOR, "transparencia")
PEOPLE = (ODD, SILENT, PICTURES, ASKING)

ODD_WORDS = (
    ("/registrar", "la de siempre", "no sé cuál", "la de asesorías", "unas cuantas", "tres",
     "un día de estos", "ayer en la tarde", "Se dieron asesorías archivísticas"),
    ("/registrar", "¿cómo vamos?", "la cinco", "Ayer dimos 2 asesorías archivísticas a la SEMAHN", "1"),
    ("/registrar", "un reporte", "3", "como dos o tres", "cancelar"),
    ("Ayer dimos respuesta a un escrito", "es la de siempre", "jajaja", "y también se firmó", "/cancelar"),
    ("asesoría", "no", "gracias", "¿quién sabe?", "ya no"),
)  # fmt: skip
REPORTS = (
    "se celebró la sesión del Órgano de Gobierno y se levantó 1 acta",
    "se revisó el convenio con la SEMAHN y quedó listo",
    "se elaboró el proyecto de reglamento interior",
    "se firmó el contrato de arrendamiento del edificio",
)
QUESTIONS = (
    "¿cómo vamos?", "¿qué me falta?", "¿cuándo cierra el trimestre?", "¿cuántas solicitudes llevamos?",
    "¿quién es titular de Archivo?", "avance de sistemas", "¿qué hicimos en febrero?", "¿ya puedo firmar?",
)  # fmt: skip


@dataclass(frozen=True)
class Turn:
    """What a person did, and what came to their chat after it."""

    who: Part
    at: datetime
    sent: str
    answers: tuple[Message, ...]
    asks: int | None  # the draft of their `/registrar` that asks something now


@dataclass(frozen=True)
class Unasked:
    """A message that nobody asked for."""

    to: Part
    at: datetime
    text: str


@dataclass
class Month:
    bot: Direct
    turns: list[Turn] = field(default_factory=list)
    unasked: list[Unasked] = field(default_factory=list)

    def live(self) -> None:
        for part in PEOPLE:
            if part.telegram_id not in self.bot.world.people:
                self.bot.enter(part)
        for number, day in enumerate(_days()):
            self._to(day, time(9, 5))
            if day.weekday() < 5:
                self._work(number, day)
            self._to(day, time(17, 5))

    def _work(self, number: int, day: date) -> None:
        self._to(day, time(11))
        for text in ODD_WORDS[number % len(ODD_WORDS)]:
            self.say(ODD, text)
        self._to(day, time(12))
        self.say(SILENT, f"El {day.day} de marzo {REPORTS[number % len(REPORTS)]}")
        self._to(day, time(13))
        self.photograph(PICTURES, number)
        self._to(day, time(14))
        self.say(ASKING, QUESTIONS[number % len(QUESTIONS)])

    def say(self, who: Part, text: str) -> None:
        before = len(self.bot.said.get(who.telegram_id, []))
        self.bot.write(who.telegram_id, text)
        self._note(who, text, before)

    def photograph(self, who: Part, number: int) -> None:
        before = len(self.bot.said.get(who.telegram_id, []))
        picture = Upload("photo.jpg", drawn(40 + number, 30))
        deeds.send_files(self.bot.world, who.telegram_id, [picture], kind="photo")
        self.bot.handle()
        self._note(who, f"photograph {number}", before)

    def _note(self, who: Part, sent: str, before: int) -> None:
        came = [each for each in self.bot.said[who.telegram_id][before:] if each.from_bot]
        self.turns.append(Turn(who, self.bot.world.now(), sent, tuple(came), self._asks(who)))

    def _asks(self, who: Part) -> int | None:
        with database.transaction(self.bot.engine) as session:
            person = session.exec(select(Person.id).where(Person.telegram_id == who.telegram_id)).one()
            newest = draft_rows.newest_open(session, person or 0, who.telegram_id)
        return newest[0].id if newest and joining.awaits_words(newest[0]) else None

    def _to(self, day: date, hour: time) -> None:
        """Move the clock, and let what is due be told."""
        self.bot.world.move_to(datetime.combine(day, hour, ZONE))
        seen = {part: len(self.bot.said.get(part.telegram_id, [])) for part in PEOPLE}
        self.bot.tick()
        for part, before in seen.items():
            for message in self.bot.said.get(part.telegram_id, [])[before:]:
                self.unasked.append(Unasked(part, self.bot.world.now(), message.text))


def _days() -> Iterator[date]:
    return (FIRST + timedelta(days=number) for number in range((LAST - FIRST).days + 1))
