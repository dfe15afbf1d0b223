"""Every role walks through a programme too large for one screen: nothing is refused or unanswered."""

import re
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, datetime
from pathlib import Path

import pytest

from handlers.texts import general
from handlers.texts.pages import NEXT
from models.operations import migrating
from models.programme_changes import importing as programme_import
from models.storage import database, keys
from models.tables.people import Role
from tests.support.database import large_programme
from tests.support.database.large_programme import Size
from tests.support.phones.crawler import Crawl, crawl
from tests.support.phones.direct_bot import Direct
from tests.support.phones.screen import Message, button_on
from tests.support.phones.stage import Part

MIDDLE = datetime(2024, 3, 20, 15, tzinfo=UTC)
EVENING = datetime(2024, 4, 6, 0, 30, tzinfo=UTC)  # on the day of the close
CLOSED = datetime(2024, 4, 10, 15, tzinfo=UTC)
ANA = Part(301, f"Ana {large_programme.text(100)}", Role.STAFF, "u00")
DIEGO = Part(302, "Diego", Role.DIRECTOR, "u00")
PALOMA = Part(303, "Paloma", Role.PLANNING)
OLGA = Part(304, "Olga", Role.OBSERVER)
NUMBERED = re.compile(r"(Dirección )?\d\d de ")
SIZE = Size(units=80, many=60)
COMMANDS = [
    "/ayuda", "/avance", "/avance u00", "/avance direccion", "/avance u00 1", "/avance 2", "/actividades",
    "/actividades direccion", "/actividad_1", "/pendientes", "/pendientes u00", "/pendientes direccion",
    "/calendario", "/calendario u00", "/observacion", "/observacion u00", "/observacion 2",
    "/presentacion", "/firmar", "/informe", "/informe u00", "/informe direccion", "/reabrir", "/ausencia",
    "/programa", "/programa u00", "/programa u00 1", "/invitar", "/invitar enlace", "/personas", "/estado",
    "/recordatorios", "¿quién no ha reportado?", "¿cuántos documentos llevamos?", "/registrar",
]  # fmt: skip


@contextmanager
def crowded_bot(folder: Path, size: Size | Path, now: datetime) -> Iterator[Direct]:
    """A bot with a programme of that size, or with the given one."""
    file = size if isinstance(size, Path) else large_programme.write(folder / "programme.yaml", size)
    engine = database.connect(f"sqlite:///{folder / 'avance.db'}")
    migrating.migrate(engine)
    keys.bind(engine, bytes(keys.LENGTH))
    with database.transaction(engine) as session:
        programme_import.ensure_loaded(session, file, MIDDLE)
    yield Direct(engine, now)
    engine.dispose()


def walk(bot: Direct, part: Part, most: int = 120) -> Crawl:
    if part.telegram_id not in bot.world.people:
        bot.enter(part)
    found = crawl(bot, part.telegram_id, COMMANDS, most)
    assert bot.refusals == []
    assert found.silent == []
    assert not any(general.SET_ASIDE in each.text for each in bot.said[part.telegram_id])
    return found


@pytest.mark.parametrize("part", [ANA, DIEGO, PALOMA, OLGA], ids=lambda part: str(part.role))
def test_everything_is_answered_in_the_middle_of_the_quarter(tmp_path: Path, part: Part) -> None:
    with crowded_bot(tmp_path, SIZE, MIDDLE) as bot:
        large_programme.fill(bot.engine, people=200, activities=300)
        walk(bot, part)


@pytest.mark.parametrize("part", [DIEGO, PALOMA], ids=lambda part: str(part.role))
def test_everything_is_answered_after_the_close(tmp_path: Path, part: Part) -> None:
    with crowded_bot(tmp_path, Size(units=45, many=25, few=1), MIDDLE) as bot:
        large_programme.fill(bot.engine, people=10, activities=20)
        bot.enter(part)
        bot.world.move_to(EVENING)
        bot.tick()
        bot.world.move_to(CLOSED)
        bot.tick()
        walk(bot, part)


@pytest.mark.parametrize("part", [DIEGO, PALOMA, OLGA], ids=lambda part: str(part.role))
def test_everything_is_answered_when_all_is_signed(tmp_path: Path, part: Part) -> None:
    with crowded_bot(tmp_path, Size(units=30, many=25, few=1), MIDDLE) as bot:
        large_programme.fill(bot.engine, people=10, activities=20)
        bot.enter(DIEGO)
        bot.world.move_to(CLOSED)
        large_programme.sign_all(bot.engine, DIEGO.telegram_id, CLOSED)
        walk(bot, part, most=100)


