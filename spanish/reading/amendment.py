"""A reply that corrects: «fueron 3», «era ayer», «7 mujeres», «no, era la línea 2». Pure.

The text is cut into clauses, each without what leads up to it («no, perdón, …»). Every one of them must name
one field and nothing else: else the whole text is no correction, but something told.
"""

import re
from collections.abc import Iterable
from contextlib import suppress
from dataclasses import dataclass, field, replace
from datetime import date

from models.errors import Rejected
from models.programme.view import LineView, TargetView
from models.storage.forms import Participants
from spanish.reading.activity.measures import MeasureKind, counting
from spanish.reading.days import read_past_days
from spanish.reading.documents import read_documents
from spanish.reading.participants import read_parts
from spanish.reading.places import read_place_clause
from spanish.reading.quantities import bare_number, read_quantity, waiting_number
from spanish.reading.replacement import read_replacement
from spanish.writing.folding import fold, unstretched
from spanish.writing.number_words import in_digits
from spanish.writing.people import SECTORS

_SINGLE = ("line", "pending", "number", "more", "days", "place")
LONGEST = 200  # characters: a correction is short


@dataclass(frozen=True)
class Amendment:
    """The fields that a reply names. Quantities are scaled by their target's decimals.

    `number` is an amount that names no measure, `more` one that is added: «agrega 3 más». `people` has only
    the parts that were said, by the names of `Participants`. `replaces`: the documents are said to be these
    instead of the earlier ones.
    """

    line: int | None = None
    quantities: dict[int, int] = field(default_factory=dict)
    pending: str | None = None
    number: str | None = None
    more: str | None = None
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
_AND = re.compile(r" y ")
_MORE = re.compile(  # «agrega 3 más», «súmale otras 2», «ponle 3 más», «3 más»
    r"(?:(?:por favor|porfa|ok|y|tambien) )*(?:"
    r"(?:agreg|sum|anad|aument|increment)[a-z]{1,6} (?:otr[oa]s? )?(?P<number>\d[\d,]*(?:\.\d+)?|un[oa]?)"
    r"(?: mas)?|"
    r"(?:pon[a-z]{1,3} )?(?:otr[oa]s? )?(?P<also>\d[\d,]*(?:\.\d+)?|un[oa]?) mas)"
)


def _digits(number: str) -> str:
    return "1" if number.startswith("un") else number


_COME = re.compile(r"\b(?:asistieron|participaron|vinieron|acudieron|estuvieron|eramos|fuimos|somos)\b")


_REPORT_TEXT = re.compile(
    r"\W{0,3}(?:(?:que )?(?:en|para) el informe(?: (?:que )?(?:diga|debe decir|dir[íi]a))?|"
    r"(?:el )?texto (?:del|para el) informe|(?:que )?el informe (?:diga|debe decir))"
    r"\s{0,3}[:,]\s{0,9}(?=\w|[«\"“¿])",
    re.IGNORECASE,
)


def read_report_text(text: str) -> str | None:
    """Return what a reply wants the report to say («en el informe: Se impartió…»), None if it is no such."""
    found = _REPORT_TEXT.match(text)
    return text[found.end() :].strip(' «»"“”\n') if found else None


def read_amendment(text: str, line: LineView | None, today: date) -> Amendment | None:
    """What a reply sent on `today` corrects of a card on `line`; None where it says anything else, too.

    Raises nothing, whatever the text.
    """
    if len(text) > LONGEST or "?" in text:
        return None
    text = unstretched(text)
    if (instead := read_replacement(text)) is not None:
        readings = (_read(each, line, today) for each in instead.new)
        return next((each for each in readings if each is not None), None)
    return _read(text, line, today)


def _read(text: str, line: LineView | None, today: date) -> Amendment | None:
    found, replaces = (
        Amendment(),
        bool(re.match(r"\W{0,9}(?:no|perd.n|corr\w+|mejor|el oficio (?:era|es))\b", text, re.IGNORECASE)),
    )
    if more := _MORE.fullmatch(in_digits(fold(text)).strip(" .!¡")):
        return Amendment(more=_digits(more["number"] or more["also"]))
    if whole := _read_whole(_without_lead(fold(text)), line, today):
        return whole
    read = 0
    for clause in filter(None, (each.strip() for each in _CUT.split(text))):
        bare = _without_lead(fold(clause))
        if not _without_verb(bare):  # «no, …», «y fue | en el auditorio»
            continue
        changed = _read_clause(found, clause, bare, line, today)
        if changed is None or _contradicts(found, changed):
            return None
        found, read = changed, read + 1
    return replace(found, replaces=replaces and bool(found.documents)) if read else None


