"""A name or text with right-to-left letters does not reorder the text beside it."""

import re
from pathlib import Path

import pytest

from bot.commands import listing
from bot.terminal import escaped
from handlers.activity_form.buttons import Undo
from handlers.chat.context import TurnContext
from handlers.chat.conversations import NONE
from handlers.chat.keyboards import button
from handlers.updates.parsing import IncomingUpdate
from models.rights import member
from models.storage import database
from models.storage.unit_of_work import work_of
from reports.word.printing import printed
from tests.bot.evidence.evidence_stage import registered, with_card
from tests.bot.telegram.outbox_stage import people, say, settled_rows, shown, text
from tests.support.phones.phone import Message, Phone
from tests.support.phones.stage import ANA, MORNING, OLGA, PALOMA, Part, Stage

HEBREW, ARABIC, MIXED = "אבג דהו", "محمد علي", "Ana אבג 21"
NAMES = [HEBREW, ARABIC, MIXED]
LEFTWARD = re.compile("[\u0590-\u08ff\ufb1d-\ufdff\ufe70-\ufefc]")
TURNING = re.compile("[\u061c\u200e\u200f\u202a-\u202e\u2066\u2067]")


def faults(said: str) -> list[str]:
    """Return lines with right-to-left letters outside an isolate, or with an isolate that does not end."""
    found = []
    for line in said.split("\n"):
        outside = re.sub("\u2068[^\u2068\u2069]*\u2069", "", line)
        if LEFTWARD.search(outside) or "\u2068" in outside or "\u2069" in outside or TURNING.search(line):
            found.append(line)
    return found


def everything(messages: list[Message]) -> list[str]:
    """Return all that the bot sends, with the labels of buttons."""
    said = [each for each in messages if each.from_bot]
    return [each.text for each in said] + [key.text for each in said for key in each.buttons()]


@pytest.mark.parametrize("name", NAMES)
async def test_cards_lists_and_notices_isolate_names(stage: Stage, name: str) -> None:
    paloma = await stage.enter(PALOMA)
    part = Part(ANA.telegram_id, name, ANA.role, ANA.unit)
    ana, card = await with_card(stage, part, f"Hoy 1 acta de la primera sesión, con {HEBREW}")
    await registered(ana, card)
    for asked in ("/start", "/actividades", "/actividad 1"):
        await ana.send(asked)
        await stage.settled()
    await paloma.send(f"/invitar observador {name}")
    for asked in ("/personas", "/invitar"):
        await paloma.send(asked)
        await stage.settled()
    said = everything(await ana.messages()) + everything(await paloma.messages())
    assert [each for text in said for each in faults(text)] == []
    whole = "\n".join(said)
    assert whole.count(f"\u2068{name}\u2069") >= 4, whole
    assert any(LEFTWARD.search(key.text) for each in await paloma.messages() for key in each.buttons())


async def test_ordinary_names_get_no_isolates(stage: Stage) -> None:
    ana, card = await with_card(stage, ANA, "Hoy 1 acta de la primera sesión, con José Ñandú 👩‍🌾")
    await registered(ana, card)
    await ana.send("/actividad 1")
    await stage.settled()
    assert not [each for each in everything(await ana.messages()) if re.search("[\u2066-\u2069]", each)]


async def test_names_in_alerts_are_isolated(stage: Stage) -> None:
    ana = await stage.enter(ANA)
    with database.transaction(stage.app.engine) as session:
        known = member(session, ana.user_id)
        assert known is not None
        context = TurnContext(
            IncomingUpdate(1, ana.user_id, True, ana.user_id, "A", callback_id="7"),
            MORNING,
            known,
            session,
            NONE,
        )
        context.answer(f"{HEBREW} 21 %")
    assert work_of(session).answers[0].text == f"\u2068{HEBREW}\u2069 21 %"


async def test_isolates_end_in_their_line_and_other_direction_characters_are_removed(stage: Stage) -> None:
    (chat,) = people(stage, 1)
    say(stage, text(chat, f"a \u2068{HEBREW} 5\nb \u2069c \u202ed \u2067e\n{HEBREW} 21 %, {ARABIC} 7"))
    await settled_rows(stage)
    (said,) = shown(stage, chat)
    assert said == f"a \u2068{HEBREW} 5\u2069\nb c d e\n\u2068{HEBREW}\u2069 21 %, \u2068{ARABIC}\u2069 7"


def test_buttons_are_isolated_after_they_are_cut() -> None:
    shown_text = button(f"👤 {'אבג ' * 40}", Undo(1))["text"]
    assert faults(shown_text) == [] and LEFTWARD.search(shown_text)
    assert button("👤 José", Undo(1))["text"] == "👤 José"


@pytest.mark.parametrize("name", NAMES)
def test_listings_of_the_command_line_keep_their_columns(name: str) -> None:
    first, second = listing.aligned([(name, "21", "x"), ("Ana", "7", "\u2068\u202ey")]).split("\n")
    assert escaped(first) == first, "the terminal gets it as it is"
    assert faults(first) == faults(second) == []
    plain = [re.sub("[\u2068\u2069]", "", each) for each in (first, second)]
    assert plain[0].rindex("21") == plain[1].rindex("7")


@pytest.mark.parametrize("name", NAMES)
def test_reports_isolate_what_they_print(name: str) -> None:
    assert str(printed(name)) == f"\u2068{name}\u2069"
    assert str(printed(f"\u202e{name}\nAna")) == f"\u2068{name}\u2069\nAna"
    assert str(printed("José {x}")) == "José &#123;x&#125;"


def test_every_text_escapes_by_the_function_that_isolates() -> None:
    """`html.escape` alone would let a name reorder the figure beside it."""
    folder = Path(__file__).parents[2] / "handlers" / "texts"
    direct = [each.name for each in folder.glob("*.py") if "from html import" in each.read_text()]
    assert direct == []


@pytest.mark.parametrize(
    "name", ["\u202e\u2066", "\u200f", "\u2068\u2069", "\x01\x02", "\u3164", "\u200b\u2060"]
)
async def test_an_invisible_name_is_refused(stage: Stage, name: str) -> None:
    paloma: Phone = await stage.enter(PALOMA)
    await paloma.send(f"/invitar observador {name}")
    await paloma.wait_for("De ese nombre no se ve nada")
    await paloma.send(f"/invitar enlace juridica {name}")
    await paloma.wait_for("De ese nombre no se ve nada")
    await paloma.send("/invitar observador")
    await paloma.wait_for(lambda message: message.media is not None)


async def test_planning_is_notified_of_an_account_without_a_visible_name(stage: Stage) -> None:
    paloma = await stage.enter(PALOMA)
    code = stage.invite(OLGA)
    olga = await stage.phone(Part(OLGA.telegram_id, "\u202e\u2066", OLGA.role))
    await olga.send(f"/start {code}")
    told = await paloma.wait_for("Entró")
    assert "en Telegram, sin nombre que se vea" in told.text
