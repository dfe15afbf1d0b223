"""Deadlines, signatures and the report, as they are asked for in plain words."""

from collections.abc import Sequence
from datetime import date

from handlers.texts.answers.questions import period as period_name
from handlers.texts.escaping import Html
from handlers.texts.progress.progress import excerpt, short
from handlers.texts.quarter_end.calendar import time_left
from models.calendar.calendar import Calendar
from models.programme.view import LineView, UnitView
from models.quarter import Quarter
from spanish.reading.questions import QuestionPeriod
from spanish.writing import days, formats

CALENDAR = "📅 Calendario"
WHICH_UNIT = "¿De qué órgano administrativo quiere el informe?"
NO_SLIDES = Html(
    "No hago presentaciones de diapositivas; el informe sí, en Word, PDF o Excel. Y /presentacion es para "
    "escribir la presentación del trimestre."
)
TITLE = 50  # characters of a line's title


def sign(unit: UnitView) -> str:
    return f"🖊 Firmar: {short(unit.name)}"


def report_of(quarter: Quarter) -> Html:
    return Html("⚠️ El informe es trimestral; este es el del {}.").format(formats.quarter(quarter))


def deadlines(
    period: QuestionPeriod,
    closes: Sequence[tuple[Quarter, date]],
    ending: Sequence[tuple[UnitView, LineView]],
    calendar: Calendar,
    today: date,
) -> Html:
    """The closes of captures and the ends of lines within the period."""
    name = period_name(period, today)
    head = Html("<b>Qué vence</b> · {}").format(name)
    said = [
        Html("📅 {}: la captura {}").format(formats.quarter(quarter), time_left(calendar, day, today))
        for quarter, day in closes
    ]
    said += [
        Html("📌 {} · {}, línea {}: {}").format(
            days.day(line.ends_on, today.year), short(unit.name), line.number, excerpt(line.title, TITLE)
        )
        for unit, line in sorted(ending, key=lambda each: each[1].ends_on)
    ]
    if not ending:
        said.append(Html("Ninguna línea termina en ese periodo."))
    return Html("\n\n").join([head, Html("\n").join(said)])


def line_ends(found: Sequence[tuple[UnitView, LineView]], today: date) -> Html:
    """«Vinculación, línea 3: del 1 de enero al 30 de septiembre»."""
    return Html("\n").join(
        Html("📌 <b>{}, línea {}</b>: termina el {}\n{}").format(
            short(unit.name), line.number, days.day(line.ends_on, today.year), excerpt(line.title, TITLE)
        )
        for unit, line in found
    )


def unsigned(
    quarter: Quarter,
    without: Sequence[UnitView],
    signed: Sequence[UnitView],
    ended: bool,
    close: date,
    today: date,
) -> Html:
    """Who has not signed, who has."""
    head = Html("<b>Firmas</b> · {}").format(formats.quarter(quarter))
    said = [Html("✖️ <b>Sin firma:</b> {}").format(_listed(without))]
    said.append(Html("✍️ <b>Firmado:</b> {}").format(_listed(signed)))
    if not ended:
        said.append(
            Html("El trimestre todavía no termina; se firma desde el {}.").format(
                days.day(quarter.next.first_day)
            )
        )
    else:
        said.append(Html("La captura cierra el {}.").format(days.day(close, today.year)))
    return Html("\n\n").join([head, Html("\n").join(said)])


def _listed(units: Sequence[UnitView]) -> str:
    return formats.joined([short(unit.name) for unit in units]) or "nadie"
