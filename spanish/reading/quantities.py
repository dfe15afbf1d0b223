"""A quantity that is the whole of an answer: «12», «1,200.5», «veinticinco», «fueron 2 actas», «850 metros».

How much a message tells is for `spanish.reading.activity.tallying` to say; an answer with a noun is read
alike.
"""

import re
from decimal import Decimal

from models.errors import Rejected, UnreadableAnswer
from spanish.reading.activity.measures import counting
from spanish.reading.activity.mentions import find_mentions
from spanish.reading.clauses.sentences import read_sentences
from spanish.reading.numbers.amounts import Amount, find_amounts, join_amounts
from spanish.reading.numbers.digits import in_digits, scaled
from spanish.reading.numbers.units import Dimension, MeasurementUnit, convert, measure_unit
from spanish.reading.spoken import Spoken
from spanish.reading.wording import root

LONGEST = 200  # characters of an answer in words
_LED = re.compile(
    r"[ .:,;¡«\"]*(?:(?:fue|fueron|era|eran|es|son|hubo|solo|solamente|unicamente|nada mas|nomas|en total|"
    r"un total de|total(?: de)?|se (?:hizo|hicieron|dio|dieron)|hice|hicimos|di|dimos)\b[ :,]*)*"
)
_TAIL = re.compile(r"(?:,? (?:en total|nada mas|nomas|solamente))?[ .!,;]*")
_NUMBER = re.compile(r"\d[\d,]*(?:\.\d+)?|un[oa]?|ningun[oa]?|cero")
_ARTICLE = {"un": "1", "uno": "1", "una": "1", "ningun": "0", "ninguno": "0", "ninguna": "0"}
_COUNTS = re.compile(r"\d|\bun[oa]?\b|\bamb[oa]s\b")
_MILLIONS = re.compile(r"mill(?:on|ón)", re.IGNORECASE)
_WORDS_AROUND = (
    "y e fue fueron era eran es son hubo solo solamente unicamente nomas en total de del un una se hizo "
    "hicieron hice hicimos di dio dieron dimos ya las los la el mas tambien atendimos atendi atendieron "
    "realizamos realice realizaron realizo celebramos celebraron celebro entregamos entregue entregaron "
    "elaboramos elabore elaboraron impartimos imparti impartieron con cuales"
)
_AROUND = frozenset(_WORDS_AROUND.split())
_WAITING = re.compile(
    r"(?P<number>\d[\d,]{0,12}(?:\.\d{1,6})?|un[oa]?|ningun[oa]?|tod[oa]s)(?: (?!por\b|sin\b)[a-z]+)? ?"
    r"(?P<waits>(?:por|sin) \w+|pendientes?(?: de \w+)?)?"
)


def read_quantity(text: str, decimals: int, measure: str | None = None, aliases: tuple[str, ...] = ()) -> int:
    """The quantity scaled by `decimals`; with a noun only where that is the `measure`, one of
    its `aliases` or counts as it.

    With a unit it is converted to the measure's: «850 metros» of a target in kilometres are 0.85.

    Raises `Rejected`: `quantity_unreadable` where the text says anything else, `quantity_too_fine` and
    `quantity_not_whole` for fractions that the target has not.
    """
    unit = measure_unit(measure) if measure is not None else None
    quantity = _measured(text, decimals, measure, unit) if measure and unit else None
    said = bare_number(text) if quantity is None else None
    if said is not None:
        quantity = scaled(said, decimals)
    if quantity is None and measure is not None:
        quantity = _counted(text, decimals, measure, aliases)
    if quantity is None:
        raise UnreadableAnswer("quantity_unreadable")
    return quantity


def bare_number(text: str) -> str | None:
    """The digits of a text that is one number without a noun: «1,200», «fueron veinticinco», «ninguna»."""
    if scaled(text, 100) is not None:
        return text.strip()
    if len(text) > LONGEST:
        return None
    said = in_digits(Spoken.of(text)).text
    found = _NUMBER.match(said, _end(_LED, said))
    if found is None or not _TAIL.fullmatch(said, found.end()):
        return None
    return _ARTICLE.get(found[0], found[0])


