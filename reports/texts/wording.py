"""What a reader would still change in a report's text, in words."""

from collections.abc import Mapping

from spanish.rewording.sentence import Remainder
from spanish.writing import formats

_SAID = {
    Remainder.RELATIVE_DAY: "un día sin fecha",
    Remainder.GREETING: "un saludo",
    Remainder.SMALL_LETTER: "empieza con minúscula",
    Remainder.NO_STOP: "le falta el punto final",
    Remainder.PICTURE: "un emoji",
    Remainder.SPELLING: "ortografía",
    Remainder.FIRST_PERSON: "primera persona",
}


def left(found: Mapping[Remainder, str]) -> str:
    """Return «revise un día sin fecha («ayer») y ortografía («reunion»)»."""
    said = [f"{_SAID[kind]} («{words}»)" if words else _SAID[kind] for kind, words in found.items()]
    return f"revise: {formats.joined(said)}"
