"""The amounts of a measure that a text of the report says were done: «se tomaron 5 acuerdos».

Numbers, days and what a clause tells of them are read by `spanish.reading`, as in a message. Few false alarms
are more important than many findings: what is only asked for or planned is no claim, nor what belongs to
another year or quarter, nor an amount whose noun is not the measure's whole name.
"""

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from decimal import Decimal
from functools import cached_property, lru_cache

from models.quarter import Quarter
from spanish.reading.activity.effects import Effect, effect_of_mention
from spanish.reading.activity.measures import Counting, MeasureKind, counting
from spanish.reading.activity.mentions import Mention, find_mentions
from spanish.reading.activity.parts import Part
from spanish.reading.activity.reading import read_told
from spanish.reading.clauses.clause import Completion
from spanish.reading.clauses.sentences import Sentences
from spanish.reading.clauses.tokens import Explained
from spanish.reading.dates.units import Days, month_end
from spanish.reading.days import find_named_periods
from spanish.reading.numbers.digits import in_digits
from spanish.reading.numbers.units import Dimension
from spanish.reading.participants import find_people
from spanish.reading.spoken import Spoken
from spanish.reading.wording import singular_of, words
from spanish.writing.folding import fold
from spanish.writing.number_words import ARTICLES

_SENTENCE_END = re.compile(r"\.(?:\s|$)|[;\n]")
_WHOLE = re.compile(
    r"\b(?:suman?|acumul\w{2,9}|(?<!en )total|anual\w{0,5}|metas?|programad\w{1,3}|cumpl\w{1,9}|llevan?|"
    r"complet\w{1,9}|previst\w{1,3})\b"
)
# The year of a document («Programa 2023»), and words for another time that name none.
_YEAR = re.compile(r"(?<![\d,./-])(?:19|20)\d\d(?![\d,./-])")
_ANOTHER_TIME = re.compile(
    r"\b(?:(?:ejercicio|periodo) (?:anterior|pasado|previo|siguiente)|anteriormente)\b"
)
_NAME_REACH = 6  # words from a number on, in which the whole name of a measure must be


@dataclass(frozen=True)
class Claim:
    """A claimed amount. `weak`: «un», «una», which is as often an article. `whole`: of several activities.

    `done`: a verb says that it was done («se elaboraron»).
    """

    amount: Decimal
    weak: bool
    whole: bool
    done: bool


class NarrativeSentence:
    """A sentence as it is written, with its numbers in digits, and the days and periods that it names."""

    def __init__(self, text: str, quarter: Quarter) -> None:
        self.text = text
        self._spoken = in_digits(Spoken.of(text))
        self._quarter = quarter

    @property
    def said(self) -> str:
        """The text in small letters, without accents and with its numbers in digits."""
        return self._spoken.text

    @cached_property
    def is_elsewhen(self) -> bool:
        """Whether it is about an earlier year or another quarter.

        A later year is ignored, since it is part of many documents' names.
        """
        if any(int(year) < self._quarter.year for year in _YEAR.findall(self.text)):
            return True
        first_day, last_day = self._quarter.first_day, self._quarter.last_day
        outside = any(last < first_day or first > last_day for first, last in self._periods)
        return outside or _ANOTHER_TIME.search(self.said) is not None

    @cached_property
    def is_of_several(self) -> bool:
        """Whether it speaks of more than one activity: of a month, of a year, of a sum."""
        return any(map(_is_of_months, self._periods)) or _WHOLE.search(self.said) is not None

    @cached_property
    def people(self) -> int | None:
        """How many took part."""
        attendance, _ = find_people(self._spoken)
        people = attendance.people or attendance.unbalanced
        return people.participants if people is not None else None

    def read(self, measures: Sequence[str]) -> Sentences:
        return read_told(self.text, measures, self._quarter.last_day)

    @cached_property
    def _periods(self) -> list[Days]:
        return find_named_periods(self._spoken, self._quarter.last_day)


