"""The order of reading: what is recognised is cut out, so that its digits count for nothing else."""

import re
from bisect import bisect_left, bisect_right
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date

from models.activities.precedents import Precedent
from models.programme.view import LineView, TargetView, UnitView
from models.storage.forms import Participants
from spanish.reading.activity.facts import Understood, Where
from spanish.reading.activity.likeness import Ranked, choose, rank
from spanish.reading.activity.measures import MeasureKind, counting
from spanish.reading.activity.mentions import find_mentions
from spanish.reading.activity.tallying import QuantityReading, find_quantities
from spanish.reading.acts import read_act
from spanish.reading.clauses.sentences import Sentences, read_sentences
from spanish.reading.clauses.tokens import Explained
from spanish.reading.dates.units import Days, month_end
from spanish.reading.days import find_days, find_days_to_come, find_period, names_no_day
from spanish.reading.documents import find_documents
from spanish.reading.numbers.digits import in_digits
from spanish.reading.numbers.other_numbers import NumberKind, OtherNumber, find_other_numbers
from spanish.reading.numbers.units import Dimension
from spanish.reading.participants import Attendance, find_people
from spanish.reading.people_words import PEOPLE
from spanish.reading.places import find_place
from spanish.reading.spoken import Span, Spoken
from spanish.reading.wording import find_roots

LONGEST = 10_000  # characters: no message of Telegram's has half as many


def understand(
    text: str, lines: Sequence[tuple[UnitView, LineView]], today: date, history: Sequence[Precedent] = ()
) -> Understood:
    """What `text`, sent on `today`, says of one of `lines`; of a single line the text is taken to speak.

    Raises nothing, whatever the text. What registration would refuse whatever the programme (a day to come,
    participants that do not add up) is not returned.
    """
    text = text[:LONGEST]
    cut = _cut(text, today)
    ranked = rank(cut.spoken.text, lines, history)
    line = choose(ranked)
    dimensions = _dimensions(line.targets if line is not None else ())
    sentences = read_sentences(text, cut.whole, _marked(cut, dimensions, today))
    days = cut.days
    found, people = _quantities(sentences, line, cut.attendance, days or (today, today))
    if line is not None:
        days = days or _month_of(text, line, found, today)
    return Understood(
        line_id=line.id if line else None,
        candidates=tuple(each.line.id for each in ranked),
        said=found.said,
        starts_on=days[0] if days else None,
        ends_on=days[1] if days else None,
        people=people,
        place=cut.place,
        documents=cut.documents,
        unbalanced=cut.attendance.unbalanced,
        doubts=found.doubts,
        act=read_act(sentences, text),
        day_unread=days is None and names_no_day(cut.whole, today),
        where=Where(
            line=_telling(cut.spoken, ranked) if line else (),
            quantity=found.places,
            days=cut.dated,
            people=cut.attendance.where,
            place=cut.placed,
            documents=cut.numbered,
        ),
    )


def read_told(text: str, measures: Iterable[str], today: date) -> Sentences:
    """Return the clauses of `text` as amounts of those measures are read in them (`find_mentions`)."""
    cut = _cut(text[:LONGEST], today)
    units = (counting(measure).unit for measure in measures)
    dimensions = frozenset(unit.dimension for unit in units if unit is not None)
    return read_sentences(text[:LONGEST], cut.whole, _marked(cut, dimensions, today))


@dataclass(frozen=True)
class _Cut:
    """What is recognised in a text without its line, and the text as it is left after each.

    `numbered`, `placed`, `dated`: where the documents, the place and the days stand; `taken`: what no number
    is read in, because of documents.
    """

    documents: tuple[str, ...]
    numbered: tuple[Span, ...]
    taken: tuple[Span, ...]
    place: str | None
    placed: tuple[Span, ...]
    days: Days | None
    dated: tuple[Span, ...]
    attendance: Attendance
    whole: Spoken
    spoken: Spoken  # without documents
    undated: Spoken  # also without days
    rest: Spoken  # also without people


def _cut(text: str, today: date) -> _Cut:
    documents, numbered, taken = find_documents(text)
    place, placed = find_place(text)
    spoken = in_digits(Spoken.of(text).within(taken))
    days, dated, undated = find_days(spoken, today)
    attendance, rest = find_people(undated)
    whole = in_digits(Spoken.of(text))
    return _Cut(
        documents, numbered, taken, place, placed, days, dated, attendance, whole, spoken, undated, rest
    )


def _dimensions(targets: Iterable[TargetView]) -> frozenset[Dimension]:
    """What is measured in the units of the targets."""
    units = (counting(target.measure, target.aliases).unit for target in targets)
    return frozenset(unit.dimension for unit in units if unit is not None)


