"""Access: `/start`, invitation codes, strangers, and people who block the bot."""

from datetime import datetime

from sqlmodel import Session

from handlers.chat import broadcast, fitting, reply_keyboard
from handlers.chat.context import TurnContext
from handlers.chat.conversations import Command, Conversation, Conversations
from handlers.chat.examples import examples_of
from handlers.chat.flows import DraftButton
from handlers.people import invitation_list, pins, privacy
from handlers.quarter_end import verifying
from handlers.texts import general, rejections
from handlers.texts.escaping import Html
from handlers.texts.people import access as texts
from handlers.texts.people import invitations as people_texts
from handlers.texts.people.roles import pair
from handlers.updates.parsing import IncomingUpdate
from models.errors import Rejected
from models.people import deputies, invitation, reach, stranger
from models.people.invitation import Joined
from models.programme.view import programmes, unit_name
from models.reminders import preferences
from models.rights import Action, Member, is_suspended, member
from models.storage import outbox
from models.storage.outbox import Answer, OutgoingCall
from models.storage.unit_of_work import work_of
from models.tables.people import Role


def start(context: TurnContext) -> None:
    """`/start` of a linked person: greet them. `/start CODE`: use the invitation for one more role."""
    session = context.session
    incoming = context.incoming
    if not incoming.arguments:
        reach.mark_reachable(session, incoming.user_id)
        hour = context.said_at.astimezone(context.zone).hour
        text = texts.greeting(context.member.name, pair_names(session, context.member), hour)
        shown = preferences.wishes(session, context.member.person_id).keyboard
        keys = reply_keyboard.markup(context.member, shown)
        context.tell("sendMessage", {"text": text, "reply_markup": keys})
        refresh_menu(session, incoming.user_id, context.now, context.conversations)
    elif not stranger.may_try_a_code(session, incoming.user_id, context.now):
        context.say(texts.TOO_MANY_CODES)
    elif joined := invitation.join(
        session, incoming.user_id, incoming.user_name, incoming.arguments, context.now
    ):
        _welcome(session, incoming, joined, context.now, context.conversations)
    else:
        context.say(texts.UNUSABLE_CODE)


def meet_stranger(
    session: Session, incoming: IncomingUpdate, now: datetime, conversations: Conversations
) -> None:
    """Handle somebody not linked or suspended: a valid code links them, other texts tell nothing."""
    if incoming.callback_id is not None:
        # Somebody suspended with an open card is told that it was not registered.
        own = (incoming.data or "").startswith(f"{DraftButton.verb}:")
        text = texts.SUSPENDED if own and is_suspended(session, incoming.user_id) else None
        work_of(session).answers.append(Answer(incoming.callback_id, text, alert=bool(text)))
        return
    if not incoming.private:
        return
    if incoming.command == verifying.COMMAND and incoming.arguments and incoming.edited_at is None:
        _check_report(session, incoming, now)
        return
    if incoming.command == "start" and incoming.arguments:
        if not stranger.may_try_a_code(session, incoming.user_id, now):
            return
        try:
            joined = invitation.join(session, incoming.user_id, incoming.user_name, incoming.arguments, now)
        except Rejected as rejected:  # a valid code that this account cannot use
            payload = {
                "chat_id": incoming.chat_id,
                "text": rejections.sentence(rejected),
                "parse_mode": "HTML",
            }
            outbox.enqueue(session, OutgoingCall(incoming.chat_id, "sendMessage", payload, at=now))
            return
        if joined is not None:
            _welcome(session, incoming, joined, now, conversations)
            return
        _warn_of_guesses(session, now)
    elif not stranger.may_be_told(session, incoming.user_id, now):
        return
    stranger.note_told(session, incoming.user_id, now)
    payload = {"chat_id": incoming.chat_id, "text": general.STRANGER, "parse_mode": "HTML"}
    outbox.enqueue(session, OutgoingCall(incoming.chat_id, "sendMessage", payload, at=now))


