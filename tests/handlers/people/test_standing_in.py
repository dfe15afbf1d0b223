"""`/ausencia`: during a director's absence the deputy gets the notices and decides."""

from tests.handlers.reminders.test_reminders import move, watch
from tests.support.phones.stage import ANA, DIEGO, PALOMA, Stage


async def test_an_absence_gives_the_deputy_the_notices_and_rights(stage: Stage) -> None:
    ana, diego = await stage.enter(ANA), await stage.enter(DIEGO)
    await move(stage, "04-05", 10)
    await diego.send("/ausencia")
    await diego.wait_for("¿Qué días?")
    await diego.send("del 8 al 9 de abril")
    await diego.wait_for("¿Quién suple")
    await diego.tap("Ana Juárez")
    await diego.wait_for("Suple:")
    await diego.tap("✅ Guardar")
    await diego.wait_for("suple Ana Juárez")
    await ana.wait_for("usted suple a Diego Director")
    ana_sees, diego_sees = await watch(ana, diego)
    assert "firmar" not in await ana.commands()
    await move(stage, "04-08", 0)
    await stage.settled()
    assert "firmar" in await ana.commands()  # from midnight on
    await move(stage, "04-08")
    assert await diego_sees.kinds() == []
    assert await ana_sees.kinds() == ["weekly+summary+overdue"]
    await ana.send("/firmar")
    assert "no está disponible" not in (await ana.wait_for(lambda message: True)).text
    await diego.send("/ausencia")
    await diego.tap("↩️ Terminar", await diego.wait_for("Ausencias"))
    await diego.wait_for("Terminó la ausencia")
    await ana.wait_for("deja de suplir")
    await diego_sees.news()
    await move(stage, "04-09")
    assert await diego_sees.kinds() == ["weekly+summary+overdue"]  # current reminders, once back
    await ana.send("/firmar")
    await ana.wait_for("no está disponible para su función")


async def test_the_deputys_menu_ends_with_the_absence(stage: Stage) -> None:
    ana, diego = await stage.enter(ANA), await stage.enter(DIEGO)
    await diego.send("/ausencia")
    await diego.wait_for("¿Qué días?")
    await diego.tap("Mié 20 mar")
    await diego.tap("Ana Juárez", await diego.wait_for("¿Quién suple"))
    await diego.tap("✅ Guardar", await diego.wait_for("Suple:"))
    await ana.wait_for("usted suple a Diego Director")
    await stage.settled()
    assert "firmar" in await ana.commands()
    await move(stage, "03-21", 0)
    await stage.settled()
    assert "firmar" not in await ana.commands()


async def test_planning_marks_a_director_absent_and_notifies_them(stage: Stage) -> None:
    diego, paloma = await stage.enter(DIEGO), await stage.enter(PALOMA)
    await paloma.send("/ausencia")
    await paloma.wait_for("Diego Director (Dirección Jurídica)")  # the only one there is
    await paloma.send("del 1 al 2 de marzo")
    await paloma.wait_for("Esos días ya pasaron")
    await paloma.tap("Mié 20 mar")
    await paloma.wait_for("¿Quién suple")
    await paloma.send("Elena")
    await paloma.wait_for("Toque uno de los botones")
    await paloma.tap("Paloma Planeación")
    await paloma.wait_for("Suple:")
    await paloma.tap("✅ Guardar")
    await diego.wait_for("Planeación anotó su ausencia el miércoles 20 de marzo")
