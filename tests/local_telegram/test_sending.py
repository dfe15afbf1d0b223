"""Files and locations that the bot sends."""

from typing import Any

import pytest
from telegram import Bot, InputMediaDocument, InputMediaPhoto, InputMediaVideo
from telegram.error import BadRequest, NetworkError, RetryAfter

from local_telegram.world.traffic import Limits
from local_telegram.world.world import World
from tests.local_telegram.conftest import ANA, Call
from tests.local_telegram.test_messages import keys
from tests.support.files import photographs
from tests.support.phones.phone import Phone

MEGABYTE = 1024 * 1024


@pytest.mark.parametrize("kind", ["document", "video", "animation", "voice", "audio", "video_note"])
async def test_a_file_is_uploaded_shown_and_sent_again(kind: str, bot: Bot, ana: Phone) -> None:
    send = getattr(bot, f"send_{kind}")
    caption = {} if kind == "video_note" else {"caption": "<b>Acta</b>", "parse_mode": "HTML"}
    sent = await send(ANA, b"content", filename="acta.mp4", reply_markup=keys([("Sí", "y")]), **caption)
    shown = await ana.last()
    assert shown.media is not None
    assert shown.media.kind == kind
    assert shown.keyboard() == [["Sí"]]
    assert shown.html == ("<b>Acta</b>" if caption else "")
    assert await ana.fetch(shown) == b"content"
    again = await send(ANA, sent[kind].file_id)
    assert again[kind] == sent[kind]


async def test_a_file_from_a_person_can_be_sent_by_its_id(bot: Bot, ana: Phone) -> None:
    await ana.send_album([photographs.drawn(2000, 10 * 100)] * 2)
    first, second = [update.message for update in await bot.get_updates()]
    assert first is not None and second is not None
    sent = await bot.send_photo(ANA, first.photo[0].file_id)
    assert sent.photo == first.photo  # all sizes, whichever was named
    group = await bot.send_media_group(
        ANA, [InputMediaPhoto(each.photo[-1].file_id) for each in (first, second)], caption="Evidencia"
    )
    assert [message.caption for message in group] == ["Evidencia", None]
    assert len({message.media_group_id for message in group}) == 1
    with pytest.raises(BadRequest, match=r"^Can't use file of type photo as document$"):
        await bot.send_document(ANA, first.photo[0].file_id)


async def test_an_album_is_uploaded(bot: Bot, ana: Phone) -> None:
    await ana.send("dos")
    media: list[InputMediaPhoto | InputMediaVideo] = [
        InputMediaPhoto(photographs.drawn(), caption="<i>uno</i>", parse_mode="HTML"),
        InputMediaVideo(b"moov", filename="b.mp4", duration=4),
    ]
    sent = await bot.send_media_group(ANA, media)
    shown = (await ana.messages())[-2:]
    assert [message.media and message.media.kind for message in shown] == ["photo", "video"]
    assert [message.html for message in shown] == ["<i>uno</i>", ""]
    assert {message.album for message in shown} == {sent[0].media_group_id}
    assert await ana.fetch(shown[1]) == b"moov"


async def test_albums_that_are_refused(bot: Bot, call: Call, ana: Phone, world: World) -> None:
    photo, document = InputMediaPhoto(photographs.drawn()), InputMediaDocument(b"%PDF")
    refused: list[tuple[list[InputMediaPhoto | InputMediaDocument], str]] = [
        ([photo] * 11, "Too many messages to send as an album"),
        ([photo], "Too few messages to send as an album"),
        ([photo, document], "Document can't be mixed with other media types"),
        ([InputMediaPhoto("unknown"), photo], "Wrong file identifier"),
    ]
    for media, complaint in refused:
        with pytest.raises(BadRequest, match=complaint):
            await bot.send_media_group(ANA, media)
    for raw in ("x", '{"type": "photo"}', '[{"type": "sticker"}, {"type": "photo"}]', '["a", "b"]'):
        assert not (await call("sendMediaGroup", chat_id=ANA, media=raw))["ok"]
    world.flood.limits = Limits(chat_burst=1)
    with pytest.raises(RetryAfter):
        await bot.send_media_group(ANA, [document, document])
    assert not [message for message in await ana.messages() if message.from_bot]


