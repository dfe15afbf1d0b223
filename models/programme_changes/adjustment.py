"""Adjustments: the only way to change a target's amount or plan, from a day on, with a reason and a letter.

The target's own row keeps the original ("metas programadas"), so every past date answers with the amount, the
plan and the way to combine then in force ("metas ajustadas").
"""

from collections.abc import Collection, Sequence
from datetime import date, datetime
from decimal import Decimal

from sqlmodel import Session, col, select

from models.combine import Combine, plan_fault
from models.errors import Rejected
from models.people import pin
from models.programme.field_types import LARGEST_AMOUNT
from models.programme.format import GivenTarget, scaled, unscaled
from models.programme.view import Plan, touch
from models.programme_changes.drafts import Adjusting
from models.rights import Member
from models.storage import audit
from models.storage.draft import Draft, save
from models.tables.programme import Adjustment, Line, Programme, Target

Terms = tuple[Decimal, tuple[Decimal | None, ...] | None, Combine]  # amount and plan, exact


def terms_in_force(session: Session, target: Target) -> Terms:
    """Return amount and plan of the target's newest adjustment, or the original ones without any."""
    newest = session.exec(
        select(Adjustment)
        .where(Adjustment.target_id == target.id)
        .order_by(col(Adjustment.adjusted_on).desc(), col(Adjustment.id).desc())
    ).first()
    source = newest or target
    return exact_terms(source.amount, source.plan, source.combine, target.decimals)


def exact_terms(amount: int, plan: list[int | None] | None, combine: Combine, decimals: int) -> Terms:
    """Stored integers as decimals."""
    exact = plan and tuple(None if each is None else unscaled(each, decimals) for each in plan)
    return unscaled(amount, decimals), exact or None, combine


def scaled_terms(given: GivenTarget) -> tuple[int, list[int | None] | None]:
    """Return a given target's amount and plan as integers, as they are stored."""
    plan = given.plan and [None if each is None else scaled(each, given.decimals) for each in given.plan]
    return scaled(given.amount, given.decimals), plan or None


def adjust(
    session: Session,
    target: Target,
    given: GivenTarget,
    *,
    on: date,
    reason: str,
    letter: str | None,
    now: datetime,
    actor: str,
) -> None:
    """Store an adjustment of the target from that day on, in the target's own decimals; audited."""
    before = terms_in_force(session, target)
    amount, plan = scaled_terms(given)
    made_by = int(actor.removeprefix("person:")) if actor.startswith("person:") else None
    adjustment = Adjustment(
        target_id=target.id or 0,
        adjusted_on=on,
        amount=amount,
        plan=plan,
        combine=given.combine,
        reason=reason,
        letter=letter,
        made_by=made_by,
        made_at=now,
    )
    session.add(adjustment)
    rate = given.combine.is_rate or before[2].is_rate
    after = {
        **_said((given.amount, given.plan, given.combine), rate),
        "on": on.isoformat(),
        "reason": reason,
        "letter": letter,
    }
    audit.record(session, now, actor, "adjust", f"target:{target.id}", _said(before, rate), after)


def check_amount(amount: int, decimals: int) -> None:
    """Raise `Rejected("amount_impossible")` if it is not positive, or above `LARGEST_AMOUNT`."""
    if not 0 < amount <= LARGEST_AMOUNT * 10**decimals:
        raise Rejected("amount_impossible", largest=LARGEST_AMOUNT)


def check_plan(plan: Plan, amount: int, decimals: int, combine: Combine = Combine.SUM) -> None:
    """Raises `Rejected("plan_does_not_add_up")`, of a rate `Rejected("plan_levels_wrong")`."""
    fault = plan_fault(combine, plan, amount)
    if fault is not None:
        total, asked = (f"{unscaled(each, decimals):f}" for each in (fault[1], amount))
        key = "plan_levels_wrong" if combine.is_rate else "plan_does_not_add_up"
        raise Rejected(key, total=total, amount=asked)


def adjust_target(session: Session, draft: Draft, content: Adjusting, member: Member, now: datetime) -> None:
    """Adjust the target as the draft says, after checking it again; audited.

    Raises `Rejected`: "pin_needed", "line_gone", "draft_incomplete", "nothing_adjusted", and as the checks
    above.
    """
    pin.require(session, member)
    target = session.get(Target, content.target_id)
    line = session.get(Line, target.line_id) if target else None
    if target is None or line is None:
        raise Rejected("line_gone")
    programme = session.get_one(Programme, line.programme_id)
    if content.amount is None or content.since is None or not content.reason:
        raise Rejected("draft_incomplete")
    check_amount(content.amount, target.decimals)
    before = terms_in_force(session, target)
    combine = before[2]
    if content.plan is not None:
        check_plan(content.plan, content.amount, target.decimals, combine)
    plan = None if content.plan is None else list(content.plan)
    exact = exact_terms(content.amount, plan, combine, target.decimals)
    if exact == before:
        raise Rejected("nothing_adjusted")
    given = GivenTarget(
        amount=exact[0], plan=exact[1], combine=combine, measure=target.measure, decimals=target.decimals
    )
    actor = audit.person(member.person_id)
    reason, letter = content.reason, content.letter
    adjust(session, target, given, on=content.since, reason=reason, letter=letter, now=now, actor=actor)
    touch(session, programme)
    draft.registered_at = now
    save(session, draft)


def _said(terms: Terms, rate: bool) -> dict[str, object]:
    """How amounts combine is said where they do not add up, or did not."""
    amount, plan, combine = terms
    said: dict[str, object] = {
        "amount": f"{amount:f}",
        "plan": plan and [None if each is None else f"{each:f}" for each in plan],
    }
    return {**said, "combine": combine.value} if rate else said


def adjustments_of(session: Session, target_ids: Collection[int]) -> Sequence[Adjustment]:
    """Return the adjustments of those targets, in order of the day from which they are in force."""
    query = select(Adjustment).where(col(Adjustment.target_id).in_(target_ids))
    return session.exec(query.order_by(col(Adjustment.adjusted_on), col(Adjustment.id))).all()
