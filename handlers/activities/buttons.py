"""The buttons of the lists of activities, and of one of them."""

from dataclasses import dataclass
from typing import Annotated

from handlers.activities.listing import LISTING, Listing
from handlers.updates.callback_data import CallbackData

ListingPart = Annotated[Listing, LISTING]


@dataclass(frozen=True)
class ActivitiesData(CallbackData, verb="acts"):
    """What `/actividades` shows."""


@dataclass(frozen=True)
class SameActivities(ActivitiesData, prefix="="):
    """The list that shows already."""


@dataclass(frozen=True)
class ShowActivities(ActivitiesData, prefix="l"):
    listing: ListingPart


@dataclass(frozen=True)
class ChooseLine(ActivitiesData, prefix="c"):
    listing: ListingPart


@dataclass(frozen=True)
class ShowActivity(CallbackData, verb="act", prefix="v"):
    """One activity, and the list to go back to."""

    activity_id: int
    listing: ListingPart


@dataclass(frozen=True)
class ShowHistory(CallbackData, verb="hist"):
    activity_id: int
    page: int  # from 0
    listing: ListingPart


@dataclass(frozen=True)
class ShowEvidence(CallbackData, verb="ev"):
    activity_id: int


@dataclass(frozen=True)
class RetryEvidence(CallbackData, verb="evr"):
    """What of it is missing is fetched again."""

    activity_id: int


@dataclass(frozen=True)
class Withdraw(CallbackData, verb="void"):
    activity_id: int


@dataclass(frozen=True)
class Settle(CallbackData, verb="settle"):
    """«Ya cuenta»."""

    entry_id: int


@dataclass(frozen=True)
class ChooseSettlement(CallbackData, verb="unsets"):
    """What came to count, to be taken back."""

    activity_id: int


@dataclass(frozen=True)
class TakeBackSettlement(CallbackData, verb="unset"):
    settlement_id: int


@dataclass(frozen=True)
class GiveBack(CallbackData, verb="ret"):
    """The activity is given back to its author."""

    activity_id: int


@dataclass(frozen=True)
class TakeBackReturn(CallbackData, verb="unret"):
    activity_id: int


@dataclass(frozen=True)
class LetStand(CallbackData, verb="rev"):
    """Planning lets a director's own stand."""

    activity_id: int
    version: int
