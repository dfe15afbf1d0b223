"""`/estado`: the state of the bot, and retrying what failed."""

from dataclasses import dataclass
from typing import Literal

from handlers.chat.context import TurnContext
from handlers.chat.conversations import Callback, Command, Conversation
from handlers.chat.keyboards import Keyboard, button
from handlers.chat.running_bot import RunningBot
from handlers.texts import status as texts
from handlers.updates.callback_data import CallbackData, UpdateNumber
from models.operations.condition import condition, put_back, send_again
from models.people import signers
from models.quarter import Quarter
from models.rights import Action
from models.storage.unit_of_work import work_of


@dataclass(frozen=True)
class StatusData(CallbackData, verb="st"):
    """The buttons below `/estado`."""


@dataclass(frozen=True)
class Look(StatusData):
    """Look again; or try again every message that stepped aside."""

    operation: Literal["v", "a"]


@dataclass(frozen=True)
class RetryUpdate(StatusData, prefix="r"):
    update_id: UpdateNumber


@dataclass(frozen=True)
class SendAgain(StatusData, prefix="m"):
    row_id: int  # row of the outbox


def show(context: TurnContext) -> None:
    """`/estado`: show what waits and what failed, unreachable people, and the state of backups."""
    context.say(*_page(context))


def press(context: TurnContext, data: StatusData) -> None:
    """Handle a button of `/estado`.

    `st:r:UPDATE` retries a set-aside update, `st:m:ROW` sends a set-aside message again, `st:a` all of them,
    `st:v` shows the page again.
    """
    match data:
        case RetryUpdate(update_id):
            put_back(context.session, update_id, context.now)
            context.answer(texts.RETRYING)
        case SendAgain(row_id):
            send_again(context.session, row_id)
            context.answer(texts.RETRYING)
        case Look("a"):
            send_again(context.session, None)
            context.answer(texts.RETRYING)
    context.edit(*_page(context))


def _page(context: TurnContext) -> tuple[str, Keyboard]:
    local = context.now.astimezone(context.zone)
    found = condition(
        context.session, Quarter.of(local.date()), work_of(context.session).part(RunningBot).data_dir
    )
    keyboard = [
        [button(texts.retry(row.update_id), RetryUpdate(row.update_id))]
        for row in found.set_aside[: texts.SHOWN]
    ]
    keyboard += [
        [button(texts.send_again(row.row), SendAgain(row.row))] for row in found.undelivered[: texts.SHOWN]
    ]
    if len(found.undelivered) > 1:
        keyboard.append([button(texts.send_all_again(len(found.undelivered)), Look("a"))])
    keyboard.append([button(texts.REFRESH, Look("v"))])
    return texts.page(found, local, signers.without_signer(context.session, local.date())), keyboard


CONVERSATION = Conversation(
    commands=(Command("estado", Action.WATCH, show, menu=texts.MENU),),
    callbacks=(Callback(StatusData, Action.WATCH, press),),
)
