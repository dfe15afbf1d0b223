"""The part that a noun has in its clause: what is done, to whom, for what, or with what."""

from collections.abc import Sequence
from enum import Enum, auto

from spanish.reading.clauses.clause import Clause
from spanish.reading.clauses.function_words import PREPOSITIONS
from spanish.reading.clauses.sentences import Sentences
from spanish.reading.clauses.tagging import is_verb_at
from spanish.reading.clauses.tokens import ClauseToken, Explained
from spanish.reading.clauses.verbs import verb_of
from spanish.reading.wording import root, root_set, word_set


class Part(Enum):
    """The part that a noun has in its clause."""

    OBJECT = auto()  # what is done, or what it is done to
    RECEIVER = auto()  # «a 10 equipos»
    ACT = auto()  # what a noun of doing is done to: «la entrega de 3 actas»
    PURPOSE = auto()  # «para la sesión»
    OF = auto()  # what belongs to another noun: «el material del curso»
    BESIDE = auto()  # «con 3 anexos», «en 4 sesiones»


ORDINALS = word_set(
    "primer primera primero segundo segunda tercer tercera tercero cuarto cuarta quinto quinta sexto "
    "sexta septimo septima octavo octava noveno novena decimo decima ultimo ultima unico unica"
)
_ADVERBS = word_set(
    "ya solo nomas como casi hoy ayer unos unas otros otras los las en total un de hasta el la su sus "
    "este esta estos estas ese esa esos esas nuestro nuestra nuestros nuestras una primer primera segunda "
    "segundo tercer tercera ultimo ultima ultimas ultimos"
)
PREPARING = root_set(
    "revision analisis preparacion solicitud borrador propuesta gestion cotizacion invitacion "
    "convocatoria material materiales programacion organizacion planeacion seguimiento formato temario "
    "instructor ponente lista listas sede fecha fechas diapositivas presentacion proyecto avance esquema "
    "indice piloto muestra calendario oficio memo memorandum correo circular recordatorio carpeta orden "
    "requisitos logistica observaciones convocatorias acuerdo padron presupuesto acompanamiento"
)
_DOING_ENDS = (
    "cion",
    "ciones",
    "sion",
    "siones",
    "xion",
    "xiones",
    "miento",
    "mientos",
    "ncia",
    "ncias",
    "aje",
    "ura",
    "uras",
    "eo",
    "eos",
    "ado",
    "ada",
)
_DOING = root_set(
    "entrega firma compra pago cierre registro envio respuesta reparto siembra poda limpieza toma visita "
    "apoyo servicio total mantenimiento atencion"
)


def objects_of(said: Sentences, clause: Clause) -> list[str]:
    """The nouns of a clause that are what is done, or what it is done to, in order."""
    found: list[str] = []
    for place in range(clause.first, clause.last):
        word = word_at(said.tokens, place)
        if found and said.tokens[place].text in (",", "(", ":") and place > (clause.verb or 0):
            break
        if (
            word is None
            or len(word) < 3
            or word in NO_NOUNS
            or word in PREPOSITIONS
            or verb_of(word) is not None
        ):
            continue
        before = word_at(said.tokens, place - 1) if place > clause.first else None
        led = place == clause.first or before in _LEADING or (place and not said.tokens[place - 1].is_word)
        led = led or (before is not None and verb_of(before) is not None)
        if led and part_of(said, place) is Part.OBJECT:
            found.append(word)
    return found


_LEADING = word_set(
    "el la los las un una unos unas su sus este esta estos estas otro otra otros otras y e ya primer "
    "primera segunda segundo tercer tercera ultima ultimo nuestro nuestra varios varias cabo verificativo "
    "lugar manana tarde noche dia"
)


def is_ordinal(said: Sentences, at: int) -> bool:
    token = said.tokens[at]
    return token.role is Explained.OTHER and (
        token.text in ORDINALS or (token.text[-1:].isalpha() and len(token.text) < 6)
    )


