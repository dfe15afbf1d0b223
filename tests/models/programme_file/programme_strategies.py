"""Programmes of every shape for Hypothesis: valid ones, with awkward texts, nulls and exact decimals."""

from datetime import date
from decimal import Decimal
from typing import Any

from hypothesis import strategies as st

from models.clean_text import is_blank, without_invisible
from models.combine import Combine
from models.programme.field_types import FONTS
from models.programme.format import (
    BoardPart,
    CalendarSettings,
    GivenDesign,
    GivenLine,
    GivenTarget,
    GivenUnit,
    Indicator,
    Institution,
    Opening,
    Principle,
    ProgrammeFile,
    Signatory,
)

_LETTERS = st.characters(exclude_categories=["Cc", "Cs"], exclude_characters="\ufffe\uffff")
_AWKWARD = st.sampled_from(
    [
        "null",
        "true",
        "2024",
        "12.50",
        "2024-01-01",
        "- a",
        "a: b",
        "# a",
        "«¿?»",
        "<b>",
        "{{7*7}}",
        "'",
        '"',
        "~",
    ]
)
_WORDS = st.lists(st.text("abcñé:#-", min_size=1, max_size=9), min_size=12, max_size=40).map(" ".join)
_LINES = st.lists(st.text(_LETTERS, max_size=12) | _WORDS, min_size=1, max_size=4).map("\n".join)


def _sound(texts: st.SearchStrategy[str], limit: int) -> st.SearchStrategy[str]:
    """Cut the texts to the limit and leave out blank ones."""
    cut = texts.map(lambda text: text.strip()[:limit].strip())
    return cut.filter(lambda text: not is_blank(text) and bool(without_invisible(text).split()))


LABEL = _sound(st.text(_LETTERS, min_size=1, max_size=20) | _AWKWARD, 30)
TEXT = _sound(st.text(_LETTERS, min_size=1, max_size=60) | _AWKWARD | _WORDS | _LINES, 5000)
DAY = st.dates(date(2023, 1, 1), date(2025, 12, 31))
_KEY = st.from_regex(r"[a-z][a-z0-9]{0,5}(-[a-z0-9]{1,5}){0,2}", fullmatch=True)


def _maybe(strategy: st.SearchStrategy[Any]) -> st.SearchStrategy[Any]:
    return st.none() | strategy


def _folded(text: str) -> str:
    return " ".join(text.split()).casefold()


@st.composite
def _targets(draw: st.DrawFn, measure: str, measures: set[str], informative: bool) -> GivenTarget:
    """`measures` are all of the line's, and the words that stand for them so far."""
    decimals = draw(st.integers(0, 6))
    combine = draw(st.sampled_from(Combine))
    parts = draw(st.lists(st.integers(0, 10**8), min_size=4, max_size=4) | st.just([0] * 11 + [7]))
    scaled_amount = max(1, sum(parts))
    plan: list[Decimal | None] | None = [Decimal(part).scaleb(-decimals) for part in parts]
    if sum(parts) == 0 or draw(st.booleans()):
        plan = None
    elif draw(st.booleans()) and plan:
        plan[draw(st.integers(0, len(plan) - 1))] = None
    if combine.is_rate and plan is not None:  # the level of each period
        plan = [
            None if each is None else min(each, Decimal(scaled_amount).scaleb(-decimals)) for each in plan
        ]
        plan[-1] = draw(st.sampled_from((None, Decimal(scaled_amount).scaleb(-decimals))))
    opening = Opening(on=date(2024, 6, 30), counted=Decimal(7).scaleb(-decimals), source=draw(TEXT))
    return GivenTarget(
        amount=Decimal(scaled_amount).scaleb(-decimals),
        measure=measure,
        decimals=decimals,
        plan=None if plan is None else tuple(plan),
        counts_when=draw(_maybe(LABEL)),
        informative=informative,
        combine=combine,
        aliases=tuple(
            each
            for each in draw(st.lists(LABEL, max_size=3, unique_by=_folded))
            if _folded(each) not in measures
        ),
        opening=draw(_maybe(st.just(opening))),
    )


@st.composite
def _all_targets(draw: st.DrawFn, measures: list[str]) -> tuple[GivenTarget, ...]:
    taken = {_folded(each) for each in measures}
    found = []
    for at, measure in enumerate(measures):
        target = draw(_targets(measure, taken, bool(at)))
        taken |= {_folded(each) for each in target.aliases}
        found.append(target)
    return tuple(found)


@st.composite
def _lines(draw: st.DrawFn, number: int) -> GivenLine:
    measures = draw(st.lists(LABEL, min_size=1, max_size=2, unique_by=_folded))
    days = sorted([draw(DAY), draw(DAY)])
    return GivenLine(
        number=number,
        title=draw(LABEL),
        description=draw(_maybe(TEXT)),
        goal=draw(_maybe(TEXT)),
        starts_on=days[0],
        ends_on=days[1],
        demand_driven=draw(st.booleans()),
        in_force_from=draw(_maybe(st.dates(date(2024, 1, 1), date(2024, 6, 30)))),
        in_force_until=draw(_maybe(st.dates(date(2024, 6, 30), date(2024, 12, 31)))),
        indicator=draw(_maybe(st.builds(Indicator, name=_maybe(TEXT), baseline=_maybe(LABEL)))),
        targets=draw(_all_targets(measures)),
    )


@st.composite
def _units(draw: st.DrawFn, key: str) -> GivenUnit:
    numbers = draw(st.lists(st.integers(1, 999), min_size=1, max_size=2, unique=True))
    return GivenUnit(
        key=key,
        name=draw(LABEL),
        aliases=tuple(draw(st.lists(LABEL, max_size=3))),
        objective=draw(_maybe(TEXT)),
        strategy=draw(st.none() | TEXT | st.lists(TEXT, min_size=1, max_size=3).map(tuple)),
        lines=tuple(draw(_lines(number)) for number in sorted(numbers)),
    )


_SIGNATORY = st.builds(Signatory, role=LABEL, name=LABEL, post=_maybe(LABEL))


@st.composite
def programmes(draw: st.DrawFn) -> ProgrammeFile:
    """A valid programme of 2024."""
    keys = draw(st.lists(_KEY, min_size=1, max_size=2, unique=True))
    return ProgrammeFile(
        institution=Institution(
            name=draw(LABEL),
            short_name=draw(LABEL),
            mission=draw(_maybe(TEXT)),
            principles=tuple(draw(st.lists(st.builds(Principle, name=LABEL, text=TEXT), max_size=2))),
            acronyms=tuple(draw(st.lists(st.builds(Principle, name=LABEL, text=TEXT), max_size=2))),
            signatories=tuple(draw(st.lists(_SIGNATORY, max_size=2))),
            design=draw(
                _maybe(
                    st.builds(
                        GivenDesign,
                        font=_maybe(st.sampled_from(FONTS)),
                        accent=_maybe(st.just("1F3250")),
                        text_size=_maybe(st.integers(8, 13)),
                        units_on_new_page=_maybe(st.booleans()),
                    )
                )
            ),
            report_without=tuple(draw(st.lists(st.sampled_from(BoardPart), max_size=3, unique=True))),
        ),
        year=2024,
        calendar=CalendarSettings(
            timezone=draw(st.sampled_from(["America/Mexico_City", "America/Tijuana", "UTC"])),
            closes_after_working_days=draw(st.integers(0, 60)),
            holidays=tuple(draw(st.lists(DAY, max_size=3))),
        ),
        units=tuple(draw(_units(key)) for key in keys),
    )
