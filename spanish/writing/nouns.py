"""Spanish nouns: the singular of a plural, and the article of a name.

Sources: «Nueva gramática de la lengua española» (RAE), chapters 2 (gender) and 3 (number), and «Ortografía»,
3.4: the accent that a plural has and its singular has not, or the other way round.
"""

import re

from spanish.writing.folding import fold

# Only what stands before the first of these is counted: «Sesiones del Comité», «Mantenimientos a equipos».
_PREPOSITION = re.compile(
    "al?|ante|con|contra|del?|desde|en|entre|hacia|hasta|mediante|para|por|segun|sin|sobre|tras"
)
# The same in both numbers: unstressed -is and -us, the days of the week.
_INVARIABLE = re.compile(
    r"\w*[aeiou]sis|praxis|\w+[bcdlmnprtv]us|lunes|martes|miercoles|jueves|viernes|atlas|caries|gratis|mas|"
    r"menos|interes|estres"
)
# What the endings do not tell.
_IRREGULAR = {
    "caracteres": "carácter", "regimenes": "régimen", "especimenes": "espécimen",
    "redes": "red", "paredes": "pared", "mercedes": "merced", "huespedes": "huésped", "cespedes": "césped",
    "clubes": "club", "relojes": "reloj", "albumes": "álbum", "gases": "gas", "compases": "compás",
    "cines": "cine", "aires": "aire", "vales": "vale", "hules": "hule",
    "ordenes": "orden", "imagenes": "imagen", "origenes": "origen", "jovenes": "joven", "margenes": "margen",
}  # fmt: skip
# Plurals whose singular ends in a consonant: «actores», but «informes», «padres», «calles», «clases».
_CONSONANT = re.compile(r"(?:[aeiouáéíóú](?:[nlrxy]|(?<![aá])s)|(?<!a)ud|ad|[íú])es$")
_FINAL = re.compile(r"[aeiou](?=[^aeiou]*$)")
_HIATUS = re.compile(r"[aeo][íú]|[íú][aeo]")
# Two vowels, one of them a weak one without accent, are one syllable.
_SYLLABLE = re.compile(r"[iuü]?[aeoáéó][iu]?|[iuü]?[iuíúü]")
# By the first noun of a name, folded; the first that fits decides.
_GENDERS = (
    (re.compile(r"^(?:programa|sistema|tema|esquema|problema|diagrama|clima|mapa|dia)s?$"), "m"),
    (re.compile(r"(?:as?|[csxg]ion(?:es)?|(?:[dt]ad|tud|triz|umbre)(?:es)?)$"), "f"),
    (re.compile(r"^(?:red|ley|base|clase|clave|fase|frase|sede|torre|calle|parte|mujer|nave)(?:e?s)?$"), "f"),
    (re.compile(r"^(?:luz|paz|voz|cruz|mano|region|carcel|imagen)$"), "f"),
    (re.compile(r"(?:[oeiu]|[eo]r|ar|[aeiou]l|[aeiou]n)(?:e?s)?$|^(?:club(?:es)?|h)$"), "m"),
)  # fmt: skip
# A feminine noun with a stressed «a» at its beginning: «el Área», «del Agua»; in the plural «las Áreas».
_STRESSED_A = re.compile(r"(?:área|agua|aula|acta|alma|arma|habla|águila|hacha|ala)")
_ARTICLES = {(False, False): "el", (False, True): "los", (True, False): "la", (True, True): "las"}
_ACCENTED = str.maketrans("aeiou", "áéíóú")
_PLAIN = str.maketrans("áéíóú", "aeiou")


def singular(plural: str) -> str:
    """Return the singular in lower case: «sesión ordinaria» for «Sesiones ordinarias».

    What follows a preposition stays: «mantenimiento a equipos». So does a word that is no plural.
    """
    words = lower(plural).split()
    counted = next(
        (place for place, word in enumerate(words) if _PREPOSITION.fullmatch(fold(word))), len(words)
    )
    one = [re.sub(r"[^\W\d_]+", lambda found: _singular_word(found[0]), word) for word in words[:counted]]
    return " ".join([*one, *words[counted:]])


def lower(name: str) -> str:
    """Return a name in lower case, its acronyms as they are: «reuniones del COCODI»; «actas» for «ACTAS»."""
    words = name.split()
    if all(word.isupper() for word in words):
        return name.lower()
    return " ".join(word if len(word) > 1 and word.isupper() else word.lower() for word in words)


def _singular_word(word: str) -> str:
    folded = fold(word)
    if len(word) <= 3 or word.isupper() or not folded.endswith("s") or _INVARIABLE.fullmatch(folded):
        return word
    if folded in _IRREGULAR:
        return _IRREGULAR[folded]
    if word.endswith(("ís", "ús")):
        return word
    if word.endswith("ces"):
        return f"{word[:-3]}z"
    return _stressed(word[:-2]) if _CONSONANT.search(word) else word[:-1]


def _stressed(stem: str) -> str:
    """Return the singular of a plural in -es with the accent that its stress needs.

    A plural without an accent is stressed on the last syllable of its singular («reuniones»), one with an
    accent before it («dictámenes»); an accent that parts two vowels stays («países»).
    """
    if not stem.endswith(("n", "s")) or _HIATUS.search(stem):
        return stem
    plain = stem.translate(_PLAIN)
    if plain != stem or stem.endswith("men") or len(_SYLLABLE.findall(stem)) == 1:
        return plain
    return _FINAL.sub(lambda found: found[0].translate(_ACCENTED), stem)


def article(name: str) -> str:
    """Return «la» for «Secretaría Ejecutiva», «los» for «Servicios de Salud»; "" where that is unknown."""
    head = next(iter(re.findall(r"[^\W\d_]+", name)), "")
    if not head or (len(head) > 1 and head.isupper()):
        return ""
    word = fold(head)
    gender = next((gender for ending, gender in _GENDERS if ending.search(word)), None)
    if gender is None:
        return ""
    many = word.endswith("s") and singular(head) != head.lower()
    feminine = gender == "f"
    if feminine and not many and _STRESSED_A.fullmatch(head.lower()):
        return "el"
    return _ARTICLES[feminine, many]


def with_article(name: str) -> str:
    """Return «la Secretaría Ejecutiva», or the name alone where its article is unknown."""
    return f"{article(name)} {name}".strip()


def of(name: str) -> str:
    """Return «de la Secretaría Ejecutiva», «del Instituto», «de SEMAHN»."""
    known = article(name)
    return f"del {name}" if known == "el" else f"de {known} {name}" if known else f"de {name}"
