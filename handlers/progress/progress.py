"""`/avance`: the progress of a line, a unit or the institution in a quarter, and how it is calculated.

The data of each button names what it shows: see `handlers.progress.buttons`.
"""

from handlers.chat import paging
from handlers.chat.context import TurnContext
from handlers.chat.conversations import Callback, Command, Conversation
from handlers.chat.keyboards import button, rows
from handlers.progress import buttons, origins, quarter_query, shown_status
from handlers.progress.buttons import (
    Legend,
    LineOrigin,
    LineProgress,
    NumberedProgress,
    OwnProgress,
    ProgressData,
    SameProgress,
    UnitOrigin,
    UnitProgress,
    WholeOrigin,
    WholeProgress,
)
from handlers.progress.details import details
from handlers.progress.picture import picture_button
from handlers.texts.progress import progress as texts
from handlers.texts.progress import signs
from models.calendar.calendar import calendar
from models.programme.view import ProgrammeView, UnitView
from models.progress.progress import progress
from models.quarter import Quarter
from models.rights import Action
from spanish.reading.progress_query import Found, ProgressQuery, correct_typos, find_units, read_words


def ask(context: TurnContext) -> None:
    """`/avance [unidad] [línea] [trimestre] [año]`; without a unit, one's own, else the institution."""
    query = read_words(context.incoming.arguments)
    year = query.year or usual_year(context)
    programme = context.programmes.years.get(year)
    if programme is None:
        context.refuse(texts.no_programme(year, sorted(context.programmes.years)))
        return
    query, found = _find(query, programme)
    quarter = Quarter(year, query.quarter) if query.quarter else usual_quarter(year, context)
    note = texts.month_note(query.month, quarter) if query.month else _closing_note(context, query, quarter)
    if found.unknown:
        choices = buttons.choices(found.units or programme.units, query.line, quarter)
        paging.choose(context, texts.unknown_words(found.unknown), choices, [buttons.whole(quarter)])
        return
    units = found.units or (() if found.whole else _own_units(context, programme))
    if query.line is not None:
        _ask_line(context, units or programme.units, programme, query.line, quarter, note)
    elif len(units) == 1:
        _show_unit(context, programme, quarter, units[0].id, note)
    elif found.units:
        paging.choose(context, texts.which_unit(None), buttons.choices(found.units, None, quarter))
    elif units:
        _show_own(context, programme, quarter, note)
    else:
        _show_whole(context, programme, quarter, note)


def press(context: TurnContext, data: ProgressData) -> None:
    """Show another quarter, line or unit in place, or how a figure is calculated."""
    match data:
        case UnitProgress(unit_id, quarter):
            _show_unit(context, quarter_query.programme_of(context, quarter), quarter, unit_id)
        case LineProgress(line_id, quarter):
            _show_line(context, quarter_query.programme_of(context, quarter), quarter, line_id)
        case WholeProgress(quarter):
            _show_whole(context, quarter_query.programme_of(context, quarter), quarter)
        case OwnProgress(quarter):
            _show_own(context, quarter_query.programme_of(context, quarter), quarter)
        case NumberedProgress(unit_id, number, quarter):
            _show_numbered(context, quarter_query.programme_of(context, quarter), quarter, unit_id, number)
        case UnitOrigin(unit_id, quarter):
            origins.show_unit(context, quarter_query.programme_of(context, quarter), quarter, unit_id)
        case LineOrigin(line_id, page, quarter):
            origins.show_line(context, quarter_query.programme_of(context, quarter), quarter, line_id, page)
        case WholeOrigin(quarter):
            origins.show_whole(context, quarter_query.programme_of(context, quarter), quarter)
        case Legend(unit_id, line_id, quarter):
            _show_legend(context, unit_id, line_id, quarter)
        case SameProgress():
            context.answer(texts.SAME)


def _find(query: ProgressQuery, programme: ProgrammeView) -> tuple[ProgressQuery, Found]:
    names = [
        str(programme.institution[key]) for key in ("short_name", "name") if programme.institution.get(key)
    ]
    found = find_units(query.words, programme.units, names)
    if found.unknown and (mended := correct_typos(query, found.unknown)) != query:
        return mended, find_units(mended.words, programme.units, names)
    return query, found


def usual_year(context: TurnContext) -> int:
    """Return the year of the quarter in hand, or this year where there is no programme of that year."""
    in_hand = calendar(context.session).quarter_in_hand(context.today)
    return in_hand.year if in_hand.year in context.programmes.years else context.today.year


def usual_quarter(year: int, context: TurnContext) -> Quarter:
    """Return the quarter to show for a year: the one in hand, a past year's last, a coming year's first."""
    in_hand = calendar(context.session).quarter_in_hand(context.today)
    if year == in_hand.year:
        return in_hand
    return Quarter(year, 4 if year < in_hand.year else 1)


def _closing_note(context: TurnContext, query: ProgressQuery, quarter: Quarter) -> str:
    """Return until when the quarter is captured, if it has ended and was not asked for by name; else ""."""
    days = calendar(context.session)
    ended = quarter.last_day < context.today <= days.close_day(quarter)
    asked = query.quarter is not None or query.year is not None
    return texts.closing_note(quarter, days.close_day(quarter)) if ended and not asked else ""


