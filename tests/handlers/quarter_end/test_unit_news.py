"""Who is told what when a quarter is signed, a reopening is asked for, or a target changes."""

import re
from datetime import datetime
from zoneinfo import ZoneInfo

from sqlmodel import select

from models.quarter import Quarter
from models.storage import database
from models.tables.people import Role
from models.tables.signature import Reopening, ReopeningRequest
from tests.handlers.programme.test_importing import YAML, sent
from tests.handlers.programme.test_programme import adjusted
from tests.support.database.registered_activities import Claimed, store
from tests.support.database.signed_quarter import explain, unit_of
from tests.support.phones.phone import Message, Phone
from tests.support.phones.stage import ANA, DIEGO, PALOMA, TERE, Part, Stage

ZONE = ZoneInfo("America/Mexico_City")
T1 = Quarter(2024, 1)
ACTA = "El 13 de marzo se celebró la sesión extraordinaria del Órgano de Gobierno: 1 acta"
BRUNO = Part(109, "Bruno Enlace", Role.STAFF, "juridica")
PILAR = Part(108, "Pilar Planeación", Role.PLANNING)


async def to_april(stage: Stage) -> None:
    await stage.move_to(datetime(2024, 4, 2, 9, tzinfo=ZONE))
    await stage.settled()


async def sign(stage: Stage, diego: Phone) -> Message:
    with database.transaction(stage.app.engine) as session:
        explain(session, unit_of(session), T1, stage.app.clock.now())
    await diego.send("/firmar")
    await diego.wait_for("Por firmar")
    await diego.tap("✅ Firmar")
    return await diego.wait_for("Firmado")


async def card(phone: Phone) -> Message:
    await phone.send(ACTA)
    return await phone.wait_for("Por registrar")


async def ask_to_reopen(ana: Phone) -> None:
    await card(ana)
    await ana.tap("🔓 Pedir reapertura")
    assert "Planeación ya tiene su petición" in ((await ana.answer()).text or "")


async def texts(stage: Stage, phone: Phone) -> str:
    await stage.settled()
    return "\n".join(each.text for each in await phone.messages() if each.from_bot)


async def test_a_signature_is_told_to_planning_and_to_the_unit_with_its_waiting_cards(stage: Stage) -> None:
    ana, bruno, tere = [await stage.enter(each) for each in (ANA, BRUNO, TERE)]
    diego, paloma = await stage.enter(DIEGO), await stage.enter(PALOMA)
    await to_april(stage)
    await card(ana)
    await sign(stage, diego)
    news = await paloma.wait_for("Diego Director firmó el 1er trimestre 2024 de la Dirección Jurídica")
    assert "Van 1 de 6 unidades firmadas" in news.text
    mine = await ana.wait_for("ya no admite cambios")
    assert "Tiene 1 tarjeta de ese trimestre sin registrar" in mine.text
    await ana.tap("📝 El 13 de marzo", mine)
    again = await ana.wait_for("Por registrar")
    assert ["📅 Fecharla hoy"] in again.keyboard()
    theirs = await bruno.wait_for("ya no admite cambios")
    assert "tarjeta" not in theirs.text
    assert "firmó" not in await texts(stage, tere)
    assert (await texts(stage, diego)).count("firmó el") == 0


async def test_the_signed_pdf_is_one_tap_below_the_signature(stage: Stage) -> None:
    diego, paloma = await stage.enter(DIEGO), await stage.enter(PALOMA)
    store(stage.app.engine, line=1, by=DIEGO.telegram_id, claimed=(Claimed(9), Claimed(12, 3)))
    await to_april(stage)
    told = await sign(stage, diego)
    await diego.tap("📕 PDF firmado", told)
    sent_to_director = await diego.wait_for(lambda message: message.media is not None)
    assert (await diego.fetch(sent_to_director)).startswith(b"%PDF")
    await stage.settled()
    (kept,) = [each for each in await diego.messages() if "Huella:" in each.text]
    assert kept.text == told.text
    await paloma.tap("📕 PDF firmado")
    await paloma.wait_for(lambda message: message.media is not None)


