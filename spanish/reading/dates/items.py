"""One day as it is named: «el lunes 4», «12 de marzo», «13/03», «ayer jueves», «hace 8 días»."""

import re
from dataclasses import dataclass
from datetime import date, timedelta
from functools import lru_cache
from itertools import pairwise

from spanish.reading.dates.words import AGO, MONTH_NUMBERS, SHORT_WEEKDAYS, WEEKDAY_NUMBERS, PieceKind, Pieces
from spanish.writing.folding import fold

_WEEKS = {8: 7, 15: 14}  # «hace ocho días» is a week ago, «hace quince» a fortnight
_THIS_MONTH = re.compile(
    r" ?(?:de|del|d) (?:mes (?:en curso|actual|corriente|presente|que (?:corre|cursa|transcurre))|"
    r"(?:presente|actual|corriente|mismo|este|los corrientes|en curso)(?! (?:ano|dia|lunes|trim))(?: mes\b)?"
    r"|mes(?= ?[.,;:)]| se | hubo | dimos |$))"
)
_LAST_MONTH = re.compile(r" ?(?:de|del|d) (?:(?:mes )?(?:pasado|anterior)(?: mes)?)\b(?! (?:ano|lunes))")
_LAST_WEEK = re.compile(r" (?:de la|la) (?:semana (?:pasada|anterior)|pasada semana)\b")
_THIS_WEEK = re.compile(r" de (?:esta|la presente|la) (?:misma )?semana\b(?! (?:pasada|anterior))")
_PAST = re.compile(r",? (?P<before>ante)?pasad[oa]s?\b")
_YEAR = re.compile(r"(?:,? del?|[-,/])? ?(?:ano )?(20\d\d|(?<=[-/])\d\d)\b(?![./-]\d)")
_RECENT, _RECENT_NAMED = 31, 46  # days back in which «el día 14», «el lunes 4» are looked for
_AGO = re.compile(
    r"hace (?:(?P<while>(?:un |buen |mucho )?(?:rato|ratito|momento|momentito)|unas horas"
    r"|\d{1,2} (?:horas?|minutos?))"
    r"|(?:como |unos |unas )?(?P<count>\d{1,3}|una?) (?P<unit>dias?|semanas?|mes(?:es)?))\b"
)
_BEFORE_YESTERDAY = re.compile(r"antes de (?P<day>ayer|antier)\b")
_PART_OF_TODAY = re.compile(r"esta (?:misma )?(?:manana|tarde|noche)\b")
# What a number counts although it does not look like a plural, and plurals that it does not count.
_COUNTED = frozenset(
    fold(
        "mas de del d por porciento trimestre trim bimestre semestre cuatrimestre sesion sesiones hora "
        "horas hrs hr h am pm min piso personas gente articulo veces m km kg mil"
    ).split()
)
_UNCOUNTED = frozenset(
    fold(
        "les nos los las entonces pues despues antes sus ellos ellas unos unas mis tres dos seis tras "
        "ademas todos todas nuestros nuestras estos estas otros otras entre vamos es"
    ).split()
)
# What is numbered itself: «línea 4».
_NUMBERED = frozenset(
    fold(
        "linea articulo art fraccion anexo capitulo zona region tramo km lote modulo etapa fase folio numero"
        " num no nivel"
    ).split()
)


@dataclass
class NamedDay:
    """One of the days, with as much of it as is said; `place`: the piece after it."""

    place: int
    end: int
    weekday: int | None = None
    number: int | None = None
    month: int | None = None
    year: str | None = None
    fixed: date | None = None  # whatever else is said: «ayer», «el 5 del mes pasado»
    last_week: bool = False
    this_week: bool = False
    past: bool = False
    bare: tuple[int, int] | None = None  # place and end without a number that may count something

    @property
    def dated(self) -> bool:
        """Whether it stands by itself."""
        return self.month is not None or self.fixed is not None


def counts(pieces: Pieces, place: int) -> bool:
    """Whether what follows a number is counted by it: «30 personas», «5 %», «12 de 15»."""
    after = pieces[place]
    if after.word in ("%", "°"):
        return True
    if after.kind is not PieceKind.WORD:
        return after.kind is PieceKind.NUMBER and after.touches
    if after.word in _COUNTED or (after.touches and after.start and len(after.word) < 3):
        return True
    plural = after.word.endswith("s") and len(after.word) > 3 and not after.word.endswith(("mos", "mas"))
    return plural and after.word not in _UNCOUNTED and after.word not in WEEKDAY_NUMBERS


def read_item(pieces: Pieces, place: int, today: date) -> NamedDay | None:
    piece = pieces[place]
    if piece.kind is PieceKind.DATE:
        return _in_digits(pieces, place)
    if piece.kind is PieceKind.NUMBER or piece.word == "primero":
        return _numbered(pieces, place)
    if piece.kind is not PieceKind.WORD:
        return None
    if piece.word in MONTH_NUMBERS and piece.word not in SHORT_WEEKDAYS:
        return _month_first(pieces, place)
    if piece.word in WEEKDAY_NUMBERS or piece.word in SHORT_WEEKDAYS:
        return _named(pieces, place, today)
    return _relative(pieces, place, today)


