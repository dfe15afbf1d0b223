"""The text for the report: shown on the card, changed there, by a reply or later, kept with its versions."""

from datetime import date, datetime
from zoneinfo import ZoneInfo

from sqlmodel import Session, select

from models.programme.view import programmes
from models.quarter import Quarter
from models.storage import database
from models.tables.activity import Activity, Revision
from reports.quarterly.content import Report
from reports.quarterly.making import make
from tests.handlers.quarter_end.test_signing import move, rows, say_all
from tests.support.database.registered_activities import store
from tests.support.database.signed_quarter import signed, unit_of
from tests.support.phones.phone import Phone
from tests.support.phones.stage import ANA, DIEGO, PALOMA, Stage

ZONE = ZoneInfo("America/Mexico_City")
TYPED = "hola buenas tardes, ayer levantamos 1 acta de la sesion del Órgano de Gobierno 🎉"
PRINTED = "Se levantó 1 acta de la sesión del Órgano de Gobierno."
T1 = Quarter(2024, 1)


async def card(stage: Stage, text: str = TYPED) -> Phone:
    ana = await stage.enter(ANA)
    await ana.send(text)
    await ana.wait_for("Por registrar")
    return ana


def stored(stage: Stage) -> Activity:
    with database.transaction(stage.app.engine) as session:
        return session.exec(select(Activity)).one()


async def test_the_card_shows_it_and_it_is_registered(stage: Stage) -> None:
    ana = await card(stage)
    shown = (await ana.last()).text
    assert f"En el informe: {PRINTED}" in shown and TYPED in shown
    await ana.tap("✅ Registrar")
    await ana.wait_for("Registrada")
    activity = stored(stage)
    assert (activity.narrative, activity.report_text) == (TYPED, PRINTED)


async def test_a_text_that_differs_by_its_day_alone_is_not_shown(stage: Stage) -> None:
    ana = await card(stage, "Ayer sesionó el Órgano de Gobierno: 1 acta y 4 acuerdos, 4 por publicar")
    assert "En el informe" not in (await ana.last()).text


async def test_it_is_changed_on_the_card_and_by_a_reply(stage: Stage) -> None:
    ana = await card(stage)
    await ana.tap("Más…")
    await ana.wait_for("¿Qué dato quiere cambiar?")
    await ana.tap("Texto del informe")
    asked = await ana.wait_for("Así lo dirá el informe")
    assert PRINTED in asked.text
    await ana.send("Se celebró la sesión y se levantó 1 acta.")
    await ana.wait_for("En el informe: Se celebró la sesión y se levantó 1 acta.")
    await ana.send("en el informe: Se levantó el acta de la sesión, 1 en total.")
    await ana.wait_for("En el informe: Se levantó el acta de la sesión, 1 en total.")
    await ana.tap("✅ Registrar")
    await ana.wait_for("Registrada")
    assert stored(stage).report_text == "Se levantó el acta de la sesión, 1 en total."
    assert stored(stage).narrative == TYPED


async def test_another_narrative_makes_another_text(stage: Stage) -> None:
    ana = await card(stage)
    sent = next(each for each in await ana.messages() if each.text == TYPED)
    await ana.tap("✅ Registrar")
    await ana.wait_for("Registrada")
    await ana.edit(sent, "ayer firmamos 1 acta de la sesion del Órgano de Gobierno")
    await ana.wait_for("Corregir la n.º 1")
    await ana.tap("✅ Guardar corrección")
    await ana.wait_for("Corregida la n.º 1")
    assert stored(stage).report_text == "Se firmó 1 acta de la sesión del Órgano de Gobierno."
    with database.transaction(stage.app.engine) as session:
        assert session.exec(select(Revision)).one().content["report_text"] == PRINTED


async def test_a_director_changes_it_after_the_close_but_not_once_signed(stage: Stage) -> None:
    store(stage.app.engine, by=ANA.telegram_id, narrative="ayer hicimos 1 documento")
    await stage.move_to(datetime(2024, 4, 9, 9, tzinfo=ZONE))
    await stage.settled()
    diego = await stage.enter(DIEGO)
    await diego.send("/informe juridica T1")
    await diego.wait_for("¿En qué formato lo quiere?")
    await diego.tap("📝 Textos")
    page = await diego.wait_for("Textos del informe")
    assert "El 19 de marzo se hizo 1 documento." in page.text
    await diego.tap("✏️ n.º 1")
    await diego.wait_for("Así lo dirá el informe")
    await diego.send("Se elaboró 1 documento normativo.")
    await diego.wait_for("Corregir la n.º 1")
    await diego.tap("✅ Guardar corrección")
    await diego.wait_for("Corregida la n.º 1")
    assert stored(stage).report_text == "Se elaboró 1 documento normativo."
    with database.transaction(stage.app.engine) as session:
        signed(session, DIEGO.telegram_id, unit_of(session), T1, stage.app.clock.now())
    await diego.send("/informe juridica T1")
    await diego.wait_for("¿En qué formato lo quiere?")
    await diego.tap("📝 Textos")
    page = await diego.wait_for("Ya está firmado")
    assert "✏️" not in str(page.keyboard())


async def test_activities_are_told_together_once_somebody_confirms_it(stage: Stage) -> None:
    for day in (5, 12, 19):
        store(
            stage.app.engine,
            by=ANA.telegram_id,
            narrative="Se elaboró 1 documento.",
            on=date(2024, 3, day),
        )
    paloma = await stage.enter(PALOMA)
    await paloma.send("/informe juridica T1")
    await paloma.wait_for("¿En qué formato lo quiere?")
    await paloma.tap("📝 Textos")
    page = await paloma.wait_for("Pueden ir en un solo párrafo")
    assert "Se elaboraron 3 documentos en marzo." in page.text.replace("3 Documentos", "3 documentos")
    await paloma.tap("🔗 Línea 2: en un solo párrafo")
    await paloma.wait_for("En un solo párrafo")
    with database.transaction(stage.app.engine) as session:
        report = making(session)
        line = next(each for each in report.units[0].lines if each.number == 2)
        first, *others = line.activities
        assert len(first.paragraphs) == 1 and first.paragraphs[0].startswith(line.summary or "?")
        assert first.paragraphs[0].count("Se elaboró 1 documento.") == 3
        assert [each.paragraphs for each in others] == [(), ()]
    store(stage.app.engine, narrative="Se elaboró otro.")
    with database.transaction(stage.app.engine) as session:
        line = next(each for each in making(session).units[0].lines if each.number == 2)
        assert line.summary is None and all(each.paragraphs for each in line.activities)


def making(session: Session) -> Report:
    return make(session, programmes(session).years[2024], T1, date(2024, 3, 20), unit_of(session))


async def test_what_is_signed_contains_the_text(stage: Stage) -> None:
    store(stage.app.engine, narrative="ayer hicimos 1 documento")
    diego = await stage.enter(DIEGO)
    await move(stage, "2024-04-02 09:00")
    say_all(stage)
    await diego.send("/firmar")
    await diego.wait_for("Por firmar")
    await diego.tap("✅ Firmar")
    await diego.wait_for("Firmado")
    (signature,) = rows(stage)
    assert '"report_text":"El 19 de marzo se hizo 1 documento."' in signature.snapshot
    assert '"narrative":"ayer hicimos 1 documento"' in signature.snapshot
