"""«Gracias», «ok», «buenas tardes», «qué bueno»: what people say to be polite, and what is no activity."""

import re
from enum import Enum, auto

from spanish.writing.folding import fold


class Courtesy(Enum):
    """What a polite message is; `AGREED` is «ok», «listo», 👍 and whatever else says yes to what was said."""

    GREETING = auto()
    THANKS = auto()
    FAREWELL = auto()
    SORRY = auto()
    AGREED = auto()


_WORDS = frozenset([
    "holi", "ola", "hey", "hi", "hello", "okey", "okis", "sip", "nop", "genial", "super", "sale", "disculpe",
    "disculpa", "perdon", "grax", "grcs", "thx", "graciass", "agradecido", "agradecida",
    "agradezco", "bye", "chao",
    "feliz", "bonito", "bonita", "lindo", "linda", "bendiciones", "claro", "correcto", "exacto",
    "cordial", "tranquilo",
    "hola", "gracias", "muchas", "muchisimas", "mil", "ok", "okay", "oki", "vale", "va", "sale", "listo",
    "perfecto", "excelente", "enterado", "enterada", "de", "acuerdo", "nada", "buen", "bueno", "buenos",
    "buenas", "dia", "dias", "tarde", "tardes", "noche", "noches", "si", "no", "ya", "por", "favor", "muy",
    "amable", "saludos", "hasta", "luego", "adios", "igualmente", "recibido", "entendido", "a", "usted",
])  # fmt: skip
_LAUGHTER = re.compile(r"(?:j[aeiou]){2,}j?|(?:ha){2,}|jaj\w*|je|ja")
# «Qué bueno», «que tengan excelente inicio de semana», «que les vaya bien»: an exclamation, or a wish.
_POLITE = re.compile(
    r"\W*que (?:bueno|buena onda|bien|padre|gusto|alegria|maravilla|lindo|chido|excelente)\W*|"
    r"\W*(?:que )?(?:tengan?|pasen?|descansen?|disfruten?|(?:les|le|te|nos) vaya)\b(?: \w+){0,3}? "
    r"(?:excelente|buen|buena|bonito|bonita|lindo|feliz|bien|muy bien)\b(?: \w+){0,5}\W*"
)


_KINDS = (
    (Courtesy.THANKS, re.compile(
        r"\b(?:gracias+|grax|grcs|thx|agradec\w+|agradezco|muy amable)\b|[🙏❤💚🌹💐]")),
    (Courtesy.FAREWELL, re.compile(
        r"\b(?:adios|bye|chao|hasta (?:luego|manana|pronto|el \w+)|nos vemos|que (?:descanse|le vaya|"
        r"tenga)\w*|"
        r"(?:buen|bonito|lindo|feliz|excelente) (?:fin|descanso))\b|👋$")),
    (Courtesy.SORRY, re.compile(r"\b(?:disculp\w+|perdon\w*|lo siento|una disculpa)\b")),
    (Courtesy.GREETING, re.compile(
        r"\b(?:hola+|holi\w*|ola|hey|hi|hello|que tal|como esta[sn]?|"
        r"(?:buen|bonito|lindo|feliz|excelente)(?:os)? (?:dias?|inicio|semana|lunes)|buenas(?: tardes| "
        r"noches)?|"
        r"saludos|buenos dias|bonita (?:tarde|noche)|feliz (?:tarde|noche))\b|👋")),
)  # fmt: skip
_PHRASES = re.compile(
    r"\W*(?:hasta (?:luego|manana|pronto|el \w+)|nos vemos|(?:que (?:tenga|pase|descanse)\w* )?"
    r"(?:buen|bonito|lindo|feliz|excelente) (?:fin de semana|descanso|puente|lunes|martes|miercoles|jueves|"
    r"viernes|inicio de semana)|lo siento|una disculpa|mil disculpas|todo bien|asi es|esta bien|de lujo|"
    r"muy bien)"
    r"(?: \w+){0,2}\W*|"
    r"\W*(?:(?:hola|buenas?|buenos|dias?|tardes|noches)\W+){0,3}(?:que tal|como (?:esta[sn]?|le va|te va|"
    r"andas?|andamos|"
    r"amanecio|amaneciste|estamos)(?: hoy| todo| usted)?)\W*"
)


def courtesy_of(text: str) -> Courtesy | None:
    """What kind of polite message the text is; None if it is none."""
    if not is_courtesy(text):
        return None
    said = " ".join(fold(text).replace(",", " ").split())
    return next((kind for kind, pattern in _KINDS if pattern.search(said)), Courtesy.AGREED)


def is_courtesy(text: str) -> bool:
    """Whether the text has no other words, or no words at all."""
    folded = fold(text)
    words = re.findall(r"[^\W\d_]+|\d+", folded)
    return all(word in _WORDS or _LAUGHTER.fullmatch(word) for word in words) or bool(
        _POLITE.fullmatch(folded) or _PHRASES.fullmatch(folded)
    )
