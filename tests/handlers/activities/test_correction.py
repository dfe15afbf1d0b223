"""Correcting a registered activity: every field, who may, what is refused, and what is kept."""

from datetime import date

from sqlmodel import col, select

from models.storage import database
from models.tables.activity import Activity, DocumentNumber, Entry, Revision
from models.tables.people import Role
from tests.support.database.registered_activities import Claimed, store
from tests.support.phones.phone import Phone
from tests.support.phones.stage import ANA, DIEGO, PALOMA, TERE, Part, Stage

EVA = Part(107, "Eva Enlace", Role.STAFF, "juridica")
NOT_YOURS = "La puede cambiar quien la registró"


def activity_of(stage: Stage, number: int) -> Activity:
    with database.transaction(stage.app.engine) as session:
        return session.get_one(Activity, number)


def revisions(stage: Stage) -> list[Revision]:
    with database.transaction(stage.app.engine) as session:
        return list(session.exec(select(Revision).order_by(col(Revision.id))).all())


def entries(stage: Stage, number: int) -> list[tuple[int, int]]:
    with database.transaction(stage.app.engine) as session:
        found = session.exec(select(Entry).where(Entry.activity_id == number).order_by(col(Entry.target_id)))
        return [(each.quantity, each.pending) for each in found.all()]


async def open_correction(phone: Phone, number: int) -> None:
    await phone.send(f"/actividad_{number}")
    await phone.wait_for(f"Actividad n.º {number}")
    await phone.tap("✏️ Corregir")
    await phone.wait_for(f"Corregir la n.º {number}")


async def test_correcting_a_field_keeps_the_earlier_version(stage: Stage) -> None:
    ana = await stage.enter(ANA)
    number = store(stage.app.engine, by=ANA.telegram_id)
    await open_correction(ana, number)
    await ana.tap("Día")
    await ana.wait_for("¿Qué día fue?")
    await ana.send("14/03")
    card = await ana.wait_for("Corregir la n.º")
    assert "Cuándo: miércoles 13 de marzo → jueves 14 de marzo" in card.text
    assert card.keyboard()[0] == ["✅ Guardar corrección"]
    await ana.tap("✅ Guardar corrección")
    done = await ana.wait_for(f"Corregida la n.º {number} · versión 2")
    assert "miércoles 13 de marzo → jueves 14 de marzo" in done.text
    activity = activity_of(stage, number)
    assert (activity.ends_on, activity.version) == (date(2024, 3, 14), 2)
    (revision,) = revisions(stage)
    assert (revision.version, revision.content["ends_on"]) == (1, "2024-03-13")
    await ana.tap("🗂 Ver la actividad")
    await ana.wait_for("Versión 2 · corrigió Ana Juárez el 20 de marzo")


async def test_every_field_can_be_corrected(stage: Stage) -> None:
    ana = await stage.enter(ANA)
    number = store(stage.app.engine, line=1, by=ANA.telegram_id, claimed=(Claimed(1), Claimed(4, 3)))
    await open_correction(ana, number)
    for button, *said in (
        ("Actas", "2"),
        ("Acuerdos", "5", "2"),
        ("Participantes", "9 (6 mujeres y 3 hombres)"),
        ("Más|Qué se hizo", "Se celebró la sesión."),
        ("Más|Lugar", "Sala de juntas"),
        ("Más|Oficios", "DJ/1, DJ/2"),
    ):
        for label in button.split("|"):
            await ana.tap(label)
            await ana.wait_for(lambda message: True)
        for text in said:
            await ana.send(text)
            card = await ana.wait_for(lambda message: True)
    for words in (
        "1 acta · 4 acuerdos (3 por publicar) → 2 actas · 5 acuerdos (2 por publicar)",
        "Participantes: nada → 9 (6 mujeres, 3 hombres)",
        "Lugar: nada → Sala de juntas",
        "Oficios: nada → DJ/1, DJ/2",
        "«Se hizo lo previsto.» → «Se celebró la sesión.»",
    ):
        assert words in card.text
    await ana.tap("✅ Guardar corrección")
    await ana.wait_for("versión 2")
    activity = activity_of(stage, number)
    assert (activity.participants, activity.women, activity.place) == (9, 6, "Sala de juntas")
    assert activity.narrative == "Se celebró la sesión."
    assert entries(stage, number) == [(2, 0), (5, 2)]
    with database.transaction(stage.app.engine) as session:
        assert [each.number for each in session.exec(select(DocumentNumber)).all()] == ["DJ/1", "DJ/2"]


async def test_changing_the_line_keeps_matching_quantities_and_asks_the_others(stage: Stage) -> None:
    ana = await stage.enter(ANA)
    number = store(stage.app.engine, line=1, by=ANA.telegram_id, claimed=(Claimed(1), Claimed(4)))
    await open_correction(ana, number)
    await ana.tap("Línea")
    await ana.wait_for("¿A qué línea")
    await ana.tap("2 · ")
    await ana.wait_for("¿Qué cantidad de documentos")
    await ana.tap("3")
    card = await ana.wait_for("Corregir la n.º")
    assert "1 acta · 4 acuerdos → 3 documentos" in card.text
    assert "Cuándo" not in card.text and card.text.endswith("Lo demás queda igual.")
    await ana.tap("✅ Guardar corrección")
    await ana.wait_for("versión 2")
    assert entries(stage, number) == [(3, 0)]
    await ana.send("/avance juridica")
    assert "0 de 16 actas" in (await ana.wait_for("Dirección Jurídica")).text


