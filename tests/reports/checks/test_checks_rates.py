"""What a text says of a target whose amounts do not add up."""

from dataclasses import replace
from decimal import Decimal
from fractions import Fraction

import pytest

from models.combine import Combine
from reports.checks import FindingKind, check
from reports.quarterly.content import TargetPart
from tests.reports.checks.checks_sample import activity, line, report, target, unit

RATE = target("%", 90, 87, combine=Combine.LATEST, planned=Fraction(90), by_quarter=(Fraction(90),) * 4)
POINTS = target("Puntos", 9, 8, combine=Combine.AVERAGE, planned=Fraction(9), by_quarter=(Fraction(9),) * 4)


def found(value: int, narrative: str, kept: TargetPart, **more: str) -> list[FindingKind]:
    """Of an activity with that value, then one with the newest and that narrative."""
    entries = {kept.measure: value}, {kept.measure: int(kept.counted)}
    first = activity("Se midió lo del mes.", entries=entries[0])
    second = activity(narrative, number=2, entries=entries[1])
    told = check(report(unit(line(first, second, targets=(kept,), **more))))
    return [each.kind for each in told if each.kind in (FindingKind.AMOUNT_TOLD, FindingKind.PERCENTAGE_TOLD)]


@pytest.mark.parametrize(
    "narrative",
    [
        "Se alcanzó 87 % de solicitudes atendidas en menos de cinco días.",  # the value
        "Se alcanzó el 90 % que se había fijado.",  # the target
        "Se logró un avance del 97 %.",  # of the target
        "En enero se alcanzó el 80 % y en febrero se alcanzó el 87 %.",
    ],
)
def test_values_and_shares_of_a_rate_are_right(narrative: str) -> None:
    assert found(80, narrative, RATE) == []


@pytest.mark.parametrize("narrative", ["Se alcanzó el 93 %.", "Se logró un avance del 167 %."])
def test_neither_another_value_nor_their_sum_is(narrative: str) -> None:
    assert found(80, narrative, RATE) == [FindingKind.PERCENTAGE_TOLD]


def test_the_values_of_a_rate_do_not_add_up_in_a_statement() -> None:
    assert found(7, "Se midió.", POINTS, observation="Se obtuvieron 8 puntos.") == []
    assert found(7, "Se midió.", POINTS, observation="Se obtuvieron 7 puntos.") == []
    assert found(7, "Se midió.", POINTS, observation="Se obtuvieron 15 puntos.") == [FindingKind.AMOUNT_TOLD]
    summed = replace(POINTS, combine=Combine.SUM, counted=Decimal(8))
    assert found(7, "Se midió.", summed, observation="Se obtuvieron 15 puntos.") == []