def _in_digits(pieces: Pieces, place: int) -> NamedDay | None:
    piece = pieces[place]
    parts = re.split(r"[./-]", piece.word)
    if len(parts[0]) == 4:
        parts.reverse()
    if len(parts) == 2 and re.match(
        r" del? (?!est|20|ano|presente)[a-z]", pieces.text[piece.end : piece.end + 12]
    ):
        return None  # «3/4 de página»
    year = parts[2] if parts[2:] else None
    return NamedDay(place + 1, piece.end, number=int(parts[0]), month=int(parts[1]), year=year)


def _numbered(pieces: Pieces, place: int) -> NamedDay | None:
    number = 1 if pieces[place].word == "primero" else pieces.number(place)
    if number is None or pieces[place - 1].word in _NUMBERED:
        return None
    after = place + 1
    if pieces[after].touches and pieces[after].word in ("o", "º", "°", "er", "ero", "ro", "do"):
        after += 1
    item = NamedDay(after, pieces.end(after), number=number)
    ordinal = pieces[place].word == "primero" or after > place + 1
    if (
        not _with_month(item, pieces)
        and ordinal
        and (number > 1 or pieces[item.place].word not in ("al", "y"))
    ):
        return None
    return item


def _month_first(pieces: Pieces, place: int) -> NamedDay | None:
    """«Junio 18: curso»."""
    number = pieces.number(place + 1)
    heads = pieces[place - 1].kind is PieceKind.SIGN and not counts(pieces, place + 2)
    ends = heads or pieces[place + 2].word in ("", ":", ",", ".", ";", ")")
    if number is None or pieces[place - 1].kind is PieceKind.WORD or not ends:
        return None
    return NamedDay(place + 2, pieces.end(place + 2), number=number, month=MONTH_NUMBERS[pieces[place].word])


def _with_month(item: NamedDay, pieces: Pieces) -> bool:
    """Add the month that follows the number, and its year."""
    text, place = pieces.text, item.place
    for offset, pattern in ((0, _THIS_MONTH), (-1, _LAST_MONTH)):
        if found := pattern.match(text, item.end):
            item.month, item.year = 0, str(offset)
            _move(item, pieces, found.end())
            return True
    if pieces[place].word in ("de", "d", "del", "-", "/", "."):
        place += 1
        if pieces[place].word == "mes" and pieces[place + 1].word == "de":
            place += 2
    month = MONTH_NUMBERS.get(pieces[place].word)
    if month is None or pieces[place].kind is not PieceKind.WORD or pieces[place - 1].word == ".":
        return False
    item.month, item.place, item.end = month, place + 1, pieces[place].end
    if pieces[item.place].word == "." and pieces[item.place].touches:
        item.place, item.end = item.place + 1, pieces[item.place].end
    if found := _YEAR.match(text, item.end):
        item.year = found[1]
        _move(item, pieces, found.end())
    return True


def _move(item: NamedDay, pieces: Pieces, end: int) -> None:
    """Let the item reach that character."""
    item.place, item.end = pieces.place_after(item.place, end), end


def _named(pieces: Pieces, place: int, today: date) -> NamedDay | None:
    """A weekday, perhaps with the number and month of its day."""
    name = pieces[place].word
    short = name not in WEEKDAY_NUMBERS
    weekday = SHORT_WEEKDAYS[name] if short else WEEKDAY_NUMBERS[name]
    after = place + 1
    if short and pieces[after].word == ".":
        after += 1
    bare = NamedDay(after, pieces.end(after), weekday=weekday)
    comma = pieces[after].word == ","
    after += comma
    if pieces[after].word == "(" or pieces[after].word == "pasado":
        after += 1
    if pieces[after].word == "dia":
        after += 1
    item = _numbered(pieces, after)
    if (
        item
        and not item.dated
        and (_counts_by_weekday(pieces.text) or not _is_in_calendar(item, weekday, pieces, today))
    ):
        item = None  # «martes 2, jueves 4»: so many of something
    if item and (item.dated or not comma) and not (short and not item.dated and counts(pieces, item.place)):
        item.weekday, item.bare = weekday, None if short else (bare.place, bare.end)
        return item
    if short and not beside_weekday(pieces, place):
        return None
    for pattern, what in ((_LAST_WEEK, "last_week"), (_THIS_WEEK, "this_week"), (_PAST, "past")):
        if found := pattern.match(pieces.text, bare.end):
            setattr(bare, what, True)
            bare.last_week = bare.last_week or bool(found.groupdict().get("before"))
            _move(bare, pieces, found.end())
    if pieces[place - 1].word == "este" and today.weekday() == weekday:
        bare.fixed = today
    return bare


