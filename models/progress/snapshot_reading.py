"""Reads a signed snapshot: the unit's status and the origins of its figures."""

import json
from collections.abc import Collection
from datetime import date
from decimal import Decimal
from fractions import Fraction
from functools import lru_cache
from typing import Any

from models.activities.attendance import Attended
from models.combine import Combine
from models.programme.format import scaled
from models.programme.view import LineView, TargetView, Terms, UnitView
from models.progress.origins import LeftOut, Origin, OriginsPage
from models.progress.signal import Signal
from models.progress.status import LineStatus, TargetStatus, UnitStatus

Content = dict[str, Any]


@lru_cache(maxsize=64)
def restore(text: str) -> UnitStatus:
    """Return the unit's status as signed; nothing is computed again."""
    return restore_status(read(text))


def restore_status(content: Content) -> UnitStatus:
    """Return the unit's status from a parsed snapshot."""
    lines = tuple(_line(each, content["unit"]["id"]) for each in content["lines"])
    said = content["unit"]
    unit = UnitView(
        id=said["id"],
        key=said["key"],
        name=said["name"],
        aliases=(),
        objective=said["objective"],
        strategy=said["strategy"],
        lines=tuple(each.line for each in lines),
    )
    exact, planned, due = (Fraction(said[name]) for name in ("exact", "planned", "due"))
    return UnitStatus(unit, lines, exact, planned, due, Signal(said["signal"]))


def origins(text: str, line_id: int, page: int, size: int) -> OriginsPage:
    """Return a page of a line's signed entries, like `models.progress.origins.origins`."""
    line = next((each for each in read(text)["lines"] if each["id"] == line_id), None)
    entries = line["origins"] if line else []
    targets = {each["id"]: _target(each).target for each in line["targets"]} if line else {}
    pages = max(1, -(-len(entries) // size))
    page = min(max(page, 1), pages)
    shown = entries[(page - 1) * size : page * size]
    return OriginsPage(tuple(_origin(each, targets[each["target"]]) for each in shown), page, pages)


def attended(text: str, line_ids: Collection[int] = ()) -> Attended:
    """Return how many took part in the signed activities of the quarter, on those lines or on all."""
    told = [
        activity
        for line in read(text)["lines"]
        if not line_ids or line["id"] in line_ids
        for activity in line["activities"]
        if activity["participants"] is not None
    ]
    total, women, men = (sum(each[name] or 0 for each in told) for name in ("participants", "women", "men"))
    return Attended(len(told), total, women, men, total - women - men)


def read(text: str) -> Content:
    """Return the parsed snapshot."""
    content: Content = json.loads(text)
    return content


def _line(said: Content, unit_id: int) -> LineStatus:
    targets = tuple(_target(each) for each in said["targets"])
    line = LineView(
        id=said["id"],
        unit_id=unit_id,
        number=said["number"],
        title=said["title"],
        description=said["description"],
        starts_on=date.fromisoformat(said["starts_on"]),
        ends_on=date.fromisoformat(said["ends_on"]),
        demand_driven=said["demand_driven"],
        targets=tuple(each.target for each in targets),
        in_force_from=_day(said["in_force_from"]),
        in_force_until=_day(said["in_force_until"]),
        goal=said.get("goal"),  # earlier snapshots have none
    )
    exact, planned, due = (Fraction(said[name]) for name in ("exact", "planned", "due"))
    signal, activities = Signal(said["signal"]), said["activities_to_date"]
    return LineStatus(line, targets, exact, planned, due, signal, activities)


def _target(said: Content) -> TargetStatus:
    decimals = said["decimals"]
    target = TargetView(
        id=said["id"],
        measure=said["measure"],
        decimals=decimals,
        counts_when=said["counts_when"],
        informative=said["informative"],
        terms=tuple(_terms(each, decimals) for each in said["terms"]),
    )
    amount, counted, pending = (_scaled(said[name], decimals) for name in ("amount", "counted", "pending"))
    planned, due = (Fraction(said[name]) * 10**decimals for name in ("planned", "due"))
    return TargetStatus(target, amount, counted, pending, planned, due, target.terms[-1].combine)


def _terms(said: Content, decimals: int) -> Terms:
    plan = said["plan"] and tuple(None if each is None else _scaled(each, decimals) for each in said["plan"])
    combine = Combine(said.get("combine", Combine.SUM))  # earlier snapshots know only sums
    return Terms(date.fromisoformat(said["since"]), _scaled(said["amount"], decimals), plan, combine)


def _day(said: str | None) -> date | None:
    return None if said is None else date.fromisoformat(said)


def _scaled(amount: str, decimals: int) -> int:
    return scaled(Decimal(amount), decimals)


def _origin(said: Content, target: TargetView) -> Origin:
    return Origin(
        activity_id=said["activity"],
        target=target,
        ends_on=date.fromisoformat(said["ends_on"]),
        narrative=said["narrative"],
        opening=said["opening"],
        counted=_scaled(said["counted"], target.decimals),
        left_out=_scaled(said["left_out"], target.decimals),
        reason=LeftOut(said["reason"]) if said["reason"] else None,
    )
