"""Mends misspelled words: accents, and letters that sound alike. Names, acronyms and folios are not touched.

A word is mended only if Spanish does not have it, and has exactly one that is as near as this. What cannot be
mended so is left as it was written, and `misspelled` reports it.
"""

import re
from collections.abc import Iterator
from functools import lru_cache
from itertools import product
from re import Match

from spanish.reading.clauses.conjugation import Tense
from spanish.reading.clauses.verbs import VerbKind, verb_of
from spanish.reading.wording import word_set
from spanish.rewording.lexicon import is_listed, is_word, lemma
from spanish.rewording.words import WORD, fixed_spans, rewrite
from spanish.writing.folding import fold

_ACCENTS = {"a": "á", "e": "é", "i": "í", "o": "ó", "u": "úü", "n": "ñ"}
_PLAIN = str.maketrans("áéíóú", "aeiou")
# Letters that sound alike in Mexico; the first of a pair is written for the second.
_ALIKE = (
    ("b", "v"), ("v", "b"), ("s", "c"), ("c", "s"), ("s", "z"), ("z", "s"), ("z", "c"), ("c", "z"),
    ("ss", "s"), ("s", "sc"), ("c", "cc"), ("x", "s"), ("s", "x"), ("ll", "y"), ("y", "ll"), ("j", "g"),
    ("g", "j"),
    ("n", "m"), ("m", "n"), ("k", "qu"), ("k", "c"), ("q", "qu"), ("r", "rr"), ("gu", "w"), ("nn", "n"),
    ("mm", "m"), ("qu", "cu"), ("x", "cc"), ("sc", "c"), ("i", "y"),
)  # fmt: skip
_MOST_CHANGES = 2  # letters that sound alike, in one word
_LONG = 7  # letters from which on a word is mended that lacks one, or has two in the wrong order
_MOST_TRIED = 40  # words of one text that are looked for, since each takes some milliseconds
_SHORT = 6  # letters below which only accents are mended
_SHORTEST = 4  # letters of words that are mended
_LONGEST = 30  # letters above which a word is left, since none is longer and looking takes long
_ALWAYS = {
    "dia": "día", "dias": "días", "mas": "más", "articulo": "artículo", "articulos": "artículos",
    "numero": "número", "numeros": "números", "ultimo": "último", "ultima": "última",
    "ultimos": "últimos", "ultimas": "últimas", "via": "vía", "aun": "aún", "ahi": "ahí", "asi": "así",
    "mio": "mío", "esque": "es que", "haber si": "a ver si", "ubo": "hubo", "iso": "hizo",
    "isimos": "hicimos", "uvo": "hubo", "aver": "a ver", "osea": "o sea", "enserio": "en serio",
    "porfavor": "por favor",
}  # fmt: skip
_VERBS = {"estan": "están", "quedo": "quedó", "estubo": "estuvo", "estubieron": "estuvieron"}
_DETERMINERS = word_set(
    "el un este ese del al su mi nuestro dicho primer segundo tercer cada otro cuarto último de por en "
    "con sin los unos estos sus la las una unas esta estas nuestra dicha primera segunda otra otras"
)
_PUBLIC = word_set("publica publicas")
_PUBLIC_WHAT = word_set(
    "cuenta cuentas obra obras información informacion función funcion administración administracion "
    "servidora servidoras seguridad política politica políticas politicas salud consulta vía via hacienda "
    "gestión gestion fe opinión opinion deuda licitación licitacion audiencia audiencias versiones "
    "versión version"
)
_MARKS = word_set("se le les nos ya también no")  # before «entrego» they make it a past
_PRESENT = word_set("llevo tengo hago puedo debo")
_NO_SUBJECTS = _DETERMINERS | word_set("yo que q lo la me te y o ni si cuando como donde")
_ESTA = re.compile(
    r"\w+(?:ad|id|ech|uest|rit|ist|iert|ert)[oa]s?|en|ya|por|para|al|list[oa]|pendiente|complet[oa]"
)


def mend(text: str, names: frozenset[str] = frozenset()) -> str:
    """Return the text with its known misspellings mended. `names`: words in small letters that are right."""
    before = ""
    tried: set[str] = set()

    def write(found: Match[str]) -> str:
        nonlocal before
        unknown = found[0].islower() and not is_word(found[0])
        if unknown:
            tried.add(found[0])
        if unknown and len(tried) > _MOST_TRIED:
            return found[0]
        word = found[0]
        starts = _starts_sentence(found.string, found.start())
        new = word
        if word.islower() or (starts and word[1:].islower()):
            small = mended(word.lower(), before, _next_word(found), names)
            if not word.islower() and len(word) <= _LONG and fold(small) != fold(word):
                small = word.lower()  # «Karina» is a name
            new = small if word.islower() else small[:1].upper() + small[1:]
        before = word.lower()
        return new

    return rewrite(text, write)


_SHORTENED = re.compile(r"\.(?=[^\s]| [^\W\dA-ZÁÉÍÓÚÑ])")  # no stop follows: «inventarios doc., una»


def misspelled(text: str, names: frozenset[str] = frozenset()) -> list[str]:
    """Return the words in small letters that Spanish does not have and that could not be mended."""
    fixed = fixed_spans(text)
    return [
        found[0]
        for found in WORD.finditer(text)
        if found[0].islower()
        and len(found[0]) >= _SHORTEST
        and not is_word(found[0])
        and found[0] not in names
        and not any(start <= found.start() < end for start, end in fixed)
        and not _SHORTENED.match(text, found.end())
    ]


