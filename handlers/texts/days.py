"""Days as people say them: «martes 19 de marzo», «del 4 al 6 de marzo»."""

from datetime import date

from babel.dates import format_date

LOCALE = "es_MX"


def weekday(day: date) -> str:
    return format_date(day, "EEEE d 'de' MMMM", locale=LOCALE)


def short(day: date) -> str:
    """«mié 20 mar»."""
    return format_date(day, "EEE d MMM", locale=LOCALE).replace(".", "")


def plain(day: date) -> str:
    return format_date(day, "d 'de' MMMM", locale=LOCALE)


def span(first: date, last: date) -> str:
    """One day with its weekday, or from the first to the last."""
    if first == last:
        return weekday(first)
    if first.month == last.month and first.year == last.year:
        return f"del {first.day} al {plain(last)}"
    return f"del {plain(first)} al {plain(last)}"
