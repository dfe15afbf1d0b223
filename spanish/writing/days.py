"""Writes days: «13 de marzo», «martes 19 de marzo», «del 4 al 6 de marzo».

Implemented here for speed, as every answer uses them; the tests compare them with Babel's es_MX.
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
    """Return «13 de marzo»; with its year, if that is not `year`."""
    text = f"{when.day} de {MONTHS[when.month - 1]}"
    return text if year is None or when.year == year else f"{text} de {when.year}"


def written(iso: str) -> str:
    """Return «13 de marzo de 2024» for "2024-03-13"; a text that is no date is returned unchanged."""
    try:
        return day(date.fromisoformat(iso), 0)
    except ValueError:
        return iso


def weekday(when: date) -> str:
    """Return «martes 19 de marzo»."""
    return f"{WEEKDAYS[when.weekday()]} {day(when)}"


def short(when: date) -> str:
    """Return «mié 20 mar»."""
    return f"{WEEKDAYS[when.weekday()][:3]} {when.day} {MONTHS[when.month - 1][:3]}"


def in_force(line: LineView) -> str:
    """Return when a line is in force: «desde el 1 de julio», «hasta el 30 de junio», both, or ""."""
    said = [f"desde el {day(line.in_force_from)}"] if line.in_force_from else []
    return " ".join([*said, f"hasta el {day(line.in_force_until)}"] if line.in_force_until else said)


def span(first: date, last: date) -> str:
    """Return one day with its weekday, or «del 4 al 6 de marzo» for several."""
    return weekday(first) if first == last else dates(first, last)


def dates(first: date, last: date, year: int | None = None) -> str:
    """Return the same without the weekday: «13 de marzo», «del 4 al 6 de marzo».

    With the years where they differ from `year` or from each other.
    """
    if first.year != last.year:
        return f"del {day(first, 0)} al {day(last, 0)}"
    if first == last:
        return day(first, year)
    if first.month == last.month:
        return f"del {first.day} al {day(last, year)}"
    return f"del {day(first)} al {day(last, year)}"
