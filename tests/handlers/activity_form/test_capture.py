"""Guided capture over HTTP: every step, back, cancel, undo, and mistyped answers."""

import pytest
from sqlmodel import col, select

from models.storage import database
from models.tables.activity import Activity, DocumentNumber, Entry
from tests.support.phones.optional_fields import answer_optional
from tests.support.phones.phone import Phone
from tests.support.phones.stage import ANA, DIEGO, OLGA, PALOMA, TERE, Stage

STEPS_TO_NARRATIVE = ("1 · ", "1", "4", "Ninguno", "Ayer")


async def tap_through(phone: Phone, *labels: str) -> None:
    for label in labels:
        await phone.tap(label)
        await phone.wait_for(lambda message: True)


async def to_card(phone: Phone, narrative: str = "Se celebró la sesión.") -> None:
    """Capture 1 acta and 4 acuerdos of yesterday, up to the card."""
    await phone.send("/registrar")
    await phone.wait_for("línea de acción")
    await tap_through(phone, *STEPS_TO_NARRATIVE)
    await phone.send(narrative)
    await answer_optional(phone)
    await phone.wait_for("Por registrar")


def stored(stage: Stage) -> list[Activity]:
    with database.transaction(stage.app.engine) as session:
        return list(session.exec(select(Activity).order_by(col(Activity.id))).all())


async def test_an_activity_is_registered_by_taps_and_two_texts(stage: Stage) -> None:
    ana = await stage.enter(ANA)
    await ana.send("/registrar")
    await ana.wait_for("¿A qué línea de acción corresponde?")
    await ana.tap("1 · ")
    await ana.wait_for("actas")
    await ana.tap("1")
    await ana.wait_for("acuerdos")
    await ana.send("4")
    await ana.wait_for("pendiente")
    await ana.tap("3")
    await ana.wait_for("¿Qué día fue?")
    await ana.send("del 13 al 14 de marzo")
    await ana.wait_for("qué se hizo")
    await ana.send("Se celebró la primera sesión.")
    await answer_optional(
        ana,
        people="9 (6 mujeres y 3 hombres), 2 academia",
        place="Sala de Presidentes",
        documents="SESAECH/DJ/012/2024, SESAECH/DJ/013/2024",
    )
    card = await ana.wait_for("Por registrar")
    for words in ("1 acta", "4 acuerdos", "3 por publicar", "del 13 al 14 de marzo", "6 mujeres", "Sala de"):
        assert words in card.text
    assert card.keyboard()[0] == ["✅ Registrar"]
    assert card.keyboard()[-1] == ["✖️ Cancelar"]
    assert stored(stage) == []
    await ana.tap("✅ Registrar")
    done = await ana.wait_for("Registrada")
    assert done.keyboard() == [["↩️ Deshacer", "✏️ Corregir"]]
    (activity,) = stored(stage)
    assert (activity.women, activity.men, activity.academia) == (6, 3, 2)
    assert activity.place == "Sala de Presidentes"
    with database.transaction(stage.app.engine) as session:
        assert sorted((each.quantity, each.pending) for each in session.exec(select(Entry)).all()) == [
            (1, 0),
            (4, 3),
        ]
        assert len(session.exec(select(DocumentNumber)).all()) == 2


async def test_back_goes_one_step_and_keeps_the_answers(stage: Stage) -> None:
    ana = await stage.enter(ANA)
    await to_card(ana)
    await ana.tap("Día")
    await ana.wait_for("¿Qué día fue?")
    await ana.tap("⬅️ Atrás")
    await ana.wait_for("pendiente")
    await ana.tap("2")
    card = await ana.wait_for("Por registrar")
    assert "2 por publicar" in card.text


async def test_changing_the_line_asks_for_its_quantities(stage: Stage) -> None:
    ana = await stage.enter(ANA)
    await to_card(ana)
    await tap_through(ana, "Línea", "2 · ")
    question = await ana.last()
    assert "documentos" in question.text
    await ana.tap("1")
    card = await ana.wait_for("Por registrar")
    assert "1 documento" in card.text
    assert "acta" not in card.text


async def test_cancelling_registers_nothing(stage: Stage) -> None:
    ana = await stage.enter(ANA)
    await to_card(ana)
    await ana.tap("✖️ Cancelar")
    await ana.wait_for("cancelada")
    await ana.send("/cancelar")
    await ana.wait_for("No tiene nada a medias")
    assert stored(stage) == []


