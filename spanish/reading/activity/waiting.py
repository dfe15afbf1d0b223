"""How many of a target's things are said to wait for its condition: «5 acuerdos, 2 por publicar»."""

import re
from functools import lru_cache

from models.errors import UnreadableAnswer
from models.programme.view import TargetView
from spanish.reading.clauses.clause import Completion
from spanish.reading.clauses.sentences import Sentences
from spanish.reading.numbers.digits import NUMBER, in_digits, scaled
from spanish.reading.quantities import read_waiting
from spanish.reading.spoken import Span, Spoken
from spanish.reading.wording import words

ALL = -1  # as many as were done
_ROOT = 6  # letters by which «publicado», «publicar» and «publicación» are one word
_PARTICIPLE = re.compile(r"(\w{3,})[ai]d[oa]s?")


def condition_root(word: str) -> str:
    """Return the letters that all forms of a condition's word have: «firm» of «firmado», «firmaron»."""
    participle = _PARTICIPLE.fullmatch(word)
    return (participle[1] if participle else word)[:_ROOT]


def find_waiting(text: str, target: TargetView) -> tuple[int | None, Span | None]:
    """How many are said to wait for the target's condition (`ALL`: every one), and where that is said."""
    condition, *where = words(Spoken.of(target.counts_when or "").text) or ["pendiente"]
    for pattern, quantity in _waiting(condition_root(condition), _place(where)):
        if found := pattern.search(text):
            pending = scaled(found["number"], target.decimals) if quantity is None else quantity
            return pending, found.span()
    return None, None


def waiting_by_verb(said: Sentences, target: TargetView) -> int | None:
    """The same by a verb that tells the condition: «le notifiqué el dictamen», «no lo hemos publicado»."""
    condition = (words(Spoken.of(target.counts_when or "").text) or ["pendiente"])[0]
    root = condition_root(condition)
    for each in said.clauses:
        told = each.verb is not None and said.tokens[each.verb].text.startswith(root)
        if told and not each.relative:
            return 0 if each.outcome is Completion.DONE else ALL if each.outcome in _NOT_MET else None
    return None


_NOT_MET = frozenset(
    {Completion.NEGATED, Completion.PLANNED, Completion.LACKING, Completion.WISHED, Completion.UNDERWAY}
)


def read_waiting_answer(text: str, target: TargetView, quantity: int) -> int:
    """Return how much of `quantity` an answer says to wait, scaled: «2», «faltan 2», «ya se publicaron».

    Raises `UnreadableAnswer`.
    """
    try:
        return read_waiting(text, target.decimals, quantity)
    except UnreadableAnswer:
        said = in_digits(Spoken.of(text[:LONGEST])).text.strip(" .!¡,")
    if found := _LEFT.fullmatch(said):
        return read_waiting(found[1], target.decimals, quantity)
    pending = 0 if _NOTHING_LEFT.fullmatch(said) else ALL if _NOT_YET.fullmatch(said) else None
    if pending is None:
        pending, _ = find_waiting(said, target)
    if pending is None:
        raise UnreadableAnswer("quantity_unreadable")
    return quantity if pending == ALL else pending


def _place(where: list[str]) -> str:
    """The expression of where the condition is met: «Periódico Oficial», «P.O.»; empty for no place."""
    name = where[0][:_ROOT] if where else ""
    return rf"(?:{name}|{where[0][0]}\.? ?{where[1][0]}\b)" if len(where) == 2 else name


LONGEST = 200  # characters of an answer
_LEFT = re.compile(
    r"(?:todavia |aun )?(?:me |nos )?(?:faltan?|quedan?|restan?|seria?n?) ([\w.,]{1,20})(?: \w+)?"
)
_NOTHING_LEFT = re.compile(
    r"(?:no (?:falta|queda|hay) )?nada|ya(?: (?:esta|estan|quedo|quedaron|salio|salieron|todos?|todas?))*|"
    r"si,? ya|ya no|no falta ninguno|todo (?:listo|publicado)"
)
_NOT_YET = re.compile(r"(?:todavia|aun)(?: no)?|no,? (?:todavia|aun)(?: no)?|(?:faltan|falta) tod[oa]s?|todo")


@lru_cache(maxsize=64)
def _waiting(condition: str, where: str = "") -> tuple[tuple[re.Pattern[str], int | None], ...]:
    """How people say that some, all or none still wait to be «publicado»; None: as many as the number."""
    met = rf"{condition}\w*"
    waits = rf"(?:(?:por|sin|no) {met}|pendientes?(?: de {met})?)"
    still = r"(?: (?:estan?|quedan?|siguen?|aun|todavia|se|han|ha|sido))*"
    patterns = (
        (rf"(?<=\d )[^\W\d_]+s {condition}[a-z]{{0,6}}d[oa]s\b", 0),
        (rf"(?P<number>{NUMBER})(?: [^\W\d_]+)?{still} {waits}", None),
        (rf"\b(?:faltan?|quedan?) (?:por |de )?{met} (?P<number>{NUMBER})", None),
        (rf"\b(?:faltan?|quedan?) (?P<number>{NUMBER})(?: [^\W\d_]+)? {waits}", None),
        (rf"\b(?:ningun[oa]?|ni un[oa]?)(?: \w+)?{still} {met}", ALL),
        (rf"\b(?:tod|amb)[oa]s{still} {waits}", ALL),
        (rf"\b(?:ya|tod[oa]s|amb[oa]s){still} {condition}[a-z]*[oa]s\b", 0),
        (
            rf"\b(?:falta|faltan|pendientes?|espera|resta|solo queda|queda|quedan)(?: (?:nomas|solo|aun|"
            rf"todavia|de|q|que|se|su|la|el|en|por|los|las))* {met}",
            ALL,
        ),
        (
            rf"\b(?:por|sin) {met}|\b(?:aun|todavia) no (?:se )?(?:ha |han |sale |salen |esta |"
            rf"estan )*{met}|\bno (?:se )?(?:ha|han) {met}",
            ALL,
        ),
        (rf"^\W{{0,3}}(?:ya |hoy )?{condition}[a-z]{{0,6}}d[oa]s?\b", 0),
        (rf"\b(?:se|fue|fueron|esta|estan|aparec\w+|quedo|quedaron|salio|salieron) {condition}\w*", 0),
        (rf"\bya{still} {condition}[a-z]*[oa]\b", 0),
        (rf"(?<!por )(?<!ser )(?<!no )\b{condition}[a-z]{{0,4}}d[oa]s?\b", 0),
        *(((_not_there(where), ALL), (_there(where), 0)) if where else ()),
    )
    return tuple((re.compile(pattern), quantity) for pattern, quantity in patterns)


def _not_there(where: str) -> str:
    """Return the expression of «todavía no sale en el Periódico Oficial»."""
    return rf"\b(?:aun|todavia) no\b(?: [^\W\d_]+){{1,5}} {where}\w*"


def _there(where: str) -> str:
    """Return the expression of «ya está en el Periódico Oficial», which names only where it is published."""
    return (
        rf"(?<!\bno )\b(?:sali[oe]\w*|estan?|aparec\w+|quedo|quedaron)\b"
        rf"(?: (?!no\b|por\b|sin\b|hasta\b)[^\W\d_]+){{0,5}} (?:en|del?) (?:el )?{where}\w*"
    )
