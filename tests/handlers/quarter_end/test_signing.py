"""Signing: afterwards changes are refused with two alternatives, and planning may reopen the quarter."""

import re
from collections.abc import AsyncIterator
from datetime import date, datetime
from pathlib import Path
from zoneinfo import ZoneInfo

import pytest
from sqlmodel import select

from models.quarter import Quarter
from models.quarter_end import signing
from models.storage import audit, database
from models.tables.signature import Reopening, Signature
from tests.support.database.registered_activities import Claimed, store
from tests.support.database.signed_quarter import explain, unit_of
from tests.support.files import photographs
from tests.support.phones.phone import Phone
from tests.support.phones.stage import ANA, DIEGO, OLGA, PALOMA, Stage

ZONE = ZoneInfo("America/Mexico_City")
T1 = Quarter(2024, 1)
ACTA = "El 13 de marzo se celebró la sesión extraordinaria del Órgano de Gobierno: 1 acta"


@pytest.fixture(params=["sqlite", "postgresql"])
async def office(request: pytest.FixtureRequest, tmp_path: Path) -> AsyncIterator[Stage]:
    """The running bot at nine on 20 March, on each engine."""
    url = str(request.getfixturevalue("postgres_url")) if request.param == "postgresql" else ""
    async with Stage(tmp_path, url) as running:
        yield running


async def move(stage: Stage, day: str) -> None:
    """Move the clock to that local time, such as "2024-04-02 09:00"."""
    await stage.move_to(datetime.fromisoformat(day).replace(tzinfo=ZONE))
    await stage.settled()


def say_all(stage: Stage) -> None:
    """Store presentation, observations and «sin movimiento» as if they had been written."""
    with database.transaction(stage.app.engine) as session:
        explain(session, unit_of(session), T1, stage.app.clock.now())


def rows(stage: Stage) -> list[Signature]:
    with database.transaction(stage.app.engine) as session:
        assert audit.verify(session).broken_at is None
        found = signing.signatures(session)
        assert all(signing.verify(session, each) for each in found)
        return found


async def sign(stage: Stage, diego: Phone) -> str:
    say_all(stage)
    await diego.send("/firmar")
    await diego.wait_for("Por firmar")
    await diego.tap("✅ Firmar")
    return (await diego.wait_for("Firmado")).text


async def card(phone: Phone, text: str = ACTA) -> None:
    await phone.send(text)
    await phone.wait_for("Por registrar")


async def test_a_signed_quarter_refuses_changes_until_it_is_reopened(office: Stage) -> None:
    ana, diego, paloma = [await office.enter(each) for each in (ANA, DIEGO, PALOMA)]
    store(office.app.engine, line=1, by=ANA.telegram_id, claimed=(Claimed(9), Claimed(12, 3)))
    await diego.send("/firmar T1")
    await diego.wait_for("todavía no termina")
    await move(office, "2024-04-02 09:00")
    await diego.send("/firmar")
    blocked = await diego.wait_for("Todavía no se puede firmar")
    assert "Falta la presentación del trimestre" in blocked.text
    assert "✅ Firmar" not in [label for row in blocked.keyboard() for label in row]
    say_all(office)
    await diego.tap("🔄 Revisar de nuevo")
    page = (await diego.wait_for("Por firmar")).text
    assert "9 de 16 actas · 9 de 12 acuerdos" in page and "3 acuerdos por publicar (línea 1)" in page
    assert "1 actividad, la presentación" in page
    await diego.tap("✅ Firmar")
    told = await diego.wait_for("Firmado")
    (first,) = rows(office)
    assert first.sha256 in told.text and first.in_place_of is None

    await diego.send("/avance juridica T1")
    shown = (await diego.wait_for("1er trimestre 2024")).text
    assert "✍️ Firmado el 2 de abril" in shown and "después de la firma" not in shown

    await card(ana)
    refused = await ana.last()
    assert "ya está firmado" in refused.text
    assert refused.keyboard()[1:3] == [["📅 Fecharla hoy"], ["🔓 Pedir reapertura"]]
    await ana.tap("✅ Registrar")
    assert "ya está firmado" in ((await ana.answer()).text or "")
    await ana.tap("🔓 Pedir reapertura")
    assert "Planeación ya tiene su petición" in ((await ana.answer()).text or "")
    await office.settled()

    asked = await paloma.wait_for("Ana Juárez pide reabrir el 1er trimestre 2024 de la Dirección Jurídica")
    assert "Para: registrar «El 13 de marzo se celebró" in asked.text
    await paloma.tap("Procede", asked)
    await paloma.wait_for("¿Hasta qué día")
    await paloma.send("5 de abril")
    await paloma.wait_for("Se pidió para registrar «El 13 de marzo")
    await diego.look()
    await paloma.tap("✅ Reabrir")
    await paloma.wait_for("Reabierto")
    await diego.wait_for("Motivo: Se pidió para registrar")
    news = await ana.wait_for("Planeación reabrió el 1er trimestre 2024")
    assert "1 tarjeta de ese trimestre espera su ✅" in news.text
    await ana.tap("📝 El 13 de marzo", news)
    await ana.wait_for("Por registrar")

    await ana.tap("✅ Registrar")
    await ana.wait_for("Registrada")
    await diego.send("/avance juridica T1")
    assert "Firmado el" not in (await diego.wait_for("1er trimestre 2024")).text
    await sign(office, diego)
    before, after = rows(office)
    assert before == first and after.sha256 != first.sha256
    with database.transaction(office.app.engine) as session:
        (reopening,) = session.exec(select(Reopening)).all()
        assert (reopening.signature_id, reopening.until) == (first.id, date(2024, 4, 5))