async def test_undo_within_ten_minutes_and_not_after(stage: Stage) -> None:
    ana = await stage.enter(ANA)
    for minutes, said in ((9, "quedó deshecha"), (11, "diez minutos")):
        await to_card(ana)
        await ana.tap("✅ Registrar")
        done = await ana.wait_for("Registrada")
        undo = next(each for each in done.buttons() if each.text == "↩️ Deshacer")
        stage.world.advance(60 * minutes)
        await ana.forge(undo.data or "", done)  # the button goes when it can be undone no longer
        if minutes < 10:
            assert "Por registrar" in (await ana.wait_for(said)).text  # the card is back
            await ana.tap("✖️ Cancelar")
            await ana.wait_for("cancelada")
        else:
            assert said in (await ana.answer()).text
    first, second = stored(stage)
    assert first.withdrawn_at is not None
    assert second.withdrawn_at is None


async def test_five_taps_on_one_button_register_once(stage: Stage) -> None:
    ana = await stage.enter(ANA)
    await to_card(ana)
    card = await ana.last()
    data = next(button.data for button in card.buttons() if button.text == "✅ Registrar")
    assert data is not None
    for _ in range(5):
        await ana.forge(data, card)
    answer = await ana.answer()
    assert "ya quedó registrada" in answer.text
    await stage.settled()
    assert len(stored(stage)) == 1


async def test_somebody_elses_draft_cannot_be_pressed(stage: Stage) -> None:
    ana, tere = await stage.enter(ANA), await stage.enter(TERE)
    await to_card(ana)
    card = await ana.last()
    data = next(button.data for button in card.buttons() if button.text == "✅ Registrar")
    assert data is not None
    await tere.send("/registrar")
    own = await tere.wait_for("línea de acción")
    await tere.forge(data, own)
    assert "otra persona" in (await tere.answer()).text
    for forged in ("d", "d:", "d:x:y:ok", "d:999999:1:ok", "zzz:1", "undo:1", "undo:x", "settle:1", "p:?"):
        await tere.forge(forged, own)
        assert (await tere.answer()).text
    assert stored(stage) == []


async def test_an_old_button_is_answered_as_stale(stage: Stage) -> None:
    ana = await stage.enter(ANA)
    await ana.send("/registrar")
    first = await ana.wait_for("línea de acción")
    data = first.rows[0][0].data
    assert data is not None
    await tap_through(ana, "1 · ")
    await ana.forge(data, first)
    assert "ya no está vigente" in (await ana.answer()).text


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("-3", "No entendí la cantidad"),
        ("1e9", "No entendí la cantidad"),
        ("casi doce", "No entendí la cantidad"),
        ("doce oficios", "No entendí la cantidad"),
        ("12,5", "enteros"),
        ("12.5", "enteros"),
        ("999999999", "demasiado grande"),
        ("9" * 30, "demasiado grande"),
        ("<b>", "No entendí la cantidad"),
        ("{{7*7}}", "No entendí la cantidad"),
        ("👍", "No entendí la cantidad"),
        ("x" * 4096, "No entendí la cantidad"),
    ],
)
async def test_an_unreadable_quantity_is_asked_again(stage: Stage, text: str, said: str) -> None:
    ana = await stage.enter(ANA)
    await ana.send("/registrar")
    await ana.wait_for("línea de acción")
    await tap_through(ana, "1 · ")
    await ana.send(text)
    await ana.wait_for(said)
    await ana.send("\u202e2")  # the direction character is removed
    await ana.wait_for("acuerdos")


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("21/03", "todavía no llega"),
        ("31/02", "no existe"),
        ("31/12/2023", "programa de 2024"),
        ("mañana quizá", "No entendí la fecha"),
        ("del 6 al 4 de marzo", "antes que el último"),
        ("lunes 12 de marzo", "lunes 12/03 no existe"),  # that day was a Tuesday
    ],
)
async def test_an_impossible_day_is_asked_again(stage: Stage, text: str, said: str) -> None:
    ana = await stage.enter(ANA)
    await ana.send("/registrar")
    await ana.wait_for("línea de acción")
    await tap_through(ana, "2 · ", "1")
    await ana.send(text)
    await ana.wait_for(said)
    await ana.send("13/03")
    await ana.wait_for("qué se hizo")


@pytest.mark.parametrize("text", ["<b>negritas & más</b>", "{{7*7}}", "שלום عالم", "á" * 3000, "1 < 2 «así»"])
async def test_a_narrative_is_kept_as_it_was_typed(stage: Stage, text: str) -> None:
    ana = await stage.enter(ANA)
    await to_card(ana, text)
    await ana.tap("✅ Registrar")
    await ana.wait_for("Registrada")
    assert [each.narrative for each in stored(stage)] == [text]


