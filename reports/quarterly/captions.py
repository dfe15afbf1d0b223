"""The pictures of a line: which caption each has, and which share one."""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from models.activities.report_pictures import LONGEST_CAPTION, is_picture
from models.tables.evidence import EvidenceKind
from reports.quarterly.content import Series
from spanish.rewording.first_sentence import first_sentence
from spanish.writing.folding import fold

Said = dict[str, Any]
TOGETHER = 6  # pictures of a group at most; more are parted into groups of their own
_PAIRS = (7, 8)  # numbers that are better parted into four and the rest


@dataclass(frozen=True)
class CaptionedPicture:
    """A picture that the report shows. `about` is its caption without number, `span` its activity's days."""

    series: Series
    sha256: str
    copy_sha256: str
    about: str
    place: int  # in the order of the line
    span: tuple[date, date]


def series_of(kind: str, media_type: str | None) -> Series | None:
    """Return the series in which a piece of evidence is shown, or None if it is not."""
    if not is_picture(kind, media_type):
        return None
    return Series.PHOTOGRAPH if kind == EvidenceKind.PHOTO else Series.IMAGE


def is_shown(said: Said) -> bool:
    """Return whether the report shows a piece of evidence; earlier snapshots show every picture."""
    printed = bool(said.get("in_report", {"shown": True})["shown"])
    return printed and said["copy_sha256"] is not None and is_picture(said["kind"], said["media_type"])


def captioned(
    evidence: Sequence[Said],
    narrative: str,
    text: str,
    span: tuple[date, date],
    worded: Callable[[str], str],
) -> list[CaptionedPicture]:
    """Return an activity's pictures that are shown, each with its whole caption.

    That is the one written for the report, else the one sent with it (one sent without goes with those before
    it), else the first sentence of the activity's text. `worded` makes a message a text of the report.
    """
    pictures = [each for each in evidence if is_shown(each)]
    sent = _sent([each["caption"] for each in pictures], narrative, worded)
    made = sent or [first_sentence(text)] * len(pictures)
    return [
        CaptionedPicture(
            series_of(said["kind"], said["media_type"]) or Series.IMAGE,
            said["sha256"] or "",
            said["copy_sha256"],
            said.get("in_report", {}).get("caption") or about,
            said.get("in_report", {}).get("place", 0),
            span,
        )
        for said, about in zip(pictures, made, strict=True)
    ]


def _sent(given: Sequence[str | None], narrative: str, worded: Callable[[str], str]) -> list[str]:
    """Return the captions that were sent, one for each picture; nothing if they only tell the activity."""
    whole = fold(narrative)
    several = len({fold(each) for each in given if each}) > 1
    own = [each if each and (several or fold(each) not in whole) else None for each in given]
    last = next((each for each in own if each), None)
    if last is None:
        return []
    found = []
    for each in own:
        last = each or last
        said = " ".join((worded(last) or last).split())
        told = fold(last) in whole or len(said) > LONGEST_CAPTION
        found.append(first_sentence(worded(last) or last) if told else said)
    return found


def grouped(pictures: Sequence[Sequence[CaptionedPicture]]) -> list[list[tuple[CaptionedPicture, ...]]]:
    """Return the groups of pictures that are printed after each activity of a line.

    `pictures` are those of each activity. Those of one caption and series are a group, printed after the last
    activity that has one of them, in the line's order.
    """
    keys: dict[tuple[Series, str], int] = {}
    for number, of_activity in enumerate(pictures):
        for each in of_activity:
            keys[_key(each)] = number
    ordered = sorted((each for part in pictures for each in part), key=lambda each: each.place)
    groups: dict[tuple[Series, str], list[CaptionedPicture]] = {}
    for series in (Series.PHOTOGRAPH, Series.IMAGE):
        for each in ordered:
            if each.series is series:
                groups.setdefault(_key(each), []).append(each)
    found: list[list[tuple[CaptionedPicture, ...]]] = [[] for _ in pictures]
    for key, group in groups.items():
        found[keys[key]] += _parted(group)
    return found


def _key(picture: CaptionedPicture) -> tuple[Series, str]:
    return picture.series, fold(picture.about).rstrip(" .,;:!?")


def _parted(group: list[CaptionedPicture]) -> Iterator[tuple[CaptionedPicture, ...]]:
    rest = tuple(group)
    while len(rest) > TOGETHER:
        taken = 4 if len(rest) in _PAIRS else TOGETHER
        yield rest[:taken]
        rest = rest[taken:]
    yield rest
