"""«Gracias», «ok», «buenas tardes»: what people say to be polite, and what is no activity."""

import re

from spanish.writing.folding import fold

_WORDS = frozenset([
    "hola", "gracias", "muchas", "muchisimas", "mil", "ok", "okay", "oki", "vale", "va", "sale", "listo",
    "perfecto", "excelente", "enterado", "enterada", "de", "acuerdo", "nada", "buen", "bueno", "buenos",
    "buenas", "dia", "dias", "tarde", "tardes", "noche", "noches", "si", "no", "ya", "por", "favor", "muy",
    "amable", "saludos", "hasta", "luego", "adios", "igualmente", "recibido", "entendido", "a", "usted",
])  # fmt: skip


def is_courtesy(text: str) -> bool:
    """Whether the text has no other words, or no words at all."""
    words = re.findall(r"[^\W\d_]+|\d+", fold(text))
    return all(word in _WORDS for word in words)
