"""Texts of «Fotos»: the pictures of the report, their captions, and those that are left out."""

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import groupby

from handlers.texts.escaping import Html
from models.activities.report_pictures import ReportPicture
from models.evidence.look import LeftOutPicture
from models.programme.view import LineView, UnitView
from models.quarter import Quarter
from models.tables.activity import Activity
from reports.texts.pictures import LEFT_OUT
from spanish.writing import days, formats

BUTTON = "🖼 Fotos"
WHICH_UNIT = "¿De qué órgano administrativo quiere ver las fotos del informe?"
SEE, CAPTION = "👁 Verla", "✏️ Su pie"
CAPTION_OF_ACTIVITY = "✏️ Un pie para todas las de la actividad"
CAPTION_OF_LINE = "✏️ Un pie para todas las de la línea"
LEAVE_OUT, PUT_BACK = "🚫 Quitarla del informe", "✅ Incluirla en el informe"
UP, DOWN = "⬆️ Antes", "⬇️ Después"
BACK, BACK_TO_REPORT = "⬅️ Fotos", "⬅️ Informe"
MADE = "↩️ El que se forma solo"
SAVE, CANCELLED = "✅ Guardar el pie", "El pie de foto queda como estaba."
CAPTION_TEXT = "✏️ Texto"
SIGNED = "El trimestre ya está firmado; las fotos quedan como se firmaron."
FIRST, LAST = "Ya es la primera.", "Ya es la última."
SHOWN = 160  # characters of a caption on the page


@dataclass(frozen=True)
class ShownPicture:
    """A picture with its place on the list, counted from 1, and its caption."""

    number: int
    picture: ReportPicture
    activity: Activity
    line: LineView | None
    about: str


def page(
    unit: UnitView, quarter: Quarter, every: Sequence[ShownPicture], some: Sequence[ShownPicture], open_: bool
) -> Html:
    """Return one page of the pictures, in the report's order; those left out stand last in their line."""
    head = Html("🖼 <b>Fotos del informe</b> · {}\n{}").format(unit.name, formats.quarter(quarter))
    if not every:
        return Html("{}\n\nTodavía no hay fotos en ese trimestre.").format(head)
    shown = sum(each.picture.shown for each in every)
    count = f"{shown} de {len(every)} salen en el informe."
    hint = "Toque el número para verla, cambiar su pie o su lugar, quitarla o incluirla." if open_ else SIGNED
    blocks = [
        Html("{}\n{}").format(_line(line), Html("\n").join(map(_entry, of_line)))
        for line, of_line in groupby(some, key=lambda each: each.line)
    ]
    return Html("{}\n{} {}\n\n{}").format(head, count, hint, Html("\n\n").join(blocks))


def _line(line: LineView | None) -> Html:
    return Html("<b>Línea {}</b> · {}").format(line.number, line.title) if line else Html("<b>Sin línea</b>")


def _entry(each: ShownPicture) -> Html:
    about = each.about if len(each.about) <= SHOWN else each.about[: SHOWN - 1].rstrip() + "…"
    said = Html("{}. {}").format(each.number, about) if each.picture.shown else Html()
    if not each.picture.shown:
        said = Html("{}. 🚫 {}").format(each.number, left_out(each.picture))
    return Html("{} <i>(n.º {})</i>").format(said, each.picture.activity_id)


def left_out(picture: ReportPicture) -> str:
    """Return why a picture is left out: «Muy oscura», «Casi igual a otra de la n.º 12»."""
    assert picture.reason is not None
    reason = LEFT_OUT[picture.reason][0]
    if picture.reason is LeftOutPicture.REPEATED and picture.like is not None:
        reason = f"{reason} de la n.º {picture.like}"
    return reason[:1].upper() + reason[1:]


def one(each: ShownPicture, open_: bool) -> Html:
    """Return the page of one picture."""
    activity = each.activity
    state = "✅ Sale en el informe." if each.picture.shown else f"🚫 No sale: {left_out(each.picture)}."
    head = Html("🖼 <b>Foto {}</b> · actividad n.º {}, {}").format(
        each.number, activity.id, days.dates(activity.starts_on, activity.ends_on)
    )
    closed = Html("") if open_ else Html("\n{}").format(SIGNED)
    return Html("{}\nPie: «{}»\n{}{}").format(head, each.about, state, closed)


def picture_caption(each: ShownPicture) -> Html:
    return Html("Foto {} · actividad n.º {}. {}").format(each.number, each.activity.id, each.about)


def ask_caption(now: str, pictures: int) -> Html:
    """Return the question for the caption of one picture or several."""
    which = "de la foto" if pictures == 1 else f"de las {pictures} fotos"
    return Html("Escriba el pie {}, sin «Fotografía» ni número.\nAhora dice: «{}»").format(which, now)


def caption_card(text: str, pictures: int) -> Html:
    which = "de la foto" if pictures == 1 else f"de las {pictures} fotos"
    if not text:
        return Html("🖼 El pie {} vuelve a ser el que se forma solo. ¿Lo guardo?").format(which)
    return Html("🖼 El pie {} en el informe:\n«{}»\n¿Lo guardo?").format(which, text)


def caption_saved(text: str, pictures: int) -> Html:
    which = "la foto queda" if pictures == 1 else f"las {pictures} fotos queda"
    return Html("✅ El pie de {}: «{}»").format(which, text or "el que se forma solo")


def number(number: int, shown: bool) -> str:
    return f"{number}" if shown else f"🚫 {number}"
