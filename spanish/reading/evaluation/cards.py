"""Whether the card that a message opens looks ready, or asks something first."""

from spanish.reading.activity import Understood
from spanish.reading.acts import Act


def is_ready(understood: Understood) -> bool:
    """Whether the card has a line, a quantity and no doubt: one tap registers it."""
    return (
        understood.act is Act.TOLD
        and understood.line_id is not None
        and bool(understood.said)
        and not understood.doubts
        and understood.unbalanced is None
        and not understood.day_unread
    )


def asks(understood: Understood) -> bool:
    """Whether anything is asked before the activity can be registered, be it whether it is one."""
    return not is_ready(understood)
