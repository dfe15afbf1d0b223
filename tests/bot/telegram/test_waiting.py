"""A chat that must wait occupies no sender, and an edit that changes nothing is not sent."""

from pathlib import Path

from bot.telegram.outgoing import delivery
from bot.telegram.outgoing.queues import Caps
from local_telegram.phones import deeds
from local_telegram.world import groups
from local_telegram.world.traffic import Fault
from models.storage.outbox import OutgoingCall
from tests.bot.telegram.outbox_stage import (
    GROUP,
    edit,
    keyboard,
    people,
    rows,
    say,
    settled_rows,
    shown,
    text,
)
from tests.support.phones.stage import ANA, DIEGO, MORNING, Stage
from tests.support.waiting import until


async def test_chats_waiting_after_a_429_occupy_no_sender(stage: Stage) -> None:
    """There are more of them than senders; others are answered before any of them is retried."""
    *waiting, other = people(stage, delivery.SENDERS + 20)
    for chat in waiting:
        stage.world.faults.plan(Fault("sendMessage", chat_id=chat, status=429, retry_after=2))
    say(stage, *(text(chat, "uno") for chat in waiting))
    await until(lambda: sum(each.status == 429 for each in stage.world.calls) == len(waiting))
    say(stage, text(other, "hola"))
    await settled_rows(stage)
    sent = [each.chat_id for each in stage.world.calls if each.method == "sendMessage" and each.status == 200]
    assert sent[0] == other and sorted(map(str, sent[1:])) == sorted(map(str, waiting))


async def test_chats_waiting_for_their_rate_limit_occupy_no_sender(tmp_path: Path) -> None:
    """More groups than senders, each with a second message that may go only a minute after the first."""
    async with Stage(tmp_path) as stage:
        await stage.stop_bot()
        await stage.start_bot(Caps(overall=10_000, burst=1, group_minute=2))
        member, other = people(stage, 2)
        many = [-2000 - number for number in range(delivery.SENDERS + 8)]
        for chat in many:
            stage.world.add_group(chat, "Grupo", [member])
        say(stage, *(text(chat, word) for chat in many for word in ("uno", "dos")))
        await until(lambda: all(shown(stage, chat) == ["uno"] for chat in many))
        say(stage, text(other, "hola"))
        await until(lambda: shown(stage, other) == ["hola"])
        assert all(shown(stage, chat) == ["uno"] for chat in many)


async def test_chats_waiting_for_the_network_occupy_no_sender(stage: Stage) -> None:
    *waiting, other = people(stage, delivery.SENDERS + 8)
    for chat in waiting:
        stage.world.faults.plan(Fault("sendMessage", times=3, chat_id=chat, drop="before"))
    say(stage, *(text(chat, "uno") for chat in waiting))
    await until(lambda: sum(each.status == 0 for each in stage.world.calls) >= len(waiting))
    say(stage, text(other, "hola"))
    await until(lambda: shown(stage, other))
    assert sum(len(shown(stage, chat)) for chat in waiting) == 0
    assert all(row.sent_at for row in await settled_rows(stage))


async def test_slow_uploads_occupy_at_most_half_of_the_senders(stage: Stage) -> None:
    *many, other = people(stage, delivery.SENDERS + 8)
    file = {"base64": "aG9sYQ==", "name": "acta.pdf"}
    stage.world.delay = 3600  # the server never answers
    say(
        stage,
        *(OutgoingCall(chat, "sendDocument", {"chat_id": chat, "document": file}, MORNING) for chat in many),
    )
    await until(lambda: stage.world.begun["sendDocument"] == delivery.AT_MOST_SLOW)
    stage.world.delay = 0
    say(stage, text(other, "hola"))
    await until(lambda: shown(stage, other) == ["hola"])
    assert stage.world.begun["sendDocument"] == delivery.AT_MOST_SLOW


async def test_an_edit_that_changes_nothing_is_not_sent(stage: Stage) -> None:
    (chat,) = people(stage, 1)
    say(stage, text(chat, "<b>uno</b>", reply_markup=keyboard(2)))
    await settled_rows(stage)
    same = {"parse_mode": "HTML", "reply_markup": keyboard(2)}
    say(stage, edit(chat, 1, "<b>uno</b>", **same))
    await settled_rows(stage)
    say(stage, edit(chat, 1, "dos"), edit(chat, 1, "<b>uno</b>", **same))  # the second replaces the first
    await settled_rows(stage)
    say(stage, edit(chat, 1, "dos"))
    await settled_rows(stage)
    say(stage, edit(chat, 1, " dos\n", parse_mode="HTML", reply_markup={"inline_keyboard": []}))
    found = await settled_rows(stage)
    assert [each.status for each in stage.world.calls if each.method == "editMessageText"] == [200]
    assert [row.error for row in found if row.error] == ["replaced by a later edit"]
    assert all(row.message_id == 1 for row in found if row.sent_at)