def _marked(cut: _Cut, measured: frozenset[Dimension], today: date) -> list[tuple[Span, Explained]]:
    """Where the text says what is no quantity; of two at one place the first holds."""
    whole = cut.whole
    return [
        *_as(Explained.TO_COME, _within(whole, find_days_to_come(whole, today))),
        *_as(Explained.DOCUMENT, _within(whole, cut.taken)),
        *_as(Explained.PLACE, _within(whole, cut.placed)),
        *_as(Explained.DAY, _lost(whole, cut.spoken, cut.undated)),
        *_as(Explained.PEOPLE, _lost(whole, cut.undated, cut.rest)),
        *((each.place, _role(each)) for each in find_other_numbers(whole.text) if _is_beside(each, measured)),
    ]


def _as(role: Explained, places: Iterable[Span]) -> Iterator[tuple[Span, Explained]]:
    return ((place, role) for place in places)


def _quantities(
    said: Sentences, line: LineView | None, attendance: Attendance, days: Days
) -> tuple[QuantityReading, Participants | None]:
    """What is said of the line's targets, and the people; those of each thing times the things."""
    people = attendance.people
    if line is None:
        return QuantityReading(), people
    counted = people or attendance.unbalanced  # the total said, whatever its parts
    found = find_quantities(said, line, counted, days)
    if counted is None and (people := _of_each(said, line, found)) is not None:
        found = find_quantities(said, line, people, days)
    return found, people


_EACH = re.compile(
    rf"(?<![\w.,])(?P<number>\d{{1,5}}) {PEOPLE} (?:(?:en )?cada (?:un[oa]|grupo|curso|taller)|c ?/ ?u\b|"
    r"por (?:curso|taller|grupo|sesion))"
)
# Of what is made, a month is its own: «el informe de marzo» was not made in all of it.
_OF_A_MONTH = frozenset(MeasureKind) - {MeasureKind.PRODUCT, MeasureKind.HANDLED, MeasureKind.ENTITY}


def _of_each(said: Sentences, line: LineView, found: QuantityReading) -> Participants | None:
    """«2 pláticas de 40 alumnos cada una»: as many times as there are of them."""
    each = _EACH.search(said.text)
    if each is None:
        return None
    held = {
        target.id: how
        for target in line.targets
        if (how := counting(target.measure)).kind is MeasureKind.EVENT
    }
    read = (one.quantity for one in found.said if one.target_id in held)
    named = (
        int(one.value)
        for how in held.values()
        for one in find_mentions(said, how)
        if one.value is not None and one.level is not None
    )
    times = next(read, 0) or next(named, 0)
    return Participants(participants=int(each["number"]) * times) if times and not found.doubts else None


def _month_of(text: str, line: LineView, found: QuantityReading, today: date) -> Days | None:
    """The month of a figure: «recaudación de febrero: 1,200,000», until today while it runs."""
    kinds = {counting(target.measure).kind for target in line.targets if not target.informative}
    digits = any(map(str.isdigit, "".join(text[first:last] for first, last in found.places)))
    told = kinds <= _OF_A_MONTH and digits and any(each.quantity for each in found.said)
    period = find_period(text, today) if told else None
    if period is None or period[0].day != 1 or period[0] > today or period[1] != month_end(period[0]):
        return None
    return period[0], min(period[1], today)


def _telling(spoken: Spoken, ranked: Sequence[Ranked]) -> tuple[Span, ...]:
    """The words that speak most for the line, where there was another to choose."""
    return tuple(spoken.span(*place) for place in find_roots(spoken.text, ranked[0].telling))


# Of these kinds a number counts where the measure has its dimension: «$48,000» of «Pesos recaudados».
_MEASURED = {
    NumberKind.MONEY: Dimension.MONEY,
    NumberKind.PERCENT: Dimension.PERCENT,
    NumberKind.PART_OF_ONE: Dimension.PERCENT,
    NumberKind.DURATION: Dimension.TIME,
}


def _role(number: OtherNumber) -> Explained:
    return Explained.PART if number.kind is NumberKind.PART_OF_ONE else Explained.OTHER


def _is_beside(number: OtherNumber, measured: frozenset[Dimension]) -> bool:
    """Whether the number counts nothing of what is measured in those dimensions."""
    if number.kind is NumberKind.PER_ITEM:
        return not measured
    return _MEASURED.get(number.kind) not in measured


def _within(whole: Spoken, places: Iterable[Span]) -> Iterator[Span]:
    """The places of the original text as places of the read one."""
    for first, last in places:
        start, end = bisect_right(whole.ends, first), bisect_left(whole.starts, last)
        if start < end:
            yield start, end


def _lost(whole: Spoken, before: Spoken, after: Spoken) -> Iterator[Span]:
    """Where in `whole` stands what was cut out between two readings of it."""
    kept = {start for start, letter in zip(after.starts, after.text, strict=True) if letter not in " ;"}
    gone = sorted(
        {start for start, letter in zip(before.starts, before.text, strict=True) if letter not in " ;"} - kept
    )
    start = 0
    while start < len(gone):
        end = start
        while (
            end + 1 < len(gone)
            and bisect_left(whole.starts, gone[end + 1]) - bisect_left(whole.starts, gone[end]) <= 2
        ):
            end += 1
        yield bisect_left(whole.starts, gone[start]), bisect_right(whole.starts, gone[end])
        start = end + 1