def _check_report(session: Session, incoming: IncomingUpdate, now: datetime) -> None:
    """Say whether a report is authentic, ten times a day to each account."""
    if not stranger.may_check(session, incoming.user_id, now):
        return
    stranger.note_check(session, incoming.user_id, now)
    payload = {
        "chat_id": incoming.chat_id,
        "text": verifying.answer(session, incoming.arguments),
        "parse_mode": "HTML",
    }
    outbox.enqueue(session, OutgoingCall(incoming.chat_id, "sendMessage", payload, at=now))


def notice_block(session: Session, incoming: IncomingUpdate, now: datetime) -> None:
    """Record that the person blocked or unblocked the bot; ignored for groups."""
    if not incoming.private:
        return
    if incoming.blocked:
        broadcast.mark_unreachable(session, incoming.user_id, now)
    else:
        reach.mark_reachable(session, incoming.user_id)


def refresh_menu(session: Session, telegram_id: int, now: datetime, conversations: Conversations) -> None:
    """Set the command menu of the person's chat to their roles; remove it for somebody without access."""
    person = member(session, telegram_id)
    payload: dict[str, object] = {"scope": {"type": "chat", "chat_id": telegram_id}}
    if person is not None:
        person = deputies.deputized(session, person, now.astimezone(programmes(session).zone).date())
        payload["commands"] = [
            {"command": name, "description": sentence}
            for name, sentence in conversations.menu(person).items()
        ]
    method = "setMyCommands" if person is not None else "deleteMyCommands"
    outbox.enqueue(session, OutgoingCall(telegram_id, method, payload, at=now))


def pair_names(session: Session, person: Member) -> list[Html]:
    """Return the person's (role, unit) pairs as HTML."""
    names = []
    for role, unit_id in person.pairs:
        names.append(pair(role, unit_name(session, unit_id)))
    return names


def _welcome(
    session: Session, incoming: IncomingUpdate, joined: Joined, now: datetime, conversations: Conversations
) -> None:
    unit_name = joined.unit.name if joined.unit else None
    shown = examples_of(programmes(session), [joined.unit.id or 0] if joined.unit else [], now)
    if joined.is_new_person:
        text = texts.welcome(joined.person.name, joined.role, unit_name, shown)
    elif joined.is_new_pair:
        text = texts.welcome_again(joined.role, unit_name, shown)
    else:
        text = texts.already_so(joined.role, unit_name)
    payload: dict[str, object] = {"chat_id": incoming.chat_id, "text": text, "parse_mode": "HTML"}
    if (joined_now := member(session, incoming.user_id)) is not None:
        shown_keys = preferences.wishes(session, joined_now.person_id).keyboard
        payload["reply_markup"] = reply_keyboard.markup(joined_now, shown_keys)
    fitting.enqueue(session, OutgoingCall(incoming.chat_id, "sendMessage", payload, at=now))
    refresh_menu(session, incoming.user_id, now, conversations)
    _tell_planning(session, incoming, joined, now)
    person = member(session, incoming.user_id)
    if person is not None:
        context = TurnContext(incoming, now, person, session, conversations)
        privacy.show_at_joining(context)
        pins.ask_at_joining(context)


def _tell_planning(session: Session, incoming: IncomingUpdate, joined: Joined, now: datetime) -> None:
    """Tell planning who joined by which invitation, so that they notice a wrong person."""
    unit_name = joined.unit.name if joined.unit else None
    used = invitation_list.described(session, joined.invitation, programmes(session).zone)
    text = people_texts.came_in(joined.person.name, incoming.user_name, joined.role, unit_name, used)
    chats = [each for each in reach.reachable(session, Role.PLANNING) if each != incoming.user_id]
    broadcast.tell(session, chats, text, now)


def _warn_of_guesses(session: Session, now: datetime) -> None:
    """Tell planning once that invitation codes are refused for a while."""
    until = stranger.take_warning(session, now)
    if until is not None:
        text = people_texts.many_guesses(until.astimezone(programmes(session).zone))
        broadcast.tell_role(session, Role.PLANNING, text, now)


CONVERSATION = Conversation(commands=(Command("start", Action.GET_HELP, start),))
