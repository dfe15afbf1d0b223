"""How much of each target of a line a text says was done, what it leaves open, and where it says so."""

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from decimal import Decimal

from models.activities.registration import check_quantity
from models.errors import Rejected
from models.programme.view import LineView, TargetView
from models.storage.forms import Participants
from spanish.reading.activity.corrections import is_corrected
from spanish.reading.activity.effects import Effect, effect_of_clause, effect_of_mention
from spanish.reading.activity.facts import Doubt, DoubtKind, Said
from spanish.reading.activity.implied import implied, lacks_something
from spanish.reading.activity.lists import two_named
from spanish.reading.activity.loose import loose_numbers
from spanish.reading.activity.measures import Counting, MeasureKind, counting, counting_on
from spanish.reading.activity.mentions import Mention, find_mentions
from spanish.reading.activity.parts import Part, objects_of
from spanish.reading.activity.rates import multiplied
from spanish.reading.activity.rows import names_in_row
from spanish.reading.activity.safety import QuantityEvidence, weaknesses
from spanish.reading.activity.sums import add_up
from spanish.reading.activity.waiting import ALL, find_waiting, waiting_by_verb
from spanish.reading.clauses.conjugation import Tense
from spanish.reading.clauses.sentences import Sentences
from spanish.reading.clauses.verbs import verb_of
from spanish.reading.dates.units import Days
from spanish.reading.spoken import Span
from spanish.reading.wording import root

# «Sesión extraordinaria», and nowhere an ordinary one.
_EXTRAORDINARY = re.compile(r"^(?!.*\bord(?:inari|\b)).*extraord", re.DOTALL)


@dataclass(frozen=True)
class QuantityReading:
    """What is said of each target, where in the original, and what is to be asked."""

    said: tuple[Said, ...] = ()
    places: tuple[Span, ...] = ()
    doubts: tuple[Doubt, ...] = ()
    unread: bool = False  # a number is said that cannot be one of the target: «2.5 asesorías»


def find_quantities(
    said: Sentences, line: LineView, people: Participants | None, days: Days
) -> QuantityReading:
    """What is said of each target of the line; nothing of those of which nothing sure is said."""
    counted = [target for target in line.targets if not target.informative] or list(line.targets)
    how = {target.id: counting_on(line, target) for target in line.targets}
    if _EXTRAORDINARY.search(said.text):
        how = {each: replace(one, by_meeting=False) for each, one in how.items()}
    mentioned = {each: list(multiplied(said, find_mentions(said, how[each]), days)) for each in how}
    named = [target for target in line.targets if _is_named(mentioned[target.id])]
    found: list[Said] = []
    places: list[Span] = []
    doubts: list[Doubt] = []
    unread = False
    for target in line.targets:
        alone = counted == [target] or named == [target]
        open_ = _is_open(said, line, target)
        one = _of_target(said, target, how[target.id], mentioned[target.id], people, alone, open_)
        unread = unread or one.unread
        doubts += one.doubts
        for each in one.said:
            if _allowed(target, each.quantity, days[1]):
                found.append(each)
                places += one.places
            else:
                unread = True
        doubts += _vague(said, target, one)
        if alone and one.said and not one.doubts:
            doubts += _left_over(said, target, how[target.id], mentioned[target.id], one)
    if not found and not doubts and not unread and counted:
        spoken_of = [target for target in counted if target in named]
        target = (spoken_of or counted)[0]
        open_ = _is_open(said, line, target)
        one = _unmentioned(said, target, how[target.id], bool(spoken_of) or len(counted) == 1, open_)
        found += one.said
        doubts += one.doubts
    read = QuantityReading(tuple(found), tuple(places), tuple(doubts))
    weak = [
        each
        for target in counted
        if any(each.target_id == target.id for each in found)
        for each in _weak(said, target, how[target.id], mentioned, read)
    ]
    return replace(read, doubts=(*doubts, *weak)) if not doubts else read


