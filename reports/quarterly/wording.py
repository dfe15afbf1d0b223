"""The printed text of an activity: what the report says of it, and facts that this does not mention."""

from dataclasses import replace
from datetime import date, datetime
from typing import Any
from zoneinfo import ZoneInfo

from models.programme.view import ProgrammeView, TargetView
from models.tables.activity import AttendanceFacts
from reports.quarterly.content import ActivityPart, EntryPart
from reports.quarterly.list_items import text_parts
from reports.texts import quarterly as texts
from spanish.reading.participants import find_people
from spanish.reading.spoken import Spoken
from spanish.rewording.relative_days import names_own_days
from spanish.rewording.sentence import House, house_of, reworded
from spanish.writing.folding import fold

Said = dict[str, Any]


def paragraphs(text: str | None) -> tuple[str, ...]:
    """Return the text's lines, without empty ones."""
    return tuple(line.strip() for line in (text or "").splitlines() if line.strip())


def report_text(said: Said, span: tuple[date, date], zone: ZoneInfo, house: House) -> str:
    """Return the text of a snapshot's activity for the report.

    A snapshot from before there were such texts is printed as it was signed: with the narrative.
    """
    if said.get("report_text") is not None:
        return str(said["report_text"])
    narrative = str(said["narrative"])
    return worded(said, narrative, span, zone, house) or narrative


def worded(said: Said, message: str, span: tuple[date, date], zone: ZoneInfo, house: House) -> str:
    """Return a message of a snapshot's activity as the report says it; see `report_text`."""
    if "report_text" not in said:
        return message
    said_on = datetime.fromisoformat(said["registered_at"]).astimezone(zone).date()
    return reworded(message, said_on, span, house)


def house(programme: ProgrammeView) -> House:
    """Return how the programme's agency writes."""
    names = (unit.name for unit in programme.units)
    titles = (line.title for unit in programme.units for line in unit.lines)
    return house_of(programme.institution.get("impersonal"), *names, *titles)


def of_activity(
    narrative: str,
    span: tuple[date, date],
    year: int,
    people: AttendanceFacts,
    entries: tuple[tuple[EntryPart, TargetView], ...],
    documents: tuple[str, ...],
    place: str | None,
) -> tuple[str, ...]:
    """Return the paragraphs of an activity: its narrative, and each fact that the narrative does not say.

    They begin with the activity's days, unless the narrative names these; with the year, if it is not `year`.
    """
    folded = fold(narrative)
    said = list(paragraphs(narrative))
    if not names_own_days(narrative, span):
        begins = texts.lead_in(*span, year)
        listed = bool(said) and text_parts(said)[0].marker
        said[:1] = [begins.rstrip(), said[0]] if listed else [begins + (said[0] if said else "")]
    more = []
    if people.participants and not _names_people(narrative, people):
        more.append(texts.participants(people))
    if place and fold(place) not in folded:
        more.append(texts.place(place))
    if unnamed := [each for each in documents if each.casefold() not in narrative.casefold()]:
        more.append(texts.documents(unnamed, narrative))
    more += [
        texts.pending(entry.pending, entry.measure, target.counts_when)
        for entry, target in entries
        if entry.pending and texts.awaits(target.counts_when) not in folded
    ]
    return (*said, " ".join(more)) if more else tuple(said)


def _names_people(narrative: str, people: AttendanceFacts) -> bool:
    """Return whether the narrative tells all that is known of the participants."""
    told = find_people(Spoken.of(narrative))[0].people
    return told is not None and all(
        getattr(people, name) in (None, getattr(told, name)) for name in AttendanceFacts.model_fields
    )


def together(summary: str | None, activities: tuple[ActivityPart, ...]) -> tuple[ActivityPart, ...]:
    """Return the activities told in one paragraph after a summing sentence, if there is one.

    The paragraph is the first activity's; the others keep their pictures.
    """
    if not summary or not activities:
        return activities
    first, *others = activities
    told = " ".join((summary, *(text for each in activities for text in each.paragraphs)))
    return (replace(first, paragraphs=(told,)), *(replace(each, paragraphs=()) for each in others))


def people_of(said: dict[str, Any]) -> AttendanceFacts:
    return AttendanceFacts(**{name: said[name] for name in AttendanceFacts.model_fields})
