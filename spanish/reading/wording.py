"""Words as office staff write them: which carry meaning, how they are shortened, what they share with kin."""

import re
from collections.abc import Collection
from functools import lru_cache
from itertools import pairwise

from spanish.writing.folding import fold
from spanish.writing.nouns import singular

# By which people take back what they have just written.
TAKING_BACK = (
    r"\b(?:perdon|digo|mejor dicho|corrijo|me equivoque|rectifico|quise decir|mas bien|en realidad|bueno)\b|"
    r"\bno,|\by eran? (?=\d+ nad?a? ?mas)"
)
_ROOT = 6  # letters by which «asesoría» and «asesorías», «capacitamos» and «capacitación» are one word
_SILENT_WORDS = (
    "a al ahi ante aqui asi aun ayer bajo bien buen buena buenas buenos casi como con contra cual "
    "cuando da dan de del desde dia dias donde dos durante e el ella ellas ellos en entre era eran es "
    "esa ese eso esta estan estas este esto estos favor fue fueron fui gracias ha habia habian hacer "
    "han hasta hay hice hicimos hizo hola hoy la las le les lo los manana mas me mi mis mucho muy nada "
    "ni no nos o otra otras otro otros pa para pero por porfa porque q que quien se ser si sin sobre "
    "solo son su sus tal tales tambien tan tarde tardes te tenia tiene toda todas todavia todo todos "
    "tres tu un una unas uno unos va van vez x y ya yo"
)
_SILENT = frozenset(_SILENT_WORDS.split())
# How office staff shorten words: the whole word, then its short forms.
_SHORT_FORMS = (
    "administrativo admvo admva admvos", "articulo art arts", "ayuntamiento ayto aytos",
    "capacitacion capac capa",
    "computadora comp compu compus", "contabilidad conta", "coordinacion coord", "departamento depto",
    "equipo eq eqs",
    "direccion dir", "documento doc docs", "electronico elec", "extraordinaria ext extraord", "general gral",
    "informacion info", "informe inf infs", "interdisciplinario interdisc", "laptop lap laps",
    "mantenimiento mtto mttos manto", "municipal mpal mpales", "municipio mpio mpios", "oficio of ofi",
    "ordinaria ord", "participante part", "presupuesto ppto", "programa prog", "recursos_humanos rh rrhh",
    "registro reg", "responsable resp", "reunion reu reus", "secretaria sria", "secretario srio",
    "solicitud sol sols", "tecnico tec tecs", "trimestre trim",
)  # fmt: skip
_WHOLE = {short: whole for whole, *shorts in map(str.split, _SHORT_FORMS) for short in shorts}
# As people hear it: «capasitación», «aprovó».
_HEARD = (
    (re.compile(r"z|c(?=[ei])"), "s"),
    (re.compile("v"), "b"),
    (re.compile(r"(?<!c)h"), ""),
    (re.compile("ll"), "y"),
    (re.compile("m(?=[bp])"), "n"),
    (re.compile("qu?(?=[eiao])"), "k"),
)
_PLURAL = re.compile(r"(?<=[aeiou][rlnd])es$|(?<=\w{3})s$")  # «talleres», «actas»
_WORD = re.compile(r"[^\W\d_]{2,}|[a-z]\d(?!\w)")  # «acta», «s2»


def word_set(listed: str) -> frozenset[str]:
    """The words of a list that is written as one text."""
    return frozenset(listed.split())


def root_set(listed: str) -> frozenset[str]:
    """The roots of the words of a list that is written as one text."""
    return frozenset(map(root, listed.split()))


def words(folded: str) -> list[str]:
    """Those that carry meaning."""
    return [word for word in _WORD.findall(folded) if word not in _SILENT]


@lru_cache(maxsize=8192)
def root(word: str) -> str:
    """What a word shares with its plural, its kin and its misspellings."""
    return _PLURAL.sub("", heard(_WHOLE.get(word, word)))[:_ROOT]


def heard(word: str) -> str:
    """A folded word as it sounds in Mexico: «capasitación» and «capacitación» are one."""
    for pattern, letter in _HEARD:
        word = pattern.sub(letter, word)
    return word


@lru_cache(maxsize=4096)
def singular_of(word: str) -> str:
    """A folded word in the singular: where «capacitados» is not «capacitaciones», as in the report's checks.

    `root` holds these to be one, as messages need: people write «capacitamos a…» of a «capacitación».
    """
    return fold(singular(word))


def find_roots(folded: str, wanted: Collection[str]) -> tuple[tuple[int, int], ...]:
    """Where the text has words with those roots."""
    return tuple(found.span() for found in _WORD.finditer(folded) if root(found[0]) in wanted)


def roots(folded: str) -> frozenset[str]:
    """The roots of a text's words."""
    return frozenset(root(word) for word in words(folded))


def features(folded: str) -> frozenset[str]:
    """The roots of a text's words, one by one and two by two."""
    single = [root(word) for word in words(folded)]
    return frozenset((*single, *(f"{one} {other}" for one, other in pairwise(single))))


def grams(folded: str) -> frozenset[str]:
    """Three to five letters in a row of the words, whose beginning and end count as letters."""
    return frozenset(gram for word in set(words(folded)) for gram in _grams(word))


@lru_cache(maxsize=8192)
def _grams(word: str) -> tuple[str, ...]:
    whole = f" {word} "
    return tuple(whole[at : at + size] for size in (3, 4, 5) for at in range(len(whole) - size + 1))
