"""A text as clauses of words: folded, abbreviations written out, closed-class words and keywords mended."""

import re
from dataclasses import dataclass
from difflib import get_close_matches
from functools import lru_cache

from spanish.reading.courtesy import is_courtesy
from spanish.writing.folding import fold

_BREAK = re.compile(r"[.,;:](?!\d)|[\n!¿?¡()«»\"]|\.{2,}|\b(?:pero|aunque|sino)\b", re.IGNORECASE)
_WORD = re.compile(r"[^\W_]+(?:[%º°ª]|(?= ?%) ?%)?", re.UNICODE)
_INTERROGATIVE = re.compile(r"qué|quién(?:es)?|cuándo|cuánt[oa]s?|cómo|dónde|cuál(?:es)?", re.IGNORECASE)
ASKING = re.compile(r"que|quien(?:es)?|cuando|cuant[oa]s?|como|donde|cual(?:es)?")
_PAST = re.compile(r"\w{2,}ó", re.IGNORECASE)  # «sesionó», of no other person or time

_SHORT = {
    "q": "que", "k": "que", "ke": "que", "qe": "que", "xfa": "porfa", "plis": "porfa", "cdo": "cuando",
    "cto": "cuanto", "ctos": "cuantos", "ctas": "cuantas", "cta": "cuanta", "trim": "trimestre",
    "tri": "trimestre", "av": "avance", "pend": "pendientes", "acts": "actividades", "act": "actividad",
    "inf": "informe", "bn": "bien", "komo": "como", "cmo": "como", "cm": "como",
    "kien": "quien", "kienes": "quienes",
    "tmb": "tambien", "pa": "para", "xa": "para", "d": "de", "falt": "falta", "qun": "quien", "ba": "va",
    "ban": "van", "bamos": "vamos", "aver": "a ver", "haver": "a ver", "xq": "por que", "pq": "por que",
    "porq": "por que", "x": "por", "dnd": "donde", "onde": "donde", "mtto": "mantenimiento",
    "mttos": "mantenimientos", "sem": "semana", "depto": "departamento", "dir": "direccion", "fotito": "foto",
    "fotitos": "fotos", "porfis": "porfa", "cuand": "cuando", "ultimoo": "ultimo", "vs": "versus",
}  # fmt: skip
# Words of the domain that are mended where they are misspelt: «pendintes», «avanse».
_KEYWORDS = (
    "avance", "avances", "pendientes", "pendiente", "calendario", "informe", "informes", "reporte",
    "reportes", "trimestre", "falta", "faltan", "cuantos", "cuantas", "cuanto", "cuando", "cierra", "vence",
    "llevamos", "llevan", "mandame", "enviame", "quien", "quienes", "reportado", "registrado", "actividades",
    "porcentaje", "estatus", "semaforo", "muestrame", "necesito", "quiero", "firmado", "entregado",
    "inhabiles", "fecha", "limite", "personas", "mujeres", "hombres", "semana", "pasado",
)  # fmt: skip
_OTHER_WORDS = frozenset(("llegamos", "reparado", "reparto", "cuenta", "cuentas"))
_CLOSE = 0.84  # of 1, for words of five letters and more
_HEARD = (
    (re.compile("k"), "c"),
    (re.compile(r"z|c(?=[ei])"), "s"),
    (re.compile("v"), "b"),
    (re.compile(r"(?<!c)h"), ""),
)


@dataclass(frozen=True)
class QuestionClause:
    """Folded words with single spaces; `accents`: its interrogatives that have their accent; `past`: «-ó»."""

    text: str
    accents: frozenset[str] = frozenset()
    past: bool = False

    @property
    def accented(self) -> bool:
        return bool(self.accents)


def clauses_of(text: str) -> list[QuestionClause]:
    """The clauses of a text, without those that are only polite."""
    found: list[QuestionClause] = []
    for part in _BREAK.split(text):
        if not (part and part.strip()) or is_courtesy(part):
            continue
        said = " ".join(_mended(_SHORT.get(word, word)) for word in _WORD.findall(fold(_ordinals(part))))
        said = f"por que {said[7:]}" if said.startswith("porque ") and not found else said
        if said:
            words = _WORD.findall(part)
            accents = frozenset(fold(word) for word in words if _INTERROGATIVE.fullmatch(word))
            found.append(QuestionClause(said, accents, any(_PAST.fullmatch(word) for word in words)))
    return found


def _ordinals(text: str) -> str:
    return re.sub(r"(?<=\d)[º°]", "o", text).replace("ª", "a")


@lru_cache(maxsize=4096)
def _mended(word: str) -> str:
    """A keyword that is misspelt, as it is meant. Forms of the same verb are no misspellings of another."""
    if len(word) < 5 or word in _KEYWORDS or not word.isalpha():
        return word
    heard = {_heard(each): each for each in _KEYWORDS}.get(_heard(word))
    if heard is not None:
        return heard
    # Not by rapidfuzz: its three megabytes would be loaded by the first word of the first message.
    near = get_close_matches(word, _KEYWORDS, 1, _CLOSE)
    return near[0] if near and _is_slip(word, near[0]) else word


def _is_slip(word: str, keyword: str) -> bool:
    """A slip leaves the ending as it is: «informo», «reportan» are other forms of the verb."""
    return word[-2:] == keyword[-2:] and word[0] == keyword[0] and word not in _OTHER_WORDS


def _heard(word: str) -> str:
    """As it sounds."""
    for pattern, letter in _HEARD:
        word = pattern.sub(letter, word)
    return word