async def test_a_request_that_does_not_proceed_is_answered_with_its_reason(stage: Stage) -> None:
    ana, diego = await stage.enter(ANA), await stage.enter(DIEGO)
    paloma, pilar = await stage.enter(PALOMA), await stage.enter(PILAR)
    await to_april(stage)
    await sign(stage, diego)
    await ask_to_reopen(ana)
    asked = await paloma.wait_for("Ana Juárez pide reabrir")
    assert asked.keyboard()[0] == ["Procede", "No procede"]
    await paloma.tap("No procede", asked)
    await paloma.wait_for("¿Por qué no procede?")
    await paloma.send("El acta es de otro ejercicio")
    await paloma.wait_for("ya le avisé")
    answer = await ana.wait_for("no procede")
    assert "registrar «El 13 de marzo" in answer.text and "El acta es de otro ejercicio" in answer.text
    await pilar.tap("Procede", await pilar.wait_for("Ana Juárez pide reabrir"))
    assert "ya respondió esa petición" in ((await pilar.answer()).text or "")
    with database.transaction(stage.app.engine) as session:
        (request,) = session.exec(select(ReopeningRequest)).all()
        assert request.refusal == "El acta es de otro ejercicio" and request.reopening_id is None
        assert session.exec(select(Reopening)).all() == []


async def test_a_request_that_nobody_answered_is_repeated_once_on_the_next_working_day(stage: Stage) -> None:
    ana, diego, paloma = [await stage.enter(each) for each in (ANA, DIEGO, PALOMA)]
    await to_april(stage)
    await sign(stage, diego)
    await ask_to_reopen(ana)
    assert "Sigue sin respuesta" not in await texts(stage, paloma)
    await stage.move_to(datetime(2024, 4, 3, 9, 30, tzinfo=ZONE))
    again = await paloma.wait_for("Sigue sin respuesta")
    await stage.move_to(datetime(2024, 4, 4, 9, 30, tzinfo=ZONE))
    assert "Ana Juárez pide reabrir" in again.text and again.keyboard()[0] == ["Procede", "No procede"]
    assert (await texts(stage, paloma)).count("Sigue sin respuesta") == 1


async def test_a_refusal_may_have_no_reason(stage: Stage) -> None:
    ana, diego, paloma = [await stage.enter(each) for each in (ANA, DIEGO, PALOMA)]
    await to_april(stage)
    await sign(stage, diego)
    await ask_to_reopen(ana)
    await paloma.tap("No procede", await paloma.wait_for("pide reabrir"))
    await paloma.wait_for("¿Por qué no procede?")
    await paloma.tap("Sin dar motivo")
    await paloma.wait_for("ya le avisé")
    assert "Motivo" not in (await ana.wait_for("no procede")).text


async def test_a_request_below_a_refused_correction_names_the_activity(stage: Stage) -> None:
    ana, diego, paloma = [await stage.enter(each) for each in (ANA, DIEGO, PALOMA)]
    number = store(stage.app.engine, line=1, by=ANA.telegram_id, claimed=(Claimed(9), Claimed(12, 3)))
    await to_april(stage)
    await sign(stage, diego)
    await ana.send(f"/actividad_{number}")
    shown = await ana.wait_for(lambda message: bool(message.rows))
    await ana.forge(f"fix:{number}", shown)
    await ana.tap("🔓 Pedir reapertura", await ana.wait_for("ya está firmado"))
    asked = await paloma.wait_for("pide reabrir")
    assert f"cambiar la actividad n.º {number}, «" in asked.text
    await ana.tap("🔓 Pedir reapertura")
    await stage.settled()
    assert (await texts(stage, paloma)).count("pide reabrir") == 1


async def test_an_adjusted_target_is_told_to_the_unit(stage: Stage) -> None:
    ana, diego, tere = [await stage.enter(each) for each in (ANA, DIEGO, TERE)]
    paloma = await stage.enter(PALOMA)
    await adjusted(paloma, "20", "5 5 5 5", "1 de marzo")
    for phone in (ana, diego):
        told = await phone.wait_for("Planeación ajustó la meta")
        assert "de 16 a 20 actas, desde el 1 de marzo" in told.text
        assert "Motivo: Acuerdo 4 de la segunda sesión" in told.text
    assert "ajustó" not in await texts(stage, tere)


async def test_an_imported_target_is_told_to_the_unit(stage: Stage) -> None:
    ana, diego, tere, paloma = [await stage.enter(each) for each in (ANA, DIEGO, TERE, PALOMA)]
    file = re.sub(r"amount: 16(\s+measure: Actas)\s+plan: .*", r"amount: 18\1", YAML)
    await sent(paloma, file.encode(), "programa.yml")
    for said, asked in (("1 de marzo", "¿Por qué"), ("Acuerdo 4", "oficio"), ("SE/9", "Esto cambiaría")):
        await paloma.send(said)
        await paloma.wait_for(asked)
    await paloma.tap("✅ Aplicar")
    for phone in (ana, diego):
        told = await phone.wait_for("Planeación cambió el programa 2024 de la Dirección Jurídica")
        assert "cantidad 16 → 18" in told.text and "Motivo: Acuerdo 4" in told.text
    assert "programa 2024" not in await texts(stage, tere)
