"""What the mentions of a measure come to: totals beside their parts, corrections, running totals, lists."""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal

from spanish.reading.activity.corrections import without_corrected, without_uncounted
from spanish.reading.activity.effects import Effect, effect_of_clause, effect_of_mention
from spanish.reading.activity.implied import implied
from spanish.reading.activity.items import NamedOneByOne, find_items
from spanish.reading.activity.lists import find_list, named_again, two_named
from spanish.reading.activity.measures import SESSIONS, Counting, MeasureKind
from spanish.reading.activity.mentions import Mention
from spanish.reading.activity.parts import PREPARING, Part, objects_of
from spanish.reading.activity.rows import names_in_row
from spanish.reading.clauses.clause import Clause, Completion
from spanish.reading.clauses.sentences import Sentences
from spanish.reading.clauses.tokens import Explained
from spanish.reading.clauses.verbs import VerbKind
from spanish.reading.spoken import Span
from spanish.reading.wording import root

_TOTAL_BEFORE = re.compile(
    r"(?:\b(?:total(?:es)?|en suma|suman|sumamos|serian|son|siendo|o sea|es decir|juntos|dan|hacen)\b|=)"
    r"(?: (?:en total|un total de|ya|de|como|tod[oa]s|:)){0,4}:? ?$"
)
_TOTAL_AFTER = re.compile(r"(?: [^\W\d_]+){0,3},? (?:en total|entre tod[oa]s)\b")
_SO_FAR = re.compile(
    r"\ben lo que va (?:de|del) (?!ano)|\b(?:en|durante) (?:el|este) (?:mes|trimestre|periodo|semestre)\b|"
    r"\beste (?:mes|trimestre|semestre)\b"
)
_AS_ONE = re.compile(
    r"\b(?:cuentan?|cuente|reporta\w*|registra\w*|vale|valen|va|van|todo|todos)(?: todo)? (?:como|en|por) "
    r"(?:un|una|1)(?: sol[oa])? (?P<noun>[^\W\d_]+)|\b(?:un|una) sol[oa] (?P<single>[^\W\d_]+)"
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
    often = _OFTEN.search(said.text) if how.by_meeting or how.own & SESSIONS else None
    if often is not None:
        return Sum(Effect.COUNTS, Decimal(often["number"]), places=(said.spoken.span(*often.span("number")),))
    if items := find_items(said, how):
        return _of_list(items)
    judged = [(each, _effect(said, each, how)) for each in mentions]
    if how.by_meeting and any(each.kind is VerbKind.MEET and _is_done(each, how) for each in said.clauses):
        judged = [pair for pair in judged if pair[0].value is None or _is_session(said, pair[0])]
    judged = without_uncounted(said, judged)
    judged = without_corrected(said, judged)
    counts = [each for each, effect in judged if effect is Effect.COUNTS]
    chosen = [each for each in _chosen(counts, how, alone) if each.level is not None or not open_]
    if chosen and _is_only_total(said, counts, chosen):
        return Sum(Effect.TOTAL, total=chosen[0].value, places=_places(said, chosen))
    if chosen:
        return _total(said, counts, chosen)
    single = [each for each in counts if each.value is None and each.level is not None and not each.other]
    own = [each for each in single if each.level == 0 or alone]
    running = [each for each, effect in judged if effect is Effect.TOTAL and each.value is not None]
    told = any(each.strong and _is_done(each, how) for each in said.clauses)
    if (listed := find_list(said, how)) and (told or any(effect is Effect.COUNTS for _, effect in judged)):
        return _of_list(listed)
    if own and not open_:
        if (named := two_named(said, how) or named_again(said, own, how)) is not None:
            return _of_list(named)
        if (row := names_in_row(said, how)) is not None:
            return Sum(Effect.COUNTS, Decimal(row.number), places=(said.span(row.first, row.last),))
        singular = [each for each in own if not each.plural]
        if singular:
            more = sum(1 for each in counts if each.other)
            return Sum(Effect.COUNTS, Decimal(1 + more), places=_places(said, singular[:1]))
    if not alone:
        running = [each for each in running if each.level is not None]
    added = [each for each in counts if each.other]
    if running and added:
        return Sum(Effect.COUNTS, Decimal(len(added)), places=_places(said, added))  # «otra más, ya van 7»
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


_OFTEN = re.compile(
    r"\b(?:sesion|reuni)(?:o|eron|aron|amos|mos)(?: en)? (?P<number>\d{1,2}) (?:veces|ocasiones)\b"
)


def _is_session(said: Sentences, each: Mention) -> bool:
    """Of a body that met it is sessions that count, not what it decided on."""
    return any(root(token.text) in SESSIONS for token in said.tokens[each.start : each.end])


def _of_list(listed: NamedOneByOne) -> Sum:
    return Sum(Effect.COUNTS, listed.number, places=listed.places)


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
    if parts_first and (both := _side_by_side(numbers)):
        return both
    for level in (1, 2) if alone or parts_first else (1,):
        if single < level and not parts_first:
            break
        if of_level := [each for each in numbers if each.level == level]:
            return of_level
    bare = [each for each in numbers if each.level is None and each.part is Part.OBJECT]
    if single < 3 and not parts_first:
        bare = [each for each in bare if each.clause.kind is VerbKind.BE]  # «…, siendo 6»
    return bare if alone and bare else []


def _side_by_side(numbers: Sequence[Mention]) -> list[Mention]:
    """«Formateé 3 máquinas y limpié 2 impresoras»: wholes and parts of which each has its own verb."""
    wholes = [each for each in numbers if each.level == 1]
    parts = [each for each in numbers if each.level == 2]
    apart = all(one.clause != other.clause and other.clause.strong for one in wholes for other in parts)
    return [*wholes, *parts] if wholes and parts and apart else []


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
    listed = _is_listed(said, chosen)
    added = [] if listed else added
    parts = [each for each in bare if each.start > first]
    if len(parts) > 1 and sum((each.value or 0) for each in parts) == value:
        added = []  # «37 requerimientos, 21 en Centro y 16 en La Soledad»
    value += sum((each.value for each in added if each.value is not None), Decimal(0))
    more = [
        each for each in counts if each.value is None and each.start > first and _adds_one(said, each, chosen)
    ]
    if listed or (parts and more and sum((each.value or 0) for each in parts) + len(more) == value):
        more = []  # «3 contratos, 2 de limpieza y uno de vigilancia»
    value += len(more)
    return Sum(Effect.COUNTS, value, places=_places(said, [*chosen, *added]))


def _is_listed(said: Sentences, chosen: Sequence[Mention]) -> bool:
    """Whether the only number is followed by its parts: «4 asesorías: 2 en línea y otra por teléfono»."""
    end = chosen[0].end
    return len(chosen) == 1 and end < len(said.tokens) and said.tokens[end].text == ":"


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


_ENDS_A_PART = frozenset(
    {"", *".,;)", *["de", "a", "al", "en", "con", "para", "por", "el", "la", "mas", "y", "e"]}
)


def _is_added(said: Sentences, each: Mention) -> bool:
    """«…a 10 equipos de Transparencia *y 4 de Archivo*»."""
    tokens, at = said.tokens, each.start - 1
    dated = False
    while at >= 0 and (tokens[at].role is Explained.DAY or tokens[at].text in _BEFORE_PART):
        dated, at = dated or tokens[at].role is Explained.DAY, at - 1
    before = tokens[at].text if at >= 0 else ""
    after = tokens[each.end] if each.end < len(tokens) else None
    follows = after is None or after.text in _ENDS_A_PART or after.role is not None
    if before in ("y", "e", "mas"):
        return follows
    if before != "," or not follows:
        return False
    return bool(_AND_MORE.match(said.text, tokens[each.start].end)) or _is_parallel(said, each, at, dated)


_BEFORE_PART = frozenset({"los", "las", "el", "otros", "otras", "hoy", "ayer"})


def _is_parallel(said: Sentences, each: Mention, at: int, dated: bool) -> bool:
    """«2 asesorías *a* Jurídica, 3 *a* Sistemas»: what is said beside the number is said of one before."""
    tokens = said.tokens
    after = tokens[each.end] if each.end < len(tokens) else None
    numbers = [place for place in range(at) if tokens[place].is_number]
    if not numbers:
        return False
    part = tokens[max(0, numbers[-1] - 3) : at]
    if dated or (after is not None and after.role is Explained.DAY):
        return any(token.role is Explained.DAY for token in part)
    return (
        after is not None
        and after.text in ("a", "al", "en", "con", "para")
        and any(token.text == after.text or {token.text, after.text} == {"a", "al"} for token in part)
    )


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


def _effect(said: Sentences, mention: Mention, how: Counting) -> Effect:
    """What the text says of a mention; to what is only followed up or inspected nothing is done yet."""
    effect = effect_of_mention(mention, how)
    verb = said.tokens[mention.clause.verb].text if mention.clause.verb is not None else ""
    if verb in ("quedan", "queda", "sobran") and mention.clause.outcome is Completion.STATE:
        return Effect.STEP  # «contestamos 3 y quedan 2»
    if mention.clause.kind is VerbKind.TELL and _is_others(said, mention):
        return Effect.STEP  # «reportaron 8 fugas»
    if effect is Effect.COUNTS and mention.value is not None and _is_so_far(said, mention):
        return Effect.TOTAL
    if effect is Effect.TOTAL and mention.end < len(said.tokens) and said.tokens[mention.end].text == "mas":
        return Effect.COUNTS  # «sumamos 3 asesorías más»
    if effect is Effect.COUNTS and mention.part is Part.RECEIVER:
        given = {root(noun) for noun in objects_of(said, mention.clause)}
        return Effect.STEP if (given & PREPARING) - how.own - how.broad else effect
    return effect


def _is_others(said: Sentences, mention: Mention) -> bool:
    """Whether others than the writer told it: «reportaron», «reportó», but «reporto»."""
    verb = said.tokens[mention.clause.verb] if mention.clause.verb is not None else None
    past = mention.clause.strong and mention.clause.outcome is Completion.DONE
    return (
        verb is not None and past and (verb.text.endswith("ron") or (verb.stressed and verb.text[-1] == "o"))
    )


_TO_DATE = re.compile(
    r"\b(?:a la fecha|acumul[^\W\d_]{1,10}|al corte|con corte|al cierre|en el ano|van del ano)\b|"
    r"(?<!\d )(?<!\d de \w{5} )(?<!\d de \w{4} )\bal (?:dia )?\d{1,2} de|"
    r"\bcon (?:est[aeo]s?|es[ae]s?|(?:el|la|los|las)(?: \d{1,6})? de "
    r"(?:hoy|ayer))(?: \d{1,6})?(?: [^\W\d_]+)?(?: ya)? "
    r"(?:van|suman|sumamos|son|llevamos|llegamos|tenemos|completamos)"
)
_WITH_THIS = re.compile(
    r"\bcon (?:(?:el|la) de (?:hoy|ayer)|(?:est[ao]s|es[ao]s|l[oa]s)(?P<number> \d{1,6}))\b"
)


def _is_so_far(said: Sentences, mention: Mention) -> bool:
    """«Acumulado a la fecha: 961», «al 31 de julio: 54.6»: all there are by now."""
    start, end = said.tokens[mention.clause.first].start, said.tokens[mention.start].start
    before = said.text[max(start, end - 60, 0) : end]
    if mention.clause.first and said.text[start:end].strip() == "":
        before = said.text[max(0, end - 60) : end]
    return bool(_TO_DATE.search(before))


def _running(said: Sentences, running: Sequence[Mention], how: Counting) -> Sum:
    """A running total: one thing done beside it, all of it where the period is said, else a question."""
    if any(each.of is not None and each.level == 2 for each in running):
        return Sum(Effect.STEP)  # «van 2 de 4 sesiones del taller»
    if (found := _WITH_THIS.search(said.text)) is not None:
        return Sum(Effect.COUNTS, Decimal((found["number"] or "1").strip()))  # «con la de hoy ya van 7»
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
    return clause.outcome is Completion.DONE and effect_of_clause(clause, how) is Effect.COUNTS


def _places(said: Sentences, mentions: Sequence[Mention]) -> tuple[Span, ...]:
    return tuple(said.span(each.start, each.end) for each in mentions)
