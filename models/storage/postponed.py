"""Whether a postponed instant is due, even if the clock was set back."""

from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import ColumnElement, or_
from sqlalchemy.orm import Mapped

SLACK = timedelta(seconds=10)  # for small corrections of the clock and for rounding


def is_due(moment: Mapped[Any], now: datetime, longest: timedelta) -> ColumnElement[bool]:
    """Return an SQL condition: the instant has passed, or is further ahead than `longest`.

    An instant further ahead was stored while the clock was fast; waiting for it would take too long.
    """
    return or_(moment <= now, moment > now + longest + SLACK)
