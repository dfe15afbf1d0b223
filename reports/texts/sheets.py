"""The texts in the workbook of the report: names of sheets and columns, words in cells."""

from models.progress.signal import Signal
from models.tables.evidence import EvidenceKind
from reports.texts import headings
from spanish.writing import formats

YES, NO = "Sí", "No"
PAGE_FOOTER = "&RPágina &P de &N"

SUMMARY = "Informe"
PROGRESS = "Avance"
ACTIVITIES = "Actividades"
PARTICIPANTS = "Participantes"
EVIDENCE = "Evidencia"
ADJUSTMENTS = "Ajustes"
SEAL = headings.ANNEX

INSTITUTION = "Institución"
QUARTER = "Trimestre"
STATE = "Estado"
SIGNED = "Firmado"
STANDS_AT = "Cifras al"
DATED = "Fecha del documento"
PLANNED_SHARE = "Planeado"
HOW = "Cómo se calcula"
PRIVACY = "Aviso de privacidad"

UNIT = "Órgano administrativo"
LINE = "Línea"
TITLE = "Línea de acción"
TARGET = "Meta"
STARTS, ENDS = "Inicio", "Término"
MEASURE = "Unidad de medida"
COUNTS = "Cuenta para el porcentaje"
COUNTS_WHEN = "Cuenta cuando"
PROGRAMMED = "Meta programada"
AMOUNT = "Meta vigente"
COUNTED = "Realizado"
PENDING = "Pendiente de contar"
PLANNED = "Planeado al trimestre"
PLAN = ("Plan T1", "Plan T2", "Plan T3", "Plan T4")
TARGET_SHARE = "Avance de la meta"
LINE_SHARE = "Avance de la línea"
SHOWN = "Avance publicado"
LINE_PLANNED = "Planeado de la línea"
SIGNAL = "Semáforo"
SENTENCE = "Texto del informe"
COMBINE = "Se combina"

ACTIVITY = "Actividad"
FROM, TO = "Del", "Al"
NARRATIVE = "Descripción"
REPORT_TEXT = "Texto para el informe"
OPTIONAL = {"place": "Lugar"}  # titles of the optional fields of an activity, by their names
QUANTITY = "Cantidad"
DOCUMENTS = "Oficios"
PEOPLE = "Participantes"
FILES = "Evidencias"
REGISTERED_BY, REGISTERED_AT, VERSION = "Registró", "Registrada el", "Versión"

SEX_UNSAID, SECTOR_UNSAID = "Sexo no indicado", "Sector no indicado"

KIND = "Tipo"
NAME = "Nombre"
MEDIA_TYPE = "Formato"
BYTES = "Tamaño en bytes"
SHOWN_IN_REPORT = "Aparece en el informe"
LATITUDE, LONGITUDE = "Latitud", "Longitud"
SHA256 = "SHA-256"

DAY = "Fecha"
BEFORE, AFTER = "Meta anterior", "Meta ajustada"
REASON = "Motivo"
LETTER = "Oficio"

CODE = "Código"
SHEETS = "Hojas"  # the block with the number of rows and the hash of each sheet
BLOCK = "Apartado"
WHAT = "Qué es"

SIGNALS = {
    Signal.MET: "Cumplida",
    Signal.GREEN: "Conforme al plan",
    Signal.RUNNING: "En curso",
    Signal.YELLOW: "Con retraso",
    Signal.RED: "Atrasada",
    Signal.NOT_YET: "Sin nada planeado todavía",
    Signal.DEMAND: "Depende de terceros",
}
KINDS = {
    EvidenceKind.PHOTO: "Fotografía",
    EvidenceKind.DOCUMENT: "Documento",
    EvidenceKind.VOICE: "Nota de voz",
    EvidenceKind.VIDEO: "Video",
    EvidenceKind.LOCATION: "Ubicación",
}
HOW_COMPUTED = (
    "El avance de una línea de acción es lo realizado entre la meta vigente. Con varias metas es la suma de "
    "lo realizado, cada una hasta su propia meta, entre la suma de las metas; lo pendiente de contar y las "
    "metas informativas no entran. El avance de un órgano administrativo es el promedio de sus líneas, "
    "cada una hasta 100 %; el de la institución, el promedio de sus órganos. Lo planeado es la suma del "
    "plan hasta el cierre del trimestre. Una meta que no se suma vale su último valor o el promedio de sus "
    "valores, y se compara con la meta misma; la línea que la tiene junto a otras es el promedio de todas. "
    "El avance publicado lleva un decimal si así es exacto; si no, se redondea al entero, "
    "y nunca sube a 100 ni baja a 0."
)


def percent(shown: str) -> str:
    """Return «12.5 %», «menos de 1 %», as in the report's closing sentences."""
    return f"{shown} %"


def cut(characters: int) -> str:
    """Return the end of a text that is too long for a cell."""
    whole = formats.number(characters)
    return f"… [Texto cortado: tiene {whole} caracteres y no cabe en una celda; está completo en el informe.]"


def chain(entries: int) -> str:
    return f"Último de {formats.number(entries)} asientos"


def signature(name: str | None, in_place_of: str | None, day: str) -> str:
    """Return «Roberto Gómez Ruiz, en ausencia de Ana López, 8 de abril de 2024»."""
    absent = f"en ausencia de {in_place_of}" if in_place_of else None
    return ", ".join(filter(None, [name, absent, day]))


def counted_rows(sheet: str, rows: int) -> str:
    """Return «Avance: 37 filas»; they are counted with the head."""
    return f"{sheet}: {rows} {'fila' if rows == 1 else 'filas'}"
