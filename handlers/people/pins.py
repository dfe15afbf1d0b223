"""`/pin`, and what a person types when asked for their PIN.

A typed PIN is deleted from the chat and stored nowhere: not in a draft, not in the inbox if its update fails
(`secret`), not in a log. A counted attempt stays counted even if the confirmed act is then refused.
"""

from copy import deepcopy
from dataclasses import replace
from typing import Any

from handlers.activity_form import closed
from handlers.chat import broadcast, confirming, drafts
from handlers.chat.confirming import PinButton
from handlers.chat.context import TurnContext
from handlers.chat.conversations import Callback, Command, Conversation
from handlers.chat.flows import CARD
from handlers.chat.keyboards import button
from handlers.people.buttons import PersonButton
from handlers.texts import rejections
from handlers.texts.people import pins as texts
from handlers.updates.parsing import IncomingUpdate
from models.errors import Rejected
from models.people import pin, reach
from models.reminders import reminders
from models.rights import Action
from models.storage import draft as draft_rows
from models.storage.database import savepoint
from models.tables.people import Role
from models.tables.pin import PinQuestion, Step

MASK = "•" * pin.LENGTH
_FORGOTTEN = "pin-forgotten"  # kind of `Notice`: planning is told once a day


def begin(context: TurnContext) -> None:
    """`/pin`: set a PIN; if one is set, ask for it first and then change it."""
    if context.incoming.arguments:  # «/pin 123456»: it may be a PIN
        _delete(context)
    if not pin.needed(context.session):
        context.say(texts.OFF)
        return
    confirming.ask(context, {"change": True}, texts.NEW)


def ask_at_joining(context: TurnContext) -> None:
    """Ask somebody who just joined to set a PIN, if their role needs one and they have none."""
    needs = pin.needed(context.session) and context.member.may(Action.KEEP_PIN)
    if needs and not pin.is_set(context.session, context.member.person_id):
        confirming.ask(context, {"joining": True}, texts.NEW_AT_JOINING)


def press(context: TurnContext, data: PinButton) -> None:
    """Handle a button under the newest question. Raises `Rejected("stale_button")` for an older one."""
    session = context.session
    question = pin.open_question(session, context.member.person_id, context.now)
    if question is None or data.serial != question.serial:
        raise Rejected("stale_button")
    pin.close(session, context.member.person_id)
    if data.operation == confirming.CANCEL:
        context.edit(texts.CANCELLED)
    else:
        _tell_forgotten(context)


def hear(context: TurnContext) -> bool:
    """Handle a text that is, or might be, a PIN; return False if it is neither."""
    incoming = context.incoming
    text = incoming.text or ""
    if (
        incoming.data is not None
        or incoming.command is not None
        or incoming.attachment is not None
        or len(text) > 40
    ):
        return False
    question = pin.open_question(context.session, context.member.person_id, context.now)
    if text == MASK and question is not None:
        context.say(texts.LOST, confirming.keyboard(question.serial, question.step))
        return True
    digits = pin.read(text)
    if digits is None:
        return False
    if not incoming.private:
        return _in_group(context, digits)
    if incoming.reply_data and PinButton.find(incoming.reply_data) is None:
        return False  # answers a card
    if question is None or _answers_draft(context, question, digits):
        return _unasked(context, digits)
    context.secret = True
    _delete(context)
    _take(context, question, digits)
    return True


def waiting(context: TurnContext) -> int | None:
    """Return the number of the open question for a PIN, if there is one."""
    question = pin.open_question(context.session, context.member.person_id, context.now)
    return question.serial if question is not None else None


def remind(context: TurnContext, before: int | None) -> None:
    """Say, below the answer to a text that was no PIN, that the question from before it is still open."""
    if before is None:
        return
    question = pin.open_question(context.session, context.member.person_id, context.now)
    if question is not None and question.serial == before:
        context.say(texts.STILL_AWAITED, confirming.keyboard(question.serial, question.step))


def secret(raw: dict[str, Any]) -> dict[str, Any]:
    """Return the update with a possible PIN masked, as it may be stored when it failed."""
    for name in ("message", "edited_message"):
        said = raw.get(name)
        if isinstance(said, dict) and len(pin.read(str(said.get("text", ""))) or "") == pin.LENGTH:
            masked = deepcopy(raw)
            masked[name]["text"] = MASK
            return masked
    return raw


def _take(context: TurnContext, question: PinQuestion, digits: str) -> None:
    """Handle the answer to the open question."""
    session = context.session
    if len(digits) != pin.LENGTH:
        context.say(texts.LENGTH_WRONG, confirming.keyboard(question.serial, question.step))
    elif question.step == Step.ENTER:
        _enter(context, question, digits)
    elif question.step == Step.NEW and pin.fault(digits):
        context.say(texts.WEAK, confirming.keyboard(question.serial, question.step))
    elif question.step == Step.NEW:
        pin.propose(session, question, digits, context.now)
        context.say(texts.AGAIN, confirming.keyboard(question.serial, question.step))
    elif pin.settle(session, question, digits, context.now):
        _settled(context, question)
    else:
        asked = pin.ask(session, context.member.person_id, Step.NEW, question.act, context.now)
        context.say(texts.DIFFERENT, confirming.keyboard(asked.serial, asked.step))


