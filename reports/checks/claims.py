"""Finds the amounts of a measure that a Spanish text claims: «se tomaron 5 acuerdos», «elaboración de 3
actas».

Few false alarms are more important than many findings. These are not claims: amounts after a preposition
(«registros de 203 sujetos obligados»), what was only requested or is in the future («se solicitaron 3 actas»,
«se elaborarán 3 actas»), and what belongs to another year or quarter.
"""

import re
from dataclasses import dataclass
from decimal import Decimal

from models.quarter import Quarter
from spanish.reading.numbers.digits import NUMBER, in_digits
from spanish.reading.spoken import Spoken
from spanish.reading.wording import singular_of
from spanish.writing.folding import fold
from spanish.writing.number_words import ARTICLES

_COUNTED = re.compile(
    rf"(?P<number>{NUMBER}|\buna?\b)(?: (?:nuev|divers|distint|diferent)[a-z]+)?"
    r"(?=(?P<noun>(?: [a-z]+){1,4}))"
)
CLAUSE = re.compile(r"\.(?:\s|$)|[;\n]")
_REACH = 60  # characters before a number that are examined
_BEFORE = re.compile(
    r"(?P<second>\b[a-z]{1,40}(?= ))?[ ,]{0,4}(?P<first>\b[a-z]{1,40})(?P<article> l[oa]s)?(?: otr[oa]s)? $"
)
_PREPOSITIONS = re.compile(
    r"(?:de|del|para|con|entre|por|en|a|al|ante|sin|sobre|hasta|contra|desde|segun|bajo|tras)$"
)
# «elaboración de 5 actas», «un total de 5 actas», «respuesta a 4 solicitudes» are claims all the same.
_PRODUCED = re.compile(
    r"(?:(?:elaboracion|realizacion|emision|celebracion|publicacion|entrega|envio|firma|integracion|"
    r"actualizacion|aprobacion|conclusion|atencion|total|suma|cantidad) de|"
    r"(?:respuesta|contestacion|atencion) a)$"
)
_UNDONE = re.compile(
    r"(?:solicit|pid|requir|recib|invit|convoc|program|revis|consult|acord|gestion|turn|reprogram)\w{0,40}$|"
    r"falt\w{0,40}$|qued\w{0,40}$|rest\w{0,40}$|pendientes?$|no$|ni$|\w{2,40}(?:ar|er|ir)$|\w{1,40}(?:ara|aran|eran|ira|iran)$"
)
_UNCOUNTED = re.compile(r" (?:\w+ )?(?:pendient|programad|previst|planead|calendarizad|restant|por \w+r\b)")
_ELSEWHEN = re.compile(
    r"\b(?:(?:trimestre|ano|mes|ejercicio|periodo) (?:anterior|pasado|previo|siguiente)|proxim[oa]s?|"
    r"anteriormente|meta anual|se tienen? programad\w+)\b"
)
_WHOLE = re.compile(
    r"\b(?:suman?|acumul\w+|(?<!en )total|trimestre|ano|anual\w*|metas?|programad\w+|cumpl\w+|llevan?|"
    r"complet\w+|previst\w+|mes|(?<!\d )de (?:enero|febrero|marzo|abril|mayo|junio|julio|agosto|septiembre|"
    r"octubre|noviembre|diciembre))\b"
)
_QUARTERS = re.compile(r"\b(primer|segundo|tercer|cuarto|[1-4](?=er |do |to |o ))\w* trimestre\b")
_ORDINALS = {"primer": "1", "segundo": "2", "tercer": "3", "cuarto": "4"}
_YEAR = re.compile(r"(?<![\d,./-])(?:19|20)\d\d(?![\d,./-])")
_DONE = re.compile(r"(?:aron|ieron|eron)$")


@dataclass(frozen=True)
class Claim:
    """A claimed amount. `weak`: «un», «una», which is as often an article. `whole`: of several activities.

    `done`: a verb says that it was done («se elaboraron»).
    """

    amount: Decimal
    weak: bool
    whole: bool
    done: bool


@dataclass(frozen=True)
class _Clause:
    text: str
    whole: bool


class Told:
    """A parsed text, which can be searched for claims of several measures."""

    def __init__(self, text: str, quarter: Quarter) -> None:
        self._clauses = [
            _Clause(clause, bool(_WHOLE.search(clause)))
            for line in text.splitlines()
            for clause in CLAUSE.split(in_digits(Spoken.of(line)).text)
            if not elsewhen(clause, quarter)
        ]

    def claims(self, measure: str) -> tuple[Claim, ...]:
        """Return the text's claims of that measure."""
        names = _names(measure)
        return tuple(
            claim
            for clause in self._clauses
            for found in _COUNTED.finditer(clause.text)
            if (named := _named(found["noun"], names)) and (claim := _claim(clause, found, named))
        )


def _names(measure: str) -> tuple[tuple[str, ...], ...]:
    """Return the singulars of a measure's words; «Cursos o talleres» has two alternatives."""
    each = (name.split() for name in re.split(r" (?:o|u|y|e) ", fold(measure)))
    return tuple(tuple(map(singular_of, words)) for words in each if words)


def _named(said: str, names: tuple[tuple[str, ...], ...]) -> int:
    """Return how many characters of the counted phrase are the measure; 0 if it is something else."""
    words = said.split()
    singulars = tuple(map(singular_of, words))
    length = next((len(name) for name in names if singulars[: len(name)] == name), 0)
    return sum(len(word) + 1 for word in words[:length])


def _claim(clause: _Clause, found: re.Match[str], named: int) -> Claim | None:
    before = _BEFORE.search(clause.text, max(0, found.start() - _REACH), found.start())
    second, first, article = before.groups("") if before else ("", "", "")
    produced = not article and bool(_PRODUCED.match(f"{second} {first}"))
    if _PREPOSITIONS.match(first) and not produced:
        return None
    if _UNDONE.match(first) or _UNCOUNTED.match(clause.text, found.end() + named):
        return None
    weak = found["number"] in ARTICLES
    amount = Decimal(1) if weak else Decimal(found["number"].replace(",", ""))
    done = produced or bool(_DONE.search(first))
    return Claim(amount, weak, clause.whole or bool(article), done)


def elsewhen(clause: str, quarter: Quarter) -> bool:
    """Return whether the clause is about an earlier year or another quarter.

    A later year is ignored, since it is part of many documents' names.
    """
    past = any(int(year) < quarter.year for year in _YEAR.findall(clause))
    numbers = {_ORDINALS.get(each, each) for each in _QUARTERS.findall(clause)}
    return bool(past or numbers - {str(quarter.number)} or _ELSEWHEN.search(clause))
