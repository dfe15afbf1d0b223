"""Rows that fail: network errors are retried, others are set aside and replaced by a sentence."""

from functools import partial
from pathlib import Path

import pytest

from bot.telegram.outgoing import troubles
from handlers.texts import undelivered as texts
from local_telegram.phones import deeds
from local_telegram.world import groups
from local_telegram.world.files import Upload
from local_telegram.world.traffic import Fault
from models.storage import database
from models.storage.outbox import OutgoingCall
from tests.bot.evidence.evidence_stage import with_card
from tests.bot.telegram.outbox_stage import (
    GROUP,
    document,
    edit,
    people,
    rows,
    say,
    settled_rows,
    shown,
    store,
    text,
)
from tests.handlers.reminders.test_reminders import HEADS, move
from tests.support.phones.stage import ANA, MORNING, PALOMA, Stage
from tests.support.waiting import until

pytestmark = pytest.mark.usefixtures("hurried")


# Calls that can never be sent


UNSENDABLE = {
    "a file without a name": OutgoingCall(0, "sendDocument", {"document": {"base64": "aG9sYQ=="}}, MORNING),
    "no base64": OutgoingCall(0, "sendDocument", {"document": {"base64": "á", "name": "a.pdf"}}, MORNING),
    "an album of nothing": OutgoingCall(0, "sendMediaGroup", {"media": 7}, MORNING),
}


@pytest.mark.parametrize("kind", UNSENDABLE)
async def test_a_call_that_cannot_be_made_is_set_aside_and_the_next_is_sent(stage: Stage, kind: str) -> None:
    (chat,) = people(stage, 1)
    bad = UNSENDABLE[kind]
    say(stage, OutgoingCall(chat, bad.method, {"chat_id": chat, **bad.payload}, MORNING), text(chat, "sigue"))
    first, *_ = await settled_rows(stage)
    assert shown(stage, chat) == ["sigue", texts.FILE_NOT_SENT]
    assert first.aside_at and first.error and first.payload != "{}"
    assert not [each for each in stage.world.calls if each.method == bad.method]


async def test_a_file_name_with_line_breaks_and_other_signs_goes_out_clean(stage: Stage) -> None:
    (chat,) = people(stage, 1)
    name = 'Oficio "12"\r\nX-Y: ../\u202eanexo\x00\ud800.pdf'
    file = {"base64": "aG9sYQ==", "name": name}
    say(stage, OutgoingCall(chat, "sendDocument", {"chat_id": chat, "document": file}, MORNING))
    (row,) = await settled_rows(stage)
    assert row.sent_at and not row.error
    (sent,) = stage.world.chats[chat].messages.values()
    assert sent["document"]["file_name"] == "Oficio _12_ X-Y: .._anexo.pdf"


async def test_a_file_named_so_is_kept_under_a_clean_name(stage: Stage) -> None:
    ana, card = await with_card(stage)
    file = Upload("Oficio 12\nanexo.pdf", b"%PDF-1.4 x")
    deeds.send_files(stage.world, ana.user_id, [file], kind="document", reply_to=card.id)
    await stage.settled()
    with database.transaction(stage.app.engine) as session:
        names = session.connection().exec_driver_sql("SELECT name FROM evidence").scalars().all()
    assert names == ["Oficio 12 anexo.pdf"]


async def test_a_message_too_large_for_a_proxy_is_set_aside(stage: Stage) -> None:
    chat, other = people(stage, 2)
    page = b"<html><h1>413 Request Entity Too Large</h1></html>"
    stage.world.faults.plan(Fault("sendDocument", times=1000, chat_id=chat, status=413, body=page))
    say(stage, document(chat), text(chat, "sigue"), text(other, "hola"))
    first, *_ = await settled_rows(stage)
    assert first.aside_at and first.error == "Request Entity Too Large"
    assert shown(stage, chat) == ["sigue", texts.FILE_NOT_SENT]


async def test_more_failing_chats_than_senders_do_not_delay_others(stage: Stage) -> None:
    *chats, other = people(stage, 50)
    for chat in chats:
        stage.world.faults.plan(Fault("sendDocument", times=1000, chat_id=chat, status=405))
    say(stage, *(document(chat) for chat in chats), text(other, "hola"))
    found = await settled_rows(stage)
    assert shown(stage, other) == ["hola"]
    assert sum(row.aside_at is not None for row in found) == len(chats)


