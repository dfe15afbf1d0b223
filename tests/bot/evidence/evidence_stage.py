"""A person with an open card, and what the tables and the store say of what they send."""

from collections.abc import Callable
from datetime import timedelta

from sqlmodel import col, select

from models.storage import database
from models.tables.evidence import Evidence
from tests import patience, photographs
from tests.phone import Message, Phone
from tests.stage import ANA, Part, Stage

SAID = "Hoy 1 acta de la primera sesión"


async def with_card(stage: Stage, part: Part = ANA, said: str = SAID) -> tuple[Phone, Message]:
    """Somebody who joined, and the card of what they wrote."""
    phone = await stage.enter(part)
    await phone.send(said)
    return phone, await phone.wait_for("Por registrar")


async def registered(phone: Phone, card: Message) -> None:
    await phone.tap("✅ Registrar", card)
    await phone.wait_for("Registrada")


async def with_photo(stage: Stage) -> Phone:
    """Ana has registered activity 1 with a photograph."""
    ana, card = await with_card(stage)
    await ana.send_photo(photographs.drawn(640, 480), reply_to=card.id)
    await fetched(stage)
    await registered(ana, card)
    return ana


def rows(stage: Stage) -> list[Evidence]:
    """Every row of evidence, oldest first."""
    with database.transaction(stage.app.engine) as session:
        return list(session.exec(select(Evidence).order_by(col(Evidence.id))).all())


async def until(stage: Stage, fits: Callable[[list[Evidence]], bool]) -> list[Evidence]:
    """The rows, as soon as they fit."""
    await patience.until(lambda: fits(rows(stage)), lambda: rows(stage))
    return rows(stage)


async def fetched(stage: Stage, number: int = 1) -> list[Evidence]:
    """The rows, once so many files are kept."""
    return await until(stage, lambda found: sum(each.fetched_at is not None for each in found) == number)


async def tried(stage: Stage, times: int) -> Evidence:
    """The only row, once it was tried in vain so many times."""
    return (await until(stage, lambda found: [each.attempts for each in found] == [times]))[0]


async def passes(stage: Stage, **time: float) -> None:
    """Time goes by, and the bot notices; what is due then is taken up."""
    await stage.move_to(stage.world.now() + timedelta(**time))
    stage.app.fetcher.wake()


def files(stage: Stage) -> set[str]:
    """The names of the files in the store, those on their way too."""
    return {each.name for each in (stage.folder / "evidence").rglob("*") if each.is_file()}
