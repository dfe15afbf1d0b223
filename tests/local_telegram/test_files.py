"""Files that people send: as the bot receives them, which are refused, and how phones show them."""

from io import BytesIO
from typing import Any

import httpx
import pytest
from PIL import Image
from telegram import Bot
from telegram import Message as IncomingUpdate

from local_telegram.world.world import World
from tests.local_telegram.conftest import ANA, Call
from tests.support.files import photographs
from tests.support.phones.phone import Phone


async def incoming(bot: Bot) -> list[IncomingUpdate]:
    return [update.message for update in await bot.get_updates() if update.message]


def opened(content: bytes) -> Image.Image:
    return Image.open(BytesIO(content))


@pytest.mark.parametrize(
    ("width", "height", "sizes"),
    [
        (60, 40, [(60, 40)]),
        (90, 45, [(90, 45)]),
        (640, 320, [(90, 45), (320, 160), (640, 320)]),
        (1280, 640, [(90, 45), (320, 160), (800, 400), (1280, 640)]),
        (1000, 2000, [(45, 90), (160, 320), (400, 800), (640, 1280)]),
    ],
)
async def test_a_photo_has_several_sizes(
    width: int, height: int, sizes: list[tuple[int, int]], bot: Bot, ana: Phone
) -> None:
    shown = await ana.send_photo(photographs.drawn(width, height, "PNG"), "Sesión")
    (message,) = await incoming(bot)
    assert message.caption == shown.text == "Sesión"
    assert [(size.width, size.height) for size in message.photo] == sizes
    assert len({size.file_unique_id for size in message.photo}) == len(sizes)
    for size in message.photo:
        content = bytes(await (await bot.get_file(size.file_id)).download_as_bytearray())
        assert (opened(content).format, opened(content).size) == ("JPEG", (size.width, size.height))
        assert size.file_size == len(content)


async def test_a_photo_is_turned_upright_and_loses_its_metadata(ana: Phone) -> None:
    photo = opened(await ana.fetch(await ana.send_photo(photographs.taken(60, 40, turned=True))))
    assert photo.size == (40, 60)
    assert not photo.getexif()
    assert "comment" not in photo.info


async def test_transparent_pixels_become_white(ana: Phone) -> None:
    written = BytesIO()
    Image.new("RGBA", (20, 20), (0, 0, 0, 0)).save(written, "PNG")
    photo = opened(await ana.fetch(await ana.send_photo(written.getvalue())))
    assert photo.convert("L").getextrema() == (255, 255)


async def test_a_document_is_kept_as_it_is(bot: Bot, ana: Phone) -> None:
    original = photographs.taken()
    shown = await ana.send_file("IMG 20240319.jpg", original)
    (message,) = await incoming(bot)
    assert message.document is not None and not message.photo
    assert (message.document.file_name, message.document.mime_type) == ("IMG 20240319.jpg", "image/jpeg")
    assert message.document.file_size == len(original)
    fetched = bytes(await (await bot.get_file(message.document.file_id)).download_as_bytearray())
    assert fetched == original == await ana.fetch(shown)


@pytest.mark.parametrize(
    ("kind", "name", "mime", "kept"),
    [
        ("voice", "audio.ogg", "audio/ogg", None),
        ("audio", "himno.mp3", "audio/mpeg", "himno.mp3"),
        ("video", "sesión.mp4", "video/mp4", "sesión.mp4"),
        ("animation", "risa.gif", "image/gif", "risa.gif"),
    ],
)
async def test_other_kinds_have_a_duration(
    kind: str, name: str, mime: str, kept: str | None, bot: Bot, ana: Phone
) -> None:
    shown = await ana.send_file(name, b"content", as_=kind, duration=7)
    (message,) = await incoming(bot)
    file: Any = message[kind]
    assert (file.mime_type, getattr(file, "file_name", None)) == (mime, kept)
    assert file.duration.total_seconds() == 7
    assert shown.media is not None
    assert (shown.media.kind, shown.media.name, shown.media.duration) == (kind, kept, 7)


async def test_a_video_note_has_only_length_and_duration(bot: Bot, ana: Phone) -> None:
    shown = await ana.send_file("nota.mp4", b"content", as_="video_note", duration=3)
    (message,) = await incoming(bot)
    assert message.video_note is not None
    assert (message.video_note.length, message.video_note.duration.seconds) == (384, 3)  # type: ignore[union-attr]
    assert shown.media is not None
    assert (shown.media.width, shown.media.mime) == (384, "video/mp4")


async def test_an_animation_is_a_document_as_well(bot: Bot, ana: Phone) -> None:
    shown = await ana.send_file("risa.gif", photographs.moving(), as_="animation")
    (message,) = await incoming(bot)
    assert message.animation is not None and message.document is not None
    assert message.animation.file_id == message.document.file_id
    assert shown.media is not None
    assert shown.media.kind == "animation"


@pytest.mark.parametrize(
    ("name", "content", "kind"),
    [
        ("a.jpg", photographs.drawn(), "photo"),
        ("a.PNG", photographs.drawn(form="PNG"), "photo"),
        ("a.webp", photographs.drawn(form="WEBP"), "photo"),
        ("a.gif", photographs.drawn(form="GIF"), "photo"),
        ("a.gif", photographs.moving(), "document"),
        ("programa.jpg", b"MZ\x90\x00", "document"),
        ("lista.png", photographs.drawn(5, 101), "document"),
        ("a.heic", b"heic", "document"),
        ("a.mov", b"moov", "video"),
        ("acta.pdf", b"%PDF", "document"),
        ("acta", b"text", "document"),
    ],
)
async def test_the_default_kind_of_a_sent_file(name: str, content: bytes, kind: str, ana: Phone) -> None:
    shown = await ana.send_file(name, content, as_=None)
    assert shown.media is not None
    assert shown.media.kind == kind


