"""«Gracias», «ok», «buenas tardes», «qué bueno»: what people say to be polite, and what is no activity."""

import re

from spanish.writing.folding import fold

_WORDS = frozenset([
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


def is_courtesy(text: str) -> bool:
    """Whether the text has no other words, or no words at all."""
    folded = fold(text)
    words = re.findall(r"[^\W\d_]+|\d+", folded)
    return all(word in _WORDS or _LAUGHTER.fullmatch(word) for word in words) or bool(
        _POLITE.fullmatch(folded)
    )
