"""Whether a text tells work where an answer is awaited: it is an activity then, and must not be lost."""

import re

from spanish.reading.activity import Understood
from spanish.reading.acts import Act
from spanish.reading.spoken import Spoken

LENGTHY = 4  # words; a shorter text is taken for an answer
RICH = 6  # words; so many tell work even where they name neither line nor day
_WEEKDAY = "(?:lunes|martes|miercoles|jueves|viernes|sabado|domingo)"
_DAY = rf"(?:hoy|ayer|antier|anteayer|anoche|esta (?:manana|tarde)|(?:el|este) {_WEEKDAY})\b"
_RECENT = re.compile(rf"\b{_DAY}")
_DATED = re.compile(rf"\W*(?:(?:y|que|pues|tambien)\b )*{_DAY}")
_REASON = re.compile(
    r"\b(?:porque|por (?:falta|error|que)|debido|ya que|error\w*|equivo\w*|duplic\w*|repetid\w*|"
    r"se (?:reprogram|pospus|aplaz|cancel)\w*)"
)


def is_report(text: str, read: Understood) -> bool:
    """Return whether a text that answers nothing tells of work.

    `read` is what was understood of it with every line that its person may register.
    """
    if read.act is not Act.TOLD or read.unread:
        return False
    words = len(text.split())
    named = read.line_id is not None or read.starts_on or read.documents or read.people
    return words >= RICH or (words >= LENGTHY and bool(named))


def is_recent_report(text: str, read: Understood) -> bool:
    """Return whether it tells work of these days, which is an activity even where any words are an answer.

    A reason or an explanation is not: «ayer se canceló por falta de quórum».
    """
    said = Spoken.of(text).text
    if read.act is not Act.TOLD or len(text.split()) < LENGTHY or _REASON.search(said):
        return False
    if not _RECENT.search(said):
        return False
    return read.line_id is not None or _DATED.match(said) is not None