async def test_the_media_type_follows_the_file_name(bot: Bot, ana: Phone) -> None:
    names = ["virus.jpg", "acta.docx", "lista.xlsx", "foto.HEIC", "acta", "nota.m4a"]
    for name in names:
        await ana.send_file(name, b"MZ\x90\x00")
    assert [message.document and message.document.mime_type for message in await incoming(bot)] == [
        "image/jpeg",
        "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
        "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
        "image/heic",
        "application/octet-stream",
        "audio/mp4",
    ]


async def test_an_empty_file_arrives_without_a_size(bot: Bot, call: Call, ana: Phone) -> None:
    await ana.send_file("vacío.txt", b"")
    (message,) = await incoming(bot)
    assert message.document is not None
    assert message.document.file_size is None
    file = await bot.get_file(message.document.file_id)
    assert bytes(await file.download_as_bytearray()) == b""


@pytest.mark.parametrize(
    ("files", "fields"),
    [
        ([("a.jpg", b"MZ")], {"as": "photo"}),
        ([("a.png", photographs.vast(9_000))], {"as": "photo"}),
        ([("a.png", photographs.vast(20_000))], {"as": "photo"}),
        ([("a.gif", photographs.moving())], {"as": "photo"}),
        ([("a.png", photographs.drawn(5, 101))], {"as": "photo"}),
        ([("a.pdf", b"%PDF")], {"as": "sticker"}),
        ([("a.pdf", b"%PDF")], {"caption": "😀" * 512 + "x"}),
        ([("a.mp4", b"moov")], {"as": "video_note", "caption": "x"}),
        ([("a.pdf", b"%PDF")], {"reply_to": "x"}),
        ([], {"caption": "x"}),
    ],
)
async def test_files_that_a_phone_refuses_to_send(
    files: list[tuple[str, bytes]], fields: dict[str, str], http: httpx.AsyncClient, ana: Phone, world: World
) -> None:
    before = len(await ana.messages())
    parts: Any = [("file", file) for file in files] or {"other": ("a", b"")}
    answer = await http.post(f"/phone/{ANA}/send", data=fields, files=parts)
    assert (answer.status_code, list(answer.json())) == (400, ["error"])
    assert len(await ana.messages()) == before
    assert not len(world.updates)


async def test_a_very_large_picture_is_sent_as_a_document(ana: Phone) -> None:
    shown = await ana.send_file("plano.png", photographs.vast(9_000), as_=None)
    assert shown.media is not None
    assert shown.media.kind == "document"


async def test_a_caption_has_1024_units_and_its_commands_are_found(bot: Bot, ana: Phone) -> None:
    await ana.send_photo(photographs.drawn(), "😀" * 512)
    await ana.send_photo(photographs.drawn(), "  /avance juridica ")
    first, second = await incoming(bot)
    assert first.caption == "😀" * 512
    assert second.caption == "/avance juridica"
    assert second.parse_caption_entities() == {second.caption_entities[0]: "/avance"}


async def test_a_file_can_reply_to_a_message(bot: Bot, call: Call, ana: Phone) -> None:
    keyboard = {"inline_keyboard": [[{"text": "Sí", "callback_data": "y"}]]}
    question = (await call("sendMessage", chat_id=ANA, text="<b>¿Sí?</b>", reply_markup=keyboard))["result"]
    shown = await ana.send_photo(photographs.drawn(), reply_to=question["message_id"])
    assert shown.reply_to == question["message_id"]
    (update,) = (await call("getUpdates"))["result"]
    assert update["message"]["reply_to_message"] == question
    assert question["reply_markup"] == keyboard


async def test_a_phone_opens_files_safely_and_under_their_name(http: httpx.AsyncClient, ana: Phone) -> None:
    shown = await ana.send_file("Acta n.º 1.html", b"<script>")
    assert shown.media is not None
    assert (shown.media.mime, shown.media.size) == ("text/html", 8)
    answer = await http.get(shown.media.url)
    assert answer.headers["content-type"].startswith("text/html")
    assert answer.headers["content-security-policy"] == "sandbox"
    assert "content-disposition" not in answer.headers
    saved = await http.get(f"{shown.media.url}?download=1")
    assert saved.headers["content-disposition"] == "attachment; filename*=utf-8''Acta%20n.%C2%BA%201.html"


async def test_a_place_and_a_venue(bot: Bot, ana: Phone, http: httpx.AsyncClient) -> None:
    here = await ana.send_location(16.75, -93.12)
    office = await ana.send_location(16.75, -93.12, "SESAECH", "Centro", reply_to=here.id)
    first, second = await incoming(bot)
    assert first.location is not None and second.location is not None and second.venue is not None
    assert (first.location.latitude, first.location.longitude, first.venue) == (16.75, -93.12, None)
    assert (second.venue.title, second.venue.address) == ("SESAECH", "Centro")
    assert second.venue.location == second.location == first.location
    assert office.location is not None and here.location is not None
    assert (here.location.title, office.location.title, office.reply_to) == (None, "SESAECH", here.id)
    nowhere = {"latitude": 91, "longitude": 0}
    assert (await http.post(f"/phone/{ANA}/location", json=nowhere)).status_code == 400
