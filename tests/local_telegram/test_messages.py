"""Sending, editing and deleting messages."""

import struct
import zlib
from typing import Any

import pytest
from telegram import (
    Bot,
    CopyTextButton,
    InlineKeyboardButton,
    InlineKeyboardMarkup,
    ReactionTypeEmoji,
    ReplyKeyboardMarkup,
    ReplyKeyboardRemove,
)
from telegram.constants import ParseMode
from telegram.error import BadRequest

from local_telegram.world.world import World
from tests.local_telegram.conftest import ANA, LUIS, Call
from tests.support.files.photographs import drawn
from tests.support.phones.phone import Phone


def png(width: int = 1, height: int = 1) -> bytes:
    def chunk(kind: bytes, content: bytes) -> bytes:
        return (
            struct.pack(">I", len(content)) + kind + content + struct.pack(">I", zlib.crc32(kind + content))
        )

    rows = b"".join(b"\x00" + b"\x80" * width for _ in range(height))
    header = struct.pack(">IIBBBBB", width, height, 8, 0, 0, 0, 0)
    body = chunk(b"IHDR", header) + chunk(b"IDAT", zlib.compress(rows)) + chunk(b"IEND", b"")
    return b"\x89PNG\r\n\x1a\n" + body


def keys(*rows: list[tuple[str, str]]) -> InlineKeyboardMarkup:
    return InlineKeyboardMarkup([[InlineKeyboardButton(t, callback_data=d) for t, d in row] for row in rows])


async def test_html_reaches_the_phone_as_entities_and_html(bot: Bot, ana: Phone) -> None:
    sent = await bot.send_message(ANA, "📊 <b>Jurídica</b> &lt;5&gt;", parse_mode=ParseMode.HTML)
    assert sent.parse_entities() == {sent.entities[0]: "Jurídica"}
    shown = await ana.last()
    assert (shown.text, shown.html) == ("📊 Jurídica <5>", "📊 <b>Jurídica</b> &lt;5&gt;")


async def test_text_without_parse_mode_is_taken_literally(bot: Bot, ana: Phone) -> None:
    await bot.send_message(ANA, "<b>x</b>")
    assert (await ana.last()).text == "<b>x</b>"


async def test_a_bad_tag_is_refused(bot: Bot, ana: Phone) -> None:
    with pytest.raises(BadRequest, match=r"^Can't parse entities: unsupported start tag") as refused:
        await bot.send_message(ANA, "<p>x</p>", parse_mode="HTML")
    assert "byte offset 0" in refused.value.message


async def test_markdown_is_refused(call: Call, ana: Phone) -> None:
    refused = await call("sendMessage", chat_id=ANA, text="*x*", parse_mode="MarkdownV2")
    assert "unsupported parse_mode" in refused["description"]


@pytest.mark.parametrize("text", ["", "   \n", "<b> </b>", "&#10;"])
async def test_an_empty_text_is_refused(text: str, call: Call, ana: Phone) -> None:
    refused = await call("sendMessage", chat_id=ANA, text=text, parse_mode="HTML")
    assert refused["description"] == "Bad Request: message text is empty"


async def test_length_is_counted_in_utf16_after_the_entities(bot: Bot, ana: Phone) -> None:
    await bot.send_message(ANA, f"<b>{'😀' * 2048}</b>", parse_mode="HTML")
    with pytest.raises(BadRequest, match="Message is too long"):
        await bot.send_message(ANA, "😀" * 2048 + "x")


async def test_given_entities_are_checked(call: Call, ana: Phone) -> None:
    sent = await call(
        "sendMessage", chat_id=ANA, text="hola", entities=[{"type": "bold", "offset": 0, "length": 4}]
    )
    assert sent["result"]["entities"] == [{"type": "bold", "offset": 0, "length": 4}]
    for entity in (
        {"type": "bold", "offset": 0, "length": 5},
        {"type": "huge", "offset": 0, "length": 1},
        {"type": "bold"},
        {"type": "text_link", "offset": 0, "length": 1, "url": "javascript:x"},
    ):
        assert not (await call("sendMessage", chat_id=ANA, text="hola", entities=[entity]))["ok"]


@pytest.mark.parametrize(
    ("button", "description"),
    [
        ({"text": "x", "callback_data": ""}, "BUTTON_DATA_INVALID"),
        ({"text": "x", "callback_data": "á" * 33}, "BUTTON_DATA_INVALID"),
        ({"text": " ", "callback_data": "x"}, "text must be non-empty"),
        ({"text": "x"}, "Text buttons are unallowed in the inline keyboard"),
        ({"text": "x", "callback_data": "x", "url": "https://a.mx"}, "exactly one action"),
        ({"text": "x", "url": "no address"}, "Wrong HTTP URL"),
        ({"text": "x", "copy_text": {"text": "x" * 257}}, "BUTTON_COPY_TEXT_INVALID"),
        ({"text": "x", "calback_data": "x"}, "unknown field 'calback_data'"),
        ("x", "expected an Object"),
    ],
)
async def test_bad_buttons_are_refused(button: Any, description: str, call: Call, ana: Phone) -> None:
    refused = await call("sendMessage", chat_id=ANA, text="x", reply_markup={"inline_keyboard": [[button]]})
    assert refused["error_code"] == 400
    assert description in refused["description"]