def _weak(
    said: Sentences,
    target: TargetView,
    how: Counting,
    mentioned: Mapping[int, Sequence[Mention]],
    read: QuantityReading,
) -> Iterator[Doubt]:
    """Why the target's quantity may be another."""
    explained = frozenset(
        said.tokens[each.start].start
        for target_id, mentions in mentioned.items()
        for each in mentions
        if target_id != target.id and each.level is not None
    )
    quantity = next(each.quantity for each in read.said if each.target_id == target.id)
    value = Decimal(quantity).scaleb(-target.decimals)
    for each in weaknesses(QuantityEvidence(said, how, mentioned[target.id], value, read.places, explained)):
        scaled = _scaled(each.quantity, target.decimals)
        if scaled is not None:
            yield Doubt(DoubtKind.WEAK, target.id, scaled, said.span(each.first, each.last), each.reason)


_OR = re.compile(r"\b\d{1,6} (?:o|u) (?:tal vez |quiza |hasta )?\d{1,6}\b")


def _vague(said: Sentences, target: TargetView, read: QuantityReading) -> list[Doubt]:
    """The quantity to be asked where it is told by about how much: «entre 3 y 5», «más de 6», «3 o 4»."""
    told = [each for each in read.said if each.quantity]
    about = [each for each in said.amounts.values() if each.approximate and _ABOUT.search(said.text)]
    places = [said.spoken.span(*each.place) for each in about]
    vague = any(a < d and c < b for a, b in places for c, d in read.places) or bool(_OR.search(said.text))
    if not told or not read.places or not vague:
        return []
    return [Doubt(DoubtKind.LOOSE, target.id, told[0].quantity, read.places[0])]


_ABOUT = re.compile(r"\b(?:entre|mas de|menos de|casi|alrededor de|cerca de|aproximad\w{1,6}|aprox)\b")


def _left_over(
    said: Sentences,
    target: TargetView,
    how: Counting,
    mentions: Sequence[Mention],
    read: QuantityReading,
) -> list[Doubt]:
    """Numbers of the measure's parts that are in no sum: «3 mantenimientos, 5 impresoras»."""
    quantity = read.said[0].quantity
    numbers = [
        each
        for each in mentions
        if each.value is not None
        and (each.level in (1, 2) or (each.level is None and read.places))
        and each.part in (Part.OBJECT, Part.RECEIVER)
        and said.span(each.start, each.end) not in read.places
        and effect_of_mention(each, how) is Effect.COUNTS
        and not _is_part(said, each)
        and not _is_among_them(said, each, mentions)
    ]
    values = [_scaled(each.value or Decimal(0), target.decimals) or 0 for each in numbers]
    wholes = [
        each.value for each in mentions if each.value and each.level == 0 and _is_apart(said, each, read)
    ]
    whole = _scaled(sum(wholes, Decimal(0)), target.decimals) or 0
    if (
        not quantity
        or not numbers
        or quantity in (sum(values), sum(values) + whole)
        or how.kind is MeasureKind.PRODUCT
    ):
        return []
    return [
        Doubt(DoubtKind.LOOSE, target.id, value, said.span(each.start, each.end))
        for each, value in zip(numbers, values, strict=True)
        if value
    ]


def _is_among_them(said: Sentences, each: Mention, mentions: Sequence[Mention]) -> bool:
    """«7 verificaciones, *2 con* observaciones», «7 solicitudes, *3 de ellas*», «3 cuestionarios *911*»."""
    if each.level is not None:
        return False
    after = [said.tokens[at].text for at in range(each.start + 1, min(each.start + 3, len(said.tokens)))]
    some = after[:1] in (["con"], ["sin"]) or (after[:1] == ["de"] and after[-1][:2] in ("el", "es"))
    smaller = any(other.value is not None and other.value > (each.value or 0) for other in mentions)
    named = any(other.end == each.start and other.value is not None for other in mentions)
    return named or (some and smaller and each.start > 0 and said.tokens[each.start - 1].text == ",")


