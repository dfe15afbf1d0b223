"""The printed text of an activity: what the report says of it, and facts that this does not mention."""

import re
from collections.abc import Sequence
from dataclasses import replace
from datetime import date, datetime
from typing import Any
from zoneinfo import ZoneInfo

from models.programme.view import ProgrammeView, TargetView
from models.tables.activity import AttendanceFacts
from reports.quarterly.content import ActivityPart, EntryPart, FilePart
from reports.quarterly.list_items import text_parts
from reports.texts import quarterly as texts
from spanish.reading.participants import find_people
from spanish.reading.spoken import Spoken
from spanish.rewording.relative_days import names_own_days
from spanish.rewording.sentence import House, house_of, reworded
from spanish.writing.folding import fold

Captioned = tuple[FilePart, str | None, str | None]  # a file, the hash of its copy, the caption sent with it
CAPTION = 110  # characters of a caption that is taken from a narrative
_SENTENCE_END = re.compile(r"(?<=[.!?])\s|\n")


def paragraphs(text: str | None) -> tuple[str, ...]:
    """Return the text's lines, without empty ones."""
    return tuple(line.strip() for line in (text or "").splitlines() if line.strip())


def report_text(said: dict[str, Any], span: tuple[date, date], zone: ZoneInfo, house: House) -> str:
    """Return the text of a snapshot's activity for the report.

    A snapshot from before there were such texts is printed as it was signed: with the narrative.
    """
    narrative = str(said["narrative"])
    if "report_text" not in said:
        return narrative
    if said["report_text"] is not None:
        return str(said["report_text"])
    said_on = datetime.fromisoformat(said["registered_at"]).astimezone(zone).date()
    return reworded(narrative, said_on, span, house) or narrative


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


def by_caption(narrative: str, pictures: Sequence[Captioned]) -> list[tuple[str, list[Captioned]]]:
    """Return an activity's pictures in groups, each with its caption.

    Pictures that were sent with different captions keep their own; one without any goes with those before it.
    """
    own = {fold(given) for *_, given in pictures if given}
    if len(own) < 2:
        return [(caption(narrative, [given for *_, given in pictures]), list(pictures))]
    groups: list[list[Captioned]] = []
    for each in pictures:
        captioned = {fold(given) for *_, given in groups[-1] if given} if groups else set()
        if not groups or (each[2] and captioned and fold(each[2]) not in captioned):
            groups.append([])
        groups[-1].append(each)
    return [(caption("", [given for *_, given in group]), group) for group in groups]


def together(summary: str | None, activities: tuple[ActivityPart, ...]) -> tuple[ActivityPart, ...]:
    """Return the activities told in one paragraph after a summing sentence, if there is one.

    The paragraph is the first activity's; the others keep their pictures.
    """
    if not summary or not activities:
        return activities
    first, *others = activities
    told = " ".join((summary, *(text for each in activities for text in each.paragraphs)))
    return (replace(first, paragraphs=(told,)), *(replace(each, paragraphs=()) for each in others))


def caption(narrative: str, given: list[str | None]) -> str:
    """Return the caption of a group of pictures: one sent with them, else the beginning of the narrative."""
    own = next((each for each in given if each and fold(each) not in fold(narrative)), None)
    first = _SENTENCE_END.split((own or narrative).strip(), maxsplit=1)[0]
    if len(first) <= CAPTION:
        return first
    return f"{first[:CAPTION].rsplit(' ', 1)[0].rstrip(' ,;:')}…"


def people_of(said: dict[str, Any]) -> AttendanceFacts:
    return AttendanceFacts(**{name: said[name] for name in AttendanceFacts.model_fields})
