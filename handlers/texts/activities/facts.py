"""An activity in words, field by field, and the differences between two versions of it."""

from handlers.texts.activities.activities import excerpt
from handlers.texts.activities.fields import FIELDS
from handlers.texts.escaping import Html, escape
from models.programme.view import Programmes
from models.storage.forms import ActivityForm

NOTHING = "nada"
EXCERPT = 160  # characters per narrative in a comparison


def fields(known: Programmes, content: ActivityForm) -> dict[str, Html]:
    """Return each field's value in HTML by its label, in order, without empty ones."""
    found_line = known.line(content.line_id) if content.line_id is not None else None
    placed = found_line[1:] if found_line else None
    found = {each.label: each.show(content, placed) for each in FIELDS}
    return {label: escape(value) for label, value in found.items() if value}


def lines(known: Programmes, content: ActivityForm) -> list[Html]:
    """Return «Cuándo: 13 de marzo» for each field with a value; long ones are cut."""
    return [
        Html("<b>{}:</b> {}").format(label, value) for label, value in fields(known, short(content)).items()
    ]


def differences(
    known: Programmes, before: ActivityForm, after: ActivityForm, narrative: int = EXCERPT
) -> list[Html]:
    """Return «Cuándo: 13 de marzo → 14 de marzo» for each field that differs."""
    same = fields(known, before).items() & fields(known, after).items()
    kept = {label for label, _ in same}
    return [
        Html("<b>{}:</b> {}").format(label, value)
        for label, value in side_by_side(known, before, after, narrative)
        if label not in kept
    ]


def changed(known: Programmes, before: ActivityForm, after: ActivityForm) -> list[Html]:
    """Return «Cuándo: 14 de marzo» for each field whose value is another one."""
    same = set(lines(known, before))
    return [each for each in lines(known, after) if each not in same]


def side_by_side(
    known: Programmes, before: ActivityForm, after: ActivityForm, narrative: int = EXCERPT
) -> list[tuple[str, str]]:
    """Return label and value of each field that either version has; both values if they differ."""
    old, new = fields(known, before), fields(known, after)
    was, is_now = fields(known, short(before, narrative)), fields(known, short(after, narrative))
    return [
        (
            label,
            is_now[label]
            if old.get(label) == new.get(label)
            else arrow(was.get(label, ""), is_now.get(label, "")),
        )
        for label in (each.label for each in FIELDS)
        if label in old or label in new
    ]


def arrow(old: str, new: str) -> Html:
    """Return the old value struck through and the new one."""
    return Html("<s>{}</s> → <b>{}</b>").format(old or NOTHING, new or NOTHING)


def short(content: ActivityForm, narrative: int = EXCERPT) -> ActivityForm:
    """Return the content with long fields cut."""
    documents = (excerpt(", ".join(content.documents), EXCERPT),) if content.documents else ()
    cut = {"narrative": excerpt(content.narrative or "", narrative), "documents": documents}
    if content.report_text:
        cut["report_text"] = excerpt(content.report_text, narrative)
    return content.model_copy(update=cut)
