"""The card of a signature: the presentation, and for whom a deputy signs."""

from datetime import date

from sqlmodel import select

from models.storage import database
from models.tables.notice import StandIn
from models.tables.people import Person
from models.tables.statement import Presentation
from tests.handlers.quarter_end.test_signing import move, rows, say_all
from tests.support.database.signed_quarter import unit_of
from tests.support.phones.stage import ANA, DIEGO, Stage


async def test_the_card_shows_the_presentation_before_signing(stage: Stage) -> None:
    diego = await stage.enter(DIEGO)
    await move(stage, "2024-04-02 09:00")
    say_all(stage)
    await diego.send("/firmar")
    card = await diego.wait_for("Por firmar")
    assert "«Un trimestre de trabajo parejo.»" in card.text
    assert "📖 Leer completa" not in str(card.keyboard())
    long = "En el trimestre se celebraron las sesiones & los acuerdos. " * 12 + "Y así termina."
    with database.transaction(stage.app.engine) as session:
        session.exec(select(Presentation)).one().text = long
    await diego.send("/firmar")
    card = await diego.wait_for("Por firmar")
    assert "«En el trimestre se celebraron las sesiones & los acuerdos. En el" in card.text
    assert "así termina" not in card.text
    await diego.tap("📖 Leer completa", card)
    assert (await diego.wait_for("Y así termina.")).text == long
    await diego.tap("✅ Firmar", card)
    await diego.wait_for("Firmado")


async def test_the_card_says_that_a_deputy_signs_for_the_director(stage: Stage) -> None:
    ana, diego = await stage.enter(ANA), await stage.enter(DIEGO)
    await move(stage, "2024-04-02 09:00")
    await ana.send("/firmar")
    await ana.wait_for("no está disponible")
    with database.transaction(stage.app.engine) as session:
        people = {each.telegram_id: each.id or 0 for each in session.exec(select(Person)).all()}
        session.add(
            StandIn(
                person_id=people[DIEGO.telegram_id],
                deputy_id=people[ANA.telegram_id],
                unit_id=unit_of(session).id,
                from_day=date(2024, 4, 2),
                to_day=date(2024, 4, 2),
                made_at=stage.app.clock.now(),
            )
        )
    say_all(stage)
    await ana.send("/firmar")
    assert "en lugar de Diego Director" in (await ana.wait_for("Por firmar")).text
    await ana.tap("✅ Firmar")
    assert "en lugar de Diego Director" in (await ana.wait_for("Firmado")).text
    (signature,) = rows(stage)
    assert signature.in_place_of == people[DIEGO.telegram_id]
    await diego.send("/avance juridica T1")
    await diego.wait_for("Firmado el 2 de abril")
    await move(stage, "2024-04-03 09:00")
    await ana.send("/firmar")
    await ana.wait_for("no está disponible")
