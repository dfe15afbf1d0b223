"""Which words Spanish has: simplemma's dictionary of word forms, which is part of its package.

Its compact form (`low_memory`) says the same in a quarter of the memory; each look-up takes some 40
microseconds, and those of the words in use are cached.
"""

import re
from functools import lru_cache

import simplemma

from spanish.reading.wording import word_set

_ENCLITICS = (
    "selos", "selas", "selo", "sela", "melos", "melas", "melo", "mela", "noslo", "nosla", "se", "me", "te",
    "nos", "les", "le", "los", "las", "lo", "la",
)  # fmt: skip
_NUMBER = re.compile(r"veinti(?:ún|una|dós|trés|cuatro|cinco|séis|siete|ocho|nueve)|\w+cient[oa]s")
_DIMINUTIVE = re.compile(r"(?:ec|c)?it(?=[oa]s?$)")
_AGAIN = re.compile(
    r"^(?:re|pre|sub|anti|inter|multi|super|micro|mini|co|ciclo|foto|video|bio|agro|eco|auto|geo|tele|hidro)"
)
_DOER = re.compile(r"dora(?=s?$)")
_BORROWED = word_set(
    "webinar webinars zoom laptop laptops software hardware backup link links site app apps online stand "
    "router switch wifi chat bot kardex banner banners excel ahorita foja fojas requisición requisiciones "
    "capturista capturistas presupuestal presupuestales rotafolio rotafolios memorándum memorándums lona "
    "lonas archivista georreferenciación dron drones tianguis semiactiva semiactivo webinario posicionar "
    "quórum antes tóner internet wikis podcast podcasts ok tablet tablets spot spots"
)
# Listed by the dictionary, if only as rare forms of verbs; as office staff write them they are misspellings.
_NO_WORDS = word_set("dia dias articulo articulos mas numero numeros ultimo ultima ultimos ultimas q x k")
_PLAIN = str.maketrans("áéíóúü", "aeiouu")


def load() -> None:
    """Load the dictionary, which takes about half a second, before a text needs it."""
    is_word("informe")


@lru_cache(maxsize=16384)
def is_word(word: str) -> bool:
    """Return whether a word in small letters is spelled as some Spanish word, enclitics included."""
    if word in _BORROWED or is_listed(word) or _NUMBER.fullmatch(word):
        return True
    for enclitic in _ENCLITICS:
        bare = word.removesuffix(enclitic)
        long = len(bare) > 3 or bare.endswith("r")
        if bare != word and long and (is_listed(bare) or is_listed(bare.translate(_PLAIN))):
            return True
    again = _AGAIN.sub("", word)
    if again != word and len(again) > 4 and is_listed(again):
        return True
    if _DOER.search(word) and is_listed(_DOER.sub("dor", word).removesuffix("s")):
        return True
    return _is_diminutive(word)


def _is_diminutive(word: str) -> bool:
    """«Manualito», «arbolitos»: of a word that ends in another vowel, or in none."""
    small = _DIMINUTIVE.sub("", word)
    if small == word or len(small) < _SHORTEST:
        return False
    bare = small.rstrip("aos")
    vowels = [place for place, letter in enumerate(bare) if letter in "aeiou"]
    made = [small, bare]
    if vowels[1:]:  # árbol
        at = vowels[-2]
        made.append(bare[:at] + _ACCENTED[bare[at]] + bare[at + 1 :])
    return any(len(each) >= _SHORTEST and is_listed(each) for each in made)


_SHORTEST = 4  # letters of a word of which a diminutive is made
_ACCENTED = dict(zip("aeiou", "áéíóú", strict=True))


@lru_cache(maxsize=16384)
def is_listed(word: str) -> bool:
    """Return whether the dictionary itself has the word."""
    return word not in _NO_WORDS and bool(simplemma.is_known(word, lang="es", low_memory=True))


@lru_cache(maxsize=16384)
def lemma(word: str) -> str:
    """Return the infinitive or singular of a word in small letters; the word itself if it is not listed."""
    if not is_listed(word):
        return word
    return str(simplemma.lemmatize(word, lang="es", low_memory=True)).lower()
