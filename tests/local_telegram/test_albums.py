"""Albums: several messages of one group, which may arrive in parts and are forwarded together."""

import httpx
import pytest
from telegram import Bot, MessageOriginUser
from telegram import Message as IncomingUpdate

from local_telegram.world.world import World
from tests.local_telegram.conftest import ANA, LUIS, Call
from tests.local_telegram.test_messages import keys
from tests.support.files import photographs
from tests.support.phones.phone import Phone

OFFICE = -100


async def incoming(bot: Bot) -> list[IncomingUpdate]:
    return [update.message for update in await bot.get_updates() if update.message]


def first_author(message: IncomingUpdate) -> str:
    assert isinstance(message.forward_origin, MessageOriginUser)
    return message.forward_origin.sender_user.first_name


async def test_an_album_is_one_message_and_one_update_for_each(bot: Bot, ana: Phone) -> None:
    shown = await ana.send_album([photographs.drawn()] * 10, "Diez fotos")
    await ana.send_album([photographs.drawn(), ("sesión.mp4", b"moov")])
    messages = await incoming(bot)
    first, second = messages[:10], messages[10:]
    assert [message.caption for message in first] == ["Diez fotos"] + [None] * 9
    assert [message.message_id for message in first] == [message.id for message in shown]
    assert len({message.media_group_id for message in first}) == 1
    assert len({message.media_group_id for message in messages}) == 2
    assert second[0].photo and second[1].video
    assert {message.album for message in shown} == {first[0].media_group_id}
    assert (await ana.send_photo(photographs.drawn())).album is None


@pytest.mark.parametrize(
    ("files", "kind"),
    [
        ([("a.jpg", photographs.drawn())] * 11, None),
        ([("a.jpg", photographs.drawn()), ("a.pdf", b"%PDF")], None),
        ([("a.mp3", b"x"), ("b.mp3", b"x")], "voice"),
        ([("a.mp4", b"x"), ("b.mp4", b"x")], "video_note"),
        ([("a.gif", b"x"), ("b.gif", b"x")], "animation"),
    ],
)
async def test_invalid_albums_are_refused(
    files: list[tuple[str, bytes]], kind: str | None, http: httpx.AsyncClient, ana: Phone
) -> None:
    fields = {"as": kind} if kind else {}
    answer = await http.post(f"/phone/{ANA}/send", data=fields, files=[("file", file) for file in files])
    assert answer.status_code == 400
    assert "No album" in answer.json()["error"]


async def test_documents_can_be_an_album(bot: Bot, ana: Phone) -> None:
    await ana.send_album([("a.pdf", b"1"), ("b.jpg", photographs.drawn())], as_="document")
    assert [message.document and message.document.file_name for message in await incoming(bot)] == [
        "a.pdf",
        "b.jpg",
    ]


async def test_an_album_arrives_in_parts(bot: Bot, ana: Phone) -> None:
    shown = await ana.send_album([photographs.drawn()] * 5, "Sesión", arrive=2)
    assert len(shown) == 5
    assert [message.message_id for message in await incoming(bot)] == [shown[0].id, shown[1].id]
    assert await ana.arrive(1) == 2
    assert len(await incoming(bot)) == 3
    assert await ana.arrive() == 0
    assert [message.message_id for message in await incoming(bot)] == [message.id for message in shown]
    assert await ana.arrive() == 0


async def test_a_pending_edit_arrives_once_in_its_latest_form(bot: Bot, ana: Phone) -> None:
    photo = await ana.send_photo(photographs.drawn(), "uno", arrive=False)
    await ana.edit(photo, "dos")
    assert not await bot.get_updates()
    await ana.arrive()
    (update,) = await bot.get_updates()
    assert update.message is not None and update.message.caption == "dos"


async def test_a_message_deleted_before_delivery_is_not_delivered(bot: Bot, ana: Phone) -> None:
    photos = await ana.send_album([photographs.drawn()] * 2, arrive=0)
    await bot.delete_message(ANA, photos[0].id)
    await ana.arrive()
    (update,) = await bot.get_updates()
    assert update.message is not None and update.message.message_id == photos[1].id


async def test_a_forwarded_album_is_a_new_album(bot: Bot, ana: Phone, luis: Phone, world: World) -> None:
    world.add_group(OFFICE, "Jurídica", [ANA, LUIS])
    original = await luis.send_album([photographs.drawn()] * 3, "Sesión", chat=OFFICE)
    assert not await incoming(bot)  # a group's photos are not the bot's business
    copies = await ana.forward(original)
    messages = await incoming(bot)
    assert [message.message_id for message in messages] == [copy.id for copy in copies]
    assert {first_author(message) for message in messages} == {"Luis"}
    assert {copy.forwarded_from for copy in copies} == {"Luis"}
    assert messages[0].caption == "Sesión" and messages[0].photo and messages[0].chat.id == ANA
    assert messages[0].from_user is not None and messages[0].from_user.id == ANA
    assert len({copy.album for copy in copies}) == 1
    assert copies[0].album not in (None, original[0].album)
    (alone,) = await ana.forward(original[1:2])
    assert alone.album is None


async def test_a_forward_names_the_first_author_and_has_no_buttons(
    bot: Bot, call: Call, ana: Phone, luis: Phone, world: World
) -> None:
    world.add_group(OFFICE, "Jurídica", [ANA, LUIS])
    world.advance(60)
    written = await luis.send("2 asesorías", chat=OFFICE)
    world.advance(60)
    (once,) = await ana.forward([written])
    (twice,) = await ana.forward([once], chat=OFFICE)
    assert (twice.chat, twice.forwarded_from, twice.text) == (OFFICE, "Luis", "2 asesorías")
    heard_once = (await incoming(bot))[-1]
    assert heard_once.forward_origin is not None
    assert (heard_once.date - heard_once.forward_origin.date).total_seconds() in (60, 61)
    asked = await bot.send_message(ANA, "¿Sí?", reply_markup=keys([("Sí", "y")]))
    card = next(message for message in await ana.messages() if message.id == asked.message_id)
    (copy,) = await ana.forward([card])
    assert (copy.forwarded_from, copy.rows) == ("Avance", ())


async def test_a_location_can_be_forwarded(bot: Bot, ana: Phone) -> None:
    (copy,) = await ana.forward([await ana.send_location(16.75, -93.12, "SESAECH", "Centro")])
    assert copy.location is not None
    assert (copy.location.latitude, copy.location.title) == (16.75, "SESAECH")
    assert (await incoming(bot))[-1].venue is not None


async def test_only_visible_unprotected_messages_are_forwarded(
    bot: Bot, http: httpx.AsyncClient, ana: Phone, luis: Phone, world: World
) -> None:
    world.add_group(OFFICE, "Jurídica", [LUIS])
    written = await luis.send("secreto", chat=OFFICE)
    seen = {"from_chat": OFFICE, "message_ids": [written.id]}
    assert (await http.post(f"/phone/{ANA}/forward", json=seen)).status_code == 404
    guarded = await bot.send_message(ANA, "no se reenvía", protect_content=True)
    for numbers, status in (([guarded.message_id], 400), ([999], 404), ([], 404)):
        body = {"from_chat": ANA, "message_ids": numbers}
        assert (await http.post(f"/phone/{ANA}/forward", json=body)).status_code == status
