"""🕘: all that happened to one activity, a screen at a time. «hist:12:0:…»: its first page, and the list."""

from sqlmodel import Session

from handlers.keyboards import button
from handlers.listing import Listing
from handlers.talk import Talk
from handlers.texts import history as texts
from models.activities import find
from models.errors import Rejected
from models.history import history

PAGE = 5


def show(session: Session, talk: Talk) -> None:
    """In place of the activity, with the way back to it."""
    activity = find(session, talk.argument(1), talk.member)
    listing = Listing.read((talk.heard.data or "").split(":")[3:])
    events = history(session, activity)
    start = talk.argument(2) * PAGE
    if not 0 <= start < len(events):
        raise Rejected("stale_button")
    turns = [
        button(label, "hist", activity.id or 0, page, *listing.data())
        for label, page in (
            (texts.LATER, talk.argument(2) - 1),
            (texts.EARLIER, talk.argument(2) + 1),
        )
        if 0 <= page * PAGE < len(events)
    ]
    back = [button(texts.BACK, "act", "v", activity.id or 0, *listing.data())]
    text = texts.page(activity.id or 0, events[start : start + PAGE], talk.programmes, talk.zone)
    talk.edit(text, [*([turns] if turns else []), back])