def read_waiting(text: str, decimals: int, quantity: int) -> int:
    """How much of `quantity` waits for its target's condition: «2», «2 por publicar», «todas», «ninguna».

    Raises `Rejected` as `read_quantity` does.
    """
    said = waiting_number(text, bare=True)
    if said is None:
        return read_quantity(text, decimals)
    return quantity if said == "todas" else read_quantity(said, decimals)


def waiting_number(text: str, bare: bool = False) -> str | None:
    """The digits, or «todas», of a text that says how much waits; `bare`: it need not say so."""
    said = in_digits(Spoken.of(text)).text.strip(" .!") if len(text) <= LONGEST else ""
    found = _WAITING.fullmatch(said, _end(_LED, said))
    if found is None or not (bare or found["waits"]):
        return None
    number = "todas" if found["number"].startswith("tod") else found["number"]
    return _ARTICLE.get(number, number)


def _measured(text: str, decimals: int, measure: str, unit: MeasurementUnit) -> int | None:
    """«850 metros», «$1,200.50», «1 hora y 30 minutos» in the target's unit, where nothing else is said.

    Raises `Rejected` for what is finer than the target's decimals.
    """
    said = in_digits(Spoken.of(text)).text if len(text) <= LONGEST else ""
    amounts = [each for each in join_amounts(said, find_amounts(said)) if each.unit or not each.article]
    if len(amounts) != 1 or amounts[0].approximate or not _is_alone(said, amounts[0], measure):
        return None
    of = amounts[0].unit or _pesos(text, unit)
    value = convert(amounts[0].value, of, unit) if of else None
    if value is None:
        return None
    scaled_value = value * 10**decimals
    if scaled_value.denominator != 1:
        raise Rejected("quantity_too_fine" if decimals else "quantity_not_whole")
    return int(scaled_value)


def _pesos(text: str, unit: MeasurementUnit) -> MeasurementUnit | None:
    """Of a target in millions «2.5 millones» are pesos, though it is not said."""
    millions = unit.dimension is Dimension.MONEY and unit.factor > 1 and _MILLIONS.search(text)
    return measure_unit("pesos") if millions else None


def _is_alone(said: str, amount: Amount, measure: str) -> bool:
    """Whether around the amount there are only the measure's own words and those of any answer."""
    start, end = amount.place
    before = _end(_LED, said)
    own = {root(word) for word in Spoken.of(measure).text.split()}
    rest = re.findall(r"\w+|-", said[min(before, start) : start] + said[end:])
    return all(word in _AROUND or root(word) in own for word in rest)


def _counted(text: str, decimals: int, measure: str, aliases: tuple[str, ...]) -> int | None:
    """«2 actas», «5 computadoras y 2 impresoras», «ambas», where nothing else is said."""
    spoken = in_digits(Spoken.of(text if len(text) <= LONGEST else ""))
    if not _COUNTS.search(spoken.text):
        return None
    said, how = read_sentences(text, spoken, ()), counting(measure, aliases)
    found = [each for each in find_mentions(said, how) if each.level is not None]
    values = [
        each.value if each.value is not None else _ARTICLES.get(said.tokens[each.start].text)
        for each in found
    ]
    nouns = [said.tokens[each.end - 1].text for each in found]
    if not values or None in values or len(set(nouns)) < len(nouns):  # «12 actas, 3 actas»: two answers
        return None
    taken = {place for each in found for place in range(each.start, each.end)}
    left = [token.text for place, token in enumerate(said.tokens) if place not in taken and token.is_word]
    own = {root(word) for word in Spoken.of(" ".join([measure, *aliases])).text.split()}
    if not all(word in _AROUND or root(word) in own for word in left):
        return None
    return scaled(str(sum(value for value in values if value is not None)), decimals)


_ARTICLES = {"un": Decimal(1), "una": Decimal(1), "uno": Decimal(1), "ambos": Decimal(2), "ambas": Decimal(2)}


def _end(pattern: re.Pattern[str], text: str) -> int:
    found = pattern.match(text)
    return found.end() if found else 0
