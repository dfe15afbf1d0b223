"""A database that is used with another account of the bot: its numbers of messages and updates are others."""

from pathlib import Path

import pytest
from sqlmodel import select

from models.storage import database
from models.tables.chat.bot_account import BotAccount
from tests.support.files.photographs import drawn
from tests.support.phones.stage import ANA, Stage

FIRST = 1  # both accounts count from here, so that every number was there before


async def test_nobody_meets_silence_or_an_earlier_card(
    tmp_path: Path, caplog: pytest.LogCaptureFixture
) -> None:
    async with Stage(tmp_path, first_update_id=FIRST) as stage:
        ana = await stage.enter(ANA)
        await ana.send_photo(drawn(), caption="Ayer sesionó el Órgano de Gobierno: 1 acta")
        await ana.wait_for("Por registrar")
        await ana.tap("✅ Registrar")
        await ana.wait_for("Registrada")
        await stage.settled()
    async with Stage(tmp_path, token="800000002:other", first_update_id=FIRST) as stage:
        ana = await stage.phone(ANA)
        for text in ("/start", "/avance", "hola", "¿cómo vamos?", "/pendientes", "/calendario"):
            sent = await ana.send(text)
            await ana.wait_for(lambda message: bool(message.text))
        await ana.send("fueron 3", reply_to=sent.id)
        said = (await ana.wait_for(lambda message: True)).text
        assert "n.º 1" not in said
        await stage.settled()
        with database.transaction(stage.app.engine) as session:
            assert [row.id for row in session.exec(select(BotAccount)).all()] == [800000002]
    assert "IntegrityError" not in caplog.text


async def test_the_same_account_forgets_nothing(tmp_path: Path) -> None:
    async with Stage(tmp_path) as stage:
        ana = await stage.enter(ANA)
        sent = await ana.send("Ayer sesionó el Órgano de Gobierno: 1 acta")
        await ana.wait_for("Por registrar")
        await stage.settled()
        await stage.stop_bot()
        await stage.start_bot()
        await ana.edit(sent, "Ayer sesionó el Órgano de Gobierno: 2 actas")
        assert "2 actas" in (await ana.wait_for("2 actas")).text
