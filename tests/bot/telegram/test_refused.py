"""Messages that Telegram refuses are sent in a simpler form, so that nobody is left without an answer."""

import asyncio
from typing import Any

import pytest
from sqlmodel import col, select

from bot.telegram.outgoing import outcomes
from handlers.texts import undelivered as texts
from local_telegram.world.traffic import Fault
from models.storage import database
from models.storage.outbox import OutgoingCall
from models.tables.people import Person
from tests.bot.evidence.evidence_stage import with_card
from tests.bot.telegram.outbox_stage import (
    edit,
    keyboard,
    people,
    rows,
    say,
    settled_rows,
    shown,
    text,
)
from tests.support.database.refusing_table import allow, refuse
from tests.support.phones.stage import ANA, MORNING, PALOMA, Stage
from tests.support.waiting import until

pytestmark = pytest.mark.usefixtures("hurried")


async def test_a_text_that_is_too_long_is_cut_with_a_note(stage: Stage) -> None:
    (chat,) = people(stage, 1)
    say(
        stage,
        text(chat, "\n".join(f"<b>Línea {number}</b> 🎉" for number in range(900))),
        text(chat, "sigue"),
    )
    found = await settled_rows(stage)
    first, second = shown(stage, chat)
    assert first.startswith("Línea 0 🎉\nLínea 1 🎉") and first.endswith(texts.CUT) and second == "sigue"
    assert all(row.sent_at for row in found)


async def test_too_many_buttons_become_those_that_fit(stage: Stage) -> None:
    (chat,) = people(stage, 1)
    say(stage, text(chat, "<b>Elija</b>", reply_markup=keyboard(140)))
    await settled_rows(stage)
    (message,) = stage.world.chats[chat].messages.values()
    buttons = [button["text"] for row in message["reply_markup"]["inline_keyboard"] for button in row]
    assert len(buttons) == 100 and buttons[-1] == "n.º 139"
    assert message["text"] == f"Elija\n\n{texts.BUTTONS_CUT}"


REFUSED: dict[str, dict[str, Any]] = {
    "markup": {"text": "a < b <b>y <i>c</b>"},
    "empty": {"text": "<b> </b>"},
    "half surrogate": {"text": "uno \ud800 dos"},
    "data too long": {"reply_markup": keyboard(2, "x" * 80)},
    "button without words": {"reply_markup": {"inline_keyboard": [[{"text": " ", "callback_data": "x"}]]}},
    "no keyboard": {"reply_markup": {"inline_keyboard": "x"}},
    "address": {"reply_markup": {"inline_keyboard": [[{"text": "x", "url": "no address"}]]}},
    "topic": {"message_thread_id": 77},
    "answered message": {"reply_parameters": {"message_id": 999}},
}


@pytest.mark.parametrize("kind", REFUSED)
async def test_every_refused_message_is_sent_in_a_simpler_form(stage: Stage, kind: str) -> None:
    (chat,) = people(stage, 1)
    payload = {"chat_id": chat, "text": "<b>hola</b>", "parse_mode": "HTML", **REFUSED[kind]}
    say(stage, OutgoingCall(chat, "sendMessage", payload, MORNING), text(chat, "sigue"))
    await settled_rows(stage)
    words = shown(stage, chat)
    assert len(words) == 2 and words[0] and words[1] == "sigue"


async def test_a_message_refused_in_every_form_is_set_aside_and_reported(stage: Stage) -> None:
    ana, paloma = await stage.enter(ANA), await stage.enter(PALOMA)
    await stage.settled()
    refused = Fault(
        "sendMessage", times=2, chat_id=ana.user_id, status=400, description="Bad Request: WHATEVER"
    )
    stage.world.faults.plan(refused)
    say(stage, text(ana.user_id, "<b>respuesta</b>"))
    await ana.wait_for(texts.NOT_SHOWN)
    await paloma.wait_for("no se pudo entregar")
    assert [row.error for row in await settled_rows(stage) if row.aside_at] == ["Whatever"]


async def test_a_refused_replacement_is_not_replaced_again(stage: Stage) -> None:
    (chat,) = people(stage, 1)
    stage.world.faults.plan(Fault("sendMessage", times=1000, chat_id=chat, status=400, description="Nothing"))
    say(stage, text(chat, "<b>respuesta</b>"))
    found = await settled_rows(stage)
    assert [bool(row.aside_at) for row in found] == [True, False] and found[1].dropped_at


@pytest.mark.parametrize("gone", ["deleted", "somebody else's", "a picture"])
async def test_an_edit_that_is_impossible_is_a_new_message_and_later_edits_find_it(
    stage: Stage, gone: str
) -> None:
    (chat,) = people(stage, 1)
    say(stage, text(chat, "primero"))
    await settled_rows(stage)
    messages = stage.world.chats[chat].messages
    if gone == "deleted":
        messages.clear()
    elif gone == "a picture":
        messages[1] = {key: each for key, each in messages[1].items() if key != "text"} | {"photo": []}
    else:
        messages[1] = messages[1] | {"from": stage.world.person(chat).user}
    say(stage, edit(chat, 1, "segundo", reply_markup=keyboard(3)))
    found = await settled_rows(stage)
    assert messages[2]["text"] == "segundo" and len(messages[2]["reply_markup"]["inline_keyboard"]) == 3
    assert found[-1].message_id == 2 and found[-1].sent_at
    say(stage, edit(chat, 1, "tercero"))
    await settled_rows(stage)
    assert messages[2]["text"] == "tercero" and len(messages) == 2 - (gone == "deleted")


