"""What is said to any plain question: that it is none, that nothing answers it, what of it is ignored."""

from collections.abc import Collection
from datetime import date

from handlers.texts.activities.capture import excerpt
from handlers.texts.escaping import Html
from handlers.texts.examples import Examples
from handlers.texts.progress import progress as progress_texts
from models.programme.view import ProgrammeView
from spanish.reading.questions import PeriodKind, Question, QuestionPeriod, Slot
from spanish.writing import days, formats

IT_ASKS = "❓ Es una pregunta"
IT_TELLS = "✅ Registrar actividad"
NOT_FOR_ME = (
    "Parece un encargo para otra persona; no registré nada y no se lo puedo pasar. "
    "Yo registro actividades y contesto sobre el avance: con /ayuda le muestro cómo."
)

# By command: what of it is asked in plain words.
_EXAMPLES = {
    "avance": ("¿Cómo va {unit}?", "¿Cuántas {measure} llevamos?", "¿Qué líneas están en rojo?"),
    "pendientes": ("¿Qué le falta a {other}?", "¿Quién no ha reportado?"),
    "calendario": ("¿Cuándo cierra el trimestre?",),
    "actividades": ("¿Qué hicimos esta semana?",),
    "informe": ("Mándeme el informe del primer trimestre en PDF",),
}


def not_answerable(commands: Collection[str], examples: Examples) -> Html:
    """A question that nothing answers; with what can be asked of the commands that the person has."""
    given = [each for name, them in _EXAMPLES.items() if name in commands for each in them]
    names = {"unit": examples.unit, "other": examples.other, "measure": examples.measure}
    listed = Html("\n").join(Html("· «{}»").format(each.format(**names)) for each in given)
    return Html("Recibí su pregunta, pero no sé contestarla. Puede preguntarme, por ejemplo:\n\n{}").format(
        listed
    )


def is_it_a_question(text: str) -> Html:
    """A text that may tell something done or ask for it."""
    return Html("«{}»\n\n¿Es algo que se hizo, o es una pregunta?").format(excerpt(text))


def asked(text: str) -> Html:
    return Html("❓ «{}»").format(excerpt(text))


def ignored(asked: Question, slots: Collection[Slot], programme: ProgrammeView | None, today: date) -> Html:
    """«No tomo en cuenta «febrero»: …», of what is named and the answer does not heed; empty for nothing."""
    named = []
    if Slot.UNIT in slots and programme is not None:
        units = (programme.unit(each) for each in asked.units)
        named += [progress_texts.short(unit.name) for unit in units if unit is not None]
    if Slot.LINE in slots and asked.line is not None:
        named.append(f"línea {asked.line}")
    if Slot.PERIOD in slots and asked.period is not None:
        named.append(period(asked.period, today))
    if Slot.PERIODS in slots:
        named += [period(each, today) for each in asked.periods[1:]]
    if Slot.FORMAT in slots and asked.format is not None:
        named.append(str(asked.format.value))
    if Slot.NAME in slots and asked.misnamed:
        named.append(" ".join(asked.misnamed))
    if not named:
        return Html()
    listed = Html(" ni ").join(Html("«{}»").format(each) for each in named)
    return Html("⚠️ Aquí no tomo en cuenta {}.").format(listed)


def period(asked: QuestionPeriod, today: date) -> str:
    """«febrero», «1er trimestre 2024», «del 25 al 31 de marzo», «2023»."""
    if asked.kind is PeriodKind.QUARTER:
        return formats.quarter(asked.quarter)
    if asked.kind is PeriodKind.YEAR:
        return str(asked.first.year)
    year = "" if asked.last.year == today.year else f" de {asked.last.year}"
    if asked.kind is PeriodKind.MONTH:
        return days.MONTHS[asked.first.month - 1] + year
    return days.dates(asked.first, asked.last, today.year)
