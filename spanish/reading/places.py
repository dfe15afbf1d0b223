"""Where it was: `find_place` in running text, when it is plainly said («en las instalaciones de la UNACH»);
`read_place` and `read_place_clause` of a text that says nothing else.
"""

import re

from models.activities.fields import TEXT_LIMIT
from spanish.reading.spoken import Span
from spanish.writing.days import MONTHS
from spanish.writing.folding import fold

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
_VERB = r"(?:no|perd.n|y|fue|era|es|se hizo|se llev. a cabo|result.)"
_CLAUSE = re.compile(
    rf"(?:\W{{0,4}}\b{_VERB}\b[\s,]{{0,4}}){{0,6}}"
    r"(?:(?P<led>en\s{1,4})|lugar\s{0,4}:\s{0,4}|el lugar (?:fue|era|es)\s{1,4})(?P<place>\S.*)",
    re.IGNORECASE | re.DOTALL,
)
_NO_PLACE = re.compile(
    rf"(?:total|realidad|{'|'.join(MONTHS)}|el mes|20\d\d|la manana|la tarde|la noche|\d)\b"
)
# What «en» belongs to: «En línea» is no «Línea».
_WAY = re.compile(r"(?:linea|vivo|persona|casa$|remoto|modalidad|formato|sitio|campo|vias?|streaming)\b")
# In capitals only before a kind of place: «Las Margaritas» is a name.
_ARTICLE = re.compile(rf"(?:el|la|los|las)\s+(?=\S)|(?i:el|la|los|las)\s+(?=(?i:{_KIND})\b)")


def find_place(text: str) -> tuple[str | None, tuple[Span, ...]]:
    """The first place that is named as one, with its article taken off, and where it stands."""
    found = _PLACE.search(text)
    if found is None:
        return None, ()
    place = _TAIL.sub("", found["place"]).rstrip(".,;")
    start, bare = found.start("place"), _named(place)
    if len(bare) > TEXT_LIMIT or " " not in bare:  # «en la sala» says little
        return None, ()
    return bare, ((start, start + len(place)),)


def read_place(text: str) -> str:
    """The place that an answer names, without what leads up to it; any other text as it is."""
    return read_place_clause(text) or text


def read_place_clause(text: str) -> str | None:
    """«fue en la sala de juntas», «lugar: Sala de Juntas» is «Sala de juntas»; None without «en» or «lugar».

    And where «en» leads to no place: «en total», «en marzo», «en línea».
    """
    found = _CLAUSE.fullmatch(text.strip())
    if found is None:
        return None
    said = fold(found["place"])
    if _NO_PLACE.match(said) or (found["led"] and _WAY.match(said)):
        return None
    place = found["place"].strip(" .!")
    return _named(place) if any(map(str.isalpha, place)) else None


def _named(place: str) -> str:
    """Without its article, and beginning with a capital."""
    bare = _ARTICLE.sub("", place, count=1) if _ARTICLE.match(place) else place
    return bare[0].upper() + bare[1:]
