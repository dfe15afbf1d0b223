"""«Textos»: what the report says of each activity of a unit's quarter, with a button to change each."""

from collections.abc import Mapping, Sequence

from handlers.activity_form import report_text
from handlers.activity_form.buttons import Correct
from handlers.activity_form.steps import REPORT_TEXT
from handlers.chat import paging
from handlers.chat.context import TurnContext
from handlers.chat.keyboards import Keyboard, button, rows
from handlers.quarter_end.buttons import ShowReport, ShowTexts, SumUp
from handlers.texts.escaping import Html
from handlers.texts.quarter_end import wording as texts
from models.activities import report_text as stored
from models.calendar import closing
from models.errors import Rejected
from models.programme.view import ProgrammeView, UnitView
from models.quarter import Quarter
from models.quarter_end import summaries
from models.rights import Action
from models.tables.summary import LineSummary
from spanish.rewording.sentence import remains
from spanish.rewording.summary import summed
from spanish.writing.measures import counted
from spanish.writing.nouns import article

PER_PAGE = 6


def show(context: TurnContext, programme: ProgrammeView, quarter: Quarter, unit: UnitView | None) -> None:
    """Show the texts of a unit; of the institution, ask which unit."""
    if unit is None:
        units = [each for each in programme.units if context.member.may(Action.CORRECT, each.id)]
        choices = [button(each.name, ShowTexts(each.id, quarter)) for each in units]
        paging.choose(context, texts.WHICH_UNIT, choices, [[button(texts.BACK, ShowReport(0, quarter))]])
        return
    found = _worded(context, programme, unit, quarter)
    lines = [line.id for line in unit.lines]
    said = summaries.summaries(context.session, lines, quarter)
    open_ = closing.signed(context.session, unit.id, quarter) is None
    paging.show(
        context,
        found,
        lambda some: texts.page(unit, quarter, len(found), some, open_) + _summaries(found, some, said),
        lambda some: _buttons(context, unit, quarter, found, some, said) if open_ else [],
        below=[[button(texts.BACK, ShowReport(unit.id, quarter))]],
        most=PER_PAGE,
    )


def _worded(
    context: TurnContext, programme: ProgrammeView, unit: UnitView, quarter: Quarter
) -> list[texts.Worded]:
    """Return the unit's activities with their texts, in the report's order."""
    writes = report_text.house(programme)
    lines = {line.id: line for line in unit.lines}
    activities = stored.current_activities(context.session, unit.id, quarter)
    quantities = stored.quantities(context.session, [each.id or 0 for each in activities])
    found = []
    for each in activities:
        text, line = report_text.of_activity(context, each), lines.get(each.line_id)
        one = line is not None and len(line.targets) == 1
        quantity = quantities.get((each.id or 0, line.targets[0].id)) if line and one else None
        found.append(texts.Worded(each, line, text, remains(text, writes), quantity))
    return found


def fill(context: TurnContext, unit: UnitView, quarter: Quarter) -> None:
    """Store the text of each activity that was registered without one, so that it is signed, too."""
    for each in stored.without_text(context.session, unit.id, quarter):
        text = report_text.of_activity(context, each)
        stored.store(context.session, each, text, context.member, context.now)


def sum_up(context: TurnContext, line_id: int, quarter: Quarter, apart: bool) -> None:
    """Store the summing sentence of a line, or take it back, and show its unit's texts again."""
    programme = context.programmes.years.get(quarter.year)
    placed = context.programmes.line(line_id)
    if programme is None or placed is None:
        raise Rejected("stale_button")
    sentence = "" if apart else _proposed(line_id, _worded(context, programme, placed[1], quarter))
    if sentence is None:
        raise Rejected("stale_button")
    summaries.say(context.session, line_id, quarter, sentence, context.member, context.today, context.now)
    show(context, programme, quarter, placed[1])


def _proposed(line_id: int, found: Sequence[texts.Worded]) -> str | None:
    """Return the sentence that would sum up the line's activities, None where it would not help."""
    of_line = [each for each in found if each.activity.line_id == line_id and each.counted is not None]
    line = of_line[0].line if of_line else None
    if line is None or len([each for each in found if each.activity.line_id == line_id]) != len(of_line):
        return None
    target = line.targets[0]
    total = sum(each.counted or 0 for each in of_line)
    days = [each.activity.ends_on for each in of_line]
    some = counted(total, target)
    return summed(some, article(target.measure), days, [each.text for each in of_line])


def _summaries(
    found: Sequence[texts.Worded], some: Sequence[texts.Worded], said: Mapping[int, LineSummary]
) -> Html:
    """Return, below the texts, the sentences that sum up the lines on the page, said or proposed."""
    lines = {each.line.id: each.line for each in some if each.line}
    told = [
        texts.summary(
            line, said[line_id].text if line_id in said else _proposed(line_id, found), line_id in said
        )
        for line_id, line in lines.items()
    ]
    return Html("").join(told)


def _buttons(
    context: TurnContext,
    unit: UnitView,
    quarter: Quarter,
    all_: Sequence[texts.Worded],
    some: Sequence[texts.Worded],
    said: Mapping[int, LineSummary],
) -> Keyboard:
    if not context.member.may(Action.CORRECT, unit.id):
        return []
    found = [
        button(texts.change(each.activity.id or 0), Correct(each.activity.id or 0, REPORT_TEXT))
        for each in some
    ]
    lines = {each.line.id: each.line.number for each in some if each.line}
    joins = [
        button(texts.apart(number), SumUp(line_id, quarter, "no"))
        if line_id in said
        else button(texts.together(number), SumUp(line_id, quarter))
        for line_id, number in lines.items()
        if line_id in said or _proposed(line_id, all_)
    ]
    return [*rows(found, 3), *rows(joins, 1)]
