"""Where a text speaks of a measure: each number or article, its noun, and its part in the clause."""

import re
from dataclasses import dataclass, replace
from decimal import Decimal
from fractions import Fraction

from spanish.reading.activity.measures import Counting
from spanish.reading.activity.nouns import (
    is_bare,
    is_left_open,
    level_at,
    named_before,
    names_act,
    past_fillers,
    stands_for,
)
from spanish.reading.activity.parts import Part, is_text, part_of, word_at
from spanish.reading.clauses.clause import Clause
from spanish.reading.clauses.sentences import Sentences
from spanish.reading.clauses.tagging import is_verb_at
from spanish.reading.clauses.tokens import Explained
from spanish.reading.clauses.verbs import VerbKind, verb_of
from spanish.reading.numbers.amounts import Amount
from spanish.reading.numbers.units import Dimension, convert
from spanish.reading.wording import word_set


@dataclass(frozen=True)
class Mention:
    """`start` and `end` are tokens, from and up to. `value`: None where only an article counts it.

    `level` as `Counting.level`; None for a number whose noun is not said. `of`: out of how many.
    """

    start: int
    end: int
    clause: Clause
    part: Part
    level: int | None
    value: Decimal | None
    of: Decimal | None = None
    plural: bool = False
    other: bool = False  # «otra más»
    denied: bool = False  # «…, no 2»


_ARTICLES = word_set("un una uno")
_THE = word_set("el la su este esta nuestro nuestra dicho dicha al del")
_THEM = word_set("los las sus estos estas")


def find_mentions(said: Sentences, how: Counting) -> list[Mention]:
    """Every mention of the measure, and every number without a noun, in order."""
    found: list[Mention] = []
    taken = -1
    for place in range(len(said.tokens)):
        if place < taken:
            continue
        mention = _numbered(said, how, place) or _singular(said, how, place)
        if mention is not None:
            found.append(mention)
            taken = mention.end
    return _in_unit(said, how, found)


def _in_unit(said: Sentences, how: Counting, found: list[Mention]) -> list[Mention]:
    """«500 m el lunes y *350* el martes»: a number without its unit is in that of the one before."""
    scale: Decimal | None = None
    for place, each in enumerate(found):
        amount = said.amounts.get(said.tokens[each.start].start)
        if how.unit is None or amount is None or each.value is None:
            continue
        if amount.unit is not None and amount.value:
            scale = each.value / amount.value
        elif scale is not None and each.level is None:
            found[place] = replace(each, value=each.value * scale)
    return found


def _numbered(said: Sentences, how: Counting, place: int) -> Mention | None:
    """«2 actas», «2 de las 5 actas», «Actas: 2», a number alone."""
    tokens = said.tokens
    if word_at(tokens, place) in ("ambos", "ambas"):
        return _both(said, how, place)
    value = _number_at(said, place)
    if value is None:
        return None
    amount = said.amounts.get(tokens[place].start)
    if amount is not None and amount.unit is not None:
        return _measured(said, how, place, amount)
    at, of = _out_of(said, place)
    at = past_fillers(said, at)
    level, end = level_at(said, how, at)
    denied = (place > 0 and word_at(tokens, place - 1) in ("no", "ni")) or (
        of is None and is_left_open(said, max(end, at))
    )
    clause, part = said.clause_at(place), part_of(said, place)
    found = Mention(place, end, clause, part, level, value, of, plural=True, denied=denied)
    if level is not None:
        return found
    if not is_bare(said, at):
        parts = (Part.OBJECT, Part.RECEIVER) if how.to_each else (Part.OBJECT,)
        of_act = part in parts and names_act(said, how, clause)
        return replace(found, end=at + 1, part=Part.OBJECT, level=2) if of_act else None
    article, counted = word_at(tokens, at), word_at(tokens, at + 1)
    if article in ("los", "las") and counted is not None and verb_of(counted) is None:
        return None  # «fueron 3 los temas»
    if (before := named_before(said, how, place)) is not None:
        return replace(found, end=place + 1, part=Part.OBJECT, level=before)
    return replace(found, end=at) if stands_for(said, how, place) else None


def _both(said: Sentences, how: Counting, place: int) -> Mention | None:
    """«Ambas actas»."""
    level, end = level_at(said, how, past_fillers(said, place + 1))
    if level is None:
        return None
    part = part_of(said, place)
    return Mention(place, end, said.clause_at(place), part, level, Decimal(2), plural=True)


def _number_at(said: Sentences, place: int) -> Decimal | None:
    """The number at a token, unless it is part of a name («el 0230») or numbers an item («1) …»)."""
    tokens = said.tokens
    token = tokens[place]
    value = Decimal(1) if _is_one_of_them(said, place) else value_of(token.text) if token.is_number else None
    named = token.text.startswith("0") and token.text.isdecimal() and len(token.text) > 2
    amount = said.amounts.get(token.start)
    unmeasured = amount is None or amount.unit is None
    named = named or (unmeasured and word_at(tokens, place - 1) in ("la", "el"))  # «ahora es la 114»
    if value is None or named or (is_text(tokens, place + 1, ")") and not is_text(tokens, place - 1, "(")):
        return None
    negative = is_text(tokens, place - 1, "-") and tokens[place - 1].end == token.start
    return -value if negative else value


