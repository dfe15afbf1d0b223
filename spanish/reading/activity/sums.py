"""What the mentions of a measure come to: totals beside their parts, corrections, running totals, lists."""

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace
from decimal import Decimal

from spanish.reading.activity.effects import Effect, effect_of_clause, effect_of_mention
from spanish.reading.activity.implied import implied
from spanish.reading.activity.lists import find_list
from spanish.reading.activity.measures import Counting, MeasureKind
from spanish.reading.activity.mentions import Mention
from spanish.reading.activity.parts import PREPARING, Part, objects_of
from spanish.reading.clauses.clause import Clause, Completion
from spanish.reading.clauses.sentences import Sentences
from spanish.reading.clauses.tokens import Explained
from spanish.reading.clauses.verbs import VerbKind, verb_of
from spanish.reading.spoken import Span
from spanish.reading.wording import root

_TOTAL_BEFORE = re.compile(
    r"(?:\b(?:total(?:es)?|en suma|suman|sumamos|serian|son|siendo|o sea|es decir|juntos|dan|hacen)\b|=)"
    r"(?: (?:en total|un total de|ya|de|como|tod[oa]s|:)){0,4}:? ?$"
)
_TOTAL_AFTER = re.compile(r"(?: [^\W\d_]+){0,3},? (?:en total|entre tod[oa]s)\b")
_SO_FAR = re.compile(
    r"\ben lo que va (?:de|del)\b|\b(?:en|durante) (?:el|este) (?:mes|trimestre|periodo|semestre)\b|"
    r"\beste (?:mes|trimestre|semestre)\b"
)
_CORRECTION = re.compile(
    r"\b(?:perdon|digo|mejor dicho|corrijo|me equivoque|rectifico|quise decir|mas bien|bueno,? no)\b"
)
_AS_ONE = re.compile(
    r"\b(?:cuentan?|cuente|reporta\w*|registra\w*|vale|valen|va|van|todo|todos)(?: todo)? (?:como|en|por) "
    r"(?:un|una|1)(?: sol[oa])? (?P<noun>[^\W\d_]+)|\b(?:un|una) sol[oa] (?P<single>[^\W\d_]+)"
)
_THEM = re.compile(
    r"(?<!\bde )\b(?:amb[oa]s|"
    r"l[oa]s (?P<number>\d{1,3}))\b(?: (?P<noun>[^\W\d_]+s))?(?! de\b)(?= (?:ya|se|los|"
    r"las|nos|con|sin|estan|quedaron|fueron|tienen|"
    r"\w+[ai]d[oa]s|list[oa]s)\b| ?[.,;)]|$)"
)
# «La guía y el catálogo quedaron listos»: two things that one verb or participle tells of
_TWO = re.compile(
    r"^[ ;,.]*(?:ya )?(?:(?:el|la|los|las) )?[^\W\d_]+(?: de(?:l| la| los| las)? [^\W\d_]+|"
    r" [^\W\d_]+){0,3} y "
    r"(?:(?:el|la|los|las) )?[^\W\d_]+(?: de(?:l| la| los| las)? [^\W\d_]+| [^\W\d_]+| 20\d\d){0,4}? "
    r"(?:ya )?(?:quedaron |estan |fueron )?(?:\w+[ai]d|list)[oa]s\b"
)
_TWO_AFTER = re.compile(
    r"^[ ;,.]{0,3}(?:ya )?(?:quedaron |estan )?\w{3,30}(?:[ai]d|list)[oa]s (?:el|la) [^\W\d_]+"
    r"(?: [^\W\d_]+){0,4} y (?:el|la) [^\W\d_]+"
)


@dataclass(frozen=True)
class Sum:
    """`value`: how much was done, None where that is not said; `total`: a running total that is said."""

    effect: Effect
    value: Decimal | None = None
    total: Decimal | None = None
    places: tuple[Span, ...] = ()


