"""One message → the facts of an activity: `understand`. The door stays; what is behind it may change."""

from spanish.reading.activity.facts import Said, Understood, Where
from spanish.reading.activity.reading import understand

__all__ = ["Said", "Understood", "Where", "understand"]