async def test_a_card_of_a_closed_quarter_is_dated_today_with_one_tap(stage: Stage) -> None:
    ana, diego = await stage.enter(ANA), await stage.enter(DIEGO)
    await move(stage, "2024-04-02 09:00")
    await sign(stage, diego)
    await card(ana)
    await ana.tap("📅 Fecharla hoy")
    changed = await ana.wait_for("martes 2 de abril")
    assert "firmado" not in changed.text
    await ana.tap("✅ Registrar")
    await ana.wait_for("Registrada")


async def test_a_card_sent_before_the_close_can_be_confirmed_until_noon(stage: Stage) -> None:
    """Its message came in time, so it may be confirmed until noon of the next working day."""
    ana, bea = await stage.enter(ANA), await stage.enter(DIEGO)
    await move(stage, "2024-04-05 23:50")
    await card(ana)
    await card(bea)
    await move(stage, "2024-04-08 11:50")
    await ana.tap("✅ Registrar")
    await ana.wait_for("Registrada")
    await move(stage, "2024-04-08 12:01")
    await bea.tap("✅ Registrar")
    late = await bea.wait_for("ya cerró")
    assert ["📅 Fecharla hoy"] in late.keyboard()
    await card(ana)
    assert "ya cerró" in (await ana.last()).text


async def test_activities_of_a_signed_quarter_cannot_be_changed(stage: Stage) -> None:
    ana, diego, paloma = [await stage.enter(each) for each in (ANA, DIEGO, PALOMA)]
    number = store(stage.app.engine, line=1, by=ANA.telegram_id, claimed=(Claimed(1), Claimed(4, 4)))
    await move(stage, "2024-04-02 09:00")
    await sign(stage, diego)
    await ana.send(f"/actividad_{number}")
    shown = await ana.wait_for(f"n.º {number}")
    for label in ("✏️ Corregir", "🗑 Retirar"):
        await ana.tap(label, shown)
        refused = await ana.wait_for("ya está firmado")
        assert refused.keyboard() == [["🔓 Pedir reapertura"]]
    await ana.tap("🔓 Pedir reapertura")
    await ana.answer()
    await ana.tap("🔓 Pedir reapertura")
    await ana.answer()
    await stage.settled()
    asked = [each for each in await paloma.messages() if "pide reabrir" in each.text]
    assert len(asked) == 1

    await ana.send(f"/actividad_{number}")
    await ana.wait_for(f"n.º {number}")
    await ana.tap("☑️")
    await ana.wait_for("Ya cuenta")
    await ana.tap("Todo")
    await ana.wait_for("¿desde qué día cuenta?")
    await ana.send("31 de marzo")
    refused = await ana.wait_for("ya está firmado")
    await ana.tap("📅 Fecharla hoy", refused)
    await ana.wait_for("martes 2 de abril")
    await ana.tap("✅ Registrar")
    await ana.wait_for("cuenta desde el 2 de abril")


