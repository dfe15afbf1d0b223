"""The fields of an activity: what each is called, and how it is asked for, read, shown and corrected.

The questions, the cards, what a message or a reply changes, the comparison of two versions and the history
all use `FIELDS`. How to add a field: docs/recipes/field.md.
"""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from handlers.texts.activities.activities import STEP
from handlers.texts.escaping import Html, escape
from models.activities.fields import check_text
from models.activities.registration import split_documents
from models.programme.view import LineView, UnitView
from models.storage.forms import ActivityForm, Participants
from reports.texts import sheets
from spanish.reading.activity import Understood
from spanish.reading.amendment import Amendment, amended_people
from spanish.reading.documents import read_documents
from spanish.reading.participants import read_participants
from spanish.reading.places import read_place
from spanish.rewording.sentence import is_reworded
from spanish.writing import days
from spanish.writing.measures import amount, awaited, counted
from spanish.writing.people import SECTORS, SEXES

Placed = tuple[UnitView, LineView] | None  # the unit and line of the activity; None if unknown


def _no_check(value: Any) -> None:
    """Accept every value."""


@dataclass(frozen=True)
class Field:
    """A field of an activity. `name` is its step too; `attributes` are those of `RegisteredFacts` it fills.

    `show` returns HTML, empty if the field has no value; only unit, line and quantities use the line's place.
    `button` is the label of the card's button, if it is not `label`.
    """

    name: str
    attributes: tuple[str, ...]
    label: str
    show: Callable[[ActivityForm, Placed], str]
    button: str = ""

    @property
    def button_label(self) -> str:
        return self.button or self.label


@dataclass(frozen=True)
class OptionalField(Field):
    """A field with one value that an activity may lack; `none` is the label of the button for that.

    `read` and `check` handle an answer to `question`; both may raise `Rejected`. `told` returns the value
    that a message gives, empty if none; `joined` combines the current value, the one that the text gave
    before and the one it gives now. `amended` returns the value after a reply, empty if the reply does not
    mention it. `repeated` fields are copied when an activity is repeated.
    """

    question: str = ""
    none: str = ""
    read: Callable[[str], Any] = str
    check: Callable[[Any], None] = _no_check
    told: Callable[[Understood], Any] = lambda understood: None
    joined: Callable[[Any, Any, Any], Any] = lambda now, before, after: after
    amended: Callable[[Any, Amendment], Any] = lambda now, amendment: None
    repeated: bool = True

    @property
    def attribute(self) -> str:
        return self.attributes[0]

    @property
    def empty(self) -> Any:
        """Return the value of an activity that has none."""
        return ActivityForm.model_fields[self.attribute].default

    def value(self, content: ActivityForm) -> Any:
        return getattr(content, self.attribute)


def people(given: Participants) -> str:
    """Return «9 (6 mujeres, 3 hombres; 2 academia)»."""
    numbers = given.model_dump(exclude_none=True)
    sexes = [f"{numbers[key]:,} {names[numbers[key] != 1]}" for key, names in SEXES.items() if key in numbers]
    sectors = [f"{numbers[key]:,} {name}" for key, (_, name) in SECTORS.items() if key in numbers]
    inside = "; ".join(", ".join(part) for part in (sexes, sectors) if part)
    return f"{given.participants:,} ({inside})" if inside else f"{given.participants:,}"


def _show_quantities(content: ActivityForm, placed: Placed) -> str:
    """Return «1 acta · 4 acuerdos (3 por publicar)» as registered, or that it is a step."""
    said = []
    for target in placed[1].targets if placed else ():
        claim = content.claim(target.id)
        if claim is None or not claim.quantity:
            continue
        waits = Html(" ({} por {})").format(amount(claim.pending, target), awaited(target.counts_when))
        said.append(escape(counted(claim.quantity, target)) + (waits if claim.pending else ""))
    return Html(" · ").join(said) or escape(STEP.lower())


def _show_days(content: ActivityForm, _: Placed) -> str:
    return days.span(content.starts_on, content.ends_on) if content.starts_on and content.ends_on else ""


