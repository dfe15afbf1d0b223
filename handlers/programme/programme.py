"""`/programa`, for planning: shows the programme, adjusts a target, sends the whole as a workbook.

A programme file that is sent is handled by `handlers.programme.importing`.
"""

import base64

from handlers.chat import drafts, paging
from handlers.chat.context import TurnContext
from handlers.chat.conversations import Callback, Command, Conversation
from handlers.chat.keyboards import button, rows
from handlers.programme.buttons import (
    AdjustTarget,
    ExportProgramme,
    LineOfProgramme,
    ProgrammeData,
    UnitOfProgramme,
    WholeProgramme,
)
from handlers.progress import quarter_query
from handlers.texts.programme import programme as texts
from handlers.texts.progress import progress as progress_texts
from models.errors import Rejected
from models.programme.view import LineView, ProgrammeView, TargetView, UnitView
from models.programme_changes import adjustment
from models.programme_changes import rows as programme_rows
from models.programme_changes.drafts import Adjusting
from models.rights import Action
from models.tables.chat.draft import DraftKind
from spanish.reading.progress_query import find_units, read_words


def ask(context: TurnContext) -> None:
    """`/programa [unidad] [línea] [año]`; without a year, the current one's, else the newest."""
    query = read_words(context.incoming.arguments)
    year = query.year or context.today.year
    known = context.programmes
    programme = known.years.get(year) or (known.newest() if query.year is None else None)
    if programme is None:
        context.refuse(progress_texts.no_programme(year, sorted(known.years)))
        return
    units = find_units(query.words, programme.units).units if query.words else ()
    line = units[0].line(query.line) if len(units) == 1 and query.line is not None else None
    if line is not None:
        _show_line(context, programme, units[0], line)
    elif len(units) == 1:
        _show_unit(context, programme, units[0])
    else:
        _show_whole(context, programme)


def press(context: TurnContext, data: ProgrammeData) -> None:
    """Show another screen in place, or send the workbook."""
    match data:
        case LineOfProgramme(line_id):
            found = context.programmes.line(line_id)
            if found is None:
                raise Rejected("stale_button")
            _show_line(context, *found)
        case UnitOfProgramme(unit_id, year):
            programme = _of_year(context, year)
            _show_unit(context, programme, quarter_query.unit_in(programme, unit_id))
        case WholeProgramme(year):
            _show_whole(context, _of_year(context, year))
        case ExportProgramme(year):
            _export(context, _of_year(context, year))


def _of_year(context: TurnContext, year: int) -> ProgrammeView:
    programme = context.programmes.years.get(year)
    if programme is None:
        raise Rejected("stale_button")
    return programme


def adjust(context: TurnContext, data: AdjustTarget) -> None:
    """🎯: begin to adjust a target."""
    target = find_target(context, data.target_id)[3]
    drafts.open_new(context, DraftKind.ADJUSTMENT, Adjusting(target_id=target.id))


def find_target(context: TurnContext, target_id: int) -> tuple[ProgrammeView, UnitView, LineView, TargetView]:
    """Return the target with its programme, unit and line. Raises `Rejected("line_gone")`."""
    for programme in context.programmes.years.values():
        for unit, line in programme.lines():
            for target in line.targets:
                if target.id == target_id:
                    return programme, unit, line, target
    raise Rejected("line_gone")


def _show_whole(context: TurnContext, programme: ProgrammeView) -> None:
    years = sorted(context.programmes.years.keys() - {programme.year})
    others = [button(str(year), WholeProgramme(year)) for year in years]
    paging.show(
        context,
        programme.units,
        lambda units: texts.whole(programme, units),
        lambda units: rows([_unit_button(each, programme) for each in units], 2),
        below=[[button(texts.EXPORT, ExportProgramme(programme.year))], *rows(others, 4)],
    )


def _show_unit(context: TurnContext, programme: ProgrammeView, unit: UnitView) -> None:
    paging.show(
        context,
        unit.lines,
        lambda lines: texts.unit_page(programme, unit, context.today, lines),
        lambda lines: rows([button(str(each.number), LineOfProgramme(each.id)) for each in lines], 8),
        below=[[button(texts.BACK, WholeProgramme(programme.year))]],
    )


def _unit_button(unit: UnitView, programme: ProgrammeView) -> dict[str, str]:
    return button(progress_texts.short(unit.name), UnitOfProgramme(unit.id, programme.year))


def _show_line(context: TurnContext, programme: ProgrammeView, unit: UnitView, line: LineView) -> None:
    ids = [target.id for target in line.targets]
    adjustments = adjustment.adjustments_of(context.session, ids)
    paging.show(
        context,
        line.targets,
        lambda targets: texts.line_page(programme, unit, line, adjustments, targets),
        lambda targets: [[button(texts.adjust_button(each), AdjustTarget(each.id))] for each in targets],
        below=[[button(progress_texts.back_to(unit.name), UnitOfProgramme(unit.id, programme.year))]],
    )


def _export(context: TurnContext, programme: ProgrammeView) -> None:
    from models.programme_file.excel_writing import (
        TooLong,
        write_excel,
    )  # imported here: rarely needed, and large

    stored = programme_rows.stored(context.session, programme.year)
    assert stored is not None
    try:
        content = write_excel(stored)
    except TooLong as error:
        raise Rejected("too_long_for_excel", cell=error.place.cell) from None
    file = {"base64": base64.b64encode(content).decode(), "name": texts.export_name(programme.year)}
    context.tell("sendDocument", {"document": file, "caption": texts.EXPORTED})


CONVERSATION = Conversation(
    commands=(Command("programa", Action.CHANGE_PROGRAMME, ask, texts.MENU, paged=True),),
    callbacks=(Callback(ProgrammeData, Action.CHANGE_PROGRAMME, press),),
)
