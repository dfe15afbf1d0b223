"""Units of measurement as office staff write them, and conversion between those of one dimension.

`unit_of` takes the unit that stands beside a number, `measure_unit` the measure of a target.
"""

import re
from dataclasses import dataclass
from decimal import Decimal
from enum import Enum, auto
from fractions import Fraction
from functools import lru_cache

from spanish.writing.folding import fold


class Dimension(Enum):
    LENGTH = auto()
    AREA = auto()
    VOLUME = auto()
    MASS = auto()
    TIME = auto()
    MONEY = auto()
    FOREIGN_MONEY = auto()
    PERCENT = auto()


@dataclass(frozen=True)
class MeasurementUnit:
    """`factor`: how many of its dimension's base (m, m², l, g, min, $, %) one of it is."""

    symbol: str
    dimension: Dimension
    factor: Fraction


# Symbol, dimension, factor, names; «_» stands for a space within a name.
_TABLE = (
    ("mm", Dimension.LENGTH, "1/1000", "mm milimetro milimetros"),
    ("cm", Dimension.LENGTH, "1/100", "cm cms centimetro centimetros"),
    ("m", Dimension.LENGTH, "1", "m mt mts mtr mtrs metro metros metro_lineal metros_lineales mts_lineales"),
    ("km", Dimension.LENGTH, "1000", "km kms kmts kilometro kilometros"),
    ("cm²", Dimension.AREA, "1/10000", "cm2 cm² centimetros_cuadrados"),
    ("m²", Dimension.AREA, "1", "m2 m² mt2 mt² mts2 mts² metro2 metros2 metro_cuadrado metros_cuadrados "
     "m_cuadrados mts_cuadrados metros_2"),
    ("ha", Dimension.AREA, "10000", "ha has hec hect hects hectarea hectareas"),
    ("km²", Dimension.AREA, "1000000", "km2 km² kms2 kms² kilometro_cuadrado kilometros_cuadrados"),
    ("ml", Dimension.VOLUME, "1/1000", "ml mililitro mililitros"),
    ("l", Dimension.VOLUME, "1", "l lt lts ltr ltrs litro litros"),
    ("m³", Dimension.VOLUME, "1000", "m3 m³ mt3 mt³ mts3 mts³ metro3 metros3 metro_cubico metros_cubicos "
     "m_cubicos mts_cubicos"),
    ("mg", Dimension.MASS, "1/1000", "mg miligramo miligramos"),
    ("g", Dimension.MASS, "1", "g gr grs gramo gramos"),
    ("kg", Dimension.MASS, "1000", "kg kgs kilo kilos kilogramo kilogramos"),
    ("t", Dimension.MASS, "1000000", "t tn tns ton tons tonelada toneladas"),
    ("s", Dimension.TIME, "1/60", "seg segs segundos"),
    ("min", Dimension.TIME, "1", "min mins minuto minutos"),
    ("h", Dimension.TIME, "60", "h hr hrs hs hora horas"),
    ("¢", Dimension.MONEY, "1/100", "centavo centavos"),
    ("$", Dimension.MONEY, "1", "$ peso pesos mxn mn m.n m.n. pesos_m.n. pesos_mexicanos"),
    ("miles de pesos", Dimension.MONEY, "1000", "miles_de_pesos"),
    ("mdp", Dimension.MONEY, "1000000", "mdp millon_de_pesos millones_de_pesos"),
    ("US$", Dimension.FOREIGN_MONEY, "1", "usd dls dlls dolar dolares"),
    ("%", Dimension.PERCENT, "1", "% por_ciento x_ciento porciento porcentaje"),
)  # fmt: skip
_NAMED = {
    name.replace("_", " "): MeasurementUnit(symbol, dimension, Fraction(factor))
    for symbol, dimension, factor, names in _TABLE
    for name in names.split()
}


