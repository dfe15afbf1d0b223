"""Numbers that nothing in a text explains."""

from collections.abc import Sequence

from spanish.reading.activity.measures import Counting, MeasureKind
from spanish.reading.activity.mentions import Mention, value_of
from spanish.reading.activity.nouns import past_fillers
from spanish.reading.activity.parts import Part, part_of, word_at
from spanish.reading.clauses.sentences import Sentences
from spanish.reading.wording import root, root_set

EXTENT = root_set(
    "paginas pags hojas fojas cuartillas anexos capitulos secciones articulos clausulas tomos tantos "
    "copias puntos apartados graficas laminas minutos horas dias semanas meses anos veces"
)


def loose_numbers(said: Sentences, mentions: Sequence[Mention], how: Counting) -> list[Mention]:
    """Numbers that are the object of their clause, whose noun is neither the measure nor a thing's extent."""
    taken = {place for each in mentions for place in range(each.start, each.end)}
    found = []
    for place, token in enumerate(said.tokens):
        amount = said.amounts.get(token.start)
        if place in taken or not token.is_number or amount is None or (value := value_of(token.text)) is None:
            continue
        at = place + 1
        if word_at(said.tokens, at) == "de":
            at += 1
            while word_at(said.tokens, at) in ("los", "las") or (
                at < len(said.tokens) and said.tokens[at].is_number
            ):
                at += 1
        noun = word_at(said.tokens, past_fillers(said, at))
        if noun is None or root(noun) in EXTENT or amount.unit is not None:
            continue
        receives = how.kind in (MeasureKind.UNIT_OF_WORK, MeasureKind.THING)
        if part_of(said, place) in ((Part.OBJECT, Part.RECEIVER) if receives else (Part.OBJECT,)):
            found.append(Mention(place, at + 1, said.clause_at(place), Part.OBJECT, None, value, plural=True))
    return found
