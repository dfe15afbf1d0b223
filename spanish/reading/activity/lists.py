"""Things named one by one: «los ayuntamientos de Comitán, Las Margaritas y Ocosingo» are three."""

import re
from collections.abc import Sequence
from decimal import Decimal

from spanish.reading.activity.items import NamedOneByOne
from spanish.reading.activity.measures import Counting, MeasureKind
from spanish.reading.activity.mentions import Mention
from spanish.reading.clauses.sentences import Sentences
from spanish.reading.wording import root
from spanish.writing.days import MONTHS

_ORDER = r"(?:primera?|segund[oa]|tercera?|cuart[oa]|quint[oa]|sext[oa]|septim[oa]|octav[oa]|\d{1,2}[ao])"
_BY_ORDER = re.compile(
    rf"\b(?P<noun>(?!l[oa]s\b)[^\W\d_]+s) de (?:la|el|las|los) {_ORDER}(?:, (?:la |el )?{_ORDER})*,? (?:y|e) "
    rf"(?:de )?(?:la |el )?{_ORDER}\b"
)
_ITEM = r"(?>(?:(?:el|la|los|las) )?[^\W\d_]+(?: (?!y\b|e\b)[^\W\d_]+){0,4})"
_LIST = re.compile(
    rf"\bl[oa]s (?P<noun>[^\W\d_]+s)(?: (?!de\b|con\b)[^\W\d_]+)? ?(?:de|con|:) ?"
    rf"(?P<first>{_ITEM}(?:, ?{_ITEM}){{0,9}}),? (?:y|e) (?:del? |con )?[^\W\d_]"
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
# «El reporte presupuestal y el contable»
_OTHER_ADJECTIVE = r"[^\W\d_]{2,20}(?:al|ble|ari[oa]|ic[oa]|iv[oa]|er[oa]|[ai]d[oa])"
_AND_THE_OTHER = re.compile(
    rf"\b(?:el|la|un|una) (?P<noun>[^\W\d_]+) {_OTHER_ADJECTIVE} y "
    rf"(?:el|la|un|una|otr[oa]) {_OTHER_ADJECTIVE}\b"
)
_ANOTHER = re.compile(r"\b(?:el|la) (?:de|del|con)\b")


# «Se otorgaron la de Zúñiga, la de Farrera y la de la ferretería»
_WITHOUT_NOUN = re.compile(
    r"\b(?:el|la|lo) del? [^.;,:]{1,40}?(?:(?:, | y )(?:tambien )?(?:el|la|"
    r"lo) del? [^.;,:]{1,40}?){1,9}(?=[.;,:]|$)"
)
_EACH_WITHOUT_NOUN = re.compile(r"(?:^|, | y )(?:tambien )?(?:el|la|lo) del?\b")
# «Los informes financiero, presupuestal y contable»
_ADJECTIVES = re.compile(
    r"\bl[oa]s (?P<noun>[^\W\d_]+s) (?P<first>[^\W\d_]+[^s\W\d_](?:, [^\W\d_]+)*) y [^\W\d_]+\b"
)
_LABELLED = re.compile(
    r"\b(?P<label>folio|acta|oficio|expediente|num) \d+(?:(?:, | y )(?P=label) \d+)+|"
    r"\blos (?:folios|expedientes) \d+(?:, \d+)*,? y \d+"
)


def _listed(said: Sentences, number: int, found: re.Match[str]) -> NamedOneByOne:
    return NamedOneByOne(Decimal(number), (said.spoken.span(*found.span()),))


def _unnamed(said: Sentences, how: Counting) -> NamedOneByOne | None:
    """How many are named without their noun, by their adjectives, or by their numbers."""
    text = said.text
    if (found := _LABELLED.search(text)) is not None:
        return _listed(said, len(re.findall(r"\d+", found[0])), found)
    found = _WITHOUT_NOUN.search(text)
    if found is not None and how.kind is not MeasureKind.ENTITY:
        return _listed(said, len(_EACH_WITHOUT_NOUN.findall(found[0])), found)
    found = _ADJECTIVES.search(text) if how.kind is MeasureKind.PRODUCT else None
    if found is not None and how.level(root(found["noun"])) is not None:
        return _listed(said, found["first"].count(",") + 2, found)
    return None


def find_list(said: Sentences, how: Counting) -> NamedOneByOne | None:
    """How many are named one by one: «los ayuntamientos de Comitán, Las Margaritas y Ocosingo»."""
    text = said.text
    for found in _BY_MONTH.finditer(text):
        if how.level(root(found["noun"])) is not None:
            return _listed(said, len(_A_MONTH.findall(found[0])), found)
    for found in _BY_ORDER.finditer(text):
        if how.level(root(found["noun"])) is not None:
            return _listed(said, len(re.findall(_ORDER, found[0])), found)
    for found in _LIST.finditer(text):
        level = how.level(root(found["noun"]))
        if level is None or not (
            how.kind is MeasureKind.ENTITY
            or " con " in found[0]
            or "," in found["first"]
            or re.search(r" [ye] del? ", found[0])
        ):
            continue
        if how.kind in (MeasureKind.ENTITY, MeasureKind.PRODUCT, MeasureKind.THING, MeasureKind.HANDLED):
            return _listed(said, found["first"].count(",") + 2, found)
    for found in _ONE_BY_ONE.finditer(text):
        if how.level(root(found["noun"])) is not None:
            return _listed(said, len(_ANOTHER.findall(found["more"])) + 2, found)
    for found in _AND_THE_OTHER.finditer(text):
        if how.level(root(found["noun"])) is not None:
            return _listed(said, 2, found)
    return _unnamed(said, how)


_THEM = re.compile(
    r"(?<!\bde )\b(?:amb[oa]s|"
    r"l[oa]s (?P<number>\d{1,3}))\b(?: (?P<noun>[^\W\d_]+s))?(?! de\b)(?= (?:ya|se|los|"
    r"las|nos|con|sin|estan|quedaron|fueron|tienen|"
    r"\w+[ai]d[oa]s|list[oa]s)\b| ?[.,;)]|$)"
)
# «La guía y el catálogo quedaron listos»: two things that one verb or participle tells of
_TWO = re.compile(
    r"^[ ;,.]*(?:ya )?(?:(?:el|la|los|las) )?[^\W\d_]+(?: de(?:l| la| los| las)? [^\W\d_]+|"
    r" [^\W\d_]+){0,3} y "
    r"(?:(?:el|la|los|las) )?[^\W\d_]+(?: de(?:l| la| los| las)? [^\W\d_]+| [^\W\d_]+| 20\d\d){0,4}? "
    r"(?:ya )?(?:quedaron |estan |fueron )?(?:\w+[ai]d|list)[oa]s\b"
)
_TWO_AFTER = re.compile(
    r"^[ ;,.]{0,3}(?:ya )?(?:quedaron |estan )?\w{3,30}(?:[ai]d|list)[oa]s (?:el|la) [^\W\d_]+"
    r"(?: [^\W\d_]+){0,4} y (?:el|la) [^\W\d_]+"
)


def two_named(said: Sentences, how: Counting) -> NamedOneByOne | None:
    """«La guía y el catálogo quedaron listos»: two of what is made."""
    made = how.kind is MeasureKind.PRODUCT
    found = (_TWO.match(said.text) or _TWO_AFTER.match(said.text)) if made else None
    return _listed(said, 2, found) if found else None


def named_again(said: Sentences, own: Sequence[Mention], how: Counting) -> NamedOneByOne | None:
    """«La guía y el catálogo, *los dos* validados»."""
    found = _THEM.search(said.text)
    numbers = {token.start for token in said.tokens if token.is_number}
    if found is None or (found["number"] and found.start("number") not in numbers):
        return None
    if found["noun"] and how.level(root(found["noun"])) is None:
        return None
    number = int(found["number"] or 2)
    if number < 2 or not any(said.tokens[each.start].start < found.start() for each in own):
        return None
    return _listed(said, number, found)
