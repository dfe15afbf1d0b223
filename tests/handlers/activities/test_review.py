"""An activity is returned with a reason, and its author corrects it with one tap."""

import pytest
from sqlmodel import select

from models.storage import audit, database
from models.tables.activity import Activity
from models.tables.audit import Audit
from models.tables.people import Membership, Person, Role
from models.tables.review import Return
from tests.support.database.registered_activities import Claimed, store
from tests.support.files.photographs import drawn
from tests.support.phones.phone import Phone
from tests.support.phones.stage import ANA, DIEGO, PALOMA, Part, Stage

MISMATCH = "No coincide con la evidencia"
DELIA = Part(107, "Delia Directora", Role.DIRECTOR, "juridica")


async def show(phone: Phone, number: int) -> None:
    await phone.send(f"/actividad_{number}")
    await phone.wait_for(f"Actividad n.º {number}")


async def tap_through(phone: Phone, *labels: str) -> None:
    for label in labels:
        await phone.tap(label)
        await phone.wait_for(lambda message: True)


async def give_back(phone: Phone, number: int, field: str = "Cantidad", reason: str = MISMATCH) -> str:
    """One message and two taps."""
    await show(phone, number)
    await tap_through(phone, "↩️ Devolver")
    await phone.tap(f"{field}: {reason[:1].lower()}{reason[1:]}")
    return (await phone.wait_for(f"Devuelta la n.º {number}")).text


def store_now(stage: Stage, by: Part) -> int:
    """Store an activity that the person registers with their present role."""
    number = store(stage.app.engine, by=by.telegram_id)
    with database.transaction(stage.app.engine) as session:
        session.get_one(Activity, number).registered_at = stage.app.clock.now()
    return number


def returns(stage: Stage) -> list[Return]:
    with database.transaction(stage.app.engine) as session:
        return list(session.exec(select(Return)).all())


def deeds(stage: Stage) -> list[str]:
    with database.transaction(stage.app.engine) as session:
        assert audit.verify(session).broken_at is None
        return [each.action for each in session.exec(select(Audit)).all()]


async def test_correcting_a_returned_activity_notifies_the_director(stage: Stage) -> None:
    ana, diego = await stage.enter(ANA), await stage.enter(DIEGO)
    number = store(stage.app.engine, by=ANA.telegram_id, claimed=(Claimed(2),))
    await show(diego, number)
    await diego.tap("↩️ Devolver")
    asked = await diego.wait_for("¿Por qué se devuelve?")
    assert ["Cantidad: no coincide con la evidencia"] in asked.keyboard()
    assert ["No corresponde a esa línea"] in asked.keyboard()
    await diego.send("Fue <1>, no 2")
    await diego.wait_for("Motivo: Fue <1>, no 2")
    await tap_through(diego, "Dato")
    assert (await diego.last()).keyboard()[:2] == [
        ["Cantidad", "Día", "Participantes"],
        ["Evidencia", "Qué se hizo", "Otro"],
    ]
    await diego.tap("Cantidad")
    card = await diego.wait_for("Motivo: Fue <1>, no 2")
    assert returns(stage) == [] and "Dato: Cantidad" in card.text
    await diego.tap("✅ Devolver")
    assert "Ya se lo avisé a Ana Juárez" in (await diego.wait_for("Devuelta la n.º")).text
    told = await ana.wait_for("Diego Director devolvió una actividad que usted registró")
    assert "«Fue <1>, no 2» (Cantidad)" in told.text
    await show(ana, number)
    assert "Devuelta: «Fue <1>, no 2» (Cantidad)" in (await ana.last()).text
    await ana.tap("✏️ Corregir: Cantidad", told)
    await ana.wait_for("¿Qué cantidad de documentos?")
    await diego.look()
    await tap_through(ana, "1")
    await ana.tap("✅ Guardar corrección")
    await ana.wait_for("Corregida la n.º")
    answered = await diego.wait_for("Ana Juárez corrigió la n.º")
    assert "que usted devolvió por «Fue <1>, no 2»" in answered.text
    assert "2 documentos → 1 documento" in answered.text
    await show(diego, number)
    assert "Devuelta" not in (await diego.last()).text
    (given,) = returns(stage)
    assert given.settled_at is not None and given.taken_back_by is None and given.field == "quantity"
    assert deeds(stage).count("return") == deeds(stage).count("answer return") == 1
    await show(diego, number)
    await diego.tap("🕘 Historia")
    history = await diego.wait_for("Historia de la n.º")
    assert "Devuelta: «Fue <1>, no 2» (Cantidad)\nDiego Director el 20 de marzo" in history.text