def add_up(
    said: Sentences, mentions: Sequence[Mention], how: Counting, alone: bool, open_: bool = False
) -> Sum:
    """What the text says of the measure; `alone`: no other measure is spoken of.

    `open_`: something of it is still missing.
    """
    for found in _AS_ONE.finditer(said.text):
        if how.level(root(found["noun"] or found["single"])) is not None:
            return Sum(Effect.COUNTS, Decimal(1), places=(said.spoken.span(*found.span()),))
    if items := _items(said, how):
        return items
    judged = [(each, _effect(said, each, how)) for each in mentions]
    judged = _uncounted(said, judged)
    judged = _corrected(said, judged)
    counts = [each for each, effect in judged if effect is Effect.COUNTS]
    chosen = [each for each in _chosen(counts, how, alone) if each.level is not None or not open_]
    if chosen and _is_only_total(said, counts, chosen):
        return Sum(Effect.TOTAL, total=chosen[0].value, places=_places(said, chosen))
    if chosen:
        return _total(said, counts, chosen)
    single = [each for each in counts if each.value is None and each.level is not None and not each.other]
    own = [each for each in single if each.level == 0 or alone]
    running = [each for each, effect in judged if effect is Effect.TOTAL and each.value is not None]
    if (listed := find_list(said.text, how)) and any(effect is Effect.COUNTS for _, effect in judged):
        return Sum(Effect.COUNTS, Decimal(listed[0]), places=(said.spoken.span(*listed[1]),))
    if own and not open_:
        if (two := two_named(said, how)) is not None:
            return two
        if (named := _named_again(said, own, how)) is not None:
            return named
        singular = [each for each in own if not each.plural]
        if singular:
            more = sum(1 for each in counts if each.other)
            return Sum(Effect.COUNTS, Decimal(1 + more), places=_places(said, singular[:1]))
    if running and open_ and not any(each.level == 0 for each in running):
        return Sum(Effect.STEP)
    if running:
        return _running(said, running, how)
    stepped = [each for each, effect in judged if effect is Effect.STEP and each.level is not None]
    if stepped and (
        any(each.level == 0 or each.part is Part.RECEIVER for each in stepped)
        or implied(said, how) is not Effect.COUNTS
    ):
        return Sum(Effect.STEP)
    return Sum(Effect.UNSURE)


def _chosen(counts: Sequence[Mention], how: Counting, alone: bool) -> list[Mention]:
    """The numbers that count the measure: of its own name, else of what covers it, else of its parts."""
    numbers = [each for each in counts if each.value is not None]
    own = [each for each in numbers if each.level == 0]
    summed = [each for each in numbers if each.level == 1 and each.clause.kind is VerbKind.BE]
    single = min(
        (each.level for each in counts if each.value is None and each.level is not None and not each.plural),
        default=3,
    )
    parts_first = how.kind in (
        MeasureKind.UNIT_OF_WORK, MeasureKind.ENTITY, MeasureKind.PEOPLE, MeasureKind.AMOUNT,
    )  # fmt: skip
    if own or summed:
        return own or summed  # «el cuadro y el catálogo, son 2 instrumentos»
    for level in (1, 2) if alone or parts_first else (1,):
        if single < level and not parts_first:
            break
        if of_level := [each for each in numbers if each.level == level]:
            return of_level
    bare = [each for each in numbers if each.level is None and each.part is Part.OBJECT]
    if single < 3 and not parts_first:
        bare = [each for each in bare if each.clause.kind is VerbKind.BE]  # «…, siendo 6»
    return bare if alone and bare else []


def _is_only_total(said: Sentences, counts: Sequence[Mention], chosen: Sequence[Mention]) -> bool:
    """«Son 18 asesorías en total», without any part: all there are, perhaps."""
    only = len(chosen) == 1 and len([each for each in counts if each.value is not None]) == 1
    return only and chosen[0].clause.kind is VerbKind.BE and _is_total(said, chosen[0])


