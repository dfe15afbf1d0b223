"""A reply that corrects: «fueron 3», «era ayer», «7 mujeres», «no, era la línea 2». Pure.

The text is cut into clauses, each without what leads up to it («no, perdón, …»). Every one of them must name
one field and nothing else: else the whole text is no correction, but something told.
"""

import re
from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from datetime import date

from models.errors import Rejected
from models.programme.view import LineView, TargetView, UnitView
from models.storage.forms import Participants
from spanish.reading.activity import understand
from spanish.reading.quantities import read_quantity
from spanish.writing.days import MONTHS, WEEKDAYS
from spanish.writing.folding import fold

LONGEST = 200  # characters: a correction is short


@dataclass(frozen=True)
class Amendment:
    """The fields that a reply names. Quantities are scaled by their target's decimals.

    `number` is an amount that names no measure. `people` has only the parts that were said, by the names of
    `Participants`. `replaces`: the documents are said to be these instead of the earlier ones.
    """

    line: int | None = None
    quantities: dict[int, int] = field(default_factory=dict)
    pending: str | None = None
    number: str | None = None
    days: tuple[date, date] | None = None
    people: dict[str, int] = field(default_factory=dict)
    place: str | None = None
    documents: tuple[str, ...] = ()
    replaces: bool = False


_CUT = re.compile(
    r"[;\n]|(?<!\s)\s{1,4}(?=en (?:el|la|los|las)\s)|,(?!\d)|(?<!\d)\.(?=\s|$)|(?<=\d)\.(?=\s|$)|"
    r"(?<!\s)\s{1,4}(?=(?:y|e)\s{1,4}(?:no\s{1,4})?(?:era|fue|eran|fueron|"
    r"es|son|en|con|el|la)\b)",
    re.IGNORECASE,
)
_LEAD = re.compile(
    r"(?:(?:no|perdon|perdone|disculpe|corrijo|correccion|corrige|corregir|mejor|en realidad|mas bien|digo|"
    r"quise decir|"
    r"ah|ay|uy|eh|bueno|al final|me equivoque|y|e|pero|ok|si|ya|bien|que|cambia(?:r|le)?(?: a)?|ponle|pon|"
    r"ponga|anota)\b[ :]*)+"
)
_VERB = re.compile(
    r"(?:(?:fue|fueron|era|eran|es|son|seria|serian|eramos|fuimos|somos|asistieron|participaron|hubo|"
    r"estuvieron|vinieron|"
    r"acudieron|se hizo|se hicieron|dimos|corresponde a|va en|a|con|de|solo|solamente|nada mas|nomas|"
    r"unicamente|"
    r"el|la|los|las|lo)\b ?)+"
)
_LINE = re.compile(r"(?:linea|lin|l)\.? ?(?:de accion )?(?:num\.? |no\.? |numero )?(\d{1,3})")
_PLACE = re.compile(
    r"(?:\W{0,4}\b(?:no|perd.n|y|fue|era|se hizo|se llev. a cabo)\b[\s,]{0,4}){0,6}"
    r"(?:en\s{1,4}|lugar\s{0,4}:\s{0,4}|el lugar (?:fue|era|es)\s{1,4})"
    r"(?P<place>\S.*)",
    re.IGNORECASE,
)
_NO_PLACE = re.compile(
    rf"(?:total|realidad|{'|'.join(MONTHS)}|el mes|20\d\d|la manana|la tarde|la noche|\d)\b"
)
_DAY_WORDS = frozenset((
    *map(fold, WEEKDAYS), *MONTHS, *(name[:3] for name in MONTHS), "sept", "setiembre", "hoy", "ayer",
    "antier", "anteayer",
    "anoche", "del", "al", "de", "el", "dia", "dias", "pasado", "pasada", "semana", "la", "presente",
    "mes", "este",
    "hace", "antes", "y", "a", "primero", "fecha", "manana", "tarde", "noche", "corriente", "actual", "un",
    "ano", "en", "por",
))  # fmt: skip
_N = r"(\d{1,3}(?:,\d{3}){1,4}|\d{1,7})"
_SEXES = (("women", r"(?:mujer(?:es)?|muj|damas|m|f)"), ("men", r"(?:hombres?|hom|h|varon(?:es)?)"))
_TOTAL = (
    r"(?:personas?|asistentes?|participantes?|integrantes?|companer[oa]s|servidor(?:es|"
    r"as)(?: public[oa]s)?|en total|alumn[oa]s|"
    r"capacitad[oa]s|gentes?)"
)
_PEOPLE = re.compile(
    rf"{_N} ?(?:(?P<women>{_SEXES[0][1]})|(?P<men>{_SEXES[1][1]})|(?P<participants>{_TOTAL}))\b(?: en total)?"
)
_COME = re.compile(r"\b(?:asistieron|participaron|vinieron|acudieron|estuvieron|eramos|fuimos|somos)\b")
_JOINS = re.compile(r"[\s,;:/()+-]*(?:(?:y|e|de ellos|de las cuales|de ellas)\b[\s,;:/()+-]*)*")
_AMOUNT = re.compile(r"(?P<number>\d{1,3}(?:,\d{3})+(?:\.\d+)?|\d{1,12}(?:\.\d+)?)(?: (?P<words>[^\d]+))?")
_PENDING = re.compile(
    r"(?P<number>\d{1,7}|ningun[oa]?|tod[oa]s)(?: \w+)? ?(?:(?:por|sin) \w+|pendientes?(?: de \w+)?)"
)
_LETTERS = frozenset((
    "oficio", "oficios", "ofi", "of", "memo", "memos", "memorandum", "memorando", "circular", "numero",
    "num", "no", "n",
    "el", "los", "con", "y", "folio", "documento", "era", "fue", "es",
))  # fmt: skip
_WORDS = {
    word: number for number, word in enumerate((
        "cero", "uno", "dos", "tres", "cuatro", "cinco", "seis", "siete", "ocho", "nueve", "diez", "once",
        "doce", "trece",
        "catorce", "quince", "dieciseis", "diecisiete", "dieciocho", "diecinueve", "veinte",
    ))
} | {"un": 1, "una": 1, "ninguna": 0, "ninguno": 0}  # fmt: skip