def _amended_people(now: Participants | None, amendment: Amendment) -> Participants | None:
    return amended_people(now, amendment.people) if amendment.people else None


def _joined_documents(
    now: tuple[str, ...], before: tuple[str, ...], after: tuple[str, ...]
) -> tuple[str, ...]:
    """Return the documents of the text, then those that were noted by hand."""
    return tuple(dict.fromkeys([*after, *(each for each in now if each not in before)]))


def _read_documents(text: str) -> tuple[str, ...]:
    return read_documents(text) or split_documents(text)


def _amended_documents(now: tuple[str, ...], amendment: Amendment) -> tuple[str, ...]:
    if not amendment.documents:
        return ()
    kept = () if amendment.replaces else now
    return split_documents(", ".join(dict.fromkeys([*kept, *amendment.documents])))


UNIT = Field("unit", ("unit_id",), "Unidad", lambda _, placed: escape(placed[0].name) if placed else "")
LINE = Field(
    "line",
    ("line_id",),
    "Línea",
    lambda _, placed: Html("{} · {}").format(placed[1].number, placed[1].title) if placed else "",
)
QUANTITIES = Field("quantity", ("claims",), "Qué", _show_quantities, button="Cantidad")
DAYS = Field("days", ("starts_on", "ends_on"), "Cuándo", _show_days, button="Día")
OPTIONAL = (
    OptionalField(
        "people",
        ("people",),
        sheets.PEOPLE,
        lambda content, _: people(content.people) if content.people else "",
        question=(
            "¿Quiénes participaron? Por ejemplo «9 (6 mujeres y 3 hombres)»; "
            "puede añadir sectores: «2 academia, 7 servidores públicos»."
        ),
        none="Sin participantes",
        read=read_participants,
        check=Participants.check,
        told=lambda understood: understood.people,
        amended=_amended_people,
    ),
    OptionalField(
        "place",
        ("place",),
        sheets.OPTIONAL["place"],
        lambda content, _: escape(content.place or ""),
        question="¿En qué lugar fue?",
        none="Sin lugar",
        read=read_place,
        check=lambda text: check_text(sheets.OPTIONAL["place"], text),
        told=lambda understood: understood.place,
        amended=lambda now, amendment: amendment.place,
    ),
    OptionalField(
        "documents",
        ("documents",),
        sheets.DOCUMENTS,
        lambda content, _: escape(", ".join(content.documents)),
        question="¿Hay números de oficio o memorándum? Sepárelos con comas.",
        none="Sin oficios",
        read=_read_documents,
        told=lambda understood: understood.documents,
        joined=_joined_documents,
        amended=_amended_documents,
        repeated=False,
    ),
)
NARRATIVE = Field(
    "narrative",
    ("narrative",),
    "Qué se hizo",
    lambda content, _: Html("«{}»").format(content.narrative) if content.narrative else "",
)
REPORT_TEXT = Field(
    "reporttext",
    ("report_text",),
    "En el informe",
    lambda content, _: (
        Html("«{}»").format(content.report_text)
        if content.report_text and is_reworded(content.narrative or "", content.report_text)
        else ""
    ),
    button="Texto del informe",
)
DETAILS: tuple[Field, ...] = (DAYS, *OPTIONAL)  # those with a line of their own on the card
FIELDS: tuple[Field, ...] = (UNIT, LINE, QUANTITIES, *DETAILS, NARRATIVE, REPORT_TEXT)  # in display order
BUTTONS = {each.name: each.button_label for each in FIELDS}


def optional(name: str) -> OptionalField | None:
    """Return the optional field of that name, or None."""
    return next((each for each in OPTIONAL if each.name == name), None)


def details(content: ActivityForm) -> list[Html]:
    """Return «Cuándo: 13 de marzo» for each of `DETAILS` with a value."""
    shown = ((each.label, each.show(content, None)) for each in DETAILS)
    return [Html("<b>{}:</b> {}").format(label, value) for label, value in shown if value]
