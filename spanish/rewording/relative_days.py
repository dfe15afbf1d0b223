"""«Ayer», «el jueves pasado» and «del mes en curso» as the dates that they mean.

What names the activity's own days is taken out, since the report prints those before the text; any other day
is written with its month. A number that was written stays as it was written.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta

from spanish.reading.clauses.conjugation import Tense
from spanish.reading.clauses.verbs import verb_of
from spanish.reading.closed_words import mend
from spanish.reading.dates.context import is_to_come
from spanish.reading.dates.periods import Period
from spanish.reading.dates.phrases import find_named
from spanish.reading.dates.series import DaySeries
from spanish.reading.dates.units import Days, month_end
from spanish.reading.dates.words import MONTH
from spanish.reading.numbers.digits import in_digits
from spanish.reading.spoken import Spoken
from spanish.reading.wording import word_set
from spanish.rewording.lexicon import is_word
from spanish.writing import days as write
from spanish.writing.folding import fold

_RELATIVE = (
    r"hoy|ayer|antier|anteayer|antayer|anoche|antenoche|mañana|pasado mañana|trasantier|"
    r"esta (?:misma )?(?:mañana|tarde|noche|semana)|est[ea] mes|hace (?:\w+ ){1,2}(?:d[ií]as?|"
    r"semanas?|horas?|rato)|"
    r"(?:la )?semana pasada|(?:la )?pr[oó]xima semana|(?:el )?(?:mes|viernes|lunes|martes|"
    r"mi[eé]rcoles|jueves) pasado|"
    r"(?:el )?mes que (?:entra|viene)|fin de semana|la otra semana"
)
_WEEKDAYS = "lunes|martes|mi[eé]rcoles|jueves|viernes|s[aá]bado|domingo|lun|mar|mi[eé]|jue|vie|s[aá]b|dom"
# Words before and after a day's name that belong to it.
_BEFORE = re.compile(
    r"(?<!\w)(?:(?:(?:el|la|los|las|este|esta|estos|de|del|en|durante|desde|para|hasta|pasad[oa]s?|"
    r"pr[oó]xim[oa]s?|siguiente|mismo|d[ií]as?|"
    r"apenas)\s+){1,4})$",
    re.IGNORECASE,
)
_AFTER = re.compile(r"\s+(?:pasad[oa]s?|mismo)(?!\w)(?!\s+ma[nñ]ana)", re.IGNORECASE)
_KEPT_BEFORE = re.compile(
    r"\b(?:para|hasta|desde|hacia|a partir del?|antes del?|despu[eé]s del?|vence|toca|tocaba|entre|al?)\s+"
    r"(?:(?:el|la|los|las)\s+)?(?:d[ií]as?\s+)?(?:de\s+)?$",
    re.IGNORECASE,
)
_WHICH_PERIOD = re.compile(r"pasad|anterior|proxim|\best[ea]\b|que (?:viene|entra)|q entra|entrante|presente")
_BRACKETED = re.compile(r"\((\d{1,2}(?:(?:, ?| y | al )\d{1,2}){1,5})\)")
_TAIL = re.compile(
    r"\s?(?:de|del|d)\s(?:este mes|mes (?:en curso|actual|corriente|presente|que corre|pasado|anterior)|"
    r"(?:presente|actual|corriente)(?: mes)?|mes)(?!\w)",
    re.IGNORECASE,
)
_WHICH_WEEKDAY = re.compile(
    rf"(?:(?:el|este)\s+)?(?:pasado\s+)?(?:d[ií]a\s+)?(?:{_WEEKDAYS})\.?(?:\s+pasado)?,?\s+(?:d[ií]a\s+)?(?=\w)",
    re.IGNORECASE,
)
_TWO_WEEKDAYS = re.compile(rf"(?:{_WEEKDAYS})(\s.{{1,20}}\s)(?:{_WEEKDAYS})", re.IGNORECASE)
_NAMED_MONTH = re.compile(rf"\b(?:{MONTH})\b|\d/\d|20\d\d")
_COMING = re.compile(
    r"\bla otra semana\b|\bel otro mes\b|\bpr[oó]xim[oa]s?\b|\bque (?:viene|entra)\b|(?<!la )\bmañana\b",
    re.IGNORECASE,
)
_RESIDUE = re.compile(rf"\b(?:{_RELATIVE})\b", re.IGNORECASE)
_LONE_WEEKDAY = re.compile(
    r"\b(?:el|este|pasado)\s+(?:pasado\s+)?(?:lunes|martes|mi[eé]rcoles|jueves|viernes|s[aá]bado|domingo)"
    r"\b(?!\s+\d{1,2}\b)",
    re.IGNORECASE,
)


@dataclass(frozen=True)
class _Named:
    """A phrase of the text that names days, from and up to a place in it."""

    start: int
    end: int
    days: Days
    day: bool  # of days, not a period
    coming: bool = False
    weekday: bool = False  # looked for before today
    apart: bool = False  # two days that do not follow each other


def dated(text: str, today: date, own: Days) -> str:
    """Return the text, written on `today`, with what names a day relative to it replaced or taken out.

    `own`: first and last day of the activity.
    """
    for each in sorted(_named(text, today), key=lambda it: it.start, reverse=True):
        text = _rewritten(text, each, own)
    return text


def names_own_days(text: str, own: Days) -> bool:
    """Return whether the text names just these days, with their month."""
    return any(each.days == own and _NAMED_MONTH.search(_folded(text, each)) for each in _named(text, own[1]))


def tells_of_coming(text: str, today: date) -> bool:
    """Return whether a sentence names a day that is to come."""
    coming = any(each.days[0] > today or each.coming for each in _named(text, today))
    return coming or bool(_COMING.search(text))


def relative_words(text: str) -> list[str]:
    """Return the words of a text that tell a day only to who knows when it was written."""
    found = [*_RESIDUE.finditer(text), *_LONE_WEEKDAY.finditer(text)]
    return [each[0] for each in sorted(found, key=lambda it: it.start()) if not _is_part_of_day(text, each)]


def _is_part_of_day(text: str, found: re.Match[str]) -> bool:
    """Whether «mañana» is the morning: «por la mañana»."""
    if found[0].lower() != "mañana":
        return False
    led = re.search(r"\b(?:la|de|una|en|por)\s+$", text[: found.start()])
    return bool(led or re.match(r"\s+y\s+(?:la\s+)?tarde", text[found.end() :]))


def _named(text: str, today: date) -> Iterator[_Named]:
    spoken = mend(in_digits(Spoken.of(text)))
    for each in find_named(spoken.text, today):
        if isinstance(each, Period) and (each.year or each.so_far or each.days[0] == date.min):
            continue
        days = each.days
        if days is None:
            continue
        start, end = spoken.span(each.start, each.end)
        if isinstance(each, Period):
            yield _Named(start, end, days, day=False)
            continue
        coming = _is_coming(each, spoken.text)
        if coming and each.by_weekday and days[1] < today:
            days = days[0] + timedelta(days=7), days[1] + timedelta(days=7)
        apart = len(each.items) == 2 and not each.range_ and (days[1] - days[0]).days > 1
        yield _Named(
            start, end, days, day=True, coming=coming, weekday=each.by_weekday and not each.past, apart=apart
        )


def _is_coming(series: DaySeries, text: str) -> bool:
    """Whether a weekday or a number is one to come: «la otra vence el viernes»."""
    named = re.search(r"hoy|ayer|antier|anoche|pasad", text[series.start : series.end])
    return named is None and not series.past and is_to_come(text, series.start, series.end, True, True)


def _folded(text: str, each: _Named) -> str:
    return Spoken.of(text[each.start : each.end]).text


def _rewritten(text: str, each: _Named, own: Days) -> str:
    phrase = _folded(text, each)
    digits = in_digits(Spoken.of(text[each.start : each.end])).text
    if _NAMED_MONTH.search(phrase):
        return text  # it says which month
    if re.search(r"\d", digits) and not digits.startswith("hace"):
        return _with_month(text, each)
    before = _BEFORE.search(text, max(0, each.start - 40), each.start)
    start = before.start() if before else each.start
    after = _AFTER.match(text, each.end)
    end = after.end() if after else each.end
    led = text[start : each.start]
    kept = _KEPT_BEFORE.search(text, max(0, each.start - 40), each.start)
    if numbered := _BRACKETED.match(text, end + 1):  # «jueves y viernes pasados (20 y 21)»
        return text[:start] + _capital(f"los días {numbered[1]}", text[start]) + text[numbered.end() :]
    if "otr" in phrase:
        return text[: each.start] + _one_and_other(text[each.start : each.end], each.days) + text[each.end :]
    end = _end_of_part(text, each, end)
    between = _is_all_that_follows(text, start, end) or (
        text[:start].rstrip()[-1:].isdigit() and text[end:].lstrip()[:1].isdigit()
    )
    if each.apart:
        new = f"los días {each.days[0].day} y {write.day(each.days[1])}"
        return text[:start] + _capital(new, text[start]) + text[end:]
    if each.days == own and not kept and not between:
        return _taken_out(text, start, end)
    if not each.day and not (_is_plain_period(each.days) and _WHICH_PERIOD.search(phrase)):
        return text
    if each.weekday and _follows_present(text, end):
        return text  # «el lunes nos mandan el borrador»: which one, only they know
    link = "de" if re.match(r"del?\b", led, re.IGNORECASE) else ""
    kept_words = re.match(r"(?:para|hasta|desde)\b", led, re.IGNORECASE)
    new = _date(each, link, kept_words[0] if kept_words else "")
    if text[:start].strip() == "" or text[:start].rstrip()[-1:] in ".!?\n":
        new = new[:1].upper() + new[1:]
    return text[:start] + new + text[end:]


def _one_and_other(phrase: str, days: Days) -> str:
    """«lunes y otro el martes» is «29 y otro el 30 de enero»."""
    named = _TWO_WEEKDAYS.fullmatch(phrase)
    if named is None:
        return phrase
    first = write.day(days[0]) if days[0].month != days[1].month else str(days[0].day)
    return f"{first}{named[1]}{write.day(days[1])}"


def _end_of_part(text: str, each: _Named, end: int) -> int:
    """Return where «esta mañana» ends, of which only «esta» may have been taken for the day."""
    found = re.match(r"esta\s+(?:misma\s+)?(?:mañana|tarde|noche)\b", text[each.start :], re.IGNORECASE)
    return max(end, each.start + found.end()) if found else end


_BARE = word_set("fue fueron era otro otra otros otras uno una")


def _is_all_that_follows(text: str, start: int, end: int) -> bool:
    """Whether a verb has nothing but the day: «la propuesta quedó el viernes», «fue antier»."""
    if not re.match(r"\s*(?:[.,;:)]|$)", text[end:]):
        return False
    before = re.search(r"([^\W\d_]{1,30})\s?$", text[max(0, start - 32) : start])
    if before is None:
        return False
    verb = verb_of(fold(before[1]))
    return before[1].lower() in _BARE or (
        verb is not None
        and verb.tense in (Tense.PAST, Tense.WE, Tense.PARTICIPLE)
        and is_word(before[1].lower())
    )


def _follows_present(text: str, end: int) -> bool:
    """Whether the next verb is in the present, so that a weekday may be one to come."""
    for word in re.findall(r"[^\W\d_]+|[.,;:]", text[end : end + 40])[:4]:
        verb = verb_of(fold(word)) if word.isalpha() else None
        if not word.isalpha() or (verb is not None and verb.tense is not Tense.INFINITIVE):
            return verb is not None and verb.tense in (Tense.PRESENT, Tense.FUTURE, Tense.WISHED)
    return False


def _is_plain_period(days: Days) -> bool:
    first, last = days
    return (first.day == 1 and last == month_end(first)) or (last - first).days <= 7


def _date(each: _Named, link: str, kept: str) -> str:
    """«el 12 de marzo», «del 12 de marzo», «en marzo», «del 4 al 6 de marzo»."""
    first, last = each.days
    lead = f"{kept} " if kept else ""
    if first == last:
        return f"{'del' if link else lead + 'el'} {write.day(first)}"
    if not each.day and first.day == 1 and last == month_end(first):
        return f"{link or (kept or 'en')} {write.MONTHS[first.month - 1]}"
    span = write.dates(first, last)
    return f"{lead}la semana {span}" if not each.day else span


def _with_month(text: str, each: _Named) -> str:
    """«El pasado miércoles 14» is «el 14 de febrero», «los días 12 y 13 de este mes» «… de marzo»."""
    phrase, month = text[each.start : each.end], write.MONTHS[each.days[1].month - 1]
    tail = _TAIL.search(phrase)
    if tail:
        phrase = f"{phrase[: tail.start()]} de {month}{phrase[tail.end() :]}"
        return text[: each.start] + phrase + text[each.end :]
    named = _WHICH_WEEKDAY.match(phrase)
    if named is None or each.coming or each.days[0] != each.days[1]:
        return text
    lead = re.search(r"(?:el |este )?(?:pasado )?(?:d[ií]a )?$", text[: each.start], re.IGNORECASE)
    start = lead.start() if lead else each.start
    new = f"el {phrase[named.end() :]} de {month}"
    if re.search(r"\b(?:de|a)\s+$", text[:start]) and not lead:
        new = new.removeprefix("el ")
    return text[:start] + _capital(new, text[start : start + 1]) + text[each.end :]


def _is_short(before: str) -> bool:
    """Whether the stop is of a short form: «de Jurid.»."""
    last = re.search(r"([^\W\d_]{1,30})\.$", before[-32:])
    return bool(last and not is_word(last[1].lower()))


def _capital(new: str, model: str) -> str:
    return new[:1].upper() + new[1:] if model.isupper() else new


def _taken_out(text: str, start: int, end: int) -> str:
    """Return the text without a phrase, and without the comma or brackets that only it had."""
    before, after = text[:start].rstrip(" "), text[end:].lstrip(" ")
    if before.endswith("(") and after.startswith(")"):
        before, after = before[:-1].rstrip(), after[1:].lstrip(" ")
    stopped = not before or (before[-1] in ".,;:!?\n(" and not _is_short(before))
    if after[:1] in (",", ":") and stopped:
        after = after[1:].lstrip(" ")
    if before.endswith((",", "-", "–")) and (not after or after[0] in ".,;:!?\n)"):
        before = before[:-1].rstrip()
    if not before:
        return after
    return f"{before}{'' if not after or after[0] in '.,;:!?)' else ' '}{after}"
