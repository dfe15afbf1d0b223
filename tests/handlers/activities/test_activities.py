"""`/actividades` and `/actividad_12`, over HTTP."""

from datetime import UTC, date, datetime, timedelta

import pytest

from models.storage import database
from models.tables.activity import Activity
from tests.support.database.registered_activities import Claimed, store
from tests.support.phones.phone import Message
from tests.support.phones.stage import ANA, DIEGO, OLGA, PALOMA, SAUL, TERE, Stage

UNKNOWN = "No encuentro esa actividad"


def withdraw(stage: Stage, number: int, reason: str) -> None:
    with database.transaction(stage.app.engine) as session:
        activity = session.get_one(Activity, number)
        activity.withdrawn_at, activity.withdrawal_reason = datetime(2024, 3, 21, tzinfo=UTC), reason


def numbers(message: Message) -> list[str]:
    """Return the numbers on the buttons of the activities on the screen."""
    return [text for text in message.keyboard()[0] if text.startswith("n.º")]


async def test_the_list_is_paged_in_place_with_the_latest_day_first(stage: Stage) -> None:
    ana = await stage.enter(ANA)
    days = [date(2024, 1, 8) + timedelta(days=each) for each in (3, 0, 5, 1, 4, 2, 6)]
    stored = {day: store(stage.app.engine, on=day, by=ANA.telegram_id) for day in days}
    latest = [f"n.º {stored[day]}" for day in sorted(days, reverse=True)]
    await ana.send("/actividades")
    first = await ana.wait_for("Actividades registradas · 1–5")
    assert "Dirección Jurídica · 2024" in first.text
    assert numbers(first) == latest[:5]
    await ana.tap("Anteriores")
    second = await ana.wait_for("6–7")
    assert second.id == first.id
    assert numbers(second) == latest[5:]
    await ana.tap("⬅️ Más recientes")
    assert numbers(await ana.wait_for("1–5")) == latest[:5]


async def test_the_list_is_filtered_by_scope_quarter_and_line(stage: Stage) -> None:
    ana = await stage.enter(ANA)
    await stage.enter(DIEGO)
    engine = stage.app.engine
    hers = store(engine, by=ANA.telegram_id, on=date(2024, 2, 5))
    his = store(engine, by=DIEGO.telegram_id, on=date(2024, 3, 5))
    first_line = store(engine, line=1, by=DIEGO.telegram_id, on=date(2024, 3, 6))
    store(engine, unit="sistemas", on=date(2024, 3, 7))
    await ana.send("/actividades")
    listed = await ana.wait_for("Actividades registradas")
    assert numbers(listed) == [f"n.º {each}" for each in (first_line, his, hers)]
    await ana.tap("Mías")
    assert numbers(await ana.wait_for("mías")) == [f"n.º {hers}"]
    await ana.tap("De mi unidad")
    await ana.wait_for("· 1–3")
    await ana.tap("Línea…")
    await ana.wait_for("¿De qué línea de acción?")
    await ana.tap("2 · ")
    assert numbers(await ana.wait_for("Línea 2")) == [f"n.º {each}" for each in (his, hers)]
    await ana.tap("T2")
    empty = await ana.wait_for("2do trimestre 2024")
    assert "Todavía no hay actividades" in empty.text
    await ana.tap("T1")
    listed = await ana.wait_for("1er trimestre 2024")
    assert "• T1" in listed.keyboard()[-1]
    await ana.tap("• T1")
    assert (await ana.answer()).text == "Es lo que está viendo."


@pytest.mark.parametrize(
    ("asked", "heading"),
    [
        ("/actividades mías", "Dirección Jurídica · mías · 2024"),
        ("/actividades 1 T1", "Dirección Jurídica · Línea 1 · 1er trimestre 2024"),
        ("/actividades línea 2 mias segundo trimestre", "Línea 2 · mías · 2do trimestre 2024"),
        ("/actividades febrero", "1er trimestre 2024"),
        ("/actividades 2023", "No hay un programa de 2023"),
        ("/actividades 99", "No encuentro esa línea"),
        ("/actividades sistemas", "No entendí «sistemas»"),
        ("/actividades T7", "Los trimestres van del 1 al 4"),
        ("/actividad", "Actividades registradas"),
        ("/actividad doce", "Escriba el número"),
        ("/actividad 99999999999", "Escriba el número"),
    ],
)
async def test_the_command_takes_unit_line_quarter_and_year_in_any_order(
    stage: Stage, asked: str, heading: str
) -> None:
    ana = await stage.enter(ANA)
    await ana.send(asked)
    await ana.wait_for(heading)