async def test_good_buttons_are_kept(bot: Bot, ana: Phone) -> None:
    row = [
        InlineKeyboardButton("á", callback_data="á" * 32),
        InlineKeyboardButton("b", url="https://a.mx"),
        InlineKeyboardButton("c", copy_text=CopyTextButton("x" * 256)),
    ]
    await bot.send_message(ANA, "x", reply_markup=InlineKeyboardMarkup([row, []]))
    assert await ana.keyboard() == [["á", "b", "c"]]


async def test_a_keyboard_has_at_most_100_buttons(bot: Bot, ana: Phone) -> None:
    await bot.send_message(ANA, "x", reply_markup=keys(*[[("x", "x")]] * 100))
    with pytest.raises(BadRequest, match="Reply markup is too long"):
        await bot.send_message(ANA, "x", reply_markup=keys(*[[("x", "x")]] * 101))


async def test_a_row_has_at_most_8_buttons(bot: Bot, ana: Phone) -> None:
    await bot.send_message(ANA, "x", reply_markup=keys([("x", "x")] * 8))
    with pytest.raises(BadRequest, match="Reply markup is too long"):
        await bot.send_message(ANA, "x", reply_markup=keys([("x", "x")] * 9))


async def test_a_keyboard_has_at_most_10_kilobytes(bot: Bot, ana: Phone) -> None:
    with pytest.raises(BadRequest, match="Reply markup is too long"):
        await bot.send_message(ANA, "x", reply_markup=keys(*[[("x" * 300, "x")]] * 50))


async def test_formatted_parts_beyond_the_hundredth_are_plain(bot: Bot, ana: Phone) -> None:
    await bot.send_message(ANA, "<b>a</b> " * 101, parse_mode="HTML")
    assert (await ana.last()).html.count("<b>") == 100


async def test_a_keyboard_below_the_chat_stays_until_it_is_removed(bot: Bot, ana: Phone) -> None:
    sent = await bot.send_message(
        ANA, "x", reply_markup=ReplyKeyboardMarkup([["x", "y"]], is_persistent=True)
    )
    await bot.send_message(ANA, "z")
    await ana.look()
    shown = [event["keys"] for event in ana.events if event["kind"] == "keys"]
    assert shown == [[["x", "y"]]]
    with pytest.raises(BadRequest, match="nline keyboard expected"):
        wrong: Any = ReplyKeyboardMarkup([["x"]])
        await bot.edit_message_text("y", ANA, sent.message_id, reply_markup=wrong)
    await bot.send_message(ANA, "x", reply_markup=ReplyKeyboardRemove())
    await ana.look()
    assert [event["keys"] for event in ana.events if event["kind"] == "keys"][-1] == []


async def test_a_button_has_one_of_three_styles(bot: Bot, ana: Phone) -> None:
    for style in ("success", "danger", "primary"):
        key = InlineKeyboardButton("x", callback_data="x", style=style)
        await bot.send_message(ANA, "x", reply_markup=InlineKeyboardMarkup([[key]]))
    wrong = InlineKeyboardButton("x", callback_data="x", style="gold")
    with pytest.raises(BadRequest, match="style"):
        await bot.send_message(ANA, "x", reply_markup=InlineKeyboardMarkup([[wrong]]))


async def test_the_bot_reacts_with_one_of_telegrams_signs(bot: Bot, ana: Phone) -> None:
    sent = await ana.send("hola")
    await bot.set_message_reaction(ANA, sent.id, "👀")
    await ana.look()
    (reaction,) = [event for event in ana.events if event["kind"] == "reaction"]
    assert (reaction["message_id"], reaction["emoji"]) == (sent.id, "👀")
    with pytest.raises(BadRequest, match=r"(?i)reaction_invalid"):
        await bot.set_message_reaction(ANA, sent.id, ReactionTypeEmoji("📎"))
    with pytest.raises(BadRequest, match="not found"):
        await bot.set_message_reaction(ANA, 999, "👀")


async def test_a_reaction_to_an_album_is_on_its_first_picture(bot: Bot, ana: Phone) -> None:
    sent = await ana.send_album([drawn(), drawn()])
    await bot.set_message_reaction(ANA, sent[1].id, "👀")
    await ana.look()
    assert [event["message_id"] for event in ana.events if event["kind"] == "reaction"] == [sent[0].id]


async def test_an_edit_changes_the_message_and_removes_the_keyboard(bot: Bot, ana: Phone) -> None:
    sent = await bot.send_message(ANA, "uno", reply_markup=keys([("Sí", "y")]))
    await bot.edit_message_text("<i>dos</i>", ANA, sent.message_id, parse_mode="HTML")
    shown = await ana.last()
    assert (shown.id, shown.html, shown.keyboard()) == (sent.message_id, "<i>dos</i>", [])
    assert shown.edit_date is not None


