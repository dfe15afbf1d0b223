"""Actions that a PDF starts by itself: when it is opened, a page is shown, or the pointer moves over
something.

Such actions may go to a page of the document, print, or show and hide parts of it; all others lead out of the
document. A link to click may lead out, but not to files of another machine.
"""

import re
from collections.abc import Iterator
from typing import Any

from bot.evidence.kinds.places import is_elsewhere

# /GoTo and similar ones stay within the document.
WITHIN = {"/GoTo", "/Named", "/SetOCGState", "/Hide", "/ResetForm", "/Trans", "/GoTo3DView"}
FILE_NAMES = ("/F", "/UF", "/Unix", "/DOS", "/Mac")
LONGEST_CHAIN = 30  # actions that follow one another
# The same in the bytes of a damaged document.
BEGINNING = re.compile(rb"/(?:OpenAction|AA)[\s\x00]{0,20}(?:<<|(\d{1,10})\s{1,9}(\d{1,5})\s{1,9}R\b)")
FOLLOWING = re.compile(
    rb"/(?:O|C|E|X|D|U|Fo|Bl|P[OCVI]|W[CSP]|D[SP]|K|F|V|Next)\s{1,9}(\d{1,10})\s{1,9}(\d{1,5})\s{1,9}R\b"
)
OUT = re.compile(rb"/S[\s\x00]{0,20}/(?:URI|GoToR|Rendition|Movie|Sound|Thread)\b")
BRACKET = re.compile(rb"<<|>>")
LARGEST = 8_000  # bytes of a dictionary that are searched


def leads_out(found: Any) -> bool:
    """Return whether a pypdf object has an action that leads out, or a link to another machine's files."""
    from pypdf.generic import DictionaryObject

    if not isinstance(found, DictionaryObject):
        return False
    if _acts(_of(found, "/OpenAction")):
        return True
    events = _of(found, "/AA")
    if isinstance(events, DictionaryObject) and any(_acts(events[event]) for event in events):
        return True
    return _of(found, "/S") == "/GoToR" and any(map(is_elsewhere, _files(_of(found, "/F"))))


def _of(dictionary: Any, name: str) -> Any:
    """Return the value with that key, with its reference resolved; None if there is none."""
    return dictionary[name].get_object() if name in dictionary else None


def _acts(action: Any, chain: int = 0) -> bool:
    from pypdf.generic import ArrayObject, DictionaryObject

    if isinstance(action, ArrayObject):  # a list of actions; at the top level, a destination
        return chain > 0 and any(_acts(each.get_object(), chain + 1) for each in action)
    if not isinstance(action, DictionaryObject):
        return False
    if chain > LONGEST_CHAIN or _of(action, "/S") not in {None, *WITHIN}:
        return True
    return _acts(_of(action, "/Next"), chain + 1)


def _files(said: Any) -> Iterator[str]:
    """Yield the names in a file specification."""
    from pypdf.generic import DictionaryObject

    if isinstance(said, DictionaryObject):
        yield from (str(_of(said, name)) for name in FILE_NAMES if name in said)
    elif said is not None:
        yield said.decode("latin-1") if isinstance(said, bytes) else str(said)


def bytes_lead_out(content: bytes) -> bool:
    """Return the same for bytes outside of streams, as far as a damaged document allows."""
    waiting = [_dictionary(content, each) for each in BEGINNING.finditer(content)]
    seen: set[tuple[bytes, bytes]] = set()
    while waiting:
        dictionary = waiting.pop()
        if isinstance(dictionary, tuple):
            if dictionary not in seen and len(seen) < LONGEST_CHAIN:
                seen.add(dictionary)
                waiting += _objects(content, *dictionary)
            continue
        if OUT.search(dictionary):
            return True
        waiting += [(each[1], each[2]) for each in FOLLOWING.finditer(dictionary)]
    return False


def _dictionary(content: bytes, found: re.Match[bytes]) -> bytes | tuple[bytes, bytes]:
    """Return the dictionary that begins there, or the number of the object that it refers to."""
    if found[1] is not None:
        return found[1], found[2]
    return _until_closed(content[found.end() - 2 : found.end() + LARGEST])


def _objects(content: bytes, number: bytes, generation: bytes) -> Iterator[bytes]:
    """Yield every version of that object that is a dictionary."""
    heading = re.compile(rb"(?<!\d)" + number + rb"\s{1,9}" + generation + rb"\s{1,9}obj\s{0,9}(?=<<)")
    for each in heading.finditer(content):
        yield _until_closed(content[each.end() : each.end() + LARGEST])


def _until_closed(piece: bytes) -> bytes:
    depth = 0
    for bracket in BRACKET.finditer(piece):
        depth += 1 if bracket[0] == b"<<" else -1
        if depth == 0:
            return piece[: bracket.end()]
    return piece