def mended(word: str, before: str = "", after: str = "", names: frozenset[str] = frozenset()) -> str:
    """Return a word in small letters as it should be spelled between its neighbours."""
    if word in names:
        return word
    if word == "esta" and _ESTA.fullmatch(after) and before not in ("en", "de", "por", "para", "a"):
        return "está"
    if word in _VERBS:
        return _VERBS[word]
    if word == "aun" and after in ("cuando", "así", "asi", "con", "sin"):
        return word
    if word in _ALWAYS:
        return _ALWAYS[word]
    if not _SHORTEST <= len(word) <= _LONGEST:
        return word
    if is_word(word):
        return _by_context(word, before)
    return _nearest(word) or word


def _by_context(word: str, before: str) -> str:
    """«El catalogo» is «el catálogo», «se publico» is «se publicó»."""
    if word in _PUBLIC and before in _PUBLIC_WHAT:
        return word.replace("u", "ú", 1)
    if word.endswith("o") and _is_told_of(word, before) and is_listed(past := word[:-1] + "ó"):
        return past
    if lemma(word) == word or not lemma(word).endswith(("ar", "er", "ir")):
        return word
    if before in _DETERMINERS:
        near = [each for each in _accented(word) if each[-1] == word[-1] and is_listed(each)]
        nouns = [each for each in near if lemma(each) in (each, each.removesuffix("s"))]
        return nouns[0] if len(nouns) == 1 and not _is_noun(word) else word
    return word


def _is_told_of(word: str, before: str) -> bool:
    """Whether somebody else did it: after «se», «ya», or a subject («el comité aprobo»)."""
    verb = verb_of(fold(word))
    if word in _PRESENT:
        return False
    if before in _MARKS:
        return verb is not None and not _is_wish(word)
    past = verb is not None and verb.known and verb.tense is Tense.PAST and verb.kind is not VerbKind.TELL
    return past and bool(before) and not _is_noun(word) and before not in _NO_SUBJECTS


def _is_wish(word: str) -> bool:
    verb = verb_of(fold(word))
    return verb is not None and verb.kind is VerbKind.WANT


def _is_noun(word: str) -> bool:
    """Whether the plural of a form in -o is a word of its own: «el oficio», «el acuerdo»."""
    return is_listed(word + "s") and lemma(word + "s") == word


@lru_cache(maxsize=8192)
def _nearest(word: str) -> str | None:
    """Return the only Spanish word that is as near as any, None if there are none or several."""
    for changed in _nearer(word):
        found = {each for each in changed if is_listed(each)}
        found -= {each[:-1] + "o" for each in found if each.endswith("ó")}
        if found:
            return found.pop() if len(found) == 1 else _likeliest(found)
    return None


def _likeliest(found: set[str]) -> str | None:
    """Of several the one that ends as nouns of acts do, or is no form of a verb; None if that is not one."""
    nouns = {each for each in found if lemma(each) == each or each.endswith(("ción", "sión"))}
    return nouns.pop() if len(nouns) == 1 else None


def _nearer(word: str) -> Iterator[set[str]]:
    """Yield the words at each distance: by accents, by one letter that sounds alike, by two, by a letter."""
    yield set(_accented(word))
    if len(word) < _SHORT:
        return
    reached = {word}
    for _ in range(_MOST_CHANGES):
        reached = {each for one in reached for each in _alike(one)}
        near = {each for one in reached for each in (one, *_accented(one))}
        yield {each for each in near if len(each) == len(word)}
        yield near
    if len(word) >= _LONG:
        yield {each for one in _mistyped(word) for each in (one, *_accented(one))}


def _accented(word: str) -> Iterator[str]:
    """Yield the word with its accent elsewhere: on each vowel, or on none; «ñ» for «n»."""
    plain = word.translate(_PLAIN)
    if plain != word:
        yield plain
    for place, letter in enumerate(plain):
        for accent in _ACCENTS.get(letter, ""):
            yield plain[:place] + accent + plain[place + 1 :]
            if accent == "ñ":
                yield from (each for each in _accented_vowels(plain[:place] + accent + plain[place + 1 :]))


def _accented_vowels(word: str) -> Iterator[str]:
    for place, letter in enumerate(word):
        if letter in "aeiou":
            yield word[:place] + _ACCENTS[letter][0] + word[place + 1 :]


def _alike(word: str) -> Iterator[str]:
    for written, meant in _ALIKE:
        place = word.find(written)
        while place >= 0:
            yield word[:place] + meant + word[place + len(written) :]
            place = word.find(written, place + 1)
    yield "h" + word
    yield word.removeprefix("h")
    for place in range(1, len(word)):
        if word[place] == "h" and word[place - 1] != "c":
            yield word[:place] + word[place + 1 :]


def _mistyped(word: str) -> Iterator[str]:
    """Yield the word with a letter more, a letter less of two alike, or two letters changed round."""
    for place, letter in product(range(1, len(word)), "abcdefgilmnoprstu"):
        yield word[:place] + letter + word[place:]
    for place in range(1, len(word) - 1):
        yield word[:place] + word[place + 1] + word[place] + word[place + 2 :]
        if word[place] == word[place + 1]:
            yield word[:place] + word[place + 1 :]


def _starts_sentence(text: str, place: int) -> bool:
    before = text[:place].rstrip(' ¡¿«"“(•-*')
    return not before or before[-1] in ".!?\n:"


def _next_word(found: Match[str]) -> str:
    after = WORD.search(found.string, found.end(), found.end() + 40)
    return after[0].lower() if after and found.string[found.end() : after.start()].strip() == "" else ""
