"""How many cards a person has before them: what is beyond waits, stored whole, and is shown in its turn.

With `bounds.OPEN_CARDS` open, the card of the next message is kept and not shown; that is said once. As soon
as one is registered or cancelled, the oldest that waits is shown.
"""

from handlers.chat import bursts, drafts
from handlers.chat.keyboards import button
from handlers.chat.talk import Talk
from handlers.texts.activities import opened as texts
from models.bounds import OPEN_CARDS, WAITING_CARDS
from models.errors import Rejected
from models.people.draft_rights import may_hold
from models.storage import draft as draft_rows
from models.tables.draft import DraftKind

VERB = "open"


def waits(talk: Talk, cards: int = 1) -> bool:
    """Whether that many new cards must wait. Raises `Rejected("too_many_waiting")`."""
    person, chat = talk.member.person_id, talk.heard.chat_id
    there = draft_rows.count_open(talk.session, person, chat, DraftKind.ACTIVITY, OPEN_CARDS)
    if there + cards <= OPEN_CARDS:
        return False
    if draft_rows.count_waiting(talk.session, person, chat, WAITING_CARDS) + cards > WAITING_CARDS:
        raise Rejected("too_many_waiting", limit=WAITING_CARDS)
    if bursts.is_first(talk, "waits"):
        talk.say(texts.waits(there), [[button(texts.SEE, VERB)]])
    return True


def press(talk: Talk) -> None:
    """A button of a draft, which may have ended it."""
    drafts.press(talk)
    show_next(talk)


def cancel_newest(talk: Talk) -> None:
    """`/cancelar`: leave the draft that was touched last."""
    drafts.cancel_newest(talk)
    show_next(talk)


def show_next(talk: Talk) -> None:
    """One card less is open: the oldest that waits is shown, where there is room for it."""
    session = talk.session
    person, chat = talk.member.person_id, talk.heard.chat_id
    for draft in draft_rows.waiting(session, person, chat, OPEN_CARDS):
        if draft_rows.count_open(session, person, chat, DraftKind.ACTIVITY, OPEN_CARDS) >= OPEN_CARDS:
            return
        draft.waits_since, draft.touched_at = None, talk.now
        draft_rows.save(session, draft)
        if may_hold(session, draft, talk.member):
            left = draft_rows.count_waiting(session, person, chat, WAITING_CARDS)
            drafts.show(talk, draft, edit=False, preface=texts.waited(left))
            return
