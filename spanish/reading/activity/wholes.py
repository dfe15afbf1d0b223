"""Wholes and their parts: a total beside what it is made of, lists of names, and what is left over.

«Cinco contratos de honorarios y 2 de auxiliares, son 7 contratos» are seven; «los ayuntamientos de Comitán y
Ocosingo» are two; «las otras dos siguen en trámite» adds nothing.
"""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from spanish.reading.activity.measures import Counting, MeasureKind
from spanish.reading.numbers import NUMBER
from spanish.reading.spoken import Span
from spanish.reading.wording import root
from spanish.writing.days import MONTHS

_REACH = 30  # characters before a number that say that it is a total
_BEFORE = re.compile(
    r"(?:\b(?:son|suman|sumamos|sumaron|hacen|dan|serian|siendo|fueron|o sea|es decir|totales|total|"
    r"juntas?|todo)\b"
    r"|=)(?: (?:en total|un total de|ya|de|como|todas|todos|:)){0,6} ?:? ?$"
)
_AFTER = re.compile(r"(?: [^\W\d_]+){0,3},? (?:en total|entre todas|entre todos)\b")
_BARE = re.compile(
    r"(?:\b(?:son|suman|sumamos|sumaron|hacen|dan|serian|siendo|fueron|o sea|total(?:es)?)\b|=)"
    rf"(?: (?:en total|un total de|ya|de|como|:)){{0,6}} ?:? ?(?P<after>{NUMBER})"
    r"(?= [^\W\d_]+[ai]d[oa]s\b| ?[,.;:()]|$)"
    rf"|(?P<before>{NUMBER}) en total\b"
)
_SPLIT = re.compile(r"[^.;]{0,40}?(?:[:(]|\b(?:de l[oa]s cuales|de ell[oa]s|que son|entre)\b)")
# «… en el año»: what came before is in it.
_SO_FAR = re.compile(
    r"[^.,;]{0,40}\b(?:en el (?:mes|ano|trimestre)|en lo que va|este (?:mes|ano|trimestre)|del (?:mes|ano|"
    r"trimestre)|al (?:mes|ano)|acumulad[oa]s?|a la fecha|hasta)\b"
)
_ANY = re.compile(rf"{NUMBER}|(?<=\by )una?\b|(?<=\bmas )una?\b|\botr[oa]\b")
# «3 de acceso y una de datos personales»: the noun is said once.
_ELIDED = re.compile(
    rf"(?:\by|,)(?: +(?:;|tambien|ayer|hoy|l[oa]s|el|la))* +(?P<number>{NUMBER}|una?|otr[oa]) "
    r"de (?!ell[oa]s\b|l[oa]s\b|es[oa]s|est[oa]s)(?=[^\W\d_])"
    # «2 asesorías el lunes y el martes una», «3 asesorías a jurídica y 2 a sistemas»
    rf"|\by(?: +(?:tambien|l[oa]s|el|la))* +(?:; +(?P<after_day>{NUMBER}|una?|otr[oa])(?= +;| ?[.,)]| ?$|"
    rf" mas\b|"
    rf" (?:a|al|en|por|con)\b)|(?P<before_day>{NUMBER}|una?|otr[oa]) +;|(?P<given>{NUMBER}|una?|"
    rf"otr[oa]) (?:a|al) )"
)
_NEW_CLAUSE = re.compile(r"[.:(]|(?<! );")
_REST = re.compile(
    rf"\bcon est[aeo]s? (?:ya )?(?:van|son|llevamos|suman) {NUMBER}[^.,;]*|"
    rf"\b(?:el|la|l[oa]s) (?:{NUMBER} )?(?:otr[oa]s?|demas|restantes?|que faltan?)(?: {NUMBER})?"
    r"(?: [^\W\d_]+)?? "
    r"(?:(?:aun|todavia|ya|se) )*(?:sigue|siguen|esta|estan|queda|quedan|quedo|quedaron|va|van|sera|seran|"
    r"falta|faltan|en tramite|en proceso|pendientes?|por)\b[^.;]*"
)
# «…, faltan 6 equipos»: others than those that are counted; of what is to be signed it is the thing itself.
_STILL_MISSING = re.compile(
    rf"\b(?:(?:aun|todavia|solo|nomas|nos|me|y|pero) ){{0,6}}(?:faltan?|quedan?|restan?)(?: (?:por|de|"
    rf"pendientes))* "
    rf"(?:otr[oa]s? )?{NUMBER}(?! (?:titular|firma|integrante|voca|consejer|rubrica|vobo|visto|"
    rf"por firmar))[^.;,]*"
)
_ORDER = r"(?:primera?|segund[oa]|tercera?|cuart[oa]|quint[oa]|sext[oa]|septim[oa]|octav[oa]|\d{1,2}[ao])"
_BY_ORDER = re.compile(
    rf"\b(?P<noun>(?!l[oa]s\b)[^\W\d_]+s) de (?:la|el|las|los) {_ORDER}(?:, (?:la |el )?{_ORDER})*,? (?:y|e) "
    rf"(?:de )?(?:la |el )?{_ORDER}\b"
)
_ITEM = r"(?>(?:(?:el|la|los|las) )?[^\W\d_]+(?: (?!y\b|e\b)[^\W\d_]+){0,4})"
_LIST = re.compile(
    rf"\bl[oa]s (?P<noun>[^\W\d_]+s)(?: (?!de\b|con\b)[^\W\d_]+)? ?(?:de|con|:) ?"
    rf"(?P<first>{_ITEM}(?:, ?{_ITEM}){{0,9}}),? (?:y|e) (?:de |con )?[^\W\d_]"
)


