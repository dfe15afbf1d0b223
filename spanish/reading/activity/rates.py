"""How often a number counts that is said of each day: «3 diarias de lunes a viernes» are 15."""

import re
from collections.abc import Iterable, Iterator
from dataclasses import replace
from datetime import timedelta

from spanish.reading.activity.mentions import Mention
from spanish.reading.clauses.sentences import Sentences
from spanish.reading.clauses.tokens import Explained
from spanish.reading.dates.units import Days
from spanish.writing.days import WEEKDAYS
from spanish.writing.folding import fold

_EACH_DAY = re.compile(r"(?: [^\W\d_]+){0,3}? ?(?:(?:por|cada|x) dia|diari[oa]s?(?:mente)?|al dia)\b")
_EACH_PERIOD = re.compile(
    r"(?: [^\W\d_]+){0,3}? ?(?:(?:por|cada|a la|al) (?:semana|mes|quincena)|semanal(?:es)?|mensual(?:es)?)\b"
    r"(?! de)"
)
_NAMED = re.compile("|".join(f"{fold(each)[:3]}" for each in WEEKDAYS))
_RANGE = re.compile(r"\b(?:a|al|hasta)\b")
_SATURDAY = 5


def multiplied(said: Sentences, mentions: Iterable[Mention], days: Days) -> Iterator[Mention]:
    """The mentions, those of each day times the days that were worked."""
    for each in mentions:
        if each.value is not None and _EACH_DAY.match(said.text, said.tokens[each.start].end):
            yield replace(each, value=each.value * _number_of_days(said, days))
        else:
            yield each


def is_per_period(said: Sentences, each: Mention) -> bool:
    """Whether the number is said of each week or month: «2 por semana en marzo»."""
    return each.value is not None and bool(_EACH_PERIOD.match(said.text, said.tokens[each.start].end))


def _number_of_days(said: Sentences, days: Days) -> int:
    """Those that are named one by one, else the working days from the first to the last."""
    told = " ".join(token.text for token in said.tokens if token.role is Explained.DAY)
    named = len(_NAMED.findall(told))
    if named > 1 and not _RANGE.search(told):
        return named
    first, last = days
    every = [first + timedelta(days=each) for each in range((last - first).days + 1)]
    worked = [day for day in every if day.weekday() < _SATURDAY]
    return len(worked if worked and last.weekday() < _SATURDAY else every)
