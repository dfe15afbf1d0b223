"""Who took part, as people type it: «9», «9 (6 mujeres y 3 hombres)», «6 mujeres, 3 hombres»."""

import re

from models.errors import Rejected
from models.storage.forms import Participants
from spanish.writing.folding import fold

LIMIT = 1_000_000
_COUNTED = re.compile(r"(?P<number>\d{1,3}(?:,\d{3})+|\d+)\s*(?P<word>[a-z]+(?: [a-z]+)?)?")
_FIELDS = (
    (("mujer", "muj"), "women"),
    (("hombre", "hom"), "men"),
    (("sector privado", "privad", "del sector", "iniciativa priv", "empresari"), "private_sector"),
    (("sociedad civil", "sociedad", "soc civil", "de sociedad", "osc"), "civil_society"),
    (("academ", "de academia", "universi"), "academia"),
    (("servidor", "personas servidoras", "public", "funcionari"), "public_servants"),
    (("person", "particip", "asist", "total"), "participants"),
)


def read_participants(text: str) -> Participants:
    """The participants; without a total, women plus men, else the sectors.

    Raises `Rejected` where it cannot be read or the parts do not add up.
    """
    said = fold(text)
    if "-" in said and re.search(r"-\s*\d", said):
        raise Rejected("participants_unreadable")
    values: dict[str, int] = {}
    for found in _COUNTED.finditer(said):
        name = _field(found["word"] or "", bool(values))
        if name is None or name in values:
            raise Rejected("participants_unreadable")
        values[name] = int(found["number"].replace(",", ""))
    if not values or max(values.values()) > LIMIT:
        raise Rejected("participants_unreadable")
    if "participants" not in values:
        by_sex = values.get("women", 0) + values.get("men", 0)
        values["participants"] = by_sex or sum(values.values())
    people = complete(values)
    people.check()
    return people


def _field(word: str, later: bool) -> str | None:
    """What the number counts; a bare first number is the total."""
    if word in ("m", "m y", "f"):
        return "women"
    if word in ("h", "h y"):
        return "men"
    for stems, name in _FIELDS:
        if word.startswith(stems):
            return name
    return None if later else "participants"


def complete(values: dict[str, int]) -> Participants:
    """With a total and one of the two, the other follows."""
    total = values["participants"]
    for given, other in (("women", "men"), ("men", "women")):
        if given in values and other not in values and values[given] <= total:
            values[other] = total - values[given]
    return Participants(**values)