def _out_of(said: Sentences, place: int) -> tuple[int, Decimal | None]:
    """Where the noun of a number may stand, and out of how many it is: «2 de las 5 actas»."""
    tokens = said.tokens
    at = place + 1
    if is_text(tokens, at, ")") and is_text(tokens, place - 1, "("):
        at += 1
    if word_at(tokens, at) != "de":
        return at, None
    after = at + 1
    while word_at(tokens, after) in ("los", "las", "estos", "estas", "esos", "esas", "un", "total", "de"):
        after += 1
    if after < len(tokens) and tokens[after].is_number:
        return after + 1, value_of(tokens[after].text)
    return (after if after > at + 1 and word_at(tokens, after) else at), None


def _is_one_of_them(said: Sentences, place: int) -> bool:
    """«Una de las 3 asesorías»."""
    tokens = said.tokens
    words = [word_at(tokens, place + each) for each in range(3)]
    numbered = place + 3 < len(tokens) and tokens[place + 3].is_number
    return words[0] in _ARTICLES and words[1] == "de" and words[2] in ("los", "las") and numbered


def _is_none(said: Sentences, place: int) -> bool:
    """«Ninguna asesoría», «sin asesorías», «nada de asesorías»."""
    before, earlier = word_at(said.tokens, place - 1), word_at(said.tokens, place - 2)
    return before in ("ningun", "ninguna", "sin", "ni") or (before == "de" and earlier == "nada")


def _is_another(said: Sentences, place: int) -> bool:
    """«… y otra más ayer», «… y el martes una»: one more, its noun not said again."""
    tokens = said.tokens
    word, before, after = (word_at(tokens, place + each) for each in (0, -1, 1))
    if after is not None and after not in _AFTER_ANOTHER:
        return False
    if word in ("otra", "otro"):
        return before not in ("la", "el")
    if word in _ARTICLES and place and is_verb_at(tokens, place - 1) is not None:
        return True  # «podamos 4 y derribamos uno»
    if word not in _ARTICLES:
        return False
    at = place - 2 if word_at(tokens, place - 2) != "el" else place - 3
    dated = place > 1 and tokens[place - 1].role is Explained.DAY and word_at(tokens, at) == "y"
    return before == "y" or dated


_AFTER_ANOTHER = frozenset(("mas", "tambien", "para", "a", "al", "en", "el", "con", "de", "por"))


def _measured(said: Sentences, how: Counting, place: int, amount: Amount) -> Mention | None:
    """«850 metros» of kilometres is 0.85; None where the measure has no such unit."""
    if how.unit is None or amount.unit is None:
        return None
    unit = amount.unit
    if unit.symbol == "ml" and how.unit.dimension is Dimension.LENGTH:
        unit = replace(unit, dimension=Dimension.LENGTH, factor=Fraction(1))  # «metros lineales»
    if (value := convert(amount.value, unit, how.unit)) is None:
        return None
    end = place + 1
    while end < len(said.tokens) and said.tokens[end].end <= amount.place[1]:
        end += 1
    exact = Decimal(value.numerator) / Decimal(value.denominator) * _times(said, place, end)
    part = part_of(said, place)
    if part is Part.OF and said.clause_at(place).kind is not VerbKind.APPROVE:
        part = Part.ACT  # «un tramo de 350 metros»
    return Mention(place, end, said.clause_at(place), part, 0, exact, plural=True)


_EACH_THING = re.compile(
    r"(?: [^\W\d_]+)? ?(?:cada un[oa]|cada quien|c ?/ ?u|por (?:vuelta|viaje|pipa|grupo|persona))\b"
)
_SEVERAL_OF = re.compile(r"(?<![\w.,])(\d{1,3}) [^\W\d_]{3,20}s de $")  # «6 viajes de 10,000 litros»


def _times(said: Sentences, place: int, end: int) -> int:
    """By how much an amount is multiplied: «2 pipas de 10,000 litros cada una»."""
    after = said.tokens[end - 1].end
    if (several := _SEVERAL_OF.search(said.text[: said.tokens[place].start])) is not None:
        return int(several[1])
    if _EACH_THING.match(said.text, after):
        earlier = [token for token in said.tokens[:place] if token.is_number]
        return int(earlier[-1].text) if earlier and earlier[-1].text.isdecimal() else 1
    return 1


def _singular(said: Sentences, how: Counting, place: int) -> Mention | None:
    """«El acta», «un informe», «2ª asesoría», «otra más», «Curso: …», and plurals without a number."""
    tokens = said.tokens
    word = word_at(tokens, place)
    if word is None or how.unit is not None:
        return None
    clause = said.clause_at(place)
    if _is_another(said, place):
        return Mention(place, place + 1, clause, part_of(said, place), None, None, other=True)
    at, article = place, False
    if word in _ARTICLES or word in _THE or word in _THEM:
        at, article = place + 1, True
    start = at
    at = past_fillers(said, at)
    level, end = level_at(said, how, at)
    if level is None or is_verb_at(tokens, at) is not None:
        return None
    if not article and at == place and place and tokens[place - 1].is_number:
        return None
    may_be_verb = place != clause.first and verb_of(tokens[at].text) is not None
    if not article and may_be_verb and tokens[at].text not in how.forms:
        return None
    plural = tokens[at].text.endswith("s") and not tokens[at].text.endswith("sis")
    return Mention(
        place, end, clause, part_of(said, place), level, None,
        plural=plural, other=word_at(tokens, start) in ("otra", "otro") and not article,
        denied=_is_none(said, place),
    )  # fmt: skip


def value_of(digits: str) -> Decimal | None:
    try:
        return Decimal(digits.replace(",", ""))
    except ArithmeticError:
        return None