def _is_apart(said: Sentences, each: Mention, read: QuantityReading) -> bool:
    return said.span(each.start, each.end) not in read.places


def _is_part(said: Sentences, each: Mention) -> bool:
    """Whether the number stands in a list of what a whole is made of: after a colon, in brackets."""
    before = said.text[: said.tokens[each.start].start]
    return ":" in before or before.count("(") > before.count(")")


def _is_named(mentions: Iterable[Mention]) -> bool:
    return any(each.level == 0 for each in mentions)


def _of_target(
    said: Sentences,
    target: TargetView,
    how: Counting,
    mentions: Sequence[Mention],
    people: Participants | None,
    alone: bool,
    open_: bool,
) -> QuantityReading:
    one = 10**target.decimals
    if how.ordinary and _EXTRAORDINARY.search(said.text):
        return QuantityReading((Said(target.id, 0, None),))
    pending, gone = find_waiting(said.text, target) if target.counts_when else (None, None)
    if target.counts_when and pending is None:
        pending = waiting_by_verb(said, target)
    if gone is not None:
        mentions = [each for each in mentions if not gone[0] <= said.tokens[each.start].start < gone[1]]
    if how.kind is MeasureKind.PEOPLE:
        if people is None:
            return QuantityReading()
        count = 0 if not target.informative and _is_step(said, how) else people.participants
        return QuantityReading((Said(target.id, count * one, None),))
    summed = add_up(said, mentions, how, alone, open_)
    quantity = _scaled(summed.value, target.decimals) if summed.value is not None else None
    if summed.value is not None and quantity is None:
        return QuantityReading(unread=True)
    if summed.total is not None and quantity is None and summed.effect is Effect.TOTAL:
        whole = _scaled(summed.total, target.decimals)
        if whole is None:
            return QuantityReading()
        doubt = Doubt(DoubtKind.TOTAL, target.id, whole, summed.places[0])
        return QuantityReading((Said(target.id, whole, None),), doubts=(doubt,))
    if summed.effect is Effect.STEP and pending is None:
        of_it = [each for each in mentions if each.part not in (Part.OF, Part.PURPOSE)]
        return (
            QuantityReading((Said(target.id, 0, None),)) if alone or _is_named(of_it) else QuantityReading()
        )
    if quantity is None:
        if pending is ALL and _is_named(mentions):
            return QuantityReading((Said(target.id, one, one),))
        return QuantityReading()
    waiting = quantity if pending is ALL else pending
    if waiting is not None and waiting > quantity:
        waiting = None
    return QuantityReading((Said(target.id, quantity, waiting),), summed.places)


def _unmentioned(
    said: Sentences, target: TargetView, how: Counting, sure: bool, open_: bool
) -> QuantityReading:
    """Where no quantity is said of any target: one thing done, or a step.

    `sure`: it is this target that is spoken of; `open_`: something of it is missing.
    """
    step, one = Said(target.id, 0, None), 10**target.decimals
    if not sure:
        return QuantityReading((step,)) if any(map(str.isalpha, said.text)) else QuantityReading()
    effect = Effect.STEP if open_ else implied(said, how)
    if effect is Effect.COUNTS and how.kind is MeasureKind.AMOUNT:
        return QuantityReading()
    if effect is not Effect.STEP and how.kind is not MeasureKind.PEOPLE:
        if doubts := _loose(said, target, how):
            guess = QuantityReading((Said(target.id, _guess(doubts, how) or one, None),), doubts=doubts)
            return replace(guess, doubts=()) if _is_doing_to(said, how) else guess
        if how.kind is MeasureKind.THING or effect is Effect.UNSURE:
            return QuantityReading()
        if (row := names_in_row(said, how)) is not None:
            place = said.span(row.first, row.last)
            return QuantityReading((Said(target.id, row.number * one, None),), (place,))
        if how.kind is MeasureKind.ENTITY and (names := _names(said, how)) > 1:
            return QuantityReading((Said(target.id, names * one, None),))
        two = two_named(said, how)
        return QuantityReading((Said(target.id, 2 * one if two else one, None),), two.places if two else ())
    return QuantityReading() if effect is Effect.UNSURE else QuantityReading((step,))


