"""The sentences of the public page."""

from datetime import date

from models.quarter import Quarter
from spanish.writing import days, formats

TITLE = "Informes trimestrales"
INTRODUCTION = "Avance del programa anual de trabajo, con las cifras que cada unidad firmó."
NOTHING = "Todavía no hay ningún trimestre firmado."
SKIP = "Ir al contenido"
ALL_QUARTERS = "Todos los trimestres"
PARTIAL = "No todas las unidades han firmado este trimestre. Aquí están las que ya lo firmaron."
HOW_IT_STANDS = "Cómo va"
DOCUMENTS = "Documentos"
UNITS = "Unidades"
LINE, GOAL, PROGRESS, STATE = "Línea de acción", "Meta del año", "Avance", "Situación"
SEAL = "Huella de lo firmado (SHA-256)"
WHOLE_PDF = "Informe completo (PDF)"
UNIT_PDF = "Informe de la unidad (PDF)"
CSV = "Datos abiertos, tabla (CSV)"
JSON = "Datos abiertos, completos (JSON)"
FOOT = (
    "Las cifras son las del último día del trimestre y no cambian después de la firma. "
    "«Planeado» es lo programado hasta ese día."
)
MISSING_TITLE = "No está aquí"
MISSING = "Esta página no existe, o el trimestre todavía no está firmado."
LATER_TITLE = "Vuelva en un momento"
LATER = "La página no está disponible en este momento. Inténtelo de nuevo en un minuto."


def quarter(asked: Quarter) -> str:
    """Return «1er trimestre 2024»."""
    return formats.quarter(asked)


def signed(by: str | None, on: date) -> str:
    """Return «Firmado por Diego Director el 4 de abril de 2024»; the name may have been erased."""
    whom = f" por {by}" if by else ""
    return f"Firmado{whom} el {days.day(on)} de {on.year}"


def progress(shown: str, planned: str | None) -> str:
    """Return «12.5 % · planeado 25 %»."""
    return f"{shown} % · planeado {planned}" if planned else f"{shown} %"


def amount(counted: str, whole: str, measure: str) -> str:
    """Return «4 de 16 actas»."""
    return f"{counted} de {whole} {measure}"


def size(number: int) -> str:
    """Return «6 unidades»."""
    return f"{number} unidad" if number == 1 else f"{number} unidades"
