"""Who took part, in running text: «9 personas (6 mujeres, 3 hombres)», «14 (9 M / 5 H)», «estuvimos 19»."""

import re

from handlers.understanding.activity.numbers import cut
from handlers.understanding.participants import LIMIT, complete
from models.errors import Rejected
from models.filled import Participants

_DIGITS = r"(?P<{}>\d{{1,3}}(?:,\d{{3}})+|\d{{1,7}})(?![\d%/])(?![.,]\d)"
_N = r"(?<![\w.,:/$#-])" + _DIGITS
_WOMEN = r"(?:mujer(?:es)?|muj|damas|femeninas|f)\b"
_MEN = r"(?:hombres?|hom|varon(?:es)?|caballeros|masculinos|h)\b"
_AND = r"(?: ?[,;/+-] ?| )(?:y |e )?"
_REST = r"(?:el resto|los demas|lo demas|las demas)(?: \w+)?"
_N_WOMEN, _N_MEN = (rf"(?<!\d){_DIGITS.format(sex)}" for sex in ("women", "men"))
# «12F/7M»: where women are F, M are men; elsewhere M are women.
_PAIRS = tuple(
    re.compile(pattern)
    for pattern in (
        rf"{_N_WOMEN} ?f\b{_AND}{_N_MEN} ?m\b",
        rf"{_N_MEN} ?m\b{_AND}{_N_WOMEN} ?f\b",
        rf"{_N_WOMEN} ?(?:{_WOMEN}|m\b){_AND}(?:{_N_MEN} ?{_MEN}|(?P<others>{_REST}))",
        rf"{_N_MEN} ?{_MEN}{_AND}(?:{_N_WOMEN} ?(?:{_WOMEN}|m\b)|(?P<others>{_REST}))",
        rf"{_WOMEN} ?[:=] ?{_N_WOMEN}{_AND}{_MEN} ?[:=] ?{_N_MEN}",
        rf"{_MEN} ?[:=] ?{_N_MEN}{_AND}{_WOMEN} ?[:=] ?{_N_WOMEN}",
    )
)
_ONE_SEX = re.compile(rf"(?:{_N_WOMEN} mujer(?:es)?|{_N_MEN} hombres?)\b")
_ONE = re.compile(r"\b(?:un|una) (?=(?:mujer|hombre|persona)\b)")
_OF = r"(?: personas?)?(?: de(?: la| las| los)?)? "
_SECTORS = re.compile(
    rf"{_N.format('number')}{_OF}(?:"
    r"(?P<private_sector>(?:sector |iniciativa )?privad[oa]|empresari[oa]s?)|"
    r"(?P<civil_society>sociedad(?: civil)?|osc)|(?P<academia>academi[ac]\w*|universi\w+)|"
    r"(?P<public_servants>servidor\w*(?: public[oa]s)?|funcionari[oa]s?))\b"
)
UNSURE = -1  # a total of each of several: «8 personas cada una», 3 women and 2 men here, 5 and 4 there
PEOPLE = (
    r"(?:personas?|asistentes?|participantes?|integrantes?|companer[oa]s?|servidor(?:es|as?)?|alumn[oa]s?|"
    r"estudiantes?|ciudadan[oa]s?|funcionari[oa]s?|emplead[oa]s?|trabajador(?:es|as?)?|colaborador(?:es|as?)?|"
    r"docentes?|maestr[oa]s|jovenes|nin[oa]s|enlaces|titulares|capacitad[oa]s)\b"
)
_HEAD = re.compile(
    rf"(?P<not>\b(?:de l[oa]s|falt\w+|no \w+|ni) )?{_N.format('total')}(?: de \d+)? {PEOPLE}(?P<each> cada)?"
)
_CAME = re.compile(
    r"(?P<each>)(?P<not>\bno )?\b(?:estuvimos|fuimos|eramos|asistimos|asistieron|participamos|"
    r"participaron|acudieron|acudimos) (?:a |como |unos |unas )?"
    rf"{_N.format('total')}(?= ?[,.;:()]| (?:de|en|con|del|por|y|el|la)\b|$)"
)
_JUST_BEFORE = re.compile(
    rf"{_N.format('total')}(?: {PEOPLE}(?: \w+){{0,3}})? ?[(,:;–-]? ?"
    r"(?:\(? ?de (?:ell[oa]s|l[oa]s cuales),? )?$"
)
_REACH = 80  # characters before the women and men in which their total stands


def find_people(text: str) -> tuple[Participants | None, str]:
    """The participants, and the text without them; None where nothing is sure or the parts do not add up."""
    text = _ONE.sub("1 ", text)
    pairs = [found for pattern in _PAIRS for found in pattern.finditer(text)]
    sexes = pairs[0] if pairs else _ONE_SEX.search(text)
    sectors = {found.lastgroup or "": found for found in _SECTORS.finditer(text)}
    sectors = sectors if len(sectors) > 1 else {}
    spans = [found.span() for found in (*pairs, sexes, *sectors.values()) if found]
    totals = {UNSURE} if len({found.start() for found in pairs}) > 1 else set()
    for found in (*_HEAD.finditer(text), *_CAME.finditer(text)):
        if any(start <= found.start("total") < end for start, end in spans):
            continue
        spans.append(found.span())
        if not found["not"]:
            totals.add(UNSURE if found["each"] else _number(found["total"]))
    if sexes and (before := _JUST_BEFORE.search(text, max(0, sexes.start() - _REACH), sexes.start())):
        spans.append((before.start(), sexes.start()))
        totals.add(_number(before["total"]))
    parts = {name: _number(found["number"]) for name, found in sectors.items()}
    return _people(sexes.groupdict() if sexes else {}, parts, totals), cut(text, spans)


def _people(sexes: dict[str, str | None], sectors: dict[str, int], totals: set[int]) -> Participants | None:
    """Women, men, sectors and total together; None for two totals or parts that are not the whole."""
    parts = {name: _number(said) for name in ("women", "men") if (said := sexes.get(name))}
    whole = sum((parts or sectors).values())
    if len(parts) == 2 and whole in totals and UNSURE not in totals:
        totals = {whole}  # the other numbers of people are of something else: «se inscribieron 80»
    if not totals and (parts or sectors) and not sexes.get("others"):
        totals = {whole}
    total = totals.pop() if len(totals) == 1 else UNSURE
    if not max(parts.values(), default=0) <= total <= LIMIT:
        return None
    people = complete({"participants": total, **parts, **sectors})
    try:
        people.check()
    except Rejected:
        return None
    return people


def _number(text: str) -> int:
    return int(text.replace(",", ""))
