"""🕘: all that happened to one activity, a screen at a time. «hist:12:0:…»: its first page, and the list."""

from collections.abc import Sequence

from handlers.activities.listing import Listing
from handlers.chat import paging
from handlers.chat.context import TurnContext
from handlers.chat.keyboards import button
from handlers.texts.activities import history as texts
from models.activities.history import Event, history
from models.activities.reading import find
from models.errors import Rejected

PAGE = 5


def show(context: TurnContext) -> None:
    """In place of the activity, with the way back to it."""
    activity = find(context.session, context.argument(1), context.member)
    listing = Listing.read((context.incoming.data or "").split(":")[3:])
    events = history(context.session, activity)
    place = context.argument(2)

    def text(shown: Sequence[Event]) -> str:
        return texts.page(activity.id or 0, shown, context.programmes, context.zone)

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
    context.edit(text(found.items), [*([turns] if turns else []), back])
