"""A person with an open card, and access to the evidence rows and the store."""

from collections.abc import Callable
from datetime import timedelta

from sqlmodel import col, select

from models.storage import database
from models.tables.evidence import Evidence
from tests.support import waiting
from tests.support.files import photographs
from tests.support.phones.phone import Message, Phone
from tests.support.phones.stage import ANA, Part, Stage

SAID = "Hoy 1 acta de la primera sesión"


async def with_card(stage: Stage, part: Part = ANA, said: str = SAID) -> tuple[Phone, Message]:
    """Return the phone of somebody who joined, and the card of the text they wrote."""
    phone = await stage.enter(part)
    await phone.send(said)
    return phone, await phone.wait_for("Por registrar")


async def registered(phone: Phone, card: Message) -> None:
    await phone.tap("✅ Registrar", card)
    await phone.wait_for("Registrada")


async def with_photo(stage: Stage) -> Phone:
    """Register Ana's activity 1 with a photograph; return her phone."""
    ana, card = await with_card(stage)
    await ana.send_photo(photographs.drawn(640, 480), reply_to=card.id)
    await fetched(stage)
    await registered(ana, card)
    return ana


def rows(stage: Stage) -> list[Evidence]:
    """Return every row of evidence, oldest first."""
    with database.transaction(stage.app.engine) as session:
        return list(session.exec(select(Evidence).order_by(col(Evidence.id))).all())


async def until(stage: Stage, fits: Callable[[list[Evidence]], bool]) -> list[Evidence]:
    """Wait until the rows fit and return them."""
    await waiting.until(lambda: fits(rows(stage)), lambda: rows(stage))
    return rows(stage)


async def fetched(stage: Stage, number: int = 1) -> list[Evidence]:
    """Wait until so many files are stored and return the rows."""
    return await until(stage, lambda found: sum(each.fetched_at is not None for each in found) == number)


async def tried(stage: Stage, times: int) -> Evidence:
    """Wait until the only row has failed so many times and return it."""
    return (await until(stage, lambda found: [each.attempts for each in found] == [times]))[0]


async def passes(stage: Stage, **time: float) -> None:
    """Advance the clock and wait until the bot has followed; files that are due then are fetched."""
    await stage.move_to(stage.world.now() + timedelta(**time))
    stage.app.fetcher.wake()


def files(stage: Stage) -> set[str]:
    """Return the names of the files in the store, including partly written ones."""
    return {each.name for each in (stage.folder / "evidence").rglob("*") if each.is_file()}
