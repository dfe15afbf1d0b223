"""What an answer about an activity means: functions from content to content. Each may raise `Rejected`."""

from collections.abc import Callable
from typing import Any

from handlers.steps import (
    DAYS,
    DOCUMENTS,
    LINE,
    PENDING,
    PEOPLE,
    PLACE,
    QUANTITY,
    UNIT,
    capturable_units,
)
from handlers.talk import Talk
from handlers.understanding.days import fold, read_days
from handlers.understanding.participants import read_participants
from handlers.understanding.quantities import read_quantity
from models import registration
from models.errors import Rejected
from models.filled import Claim, Filled
from models.programme_view import LineView, TargetView, UnitView

NONE = "none"  # the value of «Sin participantes», «Sin lugar», «Sin oficios»
_EMPTY: dict[str, dict[str, Any]] = {
    PEOPLE: {"people": None},
    PLACE: {"place": None},
    DOCUMENTS: {"documents": ()},
}


def unit_of(talk: Talk, content: Filled) -> UnitView:
    unit = next((each for each in capturable_units(talk) if each.id == content.unit_id), None)
    if unit is None:
        raise Rejected("unit_unknown")
    return unit


def named_unit(talk: Talk, text: str) -> UnitView | None:
    said = fold(text)
    return next(
        (unit for unit in capturable_units(talk) if said in map(fold, (unit.name, unit.key, *unit.aliases))),
        None,
    )


def target_of(line: LineView, target_id: int) -> TargetView:
    target = next((each for each in line.targets if each.id == target_id), None)
    if target is None:
        raise Rejected("line_gone")
    return target


def take_nothing(content: Filled, step: str) -> Filled:
    return content.answering(step, **_EMPTY[step])


def take_unit(content: Filled, unit: UnitView | None) -> Filled:
    if unit is None:
        raise Rejected("unit_unknown")
    if unit.id == content.unit_id:
        return content.answering(UNIT)
    return content.forgetting(LINE, QUANTITY, PENDING).answering(
        UNIT, unit_id=unit.id, line_id=None, claims=()
    )


def take_line(content: Filled, line: LineView | None) -> Filled:
    if line is None:
        raise Rejected("line_unknown")
    if line.id == content.line_id:
        return content.answering(LINE)
    return content.forgetting(QUANTITY, PENDING).answering(LINE, line_id=line.id, claims=())


def take_quantity(talk: Talk, content: Filled, target: TargetView, step: str, text: str) -> Filled:
    quantity = read_quantity(text, target.decimals)
    registration.check_quantity(target, quantity, talk.today)
    claims = content.with_claim(Claim(target_id=target.id, quantity=quantity))
    return content.forgetting(f"{PENDING}.{target.id}").answering(step, claims=claims)


def take_pending(talk: Talk, content: Filled, target: TargetView, step: str, text: str) -> Filled:
    claim = content.claim(target.id)
    pending = read_quantity(text, target.decimals)
    if claim is None or pending > claim.quantity:
        raise Rejected("more_pending_than_done")
    return content.answering(step, claims=content.with_claim(claim.model_copy(update={"pending": pending})))


def _take_days(talk: Talk, content: Filled, text: str) -> Filled:
    starts_on, ends_on = read_days(text, talk.today)
    registration.check_days(talk.programmes, content.line_id or 0, starts_on, ends_on, talk.today)
    return content.answering(DAYS, starts_on=starts_on, ends_on=ends_on)


def _take_people(talk: Talk, content: Filled, text: str) -> Filled:
    return content.answering(PEOPLE, people=read_participants(text))


def _take_place(talk: Talk, content: Filled, text: str) -> Filled:
    registration.check_place(text)
    return content.answering(PLACE, place=text)


def _take_documents(talk: Talk, content: Filled, text: str) -> Filled:
    return content.answering(DOCUMENTS, documents=registration.split_documents(text))


TAKERS: dict[str, Callable[[Talk, Filled, str], Filled]] = {
    DAYS: _take_days,
    PEOPLE: _take_people,
    PLACE: _take_place,
    DOCUMENTS: _take_documents,
}
