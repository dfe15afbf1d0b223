"""Who took part, read in one way wherever it is written: «9 personas (6 mujeres)», «14 (9 M / 5 H)».

`find_people` looks in running text; `read_participants` and `read_parts` take a text that tells of
participants and nothing else.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass

from models.errors import Rejected
from models.storage.forms import Participants
from spanish.reading.numbers import in_digits
from spanish.reading.spoken import Span, Spoken, merged

LIMIT = 1_000_000
LONGEST = 400  # characters of an answer that tells of participants
_DIGITS = r"(?P<{}>\d{{1,3}}(?:,\d{{3}}){{1,4}}|\d{{1,7}})(?![\d%/])(?![.,]\d)"
_N = r"(?<![\w.,:/$#-])" + _DIGITS
_ARE = r"(?: (?:fueron|eran|son|de ellas|de ellos))?"
_WOMEN = r"(?:mujer(?:es)?|muj|damas|femeninas|fem|companeras|senoras|muchachas|f)\b\.?"
_MEN = r"(?:hombres?|hom|varon(?:es)?|caballeros|masculinos|masc|companeros|senores|muchachos|h)\b\.?"
# «22 compañeros» may be of both.
_SURE_WOMEN = r"(?:mujer(?:es)?|muj|damas|femeninas|fem|[fm])\b\.?"
_SURE_MEN = r"(?:hombres?|hom|varon(?:es)?|caballeros|masculinos|masc|h)\b\.?"
_AND = r"(?: ?[,;/+|-] ?| )(?:y |e )?(?:tambien )?"
_REST = r"(?:el resto|los demas|lo demas|las demas)(?: \w+)?"
_N_WOMEN, _N_MEN = (rf"(?<!\d){_DIGITS.format(sex)}" for sex in ("women", "men"))
# «12F/7M»: where women are F, M are men; elsewhere M are women.
_PAIRS = tuple(
    re.compile(pattern)
    for pattern in (
        rf"{_N_WOMEN} ?f\b{_AND}{_N_MEN} ?m\b",
        rf"{_N_MEN} ?m\b{_AND}{_N_WOMEN} ?f\b",
        rf"{_N_WOMEN}{_ARE} ?(?:{_WOMEN}|m\b){_AND}(?:{_N_MEN}{_ARE} ?{_MEN}|(?P<others>{_REST}))",
        rf"{_N_MEN}{_ARE} ?{_MEN}{_AND}(?:{_N_WOMEN}{_ARE} ?(?:{_WOMEN}|m\b)|(?P<others>{_REST}))",
        rf"(?<!\d )(?<!\d)\b(?:{_WOMEN}|m\b) ?[:=]? ?{_N_WOMEN}{_AND}{_MEN} ?[:=]? ?{_N_MEN}",
        rf"(?<!\d )(?<!\d)\b{_MEN} ?[:=]? ?{_N_MEN}{_AND}(?:{_WOMEN}|m\b) ?[:=]? ?{_N_WOMEN}",
    )
)
_ONE_SEX = re.compile(rf"(?:{_N_WOMEN}{_ARE} mujer(?:es)?|{_N_MEN}{_ARE} hombres?)\b")
# The same and «6 muj», «5 H», «mujeres: 6», where nothing else is spoken of.
_ONE_SEX_ALONE = tuple(
    re.compile(pattern)
    for pattern in (
        rf"{_N_WOMEN}{_ARE} ?{_SURE_WOMEN}|{_N_MEN}{_ARE} ?{_SURE_MEN}",
        rf"\b{_SURE_WOMEN} ?[:=]? ?{_N_WOMEN}|\b{_SURE_MEN} ?[:=]? ?{_N_MEN}",
    )
)
_ONE = re.compile(r"\b(?:un|una) (?=(?:mujer|hombre|persona)\b)")
_OF = r"(?: personas?)?(?: representa\w+| pertenec\w+)?(?: (?:de|a|al|del)(?: la| las| los| el)?)? "
_SECTORS = re.compile(
    rf"{_N.format('number')}{_OF}(?:"
    r"(?P<private_sector>(?:sector |iniciativa )?privad[oa]|empresari[oa]s?)|"
    r"(?P<civil_society>sociedad(?: civil)?|osc)|(?P<academia>academi[ac]\w*|universi\w+)|"
    r"(?P<public_servants>servidor\w*(?: public[oa]s)?|servicio publico|funcionari[oa]s?))\b"
)
UNSURE = -1  # a total of each of several: «8 personas cada una», 3 women and 2 men here, 5 and 4 there
PEOPLE = (
    r"(?:personas?|asist|asistentes?|participantes?|integrantes?|companer[oa]s?|servidor(?:es|as?)?|alumn[oa]s?|"
    r"estudiantes?|ciudadan[oa]s?|funcionari[oa]s?|emplead[oa]s?|trabajador(?:es|as?)?|colaborador(?:es|"
    r"as?)?|"
    r"docentes?|maestr[oa]s|jovenes|nin[oa]s|enlaces|titulares|capacitad[oa]s|usuari[oa]s|funcionarios|"
    r"responsables|"
    r"empresari[oa]s|comerciantes|directores|regidor(?:es|as)|policias|abogad[oa]s|auxiliares|"
    r"beneficiari[oa]s|"
    r"becari[oa]s|acreditad[oa]s|aprobad[oa]s|"
    r"graduad[oa]s|gentes?|compas|inscrit[oa]s|egresad[oa]s|visitantes|invitad[oa]s presentes)\b"
)
_HEAD = re.compile(
    rf"(?P<not>\b(?:de l[oa]s|falt\w+|no \w+|ni) )?{_N.format('total')}(?: de \d+)? {PEOPLE}(?P<each> cada)?"
)
_CAME = re.compile(
    r"(?P<each>)(?P<not>\bno )?\b(?:estuvimos|fuimos|eramos|asistimos|asistieron|asistencia|participamos|"
    r"participaron|participacion|acudieron|acudimos|vinieron|llegaron|conectaron|conectamos|tomamos|tomaron|"
    r"terminaron|acreditaron|concluyeron|presencia|capacitamos|capacitaron|capacito|adiestramos|constancias?|"
    r"presentaron|aprobaron|juntamos|juntaron|reunimos|reunieron|hubo) "
    r"(?:a |como |unos |unas |de |solo |nomas |en total |con )?"
    rf"{_N.format('total')}(?= ?[,.;:()]| (?:de(?! (?:l[oa]s )?\d)|en|con|del|para|por|y|el|la)\b|$)"
)
_ATTENDED = re.compile(r"(?:asistentes|participantes)$")
_CAME_BEFORE = re.compile(
    r"\b(?:participacion|asistencia|presencia|participaron|asistieron|acudieron|vinieron)"
    r"(?: (?:de|a|un total|unas|unos|como)){0,3} $"
)
_JUST_BEFORE = re.compile(
    rf"{_N.format('total')}(?: {PEOPLE}(?: \w+){{0,3}})? ?[(,:;–-]? ?"
    r"(?:\(? ?de (?:ell[oa]s|l[oa]s (?:cuales|que)),? )?$"
)
# Those to whom something was sent, or who were asked, did not take part.
_SENT = re.compile(
    r"\b(?:mand\w+|envi\w+|correos?|oficios?|circular\w*|notific\w+|turn\w+|pas(?:e|o|amos)|convoc\w+|"
    r"invitaciones|invite|invito|invitaron|"
    r"invitamos|solicit\w+|pid\w+|pedimos|requir\w+|lleg[oa]|remit\w+|entregu?\w+ a|aviso|"
    r"avise)\b[^.;,]{0,40}$"
)
# Nor those who were given an account, or were paid: «46 usuarios dados de alta», «nómina (34 trabajadores)».
_ACCOUNTS = re.compile(
    r"\b(?:alta|altas|registr(?:o|aron|amos|e|ados?|adas?)|cre(?:o|e|aron|amos)|gener(?:o|aron|amos|e)|"
    r"habilit\w+|activ(?:o|e|aron|amos)|cuentas|claves|contrasenas|credenciales|accesos)"
    r"(?: (?:a|de|para|los|las|nuevos|otros|como|unos))* $"
)
_ACCOUNTED = re.compile(
    r" (?:(?:ya|nuev[oa]s|quedaron|fueron|que|se) ){0,6}(?:registrad[oa]s|dad[oa]s de alta|de alta|"
    r"activ[oa]s|activad[oa]s|habilitad[oa]s|cread[oa]s|cargad[oa]s|con (?:cuenta|clave|acceso|usuario))\b"
)
_PAID = re.compile(
    r"\b(?:nominas?|quincenas?|plantilla|pagos?|pago|pagamos|sueldos?|aguinaldos?|prima|recibos|timbr\w+|"
    r"dispersion|retenciones|vales|incidencias)\b[^.;,]{0,40}$"
)
_TAUGHT = re.compile(
    r"\b(?:curso|taller|capacit\w+|platica|asesor\w+|reunion|sesion|orient\w+|adiestr\w+|asist\w+|"
    r"particip\w+)\b"
)
_STAFF = re.compile(r"(?:trabajador|emplead|persona|servidor|colaborador|funcionari|companer)")
_ALL_ONE_SEX = re.compile(r"\b(?:tod|pur|solo)[oa]?s? (?P<sex>mujeres|hombres)\b")
# What may stand around the numbers of an answer, and before a total that has no noun.
_AROUND = (
    r"(?:\W|\b(?:y|e|fue|fueron|era|eran|eramos|fuimos|estuvimos|somos|son|hubo|asistieron|asistimos|"
    r"participaron|participamos|participacion|asistencia|presencia|acudieron|acudimos|vinieron|estuvieron|"
    r"en total|total|de|ell[oa]s|l[oa]s|la|cuales|que|con|o sea|es decir|un|unos|unas|como|solo|"
    r"solamente|nada mas|nomas|"
    r"participantes|personas|asistentes|tambien)\b)"
)
_LEFT_OVER = re.compile(rf"{_AROUND}{{0,60}}")
_BARE = re.compile(rf"{_AROUND}{{0,12}}?{_N.format('total')}(?= en total| total| [ye] |\W*$| ?[,;:(/])")
_NEGATIVE = re.compile(r"(?:^|[^\d\w ] ?)-\s*\d|^ ?-")
_REACH = 80  # characters before the women and men in which their total stands


@dataclass(frozen=True)
class Attendance:
    """Who took part: `people` where the parts add up, else `unbalanced`; neither where nothing is sure."""

    people: Participants | None = None
    unbalanced: Participants | None = None
    where: tuple[Span, ...] = ()


@dataclass
class _Said:
    """The numbers of people that a text says; `spans` are all that were looked at, taken or not.

    `sexes` may hold "others", where the rest are said to be of the other sex.
    """

    sexes: dict[str, str | None]
    sectors: dict[str, int]
    totals: set[int]
    spans: list[Span]
    negated: bool = False

    def people(self) -> tuple[Participants | None, Participants | None]:
        """Adding up, or not; neither where nothing is sure."""
        return _people(self.sexes, self.sectors, set(self.totals))


def find_people(spoken: Spoken) -> tuple[Attendance, Spoken]:
    """The participants, and the text without them."""
    spoken = spoken.rewrite(_ONE, lambda _: "1 ")
    said = _find(spoken.text)
    people, unbalanced = said.people()
    where = tuple(spoken.span(*each) for each in merged(said.spans)) if people or unbalanced else ()
    return Attendance(people, unbalanced, where), spoken.cut(said.spans)


def numbers_told(text: str) -> dict[str, list[int]]:
    """Every number of women, of men and of participants that a text tells, by the names of `Participants`.

    There may be several of each, since several events may be told of. A total is one that people are said to
    have come to («asistieron 12», «12 participantes»), or that stands before its women and men.
    """
    said = in_digits(Spoken.of(text)).rewrite(_ONE, lambda _: "1 ").text
    sexes = [found for pattern in (*_PAIRS, _ONE_SEX) for found in pattern.finditer(said)]
    places: dict[str, set[Span]] = {
        name: {each.span(name) for each in sexes if each.groupdict().get(name)} for name in ("women", "men")
    }
    befores = (_JUST_BEFORE.search(said, max(0, each.start() - _REACH), each.start()) for each in sexes)
    places["participants"] = {each.span("total") for each in (*befores, *_came(said)) if each}
    return {
        name: [_number(said[start:end]) for start, end in sorted(spans)] for name, spans in places.items()
    }


def _came(text: str) -> Iterator[re.Match[str]]:
    """The totals of those who took part: not of people who are only spoken of («60 personas del padrón»)."""
    for found in (*_HEAD.finditer(text), *_CAME.finditer(text)):
        took_part = _ATTENDED.search(found[0]) or _CAME_BEFORE.search(text, 0, found.start("total"))
        if took_part and not found["not"] and not found["each"] and not _is_elsewhere(text, found):
            yield found


def read_participants(text: str) -> Participants:
    """The participants of an answer; without a total, women plus men, else the sectors.

    Raises `Rejected`: `participants_unreadable` where it says anything else, or why the parts do not add up.
    """
    said = _find_alone(text, bare=True)
    people, unbalanced = said.people() if said else (None, None)
    if unbalanced is not None:
        unbalanced.check()
    if people is None:
        raise Rejected("participants_unreadable")
    return people


def read_parts(text: str, bare: bool) -> dict[str, int]:
    """Only the numbers that are said, by the names of `Participants`; empty where it says anything else.

    `bare`: a number without a noun is the total.
    """
    said = _find_alone(text, bare)
    if said is None or len(said.totals) > 1 or UNSURE in said.totals:
        return {}
    sexes = {name: _number(number) for name, number in said.sexes.items() if number and name != "others"}
    total = {"participants": next(iter(said.totals))} if said.totals else {}
    parts = {**total, **sexes, **said.sectors}
    return parts if max(parts.values(), default=0) <= LIMIT else {}


def _find_alone(text: str, bare: bool) -> _Said | None:
    """What a text says that tells of participants and nothing else; None for any other."""
    spoken = in_digits(Spoken.of(text)).rewrite(_ONE, lambda _: "1 ") if len(text) <= LONGEST else None
    if spoken is None or _NEGATIVE.search(spoken.text):
        return None
    said = _find(spoken.text, alone=True, bare=bare)
    rest = spoken.cut(said.spans).text
    return None if said.negated or _LEFT_OVER.fullmatch(rest) is None else said


def _find(text: str, alone: bool = False, bare: bool = False) -> _Said:
    """`alone`: the text tells of nothing but participants, so that a single sector and «5 H» count, too."""
    pairs = [found for pattern in _PAIRS for found in pattern.finditer(text)]
    sexes = pairs[0] if pairs else _one_sex(text, alone)
    sectors = {found.lastgroup or "": found for found in _SECTORS.finditer(text)}
    apart = sectors if len(sectors) > 1 else {}
    spans = [found.span() for found in (*pairs, sexes, *apart.values()) if found]
    said = _Said({}, {}, {UNSURE} if len({found.start() for found in pairs}) > 1 else set(), spans)
    for found in (*_HEAD.finditer(text), *_CAME.finditer(text)):
        if any(start <= found.start("total") < end for start, end in spans):
            continue
        spans.append((found.start("total") if found["not"] else found.start(), found.end()))
        said.negated = said.negated or bool(found["not"])
        if not found["not"] and not _is_elsewhere(text, found):
            said.totals.add(UNSURE if found["each"] else _number(found["total"]))
    if sexes and (before := _JUST_BEFORE.search(text, max(0, sexes.start() - _REACH), sexes.start())):
        spans.append((before.start(), sexes.start()))
        said.totals.add(_number(before["total"]))
    if bare and (first := _BARE.match(text)) and not any(a <= first.start("total") < b for a, b in spans):
        spans.append(first.span())
        said.totals.add(_number(first["total"]))
    said.sexes = sexes.groupdict() if sexes else {}
    said.sectors = {name: _number(found["number"]) for name, found in (sectors if alone else apart).items()}
    spans += [found.span() for found in sectors.values()] if alone else []
    if sexes is None and len(said.totals) == 1 and (only := _ALL_ONE_SEX.search(text)):
        said.sexes = {"women" if only["sex"] == "mujeres" else "men": str(max(said.totals))}
        spans += [only.span()] if alone else []
    return said


def _one_sex(text: str, alone: bool) -> re.Match[str] | None:
    patterns = _ONE_SEX_ALONE if alone else (_ONE_SEX,)
    return next(filter(None, (pattern.search(text) for pattern in patterns)), None)


def _is_elsewhere(text: str, found: re.Match[str]) -> bool:
    """Whether they are people who were written to, registered or paid, and took part in nothing."""
    before = text[max(0, found.start() - _REACH) : found.start("total")]
    if _SENT.search(before):
        return True
    if "usuari" in found[0]:
        return bool(_ACCOUNTS.search(before) or _ACCOUNTED.match(text, found.end()))
    if _STAFF.search(found[0]) is None or _PAID.search(before) is None:
        return False
    return _TAUGHT.search(text, max(0, found.start() - 3 * _REACH), found.end()) is None


def _people(
    sexes: dict[str, str | None], sectors: dict[str, int], totals: set[int]
) -> tuple[Participants | None, Participants | None]:
    """Women, men, sectors and total together: adding up or not. Nothing for two totals."""
    parts = {name: _number(said) for name in ("women", "men") if (said := sexes.get(name))}
    whole = sum((parts or sectors).values())
    if len(parts) == 2 and whole in totals and UNSURE not in totals:
        totals = {whole}  # the other numbers of people are of something else: «se inscribieron 80»
    if not totals and (parts or sectors) and not sexes.get("others"):
        totals = {whole}
    total = totals.pop() if len(totals) == 1 else UNSURE
    if not 0 <= total <= LIMIT or max(parts.values(), default=0) > LIMIT:
        return None, None
    people = complete({"participants": total, **parts, **sectors})
    try:
        people.check()
    except Rejected:
        return None, people
    return (people, None) if max(parts.values(), default=0) <= total else (None, people)


def _number(text: str) -> int:
    return int(text.replace(",", ""))


def complete(values: dict[str, int]) -> Participants:
    """With a total and one of the two, the other follows."""
    total = values["participants"]
    for given, other in (("women", "men"), ("men", "women")):
        if given in values and other not in values and values[given] <= total:
            values[other] = total - values[given]
    return Participants(**values)
