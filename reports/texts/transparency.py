"""The texts of the transparency platform's table of indicators: its columns, and default values.

Source of the columns and their order: «Imagen 3» of the agency's report for the first quarter of 2024, up to
the note; the later ones («Fecha creación del registro» …) are written by the platform.
"""

from models.combine import Combine
from spanish.writing.nouns import lower, of

SHEET = "Indicadores"
YEAR = "Ejercicio"
PERIOD_STARTS = "Fecha de inicio del periodo que se informa"
PERIOD_ENDS = "Fecha de término del periodo que se informa"
OBJECTIVE = "Objetivo institucional (Redactados con perspectiva de género)"
NAME = "Nombre del(os) indicador(es)"
DIMENSION = "Dimensión(es) a medir"
DEFINITION = "Definición del indicador"
METHOD = "Método de cálculo"
MEASURE = "Unidad de medida"
FREQUENCY = "Frecuencia de medición"
BASELINE = "Línea base"
PROGRAMMED = "Metas programadas"
ADJUSTED = "Metas ajustadas en su caso"
PROGRESS = "Avance de las metas al periodo que se informa"
DIRECTION = "Sentido del indicador (catálogo)"
SOURCE = "Fuente de información que alimenta al indicador"
AREA = "Área(s) responsable(s) que genera(n), posee(n), publica(n) y actualizan la información"
VALIDATED = "Fecha de validación"
UPDATED = "Fecha de actualización"
NOTE = "Nota"

ASCENDING = "Ascendente"
EFFICACY = "Eficacia"
QUARTERLY = "Trimestral"
UNSAID = "No especificada"  # of a rate, which begins nowhere
FROM_ZERO = "0"  # the count of a year begins with 0


def name(title: str) -> str:
    return f"Porcentaje de avance: {title}"


def of_measure(text: str, measure: str) -> str:
    """Return the text with the measure, by which the indicators of a line with several targets differ."""
    return f"{text} ({measure})"


def method(measure: str, adjusted: bool, counts_when: str | None, combine: Combine = Combine.SUM) -> str:
    """Return «Cantidad realizada de actas / Cantidad programada de actas × 100», right for either gender."""
    what, asked = lower(measure), "ajustada" if adjusted else "programada"
    text = f"Cantidad realizada de {what} / Cantidad {asked} de {what} × 100"
    if combine.is_rate:
        done = (
            "Promedio de los valores registrados" if combine is Combine.AVERAGE else "Último valor registrado"
        )
        text = f"{done} ({what}) / Meta {asked} ({what}) × 100"
    return f"{text}. Se cuenta cuando: {counts_when}" if counts_when else text


def source(unit: str) -> str:
    return f"Registro de actividades {of(unit)}"


def shared_line(shown: str) -> str:
    """Return the figure that the report prints for a whole line with several targets."""
    return f"La línea de acción, con todas sus metas, lleva {shown} %."
