"""Days, read in one way wherever they are written: within a message, and as the whole of an answer.

`find_days` looks in running text; `read_past_days` and `read_days` take a text that is one date phrase and
nothing else («martes 12 de marzo», «ayer», «del 4 al 6 de marzo», «13-03»).
"""

import re
from datetime import date

from models.errors import Rejected, UnreadableAnswer
from spanish.reading.closed_words import mend
from spanish.reading.dates.phrases import DayPhrase, choose, find_day_phrases, find_periods
from spanish.reading.dates.units import Days
from spanish.reading.dates.words import MONTH, SHORT_WEEKDAYS, WEEKDAY_NUMBERS
from spanish.reading.numbers.digits import in_digits
from spanish.reading.spoken import Span, Spoken
from spanish.reading.wording import TAKING_BACK
from spanish.writing.days import WEEKDAYS
from spanish.writing.folding import fold

LONGEST_QUESTION = 1_000  # characters
LONGEST = 120  # characters of an answer that is a date phrase
_AS_FRACTION = re.compile(
    rf"(?<![\w./-])(\d{{1,2}})[.-](\d{{1,2}})(?![\w/]|[.-]\d| de | (?:{MONTH})\b)"
)  # «13-03» is 13/03
_LEAD = re.compile(
    r"\W*(?:(?:fue|fueron|era|eran|es|son|se hizo|se hicieron|apenas|desde|entre|durante|en|a|al|del?|el|"
    r"los?|las?|dias?|fechas?|este|pasad[oa])\b[ :,]*)*"
)
_HOUR = r"(?:,? a las? \d{1,2}(?::\d\d)?(?: ?(?:horas|hrs?|h|am|pm|a\.m|p\.m))?\.?)"
_TAIL = re.compile(
    r"(?: (?:manana|tarde|noche)|,? (?:por|en|de|a|durante) la (?:manana|tarde|noche)|"
    rf",? al? mediodia|{_HOUR}|,? pasad[oa]|"
    r"(?P<this_year>,? del? (?:(?:presente|mismo|corriente|este) ano|ano en curso)))?\W*"
)
_WEEKDAYS = WEEKDAY_NUMBERS | SHORT_WEEKDAYS
_NUMBERED_WEEKDAY = re.compile(rf"\b({'|'.join(_WEEKDAYS)})\.?,? (\d{{1,2}})\b")


def find_days(spoken: Spoken, today: date) -> tuple[Days | None, tuple[Span, ...], Spoken]:
    """First and last day on which something was done, where they are named, and the text without any day.

    A period that is still running ends today. What is to come or of something else is cut, too.
    """
    spoken = mend(spoken)
    named = find_day_phrases(spoken.text, today)
    rest = spoken.cut(span for each in named if not each.period for span in each.spans)
    told = [each for each in named if each.days and _sound(each.days, today)]
    chosen = choose(_corrected(told, spoken.text), spoken.text)
    if chosen is None:
        return None, (), rest
    return chosen.days, tuple(spoken.span(*span) for span in chosen.spans), rest


_CORRECTED = re.compile(rf"(?:{TAKING_BACK})[ ,.:]*(?:(?:fue|era|el|la|que) ){{0,3}}$")


def _corrected(told: list[DayPhrase], text: str) -> list[DayPhrase]:
    """Those from the last on before which an earlier one is taken back: «ayer, bueno, antier»."""
    for place in range(len(told) - 1, 0, -1):
        if _CORRECTED.search(text[max(0, told[place].start - _REACH) : told[place].start]):
            return told[place:]
    return told


_REACH = 30  # characters before a day


def names_no_day(spoken: Spoken, today: date) -> bool:
    """Whether a day is named that cannot be, or of another year: «el 31 de abril», «el año pasado»."""
    text = mend(spoken).text
    refused = any(each.refused is not None for each in find_day_phrases(text, today))
    return refused or bool(_FAR.search(text))


_FAR = re.compile(r"\b(?:el ano (?:pasado|antepasado)|hace (?:un|dos|tres|\d) anos?)\b")


def find_days_to_come(spoken: Spoken, today: date) -> tuple[Span, ...]:
    """Where in the original days are named that have not come, or that something is due on."""
    spoken = mend(spoken)
    named = find_day_phrases(spoken.text, today)
    return tuple(spoken.span(*span) for each in named if each.days is None for span in each.spans)


def find_period(text: str, today: date) -> Days | None:
    """First and last day of the first period or day that a question names: «en febrero», «la semana pasada».

    It is whole: this month ends with its last day, a week with its Sunday. None where no time is named.
    """
    return next(find_periods(mend(in_digits(Spoken.of(text[:LONGEST_QUESTION]))).text, today), None)


def find_named_periods(spoken: Spoken, today: date) -> list[Days]:
    """First and last day of every period and day that a text names, each whole, also those to come."""
    return list(find_periods(mend(spoken).text, today))


def read_past_days(text: str, today: date) -> Days:
    """First and last day of a text that is one date phrase, of something that was done.

    A weekday or a number alone is the latest before `today`, a period ends today. Raises `Rejected`:
    `day_unreadable`, `day_impossible` for the 31st of February, `days_out_of_order` for «del 15 al 13».
    """
    days = _read_whole(text, today).days
    assert days is not None
    return days


def read_days(text: str, today: date) -> Days:
    """The same of days that may be to come; a weekday or a number alone is `day_unreadable`.

    A period is read whole.
    """
    only = _read_whole(text, today)
    days = only.period or only.days
    numbered = only.latest and not re.search(rf"\b(?:{MONTH})\b|/", fold(text))
    if numbered or days is None:
        raise UnreadableAnswer("day_unreadable")
    return days


def _read_whole(text: str, today: date) -> DayPhrase:
    """The only phrase of the text."""
    if len(text) > LONGEST:
        raise UnreadableAnswer("day_unreadable")
    spoken = mend(in_digits(Spoken.of(text)))
    said = spoken.rewrite(_AS_FRACTION, lambda found: f"{found[1]}/{found[2]}").text
    named = find_day_phrases(said, today)
    tail = _TAIL.fullmatch(said, named[-1].end) if named else None
    if tail is None or not _LEAD.fullmatch(said, 0, named[0].start):
        raise UnreadableAnswer("day_unreadable")
    only = named[0]
    if len(named) > 1 or len(only.spans) > 1 or only.days is None:
        raise only.refused or UnreadableAnswer("day_unreadable")
    if only.unsure:
        raise Rejected("days_out_of_order")
    if tail["this_year"] and only.days[1].year != today.year:
        raise UnreadableAnswer("day_unreadable")
    _check_weekdays(said, only.days)
    return only


def _check_weekdays(said: str, days: Days) -> None:
    """Raises `day_impossible` for «lunes 12 de marzo» where the 12th is a Tuesday."""
    for weekday, number in _NUMBERED_WEEKDAY.findall(said):
        for day in days:
            if day.day == int(number) and _WEEKDAYS[weekday] != day.weekday():
                raise Rejected(
                    "day_impossible", day=f"{WEEKDAYS[_WEEKDAYS[weekday]]} {day.day:02}/{day.month:02}"
                )


def _sound(days: Days, today: date) -> bool:
    """In order, not to come, and not the year of a law that is cited."""
    return days[0] <= days[1] <= today and days[0].year >= today.year - 1
