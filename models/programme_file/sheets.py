"""The sheets of a programme's workbook, their columns, and the field of the format in each column.

Reading and writing use the same table. *Institución* has one field per row; the other sheets have one unit,
line or target per row, related by the unit's key and the line's number.
"""

import unicodedata
from collections.abc import Iterable
from dataclasses import dataclass
from enum import StrEnum

from models.clean_text import clean_name
from models.combine import Combine

INSTITUTION, UNITS, LINES, TARGETS = SHEETS = ("Institución", "Unidades", "Líneas", "Metas")
YES, NO = "Sí", "No"
COMBINES = {Combine.SUM: "Suma", Combine.LATEST: "Último valor", Combine.AVERAGE: "Promedio"}
NOT_FIXED = "por definir"  # an entry of a plan that is not fixed yet
FIRST_HEADER = ("Dato", "Valor", "Texto", "Cargo")  # of the first sheet
HOLIDAY = "Día inhábil"  # a row of it that may be repeated, as these: their list, and what their cells are
REPEATED = {
    "Principio": ("principles", ("name", "text")),
    "Sigla": ("acronyms", ("name", "text")),
    "Firma del informe": ("signatories", ("role", "name", "post")),
}
UNIT, LINE = "Unidad", "Línea"  # the columns that relate the sheets
STRATEGY = "Estrategia"  # one text; «Estrategia 1», «Estrategia 2»… for a list
QUARTERS = ("T1", "T2", "T3", "T4")
MONTHS = ("Ene", "Feb", "Mar", "Abr", "May", "Jun", "Jul", "Ago", "Sep", "Oct", "Nov", "Dic")


class CellKind(StrEnum):
    """The kind of value in a column."""

    TEXT = "text"
    NUMBER = "number"
    DAY = "day"
    YES_NO = "yes or no"
    TEXTS = "texts"  # one per line
    COMBINE = "combine"


@dataclass(frozen=True)
class SheetColumn:
    """A column. `path` is the field's path in the unit, line or target; `width` is in characters."""

    title: str
    path: tuple[str, ...]
    kind: CellKind = CellKind.TEXT
    width: int = 14
    required: bool = False


