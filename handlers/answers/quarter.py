"""What belongs to a quarter's end: pending things, closes, deadlines, signatures, the report."""

from dataclasses import replace

from handlers.answers.scope import lines_of, scope_of
from handlers.chat.context import TurnContext
from handlers.chat.conversations import Conversation, TopicAnswer
from handlers.chat.keyboards import button, rows
from handlers.progress.buttons import UnitDuties
from handlers.quarter_end import report
from handlers.quarter_end.buttons import ShowCalendar, ShowReport, Sign
from handlers.texts.answers import quarter as texts
from handlers.texts.progress import progress as page_texts
from models.calendar import closing
from models.calendar.calendar import calendar
from models.quarter import Quarter
from models.rights import Action
from spanish.reading.questions import PeriodKind, Question, QuestionTopic, Slot
from spanish.reading.questions.period import of_month, of_quarter


def duties(context: TurnContext, asked: Question) -> None:
    """`/pendientes`."""
    _by_command(context, "pendientes", asked)


def dates(context: TurnContext, asked: Question) -> None:
    """`/calendario`; of a line that is named, when it ends."""
    scope = scope_of(context, asked, in_hand=True) if asked.line is not None else None
    found = lines_of(asked, scope) if scope is not None else []
    if scope is not None and found:
        calendar_of = [[button(texts.CALENDAR, ShowCalendar(0, scope.quarter))]]
        context.say(texts.line_ends(found, context.today), calendar_of)
    else:
        _by_command(context, "calendario", asked)


def _by_command(context: TurnContext, name: str, asked: Question) -> None:
    """The command with units and quarter as its arguments, so that its pages turn."""
    scope = scope_of(context, asked, in_hand=True)
    if scope is None:
        return
    units = [unit.key.replace("-", " ") for unit in scope.units if scope.named]
    named = units or (["institucion"] if asked.whole else [])
    when = [f"t{scope.quarter.number} {scope.quarter.year}"] if asked.period else []
    context.incoming = replace(context.incoming, command=name, arguments=" ".join([*named, *when]))
    context.conversations.commands[name].handle(context)


def deadlines(context: TurnContext, asked: Question) -> None:
    """Closes and lines that end within the period, by default this month."""
    scope = scope_of(context, asked, in_hand=True)
    if scope is None:
        return
    period = asked.period or of_month(context.today.year, context.today.month)
    days = calendar(context.session)
    near = [quarter for year in {period.first.year, period.last.year} for quarter in Quarter.all_of(year)]
    near.append(Quarter.of(period.first).previous)
    closes = sorted({quarter: days.close_day(quarter) for quarter in near}.items())
    ending = [
        (unit, line)
        for unit in scope.within
        for line in unit.lines
        if period.first <= line.ends_on <= period.last
    ]
    context.say(
        texts.deadlines(
            period,
            [(quarter, day) for quarter, day in closes if period.first <= day <= period.last],
            ending,
            days,
            context.today,
        ),
        [[button(texts.CALENDAR, ShowCalendar(0, scope.quarter))]],
    )


def unsigned(context: TurnContext, asked: Question) -> None:
    """Which units have signed the quarter, by default the last that ended, and which not."""
    ended_last = Quarter.of(context.today).previous
    if asked.period is None and ended_last.year in context.programmes.years:
        asked = replace(asked, periods=(of_quarter(ended_last),))
    scope = scope_of(context, asked, in_hand=True)
    if scope is None:
        return
    signed = closing.signed_units(context.session, scope.quarter)
    mine_alone = scope.named or asked.own or asked.mine
    units = scope.within if mine_alone else scope.programme.units
    without = [unit for unit in units if unit.id not in signed]
    ended = context.today > scope.quarter.last_day
    close = calendar(context.session).close_day(scope.quarter)
    keys = [button(page_texts.short(unit.name), UnitDuties(unit.id, scope.quarter, 0)) for unit in without]
    mine = [unit for unit in without if ended and context.member.may(Action.SIGN, unit.id)]
    signing = [[button(texts.sign(unit), Sign(unit.id, scope.quarter))] for unit in mine]
    text = texts.unsigned(
        scope.quarter, without, [unit for unit in units if unit.id in signed], ended, close, context.today
    )
    context.say(text, [*signing, *rows(keys, 2)])


def make_report(context: TurnContext, asked: Question) -> None:
    """The report's page; where a format is named, it is made at once."""
    if asked.subject == "slides":
        context.preface = texts.NO_SLIDES
    scope = scope_of(context, asked, in_hand=True)
    if scope is None:
        return
    period = asked.period
    if period is not None and period.kind is not PeriodKind.QUARTER:
        context.preface = texts.report_of(scope.quarter)
    if asked.format is None:
        _by_command(context, "informe", asked)
        return
    units = [] if asked.whole else list(scope.units)
    if len(units) > 1:
        context.preface = ""
        choices = [button(unit.name, ShowReport(unit.id, scope.quarter)) for unit in units]
        context.say(texts.WHICH_UNIT, rows(choices, 1))
        return
    report.order(context, scope.programme, scope.quarter, units[0] if units else None, asked.format)


_UNIT_PERIOD = frozenset((Slot.UNIT, Slot.PERIOD))
CONVERSATION = Conversation(
    answers=(
        TopicAnswer(QuestionTopic.DUTIES, Action.READ_PROGRESS, duties, _UNIT_PERIOD),
        TopicAnswer(QuestionTopic.CALENDAR, Action.READ_PROGRESS, dates, _UNIT_PERIOD | {Slot.LINE}),
        TopicAnswer(QuestionTopic.DEADLINES, Action.READ_PROGRESS, deadlines, _UNIT_PERIOD),
        TopicAnswer(QuestionTopic.UNSIGNED, Action.READ_PROGRESS, unsigned, _UNIT_PERIOD),
        TopicAnswer(
            QuestionTopic.REPORT,
            Action.REPORT,
            make_report,
            frozenset((Slot.UNIT, Slot.PERIOD, Slot.FORMAT)),
        ),
    )
)
