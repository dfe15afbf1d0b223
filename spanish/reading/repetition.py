"""«Lo mismo que la vez pasada», «otra asesoría igual que la anterior»: told by what was told before. Pure."""

import re
from dataclasses import dataclass

from spanish.writing.folding import fold

_LAST = (
    r"(?:la|el|lo|las|los)? ?(?:(?:vez|ocasion|semana|mes) )?(?:pasad[oa]|anterior|ultim[oa](?: vez)?|"
    r"otra vez|(?:de )?siempre|"
    r"(?:del? )?(?:(?P<{}>ayer|antier|anteayer)))(?: vez)?"
)
_FORMS = (
    r"(?:exactamente )?(?:lo mismo|igual(?:ito)?)(?: (?:que|de|a|como))? " + _LAST.format("day"),
    r"(?:otr[oa]|un[oa]?) (?P<named>[a-z ]{3,60}?) (?:igual|como|identic[oa])(?:ito)? (?:que|a)? ?"
    + _LAST.format("since"),
    r"(?:repite|repita|repetir|copia|copie|copiar|vuelve a registrar|vuelva a registrar) "
    r"(?:(?:la|el|lo) )?(?:ultim[oa]|anterior|pasad[oa]|de ayer|mismo)",
    r"(?:otra vez|de nuevo) lo mismo",
)
_BEFORE = (
    r"(?:(?:hoy|se hizo|hicimos|hice|fue|es|registra|registre|anota|anote|pon|ponga|otra vez|"
    r"de nuevo|tambien|y|porfa|favor de) ){0,6}"
)
_AFTER = (
    r"(?: (?:hoy|por favor|porfa|gracias)){0,3}"
    r"(?: (?:de|en|para|con)(?: (?:la|las|el|los|lo de))? (?P<line>(?!\d)[a-z0-9 ]{2,60}?))?"
    r"(?: (?:hoy|por favor|porfa|gracias)){0,3}"
    r"(?:,? (?:pero|solo que|nomas que|ahora|esta vez)(?: (?:con|que|ahora|hoy))? (?P<change>.{1,200}))?"
)
_AGAIN = tuple(re.compile(f"{_BEFORE}{form}{_AFTER}") for form in _FORMS)
_AGO = {"ayer": 1, "antier": 2, "anteayer": 2}


@dataclass(frozen=True)
class Repetition:
    """What is told again: of which line, by its words or number, how many days ago, and what is different."""

    line: str = ""
    days_ago: int | None = None
    change: str = ""


def read_repetition(text: str) -> Repetition | None:
    """None for a text that says anything else."""
    said = re.sub(r"(?<![.!]) ?[.!]{1,9} ?$", "", fold(text))
    for pattern in _AGAIN:
        if found := pattern.fullmatch(said):
            groups = {name: value for name, value in found.groupdict().items() if value}
            day = groups.get("day") or groups.get("since")
            line = groups.get("line") or groups.get("named") or ""
            return Repetition(line.strip(), _AGO.get(day or ""), groups.get("change", "").strip())
    return None