async def test_an_edit_that_is_too_long_changes_the_message_all_the_same(stage: Stage) -> None:
    (chat,) = people(stage, 1)
    say(stage, text(chat, "primero"))
    await settled_rows(stage)
    say(stage, edit(chat, 1, "<b>" + "x" * 5000 + "</b>", parse_mode="HTML"))
    await settled_rows(stage)
    (words,) = shown(stage, chat)
    assert words.startswith("xxx") and words.endswith(texts.CUT)


async def test_a_card_that_the_person_deleted_is_sent_again_and_goes_on(stage: Stage) -> None:
    ana, card = await with_card(stage)
    await stage.settled()
    stage.world.erase(ana.user_id, card.id)
    button = next(each for each in card.buttons() if each.text.startswith("✅"))
    await ana.forge(button.data or "", card)
    again = await ana.wait_for("Registrada")
    assert again.id > card.id and again.keyboard()


async def test_a_picture_that_telegram_cannot_show_is_sent_as_a_file(stage: Stage) -> None:
    (chat,) = people(stage, 1)
    photo = {"base64": "aG9sYQ==", "name": "foto.jpg"}
    say(
        stage,
        OutgoingCall(chat, "sendPhoto", {"chat_id": chat, "photo": photo, "caption": "x" * 2000}, MORNING),
    )
    await settled_rows(stage)
    (message,) = stage.world.chats[chat].messages.values()
    assert message["document"]["file_name"] == "foto.jpg" and message["caption"].endswith(texts.CUT)


STRAY = (
    "Forbidden: MESSAGE_AUTHOR_REQUIRED",
    "Forbidden: message can't be edited",
    "Forbidden: not enough rights to edit the message",
    "Forbidden",
)


def unreachable(stage: Stage) -> list[str]:
    with database.transaction(stage.app.engine) as session:
        query = select(Person.name).where(col(Person.unreachable_at).is_not(None))
        return list(session.exec(query).all())


@pytest.mark.parametrize("words", STRAY)
async def test_a_403_about_one_message_makes_nobody_unreachable(stage: Stage, words: str) -> None:
    """The edit is sent as a new message, and the person still gets theirs."""
    ana, card = await with_card(stage)
    paloma = await stage.enter(PALOMA)
    fault = Fault("editMessageText", chat_id=ana.user_id, times=9, status=403, description=words)
    stage.world.faults.plan(fault)
    say(stage, edit(ana.user_id, card.id, "otra cosa", reply_markup=keyboard(2)))
    await settled_rows(stage)
    assert unreachable(stage) == []
    assert shown(stage, ana.user_id)[-1] == "otra cosa"
    assert len(await ana.keyboard()) == 2, "with its buttons"
    assert not [each for each in await paloma.messages() if "No puedo escribirle" in each.text]


@pytest.mark.parametrize("method", ["sendMessage", "editMessageText"])
@pytest.mark.parametrize(
    ("status", "words"),
    [
        (403, "Forbidden: bot was blocked by the user"),
        (403, "Forbidden: user is deactivated"),
        (400, "Bad Request: chat not found"),
    ],
)
async def test_a_deleted_chat_makes_its_person_unreachable(
    stage: Stage, method: str, status: int, words: str
) -> None:
    ana, card = await with_card(stage)
    stage.world.faults.plan(Fault(method, chat_id=ana.user_id, status=status, description=words))
    lost = edit(ana.user_id, card.id, "otra cosa") if "edit" in method else text(ana.user_id, "otra cosa")
    say(stage, lost)
    await settled_rows(stage)
    assert unreachable(stage) == [ANA.name]
    assert "otra cosa" not in shown(stage, ana.user_id)


async def test_a_refused_menu_notifies_nobody(stage: Stage) -> None:
    (chat,) = people(stage, 1)
    say(
        stage,
        OutgoingCall(chat, "setMyCommands", {"commands": [{"command": "¡", "description": "x"}]}, MORNING),
    )
    (row,) = await settled_rows(stage)
    assert row.dropped_at and shown(stage, chat) == []


async def test_an_outcome_that_cannot_be_stored_does_not_stop_the_others(stage: Stage) -> None:
    """Numbers and words in Telegram's answers go into the table; invalid ones are left out."""
    chat, other = people(stage, 2)
    huge = b'{"ok": true, "result": {"message_id": 99999999999999999999999999}}'
    odd = b'{"ok": false, "error_code": 403, "description": "Forbidden: \\u0000\\ud800"}'
    stage.world.faults.plan(Fault("sendMessage", chat_id=chat, status=200, body=huge))
    stage.world.faults.plan(Fault("sendMessage", times=3, chat_id=other, status=403, body=odd))
    say(stage, text(chat, "uno"), text(other, "dos"))
    first, second, *_ = await settled_rows(stage)
    assert first.sent_at and first.message_id is None
    assert second.aside_at and second.error == "Forbidden:   "
    await asyncio.sleep(0)


async def test_outcomes_that_could_not_be_stored_are_stored_later(
    stage: Stage, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Otherwise a restart weeks later would send the same again."""
    monkeypatch.setattr(outcomes, "AGAIN", 0.1)
    (chat,) = people(stage, 1)
    refuse(stage.app.engine, "outbox", "UPDATE")
    say(stage, text(chat, "uno"), text(chat, "dos"))
    await until(lambda: shown(stage, chat) == ["uno", "dos"])
    allow(stage.app.engine, "outbox")
    await until(lambda: len([each for each in rows(stage) if each.sent_at]) == 2)
    await stage.stop_bot()
    await stage.start_bot()
    await stage.settled()
    assert shown(stage, chat) == ["uno", "dos"]
