"""The printed text of an activity: its narrative, and facts that the narrative does not mention."""

import re
from datetime import date
from typing import Any

from models.programme.view import TargetView
from models.tables.activity import AttendanceFacts
from reports.quarterly.content import EntryPart
from reports.texts import quarterly as texts
from spanish.writing import days
from spanish.writing.folding import fold

CAPTION = 110  # characters of a caption that is taken from a narrative
_DAY = re.compile(rf"\b\d{{1,2}}(?:o|º|°)? de (?:{'|'.join(days.MONTHS)})\b")
_SENTENCE_END = re.compile(r"(?<=[.!?])\s|\n")


def paragraphs(text: str | None) -> tuple[str, ...]:
    """Return the text's lines, without empty ones."""
    return tuple(line.strip() for line in (text or "").splitlines() if line.strip())


def of_activity(
    narrative: str,
    span: tuple[date, date],
    people: AttendanceFacts,
    entries: tuple[tuple[EntryPart, TargetView], ...],
    documents: tuple[str, ...],
) -> tuple[str, ...]:
    """Return the paragraphs of an activity; if the narrative names no day, they begin with the activity's."""
    folded = fold(narrative)
    said = list(paragraphs(narrative))
    if not _DAY.search(folded):
        said[:1] = [texts.lead_in(*span) + (said[0] if said else "")]
    more = []
    if people.participants and not _names(folded, people.participants):
        more.append(texts.participants(people))
    if unnamed := [each for each in documents if each.casefold() not in narrative.casefold()]:
        more.append(texts.documents(unnamed))
    more += [
        texts.pending(entry.pending, entry.measure, target.counts_when)
        for entry, target in entries
        if entry.pending and texts.awaits(target.counts_when) not in folded
    ]
    return (*said, " ".join(more)) if more else tuple(said)


def caption(narrative: str, given: list[str | None]) -> str:
    """Return the caption of a group of pictures: one sent with them, else the beginning of the narrative."""
    own = next((each for each in given if each and fold(each) not in fold(narrative)), None)
    first = _SENTENCE_END.split((own or narrative).strip(), maxsplit=1)[0]
    if len(first) <= CAPTION:
        return first
    return f"{first[:CAPTION].rsplit(' ', 1)[0].rstrip(' ,;:')}…"


def people_of(said: dict[str, Any]) -> AttendanceFacts:
    return AttendanceFacts(**{name: said[name] for name in AttendanceFacts.model_fields})


def _names(folded: str, number: int) -> bool:
    """Return whether a folded text has the number, in digits."""
    return any(
        int(each.replace(",", "")) == number for each in re.findall(r"\d[\d,]*", folded) if each[-1:] != ","
    )
