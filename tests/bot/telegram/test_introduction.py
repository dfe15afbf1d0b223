"""What Telegram shows of the bot before anybody writes to it, and who gets the manual."""

import io

import pypdf
from telegram.constants import BotDescriptionLimit

from local_telegram.world.traffic import Fault
from tests.support.phones.stage import ANA, PALOMA, Stage

GROUP = -700
DESCRIBED = BotDescriptionLimit.MAX_DESCRIPTION_LENGTH
SHORTLY = BotDescriptionLimit.MAX_SHORT_DESCRIPTION_LENGTH


async def test_the_bot_is_described_and_has_commands_by_scope(stage: Stage) -> None:
    shown = stage.world.descriptions
    assert 0 < len(shown["description"]) <= DESCRIBED and 0 < len(shown["short_description"]) <= SHORTLY
    assert "SESAECH" not in " ".join(shown.values())  # strangers learn nothing of the institution
    menus = {scope: [each["command"] for each in menu] for (scope, *_), menu in stage.world.menus.items()}
    assert not any(menus.get(scope) for scope in ("default", "all_private_chats"))
    assert menus["all_group_chats"] == ["avance", "pendientes", "calendario"]
    ana, paloma = await stage.enter(ANA), await stage.enter(PALOMA)
    await stage.settled()
    assert "registrar" in await ana.commands() and "invitar" not in await ana.commands()
    assert "invitar" in await paloma.commands()


async def test_a_server_that_does_not_know_the_methods_stops_nothing(stage: Stage) -> None:
    await stage.stop_bot()
    stage.world.descriptions.clear()
    stage.world.faults.plan(Fault("setMyDescription", status=404))
    await stage.start_bot()
    ana = await stage.enter(ANA)
    assert "bienvenida" in (await ana.wait_for("bienvenida")).text
    assert "short_description" in stage.world.descriptions


async def test_the_manual_comes_as_a_pdf_that_is_made_once(stage: Stage) -> None:
    ana = await stage.enter(ANA)
    for _ in range(2):
        await ana.send("pásame el manual")
        message = await ana.wait_for(lambda each: each.media is not None)
        assert {"kind": "action", "action": "upload_document"}.items() <= _action(ana.events).items()
        pages = pypdf.PdfReader(io.BytesIO(await ana.fetch(message))).pages
        text = "\n".join(page.extract_text() for page in pages)
        assert "Manual de Avance" in text and "¿Sirve en la computadora?" in text
    assert len(list((stage.folder / "manual").iterdir())) == 1


def _action(events: list[dict[str, object]]) -> dict[str, object]:
    return next(event for event in reversed(events) if event["kind"] == "action")
