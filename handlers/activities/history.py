"""🕘: all that happened to one activity, a screen at a time. «hist:12:0:…»: its first page, and the list."""

from collections.abc import Sequence

from handlers.activities.listing import Listing
from handlers.chat import paging
from handlers.chat.keyboards import button
from handlers.chat.talk import Talk
from handlers.texts.activities import history as texts
from models.activities.history import Event, history
from models.activities.reading import find
from models.errors import Rejected

PAGE = 5


def show(talk: Talk) -> None:
    """In place of the activity, with the way back to it."""
    activity = find(talk.session, talk.argument(1), talk.member)
    listing = Listing.read((talk.heard.data or "").split(":")[3:])
    events = history(talk.session, activity)
    place = talk.argument(2)

    def text(shown: Sequence[Event]) -> str:
        return texts.page(activity.id or 0, shown, talk.programmes, talk.zone)

    found = paging.page(events, place + 1, PAGE, text)
    if found.number != place + 1:
        raise Rejected("stale_button")
    turns = [
        button(label, "hist", activity.id or 0, page, *listing.data())
        for label, page in (
            (texts.LATER, place - 1),
            (texts.EARLIER, place + 1),
        )
        if 0 <= page < found.of
    ]
    back = [button(texts.BACK, "act", "v", activity.id or 0, *listing.data())]
    talk.edit(text(found.items), [*([turns] if turns else []), back])
