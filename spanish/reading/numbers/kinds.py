"""The kinds of numbers that count nothing."""

from dataclasses import dataclass
from enum import Enum, auto

from spanish.reading.spoken import Span


class NumberKind(Enum):
    CLOCK = auto()  # «a las 10», «de 9 a 2», «10:30 hrs»
    DURATION = auto()  # «curso de 20 horas»
    DEADLINE = auto()  # a span of time to or since something: «en 5 días», «hace 3 semanas»
    ORDINAL = auto()  # «3ª sesión», «segundo trimestre», «trim 2»
    LAW = auto()  # «art. 70», «anexo 3», «punto 5 del orden del día»
    ADDRESS = auto()  # «calle 5 de Mayo 123», «piso 3», «km 12»
    TELEPHONE = auto()
    LABEL = auto()  # the number of a thing: «folio 118», «acta 3», «zona 2»
    YEAR = auto()
    MONEY = auto()
    PERCENT = auto()
    PART_OF_ONE = auto()  # how far a single thing is: «avance del 60 %», «3 de 5 capítulos»
    AGE = auto()  # «de 6 a 12 años», «mayores de 60 años»
    PER_ITEM = auto()  # «de 20 personas cada uno», «$500 c/u»
    SIZE = auto()  # «2x3 m», «de 1.20 por 2.40»
    SCORE = auto()  # «promedio de 9.5»
    CODE = auto()  # digits of a word, a web address, a document: «H1N1», «covid-19», «012/2024»


@dataclass(frozen=True)
class OtherNumber:
    """`place`: the number with its unit, suffix or sign; not the noun that it numbers."""

    place: Span
    kind: NumberKind
