"""The printed text of an activity: its narrative, and facts that the narrative does not mention."""

import re
from collections.abc import Sequence
from datetime import date, timedelta
from typing import Any

from models.programme.view import TargetView
from models.tables.activity import AttendanceFacts
from reports.quarterly.content import EntryPart, FilePart
from reports.quarterly.list_items import text_parts
from reports.texts import quarterly as texts
from spanish.reading.days import find_days
from spanish.reading.participants import find_people
from spanish.reading.spoken import Spoken
from spanish.writing.folding import fold

Captioned = tuple[FilePart, str | None, str | None]  # a file, the hash of its copy, the caption sent with it
CAPTION = 110  # characters of a caption that is taken from a narrative
_LATER = timedelta(days=40)  # after the activity, so that «ayer» or «el lunes» is not taken for its day
_SENTENCE_END = re.compile(r"(?<=[.!?])\s|\n")


def paragraphs(text: str | None) -> tuple[str, ...]:
    """Return the text's lines, without empty ones."""
    return tuple(line.strip() for line in (text or "").splitlines() if line.strip())


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
    if not _names_days(narrative, span):
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


def _names_days(narrative: str, span: tuple[date, date]) -> bool:
    """Return whether the narrative names the activity's own days by their dates."""
    return find_days(Spoken.of(narrative), span[1] + _LATER)[0] == span


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


def caption(narrative: str, given: list[str | None]) -> str:
    """Return the caption of a group of pictures: one sent with them, else the beginning of the narrative."""
    own = next((each for each in given if each and fold(each) not in fold(narrative)), None)
    first = _SENTENCE_END.split((own or narrative).strip(), maxsplit=1)[0]
    if len(first) <= CAPTION:
        return first
    return f"{first[:CAPTION].rsplit(' ', 1)[0].rstrip(' ,;:')}…"


def people_of(said: dict[str, Any]) -> AttendanceFacts:
    return AttendanceFacts(**{name: said[name] for name in AttendanceFacts.model_fields})
