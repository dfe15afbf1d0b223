"""`/avance`: the progress of a line, a unit or the institution in a quarter, and how it is calculated.

The data of each button names what it shows: see `handlers.progress.buttons`.
"""

from handlers.chat import paging
from handlers.chat.context import TurnContext
from handlers.chat.conversations import Callback, Command, Conversation
from handlers.chat.keyboards import button, rows
from handlers.progress import buttons, quarter_query
from handlers.progress.buttons import (
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
from handlers.progress.picture import picture_button
from handlers.texts.progress import origins as origin_texts
from handlers.texts.progress import progress as texts
from models.calendar.calendar import calendar
from models.errors import Rejected
from models.programme.view import ProgrammeView, UnitView
from models.progress import snapshot_reading
from models.progress.origins import origins
from models.progress.progress import progress
from models.progress.status import LineStatus, ProgressStatus, UnitStatus
from models.quarter import Quarter
from models.quarter_end.since_signed import changes_after_signature
from models.rights import Action
from spanish.reading.progress_query import Found, ProgressQuery, correct_typos, find_units, read_words

PAGE = 8  # entries per page


def ask(context: TurnContext) -> None:
    """`/avance [unidad] [línea] [trimestre] [año]`; without a unit, one's own, else the institution."""
    query = read_words(context.incoming.arguments)
    year = query.year or context.today.year
    programme = context.programmes.years.get(year)
    if programme is None:
        context.refuse(texts.no_programme(year, sorted(context.programmes.years)))
        return
    query, found = _find(query, programme)
    quarter = Quarter(year, query.quarter) if query.quarter else usual_quarter(year, context)
    note = texts.month_note(query.month, quarter) if query.month else _last_year_note(context, query)
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
            _show_unit_origin(context, quarter_query.programme_of(context, quarter), quarter, unit_id)
        case LineOrigin(line_id, page, quarter):
            _show_line_origin(context, quarter_query.programme_of(context, quarter), quarter, line_id, page)
        case WholeOrigin(quarter):
            _show_whole_origin(context, quarter_query.programme_of(context, quarter), quarter)
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


def usual_quarter(year: int, context: TurnContext) -> Quarter:
    """Return the quarter to show for a year: the current one, a past year's last, a coming year's first."""
    if year == context.today.year:
        return Quarter.of(context.today)
    return Quarter(year, 4 if year < context.today.year else 1)


def _last_year_note(context: TurnContext, query: ProgressQuery) -> str:
    """Return a note that last year's last quarter is still open, if no year was asked for; else ""."""
    days = calendar(context.session)
    last = days.quarter_in_hand(context.today)
    if query.year is not None or last.year == context.today.year or last.year not in context.programmes.years:
        return ""
    return texts.last_year_note(last, days.close_day(last))


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
    _ask_line(context, (_unit_of(programme, unit_id),), programme, number, quarter, "")


def _show_unit(
    context: TurnContext, programme: ProgrammeView, quarter: Quarter, unit_id: int, note: str = ""
) -> None:
    unit = _unit_of(programme, unit_id)
    status = progress(context.session, programme, quarter, context.today, unit)
    stood = status.units[0]
    note += _signature_note(context, stood, quarter)
    origin = [
        picture_button(quarter, unit.id),
        button(texts.ORIGIN, UnitOrigin(unit.id, quarter)),
    ]
    paging.show(
        context,
        stood.lines,
        lambda lines: texts.unit_page(status, stood, note, lines),
        lambda lines: rows([buttons.of_line(each, LineProgress(each.line.id, quarter)) for each in lines], 8),
        above=[buttons.quarters(quarter, lambda other: UnitProgress(unit.id, other))],
        below=[origin],
        most=paging.LINES,
    )


def _show_line(
    context: TurnContext, programme: ProgrammeView, quarter: Quarter, line_id: int, note: str = ""
) -> None:
    status, unit, line = _status_of_line(context, programme, quarter, line_id)
    last = [
        button(texts.back_to(unit.unit.name), UnitProgress(unit.unit.id, quarter)),
        button(texts.ORIGIN, LineOrigin(line_id, 1, quarter)),
    ]
    note += _signature_note(context, unit, quarter, line)
    paging.show(
        context,
        line.targets,
        lambda targets: texts.line_page(status, unit, line, note, targets),
        lambda _: [],
        above=[buttons.quarters(quarter, lambda other: LineProgress(line_id, other))],
        below=[last],
    )


def _show_whole(context: TurnContext, programme: ProgrammeView, quarter: Quarter, note: str = "") -> None:
    status = progress(context.session, programme, quarter, context.today)
    last = [
        picture_button(quarter),
        button(texts.ORIGIN, WholeOrigin(quarter)),
    ]
    paging.show(
        context,
        status.units,
        lambda units: texts.whole_page(status, note, units),
        lambda units: rows(buttons.of_units((each.unit for each in units), UnitProgress, quarter), 2),
        above=[buttons.quarters(quarter, WholeProgress)],
        below=[last],
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


def _show_unit_origin(context: TurnContext, programme: ProgrammeView, quarter: Quarter, unit_id: int) -> None:
    unit = _unit_of(programme, unit_id)
    status = progress(context.session, programme, quarter, context.today, unit)
    stood = status.units[0]
    note = _signature_note(context, stood, quarter)
    paging.show(
        context,
        stood.lines,
        lambda lines: origin_texts.unit_origin(status, stood, lines) + note,
        lambda lines: rows(
            [buttons.of_line(each, LineOrigin(each.line.id, 1, quarter)) for each in lines], 8
        ),
        below=[[button(texts.back_to(unit.name), UnitProgress(unit.id, quarter))]],
    )


def _show_whole_origin(context: TurnContext, programme: ProgrammeView, quarter: Quarter) -> None:
    status = progress(context.session, programme, quarter, context.today)
    paging.show(
        context,
        status.units,
        lambda units: origin_texts.whole_origin(status, units),
        lambda units: rows(buttons.of_units((each.unit for each in units), UnitOrigin, quarter), 2),
        below=[[button(texts.back_to(texts.EVERYBODY), WholeProgress(quarter))]],
    )


def _show_line_origin(
    context: TurnContext, programme: ProgrammeView, quarter: Quarter, line_id: int, page: int
) -> None:
    """Show how a line's figure is calculated; narratives only to readers, never in groups."""
    status, unit, line = _status_of_line(context, programme, quarter, line_id)
    if unit.signed is not None:
        found = snapshot_reading.origins(unit.signed.snapshot, line_id, page, PAGE)
    else:
        found = origins(context.session, line.line, status.on, page, PAGE)
    signed = unit.signed is not None
    may_read = context.incoming.private and context.member.may(
        Action.READ_ACTIVITIES, unit.unit.id, signed=signed
    )
    page_buttons = [
        button(label, LineOrigin(line_id, to, quarter))
        for label, to in ((origin_texts.EARLIER, found.number - 1), (origin_texts.LATER, found.number + 1))
        if 1 <= to <= found.pages
    ]
    back = [button(f"{texts.back_to(unit.unit.name)} · {line.line.number}", LineProgress(line_id, quarter))]
    text = origin_texts.line_origin(status, unit, line, found, may_read)
    context.edit(
        f"{text}{_signature_note(context, unit, quarter, line)}",
        [*([page_buttons] if page_buttons else []), back],
    )


def _status_of_line(
    context: TurnContext, programme: ProgrammeView, quarter: Quarter, line_id: int
) -> tuple[ProgressStatus, UnitStatus, LineStatus]:
    """Return the line's progress, with its unit's. Raises `Rejected("line_outside_quarter")`."""
    found = next(((unit, line) for unit, line in programme.lines() if line.id == line_id), None)
    if found is None:
        raise Rejected("stale_button")
    status = progress(context.session, programme, quarter, context.today, found[0])
    stood = status.units[0]
    shown = next((each for each in stood.lines if each.line.id == line_id), None)
    if shown is None:
        raise Rejected("line_outside_quarter", number=found[1].number, line=found[1])
    return status, stood, shown


def _signature_note(
    context: TurnContext, unit: UnitStatus, quarter: Quarter, line: LineStatus | None = None
) -> str:
    """Return when the quarter was signed, and what has changed since; "" if it is not signed."""
    if unit.signed is None:
        return ""
    signed_on = unit.signed.at.astimezone(context.zone).date()
    part: LineStatus | UnitStatus = line or unit
    live = unit.signed.live if line is None else unit.signed.live.line(line.line.number)
    if live is None or live.exact == part.exact:
        return texts.signed_note(signed_on, quarter.year)
    changes = changes_after_signature(context.session, unit.unit.id, quarter, unit.signed.at)
    return texts.signed_note(signed_on, quarter.year, changes, live.exact)


def _unit_of(programme: ProgrammeView, unit_id: int) -> UnitView:
    unit = programme.unit(unit_id)
    if unit is None:
        raise Rejected("stale_button")
    return unit


CONVERSATION = Conversation(
    commands=(Command("avance", Action.READ_PROGRESS, ask, texts.MENU, in_groups=True, paged=True),),
    callbacks=(Callback(ProgressData, Action.READ_PROGRESS, press, in_groups=True),),
)
