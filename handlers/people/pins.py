"""What a person types when their PIN is asked for, and `/pin`. «pinq:x:3» leaves question 3, «pinq:f:3» it
was forgotten.

A typed PIN is deleted from the chat and kept nowhere: not in a draft, not in the inbox when its update fails
(`secret`), not in a log. Nothing here is undone once a try is counted: what the act itself refuses is.
"""

from collections.abc import Callable
from copy import deepcopy
from dataclasses import replace
from typing import Any

from handlers.activity_form import closed
from handlers.chat import broadcast, confirming, drafts
from handlers.chat.confirming import VERB
from handlers.chat.drafts import CARD
from handlers.chat.keyboards import button
from handlers.chat.talk import Talk
from handlers.texts import rejections
from handlers.texts.people import pins as texts
from handlers.updates import doors
from handlers.updates.hearing import Heard
from models.errors import Rejected
from models.people import pin
from models.reminders import reminders
from models.rights import Action
from models.storage import draft as draft_rows
from models.storage.database import savepoint
from models.tables.people import Role
from models.tables.pin import PinQuestion, Step

MASK = "•" * pin.LENGTH
ACTS: dict[str, Callable[[Talk], None]] = {}  # what is behind each door; filled by `handlers.routes`
_FORGOTTEN = "pin-forgotten"  # of a `Notice`: planning is told once a day


def begin(talk: Talk) -> None:
    """`/pin`: set it, or change it after the one that is set."""
    if talk.heard.arguments:  # «/pin 123456»: whatever was written there, it may be one
        _delete(talk)
    if not pin.needed(talk.session):
        talk.say(texts.OFF)
        return
    confirming.ask(talk, {"change": True}, texts.NEW)


def ask_at_joining(talk: Talk) -> None:
    """After the welcome of somebody whose role needs a PIN and who has none."""
    needs = pin.needed(talk.session) and talk.member.may(Action.KEEP_PIN)
    if needs and not pin.is_set(talk.session, talk.member.person_id):
        confirming.ask(talk, {"joining": True}, texts.NEW_AT_JOINING)


def press(talk: Talk) -> None:
    """A button under a question; only the newest question's hold."""
    session = talk.session
    question = pin.open_question(session, talk.member.person_id, talk.now)
    parts = (talk.heard.data or "").split(":")
    if question is None or talk.argument(2) != question.serial:
        raise Rejected("stale_button")
    if parts[1] == confirming.CANCEL:
        pin.close(session, talk.member.person_id)
        talk.edit(texts.CANCELLED)
    elif parts[1] == confirming.FORGOTTEN:
        pin.close(session, talk.member.person_id)
        _tell_forgotten(talk)
    else:
        raise Rejected("stale_button")


def hear(talk: Talk) -> bool:
    """Whether a text was, or might be, a PIN; then all is said about it."""
    heard = talk.heard
    text = heard.text or ""
    if heard.data is not None or heard.command is not None or heard.attachment is not None or len(text) > 40:
        return False
    question = pin.open_question(talk.session, talk.member.person_id, talk.now)
    if text == MASK and question is not None:
        talk.say(texts.LOST, confirming.keyboard(question.serial, question.step))
        return True
    digits = pin.read(text)
    if digits is None:
        return False
    if not heard.private:
        return _in_group(talk, digits)
    if heard.reply_data.partition(":")[0] not in ("", VERB):
        return False  # an answer to a card
    if question is None or _answers_draft(talk, question, digits):
        return _unasked(talk, digits)
    talk.secret = True
    _delete(talk)
    _take(talk, question, digits)
    return True


def secret(raw: dict[str, Any]) -> dict[str, Any]:
    """The update without what might be a PIN in it, as it may be kept when it failed."""
    for name in ("message", "edited_message"):
        said = raw.get(name)
        if isinstance(said, dict) and len(pin.read(str(said.get("text", ""))) or "") == pin.LENGTH:
            masked = deepcopy(raw)
            masked[name]["text"] = MASK
            return masked
    return raw


def _take(talk: Talk, question: PinQuestion, digits: str) -> None:
    """The answer to the open question."""
    session = talk.session
    if len(digits) != pin.LENGTH:
        talk.say(texts.LENGTH_WRONG, confirming.keyboard(question.serial, question.step))
    elif question.step == Step.ENTER:
        _enter(talk, question, digits)
    elif question.step == Step.NEW and pin.fault(digits):
        talk.say(texts.WEAK, confirming.keyboard(question.serial, question.step))
    elif question.step == Step.NEW:
        pin.propose(session, question, digits, talk.now)
        talk.say(texts.AGAIN, confirming.keyboard(question.serial, question.step))
    elif pin.settle(session, question, digits, talk.now):
        _settled(talk, question)
    else:
        asked = pin.ask(session, talk.member.person_id, Step.NEW, question.act, talk.now)
        talk.say(texts.DIFFERENT, confirming.keyboard(asked.serial, asked.step))