async def test_a_long_narrative_is_kept_as_far_as_it_goes(stage: Stage) -> None:
    ana = await stage.enter(ANA)
    await ana.send("/registrar")
    await ana.wait_for("línea de acción")
    await tap_through(ana, *STEPS_TO_NARRATIVE)
    told = "Se celebró la sesión y se revisó el orden del día. " * 70
    await ana.send(told)
    asked = await ana.wait_for("participaron")
    assert "aquí caben 3,000: quedó hasta «…" in asked.text
    await answer_optional(ana)
    await ana.wait_for("Por registrar")
    await ana.tap("✅ Registrar")
    await ana.wait_for("Registrada")
    (activity,) = stored(stage)
    assert told.startswith(activity.narrative)
    assert 2_900 < len(activity.narrative) <= 3_000 and activity.narrative.endswith(".")


async def test_empty_narratives_and_wrong_sums_are_refused(stage: Stage) -> None:
    ana = await stage.enter(ANA)
    await ana.send("/registrar")
    await ana.wait_for("línea de acción")
    await tap_through(ana, *STEPS_TO_NARRATIVE)
    await ana.send("👍👍")
    await ana.wait_for("con palabras")
    await ana.send("Se celebró.")
    await ana.wait_for("participaron")
    await ana.send("9 (6 mujeres y 4 hombres)")
    await ana.wait_for("no suman 9")
    await ana.send("muchos")
    await ana.wait_for("No entendí")


async def test_with_several_units_the_unit_is_asked(stage: Stage) -> None:
    paloma = await stage.enter(PALOMA)
    await paloma.send("/registrar")
    await paloma.wait_for("órgano administrativo")
    await paloma.send("Dirección de Vuelo")
    await paloma.wait_for("No reconozco")
    await paloma.send("jurídico")
    await paloma.wait_for("Dirección Jurídica")


async def test_a_restart_at_any_step_loses_nothing(stage: Stage) -> None:
    ana = await stage.enter(ANA)
    await ana.send("/registrar")
    await ana.wait_for("línea de acción")
    for label in STEPS_TO_NARRATIVE:
        await stage.settled()
        await stage.stop_bot()
        await ana.tap(label)
        await stage.start_bot()
        await ana.wait_for(lambda message: True)
    await stage.stop_bot()
    await ana.send("Se celebró la sesión.")
    await stage.start_bot()
    await answer_optional(ana)
    await ana.wait_for("Por registrar")
    await stage.stop_bot()
    await ana.tap("✅ Registrar")
    await stage.start_bot()
    await ana.wait_for("Registrada")
    assert len(stored(stage)) == 1


async def test_an_open_capture_is_shown_again_and_another_may_begin(stage: Stage) -> None:
    ana = await stage.enter(ANA)
    await to_card(ana)
    await ana.send("/registrar")
    shown = await ana.wait_for("sin registrarse")
    assert "Por registrar" in shown.text
    await ana.tap("🆕 Empezar otra")
    await ana.wait_for("¿A qué línea de acción")


async def test_a_pending_quantity_counts_after_its_settlement(stage: Stage) -> None:
    ana, diego = await stage.enter(ANA), await stage.enter(DIEGO)
    await ana.send("/registrar")
    await ana.wait_for("línea de acción")
    await tap_through(ana, "1 · ", "1", "4", "3", "Ayer")
    await ana.send("Sesión con acuerdos.")
    await answer_optional(ana)
    await ana.wait_for("Por registrar")
    await tap_through(ana, "✅ Registrar")
    await diego.send("/actividades")
    listed = await diego.wait_for("Actividades registradas")
    assert "3 por publicar" in listed.text
    await tap_through(diego, "☑️ Ya cuenta", "2", "Hoy", "✅ Registrar")
    assert "Quedan por publicar: 1" in (await diego.last()).text
    await diego.send("/actividades")
    assert "1 por publicar" in (await diego.wait_for("Actividades registradas")).text
    await diego.tap("☑️ Ya cuenta")
    await diego.wait_for("Hay 1 acuerdo por publicar")
    await diego.send("5")
    await diego.wait_for("más de lo que queda")


async def test_people_without_the_right_are_not_offered_a_capture(stage: Stage) -> None:
    olga = await stage.enter(OLGA)
    await olga.send("buenas, esto es una prueba")
    said = await olga.wait_for("Recibí su mensaje")
    assert "no lo registré" in said.text and "📝" not in str(said.keyboard())
