"""Numbers of a text that count nothing: hours, folios, articles of law, addresses, telephones, years…

Each is read by its grammar: a singular noun and then a number is a name («acta 3»), a number and then a
plural is a quantity («3 actas»); a preposition before a span of time makes it a deadline. Takes folded text
with its numbers in digits (`spanish.reading.numbers.digits.in_digits`).
"""

import re
from collections.abc import Iterator

from spanish.reading.numbers import frames
from spanish.reading.numbers.kinds import NumberKind, OtherNumber
from spanish.reading.numbers.number_tokens import Token, Tokens
from spanish.reading.numbers.numbered_nouns import (
    CIVIC_DAYS,
    NUMBERED,
    PARTS_OF_ONE,
    PLACES,
    STREETS,
    UNNUMBERED,
    VERBS_TOO,
    NumberedNoun,
)
from spanish.reading.numbers.units import unit_of
from spanish.reading.wording import word_set

__all__ = ["NumberKind", "OtherNumber", "find_other_numbers"]

_OF_SORT = {
    "web": NumberKind.CODE,
    "telephone": NumberKind.TELEPHONE,
    "clock": NumberKind.CLOCK,
    "size": NumberKind.SIZE,
    "ordinal": NumberKind.ORDINAL,
    "code": NumberKind.CODE,
}
_SUFFIXES = {"clock": word_set("h hr hrs hs horas am pm"), "size": word_set("m mts metros cm")}
_ORDINAL_WORD = re.compile(
    r"primer[ao]?|segund[oa]|tercer[ao]?|cuart[oa]|quint[oa]|sext[oa]|septim[oa]|octav[oa]|noven[oa]|decim[oa]"
)
_NUMBER_SIGNS = frozenset(("num", "nums", "numero", "numeros", "nro", "#", "n°", "nº"))
_ARTICLES = word_set("el la del al este esta ese esa mi su nuestro nuestra")
_MONTH = re.compile(r"(?:ene|feb|mar|abr|may|jun|jul|ago|sep|set|oct|nov|dic)[a-z]{0,7}")
_DAY = re.compile(rf"(?:lun|mar|mrt|mie|mrc|jue|juv|vie|vrn|sab|dom)|{_MONTH.pattern}$")
_ADJECTIVE = re.compile(r"(?:ari[ao]|al|ar|ic[ao]|iv[ao]|ent[ae]|ant[ae]|ble|rn[ao]|an[ao])$")
_EMERGENCY = word_set("911 089 066 065 060")
_YEAR = re.compile(r"(?:19[5-9]|20[0-6])\d")
_DATED = word_set("del ano ejercicio periodo ciclo poa informe programa")
_OF_ANY = word_set("de en desde hasta al")  # «en 2024», but «en 2024 viviendas»
_LESS_OR_MORE = word_set("mas menos cerca alrededor total")
_TOTALS = word_set("total son van suman llevamos hubo eran fue es : = y")
_BEFORE_NOUN = _ARTICLES | word_set("de con en por segun un una este cada mediante")
_HIGHEST = 30  # of the numbers that name a thing after any noun: «la obra 3»
_AND = frozenset((",", "y", "e", "al", "a", "-"))
_ADJUNCTS = word_set("en a al con por")
_STREET_WORDS = 6  # tokens between «calle» and the number of the house


def find_other_numbers(text: str) -> tuple[OtherNumber, ...]:
    """Every number of a folded text that counts nothing, in order. Raises nothing."""
    return tuple(_Reader(text).read())


