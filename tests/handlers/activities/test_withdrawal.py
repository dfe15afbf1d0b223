"""Withdrawing an activity, and taking back a settlement."""

import pytest
from sqlmodel import select

from models.storage import audit, database
from models.tables.activity import Activity, Settlement
from models.tables.audit import Audit
from tests.support.database.registered_activities import Claimed, store
from tests.support.phones.phone import Phone
from tests.support.phones.stage import ANA, DIEGO, Stage


def activity_of(stage: Stage, number: int) -> Activity:
    with database.transaction(stage.app.engine) as session:
        return session.get_one(Activity, number)


async def show(phone: Phone, number: int) -> None:
    await phone.send(f"/actividad_{number}")
    await phone.wait_for(f"Actividad n.º {number}")


async def settle(phone: Phone, number: int, quantity: str) -> None:
    await show(phone, number)
    for label in ("☑️ Ya cuenta", quantity, "Hoy", "✅ Registrar"):
        await phone.tap(label)
        await phone.wait_for(lambda message: True)


@pytest.mark.parametrize(("button", "text"), [("Duplicada", ""), ("", "La registré <dos> veces")])
async def test_a_withdrawn_activity_counts_nothing_and_stays_stored(
    stage: Stage, button: str, text: str
) -> None:
    ana = await stage.enter(ANA)
    number = store(stage.app.engine, line=1, by=ANA.telegram_id, claimed=(Claimed(2), Claimed(4, 3)))
    await settle(ana, number, "2")
    await show(ana, number)
    await ana.tap("🗑 Retirar")
    asked = await ana.wait_for("¿Por qué se retira?")
    assert "2 actas" in asked.text and "Se hizo lo previsto." in asked.text
    card = asked
    if button:  # one message and two taps
        await ana.tap(button)
    else:
        await ana.send(text)
        card = await ana.wait_for(f"Motivo: {text}")
        assert activity_of(stage, number).withdrawn_at is None
        await ana.tap("✅ Retirar")
    await ana.wait_for(f"Retirada la n.º {number}: {button or text}")
    activity = activity_of(stage, number)
    assert activity.withdrawal_reason == button or text
    assert activity.withdrawn_by == activity.registered_by
    await ana.send("/avance juridica")
    assert "0 de 16 actas · 0 de 12 acuerdos" in (await ana.wait_for("Dirección Jurídica")).text
    for forged in (card.rows[0][0].data, f"fix:{number}", f"void:{number}", "settle:2", "unset:1"):
        await ana.forge(forged or "", card)
        assert (await ana.answer()).text
    await show(ana, number)
    assert (await ana.last()).keyboard()[-1] == ["⬅️ A la lista"]
    with database.transaction(stage.app.engine) as session:
        assert [each.action for each in session.exec(select(Audit)).all()].count("withdraw") == 1
        assert audit.verify(session).broken_at is None


async def test_a_long_reason_is_kept_as_far_as_it_goes(stage: Stage) -> None:
    ana = await stage.enter(ANA)
    number = store(stage.app.engine, by=ANA.telegram_id)
    await show(ana, number)
    await ana.tap("🗑 Retirar")
    await ana.wait_for("¿Por qué se retira?")
    await ana.send("Se capturó en otra línea. " * 20)
    card = await ana.wait_for("Motivo: Se capturó")
    assert "aquí caben 300" in card.text
    await ana.tap("✅ Retirar")
    await ana.wait_for("Retirada la n.º")
    assert len(activity_of(stage, number).withdrawal_reason or "") <= 300


@pytest.mark.parametrize("reason", ["👎", "-"])
async def test_a_reason_has_words(stage: Stage, reason: str) -> None:
    ana = await stage.enter(ANA)
    number = store(stage.app.engine, by=ANA.telegram_id)
    await show(ana, number)
    await ana.tap("🗑 Retirar")
    await ana.wait_for("¿Por qué se retira?")
    await ana.send(reason)
    await ana.wait_for("con palabras")


async def test_an_activity_corrected_in_the_meantime_is_not_withdrawn(stage: Stage) -> None:
    ana, diego = await stage.enter(ANA), await stage.enter(DIEGO)
    number = store(stage.app.engine, by=ANA.telegram_id)
    await show(diego, number)
    await diego.tap("🗑 Retirar")
    await diego.wait_for("¿Por qué se retira?")
    await show(ana, number)
    for label in ("✏️ Corregir", "Día", "Ayer", "✅ Guardar corrección"):
        await ana.tap(label)
        await ana.wait_for(lambda message: True)
    await diego.tap("Duplicada")
    assert "Alguien corrigió" in (await diego.answer()).text
    assert activity_of(stage, number).withdrawn_at is None


async def test_a_settlement_can_be_taken_back(stage: Stage) -> None:
    ana, diego = await stage.enter(ANA), await stage.enter(DIEGO)
    number = store(stage.app.engine, line=1, by=ANA.telegram_id, claimed=(Claimed(1), Claimed(4, 3)))
    await settle(diego, number, "2")
    await show(ana, number)
    shown = await ana.last()
    assert "4 acuerdos (2 cuentan desde el 20 de marzo; 1 por publicar)" in shown.text
    assert not any(
        "Quitar" in text for row in shown.keyboard() for text in row
    )  # somebody else made the settlement
    await ana.forge("unset:1", shown)
    assert "quien la registró" in (await ana.answer()).text
    await show(diego, number)
    await diego.tap("↩️ Quitar lo que ya contaba")
    await diego.wait_for("Toque lo que no debía contar")
    choice = await diego.last()
    await diego.tap("↩️ 2 acuerdos, desde el 20 de marzo")
    await diego.wait_for("2 acuerdos de la actividad n.º 1 vuelven a quedar por publicar")
    await diego.forge("unset:1", choice)
    assert "ya se había quitado" in (await diego.answer()).text
    await show(diego, number)
    assert "4 acuerdos (3 por publicar)" in (await diego.last()).text
    with database.transaction(stage.app.engine) as session:
        (settlement,) = session.exec(select(Settlement)).all()
        assert settlement.undone_at is not None and settlement.undone_by == settlement.registered_by
        assert "take back" in [each.action for each in session.exec(select(Audit)).all()]
