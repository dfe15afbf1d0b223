"""An activity is given back with a reason; its author hears of it and mends it with one tap."""


from sqlmodel import select

from models import audit, database
from models.audit import Audit
from models.people import Role
from models.review import Return
from tests.phone import Phone
from tests.registered import Claimed, store
from tests.stage import ANA, DIEGO, Part, Stage

DELIA = Part(107, "Delia Directora", Role.DIRECTOR, "juridica")


async def show(phone: Phone, number: int) -> None:
    await phone.send(f"/actividad_{number}")
    await phone.wait_for(f"Actividad n.º {number}")


async def tap_through(phone: Phone, *labels: str) -> None:
    for label in labels:
        await phone.tap(label)
        await phone.wait_for(lambda message: True)


async def give_back(phone: Phone, number: int, field: str = "Cantidad", reason: str = "No coincide") -> str:
    await show(phone, number)
    await tap_through(phone, "↩️ Devolver", field, reason)
    await phone.tap("✅ Devolver")
    return (await phone.wait_for(f"Devuelta la n.º {number}")).text


def returns(stage: Stage) -> list[Return]:
    with database.transaction(stage.app.engine) as session:
        return list(session.exec(select(Return)).all())


def deeds(stage: Stage) -> list[str]:
    with database.transaction(stage.app.engine) as session:
        assert audit.verify(session).broken_at is None
        return [each.action for each in session.exec(select(Audit)).all()]


async def test_the_author_mends_what_was_returned_and_the_director_hears_of_it(stage: Stage) -> None:
    ana, diego = await stage.enter(ANA), await stage.enter(DIEGO)
    number = store(stage.app.engine, by=ANA.telegram_id, claimed=(Claimed(2),))
    await show(diego, number)
    await diego.tap("↩️ Devolver")
    asked = await diego.wait_for("¿Qué hay que corregir?")
    assert asked.keyboard()[:2] == [
        ["Cantidad", "Día", "Participantes"],
        ["Evidencia", "Qué se hizo", "Otro"],
    ]
    await diego.tap("Cantidad")
    await diego.wait_for("¿Por qué se devuelve?")
    await diego.send("Fue <1>, no 2")
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
