"""Words as office staff write them: which carry meaning, how they are shortened, what a word shares with kin."""

import re
from functools import lru_cache

_ROOT = 6  # letters by which «asesoría» and «asesorías», «capacitamos» and «capacitación» are one word
SILENT = frozenset(
    (
        "a al ahi ante aqui asi aun ayer bajo bien buen buena buenas buenos casi como con contra cual cuando da dan de "
        "del desde dia dias donde dos durante e el ella ellas ellos en entre era eran es esa ese eso esta estan estas "
        "este esto estos favor fue fueron fui gracias ha han hasta hay hola hoy la las le les lo los manana mas me mi "
        "mis mucho muy nada ni no nos o otra otras otro otros pa para pero por porfa porque q que quien se ser si sin "
        "sobre solo son su sus tal tales tambien tan tarde tardes te tenia tiene toda todas todavia todo todos tres tu "
        "un una unas uno unos va van vez x y ya yo"
    ).split()
)
# How office staff shorten words.
SHORT = {
    "reu": "reunion", "mtto": "mantenimiento", "mttos": "mantenimiento", "admvo": "administrativo",
    "admva": "administrativa", "gral": "general", "ord": "ordinaria", "ext": "extraordinaria", "extraord": "extraordinaria",
    "capac": "capacitacion", "capa": "capacitacion", "doc": "documento", "docs": "documento", "inf": "informe", "infs": "informe",
    "mpal": "municipal", "mpales": "municipal", "mpio": "municipio", "mpios": "municipio", "ofi": "oficio",
    "of": "oficio", "conta": "contabilidad", "rh": "recursos_humanos", "rrhh": "recursos_humanos", "trim": "trimestre",
    "sol": "solicitud", "sols": "solicitud", "ayto": "ayuntamiento", "aytos": "ayuntamiento", "dir": "direccion",
    "depto": "departamento", "coord": "coordinacion", "sria": "secretaria", "srio": "secretario", "info": "informacion",
    "resp": "responsable", "part": "participante", "comp": "computadora", "compu": "computadora", "compus": "computadora",
    "lap": "laptop", "laps": "laptop", "ppto": "presupuesto", "prog": "programa", "art": "articulo", "arts": "articulo",
    "reg": "registro", "interdisc": "interdisciplinario", "tec": "tecnico", "tecs": "tecnico", "elec": "electronico",
}  # fmt: skip
# As people hear it: «capasitación», «aprovó».
_HEARD = ((re.compile(r"z|c(?=[ei])"), "s"), (re.compile("v"), "b"), (re.compile(r"(?<!c)h"), ""), (re.compile("ll"), "y"))
_PLURAL = re.compile(r"(?<=[aeiou][rlnd])es$|(?<=\w{3})s$")  # «talleres», «actas»
_WORD = re.compile(r"[^\W\d_]{2,}|[a-z]\d(?!\w)")


def words(folded: str) -> list[str]:
    """Those that carry meaning."""
    return [word for word in _WORD.findall(folded) if word not in SILENT]


@lru_cache(maxsize=8192)
def root(word: str) -> str:
    """What a word shares with its plural, its kin and its misspellings."""
    word = SHORT.get(word, word)
    for pattern, letter in _HEARD:
        word = pattern.sub(letter, word)
    return _PLURAL.sub("", word)[:_ROOT]


def features(folded: str) -> frozenset[str]:
    """The roots of a text's words, one by one and two by two."""
    roots = [root(word) for word in words(folded)]
    return frozenset((*roots, *(f"{one} {other}" for one, other in zip(roots, roots[1:], strict=False))))


def grams(folded: str) -> frozenset[str]:
    """Three to five letters in a row of the words, whose beginning and end count as letters."""
    return frozenset(gram for word in set(words(folded)) for gram in _grams(word))


@lru_cache(maxsize=8192)
def _grams(word: str) -> tuple[str, ...]:
    whole = f" {word} "
    return tuple(whole[at : at + size] for size in (3, 4, 5) for at in range(len(whole) - size + 1))
