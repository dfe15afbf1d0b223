"""Lists of activities as they are asked for in plain words, and what is found among them."""

from collections.abc import Sequence

from handlers.texts.escaping import Html
from handlers.texts.progress.progress import excerpt
from models.activities.reading import ActivityView
from spanish.writing import days, formats
from spanish.writing.nouns import of

NONE_OF_YOURS = "Todavía no ha registrado ninguna actividad. Cuénteme en un mensaje qué se hizo."
NOT_AMONG_YOURS = (
    "Ese número está en una actividad de un área que usted no ve; pregunte en esa área o en Planeación."
)
NO_EVIDENCE = Html("¿De cuál quiere la evidencia?")
EXCERPT = 70  # characters of a narrative
LABEL = 40


def your_last(number: int, narrative: str) -> Html:
    """Return the person's last activity in two lines."""
    return Html("Lo último que registró usted: <b>n.º {}</b>\n<i>«{}»</i>").format(
        number, excerpt(narrative, EXCERPT)
    )


def how_many(number: int) -> Html:
    said = "1 actividad" if number == 1 else f"{formats.number(number)} actividades"
    return Html("<b>{}</b>").format(said if number else "Ninguna actividad")


def nobody(words: Sequence[str]) -> Html:
    return Html("⚠️ No conozco a «{}»; aquí no lo tomo en cuenta.").format(" ".join(words))


def not_yours(units: Sequence[str]) -> Html:
    where = Html(" {}").format(formats.joined([of(each) for each in units])) if units else Html()
    return Html(
        "Las actividades{} las ve esa área y Planeación; el avance sí lo puede ver, con /avance."
    ).format(where)


def not_found(words: Sequence[str], documents: Sequence[str], period: str = "") -> Html:
    """Nothing among what the person may read."""
    said = formats.joined([f"«{each}»" for each in documents]) or (f"«{' '.join(words)}»" if words else "")
    what = Html(" con {}").format(said) if said else Html()
    when = Html(" ({})").format(period) if period else Html()
    return Html("No encontré ninguna actividad{}{} entre las que usted puede ver.").format(what, when)


def found(views: Sequence[ActivityView]) -> Html:
    """Number, day and first words of each."""
    return Html("\n").join(
        Html("<b>n.º {}</b> · {}\n«{}»").format(
            each.activity.id,
            days.dates(each.activity.starts_on, each.activity.ends_on),
            excerpt(each.activity.narrative, EXCERPT),
        )
        for each in views
    )


def authors(entries: Sequence[tuple[ActivityView, str | None, str]]) -> Html:
    """«La n.º 12 la registró Ana Gómez el 15 de marzo», each with its first words."""
    return Html("\n\n").join(
        Html("<b>{}</b> registró la n.º {}, el {}\n{} · «{}»").format(
            name or "Nadie",
            each.activity.id,
            registered,
            days.dates(each.activity.starts_on, each.activity.ends_on),
            excerpt(each.activity.narrative, EXCERPT),
        )
        for each, name, registered in entries
    )


def label(view: ActivityView) -> str:
    day = days.short(view.activity.ends_on)
    return f"n.º {view.activity.id} · {day} · {excerpt(view.activity.narrative, LABEL)}"
