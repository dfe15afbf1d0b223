"""Answers that say that there is nothing to say: «no hubo», «ninguno», «no aplica», «nadie». Pure."""

import re

from spanish.writing.folding import fold

_NOTHING = re.compile(
    r"\W*(?:(?:pues|la verdad|creo que|por ahora|todavia|aun)\b\W*)*"
    r"(?:no(?:\W+(?:hubo|hay|aplica|lleva|tiene|tenemos|tengo|existe|se|recuerdo|me acuerdo|procede|"
    r"corresponde|participo|asistio|fue)(?:\W+(?:ningun[oa]?s?|nadie|nada|el dato|ese dato|participantes|"
    r"oficios?|numero|lugar|aun|todavia))?)?|ningun[oa]?s?(?:\W+(?:oficio|lugar|participante|persona))?|"
    r"nadie|nada|n\W?a|sin (?:participantes|lugar|oficios?|numero|datos?|nada|personas))\W*(?:gracias)?\W*"
)


def says_nothing(text: str) -> bool:
    """Return whether the whole text declines what is asked for. «s/n» is an answer: reports print it."""
    return len(text) <= 80 and _NOTHING.fullmatch(fold(text)) is not None
