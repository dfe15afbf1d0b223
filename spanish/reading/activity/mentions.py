"""Where a text speaks of a measure: each number or article, the noun it belongs to, and its part in the clause."""

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace
from decimal import Decimal
from enum import Enum, auto
from fractions import Fraction
from functools import lru_cache
from itertools import takewhile

from spanish.reading.activity.measures import Counting, MeasureKind
from spanish.reading.amounts import Amount
from spanish.reading.clauses.clause import Clause
from spanish.reading.clauses.conjugation import Tense
from spanish.reading.clauses.sentences import Sentences
from spanish.reading.clauses.tagging import is_verb_at
from spanish.reading.clauses.tokens import Role, Token
from spanish.reading.clauses.verbs import verb_of
from spanish.reading.units import Dimension, convert
from spanish.reading.wording import heard, root, root_set, word_set


class Part(Enum):
    """The part that a noun has in its clause."""

    OBJECT = auto()  # what is done, or what it is done to
    RECEIVER = auto()  # «a 10 equipos»
    ACT = auto()  # what a noun of doing is done to: «la entrega de 3 actas»
    PURPOSE = auto()  # «para la sesión»
    OF = auto()  # what belongs to another noun: «el material del curso»
    BESIDE = auto()  # «con 3 anexos», «en 4 sesiones»


@dataclass(frozen=True)
class Mention:
    """`start` and `end` are tokens, from and up to. `value`: None where only an article counts it.

    `level` as `Counting.level`; None for a number whose noun is not said. `of`: out of how many.
    """

    start: int
    end: int
    clause: Clause
    part: Part
    level: int | None
    value: Decimal | None
    of: Decimal | None = None
    plural: bool = False
    other: bool = False  # «otra más»
    denied: bool = False  # «…, no 2»


