"""One message → the facts of an activity: `understand`. The door stays; what is behind it may change."""

from handlers.understanding.activity.facts import Said, Understood, Where
from handlers.understanding.activity.reading import understand

__all__ = ["Said", "Understood", "Where", "understand"]
