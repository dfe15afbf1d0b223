"""Weeks, fortnights, months and longer units of the calendar: their first and last day."""

from datetime import date, timedelta

from spanish.reading.dates.items import months_back

Days = tuple[date, date]
DAY = timedelta(days=1)
LAST = 99  # in place of a number: the last one
MONTHS_OF = {
    "mes": 1,
    "bimestre": 2,
    "trimestre": 3,
    "cuatrimestre": 4,
    "semestre": 6,
    "ano": 12,
}


def month_end(day: date) -> date:
    return (day.replace(day=28) + 4 * DAY).replace(day=1) - DAY


def shifted(unit: str, shift: int, today: date) -> Days:
    """The one of today, or so many after it."""
    if unit == "semana":
        monday = today - timedelta(days=today.weekday() - 7 * shift)
        return monday, monday + 6 * DAY
    if unit == "quincena":
        half = today.replace(day=1 if today.day <= 15 else 16)
        for _ in range(abs(shift)):
            half = halves(half - DAY)[0] if shift < 0 else halves(half)[1] + DAY
        return halves(half)
    length = MONTHS_OF[unit]
    first = months_back(today.replace(month=(today.month - 1) // length * length + 1, day=1), -length * shift)
    return first, month_end(months_back(first, 1 - length))


def halves(day: date) -> Days:
    """The fortnight of a day."""
    return (
        (day.replace(day=1), day.replace(day=15)) if day.day <= 15 else (day.replace(day=16), month_end(day))
    )


def numbered(unit: str, nth: int, inner: Days | None, today: date) -> Days | None:
    """«Segunda quincena de abril», «primer trimestre de 2024»; of this month or year where none is said."""
    if unit in ("semana", "quincena"):
        first, last = inner or shifted("mes", 0, today)
        if nth == LAST and inner is None:
            return shifted(unit, -1, today) if unit == "quincena" else (today - 6 * DAY, today)
        if unit == "quincena":
            return halves(first if nth == 1 else last)
        start = last - 6 * DAY if nth == LAST else first + 7 * (nth - 1) * DAY
        return (start, min(start + 6 * DAY, last)) if start <= last else None
    if nth == LAST and inner is None:
        return shifted(unit, -1, today)
    year = inner[0].year if inner else today.year
    length = MONTHS_OF[unit]
    nth = 12 // length if nth == LAST else nth
    if unit in ("mes", "ano") or not 1 <= nth <= 12 // length:
        return None
    if not inner and today.month <= 2 and nth == 12 // length:
        year -= 1
    first = date(year, (nth - 1) * length + 1, 1)
    return first, month_end(date(year, nth * length, 1))


def third_of(days: Days, third: int) -> Days:
    """The first ten days, the next ten, or the rest; of anything longer than a month a third."""
    first, last = days
    length = 10 if (last - first).days < 31 else (last - first).days // 3
    starts = [first, first + length * DAY, first + 2 * length * DAY]
    return (starts[third], last if third == 2 else starts[third + 1] - DAY)
