"""Where a folded text names days, and which days they are; `spanish.reading.days` is who asks."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta

from models.errors import Rejected
from spanish.reading.spoken import Span
from spanish.writing.days import MONTHS, WEEKDAYS
from spanish.writing.folding import fold

Days = tuple[date, date]

_AGO = {
    "hoy": 0, "esta": 0, "ayer": 1, "anoche": 1, "antier": 2, "anteayer": 2, "antes de ayer": 2, "antayer": 2,
    "antenoche": 2, "anteanoche": 2, "trasantier": 3, "antes de antier": 3,
}  # fmt: skip
_RELATIVE = "|".join(sorted(_AGO, key=len, reverse=True)).replace(" ", r"\ ")
_WEEKS = {8: 7, 15: 14}  # «hace ocho días» is a week ago, «hace quince» a fortnight
_WEEKDAYS = [fold(name) for name in WEEKDAYS]
WEEKDAY = "|".join(f"{name}s?" if name[-1] != "s" else name for name in _WEEKDAYS)
SHORT_WEEKDAY = "|".join(name[:3] for name in _WEEKDAYS)
_MONTH_NAMES = (
    {  # «marzo», «marz», «mar»
        name[:length]: number for number, name in enumerate(MONTHS, 1) for length in range(3, len(name) + 1)
    }
    | {"setiembre": 9}
)
MONTH = "|".join(sorted(_MONTH_NAMES, key=len, reverse=True))
_THIS = r"(?:presente|actual|corriente|este|los\ corrientes)(?:\ mes)?|mes\ (?:en\ curso|actual|corriente)"
_DAY = re.compile(
    rf"""\b(?:
    (?P<written>(?:(?:{WEEKDAY}|{SHORT_WEEKDAY})\.?,?\ )?(?P<day>\d{{1,2}}|primero)(?:\.?o|º|°|er|ero|ro)?
        (?:\ de\ |\ del\ mes\ de\ |\ |-|/)(?P<month>{MONTH})\b\.?
        (?:(?:\ del?|-|,|/)?\ ?(?:ano\ )?(?P<year>20\d\d|(?<=[-/])\d\d)\b)?)
    |(?P<digits>20\d\d-\d\d?-\d\d?|\d{{1,2}}/\d{{1,2}}(?:/(?:20)?\d\d)?
        |\d{{1,2}}(?P<sign>[.-])\d{{1,2}}(?P=sign)(?:20)?\d\d)
        (?![\w/])
    |(?P<this_month>\d{{1,2}})\ del?\ (?:{_THIS})\b
    |(?P<last_month>\d{{1,2}})\ del\ (?:mes\ )?pasado(?:\ mes)?\b
    |(?:(?P<named>{WEEKDAY})\ (?:dia\ )?|dias?\ |pasado\ )
        (?:(?P<since>\d{{1,2}})\ (?:al|a|y)\ )?(?P<number>\d{{1,2}})\b
        (?!\ ?[%:/]|\ del?\ |\ [a-z]+s\b)
    |el\ (?P<plain>\d{{1,2}})
        (?=\ pasado\b|\ ?[.,;:)!](?!\d)|$|\ (?:y|se|nos|en|con|por|a\ las?|fue|hubo|hicimos|di|dimos|tuvimos
        |fuimos|[a-z]+(?:aron|ieron|amos|imos))\b)(?:\ pasado)?
    |(?P<week>(?:toda\ |durante\ )?la\ (?:semana\ pasada|semana\ anterior|pasada\ semana))\b
    |(?P<weekend>(?:el|este)\ fin\ de\ semana(?:\ pasado)?)\b
    |(?P<weekday>{WEEKDAY})\b
        (?P<before>\ (?:de\ la|la)\ (?:semana\ pasada|pasada\ semana)\b)?(?P<past>\ pasado\b)?
    |hace\ (?P<ago>\d{{1,3}}|un)\ (?P<unit>dias?|semanas?)\b
    |(?P<relative>{_RELATIVE})(?:(?<!esta)|(?=\ (?:manana|tarde|noche)\b))\b
    )""",
    re.VERBOSE,
)
# «4 al», «lunes 4 y», «4, 5 y», before a day with its month
_FROM = re.compile(
    rf"(?<![\w/.,-])(?:(?:{WEEKDAY}),? )?(\d{{1,2}})(?:, ?(?:(?:{WEEKDAY}) )?\d{{1,2}}){{0,9}}"
    rf"(?: (?:al|a|y|e|hasta|y hasta) | ?- ?)(?:el )?(?:dia )?$"
)
TOGETHER = re.compile(r",? (?:al|a|y|e|hasta|y hasta|y otr[oa])(?: el)?(?: dia)? |(?: ?- ?|, ?)(?:el )?")
# «El lunes respondí tres y el martes una»: things on each of them.
_EACH_DAY = re.compile(
    r"[^.;:()]{0,60}\b(?:\d{1,12}|una?|otr[oa]s?)\b[^.;:()]{0,60}(?:,| y| e)"
    r"(?: (?:\d{1,12}|una?|otr[oa]s?)(?: \w+)?)?(?: el)? "
)
_COUNTED = re.compile(r"(?:\d|\buna?|\botr[oa]s?)(?: \w+)?(?: el)? $")
_ONES = re.compile(r"\d|una?\b|otr[oa]s?\b")
# What is to come is no day on which something was done: «para el viernes», «el lunes que viene».
_COMING = re.compile(
    r"\b(?:(?:para|pa|p/|hasta|antes del?|a mas tardar|proximo|siguiente|vence|vencen|"
    r"limite)(?: el)?(?: dia)?(?: proximo)? ?"
    r"|(?:quedamos (?:en|de|que|para)|quedaron de|quede de|quedo para|vamos a|vamos|voy a|va a|van a|"
    r"va a ser|sera|seran|seria|toca|tocaria|"
    r"nos veremos|nos vemos"
    r"|nos volvemos a|volvemos a|volveremos|acordamos (?:ver|reunir|volver|juntar)\w*"
    r"|programad[oa]s?|agendad[oa]s?|convocad[oa]s?|citad[oa]s?|prevista?|previsto|tenemos que|hay que|"
    r"tendra|tendran|llevara|"
    r"celebrara|empezara|iniciara|entregara|entregaremos|haremos|daremos|tendremos|mandaremos|se reanuda|"
    r"plazo|fecha limite"
    r"|convocatorias?|invitacion(?:es)?|citatorios?|recordando|recordatorio)\b[^.,;]*)$"
)
_DUE = re.compile(
    r"\b(?:para|pa|p/|hasta|antes del?|a mas tardar|vence|vencen|limite|sera|seran|plazo)(?: el)?(?: dia)? ?$"
)
# «Desde el 25 hasta el 30» is no deadline.
_SINCE = re.compile(r"\bdesde [^.;]{1,30} hasta(?: el)?(?: dia)? ?$")
_TO_COME = re.compile(r"(?: que| q)? (?:viene|entra|proximo|siguiente|sera|seran|habra|vamos a|va a|toca)\b")
_RECENT, _RECENT_NAMED = 31, 46  # days back in which «el día 14», «el lunes 4» are looked for
_REACH = 60  # characters looked at on either side of a day
_BEFORE_MONTH = 15  # «29 al 1 de febrero» may begin in January, «15 al 13 de febrero» is a mistake


@dataclass(frozen=True)
class DayPhrase:
    """A phrase that names a day or several, and where it stands."""

    start: int
    end: int
    days: Days | None  # None: impossible, or to come
    by_weekday: bool = False
    by_name: bool = False  # a weekday, or «ayer», «hoy»
    latest: bool = False  # looked for before today: a weekday or a number of the month alone
    refused: Rejected | None = None  # why there are no days, where the phrase is one of a day
    unsure: bool = False  # the first of several is of no month, or of the one before
    places: tuple[Span, ...] = ()  # of several days apart from each other

    @property
    def spans(self) -> tuple[Span, ...]:
        return self.places or ((self.start, self.end),)


def find_day_phrases(text: str, today: date) -> list[DayPhrase]:
    """Every phrase of a text in small letters, without accents and with its numbers in digits, in order.

    Those that belong together («ayer y hoy») are one, from the first day to the last.
    """
    return list(_join(_find(text, today), text))


def _find(text: str, today: date) -> Iterator[DayPhrase]:
    for found in _DAY.finditer(text):
        start = found.start()
        before, after = text[max(0, start - _REACH) : start], text[found.end() : found.end() + _REACH]
        if _is_to_come(found, before, after):
            yield DayPhrase(start, found.end(), None)
            continue
        try:
            days = _read(found, today)
        except (Rejected, ValueError, OverflowError) as error:
            refused = error if isinstance(error, Rejected) else None
            yield DayPhrase(start, found.end(), None, refused=refused)
            continue
        since = int(found["since"]) if found["since"] else None
        if not (found["weekday"] or found["relative"] or found["ago"]) and (range_ := _FROM.search(before)):
            since = int(range_[1])
            start -= len(before) - range_.start()
        unsure = False
        if since is not None:
            first = _same_month(days[1], since)
            unsure = first is None or (
                (days[1] - first).days > _BEFORE_MONTH and first.month != days[1].month
            )
            days = (first or days[1], days[1])
        by_weekday = bool(found["weekday"])
        yield DayPhrase(
            start,
            found.end(),
            days,
            by_weekday,
            by_name=by_weekday or bool(found["relative"]),
            latest=any(found[name] for name in ("weekday", "weekend", "named", "number", "plain")),
            unsure=unsure,
        )


def _is_to_come(found: re.Match[str], before: str, after: str) -> bool:
    """By what stands around it. A date in full that has passed is a deadline only right after «para»."""
    if _TO_COME.match(after):
        return True
    if _SINCE.search(before):
        return False
    if found["past"] or found["relative"] or found["ago"] or found["week"]:
        return False
    if found["weekday"] and re.search(r"\b(?:cada|todos|los) $", before):
        return True
    by_name = found["weekday"] or found["named"] or found["plain"] or found["number"]
    return bool((_COMING if by_name else _DUE).search(before))


def _read(found: re.Match[str], today: date) -> Days:
    """The days that one match names. Raises `Rejected` or ValueError for one that does not exist."""
    if found["week"] or found["weekend"]:
        monday = today - timedelta(days=today.weekday() + (7 if found["week"] or today.weekday() < 6 else 0))
        return monday + timedelta(days=0 if found["week"] else 5), monday + timedelta(
            days=4 if found["week"] else 6
        )
    day = _read_day(found, today)
    return day, day


def _read_day(found: re.Match[str], today: date) -> date:
    if found["written"]:
        day = 1 if found["day"] == "primero" else int(found["day"])
        return _make(found["year"], _MONTH_NAMES[found["month"]], day, today)
    if found["digits"]:
        parts = re.split(r"[./-]", found["digits"])
        if len(parts[0]) == 4:
            parts.reverse()
        return _make(parts[2] if parts[2:] else None, int(parts[1]), int(parts[0]), today)
    if found["this_month"]:
        return today.replace(day=int(found["this_month"]))
    if found["last_month"]:
        return (today.replace(day=1) - timedelta(days=1)).replace(day=int(found["last_month"]))
    if number := found["number"] or found["plain"]:
        return _latest(int(number), found["named"], today)
    if found["weekday"]:
        return _weekday(found, today)
    ago = found["ago"]
    if found["relative"]:
        return today - timedelta(days=_AGO[found["relative"]])
    days = 1 if ago == "un" else int(ago)
    days = days * 7 if found["unit"].startswith("semana") else _WEEKS.get(days, days)
    return today - timedelta(days=days)


def _make(year: str | None, month: int, day: int, today: date) -> date:
    """Without a year it is of today's; in January and February the last months are of the year before.

    Raises `Rejected("day_impossible")` for the 31st of February.
    """
    whole = today.year - 1 if today.month <= 2 and month >= 10 else today.year
    if year is not None:
        whole = int(year) + 2000 if len(year) == 2 else int(year)
    try:
        return date(whole, month, day)
    except ValueError:
        raise Rejected("day_impossible", day=f"{day:02}/{month:02}") from None


def _weekday(found: re.Match[str], today: date) -> date:
    """The most recent one before today."""
    back = (today.weekday() - weekday_number(found["weekday"])) % 7 or 7
    last_week = 7 if found["before"] and back <= today.weekday() else 0
    return today - timedelta(days=back + last_week)


def weekday_number(weekday: str) -> int:
    return next(number for number, name in enumerate(_WEEKDAYS) if weekday.startswith(name[:3]))


def _latest(number: int, weekday: str | None, today: date) -> date:
    """The last day with that number and name. Raises ValueError where that is too long ago to be meant."""
    for back in range(_RECENT_NAMED if weekday else _RECENT):
        day = today - timedelta(days=back)
        if day.day == number and (weekday is None or weekday.startswith(_WEEKDAYS[day.weekday()])):
            return day
    raise ValueError(number)


def _same_month(last: date, number: int) -> date | None:
    """The day with that number before `last`: of its month, else of the one before (29 al 1 de febrero).

    None where neither has it.
    """
    if 0 < number <= last.day:
        return last.replace(day=number)
    before = last.replace(day=1) - timedelta(days=1)
    return before.replace(day=number) if 0 < number <= before.day else None


def _join(named: Iterator[DayPhrase], text: str) -> Iterator[DayPhrase]:
    """«Ayer y hoy», «el lunes y otro el martes», «29 de enero al 1 de febrero»: one from first to last."""
    held: DayPhrase | None = None
    for each in named:
        if held and (places := _together(held, each, text)) and (days := _span(held, each)):
            held = DayPhrase(
                held.start,
                each.end,
                days,
                by_name=each.by_name,
                latest=held.latest or each.latest,
                unsure=held.unsure or each.unsure,
                places=places,
            )
            continue
        if held and each.start >= held.end:  # else the later covers it: «días 26 al 29 de febrero»
            yield held
        held = each
    if held:
        yield held


def _together(one: DayPhrase, other: DayPhrase, text: str) -> tuple[Span, ...]:
    """Where the two stand, if what is told was done on both; what is told of each stays in the text."""
    if TOGETHER.fullmatch(text, one.end, other.start):
        return (*one.spans[:-1], (one.spans[-1][0], other.end))
    near = one.by_name and other.by_name and 0 < other.start - one.end < 2 * _REACH
    if not near or _EACH_DAY.fullmatch(text, one.end, other.start) is None:
        return ()
    between = text[one.end : other.start]
    counted = _COUNTED.search(between) or _ONES.search(text, other.end, other.end + 25)
    return (*one.spans, *other.spans) if counted else ()


def _span(one: DayPhrase, other: DayPhrase) -> Days | None:
    """From one to the other. «Lunes y viernes» said on a Wednesday are of the same, the past week."""
    if one.days is None or other.days is None:
        return None
    first, last = one.days[0], other.days[1]
    if first > last and one.by_weekday and other.by_weekday:
        first -= timedelta(days=7)
    return (first, last) if first <= last else None
