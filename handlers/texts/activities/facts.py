"""What an activity says, field by field, and what differs between two versions of it."""

from handlers.texts.activities import capture
from handlers.texts.activities.activities import STEP, excerpt
from handlers.texts.escaping import Html, escape
from models.programme.view import Programmes
from models.storage.forms import ActivityForm
from spanish.writing import days
from spanish.writing.measures import amount, awaited, counted

UNIT, LINE, WHAT, WHEN = "Unidad", "Línea", "Qué", "Cuándo"
PEOPLE, PLACE, DOCUMENTS, NARRATIVE = "Participantes", "Lugar", "Oficios", "Qué se hizo"
LABELS = (UNIT, LINE, WHAT, WHEN, PEOPLE, PLACE, DOCUMENTS, NARRATIVE)  # in the order in which they are shown
NOTHING = "nada"
EXCERPT = 160  # characters of a narrative that is compared with another


def fields(known: Programmes, content: ActivityForm) -> dict[str, Html]:
    """Each field's value; a field without one is left out."""
    placed = known.line(content.line_id) if content.line_id is not None else None
    found = {
        UNIT: escape(placed[1].name) if placed else "",
        LINE: Html("{} · {}").format(placed[2].number, placed[2].title) if placed else "",
        WHAT: what(known, content),
        WHEN: days.span(content.starts_on, content.ends_on) if content.starts_on and content.ends_on else "",
        PEOPLE: capture.people(content.people) if content.people else "",
        PLACE: escape(content.place or ""),
        DOCUMENTS: escape(", ".join(content.documents)),
        NARRATIVE: Html("«{}»").format(content.narrative) if content.narrative else "",
    }
    return {label: escape(value) for label, value in found.items() if value}


def what(known: Programmes, content: ActivityForm) -> Html:
    """«1 acta · 4 acuerdos (3 por publicar)» as it was registered, or that it is a step."""
    placed = known.line(content.line_id) if content.line_id is not None else None
    said = []
    for target in placed[2].targets if placed else ():
        claim = content.claim(target.id)
        if claim is None or not claim.quantity:
            continue
        waits = Html(" ({} por {})").format(amount(claim.pending, target), awaited(target.counts_when))
        said.append(escape(counted(claim.quantity, target)) + (waits if claim.pending else ""))
    return Html(" · ").join(said) or escape(STEP.lower())


def differences(known: Programmes, before: ActivityForm, after: ActivityForm) -> list[Html]:
    """«Cuándo: 13 de marzo → 14 de marzo» for each field that differs."""
    same = fields(known, before).items() & fields(known, after).items()
    kept = {label for label, _ in same}
    return [
        Html("<b>{}:</b> {}").format(label, value)
        for label, value in side_by_side(known, before, after)
        if label not in kept
    ]


def side_by_side(
    known: Programmes, before: ActivityForm, after: ActivityForm, narrative: int = EXCERPT
) -> list[tuple[str, str]]:
    """Each field that either has: its value, or the old one and the new one, long ones cut."""
    old, new = fields(known, before), fields(known, after)
    was, is_now = fields(known, short(before, narrative)), fields(known, short(after, narrative))
    return [
        (
            label,
            is_now[label]
            if old.get(label) == new.get(label)
            else arrow(was.get(label, ""), is_now.get(label, "")),
        )
        for label in LABELS
        if label in old or label in new
    ]


def arrow(old: str, new: str) -> Html:
    """The old value struck, and the new one."""
    return Html("<s>{}</s> → <b>{}</b>").format(old or NOTHING, new or NOTHING)


def short(content: ActivityForm, narrative: int = EXCERPT) -> ActivityForm:
    """With the beginning of what may be long: enough to see what was changed."""
    documents = (excerpt(", ".join(content.documents), EXCERPT),) if content.documents else ()
    cut = {"narrative": excerpt(content.narrative or "", narrative), "documents": documents}
    return content.model_copy(update=cut)
