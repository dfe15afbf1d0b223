"""People edit their messages."""

import httpx
import pytest
from telegram import Bot

from local_telegram.world.world import World
from tests.local_telegram.conftest import ANA, LUIS, Call
from tests.support.files import photographs
from tests.support.phones.phone import Message, Phone

OFFICE = -100


async def refusal(http: httpx.AsyncClient, message: Message, text: str) -> int:
    body = {"message_id": message.id, "text": text, "chat": message.chat}
    return (await http.post(f"/phone/{ANA}/edit", json=body)).status_code


async def test_a_text_is_edited(bot: Bot, ana: Phone, world: World) -> None:
    first = await ana.send("hola")
    written = await ana.send("2 asesorías", reply_to=first.id)
    world.advance(60)
    edited = await ana.edit(written, " /avance 3 ")
    assert (edited.id, edited.text) == (written.id, "/avance 3")
    assert edited.edit_date is not None and edited.edit_date >= written.date + 60
    update = (await bot.get_updates())[-1]
    message = update.edited_message
    assert message is not None and message.edit_date is not None and update.message is None
    assert (message.message_id, message.text, message.date.timestamp()) == (
        written.id,
        "/avance 3",
        written.date,
    )
    assert [entity.type for entity in message.entities] == ["bot_command"]
    assert message.reply_to_message is not None
    assert (await ana.messages())[-1].text == "/avance 3"


async def test_a_caption_is_edited_given_and_taken_away(bot: Bot, ana: Phone) -> None:
    photo = await ana.send_photo(photographs.drawn(), "uno")
    plain = await ana.send_file("acta.pdf", b"%PDF")
    await ana.edit(photo, "")
    await ana.edit(plain, "dos")
    edits = [update.edited_message for update in await bot.get_updates() if update.edited_message]
    assert [message.caption for message in edits] == [None, "dos"]
    assert edits[0].photo and edits[1].document


async def test_messages_that_cannot_be_edited_are_refused(
    http: httpx.AsyncClient, bot: Bot, ana: Phone, world: World
) -> None:
    text, photo = await ana.send("uno"), await ana.send_photo(photographs.drawn(), "uno")
    note = await ana.send_file("a.mp4", b"x", as_="video_note")
    place, (copy,) = await ana.send_location(1, 2), await ana.forward([text])
    world.updates.clear()
    for message, words in ((text, "uno"), (photo, "uno"), (text, " "), (text, "x" * 4097)):
        assert await refusal(http, message, words) == 400
    for message, words in ((photo, "x" * 1025), (note, "x"), (place, "x"), (copy, "x")):
        assert await refusal(http, message, words) == 400
    await bot.send_message(ANA, "hola")
    assert await refusal(http, await ana.last(), "x") == 404
    world.advance(48 * 3600 + 1)
    assert await refusal(http, text, "dos") == 400
    assert not len(world.updates)


async def test_edits_are_delivered_only_if_allowed(call: Call, ana: Phone) -> None:
    await call("getUpdates", allowed_updates=["message"])
    await ana.edit(await ana.send("uno"), "dos")
    assert [list(update)[1] for update in (await call("getUpdates"))["result"]] == ["message"]


async def test_a_blocked_bot_gets_no_edits(ana: Phone, world: World) -> None:
    written = await ana.send("uno")
    await ana.block()
    world.updates.clear()
    await ana.edit(written, "dos")
    assert not len(world.updates)


@pytest.mark.parametrize(("text", "is_heard"), [("/avance 2", True), ("buenos días", False)])
async def test_in_a_group_the_bot_gets_only_edits_meant_for_it(
    text: str, is_heard: bool, bot: Bot, ana: Phone, luis: Phone, world: World
) -> None:
    world.add_group(OFFICE, "Jurídica", [ANA, LUIS])
    world.updates.clear()
    await ana.edit(await ana.send("hola", chat=OFFICE), text)
    assert [update.edited_message is not None for update in await bot.get_updates()] == [True] * is_heard
