"""What a target asks for changes only by an adjustment: a date, a reason, an official letter.

The target's own row keeps the original ("metas programadas"), so every past date answers with the amount and
the plan then in force ("metas ajustadas").
"""

from datetime import date, datetime
from decimal import Decimal

from sqlmodel import Session, col, select

from models import audit
from models.programme import Adjustment, Target
from models.programme_format import GivenTarget, scaled, unscaled

Terms = tuple[Decimal, tuple[Decimal | None, ...] | None]  # amount and plan, exact


def terms_in_force(session: Session, target: Target) -> Terms:
    """What the target asks for after its newest adjustment; without one, what it asked for from the start."""
    newest = session.exec(
        select(Adjustment)
        .where(Adjustment.target_id == target.id)
        .order_by(col(Adjustment.adjusted_on).desc(), col(Adjustment.id).desc())
    ).first()
    source = newest or target
    return exact_terms(source.amount, source.plan, target.decimals)


def exact_terms(amount: int, plan: list[int | None] | None, decimals: int) -> Terms:
    """Stored integers as the decimals that they stand for."""
    exact = plan and tuple(None if each is None else unscaled(each, decimals) for each in plan)
    return unscaled(amount, decimals), exact or None


def scaled_terms(given: GivenTarget) -> tuple[int, list[int | None] | None]:
    """A given target's amount and plan as the tables hold them."""
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
    """From that day on the target asks for what is given, in the target's own decimals. Audited."""
    before = terms_in_force(session, target)
    amount, plan = scaled_terms(given)
    made_by = int(actor.removeprefix("person:")) if actor.startswith("person:") else None
    adjustment = Adjustment(
        target_id=target.id or 0,
        adjusted_on=on,
        amount=amount,
        plan=plan,
        reason=reason,
        letter=letter,
        made_by=made_by,
        made_at=now,
    )
    session.add(adjustment)
    after = {**_said((given.amount, given.plan)), "on": on.isoformat(), "reason": reason, "letter": letter}
    audit.record(session, now, actor, "adjust", f"target:{target.id}", _said(before), after)


def _said(terms: Terms) -> dict[str, object]:
    amount, plan = terms
    return {
        "amount": f"{amount:f}",
        "plan": plan and [None if each is None else f"{each:f}" for each in plan],
    }
