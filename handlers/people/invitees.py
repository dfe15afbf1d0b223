"""Reads whom a line invites: «enlace jurídica Ana López, Luis Pérez y titular archivo Rosa Díaz»."""

from dataclasses import dataclass

from handlers.chat.context import TurnContext
from handlers.texts.people.roles import role_named
from models.errors import Rejected
from models.people.invitation import tidy_name
from models.people.inviting import MOST, Invitee
from models.programme.view import UnitView
from models.tables.people import Role
from spanish.reading.names import split_names
from spanish.writing.folding import fold


@dataclass(frozen=True)
class Invitees:
    """What was read. `role` and `unit` are those of the first line, None if missing; so is `unit_unknown`."""

    role: Role | None
    unit: UnitView | None
    people: tuple[Invitee, ...] = ()
    unit_unknown: bool = False


def read(context: TurnContext, text: str) -> Invitees:
    """Read the words after `/invitar`. People stay unread as long as role or unit of one is missing.

    Raises `Rejected`: "name_unseen", "too_many_invited".
    """
    found: list[Invitee] = []
    role: Role | None = None
    unit: UnitView | None = None
    for line in text.splitlines():
        words = line.split()
        named = role_named(fold(words[0])) if words else None
        if named is not None:
            role, unit, words = named, None, words[1:]
            if role.has_unit:
                unit, words = unit_named(context, words)
                if unit is None:
                    return Invitees(role, None, unit_unknown=bool(words))
        if role is None:
            return Invitees(None, None)
        found += _people(context, role, unit, " ".join(words))
    check(found)
    return Invitees(role, unit, tuple(found))


def named(context: TurnContext, role: Role, unit_id: int | None, text: str) -> tuple[Invitee, ...]:
    """Return the people whose names the text lists. Raises `Rejected`: "name_unseen", "too_many_invited"."""
    unit = next((each for each in units(context) if each.id == unit_id), None)
    found = [each for line in text.splitlines() for each in _people(context, role, unit, line)]
    if not found:
        raise Rejected("name_unseen")
    check(found)
    return tuple(found)


def check(found: list[Invitee]) -> None:
    if len(found) > MOST:
        raise Rejected("too_many_invited", limit=MOST)


def _people(context: TurnContext, role: Role, unit: UnitView | None, text: str) -> list[Invitee]:
    """Return the people of a list; one that begins with a role has that one, and its unit if named."""
    found = []
    for name in split_names(text):
        first, _, rest = name.partition(" ")
        if (own := role_named(fold(first))) is not None and rest:
            other, words = unit_named(context, rest.split()) if own.has_unit else (None, rest.split())
            role, unit, name = own, (other or unit if own.has_unit else None), " ".join(words)
        if not tidy_name(name):
            raise Rejected("name_unseen")
        found.append(Invitee(role=role, unit_id=unit.id if unit else None, name=tidy_name(name)))
    return found


def units(context: TurnContext) -> tuple[UnitView, ...]:
    """Return the units of the newest programme. Raises `Rejected("no_units")` without one."""
    programme = context.programmes.newest()
    if programme is None:
        raise Rejected("no_units")
    return programme.units


def unit_named(context: TurnContext, words: list[str]) -> tuple[UnitView | None, list[str]]:
    """Return the unit that the first words name by key, name or alias, and the remaining words.

    The longest match wins.
    """
    for length in range(len(words), 0, -1):
        said = fold(" ".join(words[:length]))
        for unit in units(context):
            if said in {fold(each) for each in (unit.key, unit.name, *unit.aliases)}:
                return unit, words[length:]
    return None, words