async def test_an_edit_without_a_change_is_refused(bot: Bot, ana: Phone) -> None:
    sent = await bot.send_message(ANA, "<b>uno</b>", parse_mode="HTML", reply_markup=keys([("Sí", "y")]))
    same: dict[str, Any] = {"parse_mode": "HTML", "reply_markup": keys([("Sí", "y")])}
    with pytest.raises(BadRequest, match="Message is not modified"):
        await bot.edit_message_text("<b>uno</b>", ANA, sent.message_id, **same)
    with pytest.raises(BadRequest, match="Message is not modified"):
        await bot.edit_message_reply_markup(ANA, sent.message_id, reply_markup=keys([("Sí", "y")]))
    await bot.edit_message_text("uno", ANA, sent.message_id, reply_markup=keys([("Sí", "y")]))
    await bot.edit_message_reply_markup(ANA, sent.message_id, reply_markup=keys([("Sí", "z")]))
    await bot.edit_message_reply_markup(ANA, sent.message_id)
    assert (await ana.last()).text == "uno"
    assert await ana.keyboard() == []


async def test_only_own_messages_that_exist_are_edited(bot: Bot, ana: Phone) -> None:
    written = await ana.send("mío")
    with pytest.raises(BadRequest, match="Message can't be edited"):
        await bot.edit_message_text("x", ANA, written.id)
    with pytest.raises(BadRequest, match="Message to edit not found"):
        await bot.edit_message_text("x", ANA, 999)
    sent = await bot.send_message(ANA, "x")
    with pytest.raises(BadRequest, match="Message_too_long"):
        await bot.edit_message_text("x" * 4097, ANA, sent.message_id)


async def test_messages_can_be_deleted_for_48_hours(bot: Bot, ana: Phone, world: World) -> None:
    first, second = [await bot.send_message(ANA, text) for text in ("uno", "dos")]
    await bot.delete_message(ANA, second.message_id)
    assert (await ana.last()).text == "uno"
    with pytest.raises(BadRequest, match="Message to delete not found"):
        await bot.delete_message(ANA, second.message_id)
    world.advance(48 * 3600 + 1)
    with pytest.raises(BadRequest, match="Message can't be deleted"):
        await bot.delete_message(ANA, first.message_id)


async def test_a_reply_quotes_the_message(bot: Bot, ana: Phone) -> None:
    written = await ana.send("hola")
    answer = await bot.send_message(ANA, "qué tal", reply_parameters={"message_id": written.id})  # type: ignore[arg-type]
    assert answer.reply_to_message is not None
    assert answer.reply_to_message.text == "hola"
    await ana.send("bien", reply_to=answer.message_id)
    update = (await bot.get_updates())[-1]
    assert update.message is not None and update.message.reply_to_message is not None
    assert update.message.reply_to_message.text == "qué tal"


async def test_a_picture_is_uploaded_shown_and_sent_again(bot: Bot, ana: Phone) -> None:
    sent = await bot.send_photo(ANA, png(3, 2), caption="<b>QR</b>", parse_mode="HTML")
    assert (sent.photo[0].width, sent.photo[0].height) == (3, 2)
    shown = await ana.last()
    assert shown.html == "<b>QR</b>"
    assert shown.photo == f"/phone/files/{sent.photo[0].file_id}"
    assert (await ana.fetch(shown)).startswith(b"\xff\xd8")
    again = await bot.send_photo(ANA, sent.photo[0].file_id)
    assert again.photo == sent.photo
    await bot.edit_message_caption(ANA, sent.message_id, caption="otro")
    with pytest.raises(BadRequest, match="no text in the message"):
        await bot.edit_message_text("x", ANA, sent.message_id)


async def test_bad_pictures_are_refused(bot: Bot, ana: Phone) -> None:
    with pytest.raises(BadRequest, match="Image_process_failed"):
        await bot.send_photo(ANA, b"GIF89a")
    with pytest.raises(BadRequest, match="Wrong file identifier"):
        await bot.send_photo(ANA, "unknown")
    with pytest.raises(BadRequest, match="caption is too long"):
        await bot.send_photo(ANA, png(), caption="x" * 1025)


async def test_message_ids_increase_per_chat(bot: Bot, ana: Phone, luis: Phone, world: World) -> None:
    await luis.send("hola")
    first = await bot.send_message(LUIS, "uno")
    world.advance(3600)
    second = await bot.send_message(LUIS, "dos")
    assert (first.message_id, second.message_id) == (2, 3)
    assert 3600 <= (second.date - first.date).total_seconds() <= 3602


async def test_a_chat_action_is_shown(bot: Bot, ana: Phone) -> None:
    assert await bot.send_chat_action(ANA, "typing")
    with pytest.raises(BadRequest, match="Wrong parameter action"):
        await bot.send_chat_action(ANA, "dancing")
