"""Words that a message may misspell and that must be known all the same: of days, months, weeks and people.

They belong to small, closed sets, so that «mrtes» can only be «martes». Every function takes folded text.
"""

import re
from functools import lru_cache

from spanish.reading.spoken import Spoken
from spanish.writing.days import MONTHS, WEEKDAYS
from spanish.writing.folding import fold

_KNOWN = (
    *map(fold, WEEKDAYS),
    *MONTHS,
    *fold("ayer antier anteayer anoche semana pasado pasada quincena trimestre").split(),
    *fold("personas mujeres hombres asistentes asistieron participantes participaron").split(),
    *fold("compañeros compañeras").split(),
)
_SPELLINGS = {
    "ayr": "ayer", "aller": "ayer", "hayer": "ayer", "aier": "ayer", "ayet": "ayer", "ayeer": "ayer",
    "oy": "hoy", "antir": "antier", "anoxe": "anoche", "mallo": "mayo", "mzo": "marzo", "fbro": "febrero",
    "agto": "agosto", "set": "septiembre", "sept": "septiembre", "setiembre": "septiembre",
    "dbre": "diciembre", "nbre": "noviembre", "prs": "personas", "pers": "personas", "prsnas": "personas",
    "pax": "personas", "qna": "quincena", "trim": "trimestre", "sem": "semana", "finde": "fin de semana",
}  # fmt: skip
# Words of their own, one letter away from one of those.
_OTHERS = frozenset(
    fold(
        "lunas lunar mares maras mantas mates marte martas marca marco marcos marxo mazo manso mayor maya "
        "mayas junta junto juntos juicio junior julia julian jueces juegos juegues juez sabido sabidos "
        "salado sabana sabados domino dominio entero enteros abrir abrio abra abrigo agoto agota angosto "
        "vienes vienen viene vierte viernas octava octavo persona personal personales personaje "
        "personajes semanas semanal semanales semilla seminario pasados pasadas pesado pasando pasar "
        "posado paseado pasaron pasarlo pasarla pasara quincenas quincenal trimestres trimestral hombro "
        "hombros hombre mujer asistente asistentas asistieran asistiera asistiendo asistir participante "
        "participaran participara participar participan participando participaban participacion quince "
        "companero companera companias antiguo anteojo anteayeres anochece partes artes genero nombres "
        "noche coche marzos abriles decimetre"
    ).split()
)
_WORD = re.compile(r"[^\W\d_]{2,}")


def mend(spoken: Spoken) -> Spoken:
    """The text with such words as they are spelt: «prsnas el mrtes» is «personas el martes»."""
    return spoken.rewrite(_WORD, lambda found: mended(found[0]))


@lru_cache(maxsize=4096)
def mended(word: str) -> str:
    """The known word that is meant; any other word as it is.

    Words of four letters or fewer are only those of a table, and the first letter must be right: «partes»
    and «nombres» are words of their own.
    """
    if word in _SPELLINGS:
        return _SPELLINGS[word]
    if len(word) < 4 or word in _OTHERS or word in _KNOWN:
        return word
    for known in _KNOWN:
        if known[0] == word[0] and len(known) > 4:
            allowed = 2 if len(known) >= 8 and not known.endswith("ron") else 1
            if abs(len(known) - len(word)) <= allowed and _distance(word, known) <= allowed:
                return known
    return word


def _distance(one: str, other: str) -> int:
    """Letters left out, added, changed, or exchanged with the next one (Damerau and Levenshtein)."""
    before: list[int] = []
    last = list(range(len(other) + 1))
    for i, letter in enumerate(one):
        row = [i + 1]
        for j, wanted in enumerate(other):
            cost = min(row[j] + 1, last[j + 1] + 1, last[j] + (letter != wanted))
            if i and j and letter == other[j - 1] and one[i - 1] == wanted:
                cost = min(cost, before[j - 1] + 1)
            row.append(cost)
        before, last = last, row
    return last[-1]