def part_of(said: Sentences, place: int) -> Part:
    """What the word before says, with articles and adverbs between left out."""
    tokens = said.tokens
    if (first := _first_of_list(said, place)) is not None:
        return part_of(said, first)
    at = place - 1
    while (
        at >= 0
        and (word_at(tokens, at) in _ADVERBS or is_ordinal(said, at))
        and not (
            word_at(tokens, at) in ("de", "en")
            and word_at(tokens, at - 1) not in ("mas", "menos", "total", "cerca", "alrededor")
            and word_at(tokens, at + 1) != "total"
        )
    ):
        at -= 1
    if is_text(tokens, at, "/") and word_at(tokens, at - 1) in ("p", "c", "x"):
        at -= 1
    word = word_at(tokens, at) if at >= 0 else None
    inner = word_at(tokens, place)
    if inner in ("del", "al"):
        word, at = ("de", place) if inner == "del" else ("a", place)
    if word is None:
        return Part.OBJECT
    if word.startswith(_HOLDING):
        return Part.OF  # «el catálogo, que incluye 14 fichas»
    if word in ("para", "pa", "pal", "p"):
        return Part.PURPOSE
    if word in ("a", "al"):
        return Part.RECEIVER
    if word == "con" and (word_at(tokens, at - 1) or "").startswith("cumpl"):
        return Part.OBJECT
    if word in ("con", "c", "en", "por", "sin", "sobre", "entre", "desde", "hasta", "x", "ante"):
        return Part.BESIDE
    if word in ("de", "del"):
        return Part.OF if inner in _OF_THEM else _of(said, at)
    if word in _OF_THEM and word_at(tokens, at - 1) in ("de", "cuales"):
        return Part.OF  # «134, de esas 20 de lenguaje»
    return Part.OBJECT


_HOLDING = ("inclu", "contien", "conten", "abarc", "comprend", "contempl", "trae", "reun")


def _first_of_list(said: Sentences, place: int) -> int | None:
    """The number that begins a list: «consta de *26* metas, 5 proyectos y 3 anexos»; its part is theirs."""
    tokens = said.tokens
    if not tokens[place].is_number or place < 2 or tokens[place - 1].text not in (",", "y", "e"):
        return None
    for at in range(place - 2, max(-1, place - 6), -1):
        if tokens[at].is_number:
            return at if said.clause_at(at) == said.clause_at(place) else None
        if (
            not tokens[at].is_word
            or is_verb_at(tokens, at) is not None
            or word_at(tokens, at) in ("a", "para", "con")
        ):
            return None
    return None


_OF_THEM = word_set("esas esos estas estos ellas ellos cuales")


def _of(said: Sentences, at: int) -> Part:
    """What «de» at a token says of its noun: that of a doing, or of another thing."""
    tokens = said.tokens
    before = at - 1
    while before >= 0 and tokens[before].is_word and before > at - 5:
        word = tokens[before].text
        stem = root(word)
        if stem in PREPARING:
            return Part.OF
        if word.endswith(_DOING_ENDS) or stem in _DOING:
            return Part.ACT
        if word in ("y", "e"):
            break
        before -= 1
    return Part.OF


NO_NOUNS = word_set(
    "buenas buenos dias tardes noches gracias pues antes despues entonces menos nomas ademas todos todas "
    "estas estos esas esos otras otros nuestras nuestros muchas muchos ellas ellos unos unas cuales "
    "quienes pendientes siguientes restantes presentes correspondientes lunes martes miercoles jueves "
    "viernes compas companeros"
)


def word_at(tokens: Sequence[ClauseToken], at: int) -> str | None:
    found = tokens[at] if 0 <= at < len(tokens) else None
    return found.text if found is not None and found.is_word else None


def is_text(tokens: Sequence[ClauseToken], at: int, text: str) -> bool:
    return 0 <= at < len(tokens) and tokens[at].text == text
