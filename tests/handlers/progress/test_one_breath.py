"""What `/avance` says first and beside its figures, and that a sign means one thing everywhere."""

from collections.abc import AsyncIterator
from datetime import UTC, datetime
from pathlib import Path

import pytest
from sqlmodel import select

from handlers.texts.progress.signs import COLOURS, SIGNS, WORDS
from models.quarter import Quarter
from models.storage import database
from models.tables.activity import Activity
from models.tables.people import Role
from models.tables.statement import NoActivityStatement, Observation
from tests.support.database.first_quarter_rows import store_first_quarter
from tests.support.database.registered_activities import line_of
from tests.support.database.signed_quarter import explain, signed, unit_of
from tests.support.phones.replies import ask, tap
from tests.support.phones.stage import ANA, DIEGO, OLGA, PALOMA, TERE, Part, Stage

SECOND_OF_APRIL = datetime(2024, 4, 2, 15, tzinfo=UTC)
AFTER_THE_CLOSE = datetime(2024, 4, 8, 15, tzinfo=UTC)
T1 = Quarter(2024, 1)


@pytest.fixture
async def april(tmp_path: Path) -> AsyncIterator[Stage]:
    """The first quarter has ended and is captured until the 5th."""
    async with Stage(tmp_path, now=SECOND_OF_APRIL) as stage:
        with database.transaction(stage.app.engine) as session:
            store_first_quarter(session)
        yield stage


def observe(stage: Stage, line: int, text: str) -> None:
    line_id = line_of(stage.app.engine, "juridica", line).id
    with database.transaction(stage.app.engine) as session:
        session.add(Observation(line_id=line_id, year=2024, quarter=1, text=text, said_at=SECOND_OF_APRIL))


async def test_until_its_close_the_quarter_is_the_one_that_ended(april: Stage) -> None:
    ana = await april.enter(ANA)
    for question in ("/avance", "¿cómo va jurídica?", "como vamos"):
        said = (await ask(ana, question)).text
        assert said.startswith("Dirección Jurídica: 40 %, conforme al plan (25 %) 🟢●. Faltan 7 actas")
        assert "1er trimestre 2024\n" in said and "Al 31 de marzo" in said
        assert "Se está cerrando: captura hasta el viernes 5 de abril. El que corre: /avance T2" in said
    asked = (await ask(ana, "/avance T1")).text
    assert "Se está cerrando" not in asked
    await april.move_to(AFTER_THE_CLOSE)
    said = (await ask(ana, "/avance")).text
    assert "2do trimestre 2024 · el 1er trimestre cerró en 40 %" in said and "Se está cerrando" not in said


async def test_the_quarter_before_stands_beside_a_line_and_the_institution(april: Stage) -> None:
    paloma = await april.enter(PALOMA)
    assert "el 1er trimestre cerró en 64 %" in (await ask(paloma, "/avance juridica 1 T2")).text
    assert "el 1er trimestre cerró en 22 %" in (await ask(paloma, "/avance T2")).text
    assert "cerró" not in (await ask(paloma, "/avance T1")).text
    assert "cerró" not in (await ask(paloma, "/avance T4")).text  # the third is not over


async def test_the_observation_is_the_reason(april: Stage) -> None:
    observe(april, 2, "El Congreso aplazó la reforma & su reglamento")
    with database.transaction(april.app.engine) as session:
        session.add(
            NoActivityStatement(
                line_id=line_of(april.app.engine, "juridica", 3).id,
                year=2024,
                quarter=2,
                reason="Sin convocatoria",
                said_at=SECOND_OF_APRIL,
            )
        )
    ana, tere = await april.enter(ANA), await april.enter(TERE)
    page = (await ask(ana, "/avance")).text
    assert "1 de 4 documentos\n💬 Razón: «El Congreso aplazó la reforma & su reglamento»" in page
    assert "💬 Razón: «El Congreso" in (await ask(ana, "/avance 2")).text
    assert "💬" not in (await ask(ana, "/avance 1")).text
    assert "💤 Sin movimiento: «Sin convocatoria»" in (await ask(ana, "/avance 3 T2")).text
    assert "Congreso" not in (await ask(tere, "/avance juridica")).text  # she may not read what they write
    april.world.add_group(-700, "Jurídica", [ANA.telegram_id])
    await ana.send("/avance juridica 2", chat=-700)
    assert "Congreso" not in (await ana.wait_for("Línea 2")).text


async def test_people_reached_are_told_to_who_may_read_the_activities(april: Stage) -> None:
    line_id = line_of(april.app.engine, "juridica", 1).id
    with database.transaction(april.app.engine) as session:
        found = session.exec(select(Activity).where(Activity.line_id == line_id)).all()
        found[0].participants, found[0].women, found[0].men = 9, 6, 3
        found[1].participants, found[1].women = 1_200, 1
    ana, olga = await april.enter(ANA), await april.enter(OLGA)
    await april.enter(DIEGO)
    said = "👥 1,209 personas en el trimestre: 7 mujeres, 3 hombres y 1,199 sin especificar"
    assert said in (await ask(ana, "/avance")).text
    assert said in (await ask(ana, "/avance 1")).text
    assert "👥" not in (await ask(ana, "/avance 2")).text
    assert "👥" not in (await ask(ana, "/avance T2")).text
    assert "👥" not in (await ask(olga, "/avance juridica")).text  # not signed yet
    _sign(april)
    assert said in (await ask(olga, "/avance juridica")).text


