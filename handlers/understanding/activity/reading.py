"""The order of reading: what is recognised is cut out, so that its digits count for nothing else."""

from collections.abc import Sequence
from datetime import date

from handlers.understanding.activity.attendance import find_people
from handlers.understanding.activity.dates import find_days
from handlers.understanding.activity.documents import find_documents
from handlers.understanding.activity.facts import Understood
from handlers.understanding.activity.likeness import choose, rank
from handlers.understanding.activity.numbers import in_digits
from handlers.understanding.activity.tallying import find_quantities
from models.programme_view import LineView, UnitView

LONGEST = 4096  # characters: no message of Telegram's has more


def understand(text: str, lines: Sequence[tuple[UnitView, LineView]], today: date) -> Understood:
    """What `text`, sent on `today`, says of one of `lines`; of a single line the text is taken to speak.

    Raises nothing, whatever the text. What registration would refuse whatever the programme (a day to come,
    participants that do not add up) is not returned.
    """
    documents, rest = find_documents(text[:LONGEST])
    rest = in_digits(rest)
    ranked = rank(rest, lines)
    line = choose(ranked)
    days, rest = find_days(rest, today)
    people, rest = find_people(rest)
    return Understood(
        line_id=line.id if line else None,
        candidates=tuple(each.line.id for each in ranked),
        said=find_quantities(rest, line, people, days[1] if days else today) if line else (),
        starts_on=days[0] if days else None,
        ends_on=days[1] if days else None,
        people=people,
        place=None,
        documents=documents,
    )
