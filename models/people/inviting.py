"""The form of one or several invitations."""

from pydantic import BaseModel, ConfigDict

from models.storage.forms import FormState
from models.tables.people import Role

MOST = 20  # people at once


class Invitee(BaseModel):
    """Who is invited, and as what. Without a name, that of Telegram is used."""

    model_config = ConfigDict(frozen=True)

    role: Role
    unit_id: int | None = None
    name: str | None = None


class Inviting(FormState):
    """The answers so far: role, unit, people."""

    role: Role | None = None
    unit_id: int | None = None
    people: tuple[Invitee, ...] = ()


class Naming(FormState):
    """The form of a person's corrected name."""

    person_id: int
    name: str | None = None
