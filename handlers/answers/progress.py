"""«¿Cómo va jurídica?», «¿cómo cerró?», «¿de dónde sale el 64 %?», «¿cuál va mejor?»."""

from dataclasses import replace

from handlers.answers import comparison, counts
from handlers.answers.scope import Scope, is_now, lines_of, scope_of, show, until
from handlers.chat import paging
from handlers.chat.context import TurnContext
from handlers.chat.conversations import Conversation, TopicAnswer
from handlers.chat.keyboards import button, rows
from handlers.progress import buttons
from handlers.progress import progress as pages
from handlers.progress.buttons import (
    LineOrigin,
    ProgressData,
    UnitOrigin,
    UnitProgress,
    WholeOrigin,
    WholeProgress,
)
from handlers.texts.answers import progress as texts
from handlers.texts.answers.questions import period as period_name
from handlers.texts.progress import progress as page_texts
from models.progress.progress import progress
from models.progress.status import ProgressStatus, UnitStatus
from models.quarter import Quarter
from models.rights import Action
from spanish.reading.questions import PeriodKind, Question, QuestionTopic, Slot
from spanish.writing import formats


def answer(context: TurnContext, asked: Question) -> None:
    """The page of `/avance`; of lines that are named by what they count, their figures."""
    scope = scope_of(context, asked, in_hand=True)
    if scope is None:
        return
    if asked.lines:
        counts.answer(context, asked)
    elif asked.unknown and not (scope.named or asked.whole or asked.own or asked.line):
        _choose(context, asked, scope)
    elif len(asked.units) > 1:
        comparison.answer(context, asked)
    else:
        _show(context, asked, scope)


def _choose(context: TurnContext, asked: Question, scope: Scope) -> None:
    context.incoming = replace(context.incoming, command="avance", arguments=" ".join(asked.unknown))
    context.preface = ""
    choices = buttons.choices(scope.programme.units, asked.line, scope.quarter)
    paging.choose(context, page_texts.unknown_words(asked.unknown), choices, [buttons.whole(scope.quarter)])


def _show(context: TurnContext, asked: Question, scope: Scope) -> None:
    """By the command, whose further pages then turn; of a day, a week or a month as it stood at its end."""
    begun = asked.period is not None and asked.period.first <= context.today
    if begun and asked.line is None and _says_a_day(context, asked) and len(scope.units) <= 1:
        _show_as_of(context, asked, scope)
        return
    named = scope.units[0].key.replace("-", " ") if scope.named else "institucion" if asked.whole else ""
    line = f"l{asked.line}" if asked.line is not None else ""
    when = f"t{scope.quarter.number} {scope.quarter.year}" if asked.period or asked.closed else ""
    arguments = " ".join(filter(None, [named, line, when]))
    context.incoming = replace(context.incoming, command="avance", arguments=arguments)
    if _says_a_day(context, asked) and asked.period is not None:
        said = period_name(asked.period, context.today)
        context.preface = texts.of_quarter(said, formats.quarter(scope.quarter))
    pages.ask(context)


def _says_a_day(context: TurnContext, asked: Question) -> bool:
    """Whether the period is none of those for which `/avance` has a page."""
    period = asked.period
    whole = (PeriodKind.QUARTER, PeriodKind.YEAR)
    return period is not None and period.kind not in whole and not is_now(period, context)


def _show_as_of(context: TurnContext, asked: Question, scope: Scope) -> None:
    """How the unit or the institution stood at the end of the period, and what the period added."""
    assert asked.period is not None
    period = until(asked.period, context)
    unit = scope.units[0] if scope.units else None
    status = progress(context.session, scope.programme, period.quarter, period.last, unit)
    if unit is None:
        text = page_texts.whole_page(status)
        data: ProgressData = WholeProgress(period.quarter)
    else:
        added = counts.added(context, scope.programme, period, unit)
        context.preface = texts.of_period(period_name(asked.period, context.today), added)
        text = page_texts.unit_page(status, status.units[0])
        data = UnitProgress(unit.id, period.quarter)
    context.say(text, [[button(formats.quarter(period.quarter), data)]])


def origin(context: TurnContext, asked: Question) -> None:
    """Where a figure comes from: that of the line, unit or institution that shows it."""
    scope = scope_of(context, asked, in_hand=True)
    if scope is None:
        return
    lines = lines_of(asked, scope) if asked.lines or asked.line is not None else []
    data: ProgressData | None = None
    if lines:
        data = LineOrigin(lines[0][1].id, 1, scope.quarter)
    elif asked.figure is not None:
        data = _showing(context, asked, scope)
        if data is None:
            context.preface = texts.no_such_figure(asked.figure)
    if data is None:
        whole = WholeOrigin(scope.quarter)
        data = UnitOrigin(scope.units[0].id, scope.quarter) if len(scope.units) == 1 else whole
    pages.press(show(context, data), data)


def _showing(context: TurnContext, asked: Question, scope: Scope) -> ProgressData | None:
    """What shows that percentage: first of one's own, then of everybody."""
    wanted = formats.shown(asked.figure) if asked.figure is not None else ""
    running = Quarter.of(context.today)
    for quarter in dict.fromkeys((scope.quarter, running, scope.quarter.previous)):
        programme = context.programmes.years.get(quarter.year)
        if programme is None:
            continue
        status = progress(context.session, programme, quarter, context.today)
        own = {unit.id for unit in scope.units}
        ordered = sorted(status.units, key=lambda each: each.unit.id not in own)
        for unit in ordered:
            if formats.shown(unit.exact) == wanted:
                return UnitOrigin(unit.unit.id, quarter)
            for line in unit.lines:
                if formats.shown(line.exact) == wanted:
                    return LineOrigin(line.line.id, 1, quarter)
        if formats.shown(status.exact) == wanted:
            return WholeOrigin(quarter)
    return None


def ranking(context: TurnContext, asked: Question) -> None:
    """The units by their progress, those asked for first."""
    scope = scope_of(context, asked, in_hand=True)
    if scope is None:
        return
    status = progress(context.session, scope.programme, scope.quarter, scope.day)
    worst_first = bool(asked.signals)
    ordered = sorted(status.units, key=lambda each: each.exact, reverse=not worst_first)
    data = WholeProgress(scope.quarter)
    keys = rows([_unit_button(each, status) for each in ordered], 2)
    context.say(texts.ranking(status, ordered, worst_first), [*keys, [button(page_texts.EVERYBODY, data)]])


def _unit_button(unit: UnitStatus, status: ProgressStatus) -> dict[str, str]:
    return button(page_texts.short(unit.unit.name), UnitProgress(unit.unit.id, status.quarter))


_HEEDS = frozenset((Slot.UNIT, Slot.LINE, Slot.PERIOD))
CONVERSATION = Conversation(
    answers=(
        TopicAnswer(QuestionTopic.PROGRESS, Action.READ_PROGRESS, answer, _HEEDS),
        TopicAnswer(QuestionTopic.ORIGIN, Action.READ_PROGRESS, origin, _HEEDS),
        TopicAnswer(QuestionTopic.RANKING, Action.READ_PROGRESS, ranking, frozenset((Slot.PERIOD,))),
    )
)
