"""A sentence that sums up activities of a line: «Se impartieron 9 capacitaciones, de las cuales…»."""

from collections import Counter
from collections.abc import Sequence
from datetime import date

from spanish.rewording import third_person
from spanish.rewording.lexicon import lemma
from spanish.writing import formats
from spanish.writing.days import MONTHS

FEWEST = 3  # activities that are worth summing up


def summed(counted: str, article: str, days: Sequence[date], texts: Sequence[str]) -> str | None:
    """Return the sentence; None for fewer than `FEWEST` activities.

    `counted`: what they come to, «9 sesiones»; `article`: «las»; `days`: the last day of each; `texts`: what
    the report says of each, whose commonest first verb the sentence takes.
    """
    if len(days) < FEWEST:
        return None
    months = Counter(day.month for day in days)
    if len(months) == 1:
        return f"{_verb(texts)} {counted} en {MONTHS[days[0].month - 1]}."
    of = "las cuales" if article == "las" else "los cuales"
    parts = [f"{number} en {MONTHS[month - 1]}" for month, number in sorted(months.items())]
    return f"{_verb(texts)} {counted}, de {of} {formats.joined(_led(parts))}."


def _led(parts: Sequence[str]) -> list[str]:
    first, *others = parts
    number, rest = first.split(" ", 1)
    return [f"{number} {'fue' if number == '1' else 'fueron'} {rest}", *others]


def _verb(texts: Sequence[str]) -> str:
    """Return «Se impartieron» if most texts begin with «Se impartió» or so, else «Se realizaron»."""
    words = [text.split()[:2] for text in texts]
    begun = [each[1].lower() for each in words if len(each) == 2 and each[0] == "Se"]
    common = Counter(map(lemma, begun)).most_common(1)
    if common and 2 * common[0][1] > len(texts) and (forms := third_person.past(common[0][0])):
        return f"Se {forms[1]}"
    return "Se realizaron"
