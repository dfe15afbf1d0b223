"""Sends what is due at this moment, to one person per call; before that, updates deputies' menus.

1. Find the first person with a due reminder (`models.reminders.reminders`).
2. Claim each reminder by its Notice row; those that another process claimed are dropped.
3. Put what is left into one message, in the same transaction: both are stored, or neither.
4. The caller commits, hands the message over, and calls again until nothing is due.

If a person's message cannot be made, that is logged and rolled back, the others continue, and the next tick
tries again.
"""

from collections.abc import Sequence
from datetime import datetime

from sqlmodel import Session

from handlers.chat import broadcast
from handlers.chat.context import context_for_person
from handlers.chat.conversations import Conversations
from handlers.chat.keyboards import Keyboard
from handlers.people import deputies, signer_news
from handlers.progress import picture
from handlers.quarter_end import in_place, request_news
from handlers.reminders import card_nudges, digests
from handlers.reminders.section import Section
from models.reminders import reminders
from models.reminders.preferences import Loudness
from models.reminders.recipients import Recipient
from models.reminders.reminders import Reminder
from models.storage import occurrences
from models.storage.database import separately
from models.storage.occurrences import Occurred
from models.tables.notice import NoticeKind

WITH_CARDS = (NoticeKind.MORNING, NoticeKind.WEEKLY, NoticeKind.OVERDUE)  # digests that name open cards
LOOKED_AT_EVERY = 5  # minutes, for what is in no hurry
LONGEST = 3500  # characters with their tags; Telegram takes 4,096 without them


def tick(session: Session, now: datetime, conversations: Conversations) -> bool:
    """Tell one person what is due to them; return False if nothing is due to anybody."""
    told = False
    with separately(session, "What is due to who stands in, or to their director, could not be said") as part:
        told = (
            deputies.refresh_deputy_menus(session, now, conversations)
            or in_place.tell_acts(session, now)
            or _tell_planning(session, now)
        )
    if told and part.kept:
        return True
    for recipient, found in reminders.due(session, now):
        told = False
        with separately(session, f"What is due to person {recipient.person_id} could not be said") as part:
            told = _tell(session, recipient, found, now, conversations)
        if told and part.kept:
            return True
    told = False
    with separately(session, "Who has cards that stayed open today could not be told") as part:
        told = card_nudges.nudge(session, now, conversations)
    return told and part.kept


def _tell_planning(session: Session, now: datetime) -> bool:
    """Tell one person of planning what waits for them; looked at in every fifth minute only."""
    if now.minute % LOOKED_AT_EVERY:
        return False
    return signer_news.tell(session, now) or request_news.tell(session, now)


def _tell(
    session: Session,
    recipient: Recipient,
    found: Sequence[Reminder],
    now: datetime,
    conversations: Conversations,
) -> bool:
    person_id, chat_id = recipient.person_id, recipient.chat_id
    context = context_for_person(session, person_id, chat_id, now, conversations)
    if context is None:
        return False
    claimed = [
        each
        for each in found
        if reminders.claim(session, each.due_notice.kind, person_id, each.due_notice.period, now, each.names)
        and not each.says_nothing
    ]
    asked = [each.due_notice.kind for each in claimed if each.due_notice.kind is not NoticeKind.HEAD]
    loud = any(recipient.wishes.of(kind) is Loudness.LOUD for kind in asked)
    sections = digests.sections(context, claimed)
    if any(each.due_notice.kind in WITH_CARDS for each in claimed):
        sections = [*card_nudges.section(session, recipient, now, conversations), *sections]
    for text, keyboard in _messages(sections):
        broadcast.tell(session, [chat_id], text, now, keyboard, silent=not loud)
    for each in claimed:
        occurrences.note(session, Occurred.REMINDER, str(each.due_notice.kind))
        if each.due_notice.kind is NoticeKind.SUMMARY and each.due_notice.unit is None:
            picture.follow_summary(session, person_id, chat_id, each.due_notice.quarter, now)
    return bool(claimed)


def _messages(sections: Sequence[Section]) -> list[tuple[str, Keyboard]]:
    """Join the sections into one message, or more where the text would be too long."""
    messages: list[tuple[str, Keyboard]] = []
    for each in sections:
        if messages and len(messages[-1][0]) + len(each.text) <= LONGEST:
            text, keyboard = messages[-1]
            messages[-1] = f"{text}\n\n{each.text}", [*keyboard, *_others(each.keyboard, keyboard)]
        else:
            messages.append((each.text, each.keyboard))
    return messages


def _others(added: Keyboard, known: Keyboard) -> Keyboard:
    """Return the added buttons that are not in the keyboard yet, such as a second «Firmar»."""
    there = {each["callback_data"] for row in known for each in row}
    rows = ([each for each in row if each["callback_data"] not in there] for row in added)
    return [row for row in rows if row]