@pytest.mark.parametrize(
    "asked", ["/avance", "/pendientes", "/programa", "/informe", "/reabrir", "¿quién no ha reportado?"]
)
def test_pages_turn_in_place_and_show_every_unit_once(tmp_path: Path, asked: str) -> None:
    with crowded_bot(tmp_path, Size(units=60, many=1, few=1), MIDDLE) as bot:
        bot.enter(PALOMA)
        pages = turned(bot, PALOMA, asked)
        names = [button.text for page in pages for button in page.buttons() if NUMBERED.match(button.text)]
    assert len(pages) >= 3
    assert len({page.id for page in pages}) == 1
    assert f"Página 1 de {len(pages)}" in pages[0].text
    assert len(names) == len(set(names)) == 60


def test_a_line_on_a_later_page_can_be_opened(tmp_path: Path) -> None:
    with crowded_bot(tmp_path, Size(units=2, many=60, few=1), MIDDLE) as bot:
        bot.enter(DIEGO)
        pages = turned(bot, DIEGO, "/avance u00")
        numbers = [button.text for page in pages for button in page.buttons() if button.text.isdecimal()]
        assert numbers == [str(number) for number in range(1, 61)]
        assert "Línea 60" in press(bot, DIEGO, pages[-1], "60").text


def test_a_unit_on_a_later_page_can_be_chosen_in_a_draft(tmp_path: Path) -> None:
    with crowded_bot(tmp_path, Size(units=60, many=3, few=2), MIDDLE) as bot:
        bot.enter(PALOMA)
        last = turned(bot, PALOMA, "/registrar")[-1]
        assert "Página 3 de 3" in last.text
        assert "¿A qué línea" in press(bot, PALOMA, last, "Dirección 59").text


def test_a_notice_about_many_units_leads_to_all_of_them(tmp_path: Path) -> None:
    with crowded_bot(tmp_path, Size(units=60, many=3, few=1), MIDDLE) as bot:
        bot.enter(PALOMA)
        bot.world.move_to(CLOSED)
        bot.tick()
        notice = next(each for each in bot.said[PALOMA.telegram_id] if "Aún no están listas" in each.text)
        assert len(attending([notice])) == 10
        pages = turned(bot, PALOMA, first=press(bot, PALOMA, notice, "📋 Ver todas (60)"))
        assert len(attending(pages)) == len(set(attending(pages))) == 60
        assert "Ya no se insiste" in press(bot, PALOMA, pages[-1], attending(pages)[-1]).text
        assert bot.refusals == []


def test_a_unit_with_twenty_five_open_lines_can_sign(tmp_path: Path) -> None:
    with crowded_bot(tmp_path, Size(units=1, many=25), MIDDLE) as bot:
        bot.enter(DIEGO)
        bot.world.move_to(CLOSED)
        holes = bot.write(DIEGO.telegram_id, "/firmar")[-1]
        assert "Página 1 de" in holes.text
        mended = 0
        while button_on(holes, "✅ Firmar") is None and mended < 100:
            mend(bot, holes)
            mended += 1
            holes = bot.write(DIEGO.telegram_id, "/firmar")[-1]
        assert mended > 25
        assert "Firmado" in press(bot, DIEGO, holes, "✅ Firmar").text
        assert bot.refusals == []


def mend(bot: Direct, holes: Message) -> None:
    """Complete the first duty that blocks the signature."""
    labels = [each.text for each in holes.buttons()]
    wanted = ("Sin movimiento", "Observación", "Presentación")
    label = next(each for each in labels if any(word in each for word in wanted))
    asked = press(bot, DIEGO, holes, label)
    if "Sin movimiento" in label:
        press(bot, DIEGO, press(bot, DIEGO, asked, "Depende de terceros"), "✅ Confirmar")
    else:
        words = large_programme.text(3900 if "Presentación" in label else 1400)
        press(bot, DIEGO, bot.write(DIEGO.telegram_id, words)[-1], "✅ Guardar")


def attending(pages: list[Message]) -> list[str]:
    return [button.text for page in pages for button in page.buttons() if button.text.startswith("🙋")]


def turned(bot: Direct, part: Part, asked: str = "", first: Message | None = None) -> list[Message]:
    """Return every page of the answer, beginning with the command's or with the given one."""
    page = first or bot.write(part.telegram_id, asked)[-1]
    pages = [page]
    while any(button.text == NEXT for button in page.buttons()):
        page = press(bot, part, page, NEXT)
        pages.append(page)
    return pages


def press(bot: Direct, part: Part, message: Message, label: str) -> Message:
    """Press the button and return the answer."""
    button = button_on(message, label)
    assert button is not None and button.data is not None, (label, message)
    seen = len(bot.said[part.telegram_id])
    bot.tap(part.telegram_id, [(button.data, message.id)])
    return bot.said[part.telegram_id][seen:][-1]
