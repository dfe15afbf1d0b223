"""Finds lines whose texts tell of more than counts: three documents are mentioned, and one counts.

An activity that registered nothing counts as one mentioned, if it begins with what the line produces
(«Proyecto de las Bases…», «Se trabaja la modificación…») and no other activity is about the same. There is no
finding if the line has an observation, if the target says when something counts (`counts_when`), or if the
line is demand-driven.
"""

import re
from collections.abc import Iterator
from decimal import Decimal

from reports.checks.amounts import registered
from reports.checks.finding import CheckScope, Finding, FindingKind
from reports.checks.kinds import begins_with
from reports.quarterly.content import LinePart, Report, TargetPart
from spanish.writing.folding import fold

_ABOUT = 25  # words at the beginning of a narrative that are compared
_STEM = 6  # letters of a word that are compared: «coordinación» equals «coordinar»
_SAME = 0.5  # share of common words from which on two texts are about the same


def check(report: Report) -> Iterator[Finding]:
    """Yield the findings on lines with one target."""
    for unit in report.units:
        for line in unit.lines:
            targets = [target for target in line.targets if not target.informative]
            if len(targets) != 1 or line.demand_driven or line.observation or targets[0].counts_when:
                continue
            counted, told = _told(line, targets[0])
            if told > counted:
                yield CheckScope(unit, line).found(
                    FindingKind.TOLD_NOT_COUNTED,
                    told=str(told),
                    counted=str(counted),
                    measure=targets[0].measure,
                )


def _told(line: LinePart, target: TargetPart) -> tuple[Decimal, Decimal]:
    """Return what the quarter's activities count, and the sum of that and what they only mention."""
    counted, known = Decimal(0), []
    for activity in line.activities:
        quantity, _ = registered(activity, target.measure)
        counted += quantity
        if quantity:
            known.append(_about(activity.narrative))
    told = counted
    for activity in line.activities:
        about = _about(activity.narrative)
        if registered(activity, target.measure)[0] or not begins_with(activity.narrative, target.measure):
            continue
        if not any(_same(about, other) for other in known):
            told += 1
        known.append(about)
    return counted, told


def _about(narrative: str) -> frozenset[str]:
    words = [word for word in re.findall(r"[a-z]+", fold(narrative)) if len(word) > 3]
    return frozenset(word[:_STEM] for word in words[:_ABOUT])


def _same(one: frozenset[str], other: frozenset[str]) -> bool:
    return len(one & other) >= _SAME * min(len(one), len(other))
