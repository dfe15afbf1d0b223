"""The snapshot of a unit's quarter: all its figures and texts as canonical JSON.

Equal data give equal bytes. Shares are reduced fractions ("9/14"), amounts are exact decimals as text, people
are internal numbers. Figures are as of the quarter's last day; narratives, statements and evidence as of the
signature.
"""

import hashlib
import json
from datetime import date
from fractions import Fraction
from typing import Any

from sqlmodel import Session, col, select

from models.programme import plan
from models.programme.format import unscaled
from models.programme.view import LineView, ProgrammeView, TargetView, Terms, UnitView
from models.progress.figures import percentage
from models.progress.origins import LeftOut, Origin, origins, settled_by_day
from models.progress.status import LineStatus, TargetStatus, UnitStatus, progress_status
from models.progress.tally import tally
from models.quarter import Quarter
from models.quarter_end import statements
from models.quarter_end.snapshot_activities import activities_of
from models.quarter_end.summaries import summaries
from models.tables.programme import Adjustment, Line
from models.tables.summary import LineSummary

FORMAT = 1
ALL = 10**9  # entries on a page of origins


def snapshot(
    session: Session,
    programme: ProgrammeView,
    unit: UnitView,
    quarter: Quarter,
    on: date | None = None,
    salt: str = "",
) -> str:
    """Return the present snapshot, with figures as of the quarter's last day, or of `on` for a draft.

    A signed one holds a random `salt`, so that texts cannot be tried against its printed hash once a name and
    the salt were taken out (`models.operations.forgetting`).
    """
    on = on or quarter.last_day
    status = progress_status(
        programme, (unit,), tally(session, programme.id, on, unit.id), quarter, on
    ).units[0]
    presentation = statements.presentation(session, unit.id, quarter)
    return canonical(
        {
            "format": FORMAT,
            **({"salt": salt} if salt else {}),
            "quarter": quarter.key,
            "on": on.isoformat(),
            "institution": programme.institution,
            "calendar": programme.calendar,
            "unit": {
                "id": unit.id,
                "key": unit.key,
                "name": unit.name,
                "objective": unit.objective,
                "strategy": unit.strategy,
                **shares(status),
            },
            "presentation": statements.words(presentation) or None,
            "lines": _lines(session, status, quarter, on),
        }
    )


def canonical(content: dict[str, Any]) -> str:
    """Return JSON with sorted keys and without white space, for hashing."""
    return json.dumps(content, ensure_ascii=False, sort_keys=True, separators=(",", ":"))


def digest(text: str) -> str:
    """Return the SHA-256 of a snapshot, in hexadecimal."""
    return hashlib.sha256(text.encode()).hexdigest()


def shares(status: UnitStatus | LineStatus) -> dict[str, Any]:
    """Return the figures of a unit or line, and the percentage as printed: "64", "12.5", "<1"."""
    shown = percentage(status.exact)
    return {
        "exact": fraction(status.exact),
        "planned": fraction(status.planned),
        "due": fraction(status.due),
        "shown": "<1" if shown is None else f"{shown:f}",
        "signal": status.signal.value,
    }


def fraction(share: Fraction) -> str:
    return f"{share.numerator}/{share.denominator}"


def _lines(session: Session, status: UnitStatus, quarter: Quarter, on: date) -> list[dict[str, Any]]:
    ids = [each.line.id for each in status.lines]
    indicators = dict(session.exec(select(Line.id, Line.indicator).where(col(Line.id).in_(ids))).all())
    still = statements.no_activity_reasons(session, ids, quarter)
    observed = statements.observations(session, ids, quarter)
    activities = activities_of(session, status.unit, quarter, on)
    summed = summaries(session, ids, quarter)
    return [
        {
            **_line(each.line),
            **shares(each),
            "indicator": indicators.get(each.line.id),
            "activities_to_date": each.activities,
            "targets": [_target(session, each.line, target, quarter, on) for target in each.targets],
            "standstill": statements.words(still.get(each.line.id)) or None,
            "observation": statements.words(observed.get(each.line.id)) or None,
            "activities": activities.get(each.line.id, []),
            "summary": _summary(summed.get(each.line.id), activities.get(each.line.id, [])),
            "origins": _origins(session, each.line, on),
        }
        for each in status.lines
    ]


