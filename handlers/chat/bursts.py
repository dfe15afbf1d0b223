"""Answers a burst of messages once instead of once per message."""

from datetime import timedelta

from handlers.chat.context import TurnContext
from models.errors import Rejected
from models.reminders import reminders

BURST, EDITS = timedelta(minutes=10), timedelta(minutes=1)
ONCE = "said-once"  # kinds of `Notice` that record what was said
ALBUM = "album-refused"
FULL = ("no_room", "too_many_waiting", "too_many_open")  # told once per burst


def is_first(context: TurnContext, about: str, within: timedelta = BURST) -> bool:
    """Return whether the person was not told this yet in the current ten minutes of the day."""
    period = f"{about}:{int(context.now.timestamp() // within.total_seconds())}"
    return reminders.claim(context.session, ONCE, context.member.person_id, period, context.now)


def is_told(context: TurnContext, refusal: Rejected) -> bool:
    """Return whether to tell why a message was refused: once for an album or a burst.

    A tap is always answered, over its button.
    """
    incoming, card = context.incoming, refusal.facts.get("card", "")
    if incoming.callback_id is not None:
        return True
    if incoming.album is not None:  # an album may come in several batches
        album = f"{incoming.chat_id}:{incoming.album}"
        return reminders.claim(context.session, ALBUM, context.member.person_id, album, context.now)
    if incoming.edited_at is not None:
        return is_first(context, f"edit:{incoming.message_id}:{refusal.reason}", EDITS)
    return refusal.reason not in FULL or is_first(context, f"{refusal.reason}:{card}")
