"""Texts as people send them, without the signs that hide, move or break what stands beside them.

Standard library only, and no table of ours: any layer may use it before a text is stored or shown.
"""

import re
import unicodedata

FILE_NAME_BYTES = (
    200  # in UTF-8; file systems take 255, and whoever keeps the file may put a number before it
)
_STACKED_MARKS = 3  # combining marks on one letter; no language of ours needs more

# Signs that change the direction of all that follows: marks, embeddings, overrides and isolates (UAX #9).
_DIRECTION = "\u061c\u200e\u200f\u202a-\u202e\u2066-\u2069"
_ANY_DIRECTION = re.compile(f"[{_DIRECTION}]")
_LINE_END = re.compile("\r\n|[\r\x0b\x0c\x1c-\x1e\x85\u2028\u2029]")
_CONTROL = re.compile("[\x00-\x08\x0e-\x1b\x1f\x7f-\x9f\ud800-\udfff\ufdd0-\ufdef\ufffe\uffff]")
_BLANKS = re.compile(r"[^\S\n]{2,}")
_BLANK_LINES = re.compile(r"\n\s+\n")
_EXTENSION = re.compile(r"\.[A-Za-z0-9]{1,10}$", re.ASCII)
_OPENED, _CLOSED = "\N{FIRST STRONG ISOLATE}", "\N{POP DIRECTIONAL ISOLATE}"
_NO_ISOLATE = re.compile("[\u061c\u200e\u200f\u202a-\u202e\u2066\u2067]")
# Letters and digits that are written from right to left, with their marks.
_LEFTWARD = "\u0590-\u08ff\ufb1d-\ufdff\ufe70-\ufefc\U00010800-\U00010fff\U0001e800-\U0001efff"
_ANY_LEFTWARD = re.compile(f"[{_LEFTWARD}]")
_LEFTWARD_WORDS = re.compile(f"[{_LEFTWARD}]+(?: [{_LEFTWARD}]+)*")
_TURNS = re.compile(f"[{_LEFTWARD}{_DIRECTION}]")
_BOUND = re.compile(f"([{_OPENED}{_CLOSED}])")

# Signs of other categories that draw nothing: Hangul fillers, the empty Braille cell, the null notehead, and
# the place of an object that is not there.
_DRAWS_NOTHING = frozenset(map(chr, (0x115F, 0x1160, 0x3164, 0xFFA0, 0x2800, 0x1D159, 0xFFFC)))
_JOINERS = frozenset("\u200c\u200d")
_FIRST_NON_LATIN = "\u0600"  # below it no script and no emoji needs a joiner or a variation selector


def is_blank(text: str) -> bool:
    """Whether nothing of it can be seen: spaces, control and format signs, fillers, marks on no letter."""
    return not any(map(_is_seen, text))


def without_control(text: str) -> str:
    """The text without control signs, half surrogates and what is no character; line ends are `\\n`.

    Tabs and line breaks stay. What is left can be stored by every database and written to every file.
    """
    return _CONTROL.sub("", _LINE_END.sub("\n", text))


def without_direction(text: str) -> str:
    """The text without the signs that change the direction of what follows."""
    return _ANY_DIRECTION.sub("", text)


def without_runs_of_blanks(text: str) -> str:
    """The text with one space for several, and at most one empty line at a time."""
    return _BLANK_LINES.sub("\n\n", _BLANKS.sub(" ", text))


def beside_other_text(text: str) -> str:
    """A text to be shown within a line of ours: no control or direction sign, and isolated where it holds
    letters that are written from right to left, which would move the figures next to it."""
    return isolated(without_control(text))


def isolated(text: str) -> str:
    """The text without signs of direction, each line with letters from right to left in an isolate."""
    if text.isascii() or not _TURNS.search(text):
        return text
    lines = without_direction(text).split("\n")
    return "\n".join(f"{_OPENED}{line}{_CLOSED}" if _ANY_LEFTWARD.search(line) else line for line in lines)


def in_place(text: str) -> str:
    """A finished text of ours in which nothing moves what stands beside it.

    Isolates end in their line, words from right to left outside of one get their own, and every other sign of
    direction goes.
    """
    if text.isascii() or not _TURNS.search(text):
        return text
    return "\n".join(map(_line_in_place, _NO_ISOLATE.sub("", text).split("\n")))


def _line_in_place(line: str) -> str:
    kept: list[str] = []
    within = False
    for part in _BOUND.split(line):
        if part in (_OPENED, _CLOSED):
            if (part == _OPENED) == within:  # a second beginning, or an end of nothing
                continue
            within = not within
        elif not within:
            part = _LEFTWARD_WORDS.sub(lambda words: f"{_OPENED}{words[0]}{_CLOSED}", part)
        kept.append(part)
    return "".join([*kept, _CLOSED]) if within else "".join(kept)


def without_invisible(text: str) -> str:
    """The text composed (NFC), its line ends `\n`, without zero-width signs and signs of direction.

    Spaces of every kind stay, and so do control characters.
    """
    composed = unicodedata.normalize("NFC", re.sub("\r\n?", "\n", without_direction(text)))
    kept = "".join(each for place, each in enumerate(composed) if _is_kept(composed, place))
    return unicodedata.normalize("NFC", kept)


def clean_name(text: str) -> str:
    """A person's name on one line, composed (NFC), of signs that are seen; "" where none is."""
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
    """A file's name that fits a header, a file system and a line of text, with its extension; "" where
    nothing of it can be seen.

    Control and direction signs go, line breaks become spaces, and what separates folders or ends a quoted
    name becomes "_".
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
    """Whether it is no format sign that nobody sees, or shapes the sign before it."""
    return unicodedata.category(text[place]) != "Cf" or _belongs(text, place)


def _belongs(text: str, place: int) -> bool:
    """Whether an unseen sign shapes the sign before it: a mark, or what joins letters and emoji."""
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
