"""Which noun a number counts, and whether it is the measure."""

import re
from functools import lru_cache
from itertools import takewhile

from spanish.reading.activity.measures import Counting, MeasureKind
from spanish.reading.activity.parts import NO_NOUNS, ORDINALS, Part, is_ordinal, is_text, part_of, word_at
from spanish.reading.clauses.clause import Clause
from spanish.reading.clauses.conjugation import Tense
from spanish.reading.clauses.sentences import Sentences
from spanish.reading.clauses.tagging import is_verb_at
from spanish.reading.clauses.verbs import verb_of
from spanish.reading.wording import heard, root, word_set

_FILLERS = word_set(
    "sola solas solo nuevo nueva nuevos nuevas primer primera primeras primeros otro otra otros otras mas "
    "gran grandes buen buenos buenas ultima ultimas ultimos unico unica respectivas respectivos "
    "diferentes distintas distintos diversas diversos importantes grupales tercer tercera segunda segundo "
    "cuarta cuarto quinta quinto"
)


def _level_of(how: Counting, word: str) -> int | None:
    """The level of a noun, also as a diminutive: «cursitos», «arbolitos»."""
    if word.endswith(("al", "ales")) and word not in how.forms and how.level(root(word)) == 0:
        return None  # «documental» is no documento
    ways = (word, _DIMINUTIVE.sub("", word), _DIMINUTIVE_OF_STEM.sub("", word))
    return next((level for way in ways if (level := how.level(root(way))) is not None), None)


_DIMINUTIVE = re.compile(r"it(?=[oa]s?$)")
_DIMINUTIVE_OF_STEM = re.compile(r"it[oa]s?$")
_NO_HEADS = word_set("de del y e a al en con contra por para pa que q se sobre entre sin cada")


def level_at(said: Sentences, how: Counting, at: int) -> tuple[int | None, int]:
    """The level of the noun at a token, or of the one after an adjective; and the token after it."""
    tokens = said.tokens
    for place in (at, at + 1):
        word = word_at(tokens, place)
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
    return any((word_at(said.tokens, each) or "").startswith("extra") for each in (at, at + 1, at + 2))


def _may_be_adjective(said: Sentences, at: int) -> bool:
    """Whether the noun may follow the word: «nuevos cursos», but not «bienes informáticos»."""
    word = word_at(said.tokens, at) or ""
    return word in _FILLERS or word in ORDINALS


def past_fillers(said: Sentences, at: int) -> int:
    while at < len(said.tokens) and (word_at(said.tokens, at) in _FILLERS or is_ordinal(said, at)):
        at += 1
    return at


def named_before(said: Sentences, how: Counting, place: int) -> int | None:
    """The level of the noun that a number stands behind: «Actas: 2», «capacitaciones (3)»."""
    tokens = said.tokens
    at = place - 1
    if not (at >= 0 and tokens[at].text in (":", "=", "(")):
        return None
    if tokens[at].text == "(" and not is_text(tokens, place + 1, ")"):
        return None
    line = list(takewhile(lambda token: token.text not in ".;:", reversed(tokens[max(0, at - 6) : at])))
    if any(token.is_number for token in line):
        return None  # «8 equipos de cómputo: 5 de Jurídica…» are parts
    for before in range(at - 1, max(-1, at - 8), -1):
        word = word_at(tokens, before)
        if word is None:
            return None
        if (level := how.level(root(word))) is not None:
            return level
    return None


_OPEN_STATES = word_set("tramite proceso revision espera lista firma validacion")


def is_left_open(said: Sentences, end: int) -> bool:
    """«… y 1 convenio en revisión», «2 pendientes»: what stands right after a number that is not done."""
    for at in range(end, min(end + 3, len(said.tokens))):
        word = word_at(said.tokens, at)
        if word is None:
            return False
        if word in ("pendiente", "pendientes") and word_at(said.tokens, at + 1) in ("ya", "que", "q", "se"):
            return False  # «las 4 pendientes ya se contestaron»
        if word in ("que", "q") and word_at(said.tokens, at + 1) in ("falta", "faltan"):
            return True  # «terminamos los 4 que faltan»
        if word in ("pendiente", "pendientes") or (
            word == "en" and word_at(said.tokens, at + 1) in _OPEN_STATES
        ):
            return True
        if word == "sin" and verb_of(word_at(said.tokens, at + 1) or "") is not None:
            return True
        if word in ("y", "de", "con", "a", "ya", "que", "q"):
            return False
    return False


def names_act(said: Sentences, how: Counting, clause: Clause) -> bool:
    """Whether the clause's verb is the act of the measure: «verificamos 11 fondas» of verificaciones."""
    for at in range(clause.first, clause.last):
        word = word_at(said.tokens, at)
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


def stands_for(said: Sentences, how: Counting, place: int) -> bool:
    """Whether a number without a noun may be of the measure: no other plural stands last before it."""
    tokens = said.tokens
    if is_text(tokens, place + 1, ",") and word_at(tokens, place + 2) in ("una", "uno", "un"):
        return True  # «fueron dos, una por grupo»
    for at in range(place - 1, -1, -1):
        if tokens[at].is_number and tokens[at].text == tokens[place].text:
            return (
                level_at(said, how, past_fillers(said, at + 1))[0] is not None
            )  # «6 solicitudes…, las 6 pagadas»
        word = word_at(tokens, at)
        if word is None or len(word) < 4 or not word.endswith("s") or is_verb_at(tokens, at) is not None:
            continue
        if word in NO_NOUNS or word.endswith("mos") or verb_of(word) is not None:
            continue
        if (word_at(tokens, at - 1) or "").endswith("s") and len(word_at(tokens, at - 1) or "") > 4:
            continue  # an adjective: «solicitudes nuevas»
        if how.level(root(word)) is not None:
            return True
        if part_of(said, at) is Part.OBJECT:
            return False
    return True


_NO_NOUN_FOLLOWS = word_set(
    "a al en con por y e de del para que q se ya mas nada las los la el hoy ayer fueron son nadamas nomas "
    "solo x una un no pero cada este esta lo le les"
)


def is_bare(said: Sentences, at: int) -> bool:
    """Whether no noun follows a number: a stop, a preposition, a verb, the end."""
    tokens = said.tokens
    if at >= len(tokens):
        return True
    token = tokens[at]
    if not token.is_word:
        return token.role is not None or not token.text[0].isdigit()
    if token.text in _NO_NOUN_FOLLOWS:
        return True
    verb = verb_of(token.text)
    return bool(verb and verb.tense is Tense.PARTICIPLE) or is_verb_at(tokens, at) is not None
