"""Days as people say them: «13 de marzo», «martes 19 de marzo», «del 4 al 6 de marzo».

Written out by hand because they are on the way of every answer; the tests hold them against Babel's es_MX.
"""

from datetime import date

from models.programme.view import LineView

MONTHS = (
    "enero",
    "febrero",
    "marzo",
    "abril",
    "mayo",
    "junio",
    "julio",
    "agosto",
    "septiembre",
    "octubre",
    "noviembre",
    "diciembre",
)
WEEKDAYS = ("lunes", "martes", "miércoles", "jueves", "viernes", "sábado", "domingo")


def day(when: date, year: int | None = None) -> str:
    """«13 de marzo»; with its year where that is not the one spoken of."""
    text = f"{when.day} de {MONTHS[when.month - 1]}"
    return text if year is None or when.year == year else f"{text} de {when.year}"


def written(iso: str) -> str:
    """«2024-03-13» as «13 de marzo de 2024»; what is no date stays."""
    try:
        return day(date.fromisoformat(iso), 0)
    except ValueError:
        return iso


def weekday(when: date) -> str:
    """«martes 19 de marzo»."""
    return f"{WEEKDAYS[when.weekday()]} {day(when)}"


def short(when: date) -> str:
    """«mié 20 mar»."""
    return f"{WEEKDAYS[when.weekday()][:3]} {when.day} {MONTHS[when.month - 1][:3]}"


def in_force(line: LineView) -> str:
    """«desde el 1 de julio», «hasta el 30 de junio», or both: when a line has part in the programme."""
    said = [f"desde el {day(line.in_force_from)}"] if line.in_force_from else []
    return " ".join([*said, f"hasta el {day(line.in_force_until)}"] if line.in_force_until else said)


def span(first: date, last: date) -> str:
    """One day with its weekday, or from the first to the last."""
    return weekday(first) if first == last else dates(first, last)


def dates(first: date, last: date) -> str:
    """The same without the weekday, where there is little room."""
    if first == last:
        return day(first)
    if first.month == last.month and first.year == last.year:
        return f"del {first.day} al {day(last)}"
    return f"del {day(first)} al {day(last)}"
