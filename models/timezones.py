"""The time zones that come with the program (`tzdata`), instead of those of the machine.

Mexico gave up daylight saving in October 2022. With older data 30 June 23:32 is 1 July, of another quarter.
"""

import zoneinfo
from datetime import UTC, datetime, timedelta
from importlib.util import find_spec

_NOON = datetime(2024, 7, 1, 18, tzinfo=UTC)  # in Mexico City without summer time


def prefer_packaged() -> None:
    """Have `ZoneInfo` read the package; where it is not installed, the machine's data as ever."""
    if find_spec("tzdata") is not None:
        zoneinfo.reset_tzpath(to=())
        zoneinfo.ZoneInfo.clear_cache()


def are_right() -> bool:
    """Whether noon of 1 July 2024 in Mexico City is six hours behind UTC.

    Raises `ZoneInfoNotFoundError` where there is no zone data at all.
    """
    return _NOON.astimezone(zoneinfo.ZoneInfo("America/Mexico_City")).utcoffset() == timedelta(hours=-6)
