"""The verbs of a text with their auxiliaries: what each group says of how far an act has come."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from spanish.reading.clauses.clause import Clause, Completion
from spanish.reading.clauses.conjugation import Tense
from spanish.reading.clauses.function_words import ADVERBS, CLITICS, NEGATIONS, PURPOSE, RELATIVE
from spanish.reading.clauses.tagging import GOING_ON, counts_on, is_verb_at
from spanish.reading.clauses.tokens import ClauseToken, Explained
from spanish.reading.clauses.verbs import Verb, VerbKind, verb_of
from spanish.reading.wording import word_set


@dataclass(frozen=True)
class Group:
    """A verb with its auxiliaries, from the first to the last of its tokens."""

    start: int
    end: int
    clause: Clause


def groups(tokens: Sequence[ClauseToken]) -> Iterator[Group]:
    place = 0
    while place < len(tokens):
        verb = is_verb_at(tokens, place)
        if verb is None:
            place += 1
            continue
        start = place
        while (
            start
            and tokens[start - 1].is_word
            and (
                tokens[start - 1].text in CLITICS
                or tokens[start - 1].text in NEGATIONS
                or tokens[start - 1].text in ("ya", "aun", "todavia")
            )
        ):
            start -= 1
        group = _group(tokens, start, place, verb)
        yield group
        place = group.end


def _group(tokens: Sequence[ClauseToken], start: int, place: int, verb: Verb) -> Group:
    """The group that begins with the verb at `place`."""
    negated = any(tokens[each].text in NEGATIONS for each in range(start, place)) or _is_without(
        tokens, start
    )
    chain = [(place, verb)]
    link = ""
    while True:
        open_ = chain[-1][1].kind in _OPEN or chain[-1][1].tense is Tense.GERUND
        next_ = _next_nonfinite(tokens, chain[-1][0])
        if next_ is None or not (open_ or (next_[2] == "de" and next_[1].tense is Tense.INFINITIVE)):
            break  # «terminó de encuadernar»
        link = link or next_[2]
        chain.append((next_[0], next_[1]))
    outcome, kind = _outcome(tokens, chain, link, start)
    if negated:
        outcome = Completion.NEGATED
    if _is_given_to_us(tokens, start, place):
        kind = VerbKind.GIVEN
    main = chain[-1][0]
    return Group(
        start,
        main + 1,
        Clause(
            0, 0, outcome, kind, main,
            relative=_is_relative(tokens, start),
            participle=verb.tense is Tense.PARTICIPLE,
            we=verb.tense is Tense.WE,
            strong=verb.tense not in (Tense.PARTICIPLE, Tense.INFINITIVE, Tense.GERUND),
            known=chain[-1][1].known,
        ),
    )  # fmt: skip


# Verbs after which the next one that is not finite says what is done.
_OPEN = frozenset(
    {VerbKind.BE, VerbKind.GO, VerbKind.MANAGE, VerbKind.WANT, VerbKind.BEGIN, VerbKind.GO_ON, VerbKind.PLAN}
)
_LINKS = word_set("a de en que q por")


def _next_nonfinite(tokens: Sequence[ClauseToken], place: int) -> tuple[int, Verb, str] | None:
    """The infinitive, gerund or participle that goes on with the verb at `place`, and what links it."""
    link = ""
    for at in range(place + 1, min(place + 6, len(tokens))):
        token = tokens[at]
        if token.role is Explained.DAY:
            continue
        if not token.is_word:
            return None
        verb = verb_of(token.text)
        if verb and verb.tense in (Tense.INFINITIVE, Tense.GERUND, Tense.PARTICIPLE):
            if verb.tense is Tense.INFINITIVE and not verb.known and not link:
                return None
            return at, verb, link
        if token.text in _LINKS and not link:
            link = token.text
        elif token.text not in ADVERBS and token.text not in CLITICS and not token.text.endswith("mente"):
            return None
    return None


_GIVING = re.compile(r"don|entreg|regal|prest[ao]|traj|mand[ao]|envi[ao]|surti|di(?:o|eron)\b")


def _is_given_to_us(tokens: Sequence[ClauseToken], start: int, place: int) -> bool:
    """«*Nos donaron* 10 despensas»: what others give to us we have not given yet."""
    to_us = any(tokens[each].text in ("nos", "me") for each in range(start, place))
    return to_us and _GIVING.match(tokens[place].text) is not None and not tokens[place].text.endswith("mos")


def _is_without(tokens: Sequence[ClauseToken], start: int) -> bool:
    return bool(start) and tokens[start - 1].text == "sin"


def _is_relative(tokens: Sequence[ClauseToken], start: int) -> bool:
    """Whether the verb stands in what is said of a noun: «las metas que mandaron»."""
    at = start - 1
    while at >= 0 and tokens[at].is_word and tokens[at].text in ADVERBS:
        at -= 1
    if at < 1 or tokens[at].text not in RELATIVE:
        return False
    before = tokens[at - 1]
    if not before.is_word or before.text in ("por", "ya", "asi", "para", "pa", "de"):
        return False
    told = verb_of(before.text)
    return told is None or told.kind is not VerbKind.TELL


def _is_purpose(tokens: Sequence[ClauseToken], start: int) -> bool:
    at = start - 1
    if at >= 0 and tokens[at].text in ("que", "q", "/"):
        at -= 1
    return at >= 0 and tokens[at].is_word and tokens[at].text in PURPOSE


def finished_by(tokens: Sequence[ClauseToken], place: int, verb: Verb) -> VerbKind:
    """The kind of a participle, or of the one joined to it that finishes: «está impresa *y repartida*»."""
    joined = place + 2 < len(tokens) and tokens[place + 1].text in ("y", "e")
    other = verb_of(tokens[place + 2].text) if joined else None
    ends = other is not None and other.tense is Tense.PARTICIPLE and other.known
    return other.kind if other is not None and ends and other.kind in _ENDING else verb.kind


_ENDING = (VerbKind.ACT, VerbKind.SEND)


def _outcome(
    tokens: Sequence[ClauseToken], chain: Sequence[tuple[int, Verb]], link: str, start: int
) -> tuple[Completion, VerbKind]:
    head, main = chain[0][1], chain[-1][1]
    kind = main.kind if main.kind not in (VerbKind.BE, VerbKind.GO) else head.kind
    if len(chain) > 1 and main.tense is Tense.PARTICIPLE:
        kind = finished_by(tokens, chain[-1][0], main) if kind is main.kind else kind
    if _is_purpose(tokens, start):
        return Completion.WISHED, kind
    if len(chain) == 1:
        return _single(tokens, chain[0][0], head)
    past = head.tense in (Tense.PAST, Tense.WE)
    if head.tense in (Tense.FUTURE,):
        return Completion.PLANNED, kind
    if head.tense is Tense.WISHED:
        return Completion.WISHED, kind
    if main.tense is Tense.GERUND and head.tense is Tense.INFINITIVE:
        return Completion.WISHED, kind  # «después de estar batallando»
    if main.tense is Tense.INFINITIVE and tokens[chain[0][0]].text.startswith("esper"):
        return Completion.PLANNED, kind  # «esperamos cobrar»
    if main.tense is Tense.GERUND:
        stays = tokens[chain[0][0]].text.startswith("qued")  # «quedaron funcionando»
        return (Completion.DONE if stays else Completion.UNDERWAY), kind
    if main.tense is Tense.PARTICIPLE:
        if head.tense is Tense.IMPERFECT:
            return Completion.WISHED, kind
        return (Completion.DONE if head.kind is VerbKind.BE else Completion.UNDERWAY), kind
    if tokens[chain[0][0]].text in ("fui", "fue", "fueron") and link == "a":
        return Completion.DONE, kind
    if head.kind is VerbKind.GO:
        return (Completion.DONE if past and tokens[chain[0][0]].text != "vamos" else Completion.PLANNED), kind
    if head.kind is VerbKind.MANAGE:
        return (Completion.DONE if past or link == "de" else Completion.PLANNED), kind
    if head.kind in (VerbKind.BEGIN, VerbKind.GO_ON):
        return Completion.UNDERWAY, kind
    if head.kind is VerbKind.ACT and link == "de":
        return _single(tokens, chain[0][0], head)[0], kind
    return Completion.PLANNED, kind  # «hay que», «quedamos de», «queremos»


def _single(tokens: Sequence[ClauseToken], place: int, verb: Verb) -> tuple[Completion, VerbKind]:
    """The outcome of a verb without auxiliaries."""
    kind, tense = verb.kind, verb.tense
    near = [token.text for token in tokens[place + 1 : place + 4]]
    if kind is VerbKind.LACK:  # «faltaba la contralora» lacks no more
        return (Completion.WISHED if tense is Tense.IMPERFECT else Completion.LACKING), kind
    running = kind in (VerbKind.COUNT, VerbKind.GO) and tense in (Tense.PRESENT, Tense.WE)
    running = running or (tokens[place].text in _RUNNING and not tokens[place].stressed)
    if running and counts_on(tokens, place):
        return Completion.TOTAL, VerbKind.COUNT
    if kind is VerbKind.GO and near[:1] == ["en"] and tokens[place + 1].is_word:
        return Completion.UNDERWAY, VerbKind.GO_ON  # «la guía va en su tercera versión»
    if tokens[place].text in _ABOUT and near[:1] in (["en"], ["de"]) and not any(map(str.isdigit, near)):
        return Completion.STATE, VerbKind.TELL  # «ando en junta»
    if _is_moved(tokens, place, verb):
        kind = VerbKind.PUT_OFF
    if kind is VerbKind.COUNT:
        kind = VerbKind.ACT  # «se llevó a cabo»
    ongoing = kind is VerbKind.BEGIN or (
        kind is VerbKind.GO_ON and (tense not in (Tense.PAST, Tense.WE) or tokens[place].text in GOING_ON)
    )
    if ongoing and tense not in (Tense.PARTICIPLE, Tense.INFINITIVE):
        return Completion.UNDERWAY, kind
    if kind is VerbKind.WANT:
        return Completion.PLANNED, kind
    if kind is VerbKind.GO:
        if tense is Tense.PRESENT:  # «va el oficio», «ahí van las fotos»
            return Completion.STATE, kind
        return (Completion.DONE if tense is Tense.PAST else Completion.PLANNED), VerbKind.LOOK
    if kind is VerbKind.BE:
        if tokens[place].text in ("son", "somos") and _is_running(tokens, place):
            return Completion.TOTAL, VerbKind.COUNT
        future = tense is Tense.FUTURE
        counted = tokens[place].text in ("serian", "seria") and counts_on(tokens, place)
        wished = tense in (Tense.WISHED, Tense.IMPERFECT) and not counted
        return (Completion.PLANNED if future else Completion.WISHED if wished else Completion.STATE), kind
    if tokens[place].text in ("hacen", "dan") and counts_on(tokens, place):
        return Completion.STATE, VerbKind.BE  # «…, hacen 112 metros»
    if tense is Tense.PARTICIPLE:
        before = tokens[place - 1].text if place else ""
        return (Completion.WISHED if before == "ser" else Completion.DONE), kind
    return {
        Tense.PAST: Completion.DONE,
        Tense.WE: Completion.DONE,
        Tense.PRESENT: Completion.STATE,
        Tense.FUTURE: Completion.PLANNED,
        Tense.IMPERFECT: Completion.WISHED,
        Tense.WISHED: Completion.WISHED,
        Tense.INFINITIVE: Completion.WISHED,
        Tense.GERUND: Completion.UNDERWAY,
    }[tense], kind


def _is_moved(tokens: Sequence[ClauseToken], place: int, verb: Verb) -> bool:
    """«La movieron para el 25», «se recorrió hasta septiembre»: put off to a later day."""
    if verb.tense not in (Tense.PAST, Tense.PRESENT) or not tokens[place].text.startswith(_MOVED):
        return False
    after = [token.text for token in tokens[place + 1 : place + 8]]
    return any(word in ("para", "pa", "hasta", "al") for word in after)


_RUNNING = word_set("andamos anda andan llevo")
_ABOUT = word_set("ando anda andan andamos")
_MOVED = ("movi", "recorri", "cambi", "pasa", "paso", "corri")


def _is_running(tokens: Sequence[ClauseToken], place: int) -> bool:
    """«Con este ya son 15», «son 13 de 16»: a running total."""
    if not counts_on(tokens, place):
        return False
    before = [token.text for token in tokens[max(0, place - 4) : place]]
    after = [token.text for token in tokens[place + 1 : place + 4]]
    return "con" in before or (len(after) == 3 and after[1] == "de" and after[2][0].isdigit())