def _enter(talk: Talk, question: PinQuestion, digits: str) -> None:
    session = talk.session
    me = talk.member.person_id
    tried = pin.attempt(session, me, digits, talk.now)
    if tried.right and (question.act or {}).get("change"):
        asked = pin.ask(session, me, Step.NEW, question.act, talk.now)
        talk.say(texts.NEW, confirming.keyboard(asked.serial, asked.step))
    elif tried.right:
        act = dict(question.act or {})
        pin.close(session, me)
        talk.say(texts.RIGHT if act.get("message_id") else texts.RIGHT_ONLY)
        _go_on(talk, act)
    elif tried.locked_until is None:
        talk.say(texts.wrong(tried.left), confirming.keyboard(question.serial, question.step))
    else:
        pin.close(session, me)
        talk.say(texts.locked(tried.locked_until.astimezone(talk.zone)))
        text = texts.locked_notice(talk.member.name, talk.now.astimezone(talk.zone))
        _tell_planning(talk, text)


def _settled(talk: Talk, question: PinQuestion) -> None:
    """The PIN is set; what waited for it is done."""
    act = dict(question.act or {})
    pin.close(talk.session, talk.member.person_id)
    talk.say(texts.SET)
    if not act.get("joining"):
        _tell_planning(talk, texts.set_notice(talk.member.name))
    _go_on(talk, act)


def _go_on(talk: Talk, act: dict[str, Any]) -> None:
    """Hear again what waited, with every check that it had. What it refuses undoes no counted try."""
    if "data" not in act and "command" not in act:
        return
    again = Talk(_heard_again(talk.heard, act), talk.now, replace(talk.member, confirmed=True), talk.session)
    name = again.heard.command or (again.heard.data or "").partition(":")[0]
    door = doors.VERBS.get(name) if again.heard.data is not None else doors.named(name)
    try:
        with savepoint(talk.session):
            if door is None:
                raise Rejected("stale_button")
            again.member.require(door.action)
            ACTS[door.name](again)
    except Rejected as refused:
        again.refuse(rejections.sentence(refused), closed.ways_out(refused))


def _heard_again(heard: Heard, act: dict[str, Any]) -> Heard:
    """The tap or command that waited. A tap has no id to be answered by any more, hence the empty one."""
    bare = Heard(heard.update_id, heard.chat_id, True, heard.user_id, heard.user_name, sent_at=heard.sent_at)
    if act.get("data") is None:
        return replace(bare, command=act.get("command"), arguments=act.get("arguments") or "")
    return replace(bare, sent_at=None, data=act["data"], callback_id="", message_id=act.get("message_id"))


def _answers_draft(talk: Talk, question: PinQuestion, digits: str) -> bool:
    """Whether fewer or more digits answer a card that was touched since the PIN was asked for."""
    if len(digits) == pin.LENGTH:
        return False
    draft = drafts.newest_open(talk)
    return draft is not None and draft.step != CARD and draft.touched_at > question.asked_at


def _unasked(talk: Talk, digits: str) -> bool:
    """Six digits that nothing waits for, of somebody who has a PIN: they are deleted, and kept nowhere."""
    if len(digits) != pin.LENGTH or not pin.is_set(talk.session, talk.member.person_id):
        return False
    draft = drafts.newest_open(talk)
    known = talk.heard.message_id and draft_rows.of_message(
        talk.session, talk.heard.chat_id, talk.heard.message_id
    )
    if known or (draft is not None and draft.step != CARD) or talk.heard.reply_to is not None:
        return False
    talk.secret = True
    _delete(talk)
    talk.say(texts.UNASKED)
    return True


def _in_group(talk: Talk, digits: str) -> bool:
    """A PIN is not heard in a group; it is deleted where the bot may, and the person is told in private."""
    session = talk.session
    me = talk.member.person_id
    waits = pin.open_question(session, me, talk.now) is not None
    if len(digits) != pin.LENGTH or not (waits or pin.is_set(session, me)):
        return False
    talk.secret = True
    _delete(talk)
    broadcast.tell(session, [talk.member.telegram_id], texts.IN_GROUP, talk.now)
    return True


def _delete(talk: Talk) -> None:
    """Best effort: in a group the bot may lack the right."""
    if talk.heard.message_id is not None:
        talk.tell("deleteMessage", {"message_id": talk.heard.message_id})


def _tell_forgotten(talk: Talk) -> None:
    """Planning resets it after asking who it is; the last one of planning needs who runs the program."""
    others = set(broadcast.reachable(talk.session, Role.PLANNING)) - {talk.member.telegram_id}
    if not others:
        talk.edit(texts.FORGOTTEN_ALONE)
        return
    talk.edit(texts.FORGOTTEN_TOLD)
    if reminders.claim(talk.session, _FORGOTTEN, talk.member.person_id, talk.today.isoformat(), talk.now):
        _tell_planning(talk, texts.forgotten_notice(talk.member.name))


def _tell_planning(talk: Talk, text: str) -> None:
    """Everybody of planning but the person, with a button to their card."""
    chats = [
        each for each in broadcast.reachable(talk.session, Role.PLANNING) if each != talk.member.telegram_id
    ]
    see = [[button(texts.SEE_PERSON, "ppl", "c", talk.member.person_id)]]
    broadcast.tell(talk.session, chats, text, talk.now, see)
