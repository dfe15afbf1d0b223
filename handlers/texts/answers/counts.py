"""How much of one thing: to date, within a period, and what is missing."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from handlers.texts.answers.questions import period as period_name
from handlers.texts.escaping import Html
from handlers.texts.progress.progress import excerpt, short
from models.programme.view import LineView, TargetView, UnitView
from models.progress.status import LineStatus, TargetStatus
from models.progress.tally import Tally
from spanish.reading.questions import QuestionPeriod
from spanish.writing import formats
from spanish.writing.measures import amount, awaited, counted
from spanish.writing.nouns import lower

SEE = "🗂 Ver las actividades"
TITLE = 60  # characters of a line's title


@dataclass(frozen=True)
class LineSum:
    """A line with the targets that are asked for, and the sums of the period."""

    unit: UnitView
    line: LineStatus
    targets: tuple[TargetStatus, ...]
    sums: Tally


def line_button(unit: UnitView, line: LineView) -> str:
    return f"{short(unit.name)} · {line.number}"


def period_page(period: QuestionPeriod, parts: Sequence[LineSum], today: date) -> Html:
    """«12 mantenimientos en febrero», of which line, and what the year has."""
    name = period_name(period, today)
    head = Html("<b>{}</b>").format(name[:1].upper() + name[1:])
    return Html("\n\n").join([head, *map(_line_sum, parts)])


def _line_sum(part: LineSum) -> Html:
    said = Html(" · ").join(_sum(each, part.sums) for each in part.targets)
    number = part.sums.activities.get(part.line.line.id, 0)
    activities = "1 actividad" if number == 1 else f"{formats.number(number)} actividades"
    of = Html("<i>{}, línea {}: {}</i> · {}").format(
        short(part.unit.name), part.line.line.number, excerpt(part.line.line.title, TITLE), activities
    )
    to_date = Html(" · ").join(
        Html("{} de {}").format(amount(each.counted, each.target), counted(each.amount, each.target))
        for each in part.targets
    )
    return Html("{}\n{}\nEn el año: {}").format(said, of, to_date)


def _sum(each: TargetStatus, sums: Tally) -> Html:
    number = sums.counted.get(each.target.id, 0)
    waits = sums.pending.get(each.target.id, 0)
    said = Html("<b>{}</b>").format(counted(number, each.target))
    if waits > 0:
        said += Html(" (y {} por {})").format(amount(waits, each.target), awaited(each.target.counts_when))
    return said


def missing(lines: Sequence[Sequence[tuple[TargetView, int, int]]]) -> Html:
    """«Faltan 7 actas: van 9 de 16»."""
    said = [
        Html("Faltan <b>{}</b> (van {} de {})").format(
            counted(goal - done, target), amount(done, target), amount(goal, target)
        )
        if goal > done
        else Html("No falta nada de {}: van {} de {}").format(
            lower(target.measure), amount(done, target), amount(goal, target)
        )
        for line in lines
        for target, done, goal in line
    ]
    return Html("\n").join(said)


def nothing_counts(words: Sequence[str], line: int | None, units: Sequence[UnitView]) -> Html:
    """No line counts that; what those units count."""
    what = f"línea {line}" if line is not None else " ".join(words)
    head = Html("Ninguna meta cuenta «{}».").format(what) if what else Html("No reconozco qué quiere contar.")
    if line is not None:
        head = Html("No hay línea {} ahí.").format(line)
    said = [Html("<i>{}:</i> {}").format(short(unit.name), _measures(unit)) for unit in units]
    return Html("{} Esto es lo que se cuenta:\n\n{}").format(head, Html("\n").join(said))


def _measures(unit: UnitView) -> str:
    measures = dict.fromkeys(lower(target.measure) for line in unit.lines for target in line.targets)
    return formats.joined(list(measures)) if measures else "nada todavía"


def more_lines(number: int) -> str:
    """Below as many lines as one screen shows."""
    return f"\n\n…y {number} más. Nombre un órgano administrativo en la pregunta para ver solo las suyas."
