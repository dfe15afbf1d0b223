"""Removes from people's texts the characters that hide, reorder or break the text around them.

Uses only the standard library, so any layer may call it before a text is stored or shown.
"""

import re
import unicodedata

FILE_NAME_BYTES = 200  # bytes in UTF-8; file systems allow 255, and other programs may put a number before it
_STACKED_MARKS = 3  # combining marks on one letter; more are decoration

# Characters that change the direction of the following text: marks, embeddings, overrides, isolates (UAX #9).
_DIRECTION = "\u061c\u200e\u200f\u202a-\u202e\u2066-\u2069"
_ANY_DIRECTION = re.compile(f"[{_DIRECTION}]")
_LINE_END = re.compile("\r\n|[\r\x0b\x0c\x1c-\x1e\x85\u2028\u2029]")
_CONTROL = re.compile("[\x00-\x08\x0e-\x1b\x1f\x7f-\x9f\ud800-\udfff\ufdd0-\ufdef\ufffe\uffff]")
_BLANKS = re.compile(r"[^\S\n]{2,}")
_BLANK_LINES = re.compile(r"\n\s+\n")
_EXTENSION = re.compile(r"\.[A-Za-z0-9]{1,10}$", re.ASCII)
_OPENED, _CLOSED = "\N{FIRST STRONG ISOLATE}", "\N{POP DIRECTIONAL ISOLATE}"
_NO_ISOLATE = re.compile("[\u061c\u200e\u200f\u202a-\u202e\u2066\u2067]")
# Letters and digits written from right to left, with their marks.
_LEFTWARD = "\u0590-\u08ff\ufb1d-\ufdff\ufe70-\ufefc\U00010800-\U00010fff\U0001e800-\U0001efff"
_ANY_LEFTWARD = re.compile(f"[{_LEFTWARD}]")
_LEFTWARD_WORDS = re.compile(f"[{_LEFTWARD}]+(?: [{_LEFTWARD}]+)*")
_TURNS = re.compile(f"[{_LEFTWARD}{_DIRECTION}]")
_BOUND = re.compile(f"([{_OPENED}{_CLOSED}])")

# Invisible characters of other categories: Hangul fillers, the empty Braille cell, the null notehead, and
# the object replacement character.
_DRAWS_NOTHING = frozenset(map(chr, (0x115F, 0x1160, 0x3164, 0xFFA0, 0x2800, 0x1D159, 0xFFFC)))
_JOINERS = frozenset("\u200c\u200d")
_FIRST_NON_LATIN = "\u0600"  # no script or emoji below it needs joiners or variation selectors


def is_blank(text: str) -> bool:
    """Return whether nothing of the text is visible: only spaces, control and format characters, fillers."""
    return not any(map(_is_seen, text))


def without_control(text: str) -> str:
    """Remove control characters, lone surrogates and noncharacters; make line ends `\\n`.

    Tabs and line breaks are kept. The result can be stored in every database and written to every file.
    """
    return _CONTROL.sub("", _LINE_END.sub("\n", text))


def without_direction(text: str) -> str:
    """Remove the characters that change the direction of the following text."""
    return _ANY_DIRECTION.sub("", text)


def without_runs_of_blanks(text: str) -> str:
    """Replace runs of spaces by one space, and runs of empty lines by one."""
    return _BLANK_LINES.sub("\n\n", _BLANKS.sub(" ", text))


def beside_other_text(text: str) -> str:
    """Return a text to be shown within other text: without control and direction characters, and isolated if
    it has letters written from right to left, which would reorder the figures next to it."""
    return isolated(without_control(text))


def isolated(text: str) -> str:
    """Remove direction characters, and put each line that has right-to-left letters into an isolate."""
    if text.isascii() or not _TURNS.search(text):
        return text
    lines = without_direction(text).split("\n")
    return "\n".join(f"{_OPENED}{line}{_CLOSED}" if _ANY_LEFTWARD.search(line) else line for line in lines)


def in_place(text: str) -> str:
    """Return a finished message in which no text reorders the text beside it.

    Isolates end in their line, right-to-left words outside of one are isolated, and all other direction
    characters are removed.
    """
    if text.isascii() or not _TURNS.search(text):
        return text
    return "\n".join(map(_line_in_place, _NO_ISOLATE.sub("", text).split("\n")))


def _line_in_place(line: str) -> str:
    kept: list[str] = []
    within = False
    for part in _BOUND.split(line):
        if part in (_OPENED, _CLOSED):
            if (part == _OPENED) == within:  # a nested beginning, or an end without one
                continue
            within = not within
        elif not within:
            part = _LEFTWARD_WORDS.sub(lambda words: f"{_OPENED}{words[0]}{_CLOSED}", part)
        kept.append(part)
    return "".join([*kept, _CLOSED]) if within else "".join(kept)


def without_invisible(text: str) -> str:
    """Return the text in NFC, with line ends `\n`, without zero-width and direction characters.

    Spaces of every kind and control characters are kept.
    """
    composed = unicodedata.normalize("NFC", re.sub("\r\n?", "\n", without_direction(text)))
    kept = "".join(each for place, each in enumerate(composed) if _is_kept(composed, place))
    return unicodedata.normalize("NFC", kept)


def clean_name(text: str) -> str:
    """Return a person's name on one line, in NFC, without invisible characters; "" if nothing is visible."""
    text = unicodedata.normalize("NFC", " ".join(without_direction(without_control(text)).split()))
    kept: list[str] = []
    marks = 0
    for place, each in enumerate(text):
        marks = marks + 1 if unicodedata.combining(each) else 0
        if marks <= _STACKED_MARKS and (_is_seen(each) or each == " " or _belongs(text, place)):
            kept.append(each)
    name = unicodedata.normalize("NFC", " ".join("".join(kept).split()))
    return "" if is_blank(name) else name


def clean_file_name(text: str) -> str:
    """Return a file's name that is safe in a header, a file system and a line of text, with its extension; ""
    if nothing of it is visible.

    Control and direction characters are removed, line breaks become spaces, and characters that separate
    folders or end a quoted name become "_".
    """
    name = re.sub(r'[/\\"]', "_", clean_name(text)).lstrip(". ")
    if is_blank(name):
        return ""
    extension = found.group() if (found := _EXTENSION.search(name)) else ""
    stem = name.removesuffix(extension).encode()[: FILE_NAME_BYTES - len(extension)]
    return stem.decode(errors="ignore").rstrip() + extension


def _is_seen(character: str) -> bool:
    return unicodedata.category(character)[0] not in "CMZ" and character not in _DRAWS_NOTHING


def _is_kept(text: str, place: int) -> bool:
    """Return whether the character is no invisible format character, or shapes the one before it."""
    return unicodedata.category(text[place]) != "Cf" or _belongs(text, place)


def _belongs(text: str, place: int) -> bool:
    """Return whether an invisible character shapes the one before it: a mark, a joiner, a selector."""
    if place == 0 or text[place - 1] == " ":
        return False
    character, before = text[place], text[place - 1]
    if character in _JOINERS:
        return all(map(_takes_joiners, (before, text[place + 1 : place + 2])))
    if "\ufe00" <= character <= "\ufe0f":
        return before >= _FIRST_NON_LATIN
    return unicodedata.category(character)[0] == "M" and character != "\u034f"


def _takes_joiners(neighbour: str) -> bool:
    return neighbour >= _FIRST_NON_LATIN and unicodedata.category(neighbour)[0] not in "CZ"