INSTITUTION_ROWS = (
    SheetColumn("Nombre", ("institution", "name"), required=True),
    SheetColumn("Nombre corto", ("institution", "short_name"), required=True),
    SheetColumn("Lema", ("institution", "motto")),
    SheetColumn("Misión", ("institution", "mission")),
    SheetColumn("Visión", ("institution", "vision")),
    SheetColumn("Estructura", ("institution", "structure")),
    SheetColumn("Imagen de la estructura", ("institution", "structure_image")),
    SheetColumn("Órgano de gobierno", ("institution", "governing_body")),
    SheetColumn("Título del informe", ("institution", "report_title")),
    SheetColumn("Presentación del informe", ("institution", "report_opening")),
    SheetColumn("Nota de líneas por demanda", ("institution", "demand_driven_note")),
    SheetColumn("Aviso de privacidad", ("institution", "privacy_notice")),
    SheetColumn("Logotipo", ("institution", "logo")),
    SheetColumn("Año", ("year",), CellKind.NUMBER, required=True),
    SheetColumn("Zona horaria", ("calendar", "timezone"), required=True),
    SheetColumn("Días hábiles para el cierre", ("calendar", "closes_after_working_days"), CellKind.NUMBER),
)
LAST_ROWS = (
    SheetColumn("Licencia de los datos", ("institution", "data_license")),
    SheetColumn("Informe sin", ("institution", "report_without"), CellKind.TEXTS),
    SheetColumn("PIN al firmar", ("institution", "second_factor"), CellKind.YES_NO),
    SheetColumn("Versión del aviso de privacidad", ("institution", "privacy_notice_version")),
    SheetColumn("Informe impersonal", ("institution", "impersonal"), CellKind.YES_NO),
    SheetColumn("Diseño: letra", ("institution", "design", "font")),
    SheetColumn("Diseño: tamaño del texto", ("institution", "design", "text_size"), CellKind.NUMBER),
    SheetColumn("Diseño: color de títulos", ("institution", "design", "accent")),
    SheetColumn("Diseño: color de filetes", ("institution", "design", "rule")),
    SheetColumn("Diseño: color de encabezados", ("institution", "design", "tint")),
    SheetColumn("Diseño: altura de fotos (mm)", ("institution", "design", "picture_height"), CellKind.NUMBER),
    SheetColumn(
        "Diseño: capítulos numerados", ("institution", "design", "numbered_chapters"), CellKind.YES_NO
    ),
    SheetColumn(
        "Diseño: órganos en hoja nueva", ("institution", "design", "units_on_new_page"), CellKind.YES_NO
    ),
)  # the last columns
UNIT_COLUMNS = (
    SheetColumn("Clave", ("key",), width=22, required=True),
    SheetColumn("Nombre", ("name",), width=44, required=True),
    SheetColumn("Otros nombres", ("aliases",), CellKind.TEXTS, width=24),
    SheetColumn("Objetivo", ("objective",), width=60),
    SheetColumn(STRATEGY, ("strategy",), width=60),
)
LINE_COLUMNS = (
    SheetColumn(UNIT, (), width=22, required=True),
    SheetColumn(LINE, ("number",), CellKind.NUMBER, width=7, required=True),
    SheetColumn("Título", ("title",), width=50, required=True),
    SheetColumn("Descripción", ("description",), width=60),
    SheetColumn("Inicia", ("starts_on",), CellKind.DAY, width=12, required=True),
    SheetColumn("Termina", ("ends_on",), CellKind.DAY, width=12, required=True),
    SheetColumn("Por demanda", ("demand_driven",), CellKind.YES_NO, width=13),
    SheetColumn("Vigente desde", ("in_force_from",), CellKind.DAY, width=14),
    SheetColumn("Vigente hasta", ("in_force_until",), CellKind.DAY, width=14),
    SheetColumn("Indicador: objetivo", ("indicator", "objective"), width=40),
    SheetColumn("Indicador: nombre", ("indicator", "name"), width=40),
    SheetColumn("Indicador: dimensión", ("indicator", "dimension"), width=20),
    SheetColumn("Indicador: definición", ("indicator", "definition"), width=40),
    SheetColumn("Indicador: método de cálculo", ("indicator", "method"), width=40),
    SheetColumn("Indicador: frecuencia", ("indicator", "frequency"), width=20),
    SheetColumn("Indicador: línea base", ("indicator", "baseline"), width=20),
    SheetColumn("Indicador: sentido", ("indicator", "direction"), width=20),
    SheetColumn("Indicador: fuente", ("indicator", "source"), width=40),
    SheetColumn("Meta", ("goal",), width=40),
)
TARGET_COLUMNS = (
    SheetColumn(UNIT, (), width=22, required=True),
    SheetColumn(LINE, (), CellKind.NUMBER, width=7, required=True),
    SheetColumn("Medida", ("measure",), width=34, required=True),
    SheetColumn("Cantidad", ("amount",), CellKind.NUMBER, width=12, required=True),
    SheetColumn("Decimales", ("decimals",), CellKind.NUMBER, width=10),
    *(SheetColumn(title, ("plan",), CellKind.NUMBER, width=10) for title in QUARTERS),
    *(SheetColumn(title, ("plan",), CellKind.NUMBER, width=6) for title in MONTHS),
    SheetColumn("Cuenta cuando", ("counts_when",), width=34),
    SheetColumn("Informativa", ("informative",), CellKind.YES_NO, width=12),
    SheetColumn("Apertura: día", ("opening", "on"), CellKind.DAY, width=14),
    SheetColumn("Apertura: cantidad", ("opening", "counted"), CellKind.NUMBER, width=18),
    SheetColumn("Apertura: fuente", ("opening", "source"), width=40),
    SheetColumn("Se combina", ("combine",), CellKind.COMBINE, width=14),
    SheetColumn("Otras palabras", ("aliases",), CellKind.TEXTS, width=24),
)
COLUMNS = {UNITS: UNIT_COLUMNS, LINES: LINE_COLUMNS, TARGETS: TARGET_COLUMNS}


def as_named(given: str, known: Iterable[str]) -> str | None:
    """Return the known name that is meant, ignoring case, accents, spaces, invisible characters; or None."""
    folded = _folded(given)
    return next((name for name in known if _folded(name) == folded), None)


def _folded(name: str) -> str:
    plain = unicodedata.normalize("NFD", clean_name(name).casefold())
    return "".join(each for each in plain if not unicodedata.combining(each)).strip(" :")