def read_amendment(text: str, unit: UnitView, line: LineView | None, today: date) -> Amendment | None:
    """What a reply sent on `today` corrects of a card on `line`; None where it says anything else, too.

    Raises nothing, whatever the text.
    """
    if len(text) > LONGEST or "?" in text:
        return None
    found, replaces = (
        Amendment(),
        bool(re.match(r"\W{0,9}(?:no|perd.n|corr\w+|mejor|el oficio (?:era|es))\b", text, re.IGNORECASE)),
    )
    read = 0
    for clause in filter(None, (each.strip() for each in _CUT.split(text))):
        bare = _without_lead(fold(clause))
        if not _without_verb(bare):  # «no, …», «y fue | en el auditorio»
            continue
        changed = _read_clause(found, clause, bare, (unit, line), today)
        if changed is None:
            return None
        found, read = changed, read + 1
    return replace(found, replaces=replaces and bool(found.documents)) if read else None


def _read_clause(
    found: Amendment, clause: str, bare: str, where: tuple[UnitView, LineView | None], today: date
) -> Amendment | None:
    """The amendment with what one clause says; None where it says something else."""
    unit, line = where
    plain = _in_digits(_without_verb(bare))
    if number := _LINE.fullmatch(plain):
        return replace(found, line=int(number[1]))
    if people := _read_people(plain, came=bool(_COME.search(bare))):
        counted = {**found.quantities, **_people_counted(people, line)}
        return replace(found, people={**found.people, **people}, quantities=counted)
    if place := _read_place(clause):
        return replace(found, place=place)
    if days := _read_days(bare, clause, unit, line, today):
        return replace(found, days=days)
    if documents := _read_documents(clause, bare, unit, line, today):
        return replace(found, documents=(*found.documents, *documents))
    if waits := _PENDING.fullmatch(plain):
        return replace(found, pending=waits["number"])
    return _with_quantity(found, plain, line)


def _without_lead(folded: str) -> str:
    led = _LEAD.match(folded)
    rest = folded[led.end() :] if led else folded
    return rest.strip(" .:!,")


def _without_verb(bare: str) -> str:
    said = _VERB.match(bare)
    return (bare[said.end() :] if said else bare).strip()


def _in_digits(plain: str) -> str:
    return re.sub(r"[a-z]+", lambda word: str(_WORDS.get(word[0], word[0])), plain)


def _read_people(plain: str, came: bool) -> dict[str, int]:
    """«7 mujeres y 3 hombres», «12 personas», after «asistieron» a bare number; empty where more is said."""
    if came and plain.isdecimal():
        return {"participants": int(plain)} if len(plain) <= 7 else {}
    people: dict[str, int] = {}
    rest = plain
    for said in _PEOPLE.finditer(plain):
        name = next(each for each in ("women", "men", "participants") if said[each])
        people[name] = int(said[1].replace(",", ""))
        rest = rest.replace(said[0], " ", 1)
    return people if _JOINS.fullmatch(rest) else {}