_A_MONTH = re.compile(rf"\b(?:{'|'.join(MONTHS)})\b")
_BY_MONTH = re.compile(
    rf"\b(?P<noun>(?!l[oa]s\b)[^\W\d_]+s)(?: (?!de\b)[^\W\d_]+)? (?:de|:) ?{_A_MONTH.pattern}"
    rf"(?:, ?{_A_MONTH.pattern})*,? (?:y|e) (?:de )?{_A_MONTH.pattern}"
)
# «El contrato de Ana y el de Luis»
_ONE_BY_ONE = re.compile(
    rf"\b(?:el|la) (?P<noun>[^\W\d_]+) (?:de|del|con) {_ITEM}"
    rf"(?P<more>(?:,? (?:el|la) (?:de|del|con) {_ITEM}){{0,9}}),? (?:y|e) (?:el|la) (?:de|del|con)\b"
)
_ANOTHER = re.compile(r"\b(?:el|la) (?:de|del|con)\b")


@dataclass(frozen=True)
class Number:
    """A number that counts the measure or what may make it up."""

    quantity: int
    place: Span
    level: int  # see `Counting.level`
    article: bool  # said with «un», «una»


def find_total(text: str, numbers: Sequence[Number], one: int) -> Number | None:
    """The one of `numbers` that is the sum of the others. `one`: the scale of a quantity of one."""
    if bare := _bare_total(text, numbers, one):
        return bare
    if len(numbers) < 2:
        return None
    whole = sum(each.quantity for each in numbers)
    first, last = min(numbers, key=_start), max(numbers, key=_start)
    for each in numbers:
        others = [other for other in numbers if other is not each]
        if each.article or any(other.quantity > each.quantity for other in others):
            continue
        parts = whole - each.quantity
        if each is first and parts == each.quantity and _SPLIT.match(text, each.place[1]):
            return each
        if each is last and _is_called_total(text, each):
            said = one * sum(_loose(text[: each.place[0]]))
            if each.quantity in (said, parts) or not any(other.article for other in others):
                return each
    return None


def _bare_total(text: str, numbers: Sequence[Number], one: int) -> Number | None:
    """«… y 3 de arrendamiento, total 7»: a sum that no noun follows."""
    for found in _BARE.finditer(text):
        said = found["after"] or found["before"]
        before = [each for each in numbers if each.place[0] < found.start()]
        if not before or "." in said or _SO_FAR.match(text, found.end()):
            continue
        quantity = one * int(said.replace(",", ""))
        parts = sum(each.quantity for each in before)
        if quantity in (parts, one * sum(_loose(text[: found.start()]))):
            return Number(quantity, found.span(), 0, article=False)
    return None


def find_elided(text: str, numbers: Sequence[Number], one: int) -> int:
    """What is counted without its noun said again: «3 de acceso y una de datos personales»."""
    if not numbers:
        return 0
    last = max(each.place[1] for each in numbers)
    more = 0
    for found in _ELIDED.finditer(text, last, last + 3 * _REACH):
        number = next(filter(None, found.groups()))
        if _NEW_CLAUSE.search(text, last, found.start()) or "." in number:
            break
        more += int(number.replace(",", "")) if number[0].isdigit() else 1
    return one * more


def find_rest(text: str, missing: bool) -> list[Span]:
    """Where the text speaks of those that are left: «las otras dos siguen en trámite».

    `missing`: also of those that are missing, «…, faltan 6 equipos»; of a thing to be made that is a step.
    """
    if not missing:
        return [found.span() for found in _REST.finditer(text)]
    more = (found.span() for found in _STILL_MISSING.finditer(text) if _ANY.search(text, 0, found.start()))
    return [*(found.span() for found in _REST.finditer(text)), *more]


def find_list(text: str, how: Counting) -> tuple[int, Span] | None:
    """How many are named one by one: «los ayuntamientos de Comitán, Las Margaritas y Ocosingo»."""
    for found in _BY_MONTH.finditer(text):
        if how.level(root(found["noun"])) is not None:
            return len(_A_MONTH.findall(found[0])), found.span()
    for found in _BY_ORDER.finditer(text):
        if how.level(root(found["noun"])) is not None:
            return len(re.findall(_ORDER, found[0])), found.span()
    for found in _LIST.finditer(text):
        level = how.level(root(found["noun"]))
        if level is None or not (
            how.kind is MeasureKind.ENTITY
            or " con " in found[0]
            or "," in found["first"]
            or re.search(r" [ye] de ", found[0])
        ):
            continue
        if how.kind in (MeasureKind.ENTITY, MeasureKind.PRODUCT, MeasureKind.THING):
            return found["first"].count(",") + 2, found.span()
    for found in _ONE_BY_ONE.finditer(text):
        if how.level(root(found["noun"])) is not None:
            return len(_ANOTHER.findall(found["more"])) + 2, found.span()
    return None


def _is_called_total(text: str, number: Number) -> bool:
    start, end = number.place
    if _SO_FAR.match(text, end):
        return False
    digits = re.match(NUMBER, text[start:])
    after = start + digits.end() if digits else end
    return bool(_BEFORE.search(text[max(0, start - _REACH) : start]) or _AFTER.match(text, after))


def _loose(text: str) -> Iterator[int]:
    for found in _ANY.finditer(text):
        if "." not in found[0]:
            yield int(found[0].replace(",", "")) if found[0][0].isdigit() else 1


def _start(number: Number) -> int:
    return number.place[0]
