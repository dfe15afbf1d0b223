"""A unit's statements about its quarter: observations, the presentation, «sin movimiento»."""

from sqlmodel import col, select

from models.quarter import Quarter
from models.quarter_end import statements
from models.storage import audit, database
from models.tables.audit import Audit
from models.tables.people import Person
from models.tables.programme import Unit
from models.tables.signature import Signature
from models.tables.statement import NoActivityStatement, Observation, Presentation
from tests.support.database.registered_activities import Claimed, line_of, store
from tests.support.phones.phone import Phone
from tests.support.phones.replies import ask
from tests.support.phones.stage import ANA, DIEGO, OLGA, PALOMA, SAUL, TERE, Stage

T1 = Quarter(2024, 1)
SIGNED = "ya está firmado"


def unit_id(stage: Stage, key: str = "juridica") -> int:
    with database.transaction(stage.app.engine) as session:
        return session.exec(select(Unit.id).where(Unit.key == key)).one() or 0


def sign(stage: Stage) -> None:
    """Sign the quarter as `/firmar` does."""
    with database.transaction(stage.app.engine) as session:
        by = session.exec(select(Person.id).limit(1)).one() or 0
        unit = session.exec(select(Unit.id).where(Unit.key == "juridica")).one() or 0
        session.add(
            Signature(
                unit_id=unit,
                year=2024,
                quarter=1,
                snapshot="{}",
                sha256="0",
                signed_by=by,
                signed_at=stage.app.clock.now(),
            )
        )


def deeds(stage: Stage) -> list[str]:
    with database.transaction(stage.app.engine) as session:
        assert audit.verify(session).broken_at is None
        return [each.action for each in session.exec(select(Audit)).all()]


def presented(stage: Stage) -> str:
    with database.transaction(stage.app.engine) as session:
        return statements.words(statements.presentation(session, unit_id(stage), T1))


async def tap_through(phone: Phone, *labels: str) -> None:
    for label in labels:
        await phone.tap(label)
        await phone.wait_for(lambda message: True)


async def test_an_observation_is_written_replaced_and_removed(stage: Stage) -> None:
    diego = await stage.enter(DIEGO)
    await ask(diego, "/observacion", "¿De qué línea?")
    await diego.tap("1 · ")
    asked = await diego.wait_for("Escríbala en un mensaje")
    assert "Avance 0 % · planeado 25 %" in asked.text
    await ask(diego, "Las sesiones se movieron a <abril>", "«Las sesiones se movieron a <abril>»")
    await diego.tap("✅ Guardar")
    await diego.wait_for("Guardada la observación")
    await ask(diego, "/observacion 1 T1", "Ahora dice")
    assert "«Las sesiones se movieron a <abril>»\nDiego Director el 20 de marzo" in (await diego.last()).text
    await ask(diego, "Ya se celebraron.", "«Ya se celebraron.»")
    await tap_through(diego, "✅ Guardar")
    await ask(diego, "/observacion línea 1", "Ahora dice:\n«Ya se celebraron.»")
    await tap_through(diego, "🗑 Quitarla")
    assert "se quita del informe" in (await diego.last()).text
    await diego.tap("✅ Guardar")
    await diego.wait_for("Quitada la observación")
    line = line_of(stage.app.engine, "juridica", 1)
    with database.transaction(stage.app.engine) as session:
        kept = [each.text for each in session.exec(select(Observation).order_by(col(Observation.id))).all()]
        assert kept == ["Las sesiones se movieron a <abril>", "Ya se celebraron.", ""]
        assert statements.observation(session, line.id, T1) is None
    assert deeds(stage).count("observe") == 3
    await ask(diego, "/observacion 1", "Escríbala en un mensaje")
    assert "🗑 Quitarla" not in str((await diego.last()).keyboard())


async def test_an_observation_is_not_empty(stage: Stage) -> None:
    diego = await stage.enter(DIEGO)
    await ask(diego, "/observacion 1", "Escríbala")
    await ask(diego, "👍", "con palabras")
    await ask(diego, "x" * 1500, "«" + "x" * 1500 + "»")


async def test_an_observation_that_is_too_long_is_cut_and_that_is_said(stage: Stage) -> None:
    diego = await stage.enter(DIEGO)
    await ask(diego, "/observacion 1", "Escríbala")
    await diego.send("x" * 1501)
    shown = await diego.wait_for("Su texto tiene 1,501 caracteres y aquí caben 1,500: quedó hasta")
    assert "«" + "x" * 1500 + "»" in shown.text and "x" * 1501 not in shown.text