def _people_counted(people: dict[str, int], line: LineView | None) -> dict[int, int]:
    """Where people are what a target counts, they are its quantity."""
    total = people.get("participants")
    if line is None or total is None:
        return {}
    counting = [target for target in line.targets if re.match(_TOTAL, fold(target.measure))]
    return {target.id: total * 10**target.decimals for target in counting}


def _read_place(clause: str) -> str | None:
    """«en la sala de juntas» is «Sala de juntas»."""
    found = _PLACE.fullmatch(clause)
    if found is None or _NO_PLACE.match(fold(found["place"])):
        return None
    place = re.sub(r"^(?:el|la|los|las)\s+", "", found["place"].strip(" .!"), flags=re.IGNORECASE)
    return place[:1].upper() + place[1:] if any(map(str.isalpha, place)) else None


def _read_days(
    bare: str, clause: str, unit: UnitView, line: LineView | None, today: date
) -> tuple[date, date] | None:
    if only := re.fullmatch(r"(?:(?:fue|era|es) )?el (\d{1,2})", bare):
        clause = f"dia {only[1]}"
    words = re.findall(r"[a-z]+", _without_verb(bare) or bare) or (["dia"] if only else [])
    if not words and not re.search(r"\d[/-]\d", bare):
        return None
    if not all(word in _DAY_WORDS for word in words):
        return None
    said = understand(clause, _lines(unit, line), today)
    return (said.starts_on, said.ends_on) if said.starts_on and said.ends_on else None


def _read_documents(
    clause: str, bare: str, unit: UnitView, line: LineView | None, today: date
) -> tuple[str, ...]:
    documents = understand(clause, _lines(unit, line), today).documents
    rest = bare
    for number in documents:
        rest = rest.replace(fold(number), " ")
    words = _without_verb(rest.strip()).split()
    return documents if all(word.strip(".:°º") in _LETTERS for word in words) else ()


def _with_quantity(found: Amendment, plain: str, line: LineView | None) -> Amendment | None:
    said = _AMOUNT.fullmatch(plain)
    if said is None:
        return None
    if not said["words"] or said["words"].strip() in ("en total", "total"):
        return replace(found, number=said["number"])
    meant = [target for target in (line.targets if line else ()) if _is_measure(said["words"], target)]
    if len(meant) != 1:
        return None
    try:
        quantity = read_quantity(said["number"], meant[0].decimals)
    except Rejected:
        return None
    return replace(found, quantities={**found.quantities, meant[0].id: quantity})


def _is_measure(words: str, target: TargetView) -> bool:
    """Whether the words are the measure's, and no other."""
    roots = {_root(word) for word in fold(target.measure).split()}
    said = [word for word in words.split() if word not in ("en", "total", "de", "y", "o")]
    return bool(said) and all(_root(word) in roots for word in said)


def _root(word: str) -> str:
    return (word[:-1] if word.endswith("s") else word)[:6]


def _lines(unit: UnitView, line: LineView | None) -> Sequence[tuple[UnitView, LineView]]:
    return [(unit, line)] if line else [(unit, each) for each in unit.lines]


def amended_people(before: Participants | None, said: dict[str, int]) -> Participants:
    """The participants with the parts that were said.

    A total that is said stands; one part of two changes the other, while the total holds both; what no longer
    adds up and was not said is left out.
    """
    women, men, total = (said.get(name) for name in ("women", "men", "participants"))
    if total is None and women is not None and men is not None:
        total = women + men
    if total is None and before is not None:
        known = women if women is not None else men or 0
        other = before.men if women is not None else before.women
        total = before.participants if before.participants >= known else known + (other or 0)
    if total is None:
        total = women if women is not None else men or 0
    if women is None and men is None and before is not None:
        women, men = before.women, before.men
        if women is not None and men is not None and women + men != total:
            women = men = None
    if women is None and men is not None and men <= total:
        women = total - men
    elif men is None and women is not None and women <= total:
        men = total - women
    people = Participants(participants=total, women=women, men=men)
    if before is not None:
        kept = before.model_copy(update={"participants": total, "women": women, "men": men})
        try:
            kept.check()
        except Rejected:
            return people
        return kept
    return people
