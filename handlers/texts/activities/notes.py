"""Notes on a card: similar activities, participants that do not add up, and the words that were read."""

from collections.abc import Sequence
from dataclasses import dataclass

from handlers.texts.escaping import Html, escape
from models.activities.twins import Twin
from models.storage.forms import ActivityForm
from spanish.reading.activity import Understood
from spanish.writing.nouns import of

SHOWN_NARRATIVE = 900  # characters of the narrative on a card; the whole is stored


@dataclass(frozen=True)
class Known:
    """A document number that another activity has; `activity_id` only if the person may read it."""

    document: str
    activity_id: int | None
    unit: str | None


@dataclass(frozen=True)
class Alike:
    """Registered activities that resemble what a card would register."""

    twins: Sequence[Twin] = ()
    documents: Sequence[Known] = ()


def alike(found: Alike) -> list[Html]:
    """Return «⚠️ Ya hay una parecida…» with links, then the documents that other activities name."""
    named = [
        Html("/actividad_{}").format(each.activity_id)
        + (Html(" (de {})").format(each.registered_by) if each.registered_by else "")
        for each in found.twins
    ]
    shown = {each.activity_id for each in found.twins}
    lines = (
        [Html("⚠️ <b>¿Ya estaba registrada?</b> Misma línea, mismo día: {}").format(Html(", ").join(named))]
        if named
        else []
    )
    lines += [_named_by(each) for each in found.documents if each.activity_id not in shown]
    return [Html(), *lines] if lines else []


def _named_by(known: Known) -> Html:
    of_unit = Html(" {}").format(of(known.unit)) if known.unit else ""
    where = Html("/actividad_{}").format(known.activity_id) if known.activity_id else "otra actividad"
    return Html("⚠️ El oficio {} ya está en {}{}.").format(known.document, where, of_unit)


def unbalanced(content: ActivityForm, read: Understood | None) -> list[str]:
    """Return a note if the text's participants do not add up and were therefore not taken."""
    said = read.unbalanced if read and content.people is None else None
    if said is None:
        return []
    parts = [each for each in (said.women, said.men) if each is not None]
    if not parts:
        return ["", "⚠️ Los participantes por sector no suman el total. Tóquelos para anotarlos."]
    women, men = f"{said.women or 0:,}", f"{said.men or 0:,}"
    return [
        "",
        f"⚠️ Los participantes no suman: {said.participants:,} en total, {women} mujeres y {men} hombres. "
        "Toque «Participantes» para anotarlos.",
    ]


def quoted(narrative: str, read: Understood | None) -> Html:
    """Return the narrative, cut to what a card shows, with the words that were read underlined."""
    spans = sorted(read.where.all()) if read else []
    pieces, done = [], 0
    for start, end in spans:
        if start < done or end > SHOWN_NARRATIVE:
            continue
        pieces += [escape(narrative[done:start]), Html("<u>{}</u>").format(narrative[start:end])]
        done = end
    cut = len(narrative) > SHOWN_NARRATIVE
    rest = narrative[done:SHOWN_NARRATIVE].rstrip() + "…" if cut else narrative[done:]
    return Html("").join([*pieces, escape(rest)])