def _total(said: Sentences, counts: Sequence[Mention], chosen: Sequence[Mention]) -> Sum:
    """The sum of those that are chosen, with what is added without its noun, or the total that is said."""
    first = min(each.start for each in chosen)
    others = [each for each in counts if each not in chosen]
    parts_of = {Part.OBJECT, *(each.part for each in chosen)}
    bare = [
        each for each in others if each.level is None and each.value is not None and each.part in parts_of
    ]
    everything = sorted((*chosen, *bare), key=lambda each: each.start)
    for each in everything:
        if each.value is not None and len(everything) > 1 and _is_total(said, each):
            parts = [other for other in everything if other is not each and other.start < each.start]
            if parts or each in chosen:
                return Sum(Effect.COUNTS, each.value, places=_places(said, [each]))
    value = sum((each.value for each in chosen if each.value is not None), Decimal(0))
    last = chosen[-1]
    if (
        len(chosen) > 2
        and last.value is not None
        and value - last.value == last.value
        and _is_summed(said, last)
    ):
        return Sum(Effect.COUNTS, last.value, places=_places(said, [last]))  # «2…, 3…, fueron 5 asesorías»
    if len(chosen) > 1 and _is_split(said, chosen):
        head = min(chosen, key=lambda each: each.start)
        if head.value is not None and value - head.value == head.value:
            return Sum(Effect.COUNTS, head.value, places=_places(said, [head]))
    added = [each for each in bare if each.start > first and _is_added(said, each)]
    parts = [each for each in bare if each.start > first]
    if parts and sum((each.value or 0) for each in parts) == value:
        added = []  # «37 requerimientos, 21 en Centro y 16 en La Soledad»
    value += sum((each.value for each in added if each.value is not None), Decimal(0))
    more = [
        each for each in counts if each.value is None and each.start > first and _adds_one(said, each, chosen)
    ]
    value += len(more)
    return Sum(Effect.COUNTS, value, places=_places(said, [*chosen, *added]))


def _is_summed(said: Sentences, each: Mention) -> bool:
    start = said.tokens[each.start].start
    return _is_total(said, each) or bool(re.search(r"\b(?:fueron|eran|hubo) $", said.text[:start][-12:]))


def _is_total(said: Sentences, each: Mention) -> bool:
    start, end = said.tokens[each.start].start, said.tokens[each.start].end
    before = said.text[max(0, start - 40) : start]
    return bool(_TOTAL_BEFORE.search(before) or _TOTAL_AFTER.match(said.text, end))


def _is_split(said: Sentences, chosen: Sequence[Mention]) -> bool:
    head = min(chosen, key=lambda each: each.start)
    after = said.text[said.tokens[head.start].end :][:60]
    return bool(re.match(r"[^.;]{0,50}?(?:[:(]|\b(?:de l[oa]s cuales|de ell[oa]s|que son|entre|,)\b)", after))


_AND_MORE = re.compile(r"[^.;:]{1,40}? y (?:l[oa]s )?\d")  # «10 en X, 4 en Y y 3 en Z»


_ENDS_A_PART = frozenset({"", *".,;)", *["de", "a", "al", "en", "con", "para", "por", "el", "la", "mas"]})


def _is_added(said: Sentences, each: Mention) -> bool:
    """«…a 10 equipos de Transparencia *y 4 de Archivo*»."""
    before = said.text[: said.tokens[each.start].start].rstrip()
    end = said.tokens[each.start].end
    after = said.tokens[each.end].text if each.end < len(said.tokens) else ""
    before = re.sub(r" l[oa]s$", "", before)
    follows = after in _ENDS_A_PART
    on_day = each.end < len(said.tokens) and said.tokens[each.end].role is not None
    joined = before.endswith((" y", " mas")) or (
        before.endswith(",") and bool(_AND_MORE.match(said.text, end))
    )
    return joined and (follows or on_day)


def _adds_one(said: Sentences, each: Mention, chosen: Sequence[Mention]) -> bool:
    """«2 cursos *y un taller*», «dos el miércoles y *otra más* ayer»."""
    if each.other:
        between = said.tokens[max(other.end for other in chosen if other.start < each.start) : each.start]
        return not any(token.text in ("una", "uno", "un") for token in between)
    if each.level is None or each.plural:
        return False
    article = said.tokens[each.start].text
    before = said.tokens[each.start - 1].text if each.start else ""
    joined = before in ("y", "e", "mas", ",") if article in ("un", "una") else before in ("mas", "y")
    return joined and each.level <= (chosen[0].level or 0)


