"""Whether a verb is said of one thing or of several: «se entregó el acta», «se entregaron 3 actas»."""

from collections.abc import Sequence
from re import Match

from spanish.reading.clauses.function_words import ADVERBS
from spanish.reading.wording import word_set
from spanish.rewording.lexicon import lemma
from spanish.writing.folding import fold

ONE = word_set(
    "un una el la lo este esta ese esa mi nuestro nuestra su 1 primer primera segunda segundo tercer tercera "
    "otro otra al cada todo toda algo esto eso tu ningún ninguna"
)
MANY = word_set(
    "los las unos unas mis nuestros nuestras sus estos estas esos esas varios varias dos tres cuatro "
    "cinco seis siete ocho nueve diez once doce quince veinte treinta cuarenta cincuenta cien algunos "
    "algunas otros otras ambos ambas muchos muchas todos todas cientos diferentes diversos diversas "
    "distintos distintas demás"
)
_PREPOSITIONS = word_set(
    "a con en de por para sobre sin hasta desde entre contra ante como que si cómo porque hacia según y o "
    "ni pero"
)


def is_plural(
    tokens: Sequence[Match[str]], at: int, clitics: list[str], before: list[str], first: int
) -> bool:
    if {"los", "las"} & set(clitics):
        return True
    if {"lo", "la"} & set(clitics):
        return False
    if before and before[-1] in ("que", "q", "cuales") and first >= 2:
        if tokens[first - 1][0].lower() == "cuales":
            return True
        noun = tokens[first - 2][0].lower()
        if noun not in ("los", "las", "lo", "la", "el") and noun.isalpha() and fold(noun) not in ADVERBS:
            return _is_plural_noun(noun)
        if noun in ("los", "las"):
            return True
    return is_many(tokens, at)


def is_many(tokens: Sequence[Match[str]], at: int) -> bool:
    """Return whether what begins there is several things: «3 informes», «los convenios», «oficios»."""
    for place in range(at, min(at + 6, len(tokens))):
        word = tokens[place][0].lower()
        if word in ("a", "al") and place == at:
            return _many_given(tokens, place)
        if word in ONE:
            return False
        if word in MANY:
            return True
        if word[0].isdigit():
            return word not in ("1", "01") and not _is_day(tokens, place)
        if word in _PREPOSITIONS or not word[0].isalpha():
            return False
        if fold(word) in ADVERBS or word.endswith("mente"):
            continue
        return _is_plural_noun(word)
    return False


def _many_given(tokens: Sequence[Match[str]], at: int) -> bool:
    """«Entregamos *a Hacienda 3 informes*»: what is given stands after whom it is given to."""
    for place in range(at + 2, min(at + 6, len(tokens))):
        word = tokens[place][0].lower()
        if not word[0].isalnum() or word in _PREPOSITIONS:
            return False
        named = tokens[place - 1][0][:1].isupper() or tokens[place - 1][0].lower() not in (
            *ONE,
            *MANY,
            "a",
            "al",
        )
        if named and (word[0].isdigit() or word in MANY) and place + 1 < len(tokens):
            return word not in ("1", "01")
        if named and word in ONE:
            return False
    return False


def _is_day(tokens: Sequence[Match[str]], place: int) -> bool:
    return place > 0 and tokens[place - 1][0].lower() in ("el", "día")


def _is_plural_noun(word: str) -> bool:
    return (
        word.endswith("s")
        and (lemma(word) != word or word.endswith(("es", "os", "as")))
        and word
        not in ("análisis", "crisis", "tesis", "lunes", "martes", "jueves", "viernes", "énfasis", "síntesis")
    )