def _summary(row: LineSummary | None, activities: list[dict[str, Any]]) -> str | None:
    """Return the summing sentence if it was said of just these activities."""
    told = sorted([each["id"], each["version"]] for each in activities)
    return row.text if row is not None and row.activities == told else None


def _line(line: LineView) -> dict[str, Any]:
    return {
        "id": line.id,
        "number": line.number,
        "title": line.title,
        "description": line.description,
        **({"goal": line.goal} if line.goal else {}),
        "starts_on": line.starts_on.isoformat(),
        "ends_on": line.ends_on.isoformat(),
        "demand_driven": line.demand_driven,
        "in_force_from": line.in_force_from and line.in_force_from.isoformat(),
        "in_force_until": line.in_force_until and line.in_force_until.isoformat(),
    }


def _target(
    session: Session, line: LineView, status: TargetStatus, quarter: Quarter, on: date
) -> dict[str, Any]:
    """Return a target as programmed and as adjusted, and what counts of it."""
    target = status.target
    terms = [each for each in target.terms if each.since <= on]
    plans = (plan.by_quarter(line, target, quarter.year, day) for day in (date.min, on))
    programmed, adjusted = ([_part(each, target) for each in parts] for parts in plans)
    return {
        "id": target.id,
        "measure": target.measure,
        "decimals": target.decimals,
        "counts_when": target.counts_when,
        "informative": target.informative,
        "programmed": _amount(terms[0].amount, target.decimals),
        "amount": _amount(status.amount, target.decimals),
        "counted": _amount(status.counted, target.decimals),
        "pending": _amount(status.pending, target.decimals),
        "planned": _part(status.planned, target),
        "due": _part(status.due, target),
        "programmed_by_quarter": programmed,
        "by_quarter": adjusted,
        "terms": [_terms(each, target) for each in terms],
        "adjustments": _adjustments(session, target, on),
    }


def _amount(scaled: int, decimals: int) -> str:
    """Return 12.5 as "12.5", never "12.50"."""
    return f"{unscaled(scaled, decimals):f}"


def _part(scaled: Fraction, target: TargetView) -> str:
    return fraction(scaled / 10**target.decimals)


def _terms(terms: Terms, target: TargetView) -> dict[str, Any]:
    """`combine` only where it is no sum: earlier snapshots do not say it."""
    given = terms.plan and [None if each is None else _amount(each, target.decimals) for each in terms.plan]
    return {
        "since": terms.since.isoformat(),
        "amount": _amount(terms.amount, target.decimals),
        "plan": given,
        **({"combine": terms.combine.value} if terms.combine.is_rate else {}),
    }


def _adjustments(session: Session, target: TargetView, on: date) -> list[dict[str, Any]]:
    rows = session.exec(
        select(Adjustment)
        .where(Adjustment.target_id == target.id, Adjustment.adjusted_on <= on)
        .order_by(col(Adjustment.adjusted_on), col(Adjustment.id))
    ).all()
    return [
        {
            "on": each.adjusted_on.isoformat(),
            "amount": _amount(each.amount, target.decimals),
            "reason": each.reason,
            "letter": each.letter,
            **({"combine": each.combine.value} if each.combine.is_rate else {}),
        }
        for each in rows
    ]


def _origins(session: Session, line: LineView, on: date) -> list[dict[str, Any]]:
    """Return the entries of the year that add up to the line's figure, and those left out with the reason."""
    found = origins(session, line, on, size=ALL).origins
    settled = settled_by_day(session, line, on)
    return [
        _origin(each, settled.get((each.activity_id, each.target.id), []))
        for each in found
        if each.reason is not LeftOut.LATER
    ]


def _origin(each: Origin, settled: list[tuple[date, int]]) -> dict[str, Any]:
    return {
        "activity": each.activity_id,
        "target": each.target.id,
        "ends_on": each.ends_on.isoformat(),
        "narrative": each.narrative,
        "opening": each.opening,
        "counted": _amount(each.counted, each.target.decimals),
        "left_out": _amount(each.left_out, each.target.decimals),
        "reason": each.reason.value if each.reason else None,
        "settled": [
            {"on": day.isoformat(), "quantity": _amount(quantity, each.target.decimals)}
            for day, quantity in settled
        ],
    }