def takes_back(text: str) -> bool:
    """Whether the text begins as people take back what they told before: «me equivoqué, eran 6»."""
    return len(text) <= LONGEST and bool(_TAKES_BACK.match(fold(unstretched(text))))


_TAKES_BACK = re.compile(
    r"[^a-z]{0,5}(?:(?:ay|uy|ah|oye|disculpa|disculpe|no)[ ,.]+)*(?:perdon|me equivoque|corrijo|"
    r"correccion|rectifico|digo|quise decir|en realidad|mas bien|(?:no,? )?(?:eran?|fueron|fue) )"
)


def _read_clause(
    found: Amendment, clause: str, bare: str, line: LineView | None, today: date
) -> Amendment | None:
    """The amendment with what one clause says; None where it says something else."""
    plain = _without_verb(bare)
    if number := _LINE.fullmatch(in_digits(plain)):
        return replace(found, line=int(number[1]))
    if people := read_parts(bare, bare=bool(_COME.search(bare))):
        counted = {**found.quantities, **_people_counted(people, line)}
        return replace(found, people={**found.people, **people}, quantities=counted)
    if place := read_place_clause(clause):
        return replace(found, place=place)
    if days := _read_days(bare, today):
        return replace(found, days=days)
    if documents := read_documents(bare):
        return replace(found, documents=(*found.documents, *documents))
    if waits := waiting_number(plain):
        return replace(found, pending=waits)
    return _with_quantity(found, plain, line)


def _read_whole(bare: str, line: LineView | None, today: date) -> Amendment | None:
    """Days or participants, where the cuts between clauses are inside of them: «12/09 y el 13/09»."""
    if days := _read_days(bare, today):
        return Amendment(days=days)
    if people := read_parts(bare, bare=bool(_COME.search(bare))):
        return Amendment(people=people, quantities=_people_counted(people, line))
    return None


def _contradicts(before: Amendment, after: Amendment) -> bool:
    """Whether a field is said to be two things: «fueron 3, no 4»."""
    single = ((getattr(before, name), getattr(after, name)) for name in _SINGLE)
    return (
        any(said not in (None, now) for said, now in single)
        or any(after.people[name] != said for name, said in before.people.items())
        or any(after.quantities[target] != said for target, said in before.quantities.items())
    )


def _without_lead(folded: str) -> str:
    led = _LEAD.match(folded)
    rest = folded[led.end() :] if led else folded
    return rest.strip(" .:!,")


def _without_verb(bare: str) -> str:
    said = _VERB.match(bare)
    return (bare[said.end() :] if said else bare).strip()


def _people_counted(people: dict[str, int], line: LineView | None) -> dict[int, int]:
    """Where people are what a target counts, they are its quantity."""
    total = people.get("participants")
    if line is None or total is None:
        return {}
    counting_them = [each for each in line.targets if counting(each.measure).kind is MeasureKind.PEOPLE]
    return {target.id: total * 10**target.decimals for target in counting_them}


def _read_days(bare: str, today: date) -> tuple[date, date] | None:
    try:
        first, last = read_past_days(bare, today)
    except Rejected:
        return None
    return (first, last) if last <= today else None


def _with_quantity(found: Amendment, plain: str, line: LineView | None) -> Amendment | None:
    if (number := bare_number(plain)) is not None:
        return replace(found, number=number)
    targets = line.targets if line else ()
    meant = _one_target(plain, targets) or {}
    if not meant:  # «2 actas y 3 acuerdos»
        for said in _AND.split(plain) if _AND.search(plain) else ():
            one = _one_target(said, targets)
            if one is None or one.keys() & meant.keys():
                return None
            meant |= one
    return replace(found, quantities={**found.quantities, **meant}) if meant else None


def _one_target(text: str, targets: Iterable[TargetView]) -> dict[int, int] | None:
    """The quantity of the only target whose measure the text names."""
    meant = {}
    for target in targets:
        with suppress(Rejected):
            meant[target.id] = read_quantity(text, target.decimals, target.measure, target.aliases)
    return meant if len(meant) == 1 else None


def amended_people(before: Participants | None, said: dict[str, int]) -> Participants:
    """The participants with the parts that were said.

    A total that is said stands; one part of two changes the other, while the total holds both; what no longer
    adds up and was not said is left out.
    """
    women, men, total = (said.get(name) for name in ("women", "men", "participants"))
    if total is None and women is not None and men is not None:
        total = women + men
    sectors = {name: number for name, number in said.items() if name in SECTORS}
    if total is None and women is None and men is None:
        total = before.participants if before is not None else sum(sectors.values())
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
    people = Participants(participants=total, women=women, men=men, **sectors)
    if before is not None:
        kept = before.model_copy(update={"participants": total, "women": women, "men": men, **sectors})
        try:
            kept.check()
        except Rejected:
            return people
        return kept
    return people
