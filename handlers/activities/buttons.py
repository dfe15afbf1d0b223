"""Callback data of the buttons of `/actividades` and of one activity."""

from dataclasses import dataclass
from typing import Annotated, Literal

from handlers.activities.listing import LISTING, Listing
from handlers.updates.callback_data import CallbackData

ListingPart = Annotated[Listing, LISTING]


@dataclass(frozen=True)
class ActivitiesData(CallbackData, verb="acts"):
    """The buttons of `/actividades`."""


@dataclass(frozen=True)
class SameActivities(ActivitiesData, prefix="="):
    """The button of the filter that is shown already; it changes nothing."""


@dataclass(frozen=True)
class ShowActivities(ActivitiesData, prefix="l"):
    listing: ListingPart


@dataclass(frozen=True)
class ChooseLine(ActivitiesData, prefix="c"):
    listing: ListingPart


@dataclass(frozen=True)
class ShowActivity(CallbackData, verb="act", prefix="v"):
    """Show one activity; `listing` is the list to go back to."""

    activity_id: int
    listing: ListingPart


@dataclass(frozen=True)
class ShowHistory(CallbackData, verb="hist"):
    activity_id: int
    page: int  # counted from 0
    listing: ListingPart


@dataclass(frozen=True)
class ShowEvidence(CallbackData, verb="ev"):
    activity_id: int


@dataclass(frozen=True)
class RetryEvidence(CallbackData, verb="evr"):
    """Fetch the missing evidence of the activity again."""

    activity_id: int


@dataclass(frozen=True)
class PrintedPictureData(CallbackData, verb="foto"):
    """The buttons about the report's pictures; `evidence_id` is a picture's."""


@dataclass(frozen=True)
class ShowActivityPictures(PrintedPictureData, prefix="a"):
    activity_id: int


@dataclass(frozen=True)
class ShowPicture(PrintedPictureData, prefix="v"):
    evidence_id: int


@dataclass(frozen=True)
class SeePicture(PrintedPictureData, prefix="s"):
    """Send the picture itself."""

    evidence_id: int


@dataclass(frozen=True)
class PrintPicture(PrintedPictureData, prefix="t"):
    """Have the report show the picture; with "no", leave it out."""

    evidence_id: int
    left_out: Literal["no"] | None = None


@dataclass(frozen=True)
class MovePicture(PrintedPictureData, prefix="m"):
    evidence_id: int
    way: Literal["up", "down"]


@dataclass(frozen=True)
class WriteCaption(PrintedPictureData, prefix="c"):
    """Begin to write the caption of a picture, of all of its activity, or of all of its line."""

    evidence_id: int
    scope: Literal["one", "activity", "line"]


@dataclass(frozen=True)
class Withdraw(CallbackData, verb="void"):
    activity_id: int


@dataclass(frozen=True)
class Settle(CallbackData, verb="settle"):
    """«Ya cuenta»: begin a settlement of the pending quantity."""

    entry_id: int


@dataclass(frozen=True)
class ChooseSettlement(CallbackData, verb="unsets"):
    """List the activity's settlements, so that one can be taken back."""

    activity_id: int


@dataclass(frozen=True)
class TakeBackSettlement(CallbackData, verb="unset"):
    settlement_id: int


@dataclass(frozen=True)
class GiveBack(CallbackData, verb="ret"):
    """Begin to return the activity to its author."""

    activity_id: int


@dataclass(frozen=True)
class TakeBackReturn(CallbackData, verb="unret"):
    activity_id: int


@dataclass(frozen=True)
class LetStand(CallbackData, verb="rev"):
    """Accept a director's own activity; only for planning."""

    activity_id: int
    version: int
