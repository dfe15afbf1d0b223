"""What a reminder says: what blocks the signature, how much is left, what changed, what mends it."""

from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from sqlalchemy import Engine
from sqlmodel import delete

from models.storage import database
from models.tables.notice import Notice
from models.tables.statement import Presentation
from tests.handlers.reminders.ticking import ANA, DIEGO, PALOMA, local, people, ticked
from tests.models.quarter_end.owing import Unit
from tests.support.database.registered_activities import store
from tests.support.phones.phone import Phone
from tests.support.phones.stage import ANA as ANA_STAFF
from tests.support.phones.stage import DIEGO as DIEGO_DIRECTOR
from tests.support.phones.stage import Part, Stage


@pytest.fixture
def agency(engine: Engine) -> Engine:
    return people(engine)


def told(engine: Engine, day: str, chat_id: int) -> str:
    return "\n".join(text for chat, text in ticked(engine, local(day)) if chat == chat_id)


def test_what_blocks_the_signature_stands_apart_with_how_much_is_left(agency: Engine) -> None:
    said = told(agency, "03-22", DIEGO)
    assert "Faltan <b>4</b> de 4 cosas." in said
    blocking, _, rest = said.partition("Además conviene")
    assert "❗️ <b>Para poder firmar:</b>\n• <b>1</b> Actas: nada registrado" in blocking
    assert "Falta la presentación del trimestre" in blocking and "❗️" not in rest


def test_what_changed_since_the_last_one_is_said(agency: Engine) -> None:
    assert "Desde el aviso" not in told(agency, "03-22", DIEGO)
    with database.transaction(agency) as session:
        Unit(session).register(1, "2024-03-25", 4, evidence=False)
        session.add(
            Presentation(
                unit_id=Unit(session).view.id,
                year=2024,
                quarter=1,
                text="El trimestre…",
                said_at=local("03-26"),
            )
        )
    said = told(agency, "03-29", DIEGO)
    done = "listo: la presentación y línea 1 (nada registrado)."
    assert f"Desde el aviso del viernes 22 de marzo: {done}" in said
    new = "Desde el aviso del viernes 29 de marzo: nuevo: "
    assert new in (fresh := told(agency, "04-03", DIEGO)) and "la firma" in fresh.partition(new)[2]
    assert "Desde el aviso del miércoles 3 de abril: sin cambios." in told(agency, "04-04", DIEGO)


def test_evidence_is_named_once_a_week_at_most(agency: Engine) -> None:
    with database.transaction(agency) as session:
        for line in (1, 4):
            Unit(session).register(line, "2024-03-14", 4 if line == 1 else 2, evidence=False)
    days = ("03-22", "03-29", "04-03", "04-04", "04-05")
    named = [day for day in days if "sin evidencia" in told(agency, day, ANA)]
    assert named == ["03-22", "03-29", "04-05"]


def test_a_line_that_ends_says_in_how_many_days(agency: Engine) -> None:
    assert "termina en 24 días, bajo su meta" in told(agency, "03-22", ANA)
    assert "termina en 4 días, bajo su meta" in told(agency, "04-11", ANA)
    assert "termina hoy, bajo su meta" in told(agency, "04-15", ANA)


def test_overdue_figures_say_since_when_and_no_day_is_like_the_one_before(agency: Engine) -> None:
    days = [told(agency, f"04-{day:02}", chat) for chat in (DIEGO,) for day in (8, 9, 10, 11)]
    assert "cerró el viernes 5 de abril (hace 1 día hábil) y aún no está firmado" in days[0]
    assert "(hace 2 días hábiles)" in days[1] and "sin cambios" in days[1]
    assert len(set(days)) == len(days)
    with database.transaction(agency) as session:
        session.execute(delete(Notice))
    planning = [told(agency, f"04-{day:02}", PALOMA) for day in (9, 10, 11)]
    assert "(hace 2 días hábiles). Aún no están listas:" in planning[0]
    assert len(set(planning)) == len(planning)


async def move(stage: Stage, day: str, hour: int = 9) -> None:
    await stage.move_to(local(day, hour).astimezone(UTC).replace(minute=1))
    await stage.settled()


async def test_every_duty_has_the_button_that_mends_it(stage: Stage) -> None:
    store(stage.app.engine, line=1, by=ANA_STAFF.telegram_id)
    ana, diego = await stage.enter(ANA_STAFF), await stage.enter(DIEGO_DIRECTOR)
    await move(stage, "03-22")
    director = await diego.last()
    assert ["📝 Presentación"] in director.keyboard()
    await diego.tap("📝 Presentación", director)
    await diego.wait_for("Cuénteme el trimestre de la unidad")
    digest = await ana.last()
    assert ["📝 Registrar · 2", "💤 Sin movimiento · 2"] in digest.keyboard()
    assert not any("Presentación" in label for row in digest.keyboard() for label in row)


async def test_nothing_offers_tomorrow_on_the_day_of_the_close(stage: Stage) -> None:
    ana = await stage.enter(ANA_STAFF)
    await move(stage, "04-04")
    old = await ana.last()
    assert ["⏰ Recuérdeme mañana"] in old.keyboard()
    await move(stage, "04-05")
    last = await ana.last()
    assert "Hoy" in last.text and not any("mañana" in label for row in last.keyboard() for label in row)
    await ana.tap("⏰ Recuérdeme mañana", old)
    assert "último día" in (await ana.answer()).text


async def test_another_agency_has_the_same(tmp_path: Path) -> None:
    source = Path(__file__).parents[2] / "data" / "health-district.yaml"
    (tmp_path / "programme.yaml").write_text(source.read_text(encoding="utf-8"), encoding="utf-8")
    async with Stage(tmp_path, now=datetime(2024, 6, 20, 15, tzinfo=UTC)) as stage:
        rosa: Phone = await stage.enter(Part(901, "Rosa Regulación", ANA_STAFF.role, "regulacion"))
        await stage.move_to(datetime(2024, 6, 24, 15, 1, tzinfo=UTC))
        await stage.settled()
        said = (await rosa.last()).text
        assert "Faltan 2 de 2 cosas." in said
        assert "❗️ Para poder firmar:\n• 1 Verificación de establecimientos: nada registrado" in said


def test_in_seven_weeks_nobody_reads_the_same_words_twice_within_a_week(agency: Engine) -> None:
    with database.transaction(agency) as session:
        Unit(session).register(1, "2024-03-14", evidence=False)
    said: dict[tuple[int, str], datetime] = {}
    number = 0
    for days in range(49):
        for hour in (9, 17):
            moment = local("03-15", hour) + timedelta(days=days)
            for chat_id, text in ticked(agency, moment):
                before = said.get((chat_id, text))
                assert before is None or moment - before >= timedelta(days=7), text
                said[chat_id, text] = moment
                number += 1
    assert number > 60