async def test_planning_reads_every_unit_and_chooses_one(stage: Stage) -> None:
    paloma = await stage.enter(PALOMA)
    engine = stage.app.engine
    theirs = store(engine, unit="sistemas", line=1, on=date(2024, 3, 7))
    ours = store(engine, on=date(2024, 3, 8))
    await paloma.send("/actividades")
    listed = await paloma.wait_for("Actividades registradas")
    assert numbers(listed) == [f"n.º {ours}", f"n.º {theirs}"]
    assert "8 de marzo · Dirección Jurídica · Línea 2" in listed.text
    await paloma.tap("Unidad y línea…")
    await paloma.wait_for("¿De qué unidad?")
    await paloma.tap("Dirección Jurídica")
    await paloma.wait_for("¿De qué línea de acción?")
    await paloma.tap("Todas las líneas")
    assert numbers(await paloma.wait_for("Dirección Jurídica · 2024")) == [f"n.º {ours}"]
    await paloma.send("/actividades 2")
    await paloma.wait_for("¿De qué unidad?")
    await paloma.tap("Dirección Jurídica")
    assert numbers(await paloma.wait_for("Dirección Jurídica · Línea 2 · 2024")) == [f"n.º {ours}"]
    await paloma.send("/actividades sistemas")
    assert numbers(await paloma.wait_for("1–1")) == [f"n.º {theirs}"]


async def test_one_activity_is_shown_whole_and_leads_back_to_its_page(stage: Stage) -> None:
    ana = await stage.enter(ANA)
    claimed = (Claimed(1), Claimed(4, 3))
    number = store(stage.app.engine, line=1, by=ANA.telegram_id, claimed=claimed, narrative="Sesión <1> & 2")
    await ana.send("/actividades T1")
    await ana.wait_for("1er trimestre")
    await ana.tap(f"n.º {number}")
    shown = await ana.wait_for(f"Actividad n.º {number}")
    for words in (
        "Dirección Jurídica · Línea 1",
        "1 acta · 4 acuerdos (3 por publicar)",
        "miércoles 13 de marzo",
        "«Sesión <1> & 2»",
        "Registró Ana Juárez el 20 de marzo, 08:30",
    ):
        assert words in shown.text
    await ana.tap("⬅️ A la lista")
    await ana.wait_for("1er trimestre 2024")
    await ana.send(f"/actividad_{number}")
    again = await ana.wait_for(f"Actividad n.º {number}")
    assert "☑️ Ya cuenta: 3 acuerdos" in [text for row in again.keyboard() for text in row]


async def test_a_withdrawn_activity_is_struck_through_with_its_reason(stage: Stage) -> None:
    ana = await stage.enter(ANA)
    number = store(stage.app.engine, line=1, by=ANA.telegram_id, claimed=(Claimed(1), Claimed(4, 3)))
    withdraw(stage, number, "Duplicada <sic>")
    await ana.send("/actividades")
    listed = await ana.wait_for("Retirada: Duplicada <sic>")
    assert f"<s><b>n.º {number}</b>" in listed.html.replace("<b><s>", "<s><b>")
    assert not any("Ya cuenta" in text for row in listed.keyboard() for text in row)
    await ana.send(f"/actividad {number}")
    assert "ya no cuenta" in (await ana.wait_for("Retirada: Duplicada <sic>")).text


async def test_a_forbidden_activity_is_answered_like_an_unknown_one(stage: Stage) -> None:
    number = store(stage.app.engine)
    tere, saul, olga = [await stage.enter(part) for part in (TERE, SAUL, OLGA)]
    incoming = set()
    for phone in (tere, saul):
        for asked in (number, 999):
            await phone.send(f"/actividad_{asked}")
            incoming.add((await phone.wait_for(UNKNOWN)).text)
    assert len(incoming) == 1
    await tere.send("/actividades")
    listed = await tere.wait_for("Actividades registradas")
    assert numbers(listed) == []
    await tere.forge(f"act:v:{number}:u:0:0:2024:0", listed)
    assert UNKNOWN in (await tere.answer()).text
    await olga.send(f"/actividad_{number}")
    await olga.wait_for(UNKNOWN)  # until its quarter is signed


@pytest.mark.parametrize(
    "data",
    [
        "acts",
        "acts:0",
        "acts:l:u:0:0:2024:-5",
        "acts:l:u:0:999:2024:0",
        "acts:l:x:0:0:2024:0",
        "acts:l:u:0:0:2024-T9:0",
        "acts:l:u:0:0:9999999:0",
        "acts:c:u:99:0:2024:0",
        "act",
        "act:v:1",
        "act:z:1:u:0:0:2024:0",
    ],
)
async def test_forged_buttons_are_answered_as_stale(stage: Stage, data: str) -> None:
    ana = await stage.enter(ANA)
    await ana.send("/actividades")
    listed = await ana.wait_for("Actividades registradas")
    await ana.forge(data, listed)
    assert (await ana.answer()).text