async def test_planning_writes_for_every_unit(stage: Stage) -> None:
    paloma = await stage.enter(PALOMA)
    await ask(paloma, "/observacion 1", "¿De qué órgano administrativo?")
    await paloma.tap("Dirección Jurídica")
    await paloma.wait_for("Dirección Jurídica · Línea 1")
    await ask(paloma, "/observacion", "¿De qué órgano administrativo?")
    await tap_through(paloma, "Dirección Jurídica", "T2")
    assert (await paloma.last()).text.startswith("💬 Observaciones · Dirección Jurídica\n2do trimestre")
    await paloma.tap("1 · ")
    assert "todavía no comienza" in (await paloma.answer()).text
    await ask(paloma, "/presentacion sistemas", "Sistemas")
    await ask(paloma, "Se atendió a todas las áreas.", "Se atendió a todas las áreas.")
    await paloma.tap("✅ Guardar")
    await paloma.wait_for("Guardada la presentación")
    await ask(paloma, "/presentacion", "¿De qué órgano administrativo?")
    assert sum("📖" in text for row in (await paloma.last()).keyboard() for text in row) == 1


async def test_a_presentation_comes_in_several_messages_and_is_shown_as_it_will_read(stage: Stage) -> None:
    diego = await stage.enter(DIEGO)
    await ask(diego, "/presentacion", "Cuénteme el trimestre de la unidad")
    await diego.send("Primera parte.")
    await diego.send("Segunda <parte>.")
    shown = await diego.wait_for("Segunda <parte>.")
    assert "Primera parte.\n\nSegunda <parte>.\n\n32 de 4,000 caracteres" in shown.text
    await diego.send("gracias")
    shown = await diego.wait_for("Con gusto, Diego. A sus órdenes.")
    assert "Primera parte.\n\nSegunda <parte>.\n\n32 de 4,000 caracteres" in shown.text
    assert presented(stage) == ""
    await diego.tap("✅ Guardar", shown)
    await diego.wait_for("Guardada la presentación")
    await diego.tap("📋 Lo que falta")
    await diego.wait_for("Pendientes · Dirección Jurídica")
    assert presented(stage) == "Primera parte.\n\nSegunda <parte>."
    await diego.forge(shown.rows[0][0].data or "", shown)
    assert "no se registró otra vez" in (await diego.answer()).text
    await diego.send("/presentacion T1")
    await diego.wait_for("lo que envíe la reemplaza")
    await tap_through(diego, "➕ Agregar a lo que hay")
    await ask(diego, "Tercera.", "Tercera.")
    await tap_through(diego, "✅ Guardar")
    assert presented(stage) == "Primera parte.\n\nSegunda <parte>.\n\nTercera."
    assert deeds(stage).count("present") == 2


async def test_a_long_presentation_is_shown_whole_and_one_too_long_is_never_cut(stage: Stage) -> None:
    diego = await stage.enter(DIEGO)
    long = " ".join(["Palabra"] * 480)  # 3,839 characters
    await ask(diego, "/presentacion", "Cuénteme")
    await diego.send(long)
    foot = await diego.wait_for("Así se leerá")
    told = [each.text for each in await diego.messages() if each.from_bot][-3:-1]
    assert " ".join(told) == long and "3,839 de 4,000" in foot.text
    await ask(diego, "Y otras ciento sesenta letras " + "x" * 160, "No cabe")
    assert not any("Guardar" in text for row in (await diego.last()).keyboard() for text in row)
    await diego.forge(foot.rows[0][0].data or "", foot)  # the shown text is outdated
    await diego.wait_for("No cabe")
    await tap_through(diego, "↺ Empezar de nuevo")
    await ask(diego, long, "Así se leerá")
    await diego.tap("✅ Guardar")
    await diego.wait_for("Guardada la presentación")
    assert presented(stage) == long


async def test_a_statement_written_by_another_is_not_overwritten_unseen(stage: Stage) -> None:
    """What somebody else wrote in the meantime is shown first."""
    diego, paloma = await stage.enter(DIEGO), await stage.enter(PALOMA)
    await ask(diego, "/presentacion", "Cuénteme")
    await ask(paloma, "/presentacion juridica", "Cuénteme")
    await ask(diego, "La de Diego.", "La de Diego.")
    await ask(paloma, "La de Paloma.", "La de Paloma.")
    await diego.tap("✅ Guardar")
    await diego.wait_for("Guardada")
    await paloma.tap("✅ Guardar")
    assert "mientras tanto" in (await paloma.answer()).text
    assert presented(stage) == "La de Diego."
    await tap_through(paloma, "✖️ Cancelar")
    await ask(paloma, "/presentacion juridica", "lo que envíe la reemplaza")


