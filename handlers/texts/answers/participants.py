"""How many people took part."""

from collections.abc import Sequence
from datetime import date

from handlers.texts.answers.questions import period as period_name
from handlers.texts.escaping import Html
from handlers.texts.progress.progress import short
from models.activities.attendance import Attended
from models.programme.view import LineView, UnitView
from spanish.reading.questions import QuestionPeriod
from spanish.writing import formats

SEE = "🗂 Ver las actividades"
WOMEN, MEN = "women", "men"


def page(
    found: Attended,
    subject: str,
    period: QuestionPeriod,
    units: Sequence[UnitView],
    lines: Sequence[tuple[UnitView, LineView]],
    today: date,
) -> Html:
    """«<b>31 mujeres</b> participaron», of whom, when, and in how many activities."""
    women, men = _women(found.women), _men(found.men)
    people = "1 persona" if found.participants == 1 else f"{formats.number(found.participants)} personas"
    first = {WOMEN: women, MEN: men}.get(subject, people)
    rest = {WOMEN: f"{men}; {people} en total", MEN: f"{women}; {people} en total"}.get(
        subject, f"{women} y {men}"
    )
    verb = "participó" if first.startswith("1 ") else "participaron"
    where = formats.joined([short(unit.name) for unit in units]) if len(units) <= 3 else "toda la institución"
    if lines:
        where = formats.joined([f"{short(unit.name)}, línea {line.number}" for unit, line in lines])
    number = "1 actividad" if found.activities == 1 else f"{formats.number(found.activities)} actividades"
    said = [
        Html("<b>{}</b> {} ({})").format(first, verb, rest),
        Html("{} · {} · según {}").format(where, period_name(period, today), number),
    ]
    if found.unspecified:
        said.append(Html("De {} no se dijo si mujeres u hombres.").format(formats.number(found.unspecified)))
    said.append(Html("<i>Quien fue a varias actividades cuenta en cada una.</i>"))
    return Html("\n").join(said)


def _women(number: int) -> str:
    return "1 mujer" if number == 1 else f"{formats.number(number)} mujeres"


def _men(number: int) -> str:
    return "1 hombre" if number == 1 else f"{formats.number(number)} hombres"
