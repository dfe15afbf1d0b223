"""Capitals, full stops, spaces and repeated signs, as in printed text."""

import re
from itertools import pairwise
from re import Match

from spanish.reading.clauses.stops import is_abbreviation
from spanish.rewording.chat_words import is_short
from spanish.rewording.lexicon import is_word
from spanish.rewording.spelling import mended
from spanish.rewording.words import WORD, fixed_spans, rewrite

_SPACES = (
    (re.compile(r"[ \t\u00a0]+"), " "),
    (re.compile(r" ?\n ?"), "\n"),
    (re.compile(r"\n{2,}"), "\n"),
    (re.compile(r" (?=[,.;:!?)](?!\d))"), ""),
    (re.compile(r"\( "), "("),
    (re.compile(r"\(\s*\)"), ""),
    (re.compile(r"(?<=[^\W\d_]),(?=[^\W\d_])"), ", "),
    (re.compile(r"(?<=\w),{2,}"), ","),
    (re.compile(r",(?=\s*[.;:!?])"), ""),
    (re.compile(r"(?<=[;:!?]),"), ""),
)
_EXCLAIMED = re.compile(r"¡+|!+(?:\s?[.!,]){0,9}")
_DOTS = re.compile(r"\.{2,}|…")
_STARTS_LIST = re.compile(r"(?:[-•*·–]|\d{1,2}[.)]|[a-z]\)|[IVX]{1,4}[.)])\s+")
_SENTENCE = re.compile(r"(?<=[.!?…]) (?=[¿¡\"“«(]?[^\W\dA-ZÁÉÍÓÚÑ_])")
_FIRST = re.compile(r"(?:[-•*·–¿¡\"“«(]\s*|\d{1,2}[.)]\s+)*([^\W\d_])")
_ROMAN = re.compile(r"[ivx]{1,5}")


def set_in_type(text: str) -> str:
    """Return the text with a capital at each beginning, a full stop at each end, and single spaces."""
    text = _EXCLAIMED.sub(_calm, text)
    text = _DOTS.sub(_stop, text)
    for pattern, new in _SPACES:
        text = pattern.sub(new, text)
    text = text.strip()
    text = (text if _STARTS_LIST.match(text) else text.lstrip(".,;:!?)-–… ")).rstrip(" ,;:-–")
    if not re.search(r"\w", text):
        return ""
    lines = [_line(each) for each in text.split("\n") if each.strip()]
    return "\n".join(each if _may_go_on(lines, place) else _closed(each) for place, each in enumerate(lines))


def begins_small(text: str) -> bool:
    """Return whether the text begins with a small letter, other than a link's."""
    first = _FIRST.match(text)
    return bool(
        first
        and first[1].islower()
        and not any(span[0] <= first.start(1) < span[1] for span in fixed_spans(text))
    )


def lacks_stop(text: str) -> bool:
    """Return whether the last sentence has no end."""
    return not _ends(text) and not any(end == len(text) for _, end in fixed_spans(text))


def _ends(line: str) -> bool:
    return line.rstrip(' »”")').endswith((".", "!", "?", "…"))


def in_small_letters(text: str, names: frozenset[str]) -> str:
    """Return a text all in capitals in small letters; acronyms and what Spanish does not have stay.

    `names`: words in small letters whose capitals stay.
    """
    letters = [each for each in text if each.isalpha()]
    if len(letters) < _FEW or sum(map(str.isupper, letters)) < _MOSTLY * len(letters):
        return text

    def write(found: Match[str]) -> str:
        small = found[0].lower()
        if not found[0].isupper() or small in names or (_ROMAN.fullmatch(small) and len(small) > 1):
            return found[0]
        known = len(small) < _ACRONYM or is_word(small) or is_short(small) or _is_mendable(small)
        return small if known else found[0]

    return _ORDINAL.sub(lambda found: found[0].lower(), rewrite(text, write))


_ORDINAL = re.compile(r"(?<!\w)\d{1,2}(?:ER|RO|DO|TO|MO|VO|NO|RA|DA|TA|MA|VA|NA|A|O)(?!\w)")


_FEW = 12  # letters of a text that may be in capitals for another reason
_MOSTLY = 0.8
_ACRONYM = 3


def _is_mendable(word: str) -> bool:
    return mended(word) != word


def _calm(found: Match[str]) -> str:
    if found[0].startswith("¡"):
        return ""
    return "."


def _stop(found: Match[str]) -> str:
    after = found.string[found.end() :].lstrip()
    return "." if not after or after[0].isupper() or after[0] == "\n" else ","


def _line(line: str) -> str:
    """Return the line with capitals where its sentences begin."""
    line = _SENTENCE.sub(lambda found: " \0", line)
    pieces = line.split("\0")
    begun = [pieces[0]]
    for before, piece in pairwise(pieces):
        begun.append(piece if _is_short(before) else _capital(piece))
    line = "".join(begun)
    listed = _STARTS_LIST.match(line)
    return line if listed else _capital(line)


def _is_short(before: str) -> bool:
    """Whether the stop is of an abbreviation: «No. 5», «Lic. Pérez»."""
    last = re.search(r"([^\W\d_]{1,30})\. ?$", before[-34:])
    return bool(last and is_abbreviation(last[1].lower()))


def _capital(text: str) -> str:
    first = _FIRST.match(text)
    if first is None or any(start <= first.start(1) < end for start, end in fixed_spans(text)):
        return text
    word = WORD.match(text, first.start(1))
    if word is None:
        return text
    return text[: first.start(1)] + first[1].upper() + text[first.end(1) :]


def _may_go_on(lines: list[str], place: int) -> bool:
    """Whether a line needs no stop: an item of a list before the last, or what leads up to a list."""
    return place + 1 < len(lines) and (
        bool(_STARTS_LIST.match(lines[place])) or bool(_STARTS_LIST.match(lines[place + 1]))
    )


def _closed(line: str) -> str:
    line = line.rstrip(" ,;:-–")
    folio = not re.search(r"https?://|www\.|@\S*$", line.rsplit(" ", 1)[-1])
    return f"{line}." if folio and not _ends(line) else line