def _own_units(context: TurnContext, programme: ProgrammeView) -> tuple[UnitView, ...]:
    return tuple(unit for unit in programme.units if unit.id in context.member.unit_ids)


def _ask_line(
    context: TurnContext,
    units: tuple[UnitView, ...],
    programme: ProgrammeView,
    number: int,
    quarter: Quarter,
    note: str,
) -> None:
    """Show the line with that number; if several units have one, ask which."""
    having = [(unit, line) for unit in units if (line := unit.line(number))]
    if len(having) == 1:
        _show_line(context, programme, quarter, having[0][1].id, note)
    elif having:
        paging.choose(
            context, texts.which_unit(number), buttons.choices((unit for unit, _ in having), number, quarter)
        )
    elif len(units) == 1:
        lines = [(f"{line.number} · {line.title}", line.id) for line in units[0].lines]
        choices = [button(title, LineProgress(line_id, quarter)) for title, line_id in lines]
        paging.choose(context, texts.no_such_line(units[0].name, number), choices)
    else:
        paging.choose(context, texts.no_such_line(None, number), buttons.choices(units, None, quarter))


def _show_numbered(
    context: TurnContext, programme: ProgrammeView, quarter: Quarter, unit_id: int, number: int
) -> None:
    """Show the line with that number in the chosen unit."""
    _ask_line(context, (quarter_query.unit_in(programme, unit_id),), programme, number, quarter, "")


def _show_unit(
    context: TurnContext, programme: ProgrammeView, quarter: Quarter, unit_id: int, note: str = ""
) -> None:
    unit = quarter_query.unit_in(programme, unit_id)
    status = progress(context.session, programme, quarter, context.today, unit)
    unit_status = status.units[0]
    note += shown_status.signature_note(context, unit_status, quarter)
    beside = details(context, status)
    origin = [
        picture_button(quarter, unit.id),
        button(texts.ORIGIN, UnitOrigin(unit.id, quarter)),
    ]
    legend = [button(signs.LEGEND, Legend(unit.id, 0, quarter))]
    paging.show(
        context,
        unit_status.lines,
        lambda lines: texts.unit_page(status, unit_status, note, lines, beside),
        lambda lines: rows([buttons.of_line(each, LineProgress(each.line.id, quarter)) for each in lines], 8),
        above=[buttons.quarters(quarter, lambda other: UnitProgress(unit.id, other))],
        below=[origin, legend],
        most=paging.LINES,
    )


def _show_line(
    context: TurnContext, programme: ProgrammeView, quarter: Quarter, line_id: int, note: str = ""
) -> None:
    status, unit, line = shown_status.of_line(context, programme, quarter, line_id)
    last = [
        button(texts.back_to(unit.unit.name), UnitProgress(unit.unit.id, quarter)),
        button(texts.ORIGIN, LineOrigin(line_id, 1, quarter)),
    ]
    note += shown_status.signature_note(context, unit, quarter, line)
    beside = details(context, status, line)
    legend = [button(signs.LEGEND, Legend(unit.unit.id, line_id, quarter))]
    paging.show(
        context,
        line.targets,
        lambda targets: texts.line_page(status, unit, line, note, targets, beside),
        lambda _: [],
        above=[buttons.quarters(quarter, lambda other: LineProgress(line_id, other))],
        below=[last, legend],
    )


def _show_whole(context: TurnContext, programme: ProgrammeView, quarter: Quarter, note: str = "") -> None:
    status = progress(context.session, programme, quarter, context.today)
    beside = details(context, status)
    last = [
        picture_button(quarter),
        button(texts.ORIGIN, WholeOrigin(quarter)),
    ]
    legend = [button(signs.LEGEND, Legend(0, 0, quarter))]
    paging.show(
        context,
        status.units,
        lambda units: texts.whole_page(status, note, units, beside),
        lambda units: rows(buttons.of_units((each.unit for each in units), UnitProgress, quarter), 2),
        above=[buttons.quarters(quarter, WholeProgress)],
        below=[last, legend],
    )


def _show_own(context: TurnContext, programme: ProgrammeView, quarter: Quarter, note: str = "") -> None:
    """Show the person's own units, with a button for the institution."""
    units = _own_units(context, programme)
    status = progress(context.session, programme, quarter, context.today)
    ids = {unit.id for unit in units}
    mine = [each for each in status.units if each.unit.id in ids]
    paging.show(
        context,
        mine,
        lambda units: texts.own_page(status, mine, note, units),
        lambda units: rows(buttons.of_units((each.unit for each in units), UnitProgress, quarter), 2),
        above=[buttons.quarters(quarter, OwnProgress)],
        below=[buttons.whole(quarter)],
    )


def _show_legend(context: TurnContext, unit_id: int, line_id: int, quarter: Quarter) -> None:
    """Show what the signs mean, with the way back to the page below which the button was."""
    data: ProgressData = WholeProgress(quarter)
    if unit_id:
        data = LineProgress(line_id, quarter) if line_id else UnitProgress(unit_id, quarter)
    context.edit(signs.legend(), [[button(texts.BACK, data)]])


CONVERSATION = Conversation(
    commands=(Command("avance", Action.READ_PROGRESS, ask, texts.MENU, in_groups=True, paged=True),),
    callbacks=(Callback(ProgressData, Action.READ_PROGRESS, press, in_groups=True),),
)
