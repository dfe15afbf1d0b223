"""`/estado`: how the bot itself is doing, and a way to try again what failed."""

from handlers.chat.keyboards import Keyboard, button
from handlers.chat.talk import Talk
from handlers.texts import status as texts
from models.errors import Rejected
from models.operations.condition import condition, put_back, send_again
from models.quarter import Quarter


def show(talk: Talk) -> None:
    """`/estado`: what waits, what failed, whom the bot cannot reach, how safe its data is."""
    talk.say(*_page(talk))


def press(talk: Talk) -> None:
    """`st:r:UPDATE` tries a set-aside update again, `st:m:ROW` sends a message that stepped aside, `st:a` all
    of them, `st:v` looks again."""
    step = (talk.heard.data or "").split(":")[1:2]
    if step == ["r"]:
        put_back(talk.session, talk.argument(2, largest=2**63 - 1), talk.now)
        talk.answer(texts.RETRYING)
    elif step in (["m"], ["a"]):
        send_again(talk.session, talk.argument(2) if step == ["m"] else None)
        talk.answer(texts.RETRYING)
    elif step != ["v"]:
        raise Rejected("stale_button")
    talk.edit(*_page(talk))


def _page(talk: Talk) -> tuple[str, Keyboard]:
    local = talk.now.astimezone(talk.zone)
    found = condition(talk.session, Quarter.of(local.date()), talk.session.info.get("data_dir"))
    keyboard = [
        [button(texts.retry(row.update_id), "st", "r", row.update_id)]
        for row in found.set_aside[: texts.SHOWN]
    ]
    keyboard += [
        [button(texts.send_again(row.row), "st", "m", row.row)] for row in found.undelivered[: texts.SHOWN]
    ]
    if len(found.undelivered) > 1:
        keyboard.append([button(texts.send_all_again(len(found.undelivered)), "st", "a")])
    keyboard.append([button(texts.REFRESH, "st", "v")])
    return texts.page(found, local), keyboard
