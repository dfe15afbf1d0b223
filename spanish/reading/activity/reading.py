"""The order of reading: what is recognised is cut out, so that its digits count for nothing else."""

from collections.abc import Sequence
from datetime import date

from models.activities.precedents import Precedent
from models.programme.view import LineView, UnitView
from spanish.reading.activity.facts import Understood, Where
from spanish.reading.activity.likeness import Ranked, choose, rank
from spanish.reading.activity.tallying import find_quantities
from spanish.reading.days import find_days
from spanish.reading.documents import find_documents
from spanish.reading.numbers import in_digits
from spanish.reading.participants import find_people
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
    documents, numbered, taken = find_documents(text)
    place, placed = find_place(text)
    spoken = in_digits(Spoken.of(text).within(taken))
    ranked = rank(spoken.text, lines, history)
    line = choose(ranked)
    days, dated, rest = find_days(spoken, today)
    attendance, rest = find_people(rest)
    said, counted = (
        find_quantities(rest, line, attendance.people, days[1] if days else today) if line else ((), ())
    )
    return Understood(
        line_id=line.id if line else None,
        candidates=tuple(each.line.id for each in ranked),
        said=said,
        starts_on=days[0] if days else None,
        ends_on=days[1] if days else None,
        people=attendance.people,
        place=place,
        documents=documents,
        unbalanced=attendance.unbalanced,
        where=Where(
            line=_telling(spoken, ranked) if line else (),
            quantity=counted,
            days=dated,
            people=attendance.where,
            place=placed,
            documents=numbered,
        ),
    )


def _telling(spoken: Spoken, ranked: Sequence[Ranked]) -> tuple[Span, ...]:
    """The words that speak most for the line, where there was another to choose."""
    return tuple(spoken.span(*place) for place in find_roots(spoken.text, ranked[0].telling))