async def test_a_row_that_fails_alone_does_not_stop_other_chats(stage: Stage) -> None:
    """Nothing else is sent to test the network until the person writes."""
    ana = await stage.enter(ANA)
    await stage.settled()
    stage.world.faults.plan(Fault("sendDocument", times=100_000, drop="before"))
    say(stage, document(ana.user_id))

    def tries() -> int:
        return sum(each.method == "sendDocument" for each in stage.world.calls)

    def tried_or_aside(before: int) -> bool:
        return tries() > before or any(row.aside_at for row in rows(stage))

    await until(lambda: tries() > troubles.PASSED)
    for _ in range(troubles.OWN_FAILURES + 1):
        await ana.send("/ayuda")
        await ana.wait_for("Esto puedo hacer")
        before = tries()
        await until(partial(tried_or_aside, before))
    await until(lambda: texts.FILE_NOT_SENT in shown(stage, ana.user_id))
    (row,) = (row for row in await settled_rows(stage) if row.method == "sendDocument")
    assert row.aside_at and row.error == "ServerDisconnectedError"


async def test_during_an_outage_nothing_is_set_aside_and_the_order_is_kept(stage: Stage) -> None:
    chats = people(stage, 5)
    await until(lambda: any(each.method == "getUpdates" for each in stage.world.calls))
    stage.world.faults.plan(Fault(None, times=400, drop="before"))
    say(stage, *(text(chat, word) for chat in chats for word in ("uno", "dos", "tres")))
    found = await settled_rows(stage)
    assert [row.error for row in found if row.error or not row.sent_at] == []
    for chat in chats:
        assert shown(stage, chat) == ["uno", "dos", "tres"]


async def test_planning_sends_a_set_aside_message_again_from_estado(stage: Stage) -> None:
    ana, paloma = await stage.enter(ANA), await stage.enter(PALOMA)
    await stage.settled()
    stage.world.faults.plan(
        Fault("sendDocument", times=1, status=413, description="Request Entity Too Large")
    )
    say(stage, document(ana.user_id))
    notice = await paloma.wait_for("no se pudo entregar")
    assert "Ana Juárez" in notice.text
    await ana.wait_for(texts.FILE_NOT_SENT)
    await paloma.send("/estado")
    page = await paloma.wait_for("Estado del asistente")
    assert "Sin poder entregarse: 1" in page.text and "para Ana Juárez: Request Entity Too Large" in page.text
    await paloma.tap("🔁 Volver a enviar", page)
    await until(lambda: any("document" in each for each in stage.world.chats[ana.user_id].messages.values()))
    await paloma.wait_for(lambda message: "Estado" in message.text and "Sin poder" not in message.text)
    assert not any(row.aside_at for row in await settled_rows(stage))


async def test_set_aside_rows_stay_so_after_a_restart_and_others_are_retried(
    stage: Stage, monkeypatch: pytest.MonkeyPatch
) -> None:
    chat, other = people(stage, 2)
    stage.world.faults.plan(Fault("sendDocument", times=1000, chat_id=chat, status=413))
    say(stage, document(chat))
    await settled_rows(stage)
    await stage.stop_bot()
    calls = len(stage.world.calls)
    store(stage, document(other), text(chat, "sigue"))
    await stage.start_bot()
    found = await settled_rows(stage)
    assert [bool(row.aside_at) for row in found] == [True, False, False, False]
    assert shown(stage, chat)[-1] == "sigue"
    again = [each for each in list(stage.world.calls)[calls:] if each.method == "sendDocument"]
    assert [each.chat_id for each in again] == [str(other)]


async def test_a_chat_whose_messages_all_fail_notifies_planning_once(stage: Stage) -> None:
    ana, paloma = await stage.enter(ANA), await stage.enter(PALOMA)
    await stage.settled()
    stage.world.faults.plan(Fault("sendDocument", times=1000, status=413))
    say(stage, *(document(ana.user_id) for _ in range(20)))
    await settled_rows(stage)
    assert sum("no se pudo entregar" in each for each in shown(stage, paloma.user_id)) == 1
    await paloma.send("/estado")
    page = await paloma.wait_for("Estado del asistente")
    assert "Sin poder entregarse: 20" in page.text
    stage.world.faults.clear()
    await paloma.tap("🔁 Volver a enviar los 20", page)
    await until(lambda: stage.delivery.idle and not any(row.aside_at for row in rows(stage)))