def _enter(context: TurnContext, question: PinQuestion, digits: str) -> None:
    session = context.session
    me = context.member.person_id
    tried = pin.attempt(session, me, digits, context.now)
    if tried.right and (question.act or {}).get("change"):
        asked = pin.ask(session, me, Step.NEW, question.act, context.now)
        context.say(texts.NEW, confirming.keyboard(asked.serial, asked.step))
    elif tried.right:
        act = dict(question.act or {})
        pin.close(session, me)
        context.say(texts.RIGHT if act.get("message_id") else texts.RIGHT_ONLY)
        _go_on(context, act)
    elif tried.locked_until is None:
        context.say(texts.wrong(tried.left), confirming.keyboard(question.serial, question.step))
    else:
        pin.close(session, me)
        context.say(texts.locked(tried.locked_until.astimezone(context.zone)))
        text = texts.locked_notice(context.member.name, context.now.astimezone(context.zone))
        _tell_planning(context, text)


def _settled(context: TurnContext, question: PinQuestion) -> None:
    """Confirm that the PIN is set, and do the act that waited for it."""
    act = dict(question.act or {})
    pin.close(context.session, context.member.person_id)
    context.say(texts.SET)
    if not act.get("joining"):
        _tell_planning(context, texts.set_notice(context.member.name))
    _go_on(context, act)


def _go_on(context: TurnContext, act: dict[str, Any]) -> None:
    """Handle the waiting tap or command again, with all its checks. A refusal leaves the attempt counted."""
    if "data" not in act and "command" not in act:
        return
    again = TurnContext(
        _heard_again(context.incoming, act),
        context.now,
        replace(context.member, confirmed=True),
        context.session,
        context.conversations,
    )
    endpoint = context.conversations.find(again.incoming)
    try:
        with savepoint(context.session):
            if endpoint is None:
                raise Rejected("stale_button")
            again.member.require(endpoint.action)
            endpoint.handle(again)
    except Rejected as refused:
        again.refuse(rejections.sentence(refused), closed.ways_out(again, refused))


def _heard_again(incoming: IncomingUpdate, act: dict[str, Any]) -> IncomingUpdate:
    """Return the waiting tap or command as an update; a tap gets an empty id, since it cannot be answered."""
    bare = IncomingUpdate(
        incoming.update_id,
        incoming.chat_id,
        True,
        incoming.user_id,
        incoming.user_name,
        sent_at=incoming.sent_at,
    )
    if act.get("data") is None:
        return replace(bare, command=act.get("command"), arguments=act.get("arguments") or "")
    return replace(bare, sent_at=None, data=act["data"], callback_id="", message_id=act.get("message_id"))


def _answers_draft(context: TurnContext, question: PinQuestion, digits: str) -> bool:
    """Return whether a number of another length answers a draft touched after the PIN was asked for."""
    if len(digits) == pin.LENGTH:
        return False
    draft = drafts.newest_open(context)
    return draft is not None and draft.step != CARD and draft.touched_at > question.asked_at


def _unasked(context: TurnContext, digits: str) -> bool:
    """Delete six digits from somebody with a PIN when nothing asks for a number; return whether it did."""
    if len(digits) != pin.LENGTH or not pin.is_set(context.session, context.member.person_id):
        return False
    draft = drafts.newest_open(context)
    known = context.incoming.message_id and draft_rows.of_message(
        context.session, context.incoming.chat_id, context.incoming.message_id
    )
    if known or (draft is not None and draft.step != CARD) or context.incoming.reply_to is not None:
        return False
    context.secret = True
    _delete(context)
    context.say(texts.UNASKED)
    return True


def _in_group(context: TurnContext, digits: str) -> bool:
    """Refuse and delete a PIN typed in a group, and tell the person privately; return whether it was one."""
    session = context.session
    me = context.member.person_id
    waits = pin.open_question(session, me, context.now) is not None
    if len(digits) != pin.LENGTH or not (waits or pin.is_set(session, me)):
        return False
    context.secret = True
    _delete(context)
    broadcast.tell(session, [context.member.telegram_id], texts.IN_GROUP, context.now)
    return True


def _delete(context: TurnContext) -> None:
    """Ask Telegram to delete the message; in a group the bot may lack the right."""
    if context.incoming.message_id is not None:
        context.tell("deleteMessage", {"message_id": context.incoming.message_id})


def _tell_forgotten(context: TurnContext) -> None:
    """Tell planning that the person forgot their PIN; if nobody else is in planning, say whom to ask."""
    others = set(reach.reachable(context.session, Role.PLANNING)) - {context.member.telegram_id}
    if not others:
        context.edit(texts.FORGOTTEN_ALONE)
        return
    context.edit(texts.FORGOTTEN_TOLD)
    if reminders.claim(
        context.session, _FORGOTTEN, context.member.person_id, context.today.isoformat(), context.now
    ):
        _tell_planning(context, texts.forgotten_notice(context.member.name))


def _tell_planning(context: TurnContext, text: str) -> None:
    """Tell everybody in planning except the person, with a button to their card."""
    chats = [
        each for each in reach.reachable(context.session, Role.PLANNING) if each != context.member.telegram_id
    ]
    see = [[button(texts.SEE_PERSON, PersonButton("c", context.member.person_id))]]
    broadcast.tell(context.session, chats, text, context.now, see)


CONVERSATION = Conversation(
    commands=(Command("pin", Action.KEEP_PIN, begin, texts.MENU),),
    callbacks=(Callback(PinButton, Action.GET_HELP, press),),
)
