"""Callback data of the buttons of `/personas`, `/invitar` and `/ausencia`."""

from dataclasses import dataclass
from typing import Literal

from handlers.updates.callback_data import CallbackData
from models.tables.people import Role


@dataclass(frozen=True)
class PeopleData(CallbackData, verb="ppl"):
    """The buttons of `/personas`."""


@dataclass(frozen=True)
class PeoplePage(PeopleData, prefix="l"):
    page: int  # counted from 0


@dataclass(frozen=True)
class PersonButton(PeopleData):
    """A person's card (`c`), or what is done to them; lower case asks, upper case acts.

    `s` suspends, `a` lets in again, `k` removes the PIN, `n` corrects the name, `f` forgets them for good.
    """

    step: Literal["c", "s", "S", "a", "A", "k", "K", "n", "f", "F"]
    person_id: int


@dataclass(frozen=True)
class PairButton(PeopleData):
    """One (role, unit) pair; lower case asks, upper case acts.

    `m` shows it, `x` removes it, `r` offers other roles.
    """

    step: Literal["m", "x", "X", "r"]
    membership_id: int


@dataclass(frozen=True)
class ChooseUnit(PeopleData, prefix="u"):
    """Set the pair's role and unit. The 0 at the end has no meaning any more."""

    membership_id: int
    role: Role
    unit_id: int | None = None


@dataclass(frozen=True)
class ChangePair(PeopleData, prefix="w"):
    membership_id: int
    role: Role
    unit_id: int  # 0 means none


@dataclass(frozen=True)
class InvitationData(CallbackData, verb="inv"):
    """The buttons of `/invitar`."""


@dataclass(frozen=True)
class StartInvitation(InvitationData, prefix="n"):
    pass


@dataclass(frozen=True)
class CancelInvitation(InvitationData, prefix="x"):
    pass


@dataclass(frozen=True)
class InvitationPage(InvitationData, prefix="l"):
    page: int  # counted from 0


@dataclass(frozen=True)
class RevokeInvitation(InvitationData, prefix="r"):
    invitation_id: int


@dataclass(frozen=True)
class Invite(InvitationData):
    """Create the invitation. `newest` was the person's newest invitation when the buttons were shown.

    After an invitation was created it is no longer the newest, so a second tap is stale.
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
