"""Uses the time zones of the package `tzdata` instead of the machine's.

Mexico abolished daylight saving in October 2022. With older data, 30 June 23:32 is 1 July, in another
quarter.
"""

import zoneinfo
from datetime import UTC, datetime, timedelta
from importlib.util import find_spec

_NOON = datetime(2024, 7, 1, 18, tzinfo=UTC)  # noon in Mexico City without daylight saving


def prefer_packaged() -> None:
    """Make `ZoneInfo` read the package; if it is not installed, `ZoneInfo` keeps using the machine's data."""
    if find_spec("tzdata") is not None:
        zoneinfo.reset_tzpath(to=())
        zoneinfo.ZoneInfo.clear_cache()


def are_right() -> bool:
    """Return whether noon of 1 July 2024 in Mexico City is six hours behind UTC.

    Raises `ZoneInfoNotFoundError` if there is no zone data at all.
    """
    return _NOON.astimezone(zoneinfo.ZoneInfo("America/Mexico_City")).utcoffset() == timedelta(hours=-6)