# A group that became a supergroup


async def test_a_groups_new_id_is_used_and_stored(tmp_path: Path) -> None:
    new = -1000222
    async with Stage(tmp_path) as stage:
        (member,) = people(stage, 1)
        stage.world.add_group(GROUP, "Dirección", [member])
        say(stage, text(GROUP, "antes"))
        await settled_rows(stage)
        groups.upgrade(stage.world, GROUP, new)
        say(stage, text(GROUP, "uno"), edit(GROUP, 2, "dos"), text(GROUP, "tres"))
        await settled_rows(stage)
        assert shown(stage, new) == ["uno", "dos", "tres"]
        await stage.stop_bot()
        store(stage, text(GROUP, "después"))
        refused = sum(each.status == 400 for each in stage.world.calls)
        await stage.start_bot()
        await settled_rows(stage)
        assert shown(stage, new)[-1] == "después"
        assert sum(each.status == 400 for each in stage.world.calls) == refused == 1


async def test_messages_waiting_for_a_moved_group_go_to_its_new_id_after_a_restart(tmp_path: Path) -> None:
    async with Stage(tmp_path) as stage:
        (member,) = people(stage, 1)
        stage.world.add_group(GROUP, "Dirección", [member])
        groups.upgrade(stage.world, GROUP, -1000222)
        await stage.stop_bot()
        store(stage, *(text(GROUP, str(number)) for number in range(3)))
        stage.world.faults.plan(Fault("sendMessage", chat_id=-1000222, status=429, retry_after=3600))
        await stage.start_bot()
        await until(lambda: any(each.status == 429 for each in stage.world.calls))
        await stage.stop_bot()  # moved, and not sent yet
        assert {row.chat_id for row in rows(stage)} == {-1000222}
        await stage.start_bot()
        await settled_rows(stage)
        assert shown(stage, -1000222) == ["0", "1", "2"]


async def test_groups_that_redirect_to_each_other_do_not_loop(stage: Stage) -> None:
    (member,) = people(stage, 1)
    one, two = -1001, -1002
    for chat, other in ((one, two), (two, one)):
        stage.world.add_group(chat, "Círculo", [member]).moved_to = other
    say(stage, text(one, "a ninguna parte"), text(member, "hola"))
    found = await settled_rows(stage)
    assert found[0].aside_at and "leads back" in (found[0].error or "")
    assert shown(stage, member) == ["hola"]


# Reminders


async def test_an_undelivered_reminder_is_sent_again(stage: Stage) -> None:
    """Ana had blocked the bot; when she is back on the same day, that morning's reminder comes."""
    ana = await stage.enter(ANA)
    await stage.settled()
    stage.world.person(ANA.telegram_id).standing = "kicked"
    await move(stage, "03-22")
    refused = [row for row in rows(stage) if row.dropped_at]
    assert [(row.broadcast, row.chat_id) for row in refused] == [(True, ana.user_id)]
    await ana.send("/ayuda")
    await ana.wait_for("Esto puedo hacer")
    assert HEADS["morning"] not in "".join(shown(stage, ana.user_id))
    await move(stage, "03-22", 10)
    assert [HEADS["morning"] in each for each in shown(stage, ana.user_id)].count(True) == 1
    await move(stage, "03-22", 11)
    assert [HEADS["morning"] in each for each in shown(stage, ana.user_id)].count(True) == 1


async def test_a_refused_reminder_is_sent_as_plain_text(stage: Stage) -> None:
    ana = await stage.enter(ANA)
    await stage.settled()
    words = "Bad Request: message is too long"
    stage.world.faults.plan(Fault("sendMessage", chat_id=ana.user_id, status=400, description=words))
    await move(stage, "03-22")
    await until(lambda: HEADS["morning"] in shown(stage, ana.user_id)[-1])
    newest = list(stage.world.chats[ana.user_id].messages.values())[-1]
    assert not [each for each in newest.get("entities", ()) if each["type"] == "bold"]
    assert newest["reply_markup"]["inline_keyboard"]
