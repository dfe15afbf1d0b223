"""The report's text of an activity, made from its message: `reworded`. What it cannot mend: `remains`."""

import re
from dataclasses import dataclass, field
from datetime import date
from enum import StrEnum
from functools import lru_cache

from spanish.reading.dates.units import Days
from spanish.rewording import chat_words, chatter, impersonal, relative_days, spelling, typography
from spanish.rewording.lexicon import is_word
from spanish.writing.days import MONTHS, WEEKDAYS

LONGEST = 10_000  # characters: no message of Telegram's has half as many


@dataclass(frozen=True)
class House:
    """How an agency writes: without «I» and «we», or not; and its programme's words, in small letters."""

    impersonal: bool = True
    names: frozenset[str] = field(default=frozenset())


IMPERSONAL = House()


@lru_cache(maxsize=64)
def house_of(impersonal: bool | None, *titles: str) -> House:
    """Return how an agency writes, by its setting (None: impersonal) and the titles of its programme."""
    words = (each.lower() for title in titles for each in _WORDS.findall(title))
    return House(impersonal is not False, frozenset(each for each in words if not is_word(each)))


class Remainder(StrEnum):
    """What a report's text should not have."""

    RELATIVE_DAY = "relative-day"
    GREETING = "greeting"
    SMALL_LETTER = "small-letter"
    NO_STOP = "no-stop"
    PICTURE = "picture"
    SPELLING = "spelling"
    FIRST_PERSON = "first-person"


@lru_cache(maxsize=1024)
def reworded(text: str, today: date, own: Days, house: House = IMPERSONAL) -> str:
    """Return the text as a report says it, the same again if it is one already; "" for mere courtesy.

    `today`: the day on which it was written; `own`: first and last day of the activity. It says nothing that
    the text does not say: numbers, names and folios stay. Raises nothing, whatever the text.
    """
    if len(text) > LONGEST:
        return text
    text = typography.in_small_letters(text, house.names)
    text = chatter.without(text)
    text = relative_days.dated(text, today, own)
    text = chatter.without(text)
    text = chat_words.write_out(text)
    text = spelling.mend(text, house.names)
    if house.impersonal:
        text = impersonal.impersonal(text, lambda said: relative_days.tells_of_coming(said, today))
    return typography.set_in_type(text)


def is_reworded(said: str, text: str) -> bool:
    """Return whether a report's text says something otherwise than the message, except the day."""
    return _told(said) != _told(text)


_DAY_WORDS = frozenset(
    (
        *MONTHS,
        *WEEKDAYS,
        *[
            "hoy",
            "ayer",
            "antier",
            "anoche",
            "el",
            "del",
            "de",
            "al",
            "en",
            "día",
            "días",
            "pasado",
            "este",
            "esta",
            "mañana",
        ],
    )
)


def _told(text: str) -> list[str]:
    return [each for each in _WORDS.findall(text.lower()) if each not in _DAY_WORDS]


_WORDS = re.compile(r"[^\W\d_]+")


def remains(text: str, house: House = IMPERSONAL) -> dict[Remainder, str]:
    """Return what a reader would still change in a report's text, with the words that it is about, if any."""
    if not text.strip():
        return {}
    found: dict[Remainder, list[str]] = {
        Remainder.RELATIVE_DAY: relative_days.relative_words(text),
        Remainder.GREETING: [""] if chatter.is_greeting(text) else [],
        Remainder.SMALL_LETTER: [""] if typography.begins_small(text) else [],
        Remainder.NO_STOP: [""] if typography.lacks_stop(text) else [],
        Remainder.PICTURE: [""] if chatter.has_pictures(text) else [],
        Remainder.SPELLING: spelling.misspelled(text, house.names),
        Remainder.FIRST_PERSON: impersonal.first_person_words(text) if house.impersonal else [],
    }
    return {kind: ", ".join(dict.fromkeys(words)) for kind, words in found.items() if words}
