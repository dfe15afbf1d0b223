"""«¿Cuántas actas llevamos?», «¿cuántos mantenimientos hicieron en febrero?», «¿cuántas nos faltan?»."""

from datetime import date

from handlers.activities.buttons import ShowActivities
from handlers.activities.listing import Listing
from handlers.answers.scope import Scope, is_now, lines_of, scope_of, show, until
from handlers.chat.context import TurnContext
from handlers.chat.conversations import Conversation, TopicAnswer
from handlers.chat.keyboards import Keyboard, button, rows
from handlers.progress import progress as pages
from handlers.progress.buttons import LineOrigin, LineProgress
from handlers.texts.answers import counts as texts
from handlers.texts.progress import progress as page_texts
from models.programme.view import LineView, ProgrammeView, TargetView, UnitView
from models.progress.progress import progress
from models.progress.status import LineStatus, UnitStatus
from models.progress.tally import Tally, tally_between
from models.quarter import Quarter
from models.rights import Action
from spanish.reading.questions import Question, QuestionPeriod, QuestionTopic, Slot, same_word
from spanish.writing.folding import fold
from spanish.writing.measures import counted

SHOWN = 10  # lines on a screen


def answer(context: TurnContext, asked: Question) -> None:
    """The lines that are named: how much to date, or of a period its own sum."""
    scope = scope_of(context, asked)
    if scope is None:
        return
    found = lines_of(asked, scope)
    if not found:
        _say_unknown(context, asked, scope)
        return
    status = progress(context.session, scope.programme, scope.quarter, context.today)
    wanted = {line.id for _, line in found}
    chosen = [(unit, line) for unit in status.units for line in unit.lines if line.line.id in wanted]
    if asked.period is not None and not is_now(asked.period, context):
        _say_period(context, asked, scope, wanted)
    elif len(chosen) == 1:
        _say_line(context, asked, scope, *chosen[0])
    else:
        keys = [_line_button(unit.unit, line.line, scope) for unit, line in chosen[:SHOWN]]
        more = texts.more_lines(len(chosen) - SHOWN) if len(chosen) > SHOWN else ""
        if asked.missing:
            context.preface = texts.missing([_targets(line, asked) for _, line in chosen[:SHOWN]])
        context.say(page_texts.lines_page(status, chosen[:SHOWN]) + more, rows(keys, 2))


def _say_line(
    context: TurnContext, asked: Question, scope: Scope, unit: UnitStatus, line: LineStatus
) -> None:
    if asked.missing:
        context.preface = texts.missing([_targets(line, asked)])
    data = LineProgress(line.line.id, scope.quarter)
    pages.press(show(context, data), data)


def _targets(line: LineStatus, asked: Question) -> list[tuple[TargetView, int, int]]:
    """Of the targets that are asked for: counted, and in all."""
    named = set(_named([each.target for each in line.targets], asked))
    return [(each.target, each.counted, each.amount) for each in line.targets if each.target.id in named]


def _named(targets: list[TargetView], asked: Question) -> list[int]:
    """The targets whose measure is said, or all."""
    said = [
        each.id
        for each in targets
        if any(same_word(word, other) for word in asked.words for other in fold(each.measure).split())
    ]
    return said or [each.id for each in targets]


def _say_period(context: TurnContext, asked: Question, scope: Scope, wanted: set[int]) -> None:
    """The period's own sum, what the year has by now, and the activities that make it up."""
    assert asked.period is not None
    last = min(context.today, date(scope.programme.year, 12, 31))
    status = progress(context.session, scope.programme, Quarter.of(last), context.today)
    found = [(unit, line) for unit in status.units for line in unit.lines if line.line.id in wanted]
    period = until(asked.period, context)
    sums = tally_between(context.session, scope.programme.id, period.first, period.last)
    parts = [
        texts.LineSum(
            unit.unit,
            line,
            tuple(
                target
                for target in line.targets
                if target.target.id in _named([t.target for t in line.targets], asked)
            ),
            sums,
        )
        for unit, line in found[:SHOWN]
    ]
    keys = [
        _trail(context, unit.unit, line.line, period, scope, len(found) > 1) for unit, line in found[:SHOWN]
    ]
    context.say(
        texts.period_page(asked.period, parts, context.today), rows(keys, 1 if len(found) == 1 else 2)
    )


def _trail(
    context: TurnContext, unit: UnitView, line: LineView, period: QuestionPeriod, scope: Scope, several: bool
) -> dict[str, str]:
    """The activities that make up the sum, for who may read them, else the figure's origin."""
    label = texts.line_button(unit, line) if several else texts.SEE
    if not (context.incoming.private and context.member.may(Action.READ_ACTIVITIES, unit.id)):
        return button(label, LineOrigin(line.id, 1, scope.quarter))
    span = (period.first, period.last)
    return button(label, ShowActivities(Listing(period.last.year, None, False, unit.id, line.id, days=span)))


def _say_unknown(context: TurnContext, asked: Question, scope: Scope) -> None:
    """No line counts that: what the units do count."""
    units = scope.within
    keys: Keyboard = []
    if len(units) == 1:
        keys = rows(
            [button(str(line.number), LineProgress(line.id, scope.quarter)) for line in units[0].lines], 8
        )
    context.preface = ""
    context.say(texts.nothing_counts(asked.unknown, asked.line, units), keys)


def _line_button(unit: UnitView, line: LineView, scope: Scope) -> dict[str, str]:
    return button(texts.line_button(unit, line), LineProgress(line.id, scope.quarter))


def added(
    context: TurnContext, programme: ProgrammeView, period: QuestionPeriod, unit: UnitView
) -> list[str]:
    """What came to count in a unit within the period: «3 actas», «1 documento»."""
    sums: Tally = tally_between(context.session, programme.id, period.first, period.last, unit.id)
    totals: dict[str, tuple[int, TargetView]] = {}
    for line in unit.lines:
        for target in line.counting_targets:
            number = sums.counted.get(target.id, 0)
            before = totals.get(target.measure, (0, target))
            if number and before[1].decimals == target.decimals:
                totals[target.measure] = (before[0] + number, target)
    return [counted(number, target) for number, target in totals.values()]


_HEEDS = frozenset((Slot.UNIT, Slot.LINE, Slot.PERIOD))
CONVERSATION = Conversation(answers=(TopicAnswer(QuestionTopic.COUNT, Action.READ_PROGRESS, answer, _HEEDS),))
