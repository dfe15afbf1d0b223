"""What a person has open, in one message: «open» lists it, «open:12» shows draft 12 again."""

from handlers.chat import drafts
from handlers.chat.keyboards import Keyboard, button
from handlers.chat.talk import Talk
from handlers.messages import room
from handlers.texts.activities import opened as texts
from models.bounds import OPEN_CARDS, WAITING_CARDS
from models.errors import Rejected
from models.people.draft_rights import may_hold
from models.storage import draft as draft_rows
from models.storage.draft import Draft


def press(talk: Talk) -> None:
    """The list, or one of it."""
    if ":" not in (talk.heard.data or ""):
        show(talk)
        return
    draft = draft_rows.find(talk.session, talk.argument(1))
    if draft is None or not draft_rows.is_open(draft) or draft.waits_since is not None:
        raise Rejected("stale_button")
    drafts.check_held(talk, draft)
    drafts.show(talk, draft, edit=False)


def show(talk: Talk) -> None:
    """Each with a button that shows it; where there is room again, the next that waits is shown too."""
    room.show_next(talk)
    found = held(talk)
    waiting = draft_rows.count_waiting(talk.session, talk.member.person_id, talk.heard.chat_id, WAITING_CARDS)
    talk.edit(texts.every(len(found), waiting), _buttons(found))


def tell(talk: Talk, number: int, preface: str) -> None:
    """One line in place of so many cards, with the button that lists them."""
    talk.say(f"{preface}\n\n{texts.how_many(number)}", [[button(texts.SEE, room.VERB)]])


def held(talk: Talk) -> list[Draft]:
    """All that is open in this chat and still the person's, what was touched last first."""
    person, chat = talk.member.person_id, talk.heard.chat_id
    found = draft_rows.newest_open(talk.session, person, chat, 2 * OPEN_CARDS)
    return [each for each in found if may_hold(talk.session, each, talk.member)]


def _buttons(found: list[Draft]) -> Keyboard:
    return [[button(texts.name(each), room.VERB, each.id)] for each in found]