async def test_after_an_edit_with_unknown_outcome_the_next_is_sent(stage: Stage) -> None:
    (chat,) = people(stage, 1)
    say(stage, text(chat, "uno"))
    await settled_rows(stage)
    stage.world.faults.plan(Fault("editMessageText", drop="after"))
    say(stage, edit(chat, 1, "dos"))
    await until(lambda: shown(stage, chat) == ["dos"])
    say(stage, edit(chat, 1, "uno", parse_mode="HTML"))
    await settled_rows(stage)
    assert shown(stage, chat) == ["uno"]


async def test_double_taps_cause_no_refusals(stage: Stage) -> None:
    diego, ana = await stage.enter(DIEGO), await stage.enter(ANA)
    for phone in (diego, ana):
        await phone.send("/avance juridica")
        page = await phone.wait_for("Jurídica")
        await stage.settled()
        for _ in range(3):
            for button in list(page.buttons())[:6]:
                if button.data and button.data.startswith("p:"):
                    await phone.forge(button.data, page)
                    await phone.forge(button.data, page)
        await stage.settled()
    assert [each for each in stage.world.calls if "not modified" in each.description] == []
    assert any(each.method == "editMessageText" for each in stage.world.calls)


# Groups and their topics


async def in_forum(stage: Stage) -> tuple[int, int]:
    """Return a forum of Ana and Diego, and its topic."""
    stage.world.add_group(GROUP, "Coordinación", [ANA.telegram_id, DIEGO.telegram_id])
    groups.make_forum(stage.world, GROUP)
    return GROUP, groups.open_topic(stage.world, GROUP, "Jurídica")


async def test_the_answer_goes_to_the_topic_and_to_the_message_that_asked(stage: Stage) -> None:
    ana, _ = await stage.enter(ANA), await stage.enter(DIEGO)
    chat, topic = await in_forum(stage)
    asked = await ana.send("/avance juridica", chat=chat, thread=topic)
    answer = await ana.wait_for(lambda message: message.from_bot and message.chat == chat)
    assert (answer.thread, answer.reply_to) == (topic, asked.id)
    plain = await ana.send("/avance juridica", chat=chat)
    answer = await ana.wait_for(lambda message: message.from_bot and message.chat == chat)
    assert (answer.thread, answer.reply_to) == (None, plain.id)
    assert not [each for each in stage.world.calls if each.status == 400]


async def test_the_picture_goes_to_the_topic_in_which_it_was_asked_for(stage: Stage) -> None:
    ana, _ = await stage.enter(ANA), await stage.enter(DIEGO)
    chat, topic = await in_forum(stage)
    await ana.send("/avance juridica", chat=chat, thread=topic)
    page = await ana.wait_for(lambda message: message.from_bot and message.chat == chat)
    await ana.tap("📊 Gráfica", page)
    await stage.settled()
    await stage.settled()
    pictures = [each for each in await ana.messages() if each.photo]
    assert [(each.thread, each.reply_to) for each in pictures] == [(topic, page.id)]


async def test_an_answer_for_a_closed_or_deleted_topic_goes_to_the_general_one(stage: Stage) -> None:
    ana, _ = await stage.enter(ANA), await stage.enter(DIEGO)
    chat, topic = await in_forum(stage)
    other = groups.open_topic(stage.world, chat, "Archivo")
    await stage.stop_bot()
    deeds.write(stage.world, ana.user_id, "/avance juridica", chat, thread=topic)
    deeds.write(stage.world, ana.user_id, "/avance archivo", chat, thread=other)
    groups.close_topic(stage.world, chat, topic)
    groups.delete_topic(stage.world, chat, other)
    await stage.start_bot()
    await stage.settled()
    answers = [each for each in await ana.messages() if each.from_bot and each.chat == chat]
    assert [each.thread for each in answers] == [None, None]
    assert all(row.sent_at for row in rows(stage))
    assert {each.description for each in stage.world.calls if each.status == 400} == {
        "Bad Request: TOPIC_CLOSED",
        "Bad Request: message thread not found",
    }


async def test_an_edit_in_a_topic_that_is_impossible_is_a_new_message_there(stage: Stage) -> None:
    ana, _ = await stage.enter(ANA), await stage.enter(DIEGO)
    chat, topic = await in_forum(stage)
    await ana.send("/avance juridica", chat=chat, thread=topic)
    page = await ana.wait_for(lambda message: message.from_bot and message.chat == chat)
    await stage.settled()
    button = [each for each in page.buttons() if each.data and each.data.startswith("p:")][1]
    with stage.world.lock:
        tap = {**stage.world.chats[chat].messages[page.id]}
        stage.world.erase(chat, page.id)
        stage.world.chats[chat].messages[page.id] = tap
        deeds.tap(stage.world, ana.user_id, page.id, button.data or "", chat)
        del stage.world.chats[chat].messages[page.id]
    await stage.settled()
    newest = [each for each in await ana.messages() if each.from_bot and each.chat == chat][-1]
    assert newest.id > page.id and newest.thread == topic