def _sign(stage: Stage) -> None:
    with database.transaction(stage.app.engine) as session:
        unit = unit_of(session)
        explain(session, unit, T1, SECOND_OF_APRIL)
        signed(session, DIEGO.telegram_id, unit, T1, SECOND_OF_APRIL)


async def test_unsigned_figures_are_preliminary(april: Stage) -> None:
    await april.enter(DIEGO)
    olga = await april.enter(OLGA)
    assert "preliminar: 0 de 6 firmadas" in (await ask(olga, "/avance")).text
    assert "preliminar, sin firmar" in (await ask(olga, "/avance juridica")).text
    assert (await ask(olga, "/avance T2")).text.endswith("· preliminar")
    _sign(april)
    assert "preliminar: 1 de 6 firmadas" in (await ask(olga, "/avance")).text
    unit = (await ask(olga, "/avance juridica")).text
    assert "preliminar" not in unit and "✍️ Firmado el 2 de abril" in unit


async def test_a_coloured_sign_stands_with_its_word_and_means_progress_only(april: Stage) -> None:
    paloma = await april.enter(PALOMA)
    questions = ("/avance", "/avance archivo", "/avance T2", "/avance sistemas 1 T2", "quién va atrasado")
    for question in (*questions, "quién va mejor", "compara jurídica con archivo", "/informe", "/pendientes"):
        text = (await ask(paloma, question)).text
        for signal, colour in COLOURS.items():
            marked = text.count(f"{SIGNS[signal]} {WORDS[signal]}")
            first = sum(
                f", {WORDS[signal]}" in line and f" {SIGNS[signal]}. " in line for line in text.splitlines()
            )
            assert text.count(colour) in (marked + first, marked), (question, text)
    states = (await ask(paloma, "quién no ha reportado")).text
    assert "⌛ Con alguna línea atrasada: " in states and "📝 Con pendientes: " in states
    assert not any(colour in states for colour in COLOURS.values())


async def test_who_is_behind_says_first_which_units_are_as_a_whole(april: Stage) -> None:
    paloma = await april.enter(PALOMA)
    whole = (await ask(paloma, "/avance")).text
    said = (await ask(paloma, "quién va atrasado")).text
    behind = whole.partition("Con retraso: ")[2].partition(".")[0]
    assert f"En conjunto: {behind}.\n" in said
    assert "Archivo" not in behind and "Archivo: 36 % 🟢● conforme al plan" in whole


async def test_the_legend_is_one_tap_away_and_leads_back(april: Stage) -> None:
    ana = await april.enter(ANA)
    for question in ("/avance", "/avance 2", "/avance institución"):
        page = await ask(ana, question)
        legend = await tap(ana, "🎨 Qué significa cada signo")
        assert legend.id == page.id and all(sign in legend.text for sign in SIGNS.values())
        back = await tap(ana, "⬅️ Volver al avance")
        assert back.id == page.id and back.text.splitlines()[:3] == page.text.splitlines()[:3]


async def test_another_agency_reads_what_is_missing_of_its_own_measures(tmp_path: Path) -> None:
    source = Path(__file__).parents[2] / "data" / "health-district.yaml"
    (tmp_path / "programme.yaml").write_text(source.read_text(encoding="utf-8"), encoding="utf-8")
    async with Stage(tmp_path, now=datetime(2024, 5, 15, 15, tzinfo=UTC)) as stage:
        rosa = await stage.enter(Part(901, "Rosa Regulación", Role.STAFF, "regulacion"))
        await rosa.send("Ayer hicimos 12 visitas de verificación, 5 por dictaminar, y 1 plática de fomento")
        await stage.settled()
        said = (await ask(rosa, "/avance")).text
        assert said.startswith("Coordinación de Regulación Sanitaria: 0 %, atrasada (plan: 50 %) 🔴■. ")
        assert "Faltan 300 visitas de verificación y 40 pláticas." in said


async def test_observers_read_how_many_activities_wait_for_the_signature(april: Stage) -> None:
    olga, ana = await april.enter(OLGA), await april.enter(ANA)
    await april.enter(DIEGO)
    said = (await ask(olga, "/actividades juridica T1")).text
    assert "Hay 15 actividades que podrá leer cuando se firme su trimestre (0 de 1 firmadas)." in said
    assert "/registrar" not in said and "Todavía no hay" not in said
    assert (
        "Hay 65 actividades que podrá leer cuando se firme su trimestre"
        in (await ask(olga, "/actividades")).text
    )
    _sign(april)
    said = (await ask(olga, "/actividades T1")).text
    assert "actividades más que podrá leer" in said and "(1 de 6 firmadas)" in said
    said = (await ask(olga, "/actividades T4")).text
    assert "Todavía no hay actividades registradas aquí." in said and "/registrar" not in said
    assert "Con /registrar anota la primera." in (await ask(ana, "/actividades T4")).text
