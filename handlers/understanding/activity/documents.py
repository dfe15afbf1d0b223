"""The numbers of official letters: SESAECH/DJ/012/2024, «oficio 012/2024»."""

import re

from handlers.understanding.activity.numbers import GAP
from models.registration import DOCUMENT_LENGTH, DOCUMENTS_LIMIT

_LETTER = (
    r"\b(?:oficios?|ofs?\.|ofi|memor[aá]ndums?|memos?|circular(?:es)?)\s+"
    r"(?:n[uú]m(?:ero)?\.?\s*|no?\.?\s*|n[°º]\s*)?"
)
_CODE = r"(?<![\w/.:@-])[^\W\d_]{2,15}(?:[/-]\w{1,15}){0,6}[/-]\d{1,6}/(?:20)?\d\d(?![\w/])"
_NUMBER = re.compile(rf"(?P<code>{_CODE})|{_LETTER}(?P<number>\d{{1,6}}(?:/20\d\d)?)(?![\w/])", re.IGNORECASE)


def find_documents(text: str) -> tuple[tuple[str, ...], str]:
    """The numbers, each once, in order and in capitals, as many as an activity may have; and the rest.

    «Oficio 45» without its year is too little to be found by; it is only kept from counting as a quantity.
    """
    numbers: dict[str, None] = {}
    for found in _NUMBER.finditer(text):
        number = (found["code"] or found["number"]).upper()
        if "/" in number and len(number) <= DOCUMENT_LENGTH:
            numbers[number] = None
    return tuple(numbers)[:DOCUMENTS_LIMIT], _NUMBER.sub(GAP, text)
