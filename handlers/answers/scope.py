"""Of which programme, quarter and units a question is."""

from dataclasses import dataclass, replace
from datetime import date, timedelta

from handlers.chat.context import TurnContext
from handlers.progress import progress as progress_pages
from handlers.progress import quarter_query
from handlers.texts.progress import progress as texts
from handlers.updates.callback_data import CallbackData
from models.calendar.calendar import calendar
from models.programme.view import LineView, ProgrammeView, UnitView
from models.quarter import Quarter
from spanish.reading.questions import PeriodKind, Question, QuestionPeriod


@dataclass(frozen=True)
class Scope:
    """`units` are those that are named, else the person's own; none: the institution.

    `day` is the last of the period, at most today: figures are as they stood then.
    """

    programme: ProgrammeView
    quarter: Quarter
    units: tuple[UnitView, ...]
    named: bool
    day: date

    @property
    def within(self) -> tuple[UnitView, ...]:
        """The units, all of them for the institution."""
        return self.units or self.programme.units


def scope_of(context: TurnContext, asked: Question, in_hand: bool = False) -> Scope | None:
    """The scope; None where there is no programme of that year, and the person was told so.

    Without a period it is the running quarter, for what counts by today, or with `in_hand` the one that
    people work on: until its close the one that ended. «Cómo cerró» is of the one that ended.
    """
    quarter = _quarter_of(context, asked, in_hand)
    programme = context.programmes.years.get(quarter.year)
    if programme is None and asked.period is None:
        programme = context.programmes.of(context.today) or context.programmes.newest()
        quarter = progress_pages.usual_quarter(programme.year, context) if programme else quarter
    if programme is None:
        context.refuse(texts.no_programme(quarter.year, sorted(context.programmes.years)))
        return None
    named = tuple(unit for unit in programme.units if unit.id in asked.units)
    units = named or (() if asked.whole else quarter_query.own_units(context, programme))
    day = min(asked.period.last, context.today) if asked.period else context.today
    return Scope(programme, quarter, units, bool(named), day)


def _quarter_of(context: TurnContext, asked: Question, in_hand: bool) -> Quarter:
    today, period = context.today, asked.period
    if period is None:
        if asked.closed:
            return Quarter.of(today).previous
        return calendar(context.session).quarter_in_hand(today) if in_hand else Quarter.of(today)
    if period.kind is PeriodKind.YEAR:
        return progress_pages.usual_quarter(period.first.year, context)
    return Quarter.of(max(period.first, min(period.last, today)))


def lines_of(asked: Question, scope: Scope) -> list[tuple[UnitView, LineView]]:
    """The lines that are named: of the named units, else one's own where some are, else everybody's."""
    if asked.line is not None:
        found = [(unit, line) for unit in scope.within if (line := unit.line(asked.line))]
    else:
        found = [(unit, line) for unit, line in scope.programme.lines() if line.id in asked.lines]
    ids = {unit.id for unit in scope.units}
    return [each for each in found if each[0].id in ids] or found


def until(period: QuestionPeriod, context: TurnContext) -> QuestionPeriod:
    """The period up to today: nothing was done after."""
    return replace(period, last=max(period.first, min(period.last, context.today)))


def is_now(period: QuestionPeriod | None, context: TurnContext) -> bool:
    """Whether figures of today are what is asked for: no period, today, or this year so far."""
    if period is None:
        return True
    if period.kind is PeriodKind.DAY:
        return period.last in (context.today, context.today + timedelta(days=1))
    return period.kind is PeriodKind.YEAR and period.first.year == context.today.year


def show(context: TurnContext, data: CallbackData) -> TurnContext:
    """Let a page be shown as by its button, whose data its further pages carry."""
    context.incoming = replace(context.incoming, data=data.pack(), callback_id=None)
    return context
