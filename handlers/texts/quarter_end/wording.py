"""Texts of «Textos»: what the report says of each activity, and what should still be changed."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from handlers.texts.escaping import Html
from models.programme.view import LineView, UnitView
from models.quarter import Quarter
from models.tables.activity import Activity
from reports.texts.wording import left
from spanish.rewording.sentence import Remainder
from spanish.writing import days, formats

BUTTON = "📝 Textos"
WHICH_UNIT = "¿De qué órgano administrativo quiere ver los textos del informe?"
BACK = "⬅️ Informe"
SHOWN = 500  # characters of a text on the page; the whole is shown where it is changed


@dataclass(frozen=True)
class Worded:
    """An activity with its line, its text, and what a reader would still change in it.

    `counted` is what it claims of the line's only target; None if it claims nothing, or there are several.
    """

    activity: Activity
    line: LineView | None
    text: str
    remains: Mapping[Remainder, str]
    counted: int | None = None


def page(unit: UnitView, quarter: Quarter, total: int, some: Sequence[Worded], open_: bool) -> Html:
    """Return one page of the texts."""
    head = Html("📝 <b>Textos del informe</b> · {}\n{}").format(unit.name, formats.quarter(quarter))
    if not total:
        return Html("{}\n\nTodavía no hay actividades en ese trimestre.").format(head)
    hint = "Toque el número para cambiar su texto; lo enviado se conserva." if open_ else "Ya está firmado."
    return Html("{}\n{}\n\n{}").format(head, hint, Html("\n\n").join(map(_entry, some)))


def summary(line: LineView, sentence: str | None, said: bool) -> Html:
    """Return the sentence that sums up a line's activities, as it will be printed or is proposed."""
    if not sentence:
        return Html()
    head = "En un solo párrafo" if said else "Pueden ir en un solo párrafo"
    return Html("\n\n🔗 <b>Línea {}.</b> {}: «{} …»").format(line.number, head, sentence)


def together(number: int) -> str:
    return f"🔗 Línea {number}: en un solo párrafo"


def apart(number: int) -> str:
    return f"✂️ Línea {number}: por separado"


def change(number: int) -> str:
    return f"✏️ n.º {number}"


def _entry(each: Worded) -> Html:
    activity, text = each.activity, " ".join(each.text.split())
    shown = text if len(text) <= SHOWN else text[: SHOWN - 1].rstrip() + "…"
    where = f"Línea {each.line.number} · " if each.line else ""
    when = days.dates(activity.starts_on, activity.ends_on)
    entry = Html("<b>n.º {}</b> · {}{}\n{}").format(activity.id, where, when, shown)
    return Html("{}\n⚠️ {}").format(entry, left(each.remains)) if each.remains else entry
