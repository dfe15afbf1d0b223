"""The numbers of official letters: SESAECH/DJ/012/2024, «oficio 012/2024», «folio 070123424000012».

`find_documents` looks in running text; `read_documents` takes one that names documents and nothing else.
"""

import re

from models.activities.registration import DOCUMENT_LENGTH, DOCUMENTS_LIMIT
from spanish.reading.spoken import Span, Spoken
from spanish.writing.folding import fold

_LETTER = (
    r"\b(?:oficios?|ofs?\.?|ofi|memor.nd(?:um(?:es|s)?|os?)|memos?|circular(?:es)?|"
    r"tarjetas? informativas?|resoluci.n(?:es)?"
    r"|actas? circunstanciadas?|dict.m[ei]n(?:es)?|expedientes?)\s+"
    r"(?:(?:con|de)\s+)?(?:n.m(?:ero)?s?\.?\s*|nos?\.?\s*|n[°º]\s*|#\s*)?"
)
_AND = r"(?:\s*[,;]\s*(?:[ye]\s+)?|\s+[ye]\s+)"
_DATED = r"\d{1,6}/20\d\d(?![\w/])"
_ANY = r"\d{1,6}(?:/20\d\d|/\d\d(?!/))?"
_EACH = re.compile(r"\d[\d/]*")  # of several after one word: «folios 071… y 072…»
_CODE = r"(?<![\w/.:@-])[^\W\d_]{2,15}(?:[/-]\w{1,15}){0,6}[/-]\d{1,6}[/-](?:20)?\d\d(?![\w/])"
_FOLIO = (
    r"\bfolios?\s*(?:n.m(?:ero)?\.?\s*|no\.?\s*|n[°º]\s*|#\s*|:\s*)?"
    rf"(?P<folio>\d{{9,18}}(?:{_AND}\d{{9,18}})*)(?!\w)"
)
_NUMBER = re.compile(
    rf"(?P<code>{_CODE})|{_LETTER}(?P<number>{_ANY}(?:{_AND}{_DATED})*)(?![\w/])|{_FOLIO}",
    re.IGNORECASE,
)
_WORDS_AROUND = (
    "oficio oficios ofi of ofs memo memos memorandum memorandums memorando memorandos circular "
    "circulares numero numeros num nums no nos n el la los las con y e folio folios documento documentos "
    "era fue es eran fueron son mas tambien"
)
_AROUND = frozenset(_WORDS_AROUND.split())
LONGEST = 2000  # characters of an answer that names documents


def find_documents(text: str) -> tuple[tuple[str, ...], tuple[Span, ...], tuple[Span, ...]]:
    """The numbers, each once, in order and in capitals, as many as an activity may have; where they stand;
    and all the places that are of a number, found or not.

    «Oficio 45» without its year is too little to be found by; it is only kept from counting as a quantity.
    """
    numbers: dict[str, Span] = {}
    taken: list[Span] = []
    for found in _NUMBER.finditer(text):
        taken.append(found.span())
        start, end = found.span(found.lastgroup or 0)
        each = _EACH.finditer(text, start, end) if found["code"] is None else ()
        for first, last in [one.span() for one in each] or [(start, end)]:
            number = text[first:last].upper()
            if ("/" in number or "-" in number or found["folio"]) and len(number) <= DOCUMENT_LENGTH:
                numbers.setdefault(number, (first, last))
    kept = tuple(numbers)[:DOCUMENTS_LIMIT]
    return kept, tuple(numbers[each] for each in kept), tuple(taken)


def read_documents(text: str) -> tuple[str, ...]:
    """The numbers of a text that names documents and nothing else; empty for any other."""
    numbers, places, _ = find_documents(text) if len(text) <= LONGEST else ((), (), ())
    rest = fold(Spoken.of(text).within(places).text) if numbers else ""
    return numbers if all(word in _AROUND for word in re.findall(r"\w+", rest)) else ()
