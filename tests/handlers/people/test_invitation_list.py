"""Open invitations are listed and revoked; planning is told who joined; wrong codes are counted in total."""

import re

from sqlmodel import select

from handlers.texts import general
from models.people import stranger
from models.storage import database
from models.tables.people import Invitation
from tests.support.phones.phone import Message
from tests.support.phones.stage import ANA, PALOMA, SAUL, TERE, Part, Stage


def code_in(message: Message) -> str:
    found = re.search(r"/start (\w+)", message.text)
    assert found is not None
    return found[1]


async def test_an_open_invitation_is_listed_with_who_made_it_and_revoked(stage: Stage) -> None:
    paloma = await stage.enter(PALOMA)
    await paloma.send("/invitar enlace juridica Ana López")
    sent = await paloma.wait_for("/start")
    code = code_in(sent)
    assert len(code) >= 16 and len(f"start={code}") <= 64
    stage.invite(TERE)
    await paloma.send("/invitar")
    await paloma.tap("📨 Invitaciones abiertas", await paloma.wait_for("¿Qué función"))
    listed = await paloma.wait_for("Invitaciones abiertas")
    assert (
        "para <b>" not in listed.text
        and "Ana López: Enlace de la Dirección Jurídica; la hizo Paloma" in listed.text
    )
    assert "la hizo quien administra el asistente" in listed.text
    assert code not in listed.text
    await paloma.tap("✖️ Anular 2", listed)
    await paloma.wait_for("su código ya no sirve")
    ana = await stage.phone(ANA)
    await ana.send(f"/start {code}")
    await ana.wait_for(general.STRANGER)
    await paloma.forge(f"inv:r:{number_of(stage, 'staff')}", listed)
    assert "ya no está abierta" in ((await paloma.answer()).text or "")


def number_of(stage: Stage, role: str) -> int:
    with database.transaction(stage.app.engine) as session:
        found = session.exec(select(Invitation).where(Invitation.role == role)).all()
        return next(each.id or 0 for each in found if each.revoked_at)


async def test_planning_is_notified_who_joined_by_which_invitation(stage: Stage) -> None:
    paloma = await stage.enter(PALOMA)
    await paloma.send("/invitar enlace juridica Ana López")
    code = code_in(await paloma.wait_for("/start"))
    await paloma.look()
    other = await stage.phone(SAUL)  # not the intended person
    await other.send(f"/start {code}")
    await other.wait_for("bienvenida")
    told = await paloma.wait_for("Entró Ana López")
    assert "en Telegram, «Saúl Sistemas»" in told.text and "que hizo Paloma Planeación" in told.text


async def test_many_wrong_codes_block_codes_for_an_hour_and_notify_planning_once(stage: Stage) -> None:
    paloma = await stage.enter(PALOMA)
    good = stage.invite(ANA)
    guessers = [await stage.phone(Part(9000 + each, f"Cuenta {each}", ANA.role)) for each in range(8)]
    await paloma.look()
    for guess in range(4):
        for phone in guessers:
            await phone.send(f"/start ADIVINO{guess}")
            await phone.wait_for(general.STRANGER)
    await stage.settled()
    told = [each for each in await paloma.messages() if "códigos de invitación al azar" in each.text]
    assert len(told) == 1 and "hasta las 10:0" in told[0].text.lower()
    ana = await stage.phone(ANA)
    await ana.send(f"/start {good}")
    await ana.wait_for(general.STRANGER)  # the same sentence
    stage.world.move_to(stage.world.now() + stranger.REFUSED_FOR)
    await stage.settled()
    await ana.send(f"/start {good}")
    await ana.wait_for("bienvenida")
