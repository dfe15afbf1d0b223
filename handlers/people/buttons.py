"""The buttons of `/personas`, `/invitar` and `/ausencia`."""

from dataclasses import dataclass
from typing import Literal

from handlers.updates.callback_data import CallbackData
from models.tables.people import Role


@dataclass(frozen=True)
class PeopleData(CallbackData, verb="ppl"):
    """What `/personas` shows, and does."""


@dataclass(frozen=True)
class PeoplePage(PeopleData, prefix="l"):
    page: int  # from 0


@dataclass(frozen=True)
class PersonButton(PeopleData):
    """The card (`c`); to suspend, let in again, take the PIN away: small letters ask, capitals do it."""

    step: Literal["c", "s", "S", "a", "A", "k", "K"]
    person_id: int


@dataclass(frozen=True)
class PairButton(PeopleData):
    """One (role, unit) pair: its card (`m`), removed (`x` asks, `X` does), another role (`r`)."""

    step: Literal["m", "x", "X", "r"]
    membership_id: int


@dataclass(frozen=True)
class ChooseUnit(PeopleData, prefix="u"):
    """The pair's new unit; the 0 at the end says nothing any more."""

    membership_id: int
    role: Role
    unit_id: int | None = None


@dataclass(frozen=True)
class ChangePair(PeopleData, prefix="w"):
    membership_id: int
    role: Role
    unit_id: int  # 0: none


@dataclass(frozen=True)
class InvitationData(CallbackData, verb="inv"):
    """The buttons of `/invitar`."""


@dataclass(frozen=True)
class CancelInvitation(InvitationData, prefix="x"):
    pass


@dataclass(frozen=True)
class InvitationPage(InvitationData, prefix="l"):
    page: int  # from 0


@dataclass(frozen=True)
class RevokeInvitation(InvitationData, prefix="r"):
    invitation_id: int


@dataclass(frozen=True)
class Invite(InvitationData):
    """`newest` is the person's newest invitation when the buttons were shown.

    Once an invitation came of them it is no longer so: tapped again, the buttons are stale.
    """

    role: Role
    newest: int
    unit_id: int | None = None


@dataclass(frozen=True)
class AbsenceData(CallbackData, verb="abs"):
    """The buttons of `/ausencia`."""


@dataclass(frozen=True)
class NewAbsence(AbsenceData, prefix="n"):
    pass


@dataclass(frozen=True)
class EndAbsence(AbsenceData, prefix="e"):
    absence_id: int