def _corrected(said: Sentences, judged: list[tuple[Mention, Effect]]) -> list[tuple[Mention, Effect]]:
    """Without the numbers that are taken back: «10… perdón, fueron 11»."""
    for found in _CORRECTION.finditer(said.text):
        before = [
            pair for pair in judged if said.tokens[pair[0].start].start < found.start() and pair[0].value
        ]
        after = [
            pair
            for pair in judged
            if found.end() <= said.tokens[pair[0].start].start < found.end() + 30 and pair[0].value
        ]
        if before and after:
            noun = said.tokens[after[0][0].end - 1].text
            same = [pair for pair in before if said.tokens[pair[0].end - 1].text == noun]
            gone = (same or before)[-1]
            level = gone[0].level if gone[0].level is not None else after[0][0].level
            new = (replace(after[0][0], level=level), gone[1])
            judged = [new if pair is after[0] else pair for pair in judged if pair is not gone]
    return judged


def _effect(said: Sentences, mention: Mention, how: Counting) -> Effect:
    """What the text says of a mention; to what is only followed up or inspected nothing is done yet."""
    effect = effect_of_mention(mention, how.kind)
    verb = said.tokens[mention.clause.verb].text if mention.clause.verb is not None else ""
    if verb in ("quedan", "queda", "sobran") and mention.clause.outcome is Completion.STATE:
        return Effect.STEP  # «contestamos 3 y quedan 2»
    if effect is Effect.COUNTS and mention.value is not None and _is_so_far(said, mention):
        return Effect.TOTAL
    if effect is Effect.COUNTS and mention.part is Part.RECEIVER:
        given = {root(noun) for noun in objects_of(said, mention.clause)}
        return Effect.STEP if (given & PREPARING) - how.own - how.broad else effect
    return effect


_TO_DATE = re.compile(
    r"\b(?:a la fecha|acumul[^\W\d_]{1,10}|al corte|con corte|al cierre|en el ano|van del ano)\b|"
    r"(?<!\d )\bal (?:dia )?\d{1,2} de"
)


def _is_so_far(said: Sentences, mention: Mention) -> bool:
    """«Acumulado a la fecha: 961», «al 31 de julio: 54.6»: all there are by now."""
    start, end = said.tokens[mention.clause.first].start, said.tokens[mention.start].start
    before = said.text[max(start, end - 60, 0) : end]
    if mention.clause.first and said.text[start:end].strip() == "":
        before = said.text[max(0, end - 60) : end]
    return bool(_TO_DATE.search(before))


_NOT_COUNTED = re.compile(r"\b(?:no|ni) (?:se )?(?:cuentan?|suman?|entran?)\b")


def _uncounted(said: Sentences, judged: list[tuple[Mention, Effect]]) -> list[tuple[Mention, Effect]]:
    """Without the number of which it is said that it does not count: «10 monitores, esos no cuentan»."""
    for found in _NOT_COUNTED.finditer(said.text):
        before = [each for each, _ in judged if said.tokens[each.start].start < found.start() and each.value]
        if before:
            judged = [(each, Effect.STEP if each is before[-1] else effect) for each, effect in judged]
    return judged


def is_corrected(said: Sentences, each: Mention) -> bool:
    """Whether what stands before a number takes another back."""
    start = said.tokens[each.start].start
    return any(start - 30 <= found.end() <= start for found in _CORRECTION.finditer(said.text))


def _named_again(said: Sentences, own: Sequence[Mention], how: Counting) -> Sum | None:
    """«La guía y el catálogo, *los dos* validados»."""
    found = _THEM.search(said.text)
    numbers = {token.start for token in said.tokens if token.is_number}
    if found is None or (found["number"] and found.start("number") not in numbers):
        return None
    if found["noun"] and how.level(root(found["noun"])) is None:
        return None
    number = Decimal(found["number"] or 2)
    if number < 2 or not any(said.tokens[each.start].start < found.start() for each in own):
        return None
    return Sum(Effect.COUNTS, number, places=(said.spoken.span(*found.span()),))


