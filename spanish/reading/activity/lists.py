"""Things named one by one: «los ayuntamientos de Comitán, Las Margaritas y Ocosingo» are three."""

import re

from spanish.reading.activity.measures import Counting, MeasureKind
from spanish.reading.spoken import Span
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
_LABELLED = re.compile(r"\b(?P<label>folio|acta|oficio|expediente|num) \d+(?:(?:, | y )(?P=label) \d+)+")


def _unnamed(text: str, how: Counting) -> tuple[int, Span] | None:
    """How many are named without their noun, by their adjectives, or by their numbers."""
    if (found := _LABELLED.search(text)) is not None:
        return len(re.findall(r"\d+", found[0])), found.span()
    found = _WITHOUT_NOUN.search(text)
    if found is not None and how.kind is not MeasureKind.ENTITY:
        return len(_EACH_WITHOUT_NOUN.findall(found[0])), found.span()
    found = _ADJECTIVES.search(text) if how.kind is MeasureKind.PRODUCT else None
    if found is not None and how.level(root(found["noun"])) is not None:
        return found["first"].count(",") + 2, found.span()
    return None


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
    return _unnamed(text, how)