_FILLERS = word_set(
    "sola solas solo nuevo nueva nuevos nuevas primer primera primeras primeros otro otra otros otras mas "
    "gran grandes buen buenos buenas ultima ultimas ultimos unico unica respectivas respectivos "
    "diferentes distintas distintos diversas diversos importantes grupales tercer tercera segunda segundo "
    "cuarta cuarto quinta quinto"
)
_ARTICLES = word_set("un una uno")
_THE = word_set("el la su este esta nuestro nuestra dicho dicha al del")
_THEM = word_set("los las sus estos estas")
_ORDINALS = word_set(
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


def find_mentions(said: Sentences, how: Counting) -> list[Mention]:
    """Every mention of the measure, and every number without a noun, in order."""
    found: list[Mention] = []
    taken = -1
    for place in range(len(said.tokens)):
        if place < taken:
            continue
        mention = _numbered(said, how, place) or _singular(said, how, place)
        if mention is not None:
            found.append(mention)
            taken = mention.end
    return found


def objects_of(said: Sentences, clause: Clause) -> list[str]:
    """The nouns of a clause that are what is done, or what it is done to, in order."""
    found = []
    for place in range(clause.first, clause.last):
        word = _word(said.tokens, place)
        if found and said.tokens[place].text in (",", "(", ":") and place > (clause.verb or 0):
            break
        if word is None or len(word) < 3 or word in _NO_NOUNS or verb_of(word) is not None:
            continue
        before = _word(said.tokens, place - 1) if place > clause.first else None
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


def _numbered(said: Sentences, how: Counting, place: int) -> Mention | None:
    """«2 actas», «2 de las 5 actas», «Actas: 2», a number alone."""
    tokens = said.tokens
    token = tokens[place]
    if token.text in ("ambos", "ambas") and token.is_word:
        level, end = _level(said, how, _past_fillers(said, place + 1))
        if level is None:
            return None
        part = part_of(said, place)
        return Mention(place, end, said.clause_at(place), part, level, Decimal(2), plural=True)
    value = Decimal(1) if _is_one_of_them(said, place) else _value(token.text) if token.is_number else None
    if value is None:
        return None
    amount = said.amounts.get(token.start)
    if _is(tokens, place - 1, "-") and tokens[place - 1].end == token.start:
        value = -value
    if _is(tokens, place + 1, ")") and not _is(tokens, place - 1, "("):
        return None  # «1) …»
    if amount is not None and amount.unit is not None:
        return _measured(said, how, place, amount)
    at, of = place + 1, None
    if _is(tokens, at, ")") and place and tokens[place - 1].text == "(":
        at += 1
    if _word(tokens, at) == "de":
        after = at + 1
        while _word(tokens, after) in ("los", "las", "estos", "estas", "esos", "esas", "un", "total", "de"):
            after += 1
        if after < len(tokens) and tokens[after].is_number:
            of, at = _value(tokens[after].text), after + 1
        elif after > at + 1 and _word(tokens, after):
            at = after  # «3 de las actas»
    at = _past_fillers(said, at)
    level, end = _level(said, how, at)
    clause = said.clause_at(place)
    part = part_of(said, place)
    denied = (place > 0 and _word(tokens, place - 1) in ("no", "ni")) or (
        of is None and _is_left_open(said, max(end, at))
    )
    if level is not None:
        return Mention(place, end, clause, part, level, value, of, plural=True, denied=denied)
    if not _is_bare(said, at):
        parts = (Part.OBJECT, Part.RECEIVER) if how.kind is MeasureKind.UNIT_OF_WORK else (Part.OBJECT,)
        if part in parts and names_act(said, how, clause):
            return Mention(place, at + 1, clause, Part.OBJECT, 2, value, of, plural=True, denied=denied)
        return None
    if (before := _named_before(said, how, place)) is not None:
        return Mention(place, place + 1, clause, Part.OBJECT, before, value, of, plural=True, denied=denied)
    if _stands_for(said, how, place):
        return Mention(
            place, at if of is None else at, clause, part, None, value, of, plural=True, denied=denied
        )
    return None


def _is_one_of_them(said: Sentences, place: int) -> bool:
    """«Una de las 3 asesorías»."""
    tokens = said.tokens
    words = [_word(tokens, place + each) for each in range(3)]
    numbered = place + 3 < len(tokens) and tokens[place + 3].is_number
    return words[0] in _ARTICLES and words[1] == "de" and words[2] in ("los", "las") and numbered


_EXTENT = root_set(
    "paginas pags hojas fojas cuartillas anexos capitulos secciones articulos clausulas tomos tantos "
    "copias puntos apartados graficas laminas minutos horas dias semanas meses anos veces"
)


def loose_numbers(said: Sentences, mentions: Sequence[Mention], how: Counting) -> list[Mention]:
    """Numbers that are the object of their clause, whose noun is neither the measure nor a thing's extent."""
    taken = {place for each in mentions for place in range(each.start, each.end)}
    found = []
    for place, token in enumerate(said.tokens):
        amount = said.amounts.get(token.start)
        if place in taken or not token.is_number or amount is None or (value := _value(token.text)) is None:
            continue
        at = place + 1
        if _word(said.tokens, at) == "de":
            at += 1
            while _word(said.tokens, at) in ("los", "las") or (
                at < len(said.tokens) and said.tokens[at].is_number
            ):
                at += 1
        noun = _word(said.tokens, _past_fillers(said, at))
        if noun is None or root(noun) in _EXTENT or amount.unit is not None:
            continue
        receives = how.kind in (MeasureKind.UNIT_OF_WORK, MeasureKind.THING)
        if part_of(said, place) in ((Part.OBJECT, Part.RECEIVER) if receives else (Part.OBJECT,)):
            found.append(Mention(place, at + 1, said.clause_at(place), Part.OBJECT, None, value, plural=True))
    return found


def _is_another(said: Sentences, place: int) -> bool:
    """«… y otra más ayer», «… y el martes una»: one more, its noun not said again."""
    tokens = said.tokens
    word, before, after = (_word(tokens, place + each) for each in (0, -1, 1))
    if after is not None and after not in _AFTER_ANOTHER:
        return False
    if word in ("otra", "otro"):
        return before not in ("la", "el")
    if word not in _ARTICLES:
        return False
    at = place - 2 if _word(tokens, place - 2) != "el" else place - 3
    dated = place > 1 and tokens[place - 1].role is Role.DAY and _word(tokens, at) == "y"
    return before == "y" or dated


_AFTER_ANOTHER = frozenset(("mas", "tambien", "para", "a", "en", "el", "con", "de"))


def _measured(said: Sentences, how: Counting, place: int, amount: Amount) -> Mention | None:
    """«850 metros» of kilometres is 0.85; None where the measure has no such unit."""
    if how.unit is None or amount.unit is None:
        return None
    unit = amount.unit
    if unit.symbol == "ml" and how.unit.dimension is Dimension.LENGTH:
        unit = replace(unit, dimension=Dimension.LENGTH, factor=Fraction(1))  # «metros lineales»
    if (value := convert(amount.value, unit, how.unit)) is None:
        return None
    end = place + 1
    while end < len(said.tokens) and said.tokens[end].end <= amount.place[1]:
        end += 1
    exact = Decimal(value.numerator) / Decimal(value.denominator) * _times(said, place, end)
    return Mention(place, end, said.clause_at(place), part_of(said, place), 0, exact, plural=True)


_EACH_THING = re.compile(
    r"(?: [^\W\d_]+)? ?(?:cada un[oa]|cada quien|c ?/ ?u|por (?:vuelta|viaje|pipa|grupo|persona))\b"
)
_EACH_DAY = re.compile(r"(?: [^\W\d_]+)? ?(?:por dia|cada dia|diari[oa]s?|al dia|x dia)\b")


def _times(said: Sentences, place: int, end: int) -> int:
    """By how much an amount is multiplied: «2 pipas de 10,000 litros cada una», «3 horas por día» of two."""
    after = said.tokens[end - 1].end
    if _EACH_THING.match(said.text, after):
        earlier = [token for token in said.tokens[:place] if token.is_number]
        return int(earlier[-1].text) if earlier and earlier[-1].text.isdecimal() else 1
    if _EACH_DAY.match(said.text, after):
        days = next((token.text for token in said.tokens if token.role is Role.DAY), "")
        return 1 + len(re.findall(r" y |,", days))
    return 1


def _singular(said: Sentences, how: Counting, place: int) -> Mention | None:
    """«El acta», «un informe», «2ª asesoría», «otra más», «Curso: …», and plurals without a number."""
    tokens = said.tokens
    word = _word(tokens, place)
    if word is None or how.unit is not None:
        return None
    clause = said.clause_at(place)
    if _is_another(said, place):
        return Mention(place, place + 1, clause, part_of(said, place), None, None, other=True)
    at, article = place, False
    if word in _ARTICLES or word in _THE or word in _THEM:
        at, article = place + 1, True
    start = at
    at = _past_fillers(said, at)
    level, end = _level(said, how, at)
    if level is None or is_verb_at(tokens, at) is not None:
        return None
    if not article and at == place and place and tokens[place - 1].is_number:
        return None
    if not article and place != clause.first and verb_of(tokens[at].text) is not None:
        if tokens[at].text not in how.forms:
            return None
    plural = tokens[at].text.endswith("s") and not tokens[at].text.endswith("sis")
    return Mention(
        place, end, clause, part_of(said, place), level, None,
        plural=plural, other=_word(tokens, start) in ("otra", "otro") and not article,
    )  # fmt: skip


def _level_of(how: Counting, word: str) -> int | None:
    """The level of a noun, also as a diminutive: «cursitos», «arbolitos»."""
    ways = (word, _DIMINUTIVE.sub("", word), _DIMINUTIVE_OF_STEM.sub("", word))
    return next((level for way in ways if (level := how.level(root(way))) is not None), None)


_DIMINUTIVE = re.compile(r"it(?=[oa]s?$)")
_DIMINUTIVE_OF_STEM = re.compile(r"it[oa]s?$")
_NO_HEADS = word_set("de del y e a al en con contra por para pa que q se sobre entre sin cada")


def _level(said: Sentences, how: Counting, at: int) -> tuple[int | None, int]:
    """The level of the noun at a token, or of the one after an adjective; and the token after it."""
    tokens = said.tokens
    for place in (at, at + 1):
        word = _word(tokens, place)
        if word is None or len(word) < 2:
            return None, at
        if word in _NO_HEADS:
            return None, at
        level = _level_of(how, word)
        if level is not None:
            return (None, at) if how.ordinary and _is_extraordinary(said, place) else (level, place + 1)
        if place == at and not _may_be_adjective(said, at):
            return None, at
    return None, at


def _is_extraordinary(said: Sentences, at: int) -> bool:
    """«Sesión extraordinaria», where it is the ordinary ones that count."""
    return any((_word(said.tokens, each) or "").startswith("extra") for each in (at, at + 1, at + 2))


def _may_be_adjective(said: Sentences, at: int) -> bool:
    """Whether the noun may follow the word: «bienes informáticos» is a noun first, «grupales cursos» is not."""
    word = _word(said.tokens, at) or ""
    return word in _FILLERS or word in _ORDINALS


def _past_fillers(said: Sentences, at: int) -> int:
    while at < len(said.tokens) and (_word(said.tokens, at) in _FILLERS or _is_ordinal(said, at)):
        at += 1
    return at


def _is_ordinal(said: Sentences, at: int) -> bool:
    token = said.tokens[at]
    return token.role is Role.OTHER and (
        token.text in _ORDINALS or (token.text[-1:].isalpha() and len(token.text) < 6)
    )


def part_of(said: Sentences, place: int) -> Part:
    """What the word before says, with articles and adverbs between left out."""
    tokens = said.tokens
    if (first := _first_of_list(said, place)) is not None:
        return part_of(said, first)
    at = place - 1
    while (
        at >= 0
        and (_word(tokens, at) in _ADVERBS or _is_ordinal(said, at))
        and not (
            _word(tokens, at) in ("de", "en")
            and _word(tokens, at - 1) not in ("mas", "menos", "total", "cerca", "alrededor")
        )
    ):
        at -= 1
    if _is(tokens, at, "/") and _word(tokens, at - 1) in ("p", "c", "x"):
        at -= 1
    word = _word(tokens, at) if at >= 0 else None
    inner = _word(tokens, place)
    if inner in ("del", "al"):
        word, at = ("de", place) if inner == "del" else ("a", place)
    if word is None:
        return Part.OBJECT
    if word in ("para", "pa", "p"):
        return Part.PURPOSE
    if word in ("a", "al"):
        return Part.RECEIVER
    if word in ("con", "c", "en", "por", "sin", "sobre", "entre", "desde", "hasta", "x", "ante"):
        return Part.BESIDE
    if word in ("de", "del"):
        return Part.OF if inner in _OF_THEM else _of(said, at)
    if word in _OF_THEM and _word(tokens, at - 1) in ("de", "cuales"):
        return Part.OF  # «134, de esas 20 de lenguaje»
    return Part.OBJECT


def _first_of_list(said: Sentences, place: int) -> int | None:
    """The number that begins a list: «consta de *26* metas, 5 proyectos y 3 anexos»; its part is theirs."""
    tokens = said.tokens
    if not tokens[place].is_number or place < 2 or tokens[place - 1].text not in (",", "y", "e"):
        return None
    for at in range(place - 2, max(-1, place - 6), -1):
        if tokens[at].is_number:
            return at
        if (
            not tokens[at].is_word
            or is_verb_at(tokens, at) is not None
            or _word(tokens, at) in ("a", "para", "con")
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


def _named_before(said: Sentences, how: Counting, place: int) -> int | None:
    """The level of the noun that a number stands behind: «Actas: 2», «capacitaciones (3)»."""
    tokens = said.tokens
    at = place - 1
    if not (at >= 0 and tokens[at].text in (":", "=", "(")):
        return None
    if tokens[at].text == "(" and not _is(tokens, place + 1, ")"):
        return None
    line = list(takewhile(lambda token: token.text not in ".;:", reversed(tokens[max(0, at - 6) : at])))
    if any(token.is_number for token in line):
        return None  # «8 equipos de cómputo: 5 de Jurídica…» are parts
    for before in range(at - 1, max(-1, at - 8), -1):
        word = _word(tokens, before)
        if word is None:
            return None
        if (level := how.level(root(word))) is not None:
            return level
    return None


_OPEN_STATES = word_set("tramite proceso revision espera lista firma validacion")


def _is_left_open(said: Sentences, end: int) -> bool:
    """«… y 1 convenio en revisión», «2 pendientes»: what stands right after a number that is not done."""
    for at in range(end, min(end + 3, len(said.tokens))):
        word = _word(said.tokens, at)
        if word is None:
            return False
        if word in ("pendiente", "pendientes") or (
            word == "en" and _word(said.tokens, at + 1) in _OPEN_STATES
        ):
            return True
        if word == "sin" and verb_of(_word(said.tokens, at + 1) or "") is not None:
            return True
        if word in ("y", "de", "con", "a", "ya"):
            return False
    return False


def names_act(said: Sentences, how: Counting, clause: Clause) -> bool:
    """Whether the clause's verb is the act that the measure names: «verificamos 11 fondas» of verificaciones."""
    for at in range(clause.first, clause.last):
        word = _word(said.tokens, at)
        if word is None or (verb := verb_of(word)) is None or verb.tense is Tense.INFINITIVE:
            continue
        if how.kind is not MeasureKind.EVENT and verb.tense is not Tense.PARTICIPLE and at != clause.verb:
            continue
        sound = heard(word)
        if any(sound[: len(stem)] == stem for stem in _stems(how)):
            return True
    return False


@lru_cache(maxsize=256)
def _stems(how: Counting) -> tuple[str, ...]:
    """The beginnings of the words for what is done: «plant» of plantados, «verif» of verificaciones."""
    names = set(how.acts) | (
        set(how.own) if how.kind in (MeasureKind.EVENT, MeasureKind.UNIT_OF_WORK) else set()
    )
    return tuple(name[:5] if len(name) > 5 else name[:-1] for name in names if len(name) > 3)


def _stands_for(said: Sentences, how: Counting, place: int) -> bool:
    """Whether a number without a noun may be of the measure: the last plural before it is of no other thing."""
    tokens = said.tokens
    if _is(tokens, place + 1, ",") and _word(tokens, place + 2) in ("una", "uno", "un"):
        return True  # «fueron dos, una por grupo»
    for at in range(place - 1, -1, -1):
        if tokens[at].is_number and tokens[at].text == tokens[place].text:
            return (
                _level(said, how, _past_fillers(said, at + 1))[0] is not None
            )  # «6 solicitudes…, las 6 pagadas»
        word = _word(tokens, at)
        if word is None or len(word) < 4 or not word.endswith("s") or is_verb_at(tokens, at) is not None:
            continue
        if word in _NO_NOUNS or word.endswith("mos") or verb_of(word) is not None:
            continue
        if (_word(tokens, at - 1) or "").endswith("s") and len(_word(tokens, at - 1) or "") > 4:
            continue  # an adjective: «solicitudes nuevas»
        if how.level(root(word)) is not None:
            return True
        if part_of(said, at) is Part.OBJECT:
            return False
    return True


_NO_NOUNS = word_set(
    "buenas buenos dias tardes noches gracias pues antes despues entonces menos nomas ademas todos todas "
    "estas estos esas esos otras otros nuestras nuestros muchas muchos ellas ellos unos unas cuales "
    "quienes pendientes siguientes restantes presentes correspondientes lunes martes miercoles jueves "
    "viernes compas companeros"
)


def _is_bare(said: Sentences, at: int) -> bool:
    """Whether no noun follows a number: a stop, a preposition, a verb, the end."""
    tokens = said.tokens
    if at >= len(tokens):
        return True
    token = tokens[at]
    if not token.is_word:
        return token.role is not None or not token.text[0].isdigit()
    if token.text in (
        "a",
        "al",
        "en",
        "con",
        "por",
        "y",
        "e",
        "de",
        "del",
        "para",
        "que",
        "q",
        "se",
        "ya",
        "mas",
        "las",
        "los",
        "la",
        "el",
        "hoy",
        "ayer",
        "fueron",
        "son",
        "nadamas",
        "nomas",
        "solo",
        "x",
        "una",
        "un",
        "no",
        "pero",
        "cada",
        "este",
        "esta",
        "lo",
        "le",
        "les",
    ):
        return True
    verb = verb_of(token.text)
    return bool(verb and verb.tense is Tense.PARTICIPLE) or is_verb_at(tokens, at) is not None


def _value(digits: str) -> Decimal | None:
    try:
        return Decimal(digits.replace(",", ""))
    except ArithmeticError:
        return None


def _word(tokens: Sequence[Token], at: int) -> str | None:
    found = tokens[at] if 0 <= at < len(tokens) else None
    return found.text if found is not None and found.is_word else None


def _is(tokens: Sequence[Token], at: int, text: str) -> bool:
    return 0 <= at < len(tokens) and tokens[at].text == text
