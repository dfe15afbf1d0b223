"""📎: anybody who may read an activity can have its evidence sent."""

from collections.abc import Sequence
from datetime import UTC, datetime

import pytest
from sqlmodel import col, select

from local_telegram.world.traffic import Fault
from models.storage import database
from models.tables.evidence import Evidence, EvidenceKind
from tests.bot.evidence.evidence_stage import fetched, passes, tried
from tests.support.database.registered_activities import store
from tests.support.files import photographs
from tests.support.phones.phone import Message, Phone
from tests.support.phones.stage import ANA, DIEGO, TERE, Stage
from tests.support.waiting import until

PDF = b"%PDF-1.7\n" + bytes(range(256)) * 40


async def shown(phone: Phone, number: int) -> Message:
    await phone.send(f"/actividad_{number}")
    return await phone.wait_for(f"Actividad n.º {number}")


async def arrived(phone: Phone, number: int) -> Sequence[Message]:
    """Wait for so many messages with files from the bot and return them."""

    async def found() -> Sequence[Message]:
        shown = [each for each in await phone.messages() if each.from_bot and (each.media or each.location)]
        return shown if len(shown) == number else []

    return await until(found, phone.screen)


async def test_pictures_are_sent_as_albums_and_other_files_by_their_kind(stage: Stage) -> None:
    ana, diego = await stage.enter(ANA), await stage.enter(DIEGO)
    number = store(stage.app.engine, by=ANA.telegram_id)
    card = await shown(ana, number)
    await ana.send_album([photographs.drawn(40 + each) for each in range(10)], reply_to=card.id)
    await ana.send_photo(photographs.drawn(60), reply_to=card.id)
    await ana.send_file("acta.pdf", PDF, reply_to=card.id)
    await ana.send_location(16.75, -93.11, reply_to=card.id)
    await fetched(stage, 12)
    card = await shown(diego, number)
    assert "Evidencia: 11 fotos · 1 documento · 1 ubicación" in card.text
    await diego.tap("📎 Ver evidencia (13)")
    found = await arrived(diego, 13)
    assert [each.album is not None for each in found] == [True] * 10 + [False] * 3
    assert "Actividad n.º 1 · fotos 1–10" in found[0].text
    assert found[11].media is not None and found[11].media.name == "acta.pdf"
    assert await diego.fetch(found[11]) == PDF
    assert found[12].location is not None and found[12].location.latitude == 16.75


async def test_missing_evidence_is_named_and_fetched_again_on_request(stage: Stage) -> None:
    ana = await stage.enter(ANA)
    number = store(stage.app.engine, by=ANA.telegram_id)
    card = await shown(ana, number)
    stage.world.faults.plan(Fault("getFile", times=3))
    await ana.send_photo(photographs.drawn(), reply_to=card.id)
    for attempt in (1, 2, 3):
        await tried(stage, attempt)
        if attempt < 3:
            await passes(stage, seconds=40)
    card = await shown(ana, number)
    assert "1 foto (1 todavía no llega" in card.text
    await ana.tap("📎 Ver evidencia (1)")
    said = await ana.wait_for("De la n.º 1 todavía no llega 1 foto.")
    assert said.keyboard() == [["🔄 Volver a intentar"]]
    await ana.tap("🔄 Volver a intentar")
    await ana.wait_for("Lo intento otra vez")
    await fetched(stage)
    await ana.forge(f"evr:{number}", said)
    assert "No falta ningún archivo" in (await ana.answer()).text
    await shown(ana, number)
    await ana.tap("📎 Ver evidencia (1)")
    await arrived(ana, 1)


@pytest.mark.parametrize(
    ("refused", "said"),
    [(False, "todavía no llega 1 nota de voz"), (True, "no se aceptó 1 nota de voz")],
)
async def test_missing_evidence_is_reported_in_one_sentence(stage: Stage, refused: bool, said: str) -> None:
    ana = await stage.enter(ANA)
    number = store(stage.app.engine, by=ANA.telegram_id)
    moment = datetime(2024, 3, 20, 15, tzinfo=UTC)
    with database.transaction(stage.app.engine) as session:
        session.add(
            Evidence(
                activity_id=number,
                kind=EvidenceKind.VOICE,
                received_at=moment,
                refused_at=moment if refused else None,
                reason="empty" if refused else None,
            )
        )
    card = await shown(ana, number)
    await ana.forge(f"ev:{number}", card)
    shown_again = await ana.wait_for(said)
    assert bool(shown_again.rows) is not refused


async def test_an_activity_without_evidence_says_so_and_others_get_no_files(stage: Stage) -> None:
    ana, tere = await stage.enter(ANA), await stage.enter(TERE)
    number = store(stage.app.engine, by=ANA.telegram_id)
    await ana.forge(f"ev:{number}", await shown(ana, number))
    await ana.wait_for("todavía no tiene evidencia")
    await tere.send("/actividades")
    listed = await tere.wait_for("Actividades")
    for data in (f"ev:{number}", f"evr:{number}", f"hist:{number}:0:u:0:0:2024:0"):
        await tere.forge(data, listed)
        assert "No encuentro esa actividad" in (await tere.answer()).text


async def test_a_correction_adds_its_evidence_and_keeps_removed_files(
    stage: Stage,
) -> None:
    ana = await stage.enter(ANA)
    number = store(stage.app.engine, by=ANA.telegram_id)
    card = await shown(ana, number)
    await ana.send_photo(photographs.drawn(40), reply_to=card.id)
    await fetched(stage)
    await shown(ana, number)
    await ana.tap("✏️ Corregir")
    card = await ana.wait_for("Corregir la n.º")
    await ana.send_photo(photographs.drawn(41), reply_to=card.id)
    await ana.wait_for("1 foto → 2 fotos")
    await ana.tap("Evidencia")
    await ana.wait_for("Toque una para quitarla")
    await ana.tap("🗑 Foto 1")
    await ana.wait_for("Evidencia: 1 foto")
    await ana.tap("⬅️ Atrás")
    await ana.wait_for("Corregir la n.º")
    with database.transaction(stage.app.engine) as session:
        pieces = session.exec(select(Evidence).order_by(col(Evidence.id))).all()
        assert [(each.activity_id, each.removed_at) for each in pieces] == [(number, None), (None, None)]
    await ana.tap("✅ Guardar corrección")
    await ana.wait_for("Evidencia: 1 nueva, 1 quitada")
    with database.transaction(stage.app.engine) as session:
        first, second = session.exec(select(Evidence).order_by(col(Evidence.id))).all()
        assert first.removed_at is not None and first.removed_by is not None
        assert (second.activity_id, second.removed_at) == (number, None)
    assert "Evidencia: 1 foto" in (await shown(ana, number)).text
