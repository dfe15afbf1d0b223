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
    if verb is None:
        return None
    before = tokens[place - 1] if place else None
    word = before.text if before is not None and before.is_word else ""
    if word == "o" and token.text == "sea":
        return None
    if verb.tense in (Tense.INFINITIVE, Tense.GERUND):
        if word in DETERMINERS and word not in CLITICS:
            return None  # «el Poder Judicial»
        return verb if verb.known or word in PREPOSITIONS or word in ("que", "q") else None
    if verb.tense is Tense.PARTICIPLE:
        return None
    if token.text == "esta" and not token.stressed:
        return verb if _is_esta(tokens, place) else None
    clitic = word in CLITICS
    if word in ("se", "le", "les", "me", "nos", "ya", "no", "lo"):
        return verb
    sure = (
        verb.kind in (VerbKind.BE, VerbKind.GO, VerbKind.MANAGE, VerbKind.LACK)
        or token.text in GOING_ON
        or token.text in ("toca", "tocan")
        or (verb.kind in (VerbKind.WANT, VerbKind.ASK) and token.text not in _ASKING_NOUNS)
        or token.text.endswith(("aron", "ieron", "yeron", "mos", "aban"))
        or (verb.kind is VerbKind.COUNT and word != "en" and counts_on(tokens, place))
    )
    if sure:
        blocked = word in (
            "el",
            "un",
            "una",
            "de",
            "del",
            "al",
            "los",
            "las",
            "nuevo",
            "nueva",
            "buen",
            "gran",
        ) and not (clitic and token.text.endswith(("ron", "mos")))
        numbered = before is not None and before.is_number and not verb.known
        return None if (blocked and verb.kind is not VerbKind.BE) or numbered else verb
    if token.stressed:
        return verb
    if word in DETERMINERS or word in PREPOSITIONS or (before is not None and before.is_number):
        return None
    if (
        token.text.endswith(("io", "jo", "vo", "so"))
        and verb.tense is Tense.PAST
        and not _is_noun(token.text)
    ):
        return verb
    after = tokens[place + 1] if place + 1 < len(tokens) else None
    follows = after is not None and (
        after.is_number
        or after.role is Explained.DAY
        or (
            after.is_word
            and (
                after.text in DETERMINERS or after.text in ("a", "al", "que", "q", "en", "por", "hoy", "ayer")
            )
        )
    )
    if verb.tense in (Tense.PRESENT, Tense.WISHED):
        return (
            verb
            if follows
            and word in ("", "que", "q", "y", "hoy", "si")
            and after is not None
            and (after.text not in ("en", "a", "al", "por"))
            else None
        )
    return verb if follows or word in ADVERBS or word in JOINING else None


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
