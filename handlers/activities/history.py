"""🕘: the history of one activity, in pages."""

from collections.abc import Sequence

from handlers.activities.buttons import ShowActivity, ShowHistory
from handlers.chat import paging
from handlers.chat.context import TurnContext
from handlers.chat.conversations import Callback, Conversation
from handlers.chat.keyboards import button
from handlers.texts.activities import history as texts
from models.activities.history import Event, history
from models.activities.reading import find
from models.errors import Rejected
from models.rights import Action

PAGE = 5


def show(context: TurnContext, data: ShowHistory) -> None:
    """Show a page of the history in place of the activity, with a button back to it."""
    activity = find(context.session, data.activity_id, context.member)
    listing = data.listing
    events = history(context.session, activity)
    place = data.page

    def text(shown: Sequence[Event]) -> str:
        return texts.page(activity.id or 0, shown, context.programmes, context.zone)

    found = paging.page(events, place + 1, PAGE, text)
    if found.number != place + 1:
        raise Rejected("stale_button")
    page_buttons = [
        button(label, ShowHistory(activity.id or 0, page, listing))
        for label, page in (
            (texts.LATER, place - 1),
            (texts.EARLIER, place + 1),
        )
        if 0 <= page < found.of
    ]
    back = [button(texts.BACK, ShowActivity(activity.id or 0, listing))]
    context.edit(text(found.items), [*([page_buttons] if page_buttons else []), back])


CONVERSATION = Conversation(callbacks=(Callback(ShowHistory, Action.READ_ACTIVITIES, show),))