class _Reader:
    """Reads a text from left to right; `listed` is the kind of the numbered things that a list is of."""

    def __init__(self, text: str) -> None:
        self.tokens = Tokens(text)
        self.listed: NumberKind | None = None
        self.kinds: dict[int, NumberKind] = {}

    def read(self) -> Iterator[OtherNumber]:
        for place, token in enumerate(self.tokens.row):
            found = self._read(place, token)
            if found:
                kind, more = found
                self.kinds[place] = kind
                start = token.start
                if kind in (NumberKind.MONEY, NumberKind.PER_ITEM) and self.tokens.word(place - 1) == "$":
                    start = self.tokens[place - 1].start
                yield OtherNumber((start, self.tokens[place + more].end), kind)

    def _read(self, place: int, token: Token) -> tuple[NumberKind, int] | None:
        if token.sort == "word":
            ordinal = _ORDINAL_WORD.fullmatch(token.text) and self.tokens.word(place + 1) != "de"
            named = ordinal and frames.noun_follows(self.tokens, place)
            return (NumberKind.ORDINAL, 0) if named else None
        if token.sort in _OF_SORT:
            return self._special(place, token)
        if token.sort == "range":
            return self._dashed(place, token)
        if token.sort != "number":
            return None
        return self._number(place)

    def _special(self, place: int, token: Token) -> tuple[NumberKind, int] | None:
        kind = _OF_SORT[token.sort]
        if token.sort == "web" and not any(each.isdigit() for each in token.text):
            return None
        after = self.tokens.word(place + 1)
        if token.sort in _SUFFIXES and after in _SUFFIXES[token.sort]:
            return kind, 1
        if token.sort == "code" and (noun := self._head(place)[0]):
            return noun.kind, 0
        return kind, 0

    def _dashed(self, place: int, token: Token) -> tuple[NumberKind, int] | None:
        """«Sesión 24-1», «acta 3-1»; «12-15 personas» is about as many."""
        first, last = map(int, token.text.split("-"))
        noun, signed, _, step = self._head(place)
        if noun and self.tokens.word(step) not in VERBS_TOO:
            return noun.kind, 0
        return (NumberKind.CODE, 0) if signed or first >= last else None

    def _number(self, place: int) -> tuple[NumberKind, int] | None:
        tokens = self.tokens
        if frames.each(tokens, place):
            return NumberKind.PER_ITEM, 1 if unit_of(tokens.word(place + 1)) else 0
        if frames.size(tokens, place):
            return NumberKind.SIZE, 0
        if kind := self._listing(place):
            return kind, 0
        frame = frames.share(tokens, place) or frames.money(tokens, place) or frames.time(tokens, place)
        if frame or (frame := self._range(place)):
            return frame
        if self._month_follows(place):
            return (NumberKind.ADDRESS, 2) if self._street(place) else None
        if kind := self._of_one(place) or self._label(place) or self._score(place) or self._street(place):
            return kind, 0
        if kind := self._year(place) or self._after_article(place) or self._other(place):
            return kind, 0
        return None

    def _other(self, place: int) -> NumberKind | None:
        """«Mayores de 60», «al 911», «5G»."""
        tokens, number = self.tokens, self.tokens[place]
        if frames.age(tokens, place):
            return NumberKind.AGE
        if number.text in _EMERGENCY and tokens.word(place - 1) == "al":
            return NumberKind.TELEPHONE
        after = tokens[place + 1]
        generation = after.start == number.end and f"{number.text}{after.text}" in ("3g", "4g", "5g", "4t")
        return NumberKind.CODE if generation and tokens.word(place + 2) != "de" else None

    def _month_follows(self, place: int) -> bool:
        return self.tokens.word(place + 1) == "de" and bool(_MONTH.fullmatch(self.tokens.word(place + 2)))

    def _range(self, place: int) -> tuple[NumberKind, int] | None:
        """The first of two: «de 6 a 12 años», «de 9 a 14 hrs»."""
        if self.tokens.word(place + 1) not in ("a", "y", "o", "-") or not self.tokens.is_number(place + 2):
            return None
        frame = frames.time(self.tokens, place + 2)
        return (frame[0], 0) if frame else None

    def _of_one(self, place: int) -> NumberKind | None:
        """«3 de 5 capítulos», «vamos en 4 de 12», «etapa 2 de 5»; either number."""
        tokens = self.tokens
        if self.kinds.get(place - 2) is NumberKind.LAW and tokens.word(place - 1) == "de":
            return NumberKind.LAW  # «ley 3 de 3»
        first = place - 2 if self.kinds.get(place - 2) is NumberKind.PART_OF_ONE else place
        if tokens.word(first + 1) != "de" or not (tokens.is_number(first) and tokens.is_number(first + 2)):
            return None
        before = (tokens.word(first - 2), tokens.word(first - 1))
        one = tokens.word(first + 3) in PARTS_OF_ONE or before[1] in PARTS_OF_ONE
        so_far = before[0] in ("va", "vamos", "voy", "estamos") and before[1] in ("en", "por")
        return NumberKind.PART_OF_ONE if one or so_far else None

    def _head(self, place: int) -> tuple[NumberedNoun | None, bool, bool, int]:
        """The numbered noun before a number; whether «núm.» or a colon is between; where it stands."""
        tokens, step, signed, colon = self.tokens, place - 1, False, False
        while place - step < 6:
            word = tokens.word(step)
            dotted_no = word in ("no", "n") and tokens.word(step + 1) in (".", "°", "º")
            if word in _NUMBER_SIGNS or dotted_no:
                signed = True
            elif word == ":":
                colon = True
            elif not (word in (".", "°", "º") or (signed and word in ("de", "con", "el"))):
                break
            step -= 1
        if tokens.word(step) == "p" and tokens.word(step - 2) == "c":  # «c.p. 29000»
            return NUMBERED["cp"], signed, colon, step
        if _ADJECTIVE.search(tokens.word(step)) and tokens.word(step - 1) in NUMBERED:  # «sesión ordinaria 3»
            step -= 1
        return NUMBERED.get(tokens.word(step)), signed, colon, step

    def _label(self, place: int) -> NumberKind | None:
        """By the noun that it numbers, by «núm.», or by an article and any singular: «la obra 3»."""
        noun, signed, colon, step = self._head(place)
        tokens = self.tokens
        if noun is None:
            named = signed and not frames.plural_follows(tokens, place)
            return (self._street(place) or NumberKind.LABEL) if named else None
        if not noun.strong and _YEAR.fullmatch(tokens.word(place)) and not signed:
            return self._year(place)  # «informe 2024»
        if not noun.strong and (frames.plural_follows(tokens, place) or (colon and not signed)):
            return None
        if noun.plural and not (signed or self._begins_list(place)):  # «oficios 12» are twelve
            return None
        if tokens.word(step) in VERBS_TOO and not signed and tokens.word(step - 1) not in _BEFORE_NOUN:
            return None
        if (
            noun.kind is NumberKind.ADDRESS
            and tokens.word(step - 1).isdigit()
            and tokens.word(step).startswith("k")
        ):
            return None  # «3 km 500 m»
        self.listed = noun.kind
        return noun.kind

    def _score(self, place: int) -> NumberKind | None:
        """«Promedio de 9.5», «la calificación fue de 95»."""
        step = place - 1
        while place - step < 5 and self.tokens.word(step) in ("de", "fue", "es", "general", ":"):
            step -= 1
        after = 2 if self.tokens.word(place + 1) == "de" else 1
        noun = NUMBERED.get(self.tokens.word(step)) or NUMBERED.get(self.tokens.word(place + after))
        return noun.kind if noun and noun.kind is NumberKind.SCORE else None

    def _begins_list(self, place: int) -> bool:
        """Whether a number follows that counts nothing after it: «3 y 4», «1, 2 y 3», «1023 al 1029»."""
        tokens = self.tokens
        step = place + 1
        while tokens.word(step) in _AND and step - place < 3:
            step += 1
        return step > place + 1 and tokens.is_number(step) and not frames.noun_follows(tokens, step)

    def _listing(self, place: int) -> NumberKind | None:
        """A further number of a list whose first is a label."""
        tokens = self.tokens
        step = place - 1
        while tokens.word(step) in _AND and place - step < 3:
            step -= 1
        if step == place - 1 or self.kinds.get(step) is not self.listed or self.listed is None:
            self.listed = None
            return None
        return None if frames.noun_follows(tokens, place) else self.listed

    def _after_article(self, place: int) -> NumberKind | None:
        """«La obra 3», «del tanque 2»: a singular that an article makes one, and nothing counted after it."""
        tokens = self.tokens
        word = tokens[place - 1]
        if word.sort != "word" or tokens.word(place - 2) not in _ARTICLES or word.text in UNNUMBERED:
            return None
        number = tokens.word(place)
        if word.text.endswith("s") or len(word.text) < 3 or not number.isdigit() or int(number) > _HIGHEST:
            return None
        if number == "1" and tokens.word(place + 2) == "mas":  # «la Comisión 1 acta más»
            return None
        return None if frames.plural_follows(tokens, place) or _DAY.match(word.text) else NumberKind.LABEL

    def _street(self, place: int) -> NumberKind | None:
        """«Calle 5 de Mayo 123», «av. Central Norte 45»."""
        tokens = self.tokens
        month = self._month_follows(place)
        if month and tokens.word(place - 1) in PLACES:
            day = f"{tokens.word(place)}/{tokens.word(place + 2)[:3]}"
            return NumberKind.ADDRESS if day in CIVIC_DAYS else None
        if frames.noun_follows(tokens, place) and not month:
            return None
        if tokens.word(place - 1) in ("y", "e") and tokens.word(place + 1) in _ADJUNCTS:
            return None  # «9 en la colonia Centro y 6 en la Obrera»
        for step in range(place - 1, place - _STREET_WORDS, -1):
            token = tokens[step]
            if token.text in STREETS:
                return NumberKind.ADDRESS
            known = self.kinds.get(step) in (NumberKind.ADDRESS, NumberKind.ORDINAL)
            if not known and (
                token.sort not in ("word", "mark")
                or token.text in (";", ":", "")
                or frames.is_verb(token.text)
            ):
                return None
            if token.text == ",":
                return None
        return None

    def _year(self, place: int) -> NumberKind | None:
        """Four digits by themselves, or after «del», «ejercicio»; «2024 árboles» are trees."""
        tokens = self.tokens
        if not _YEAR.fullmatch(tokens.word(place)):
            return None
        before = tokens.word(place - 1)
        named = tokens[place - 1].sort == "word" and not frames.is_function_word(before)
        participle = named and tokens.word(place + 1).endswith(("ados", "adas", "idos", "idas"))
        counts = frames.plural_follows(tokens, place) and not participle
        if before in _OF_ANY:
            return None if counts or tokens.word(place - 2) in _LESS_OR_MORE else NumberKind.YEAR
        if before in _DATED or _MONTH.fullmatch(before):
            return NumberKind.YEAR
        if frames.is_function_word(before) and before:  # «2023 y 2024», but «vamos con 2000»
            return NumberKind.YEAR if self.kinds.get(place - 2) is NumberKind.YEAR else None
        return None if counts or before in _TOTALS or frames.is_verb(before) else NumberKind.YEAR
