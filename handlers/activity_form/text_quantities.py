"""Fills the quantities of a draft's form from its text, and what the text leaves of them in doubt."""

from dataclasses import replace
from datetime import date

from handlers.activity_form.steps import PENDING, QUANTITY
from handlers.chat.context import TurnContext
from handlers.reading import readings as reading
from models.activities import registration
from models.combine import Combine
from models.errors import Rejected
from models.programme.view import LineView, UnitView
from models.storage.forms import ActivityForm, ClaimedQuantity
from spanish.reading.activity import Understood
from spanish.reading.activity.facts import Doubt, DoubtKind
from spanish.reading.activity.measures import MeasureKind, counting
from spanish.reading.acts import Act


def with_quantities(
    context: TurnContext, content: ActivityForm, before: str = "", known: Understood | None = None
) -> ActivityForm:
    """Take the quantities of the line's targets from the narrative, unless `before` says the same.

    `known` is an earlier reading of the narrative, used if it chose the same line.
    """
    found = context.programmes.line(content.line_id) if content.line_id is not None else None
    if found is None:
        return content
    _, unit, line = found
    if content.unread:
        return content
    if known is None or known.line_id != line.id:
        known = reading.of_line(context, content.narrative or "", unit, line)
    known = _with_doubts(known, line)
    if not (known.said or known.doubts):
        return content
    if before and _same_quantities(known, _of_line(context, before, unit, line)):
        return content
    try:
        return _claiming(content, line, known, content.ends_on or context.relative_to)
    except Rejected:  # a quantity too large: it is asked, and the answer checked
        return content


def read_of(context: TurnContext, content: ActivityForm, unit: UnitView, line: LineView) -> Understood | None:
    """Return how the card's text was understood; None for a text that was typed as a guided answer."""
    if not content.direct or not content.narrative or content.unread:
        return None
    return _of_line(context, content.narrative, unit, line)


def _of_line(context: TurnContext, text: str, unit: UnitView, line: LineView) -> Understood:
    """Return what the text says of the line, with the doubts that its targets leave."""
    return _with_doubts(reading.of_line(context, text, unit, line), line)


def _with_doubts(read: Understood, line: LineView) -> Understood:
    """Return the reading with people who do not add up as a doubtful quantity.

    Of a target that is no sum a running total is what counts, without a doubt.
    """
    on = read.ends_on or date.max
    rates = {each.id for each in line.targets if each.in_force(on).combine is not Combine.SUM}
    doubts = [each for each in read.doubts if each.kind is not DoubtKind.TOTAL or each.target_id not in rates]
    if read.unbalanced is None:
        return read if len(doubts) == len(read.doubts) else replace(read, doubts=tuple(doubts))
    counted = {each.target_id for each in read.said if each.quantity}
    counted |= {each.target_id for each in doubts}
    place = next(iter(read.where.people), (0, 0))
    doubts += [
        Doubt(DoubtKind.LOOSE, target.id, read.unbalanced.participants * 10**target.decimals, place)
        for target in line.targets
        if target.id not in counted and counting(target.measure).kind is MeasureKind.PEOPLE
    ]
    return replace(read, doubts=tuple(doubts))


def _same_quantities(now: Understood, before: Understood) -> bool:
    doubts = [[(each.kind, each.target_id, each.quantity) for each in read.doubts] for read in (now, before)]
    return now.said == before.said and doubts[0] == doubts[1]


def _claiming(content: ActivityForm, line: LineView, read: Understood, on: date) -> ActivityForm:
    """Return the content with the line's targets answered from the text; those not named get no quantity.

    A target about whose quantity there are doubts is asked, and where nothing is told as done each that
    would get none.
    """
    untold = read.act is not Act.TOLD
    told = content.forgetting(QUANTITY, PENDING)
    by_target = {each.target_id: each for each in read.said}
    doubted = {each.target_id for each in read.doubts}
    claims = []
    for target in line.targets:
        named = by_target.get(target.id)
        if target.id in doubted or (untold and (named is None or not named.quantity)):
            continue
        told = told.answering(f"{QUANTITY}.{target.id}")
        if named is None:
            continue
        registration.check_quantity(target, named.quantity, on)
        pending = min(named.pending or 0, named.quantity)
        claims.append(ClaimedQuantity(target_id=target.id, quantity=named.quantity, pending=pending))
        if named.pending is not None or not named.quantity or not target.counts_when:
            told = told.answering(f"{PENDING}.{target.id}")
    return told.model_copy(update={"claims": tuple(claims)})
