"""The pictures of a unit's quarter as the report prints them, for the pages of the chat."""

from dataclasses import dataclass
from datetime import date
from typing import Any

from handlers.chat.context import TurnContext
from handlers.texts.quarter_end.pictures import ShownPicture
from models.activities import reading, report_pictures
from models.activities.report_pictures import ReportPicture
from models.errors import Rejected
from models.evidence import attachment
from models.programme.view import UnitView
from models.quarter import Quarter
from models.quarter_end.snapshot_activities import activities_of
from models.tables.activity import Activity
from reports.quarterly import captions, wording
from reports.quarterly.captions import CaptionedPicture
from spanish.rewording.first_sentence import first_sentence

Said = dict[str, Any]
Groups = list[list[int]]  # pictures that are printed together under one caption, by their evidence


@dataclass(frozen=True)
class PrintedLine:
    """The pictures of a line. `places` are the groups that are printed after each of its activities."""

    places: list[Groups]
    captions: dict[int, str]
    left_out: list[int]

    @property
    def order(self) -> list[int]:
        """Return all pictures, by their evidence: those shown in the report's order, then those left out."""
        shown = [each for groups in self.places for group in groups for each in group]
        return [*shown, *self.left_out]


def placed(context: TurnContext, evidence_id: int) -> tuple[UnitView, Quarter, Activity]:
    """Return whose picture it is. Raises `Rejected`: "stale_button", and as `reading.find`."""
    piece = attachment.find(context.session, evidence_id)
    if piece is None or piece.activity_id is None:
        raise Rejected("stale_button")
    return of_activity(context, piece.activity_id)


def of_activity(context: TurnContext, activity_id: int) -> tuple[UnitView, Quarter, Activity]:
    """Return the activity, its unit and quarter. Raises `Rejected` as `placed`."""
    activity = reading.find(context.session, activity_id, context.member)
    programme = context.programmes.years.get(activity.ends_on.year)
    unit = programme.unit(activity.unit_id) if programme else None
    if unit is None:
        raise Rejected("stale_button")
    return unit, Quarter.of(activity.ends_on), activity


def of_unit(context: TurnContext, unit: UnitView, quarter: Quarter) -> list[ShownPicture]:
    """Return all pictures of the unit's quarter: by line, those shown in the report's order first."""
    said = activities_of(context.session, unit, quarter, quarter.last_day)
    pictures = _pictures(context, said)
    lines = {line.id: line for line in unit.lines}
    found: list[ShownPicture] = []
    for line_id, activities in _in_order(unit, said):
        printed = _printed(context, activities, pictures)
        for evidence_id in printed.order:
            picture = next(each for each in pictures if each.evidence_id == evidence_id)
            activity = reading.look_up(context.session, picture.activity_id)
            assert activity is not None  # it was read just before
            about = printed.captions[evidence_id]
            found.append(ShownPicture(len(found) + 1, picture, activity, lines.get(line_id), about))
    return found


def of_line(context: TurnContext, unit: UnitView, quarter: Quarter, line_id: int) -> PrintedLine:
    """Return the pictures of one line's quarter."""
    said = activities_of(context.session, unit, quarter, quarter.last_day)
    return _printed(context, said[line_id], _pictures(context, said))


def moved(printed: PrintedLine, evidence_id: int, up: bool) -> list[int] | None:
    """Return the order after a picture moved by one; None if it cannot.

    It moves within its group; the first and the last one of a group take the group past the next.
    """
    places = [[list(group) for group in groups] for groups in printed.places]
    for groups in places:
        for number, group in enumerate(groups):
            if evidence_id not in group:
                continue
            at = group.index(evidence_id)
            other, past = (at - 1, number - 1) if up else (at + 1, number + 1)
            if 0 <= other < len(group):
                group[at], group[other] = group[other], group[at]
            elif 0 <= past < len(groups):
                groups[number], groups[past] = groups[past], groups[number]
            else:
                return None
            return PrintedLine(places, printed.captions, printed.left_out).order
    return None


def _pictures(context: TurnContext, said: dict[int, list[Said]]) -> list[ReportPicture]:
    ids = [each["id"] for activities in said.values() for each in activities]
    return report_pictures.of_activities(context.session, ids)


def _in_order(unit: UnitView, said: dict[int, list[Said]]) -> list[tuple[int, list[Said]]]:
    return [(line.id, said[line.id]) for line in unit.lines if line.id in said]


def _printed(context: TurnContext, activities: list[Said], pictures: list[ReportPicture]) -> PrintedLine:
    shown = [_captioned(context, each) for each in activities]
    about = {pictures[each.place].evidence_id: each.about for of in shown for each in of}
    places = [
        [[pictures[each.place].evidence_id for each in group] for group in groups]
        for groups in captions.grouped(shown)
    ]
    ids = {each["id"] for each in activities}
    left_out = [each for each in pictures if each.activity_id in ids and not each.shown]
    texts = {each["id"]: each["report_text"] or each["narrative"] for each in activities}
    for each in left_out:
        sentence = first_sentence(texts[each.activity_id])
        about[each.evidence_id] = each.caption or each.sent_caption or sentence
    return PrintedLine(places, about, [each.evidence_id for each in left_out])


def _captioned(context: TurnContext, said: Said) -> list[CaptionedPicture]:
    span = date.fromisoformat(said["starts_on"]), date.fromisoformat(said["ends_on"])
    programme = context.programmes.years[span[1].year]
    house = wording.house(programme)
    text = wording.report_text(said, span, context.zone, house)

    def worded(message: str) -> str:
        return wording.worded(said, message, span, context.zone, house)

    return captions.captioned(said["evidence"], said["narrative"], text, span, worded)