def names_of(dimension: Dimension) -> frozenset[str]:
    """The units of a dimension that are one word: people say «850 metros» of a target in kilometres."""
    return frozenset(
        name
        for name, unit in _NAMED.items()
        if unit.dimension is dimension and re.fullmatch(r"[a-z]{2,}\d?", name)
    )


_HEARD = (("qu", "k"), ("c", "k"), ("y", "i"), ("h", ""), ("z", "s"))  # «kilometros», «ectarias»


def _heard(name: str) -> str:
    for written, sound in _HEARD:
        name = name.replace(written, sound)
    return re.sub("ea(?=s?$)", "ia", name)


_MISSPELT = {_heard(name): unit for name, unit in _NAMED.items() if len(name) >= 6}


def _alternatives(names: list[str]) -> str:
    return "|".join(re.escape(each) for each in sorted(names, key=len, reverse=True))


# Of every unit after a number, and of those that are words: «media hectárea».
AFTER_NUMBER = rf"(?:%|(?:{_alternatives([name for name in _NAMED if name not in '%$'])})(?![\w²³]))"
WORD = rf"(?:{_alternatives([name for name in _NAMED if len(name) >= 4 and ' ' not in name] + ['km', 'ha'])})"

_TOKEN = re.compile(r"[%$]|[a-z.]+[23²³]?|\d+")
_COUNT_OF = re.compile(
    r"(?:(?:numero|cantidad|total|suma|volumen|superficie|longitud|monto|importe)(?: total)? (?:de |en ))+"
)
_IN = re.compile(r"(?:\ben |[(,] ?)(?P<unit>[a-z%$][a-z0-9²³. ]{0,20}?)[ )]*$")
_PERCENT = re.compile(r"^porcentaje\b|%[ )]*$|\bporcentual(?:es)?$")
# Too short to be a unit before other words: «H. Ayuntamientos», «Seg. de acuerdos».
_ALONE = frozenset(("h", "m", "l", "g", "t", "s", "hs", "mn", "gr", "min", "mins", "seg", "segs", "has"))
_LONGEST = 3  # words of a unit's name


@lru_cache(maxsize=1024)
def unit_of(name: str) -> MeasurementUnit | None:
    """The unit of a name, symbol or abbreviation, whatever its case and accents; None for other words."""
    name = fold(name)
    found = _NAMED.get(name) or _NAMED.get(name.rstrip("."))
    return found or (_MISSPELT.get(_heard(name)) if len(name) >= 6 else None)


@lru_cache(maxsize=256)
def measure_unit(measure: str) -> MeasurementUnit | None:
    """The unit in which a target's measure counts: «Km rehabilitados», «Superficie (m²)», «% de cobertura».

    None where it counts things («Actas») or a rate of two units («Litros por segundo»).
    """
    folded = fold(measure)
    if _PERCENT.search(folded):
        return _NAMED["%"]
    folded = folded[found.end() :] if (found := _COUNT_OF.match(folded)) else folded
    words = _TOKEN.findall(folded)
    for length in range(min(_LONGEST, len(words)), 0, -1):
        name = " ".join(words[:length])
        if name == "peso" or (
            len(words) > 1 and name.rstrip(".") in _ALONE
        ):  # «Peso de la basura» is no money
            continue
        if name == "ml":  # metres of kerb, though millilitres beside a number
            return _NAMED["m"]
        if unit := unit_of(name):
            rate = words[length : length + 1] == ["por"] or re.match(rf"{re.escape(words[0])} ?/", folded)
            return None if rate else unit
    named = _IN.search(folded)
    return unit_of(named["unit"]) if named else None


def convert(value: Fraction | Decimal, of: MeasurementUnit, to: MeasurementUnit) -> Fraction | None:
    """The value in another unit, exactly; None where the two measure different things.

    «120 ml» of a target in metres are linear metres.
    """
    if of.symbol == "ml" and to.dimension is Dimension.LENGTH:
        of = _NAMED["m"]
    return Fraction(value) * of.factor / to.factor if of.dimension is to.dimension else None