async def test_two_taps_sign_once(office: Stage) -> None:
    diego = await office.enter(DIEGO)
    await move(office, "2024-04-02 09:00")
    say_all(office)
    await diego.send("/firmar")
    page = await diego.wait_for("Por firmar")
    data = page.rows[0][0].data or ""
    for _ in range(3):
        await diego.forge(data, page)
    await office.settled()
    assert len(rows(office)) == 1
    await diego.send("/firmar T1")
    await diego.wait_for("ya está firmado")
    await diego.send("/firmar")
    await diego.wait_for("No hay ningún trimestre por firmar")


async def test_a_quarter_changed_since_it_was_shown_is_shown_again(stage: Stage) -> None:
    diego = await stage.enter(DIEGO)
    await move(stage, "2024-04-02 09:00")
    say_all(stage)
    await diego.send("/firmar")
    await diego.wait_for("Por firmar")
    store(stage.app.engine, line=1, claimed=(Claimed(1),))
    await diego.tap("✅ Firmar")
    assert "Algo cambió" in ((await diego.answer()).text or "")
    assert rows(stage) == []
    again = await diego.wait_for("Por firmar")
    assert "1 de 16 actas" in again.text


async def test_observers_read_the_activities_of_signed_quarters(stage: Stage) -> None:
    diego, olga = await stage.enter(DIEGO), await stage.enter(OLGA)
    number = store(stage.app.engine, line=1, narrative="Se celebró la sesión.", claimed=(Claimed(1),))
    later = store(stage.app.engine, line=1, on=date(2024, 4, 1), narrative="Otra.", claimed=(Claimed(1),))
    await move(stage, "2024-04-02 09:00")
    await olga.send("/actividades")
    assert f"n.º {number}" not in (await olga.wait_for("Actividades")).text
    await sign(stage, diego)
    await olga.send("/actividades")
    listed = (await olga.wait_for("Actividades")).text
    assert "Se celebró la sesión." in listed and "Otra." not in listed
    await olga.send(f"/actividad_{number}")
    shown = await olga.wait_for("Se celebró la sesión.")
    assert not re.search("Corregir|Retirar", str(shown.keyboard()))
    await olga.send(f"/actividad_{later}")
    await olga.wait_for("No encuentro esa actividad")
    await olga.send("/avance juridica T1 1")
    await olga.wait_for("Línea 1")
    await olga.tap("¿De dónde sale?")
    assert "«Se celebró la sesión.»" in (await olga.wait_for("De dónde sale")).text


async def test_evidence_is_accepted_until_the_signature_and_undo_until_the_grace_period_ends(
    stage: Stage,
) -> None:
    ana, diego = await stage.enter(ANA), await stage.enter(DIEGO)
    await move(stage, "2024-04-05 23:55")
    await card(ana)
    await move(stage, "2024-04-08 11:55")
    await ana.tap("✅ Registrar")
    done = await ana.wait_for("Registrada")
    await ana.send_photo(photographs.drawn(), reply_to=done.id)
    await ana.wait_for("1 foto")
    await move(stage, "2024-04-08 12:01")
    await ana.tap("↩️ Deshacer", done)
    await ana.wait_for("ya cerró")
    await ana.send_photo(photographs.drawn(colour="navy"), reply_to=done.id)
    await ana.wait_for("2 fotos")
    await sign(stage, diego)
    await ana.send_photo(photographs.drawn(colour="gold"), reply_to=done.id)
    refused = await ana.wait_for("ya está firmado")
    assert refused.keyboard() == [["🔓 Pedir reapertura"]]
    seen = len(await ana.messages())
    album = [photographs.drawn(each) for each in (61, 62, 63)]
    await ana.send_album(album, reply_to=done.id, arrive=1)
    await ana.wait_for("ya está firmado")
    for _ in album[1:]:  # each in a separate batch
        await ana.arrive(1)
        await stage.settled()
    assert len(await ana.messages()) == seen + len(album) + 1


async def test_before_any_quarter_has_ended_it_says_so_and_from_when_one_is_signed(stage: Stage) -> None:
    diego = await stage.enter(DIEGO)
    await diego.send("/firmar")
    said = (await diego.wait_for("se firma desde")).text
    assert (
        said
        == "Todavía no termina ningún trimestre. El 1er trimestre 2024 se firma desde el domingo 31 de marzo."
    )
