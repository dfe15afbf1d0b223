"""The programme as a workbook: its sheets, their columns, and which field of the format each column is.

Read and written by the same table, so that they cannot part. *Institución* has a field a row; the others have
a unit, a line or a target a row, tied by the unit's key and the line's number.
"""

import unicodedata
from collections.abc import Iterable
from dataclasses import dataclass
from enum import StrEnum

from models.clean_text import clean_name

INSTITUTION, UNITS, LINES, TARGETS = SHEETS = ("Institución", "Unidades", "Líneas", "Metas")
YES, NO = "Sí", "No"
NOT_FIXED = "por definir"  # an entry of a plan that is not fixed yet
FIELD, VALUE, TEXT_OF = "Dato", "Valor", "Texto"  # the header of the first sheet
HOLIDAY, PRINCIPLE = "Día inhábil", "Principio"  # its rows that may stand there several times
UNIT, LINE = "Unidad", "Línea"  # the columns that tie one sheet to another
STRATEGY = "Estrategia"  # one text; «Estrategia 1», «Estrategia 2»… where it is a list
QUARTERS = ("T1", "T2", "T3", "T4")
MONTHS = ("Ene", "Feb", "Mar", "Abr", "May", "Jun", "Jul", "Ago", "Sep", "Oct", "Nov", "Dic")


class Kind(StrEnum):
    """What a cell of the column holds."""

    TEXT = "text"
    NUMBER = "number"
    DAY = "day"
    YES_NO = "yes or no"
    TEXTS = "texts"  # one a line


@dataclass(frozen=True)
class Column:
    """`path` leads to the field from the unit, the line or the target; `width` is in characters."""

    title: str
    path: tuple[str, ...]
    kind: Kind = Kind.TEXT
    width: int = 14
    required: bool = False


INSTITUTION_ROWS = (
    Column("Nombre", ("institution", "name"), required=True),
    Column("Nombre corto", ("institution", "short_name"), required=True),
    Column("Lema", ("institution", "motto")),
    Column("Misión", ("institution", "mission")),
    Column("Visión", ("institution", "vision")),
    Column("Estructura", ("institution", "structure")),
    Column("Imagen de la estructura", ("institution", "structure_image")),
    Column("Órgano de gobierno", ("institution", "governing_body")),
    Column("Título del informe", ("institution", "report_title")),
    Column("Presentación del informe", ("institution", "report_opening")),
    Column("Nota de líneas por demanda", ("institution", "demand_driven_note")),
    Column("Aviso de privacidad", ("institution", "privacy_notice")),
    Column("Logotipo", ("institution", "logo")),
    Column("Año", ("year",), Kind.NUMBER, required=True),
    Column("Zona horaria", ("calendar", "timezone"), required=True),
    Column("Días hábiles para el cierre", ("calendar", "closes_after_working_days"), Kind.NUMBER),
)
LAST_ROWS = (Column("PIN al firmar", ("institution", "second_factor"), Kind.YES_NO),)  # after the others
UNIT_COLUMNS = (
    Column("Clave", ("key",), width=22, required=True),
    Column("Nombre", ("name",), width=44, required=True),
    Column("Otros nombres", ("aliases",), Kind.TEXTS, width=24),
    Column("Objetivo", ("objective",), width=60),
    Column(STRATEGY, ("strategy",), width=60),
)
LINE_COLUMNS = (
    Column(UNIT, (), width=22, required=True),
    Column(LINE, ("number",), Kind.NUMBER, width=7, required=True),
    Column("Título", ("title",), width=50, required=True),
    Column("Descripción", ("description",), width=60),
    Column("Inicia", ("starts_on",), Kind.DAY, width=12, required=True),
    Column("Termina", ("ends_on",), Kind.DAY, width=12, required=True),
    Column("Por demanda", ("demand_driven",), Kind.YES_NO, width=13),
    Column("Vigente desde", ("in_force_from",), Kind.DAY, width=14),
    Column("Vigente hasta", ("in_force_until",), Kind.DAY, width=14),
    Column("Indicador: objetivo", ("indicator", "objective"), width=40),
    Column("Indicador: nombre", ("indicator", "name"), width=40),
    Column("Indicador: dimensión", ("indicator", "dimension"), width=20),
    Column("Indicador: definición", ("indicator", "definition"), width=40),
    Column("Indicador: método de cálculo", ("indicator", "method"), width=40),
    Column("Indicador: frecuencia", ("indicator", "frequency"), width=20),
    Column("Indicador: línea base", ("indicator", "baseline"), width=20),
    Column("Indicador: sentido", ("indicator", "direction"), width=20),
    Column("Indicador: fuente", ("indicator", "source"), width=40),
)
TARGET_COLUMNS = (
    Column(UNIT, (), width=22, required=True),
    Column(LINE, (), Kind.NUMBER, width=7, required=True),
    Column("Medida", ("measure",), width=34, required=True),
    Column("Cantidad", ("amount",), Kind.NUMBER, width=12, required=True),
    Column("Decimales", ("decimals",), Kind.NUMBER, width=10),
    *(Column(title, ("plan",), Kind.NUMBER, width=10) for title in QUARTERS),
    *(Column(title, ("plan",), Kind.NUMBER, width=6) for title in MONTHS),
    Column("Cuenta cuando", ("counts_when",), width=34),
    Column("Informativa", ("informative",), Kind.YES_NO, width=12),
    Column("Apertura: día", ("opening", "on"), Kind.DAY, width=14),
    Column("Apertura: cantidad", ("opening", "counted"), Kind.NUMBER, width=18),
    Column("Apertura: fuente", ("opening", "source"), width=40),
)
COLUMNS = {UNITS: UNIT_COLUMNS, LINES: LINE_COLUMNS, TARGETS: TARGET_COLUMNS}


def as_named(given: str, known: Iterable[str]) -> str | None:
    """Which of our names is written there, whatever its capitals, accents, spaces and unseen signs."""
    folded = _folded(given)
    return next((name for name in known if _folded(name) == folded), None)


def _folded(name: str) -> str:
    plain = unicodedata.normalize("NFD", clean_name(name).casefold())
    return "".join(each for each in plain if not unicodedata.combining(each)).strip(" :")