async def test_a_typed_reason_is_shown_before_it_is_sent(stage: Stage) -> None:
    ana, diego = await stage.enter(ANA), await stage.enter(DIEGO)
    number = store(stage.app.engine, by=ANA.telegram_id)
    await show(diego, number)
    await diego.tap("↩️ Devolver")
    await diego.wait_for("¿Por qué se devuelve?")
    await diego.send("👎")
    await diego.wait_for("con palabras")
    await diego.send("Está duplicada con la anterior")
    assert "Dato: Otro" in (await diego.wait_for("Motivo: Está duplicada con la anterior")).text
    await tap_through(diego, "Dato", "Día")
    assert "Dato: Día\nMotivo: Está duplicada" in (await diego.last()).text
    await tap_through(diego, "Dato", "Otro")
    await diego.tap("✅ Devolver")
    await diego.wait_for("Devuelta la n.º")
    told = await ana.wait_for("devolvió una actividad que usted registró")
    assert told.keyboard() == [["✏️ Corregir"], ["🗂 Ver la actividad"]]
    await ana.tap("✏️ Corregir", told)
    await ana.wait_for("✏️ Corregir la n.º")
    await tap_through(ana, "✖️ Cancelar")
    await ana.tap("🗂 Ver la actividad", told)
    await ana.wait_for("falta corregirla o retirarla")
    await ana.send("/actividades")
    assert "· ↩️ devuelta" in (await ana.wait_for("Actividades registradas")).text
    await show(ana, number)
    await tap_through(ana, "🗑 Retirar", "Duplicada")
    await diego.wait_for(
        "Ana Juárez retiró la n.º 1, que usted devolvió por «Está duplicada con la anterior»"
    )
    (given,) = returns(stage)
    assert given.settled_at is not None and given.field is None


async def test_a_photograph_resolves_a_return_that_asks_for_evidence(stage: Stage) -> None:
    ana, diego = await stage.enter(ANA), await stage.enter(DIEGO)
    number = store(stage.app.engine, by=ANA.telegram_id)
    await give_back(diego, number, "Evidencia", "Falta la evidencia")
    told = await ana.wait_for("devolvió una actividad que usted registró")
    await ana.tap("✏️ Corregir: Evidencia", told)
    await ana.wait_for("Envíe fotos, documentos")
    await tap_through(ana, "✖️ Cancelar")
    await ana.send_photo(drawn(71), reply_to=told.id)
    await diego.wait_for("Ana Juárez agregó evidencia a la n.º")
    assert returns(stage)[0].settled_at is not None


async def test_a_photograph_begins_an_activity_and_is_no_reason(stage: Stage) -> None:
    diego = await stage.enter(DIEGO)
    number = store(stage.app.engine)
    await show(diego, number)
    await tap_through(diego, "↩️ Devolver")
    await diego.send_photo(drawn(72), caption="Hoy 1 acta de la segunda sesión")
    await diego.wait_for("Por registrar")


async def test_an_author_cannot_review_their_own_activity(stage: Stage) -> None:
    diego, paloma = await stage.enter(DIEGO), await stage.enter(PALOMA)
    own, planned = (store(stage.app.engine, by=each.telegram_id) for each in (DIEGO, PALOMA))
    for phone, number in ((diego, own), (paloma, planned)):
        await show(phone, number)
        shown = await phone.last()
        assert "Devolver" not in str(shown.keyboard()) and "Sin revisión" not in shown.text
        for data in (f"ret:{number}", f"unret:{number}"):
            await phone.forge(data, shown)
            assert "Nadie revisa lo suyo" in (await phone.answer()).text
    await give_back(diego, planned)
    await paloma.wait_for("Diego Director devolvió una actividad que usted registró")