async def test_sin_movimiento_is_stated_and_taken_back(stage: Stage) -> None:
    ana = await stage.enter(ANA)
    line = line_of(stage.app.engine, "juridica", 2)
    shown = await ana.last()
    await ana.forge(f"still:{line.id}:2024-T1", shown)
    asked = await ana.wait_for("¿Por qué no hubo movimiento?")
    assert "Dirección Jurídica · Línea 2" in asked.text
    await ana.tap("Depende de terceros")
    await ana.wait_for("Motivo: Depende de terceros")
    await ana.tap("Motivo")
    await ana.wait_for("¿Por qué no hubo movimiento?")
    await ask(ana, "Se espera <el dictamen>", "Motivo: Se espera <el dictamen>")
    await ana.tap("✅ Confirmar")
    await ana.wait_for("Sin movimiento · Dirección Jurídica · Línea 2")
    await ana.forge(f"still:{line.id}:2024-T1", shown)
    assert "«Se espera <el dictamen>»\nAna Juárez" in (await ana.wait_for("Sin movimiento")).text
    stands = await ana.last()
    await ana.tap("↩️ Sí hubo movimiento")
    await ana.wait_for("Quitado el «sin movimiento»")
    await ana.forge(f"still:{line.id}:2024-T1:no", stands)
    assert "ya se había quitado" in (await ana.answer()).text
    assert deeds(stage).count("stand still") == 2
    with database.transaction(stage.app.engine) as session:
        assert statements.no_activity_reason(session, line.id, T1) is None


async def test_sin_movimiento_is_refused_on_a_line_with_counted_quantities(stage: Stage) -> None:
    """Before it is asked, at the last tap, and overridden by later activities."""
    ana = await stage.enter(ANA)
    moved, pending, late = (line_of(stage.app.engine, "juridica", number) for number in (2, 1, 3))
    shown = await ana.last()
    store(stage.app.engine, line=2, by=ANA.telegram_id)
    await ana.forge(f"still:{moved.id}:2024-T1", shown)
    assert "ya cuenta algo" in (await ana.answer()).text
    store(stage.app.engine, line=1, claimed=(Claimed(0), Claimed(1, 1)))  # all of it is pending
    await ana.forge(f"still:{pending.id}:2024-T1", shown)
    await ana.wait_for("¿Por qué no hubo movimiento?")
    await tap_through(ana, "✖️ Cancelar")
    await ana.forge(f"still:{late.id}:2024-T1", shown)
    await ana.wait_for("¿Por qué no hubo movimiento?")
    await tap_through(ana, "Se reprogramó")
    store(stage.app.engine, line=3)
    await ana.tap("✅ Confirmar")
    assert "ya cuenta algo" in (await ana.answer()).text
    with database.transaction(stage.app.engine) as session:
        assert session.exec(select(NoActivityStatement)).all() == []


async def test_a_signed_quarter_must_be_reopened_first(stage: Stage) -> None:
    diego = await stage.enter(DIEGO)
    line = line_of(stage.app.engine, "juridica", 2)
    await ask(diego, "/presentacion", "Cuénteme")
    await ask(diego, "Un buen trimestre.", "Un buen trimestre.")
    sign(stage)
    await diego.tap("✅ Guardar")
    await diego.wait_for(SIGNED)
    assert presented(stage) == ""
    await ask(diego, "/observacion 1 T1", SIGNED)
    await ask(diego, "/presentacion T1", SIGNED)
    await diego.forge(f"still:{line.id}:2024-T1", await diego.last())
    await diego.wait_for(SIGNED)
    assert ["🔓 Pedir reapertura"] in (await diego.last()).keyboard()


async def test_forged_taps_cannot_reach_another_unit(stage: Stage) -> None:
    """Nor an unknown line, unit or quarter."""
    diego, ana, olga = await stage.enter(DIEGO), await stage.enter(ANA), await stage.enter(OLGA)
    tere, saul = await stage.enter(TERE), await stage.enter(SAUL)
    line = line_of(stage.app.engine, "sistemas", 1)
    here, there = unit_id(stage), unit_id(stage, "sistemas")
    for phone, data in (
        (diego, f"obs:{line.id}:2024-T1"),
        (diego, f"obsu:{there}:2024-T1"),
        (diego, f"pres:{there}:2024-T1"),
        (diego, f"still:{line.id}:2024-T1"),
        (tere, f"still:{line.id}:2024-T1"),
        (tere, f"still:{line.id}:2024-T1:no"),
        (olga, f"still:{line.id}:2024-T1"),
        (ana, f"pres:{here}:2024-T1"),
        (saul, f"obs:{line.id}:2024-T1"),
    ):
        await phone.forge(data, await phone.last())
        assert "no está disponible para su función" in (await phone.answer()).text, data
    for data in (
        f"obs:{line.id}:2023-T1",
        f"obs:{line.id}:2024-T9",
        f"obs:{line.id}",
        "obs:99999999999:2024-T1",
        f"pres:{here}:x",
        "pres::2024-T1",
        f"pres:{here}:2025-T1",
        "still:-1:2024-T1",
    ):
        await diego.forge(data, await diego.last())
        assert "ya no está vigente" in (await diego.answer()).text, data
    await ask(ana, "/observacion", "no está disponible")
    await ask(diego, "/presentacion sistemas", "no está disponible")
    with database.transaction(stage.app.engine) as session:
        for kind in (Observation, Presentation, NoActivityStatement):
            assert session.exec(select(kind)).all() == []