def _is_doing_to(said: Sentences, how: Counting) -> bool:
    """«Dimos mantenimiento a 25 compus y 8 proyectores»: what the line does is done to all of them."""
    return how.kind is MeasureKind.THING and any(
        how.doing & {root(noun) for noun in objects_of(said, each)}
        for each in said.clauses
        if each.strong and effect_of_clause(each, how) is Effect.COUNTS
    )


def _loose(said: Sentences, target: TargetView, how: Counting) -> tuple[Doubt, ...]:
    """The numbers that nothing explains in a clause that tells of something done."""
    found: list[tuple[str, Doubt]] = []
    for each in loose_numbers(said, find_mentions(said, how), how):
        scaled = _scaled(each.value or Decimal(0), target.decimals)
        told = each.clause.strong or each.clause.participle or how.kind in _HEADED
        if scaled and told and effect_of_clause(each.clause, how) is Effect.COUNTS:
            noun = said.tokens[each.end - 1].text
            if found and (verb := verb_of(noun)) is not None and verb.tense is Tense.PARTICIPLE:
                continue  # «318 casas…, 41 cerradas»
            if is_corrected(said, each):  # «5 proyectores… no, fueron 6 proyectores»
                found = [pair for pair in found if pair[0] != noun]
            doubt = Doubt(DoubtKind.LOOSE, target.id, scaled, said.span(each.start, each.end))
            found.append((noun, doubt))
    return tuple(doubt for _, doubt in found)


# Of these a heading tells, too: «3 funciones de teatro».
_HEADED = frozenset({MeasureKind.EVENT, MeasureKind.UNIT_OF_WORK, MeasureKind.THING, MeasureKind.AMOUNT})


def _names(said: Sentences, how: Counting) -> int:
    """How many are named as what was done to: «quedaron conectados el ISSTECH y la CEAM»."""
    return max(
        (
            len(objects_of(said, each))
            for each in said.clauses
            if each.strong and not each.relative and effect_of_clause(each, how) is Effect.COUNTS
        ),
        default=0,
    )


def _guess(doubts: Sequence[Doubt], how: Counting) -> int:
    """What the numbers that nothing explains come to; nothing of what is made, which they only describe."""
    if how.kind in (MeasureKind.PRODUCT, MeasureKind.ENTITY):
        return 0
    first, *rest = (each.quantity for each in doubts)
    return first if sum(rest) == first else first + sum(rest)


def _is_open(said: Sentences, line: LineView, target: TargetView) -> bool:
    """Whether something is missing of what is made; what its condition waits for is counted apart.

    Of what is drawn up («proyectos») signatures may be missing.
    """
    if counting(target.measure, target.aliases).kind is not MeasureKind.PRODUCT:
        return False
    waiting = (find_waiting(said.text, each)[1] for each in line.targets if each.counts_when)
    apart = next(filter(None, waiting), None)
    return lacks_something(said, apart, unsigned="proyecto" in line.title.lower())


def _is_step(said: Sentences, how: Counting) -> bool:
    effects = [effect_of_clause(each, how) for each in said.clauses if not each.relative]
    return Effect.COUNTS not in effects and Effect.STEP in effects


def _scaled(value: Decimal, decimals: int) -> int | None:
    scaled = value.scaleb(decimals)
    return int(scaled) if scaled == scaled.to_integral_value() else None


def _allowed(target: TargetView, quantity: int, on: date) -> bool:
    try:
        check_quantity(target, quantity, on)
    except Rejected:
        return False
    return True