@pytest.mark.parametrize(
    ("content", "complaint"),
    [
        (photographs.drawn(9000, 1001), "Photo_invalid_dimensions"),
        (photographs.drawn(210, 10), "Photo_invalid_dimensions"),
        (photographs.moving(), "Image_process_failed"),
        (b"MZ", "Image_process_failed"),
        (
            photographs.drawn() + bytes(10 * MEGABYTE),
            "too big for a photo; the maximum size is 10485760 bytes",
        ),
        (b"", "File must be non-empty"),
    ],
)
async def test_photos_that_are_refused(content: bytes, complaint: str, bot: Bot, ana: Phone) -> None:
    with pytest.raises(BadRequest, match=complaint):
        await bot.send_photo(ANA, content)


async def test_the_limits_of_size_and_proportion_of_a_photo(bot: Bot, ana: Phone) -> None:
    assert (await bot.send_photo(ANA, photographs.drawn(9000, 1000))).photo[-1].width == 1280
    assert (await bot.send_photo(ANA, photographs.drawn(200, 10))).photo[-1].width == 200


async def test_files_up_to_fifty_megabytes_can_be_sent(bot: Bot, ana: Phone) -> None:
    assert (await bot.send_document(ANA, bytes(50 * MEGABYTE))).document
    with pytest.raises(NetworkError, match="Request Entity Too Large"):
        await bot.send_document(ANA, bytes(50 * MEGABYTE + 1))
    with pytest.raises(BadRequest, match="File must be non-empty"):
        await bot.send_document(ANA, b"")


async def test_locations_and_venues_can_be_sent(bot: Bot, ana: Phone) -> None:
    await bot.send_location(ANA, 16.75, -93.12, reply_markup=keys([("Sí", "y")]))
    shown = await ana.last()
    assert shown.location is not None
    assert (shown.location.latitude, shown.location.title, shown.keyboard()) == (16.75, None, [["Sí"]])
    await bot.send_venue(ANA, 16.75, -93.12, "SESAECH", "Centro")
    shown = await ana.last()
    assert shown.location is not None
    assert (shown.location.title, shown.location.address) == ("SESAECH", "Centro")
    with pytest.raises(BadRequest, match="Wrong location specified"):
        await bot.send_location(ANA, 91, 0)
    with pytest.raises(BadRequest, match="must be a number"):
        await bot.send_location(ANA, "north", 0)  # type: ignore[arg-type]


async def test_captions_and_keyboards_of_files_are_edited(bot: Bot, ana: Phone) -> None:
    sent = await bot.send_document(ANA, b"%PDF", caption="uno", filename="a.pdf")
    await bot.edit_message_caption(ANA, sent.message_id, caption="dos", reply_markup=keys([("Sí", "y")]))
    shown = await ana.last()
    assert shown.media is not None
    assert (shown.text, shown.media.name, shown.keyboard()) == ("dos", "a.pdf", [["Sí"]])
    await bot.edit_message_reply_markup(ANA, sent.message_id)
    shown = await ana.last()
    assert (shown.text, shown.keyboard()) == ("dos", [])
    with pytest.raises(BadRequest, match="Message is not modified"):
        await bot.edit_message_caption(ANA, sent.message_id, caption="dos")
    note: Any = await bot.send_video_note(ANA, b"x")
    for uncaptioned in (note, await bot.send_location(ANA, 1, 2), await bot.send_message(ANA, "x")):
        with pytest.raises(BadRequest, match="no caption in the message"):
            await bot.edit_message_caption(ANA, uncaptioned.message_id, caption="x")


async def test_a_file_that_is_not_attached_is_refused(call: Call, ana: Phone) -> None:
    refused = await call("sendDocument", chat_id=ANA, document="attach://acta")
    assert not refused["ok"]