_ENUMERATED = re.compile(r"(?<![\w.])(\d{1,2}) ?\)")
_ITEM_ENDS = re.compile(r"[^\W\d_] (\d{1,6}) ?;")  # «- Parque central 7»
_NAMES = re.compile(r" ?[^\W\d_][^.;:\d,]{0,40}(?:, [^.;:\d,]{1,40}){0,9} y [^.;:\d,]{1,40}\.?$")
_BULLETS = re.compile(r"; ?(?:[-*•·–—]|\d{1,2} ?[.)])")


def _items(said: Sentences, how: Counting) -> Sum | None:
    """«Los proyectos de: 1) … y 2) …», «Asesoré a: • … • …»: as many as are listed."""
    head, colon, rest = said.text.partition(":")
    started = said.clause_at(0)
    if (
        rest
        and started.verb is not None
        and effect_of_clause(started, how.kind) is Effect.COUNTS
        and ":" not in rest
    ):
        count = len(_BULLETS.findall(rest))
        if count > 1 and not any(token.is_number for token in said.tokens):
            return Sum(Effect.COUNTS, Decimal(count))  # «hice: - bases… - convenio…»
    named = [word for word in re.findall(r"[^\W\d_]+", head) if how.level(root(word)) is not None]
    if not colon or not any(word.endswith("s") or verb_of(word) is not None for word in named) or ":" in rest:
        return None
    if any(verb_of(word) is not None for word in named) and (listed := _NAMES.match(rest)):
        return Sum(
            Effect.COUNTS, Decimal(listed[0].count(",") + 2)
        )  # «asesoramos a: Finanzas, Salud y Educación»
    numbers = [int(found[1]) for found in _ENUMERATED.finditer(rest)]
    count = len(numbers) if numbers == list(range(1, len(numbers) + 1)) else 0
    ends = {found.start(1) + len(head) + 1: Decimal(found[1]) for found in _ITEM_ENDS.finditer(rest + ";")}
    amounts = [ends[token.start] for token in said.tokens if token.is_number and token.start in ends]
    if amounts and len(amounts) == len(_BULLETS.findall(rest)):
        return Sum(Effect.COUNTS, sum(amounts, Decimal(0)))
    count = count or len(_BULLETS.findall(rest))
    clause = said.clause_at(0)
    if count < 2 or effect_of_clause(clause, how.kind) is not Effect.COUNTS:
        return None
    return Sum(Effect.COUNTS, Decimal(count))


def two_named(said: Sentences, how: Counting) -> Sum | None:
    """«La guía y el catálogo quedaron listos»: two of what is made."""
    made = how.kind is MeasureKind.PRODUCT
    found = (_TWO.match(said.text) or _TWO_AFTER.match(said.text)) if made else None
    return Sum(Effect.COUNTS, Decimal(2), places=(said.spoken.span(*found.span()),)) if found else None


def _running(said: Sentences, running: Sequence[Mention], how: Counting) -> Sum:
    """A running total: one thing done beside it, all of it where the period is said, else a question."""
    if any(each.of is not None and each.level == 2 for each in running):
        return Sum(Effect.STEP)  # «van 2 de 4 sesiones del taller»
    dated = any(
        token.role is Explained.DAY
        for each in running
        for token in said.tokens[each.clause.first : each.clause.last]
    )
    if (dated or _SO_FAR.search(said.text)) and not _TO_DATE.search(said.text):
        return _total(said, running, _chosen(running, how, alone=True))
    apart = [each for each in said.clauses if each.strong and each not in [one.clause for one in running]]
    if implied(said, how) is Effect.COUNTS and any(_is_done(each, how) for each in apart):
        return Sum(Effect.COUNTS, Decimal(1))
    return Sum(Effect.TOTAL, total=running[0].value, places=_places(said, running[:1]))


def _is_done(clause: Clause, how: Counting) -> bool:
    return clause.outcome is Completion.DONE and effect_of_clause(clause, how.kind) is Effect.COUNTS


def _places(said: Sentences, mentions: Sequence[Mention]) -> tuple[Span, ...]:
    return tuple(said.span(each.start, each.end) for each in mentions)
