"""Plays the first quarter of 2024 on the phones as people would: by commands, taps and texts.

Uses only the HTTP interface of the phones (`/phone/…` and `/clock` of the local server); writes no rows.
"""

import asyncio
import re
from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta

from bot.demo.first_quarter import ZONE, ReplayedActivity, SettledLater, first_quarter
from handlers.texts.activities import activities as listing
from handlers.texts.activities import capture
from handlers.texts.activities.fields import OPTIONAL
from local_telegram.handset import Bubble, Exchange, Handset, UnexpectedReply
from spanish.writing import days
from spanish.writing.people import SECTORS

MORNING = time(8)
Say = Callable[[date, int], None]  # called after each day with the day and the number of activities so far


@dataclass(frozen=True)
class Reply:
    """A person's answer to a question: the button with that text, or a text."""

    button: str | None = None
    text: str = ""


def silent(day: date, played: int) -> None:
    """A `Say` that does nothing."""


async def replay(
    server_url: str, since: datetime, until: datetime, *, pause: float = 0.0, say: Say = silent
) -> int:
    """Play what is sent after `since` up to `until`; return the number of activities.

    The clock is moved through every morning, and is at `until` at the end. It is never moved back: what is
    overdue is sent at the present time. `pause` is waited after each day and activity, in seconds. Raises
    `UnexpectedReply` if the bot does not answer as expected.
    """
    played = 0
    async with Exchange(server_url) as exchange:
        for day, told, settled in _days(since, until):
            await _move_on(exchange, datetime.combine(day, MORNING, ZONE), until)
            for each in told:
                await _move_on(exchange, each.sent, until)
                await register(exchange, each)
                await asyncio.sleep(pause)
            for later in settled:
                await _move_on(exchange, later.sent, until)
                await settle(exchange, later)
            played += len(told)
            say(day, played)
            await asyncio.sleep(pause)
        await _move_on(exchange, until, until)
    return played


def _days(since: datetime, until: datetime) -> list[tuple[date, list[ReplayedActivity], list[SettledLater]]]:
    """Return every day of the span with what is sent on it."""
    quarter = first_quarter()
    first, last = since.astimezone(ZONE).date(), until.astimezone(ZONE).date()
    told = [each for each in quarter.activities if since < each.sent <= until]
    settled = [each for each in quarter.later if since < each.sent <= until]
    return [
        (
            day,
            [each for each in told if each.sent.date() == day],
            [each for each in settled if each.sent.date() == day],
        )
        for day in (first + timedelta(days=number) for number in range((last - first).days + 1))
    ]


async def _move_on(exchange: Exchange, instant: datetime, until: datetime) -> None:
    instant = min(instant, until)
    if await exchange.now() < instant:
        await exchange.move_clock(instant)


async def register(exchange: Exchange, told: ReplayedActivity) -> int:
    """Register with `/registrar`, an answer to each question, and ✅; return the activity's number."""
    phone = Handset(exchange, first_quarter().staff_of(told.unit).user_id)
    today = (await exchange.now()).astimezone(ZONE).date()
    await phone.send("/registrar")
    bubble = await phone.read(_is_question)
    if bubble.data(capture.ANOTHER):  # a card is open on this phone
        await phone.tap(bubble, capture.ANOTHER)
        bubble = await phone.read(_is_question)
    measure = ""
    while "Por registrar" not in bubble.text:
        measure = next((each for each in told.entries if _asks_quantity(bubble.text, each)), measure)
        await _do(phone, bubble, _reply(bubble, told, measure, today))
        bubble = await phone.read(_is_question)
    await phone.tap(bubble, capture.REGISTER)
    # An earlier confirmation may be edited meanwhile, when it can no longer be undone.
    done = await phone.read(lambda text: "Registrada" in text and told.narrative[:40] in text)
    number = re.search(r"n\.º (\d+)", done.text)
    if number is None:
        raise UnexpectedReply(f"The confirmation does not name the activity: {done.text}")
    return int(number[1])


