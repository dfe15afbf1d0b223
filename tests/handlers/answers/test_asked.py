"""Questions through the front door, after the first quarter: each has the figures that it asks for."""

import csv
from io import StringIO
from pathlib import Path

import pytest
from sqlmodel import func, select

from models.storage import database
from models.tables.activity import Activity
from models.tables.chat.draft import DraftRow
from tests.bot.evidence.evidence_stage import fetched
from tests.handlers.answers.replayed import Quarter, first_quarter_replayed
from tests.support.files.photographs import drawn
from tests.support.phones.phone import Message, Phone

TABLE = Path(__file__).parents[2] / "data" / "questions-asked.csv"
READY = "Por registrar"
MINUTES = 240  # seconds between two questions: none is a part of another


async def ask(quarter: Quarter, phone: Phone, text: str) -> str:
    """The texts and buttons of the answer."""
    quarter.stage.world.advance(MINUTES)
    await phone.send(text)
    await quarter.stage.settled()
    messages = await phone.messages()
    last = max(place for place, each in enumerate(messages) if not each.from_bot)
    return "\n".join(map(_said, messages[last + 1 :])).replace("\N{NO-BREAK SPACE}", " ")


def _said(message: Message) -> str:
    return "\n".join([message.text or "", *(label for row in message.keyboard() for label in row)])


async def test_every_question_of_the_table_has_its_answer(tmp_path: Path) -> None:
    rows = list(csv.DictReader(StringIO(TABLE.read_text(encoding="utf-8"))))
    missed = []
    async with first_quarter_replayed(tmp_path) as quarter:
        for row in rows:
            answer = await ask(quarter, quarter.of(row["who"]), row["text"])
            lacking = [each for each in row["says"].split(" & ") if each not in answer]
            if lacking or READY in answer:
                missed.append((row["who"], row["text"], lacking, answer[:300]))
        with database.transaction(quarter.stage.app.engine) as session:
            assert session.exec(select(func.count()).select_from(Activity)).one() == 65
    assert not missed


@pytest.mark.parametrize(
    "who, text, ending",
    [
        ("planning", "mándame el informe del primer trimestre en word", ".docx"),
        ("director", "necesito el reporte de mi dirección en pdf", ".pdf"),
        ("planning", "me generas el excel del trimestre porfa", ".xlsx"),
    ],
)
async def test_a_report_in_a_format_is_made_at_once(tmp_path: Path, who: str, text: str, ending: str) -> None:
    async with first_quarter_replayed(tmp_path) as quarter:
        phone = quarter.of(who)
        await ask(quarter, phone, text)
        made = await phone.wait_for(lambda message: message.media is not None)
        assert made.media is not None and (made.media.name or "").endswith(ending)


async def test_whom_a_right_lacks_gets_no_report(tmp_path: Path) -> None:
    async with first_quarter_replayed(tmp_path) as quarter:
        said = await ask(quarter, quarter.of("staff"), "mándame el informe de jurídica en pdf")
        assert "Preparo" not in said


async def test_photographs_come_by_the_words_of_their_activity(tmp_path: Path) -> None:
    async with first_quarter_replayed(tmp_path) as quarter:
        ana = quarter.of("staff")
        await ana.send_photo(drawn(7), "Ayer sesionó el Comité Consultivo: 1 acta")
        await ana.wait_for(lambda message: READY in message.text and "1 foto" in message.text)
        await ana.tap("✅ Registrar")
        await fetched(quarter.stage)
        await ana.send("muéstrame las fotos de la sesión del comité consultivo de ayer")
        await ana.wait_for(lambda message: message.photo is not None)


async def test_other_units_activities_stay_theirs(tmp_path: Path) -> None:
    """Figures are everybody's, narratives are not."""
    async with first_quarter_replayed(tmp_path) as quarter:
        ana = quarter.of("staff")
        for text in ("qué hizo sistemas en marzo", "muéstrame las fotos de sistemas de marzo"):
            assert "las ve esa área y Planeación" in await ask(quarter, ana, text)
        counted = await ask(quarter, ana, "cuántos mantenimientos hizo sistemas en marzo")
        assert "18 mantenimientos" in counted
        assert "Ver las actividades" in counted  # the origin of the figure, which has no narrative
        await ana.tap("🗂 Ver las actividades")
        shown = await ana.wait_for("De dónde sale")
        assert "«" not in shown.text


async def test_a_list_of_days_turns_its_pages(tmp_path: Path) -> None:
    async with first_quarter_replayed(tmp_path) as quarter:
        elena = quarter.of("planning")
        first = await ask(quarter, elena, "qué se hizo en marzo")
        assert "1–5" in first and "del 1 al 31 de marzo" in first
        await elena.tap("Anteriores ➡️")
        assert "del 1 al 31 de marzo" in (await elena.wait_for("6–10")).text


async def test_help_has_a_button_that_does_it(tmp_path: Path) -> None:
    async with first_quarter_replayed(tmp_path) as quarter:
        ana = quarter.of("staff")
        await ask(quarter, ana, "cómo registro una actividad?")
        await ana.tap("📝 Registrar paso a paso")
        await ana.wait_for("línea de acción")


async def test_an_order_in_words_opens_no_card(tmp_path: Path) -> None:
    async with first_quarter_replayed(tmp_path) as quarter:
        for text in ("borra mi última actividad", "genera el informe", "muéstrame lo de marzo", "cancela"):
            await ask(quarter, quarter.of("director"), text)
        with database.transaction(quarter.stage.app.engine) as session:
            assert session.exec(select(func.count()).select_from(DraftRow)).one() == 0