async def test_only_author_director_and_planning_may_correct(stage: Stage) -> None:
    ana, eva, diego, paloma, tere = [await stage.enter(each) for each in (ANA, EVA, DIEGO, PALOMA, TERE)]
    number = store(stage.app.engine, by=ANA.telegram_id)
    for phone in (ana, diego, paloma):
        await open_correction(phone, number)
    await eva.send(f"/actividad_{number}")
    shown = await eva.wait_for("Actividad n.º")
    assert not any("Corregir" in text for row in shown.keyboard() for text in row)
    await eva.forge(f"fix:{number}", shown)
    assert NOT_YOURS in (await eva.answer()).text
    await tere.send("/actividades")
    await tere.forge(f"fix:{number}", await tere.wait_for("Actividades"))
    assert "No encuentro esa actividad" in (await tere.answer()).text


async def test_only_one_of_two_corrections_of_a_version_is_saved(stage: Stage) -> None:
    ana, diego = await stage.enter(ANA), await stage.enter(DIEGO)
    number = store(stage.app.engine, by=ANA.telegram_id)
    for phone in (ana, diego):
        await open_correction(phone, number)
        await phone.tap("Día")
        await phone.wait_for("¿Qué día fue?")
        await phone.tap("Ayer")
        await phone.wait_for("→ martes 19 de marzo")
    await ana.tap("✅ Guardar corrección")
    await ana.wait_for("versión 2")
    await diego.tap("✅ Guardar corrección")
    assert f"/actividad_{number}" in (await diego.answer()).text
    assert len(revisions(stage)) == 1


async def test_a_correction_without_changes_makes_no_version(stage: Stage) -> None:
    ana = await stage.enter(ANA)
    number = store(stage.app.engine, by=ANA.telegram_id)
    await open_correction(ana, number)
    await ana.tap("✏️ Corregir")
    card = await ana.wait_for("Corregir la n.º")
    await ana.tap("✅ Guardar corrección", card)
    assert "No hay nada que guardar" in (await ana.answer()).text
    data = card.rows[0][0].data
    assert data is not None
    await ana.tap("Día", card)
    await ana.wait_for("¿Qué día fue?")
    await ana.tap("Hoy")
    card = await ana.wait_for("Corregir la n.º")
    for _ in range(5):
        await ana.forge(card.rows[0][0].data or "", card)
    await stage.settled()
    assert len(revisions(stage)) == 1


async def test_a_correction_cannot_remove_a_settled_quantity(stage: Stage) -> None:
    ana = await stage.enter(ANA)
    number = store(stage.app.engine, line=1, by=ANA.telegram_id, claimed=(Claimed(1), Claimed(4, 3)))
    await ana.send(f"/actividad_{number}")
    await ana.wait_for("Actividad n.º")
    for label in ("☑️ Ya cuenta", "2", "Hoy", "✅ Registrar"):
        await ana.tap(label)
        await ana.wait_for(lambda message: True)
    await open_correction(ana, number)
    assert "De lo pendiente ya cuenta: 2 acuerdos" in (await ana.last()).text
    await ana.tap("Acuerdos")
    await ana.wait_for("¿Qué cantidad de acuerdos")
    await ana.tap("3")
    await ana.wait_for("pendiente")
    await ana.tap("1")
    await ana.wait_for("Corregir la n.º")
    await ana.tap("✅ Guardar corrección")
    assert "De lo pendiente ya cuentan 2 (acuerdos)" in (await ana.answer()).text
    assert entries(stage, number) == [(1, 0), (4, 3)]


async def test_a_cancelled_correction_changes_nothing(stage: Stage) -> None:
    ana = await stage.enter(ANA)
    number = store(stage.app.engine, by=ANA.telegram_id)
    await open_correction(ana, number)
    await ana.tap("✖️ Cancelar")
    await ana.wait_for("queda como estaba")
    assert (activity_of(stage, number).version, revisions(stage)) == (1, [])


async def test_the_longest_activity_still_fits_each_screen(stage: Stage) -> None:
    ana = await stage.enter(ANA)
    number = store(stage.app.engine, by=ANA.telegram_id, narrative="& <b>" * 600)
    for letter in "ab":
        await open_correction(ana, number)
        for label, said in (
            ("Qué se hizo", "Acta" + f"{letter}&<" * 998),
            ("Lugar", letter * 200),
            ("Oficios", ", ".join(f"{letter}{each:02}".ljust(80, "x") for each in range(20))),
            (
                "Participantes",
                f"{ord(letter)} (1 mujeres y {ord(letter) - 1} hombres), {ord(letter)} academia",
            ),
        ):
            if label != "Participantes":
                await ana.tap("Más…")
                await ana.wait_for("¿Qué dato")
            await ana.tap(label)
            await ana.wait_for(lambda message: True)
            await ana.send(said)
            await ana.wait_for("Corregir la n.º")
        await ana.tap("✅ Guardar corrección")
        await ana.wait_for("Corregida la n.º")
    await ana.send(f"/actividad_{number}")
    await ana.wait_for("Actividad n.º")
    await ana.tap("🕘 Historia")
    await ana.wait_for("Versión 3")
    await ana.send(f"/actividad_{number}")
    await ana.wait_for("Actividad n.º")
    await ana.tap("🗑 Retirar")
    await ana.wait_for("¿Por qué se retira?")
    assert activity_of(stage, number).version == 3
