"""A small report in which each check has something to compare, and nothing to find."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import UTC, date, datetime
from decimal import Decimal
from fractions import Fraction
from typing import Any

from models.progress.signal import Signal
from models.quarter import Quarter
from models.tables.activity import AttendanceFacts, OptionalFacts
from reports.checks import Finding, FindingKind, check
from reports.quarterly.content import (
    ActivityPart,
    EntryPart,
    Figure,
    FigureGroup,
    FilePart,
    InstitutionPart,
    LinePart,
    Report,
    Seal,
    Series,
    TargetPart,
    UnitPart,
)

T1 = Quarter(2024, 1)
NOBODY = AttendanceFacts()
MOMENT = datetime(2024, 4, 2, 15, tzinfo=UTC)


def target(measure: str = "Actas", amount: int = 16, counted: int = 4, **more: Any) -> TargetPart:
    quarter = Fraction(amount, 4)
    plain = TargetPart(
        measure, False, None, Decimal(amount), Decimal(amount), Decimal(counted), Decimal(0), quarter,
        (quarter,) * 4, (),
    )  # fmt: skip
    return replace(plain, **more)


def activity(narrative: str = "Se hizo lo previsto.", number: int = 1, **more: Any) -> ActivityPart:
    """Return an activity on 13 March with 4 Actas.

    `entries` by measure may be numbers or (quantity, pending).
    """
    entries = more.pop("entries", {"Actas": 4})
    parts = tuple(
        EntryPart(measure, *map(Decimal, claimed if isinstance(claimed, tuple) else (claimed, 0)))
        for measure, claimed in entries.items()
    )
    on = more.pop("on", date(2024, 3, 13))
    plain = ActivityPart(
        number,
        1,
        on,
        on,
        narrative,
        narrative,
        (narrative,),
        OptionalFacts(),
        NOBODY,
        parts,
        (),
        (),
        (),
        None,
        MOMENT,
    )
    return replace(plain, **more)


def line(*activities: ActivityPart, targets: Sequence[TargetPart] = (target(),), **more: Any) -> LinePart:
    counting = [each for each in targets if not each.informative]
    exact = sum((Fraction(each.counted) for each in counting), Fraction(0)) / Fraction(
        sum(each.amount for each in counting)
    )
    plain = LinePart(
        1, "Actas de las sesiones", None, "16 Actas", date(2024, 1, 1), date(2024, 12, 31), False,
        tuple(targets), exact, Fraction(1, 4), Fraction(1, 4), f"{float(exact * 100):g}", Signal.GREEN,
        activities, (), None, None, None, None, {},
    )  # fmt: skip
    return replace(plain, **more)


def unit(*lines: LinePart, key: str = "juridica", name: str = "Dirección Jurídica", **more: Any) -> UnitPart:
    exact = sum((each.exact for each in lines), Fraction(0)) / max(len(lines), 1)
    plain = UnitPart(key, name, None, (), False, (), lines, exact, Fraction(1, 4), "25", Signal.GREEN, None)
    return replace(plain, **more)


def report(*units: UnitPart, **more: Any) -> Report:
    exact = sum((each.exact for each in units), Fraction(0)) / max(len(units), 1)
    institution = InstitutionPart("Secretaría", "SE", None, (), (), (), (), None, (), None, None, None)
    plain = Report(
        T1, True, T1.last_day, institution, "Informe", "Informe", (), units, exact, Fraction(1, 4), "25",
        Signal.GREEN, True, None, MOMENT, Seal((), 0, "0" * 64),
    )  # fmt: skip
    return replace(plain, **more)


def told(narrative: str, *targets: TargetPart, **more: Any) -> tuple[Finding, ...]:
    """Return what is found in the amounts if one activity on one line has that narrative."""
    lines = line(activity(narrative, **more), targets=targets or (target(),))
    return tuple(each for each in check(report(unit(lines))) if each.kind is not FindingKind.WORDING)


def kinds(found: Sequence[Finding]) -> list[FindingKind]:
    return [each.kind for each in found]


def photograph(sha256: str | None = "a" * 64, **more: Any) -> FilePart:
    plain = FilePart("photo", sha256, None, "image/jpeg", 1000, None, None, sha256 is not None)
    return replace(plain, **more)


def figures(*numbers: int, series: Series = Series.PHOTOGRAPH) -> FigureGroup:
    shown = tuple(Figure(series, number, "a" * 64, "b" * 64, "Asesorías") for number in numbers)
    return FigureGroup(shown, "Fotografías. Asesorías.")
