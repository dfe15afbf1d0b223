"""Which words of a text are verbs there: by their form, their neighbours and their written accent."""

from collections.abc import Sequence

from spanish.reading.clauses.conjugation import Tense
from spanish.reading.clauses.function_words import ADVERBS, CLITICS, DETERMINERS, JOINING, PREPOSITIONS
from spanish.reading.clauses.tokens import ClauseToken, Explained
from spanish.reading.clauses.verbs import Verb, VerbKind, verb_of
from spanish.reading.wording import word_set


def is_verb_at(tokens: Sequence[ClauseToken], place: int) -> Verb | None:
    """The verb at a place, or None where its neighbours make a noun or an adjective of it."""
    token = tokens[place]
    if not token.is_word:
        return None
    verb = verb_of(token.text) or _unknown_past(tokens, place)
    before = tokens[place - 1] if place else None
    word = before.text if before is not None and before.is_word else ""
    if verb is None or verb.tense is Tense.PARTICIPLE or (word == "o" and token.text == "sea"):
        return None
    if token.capital and not verb.known and before is not None and before.is_word:
        return None  # a name: «a Óscar»
    if verb.tense in (Tense.INFINITIVE, Tense.GERUND):
        is_verb = _is_nonfinite(verb, word)
    elif token.text == "esta" and not token.stressed:
        is_verb = _is_esta(tokens, place)
    elif word in _RIGHT_BEFORE_VERBS:
        is_verb = True
    elif _is_clear(tokens, place, verb, word):
        is_verb = not _is_made_a_noun(tokens, place, verb, word)
    elif token.stressed:
        is_verb = True
    elif word in DETERMINERS or word in PREPOSITIONS or (before is not None and before.is_number):
        is_verb = False
    else:
        is_verb = _is_past_alone(token, verb) or _is_led(tokens, place, verb, word)
    return verb if is_verb else None


_RIGHT_BEFORE_VERBS = word_set("se le les me nos ya no lo")
_BEFORE_NOUNS = word_set("el un una de del al los las nuevo nueva buen gran")


def _is_nonfinite(verb: Verb, word: str) -> bool:
    """Whether an infinitive or gerund is a verb after `word`: not in «el Poder Judicial»."""
    if word in DETERMINERS and word not in CLITICS:
        return False
    return verb.known or word in PREPOSITIONS or word in ("que", "q")


def _is_clear(tokens: Sequence[ClauseToken], place: int, verb: Verb, word: str) -> bool:
    """Whether the form or the meaning leaves hardly another reading than a verb."""
    text = tokens[place].text
    return (
        verb.kind in (VerbKind.BE, VerbKind.GO, VerbKind.MANAGE, VerbKind.LACK)
        or text in GOING_ON
        or text in ("toca", "tocan")
        or (verb.kind in (VerbKind.WANT, VerbKind.ASK) and text not in _ASKING_NOUNS)
        or text.endswith(("aron", "ieron", "yeron", "mos", "aban"))
        or (verb.kind is VerbKind.COUNT and word != "en" and counts_on(tokens, place))
    )


def _is_made_a_noun(tokens: Sequence[ClauseToken], place: int, verb: Verb, word: str) -> bool:
    """Whether an article, an adjective or a number before it makes a noun of a clear form."""
    clitic = word in CLITICS and tokens[place].text.endswith(("ron", "mos"))
    if word in _BEFORE_NOUNS and not clitic and verb.kind is not VerbKind.BE:
        return True
    return place > 0 and tokens[place - 1].is_number and not verb.known


def _is_past_alone(token: ClauseToken, verb: Verb) -> bool:
    """Whether the ending is hardly that of a present or a noun: «recibio», «dirijo»."""
    past = verb.tense is Tense.PAST and token.text.endswith(("io", "jo", "vo", "so"))
    return past and not _is_noun(token.text)


def _is_led(tokens: Sequence[ClauseToken], place: int, verb: Verb, word: str) -> bool:
    """Whether what stands around the form is what stands around a verb."""
    after = tokens[place + 1] if place + 1 < len(tokens) else None
    follows = after is not None and (
        after.is_number
        or after.role is Explained.DAY
        or (after.is_word and (after.text in DETERMINERS or after.text in _AFTER_VERBS))
    )
    if verb.tense in (Tense.PRESENT, Tense.WISHED):
        opens = word in ("", "que", "q", "y", "hoy", "si")
        return follows and opens and after is not None and after.text not in ("en", "a", "al", "por")
    return follows or word in ADVERBS or word in JOINING


_AFTER_VERBS = word_set("a al que q en por hoy ayer")
GOING_ON = word_set(
    "sigo sigue siguen seguimos continuo continua continuan continuamos ando anda andan andamos"
)


def _unknown_past(tokens: Sequence[ClauseToken], place: int) -> Verb | None:
    """A past form of a verb that no list has: by its accent, or after «no», «se», «nos»."""
    token = tokens[place]
    before = tokens[place - 1].text if place else ""
    led = token.stressed or before in ("no", "se", "nos", "me", "le", "les")
    if not (led and token.text.endswith("o") and len(token.text) > _SHORT_WORD):
        return None
    return Verb(Tense.PAST, VerbKind.ACT, first=False, known=False)


_SHORT_WORD = 4
_ASKING_NOUNS = word_set("cita consulta busca encarga gestiona propone promueve contacta")


def _is_esta(tokens: Sequence[ClauseToken], place: int) -> bool:
    """Whether «esta» is the verb: before a participle, a preposition, an adverb or a stop."""
    after = tokens[place + 1] if place + 1 < len(tokens) else None
    if after is None or not after.is_word:
        return True
    verb = verb_of(after.text)
    return (
        (verb is not None and verb.tense in (Tense.PARTICIPLE, Tense.GERUND))
        or after.text in PREPOSITIONS
        or after.text in DETERMINERS
        or after.text in ADVERBS
        or after.text.startswith(("list", "pendiente", "complet"))
    )


def _is_noun(word: str) -> bool:
    return word.endswith(
        ("icio", "orio", "ario", "vicio", "venio", "cipio", "tudio", "edio", "cambio", "envio")
    )


def counts_on(tokens: Sequence[ClauseToken], place: int) -> bool:
    """Whether a number follows within two words: «llevamos ya 18», «van como 6»."""
    near = tokens[place + 1 : place + 4]
    for each in near:
        if each.is_number:
            return True
        if not (
            each.is_word
            and (
                each.text in ADVERBS or each.text in ("como", "los", "las", "en", "un", "total", "de", "unos")
            )
        ):
            return False
    return False
