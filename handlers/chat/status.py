"""`/estado`: how the bot itself is doing, and a way to try again what failed."""

from handlers.chat.context import TurnContext
from handlers.chat.keyboards import Keyboard, button
from handlers.texts import status as texts
from models.errors import Rejected
from models.operations.condition import condition, put_back, send_again
from models.quarter import Quarter


def show(context: TurnContext) -> None:
    """`/estado`: what waits, what failed, whom the bot cannot reach, how safe its data is."""
    context.say(*_page(context))


def press(context: TurnContext) -> None:
    """`st:r:UPDATE` tries a set-aside update again, `st:m:ROW` sends a message that stepped aside, `st:a` all
    of them, `st:v` looks again."""
    step = (context.incoming.data or "").split(":")[1:2]
    if step == ["r"]:
        put_back(context.session, context.argument(2, largest=2**63 - 1), context.now)
        context.answer(texts.RETRYING)
    elif step in (["m"], ["a"]):
        send_again(context.session, context.argument(2) if step == ["m"] else None)
        context.answer(texts.RETRYING)
    elif step != ["v"]:
        raise Rejected("stale_button")
    context.edit(*_page(context))


def _page(context: TurnContext) -> tuple[str, Keyboard]:
    local = context.now.astimezone(context.zone)
    found = condition(context.session, Quarter.of(local.date()), context.session.info.get("data_dir"))
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