_NUMBERED_WEEKDAY = re.compile(rf"\b({'|'.join((*WEEKDAY_NUMBERS, *SHORT_WEEKDAYS))})\.?:? (\d{{1,2}})\b")


@lru_cache(maxsize=64)
def _counts_by_weekday(text: str) -> bool:
    """«Lun 3, mar 2, jue 5»: numbers behind weekdays that no calendar has in that order are of things."""
    weekdays = WEEKDAY_NUMBERS | SHORT_WEEKDAYS
    pairs = [(weekdays[name], int(number)) for name, number in _NUMBERED_WEEKDAY.findall(text)]
    return any((b - a) % 7 != (other - one) % 7 for (one, a), (other, b) in pairwise(pairs))


def beside_weekday(pieces: Pieces, place: int) -> bool:
    """Whether another weekday stands beside a shortened one, or its article: «lun y mar», «el vie»."""
    if pieces[place - 1].word in ("el", "este") and pieces[place].word not in MONTH_NUMBERS:
        return True
    after = place + 1 + (pieces[place + 1].word == ".")
    for step, at in ((1, after), (-1, place - 1)):
        while pieces[at].word in _ROW and abs(at - place) < _ROW_LENGTH:
            at += step
        if at not in (after, place - 1) and (pieces[at].word in WEEKDAY_NUMBERS | SHORT_WEEKDAYS | AGO):
            return True
    return False


_ROW = frozenset((",", "y", "e", "a", "al", "-", "–", "el", "."))
_ROW_LENGTH = 5  # pieces between two weekdays of a row


def _is_in_calendar(item: NamedDay, weekday: int, pieces: Pieces, today: date) -> bool:
    """Whether there is such a day around today, or a month may follow: «miércoles 3 y 5 de febrero»."""
    number = item.number or 0
    near = (latest(number, weekday, today), latest(number, weekday, today + timedelta(days=_RECENT_NAMED)))
    after = pieces[item.place].word
    if after in ("y", "e"):
        return any(near) or pieces.number(item.place + 1) is not None  # not «martes 5 y hoy 3»
    return any(near) or after in ("al", "a", "-", "hasta")


def latest(number: int, weekday: int | None, today: date) -> date | None:
    """The last day with that number and weekday; None where that is too long ago to be meant."""
    for back in range(_RECENT if weekday is None else _RECENT_NAMED):
        day = today - timedelta(days=back)
        if day.day == number and weekday in (None, day.weekday()):
            return day
    return None


def _relative(pieces: Pieces, place: int, today: date) -> NamedDay | None:
    text, start = pieces.text, pieces[place].start
    if (ago := AGO.get(pieces[place].word)) is not None:
        item = NamedDay(place + 1, pieces[place].end, fixed=today - timedelta(days=ago), past=True)
        return _confirmed(item, pieces, today)
    if found := _BEFORE_YESTERDAY.match(text, start):
        back = 2 if found["day"] == "ayer" else 3
    elif found := _PART_OF_TODAY.match(text, start):
        return NamedDay(place + 1, pieces[place].end, fixed=today, past=True)
    elif found := _AGO.match(text, start):
        return _ago(found, pieces, place, today)
    else:
        return None
    item = NamedDay(place, found.end(), fixed=today - timedelta(days=back), past=True)
    _move(item, pieces, found.end())
    return item


def _confirmed(item: NamedDay, pieces: Pieces, today: date) -> NamedDay:
    """«Ayer jueves», «hoy 14 de marzo»: the same day named again."""
    place = item.place + (pieces[item.place].word in (",", "("))
    again = read_item(pieces, place, today) if pieces[place].word not in AGO else None
    if again is None or again.fixed is not None:
        return item
    day = item.fixed or today
    if again.number is None:
        same = place == item.place and again.weekday == day.weekday()
    else:
        told = (again.month, again.weekday)
        agreeing = ((day.month, None), (day.month, day.weekday()), (None, day.weekday()))
        same = again.number == day.day and told in agreeing
    if same:
        item.place, item.end = again.place, again.end
    return item


def _ago(found: re.Match[str], pieces: Pieces, place: int, today: date) -> NamedDay | None:
    if found["while"]:
        back = today
    else:
        count = int(found["count"]) if found["count"].isdecimal() else 1
        unit = found["unit"]
        if unit.startswith("mes"):
            back = months_back(today, count)
        else:
            days = count * 7 if unit.startswith("semana") else _WEEKS.get(count, count)
            back = today - timedelta(days=days)
    item = NamedDay(place, found.end(), fixed=back, past=True)
    _move(item, pieces, found.end())
    return item


def months_back(day: date, count: int) -> date:
    """The same day of an earlier month, or that month's last."""
    month = day.year * 12 + day.month - 1 - count
    last = date(month // 12 + (month % 12 == 11), (month % 12 + 1) % 12 + 1, 1) - timedelta(days=1)
    return last.replace(day=min(day.day, last.day))
