"""Texts about a message that tells that a pending quantity counts now."""

from collections.abc import Sequence

from handlers.texts.activities.activities import number
from handlers.texts.activities.capture import excerpt
from handlers.texts.escaping import Html
from models.activities.reading import EntryView
from models.programme.view import TargetView
from models.tables.activity import Activity
from spanish.writing import days
from spanish.writing.measures import awaited, counted

NEW = "🆕 Es algo nuevo"


def which(entries: Sequence[tuple[Activity, EntryView]], target: TargetView) -> Html:
    """Return the question which pending entry the text tells of."""
    lines = [
        Html("· {}, {}: {} por {}").format(
            number(activity),
            days.span(activity.starts_on, activity.ends_on),
            counted(entry.pending, target),
            awaited(target.counts_when),
        )
        for activity, entry in entries
    ]
    return Html("¿Es lo que estaba pendiente?\n{}").format(Html("\n").join(lines))


def goes_on(text: str, others: Sequence[Activity]) -> Html:
    """Return what replaces the question; `others` are the activities that stay pending."""
    links = Html(" ").join(Html("/actividad_{}").format(each.id) for each in others)
    rest = Html("\nSiguen pendientes: {}").format(links) if others else Html()
    return Html("☑️ «{}»{}").format(excerpt(text), rest)