async def test_a_directors_own_activity_is_unreviewed_until_planning_accepts_it(stage: Stage) -> None:
    ana, diego, paloma = await stage.enter(ANA), await stage.enter(DIEGO), await stage.enter(PALOMA)
    hers, own = (store_now(stage, each) for each in (ANA, DIEGO))
    await show(paloma, hers)
    assert "Sin revisión" not in (await paloma.last()).text
    await paloma.send("/actividades")
    assert (await paloma.wait_for("Actividades registradas")).text.count("sin revisión") == 1
    await show(paloma, own)
    shown = await paloma.last()
    assert "Sin revisión" in shown.text and ["↩️ Devolver", "👌 Dar por revisada"] in shown.keyboard()
    for phone in (ana, diego):
        await show(phone, own)
        assert "Sin revisión" not in (await phone.last()).text
        await phone.forge(f"rev:{own}:1", await phone.last())
        assert "no está disponible" in (await phone.answer()).text
    await paloma.tap("👌 Dar por revisada", shown)
    assert (await paloma.answer()).text == "Quedó como revisada."
    assert "Sin revisión" not in (await paloma.last()).text
    for number in (own, hers):
        await paloma.forge(f"rev:{number}:1", shown)
        assert "no espera revisión" in (await paloma.answer()).text
    await show(diego, own)
    await tap_through(diego, "✏️ Corregir", "Día", "Ayer", "✅ Guardar corrección")
    await show(paloma, own)
    assert "Sin revisión" in (await paloma.last()).text  # a new version is unreviewed again
    await paloma.forge(f"rev:{own}:1", shown)
    assert "Alguien corrigió" in (await paloma.answer()).text
    await paloma.tap("🕘 Historia")
    assert "👌 Revisada la versión 1\nPaloma Planeación" in (await paloma.wait_for("Historia")).text
    assert deeds(stage).count("review") == 1


async def test_a_return_can_be_taken_back(stage: Stage) -> None:
    ana, diego, paloma = await stage.enter(ANA), await stage.enter(DIEGO), await stage.enter(PALOMA)
    number = store(stage.app.engine, by=ANA.telegram_id)
    await give_back(diego, number)
    await ana.settled()
    await show(paloma, number)
    await paloma.tap("↩️ Retirar la devolución")
    assert (await paloma.answer()).text == "La devolución quedó retirada."
    assert "↩️ Devolver" in str((await paloma.last()).keyboard())
    await ana.wait_for("Paloma Planeación retiró la devolución de la n.º")
    await paloma.forge(f"unret:{number}", await paloma.last())
    assert "ya no está abierta" in (await paloma.answer()).text
    await paloma.tap("🕘 Historia")
    told = (await paloma.wait_for("Historia")).text
    assert told.index("Se retiró la devolución") < told.index("Devuelta: «No coincide con la evidencia»")
    (given,) = returns(stage)
    assert given.taken_back_by is not None and given.taken_back_by != given.returned_by
    assert deeds(stage)[-1] == "take back return"


async def test_the_second_of_two_directors_is_refused(stage: Stage) -> None:
    """The second is told that it was returned already; so is one who saw an earlier version."""
    ana, diego, delia = [await stage.enter(each) for each in (ANA, DIEGO, DELIA)]
    number = store(stage.app.engine, by=ANA.telegram_id)
    for phone in (diego, delia):
        await show(phone, number)
        await tap_through(phone, "↩️ Devolver")
        await phone.send("Es de otro trimestre")
        await phone.wait_for("Motivo: Es de otro trimestre")
    shown = await delia.last()
    await diego.tap("✅ Devolver")
    await diego.wait_for("Devuelta la n.º")
    await delia.tap("✅ Devolver")
    assert "ya está devuelta" in (await delia.answer()).text
    await delia.forge(f"ret:{number}", shown)
    assert "ya está devuelta" in (await delia.answer()).text
    await show(ana, number)
    await tap_through(ana, "✏️ Corregir", "Día", "Ayer", "✅ Guardar corrección")
    await delia.tap("✅ Devolver", shown)
    assert "Alguien corrigió" in (await delia.answer()).text
    assert len(returns(stage)) == 1


