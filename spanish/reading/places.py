"""Where it was, when it is plainly said: «en la Sala de Juntas», «en las instalaciones de la UNACH»."""

import re

from models.activities.registration import PLACE_LIMIT
from spanish.reading.spoken import Span

_KIND = (
    r"salas?(?: de juntas| de sesiones| de usos multiples| de capacitacion)?|sal.n(?:es)?|auditorio|"
    r"aula(?: magna)?"
    r"|instalaciones|oficinas|palapa|centro de convenciones|explanada|biblioteca|casa de la cultura|plaza|"
    r"parque"
    r"|teatro|hotel|gimnasio|domo|palacio|museo|edificio|laboratorio|patio|site"
)
_SMALL = r"de|del|la|las|los|el|y|e|a|para"
_PLACE = re.compile(
    rf"\ben (?P<place>(?:el|la|las|los) (?:{_KIND})\b"
    rf"(?: del?(?: la| las| los)? (?!\d)\w+(?: y \w+)?)?(?: (?:(?:{_SMALL})\b|"
    rf"(?-i:[^\W_a-z]|[\"«“])[\w.\"»”-]*)){{0,12}})",
    re.IGNORECASE,
)
_TAIL = re.compile(rf"(?: (?:{_SMALL})){{1,6}}$", re.IGNORECASE)


def find_place(text: str) -> tuple[str | None, tuple[Span, ...]]:
    """The first place that is named as one, with its article taken off, and where it stands."""
    found = _PLACE.search(text)
    if found is None:
        return None, ()
    place = _TAIL.sub("", found["place"]).rstrip(".,;")
    start, bare = found.start("place"), place.split(" ", 1)[-1]
    if len(bare) > PLACE_LIMIT or " " not in bare:  # «en la sala» says little
        return None, ()
    return bare[0].upper() + bare[1:], ((start, start + len(place)),)