async def settle(exchange: Exchange, later: SettledLater) -> None:
    """Settle with `/actividades`, «Ya cuenta» at the activity of that day, quantity, day, and ✅."""
    phone = Handset(exchange, first_quarter().staff_of(later.unit).user_id)
    today = (await exchange.now()).astimezone(ZONE).date()
    bubble, button = await _find_pending(phone, later)
    await phone.tap(bubble, button)
    bubble = await phone.read(lambda text: "¿Qué cantidad" in text)
    quantity = str(later.quantity)
    everything = f"Todo ({quantity})"
    await _do(phone, bubble, Reply(everything) if bubble.data(everything) else _number(bubble, quantity))
    bubble = await phone.read(lambda text: "¿desde qué día" in text)
    await _do(phone, bubble, _days_reply(bubble, later.counts_on, later.counts_on, today))
    bubble = await phone.read(lambda text: "Desde:" in text)
    await phone.tap(bubble, capture.REGISTER)
    await phone.read(lambda text: "Registrado" in text)


async def _find_pending(phone: Handset, later: SettledLater) -> tuple[Bubble, str]:
    """Return the page of the list that has the activity, and the text of its button."""
    await phone.send("/actividades")
    wanted = f"{days.dates(later.activity_on, later.activity_on)} · Línea {later.line}"
    while True:
        bubble = await phone.read(lambda text: "n.º" in text)
        head = re.search(rf"n\.º (\d+) · {re.escape(wanted)}", bubble.text)
        if head:
            ends = f"(n.º {head[1]})"
            return bubble, next(text for text, _ in bubble.buttons if text.endswith(ends))
        await phone.tap(bubble, listing.OLDER)


async def _do(phone: Handset, bubble: Bubble, reply: Reply) -> None:
    if reply.button is not None:
        await phone.tap(bubble, reply.button)
    else:
        await phone.send(reply.text)


def _is_question(text: str) -> bool:
    return "📝" in text


def _asks_quantity(text: str, measure: str) -> bool:
    return f"¿Qué cantidad de {measure.lower()}?" in text


def _reply(bubble: Bubble, told: ReplayedActivity, measure: str, today: date) -> Reply:
    """Return the answer to the question on the screen; `measure` is the one that was asked for last."""
    asked = bubble.text
    quantity, pending = told.entries.get(measure, (0, 0))
    if "línea de acción" in asked:
        return Reply(f"{told.line} · ")
    if "¿Qué cantidad de" in asked:
        return _number(bubble, str(quantity if _asks_quantity(asked, measure) else 0))
    if "sigue pendiente" in asked:
        return _number(bubble, str(pending)) if pending else Reply(capture.NONE_PENDING)
    if "¿Qué día fue?" in asked:
        return _days_reply(bubble, told.starts_on, told.ends_on, today)
    for field in OPTIONAL:
        if field.question in asked:
            typed = _typed(told, field.name)
            return Reply(text=typed) if typed else Reply(field.none)
    if "Cuénteme" in asked:
        return Reply(text=told.narrative)
    raise UnexpectedReply(f"Nobody would know what to answer to: {asked}")


def _number(bubble: Bubble, number: str) -> Reply:
    return Reply(number) if (number, bubble.data(number)) in bubble.buttons else Reply(text=number)


def _days_reply(bubble: Bubble, starts_on: date, ends_on: date, today: date) -> Reply:
    """Return the answer for the days: «Hoy», «Ayer» and «Antier» are buttons, other days are typed."""
    if starts_on != ends_on:
        return Reply(text=days.span(starts_on, ends_on))
    ago = (today - ends_on).days
    if 0 <= ago < len(capture.DAY_WORDS):
        return Reply(capture.DAY_WORDS[ago].capitalize())
    return Reply(text=days.day(ends_on))


def _typed(told: ReplayedActivity, field: str) -> str:
    """Return what the person types; empty for a field that the published report does not have."""
    if field == "people":
        return _people(told) if told.participants else ""
    said = getattr(told, field, "") or ""
    return said if isinstance(said, str) else ", ".join(said)


def _people(told: ReplayedActivity) -> str:
    """Return the attendance like «25 (17 mujeres, 8 hombres; 25 sociedad civil)»."""
    by_sex = f"{told.women} mujeres, {told.men} hombres"
    sectors = ", ".join(f"{number} {SECTORS[sector][1]}" for sector, number in told.sectors.items())
    return f"{told.participants} ({by_sex}; {sectors})"