@pytest.mark.parametrize("lost", ["suspended", "left", "blocked"])
async def test_a_return_notifies_the_director_if_the_author_cannot_correct_it(
    stage: Stage, lost: str
) -> None:
    """Nobody else is notified."""
    ana, diego, paloma = await stage.enter(ANA), await stage.enter(DIEGO), await stage.enter(PALOMA)
    number = store(stage.app.engine, by=ANA.telegram_id)
    with database.transaction(stage.app.engine) as session:
        person = session.exec(select(Person).where(Person.telegram_id == ANA.telegram_id)).one()
        now = stage.app.clock.now()
        person.suspended_at = now if lost == "suspended" else None
        person.unreachable_at = now if lost == "blocked" else None
        if lost == "left":
            session.exec(select(Membership).where(Membership.person_id == person.id)).one().ended_at = now
    before = len(await ana.messages())
    assert "Ya se lo avisé a Diego Director" in await give_back(paloma, number)
    told = await diego.wait_for("Paloma Planeación devolvió una actividad de su unidad")
    assert "quien la registró ya no tiene acceso" in await give_back(diego, store(stage.app.engine))
    await diego.tap("✏️ Corregir: Cantidad", told)
    await diego.wait_for("¿Qué cantidad")
    await tap_through(diego, "2", "✅ Guardar corrección")
    await paloma.wait_for("Diego Director corrigió la n.º 1, que usted devolvió")
    await show(diego, number)
    await tap_through(diego, "🗑 Retirar", "Duplicada")
    await ana.settled()
    assert len(await ana.messages()) == before


async def test_the_author_is_notified_of_changes_by_others(stage: Stage) -> None:
    ana, diego, paloma = await stage.enter(ANA), await stage.enter(DIEGO), await stage.enter(PALOMA)
    number = store(stage.app.engine, by=ANA.telegram_id)
    await show(diego, number)
    await tap_through(diego, "✏️ Corregir", "Día", "Ayer", "✅ Guardar corrección")
    told = await ana.wait_for("Diego Director corrigió la n.º 1, que usted registró")
    assert "Cuándo: miércoles 13 de marzo → martes 19 de marzo" in told.text
    await ana.tap("🗂 Ver la actividad", told)
    await ana.wait_for("corrigió Diego Director")
    await show(ana, number)
    await tap_through(ana, "✏️ Corregir", "Día", "Hoy", "✅ Guardar corrección")
    await show(paloma, number)
    await tap_through(paloma, "🗑 Retirar", "Duplicada")
    told = await ana.wait_for("Paloma Planeación retiró la n.º 1, que usted registró: Duplicada")
    await ana.tap("🗂 Ver la actividad", told)
    await ana.wait_for("Retirada: Duplicada")
    assert not [each for each in await diego.messages() if "que usted" in each.text]


async def test_moving_an_activity_to_another_unit_notifies_the_author_without_details(stage: Stage) -> None:
    ana, paloma = await stage.enter(ANA), await stage.enter(PALOMA)
    number = store(stage.app.engine, by=ANA.telegram_id)
    await show(paloma, number)
    await tap_through(paloma, "✏️ Corregir", "Más…", "Unidad", "Dirección de Sistemas", "1 · ", "1")
    await paloma.tap("✅ Guardar corrección")
    await paloma.wait_for("Corregida la n.º")
    told = await ana.wait_for(
        "Paloma Planeación corrigió la n.º 1, que usted registró: ahora es de la Dirección"
    )
    assert told.rows == () and "Se hizo lo previsto" not in told.text and "→" not in told.text