def sentences(text: str, quarter: Quarter) -> Iterator[NarrativeSentence]:
    """Yield the sentences of a text."""
    return (NarrativeSentence(each, quarter) for each in _SENTENCE_END.split(text) if each.strip())


def _is_of_months(days: Days) -> bool:
    return days[0].day == 1 and days[1] == month_end(days[1])


class Told:
    """A parsed text, which can be searched for claims of the measures that are given here."""

    def __init__(self, text: str, quarter: Quarter, measures: Iterable[str]) -> None:
        measured = tuple(measures)
        self._sentences = [
            (each, each.read(measured))
            for each in (sentences(text, quarter) if measured else ())
            if any(map(str.isdigit, each.said)) and not each.is_elsewhen
        ]

    def claims(self, measure: str, obtained: bool = False) -> tuple[Claim, ...]:
        """Return the text's claims of that measure; `obtained`: its values are got, not made."""
        how = replace(counting(measure), takes_in=obtained)
        if how.unit is not None and how.unit.dimension is Dimension.PERCENT:
            return ()  # `reports.checks.percentages` compares them
        if how.kind is MeasureKind.PEOPLE:
            return tuple(_people(sentence for sentence, _ in self._sentences))
        return tuple(
            claim
            for sentence, said in self._sentences
            for claim in _claims(said, measure, how, sentence.is_of_several)
        )


def _people(found: Iterable[NarrativeSentence]) -> Iterator[Claim]:
    for sentence in found:
        if sentence.people is not None:
            yield Claim(Decimal(sentence.people), weak=False, whole=sentence.is_of_several, done=False)


def _claims(said: Sentences, measure: str, how: Counting, of_several: bool) -> Iterator[Claim]:
    for each in find_mentions(said, how):
        if effect_of_mention(each, how) not in (Effect.COUNTS, Effect.TOTAL):
            continue
        if not _is_named(said, each, measure, how) or _is_of_others(said, each):
            continue
        weak = each.value is None
        if weak and said.tokens[each.start].text not in ARTICLES:
            continue
        whole = of_several or each.clause.outcome is Completion.TOTAL or _is_definite(said, each)
        done = each.clause.outcome is Completion.DONE
        yield Claim(Decimal(1) if each.value is None else each.value, weak, whole, done)


def _is_named(said: Sentences, mention: Mention, measure: str, how: Counting) -> bool:
    """Return whether the measure's whole name is beside the number, or its unit, of what was done."""
    if how.unit is not None:
        return mention.part is Part.OBJECT
    beside = [
        singular_of(token.text)
        for token in said.tokens[mention.start : mention.start + _NAME_REACH]
        if token.role is not Explained.DAY and token.text.isalpha()
    ]
    return mention.level == 0 and any(_holds(beside, name) for name in _names(measure))


def _is_of_others(said: Sentences, mention: Mention) -> bool:
    """Return whether other things are counted, not what is done: «61,640 registros de 203 sujetos»."""
    noun = said.tokens[mention.start - 2].text if mention.start > 1 else ""
    return mention.part is Part.ACT and noun.endswith("s")


def _holds(beside: list[str], name: tuple[str, ...]) -> bool:
    return any(tuple(beside[at : at + len(name)]) == name for at in range(len(beside)))


@lru_cache(maxsize=256)
def _names(measure: str) -> tuple[tuple[str, ...], ...]:
    """Return the singulars of a measure's words; «Cursos o talleres» has two alternatives."""
    each = (words(name) for name in re.split(r" (?:o|u|y|e) ", fold(measure)))
    return tuple(tuple(map(singular_of, name)) for name in each if name)


def _is_definite(said: Sentences, mention: Mention) -> bool:
    """Return whether the amount is one already spoken of: «las 16 actas»."""
    return bool(mention.start) and said.tokens[mention.start - 1].text in ("los", "las")
