"""Programmes with 45 and 60 units or 25 lines in one, and lists of hundreds, are shown completely."""

from datetime import UTC, datetime
from pathlib import Path

import pytest

from handlers.texts.pages import NEXT
from models.programme.view import programmes
from models.storage import database
from tests.handlers.chat.test_large_programme import (
    CLOSED,
    DIEGO,
    EVENING,
    MIDDLE,
    PALOMA,
    crowded_bot,
    mend,
    press,
    turned,
    walk,
)
from tests.handlers.programme.test_importing import sent
from tests.support.database import large_programme
from tests.support.database.large_programme import Size
from tests.support.phones.direct_bot import Direct
from tests.support.phones.phone import Message as Received
from tests.support.phones.phone import Phone
from tests.support.phones.screen import button_on
from tests.support.phones.stage import PALOMA as PLANNING
from tests.support.phones.stage import Stage

DATA = Path(__file__).parents[2] / "data"
MONDAY = datetime(2024, 3, 25, 15, 30, tzinfo=UTC)  # the morning of the weekly digest
TWO_DAYS_LATER = datetime(2024, 4, 9, 15, 30, tzinfo=UTC)


def programme(folder: Path, name: str) -> Path:
    """Load that programme without PINs."""
    text = (DATA / name).read_text(encoding="utf-8")
    path = folder / name
    path.write_text(
        text.replace("institution: {", "institution: {second_factor: false, ", 1), encoding="utf-8"
    )
    return path


def unit_names(bot: Direct) -> list[str]:
    with database.transaction(bot.engine) as session:
        return [unit.name for unit in programmes(session).years[2024].units]


@pytest.mark.parametrize("name", ["45-units.yaml", "60-units.yaml"])
def test_every_list_of_units_shows_each_one(tmp_path: Path, name: str) -> None:
    with crowded_bot(tmp_path, programme(tmp_path, name), MIDDLE) as bot:
        bot.enter(PALOMA)
        units = unit_names(bot)
        assert len(units) == int(name[:2])
        for asked in ("/informe", "/avance", "/programa", "/pendientes"):
            pages = turned(bot, PALOMA, asked)
            data = [each.data for page in pages for each in page.buttons() if each.text != NEXT]
            shown = [each for each in data if each and each.split(":")[0] in ("rep", "p", "prog", "due")]
            of_units = {each for each in shown if each.startswith(("rep:v:", "p:u:", "prog:u:", "due:u:"))}
            assert len(of_units) >= len(units), asked
        walk(bot, PALOMA, most=60)


@pytest.mark.parametrize("name", ["45-units.yaml", "60-units.yaml"])
def test_notices_to_planning_list_every_unit(tmp_path: Path, name: str) -> None:
    with crowded_bot(tmp_path, programme(tmp_path, name), MIDDLE) as bot:
        bot.enter(PALOMA)
        count = len(unit_names(bot))
        told = "\n".join(at(bot, moment) for moment in (MONDAY, EVENING, CLOSED, TWO_DAYS_LATER))
        for each in ("semana del 18 al 24 de marzo", "🏁", "Aún no están listas"):
            assert each in told, told
        notice = next(each for each in bot.said[PALOMA.telegram_id] if "Aún no están listas" in each.text)
        assert str(count) in notice.text or button_on(notice, f"📋 Ver todas ({count})") is not None
        pages = turned(bot, PALOMA, first=press(bot, PALOMA, notice, f"📋 Ver todas ({count})"))
        attending = {each.data for page in pages for each in page.buttons() if each.text.startswith("🙋")}
        assert len(attending) == count
        assert bot.refusals == []


def at(bot: Direct, moment: datetime) -> str:
    """Return what planning is told at that time."""
    seen = len(bot.said[PALOMA.telegram_id])
    bot.world.move_to(moment)
    bot.tick()
    return "\n".join(each.text for each in bot.said[PALOMA.telegram_id][seen:])


def test_a_unit_of_twenty_five_lines_can_sign(tmp_path: Path) -> None:
    with crowded_bot(tmp_path, programme(tmp_path, "25-lines.yaml"), MIDDLE) as bot:
        bot.enter(DIEGO)
        bot.world.move_to(CLOSED)
        bot.tick()
        walk(bot, DIEGO, most=40)
        bot.write(DIEGO.telegram_id, "/cancelar")
        holes = bot.write(DIEGO.telegram_id, "/firmar")[-1]
        for _ in range(100):
            if button_on(holes, "✅ Firmar") is not None:
                break
            mend(bot, holes)
            holes = bot.write(DIEGO.telegram_id, "/firmar")[-1]
        assert "Firmado" in press(bot, DIEGO, holes, "✅ Firmar").text
        assert bot.refusals == []


def test_a_hundred_and_fifty_findings_are_counted_and_sent_as_a_file(tmp_path: Path) -> None:
    with crowded_bot(tmp_path, Size(units=2, many=3, few=1), MIDDLE) as bot:
        bot.enter(DIEGO)
        with database.transaction(bot.engine) as session:
            unit = programmes(session).years[2024].units[0]
            for number in range(160):
                told = (
                    f"Se entregaron {100 + number} (treinta y ocho) documentos. {large_programme.text(120)}"
                )
                large_programme.register(session, unit, unit.lines[number % 3], told)
        page = bot.write(DIEGO.telegram_id, "/informe u00")[-1]
        assert "más" in page.text
        button = next(each for each in page.buttons() if (each.data or "").startswith("rep:f:"))
        seen = len(bot.said[DIEGO.telegram_id])
        bot.tap(DIEGO.telegram_id, [(button.data or "", page.id)])
        (document,) = bot.said[DIEGO.telegram_id][seen:]
        assert document.media is not None
        lines = content(bot, document.media.url).decode().strip().splitlines()
        assert len(lines) >= 150
        assert all(any(f"«{100 + number} (" in line for line in lines) for number in range(160))
        walk(bot, DIEGO, most=60)
        assert bot.refusals == []


def content(bot: Direct, url: str) -> bytes:
    file = bot.world.files.find(url.rpartition("/")[2])
    assert file is not None
    return file.content


async def shown(phone: Phone, words: str) -> Received:
    return next(each for each in reversed(await phone.messages()) if words in each.text)


async def test_a_long_list_of_differences_is_shown_and_applied_whole(tmp_path: Path) -> None:
    before = programme(tmp_path, "60-units.yaml")
    before.rename(tmp_path / "programme.yaml")
    text = (tmp_path / "programme.yaml").read_text(encoding="utf-8")
    async with Stage(tmp_path) as stage:
        paloma = await stage.enter(PLANNING)
        changed = text.replace('title: "', 'title: "Nuevo: ').replace("    name: ", "    name: Nueva ")
        card: Received = await sent(paloma, changed.encode(), "programa.yaml")
        while "¿Desde qué día" in card.text:
            await paloma.tap("Todo el año", card)
            card = await paloma.wait_for("Esto cambiaría")
        assert "Esto cambiaría" in (await shown(paloma, "Esto cambiaría")).text
        listed = (await paloma.fetch(await shown(paloma, "Todos los cambios"))).decode()
        assert listed.count("→") >= 60 * 6
        card = await shown(paloma, "Esto cambiaría")
        await paloma.tap("✅ Aplicar", card)
        assert "cambios en el programa de 2024" in (await paloma.wait_for("Aplicado")).text
        with database.transaction(stage.app.engine) as session:
            units = programmes(session).years[2024].units
        assert all(unit.name.startswith("Nueva ") for unit in units)
        assert all(line.title.startswith("Nuevo: ") for unit in units for line in unit.lines)
