"""«¿De dónde sale?»: how the figure of a line, a unit or the institution is calculated."""

from handlers.chat import paging
from handlers.chat.context import TurnContext
from handlers.chat.keyboards import button, rows
from handlers.progress import buttons, quarter_query, shown_status
from handlers.progress.buttons import LineOrigin, LineProgress, UnitOrigin, UnitProgress, WholeProgress
from handlers.texts.progress import origins as texts
from handlers.texts.progress import progress as page_texts
from models.programme.view import ProgrammeView
from models.progress import snapshot_reading
from models.progress.origins import origins
from models.progress.progress import progress
from models.quarter import Quarter
from models.rights import Action

PAGE = 8  # entries per page


def show_unit(context: TurnContext, programme: ProgrammeView, quarter: Quarter, unit_id: int) -> None:
    unit = quarter_query.unit_in(programme, unit_id)
    status = progress(context.session, programme, quarter, context.today, unit)
    unit_status = status.units[0]
    note = shown_status.signature_note(context, unit_status, quarter)
    paging.show(
        context,
        unit_status.lines,
        lambda lines: texts.unit_origin(status, unit_status, lines) + note,
        lambda lines: rows(
            [buttons.of_line(each, LineOrigin(each.line.id, 1, quarter)) for each in lines], 8
        ),
        below=[[button(page_texts.back_to(unit.name), UnitProgress(unit.id, quarter))]],
    )


def show_whole(context: TurnContext, programme: ProgrammeView, quarter: Quarter) -> None:
    status = progress(context.session, programme, quarter, context.today)
    paging.show(
        context,
        status.units,
        lambda units: texts.whole_origin(status, units),
        lambda units: rows(buttons.of_units((each.unit for each in units), UnitOrigin, quarter), 2),
        below=[[button(page_texts.back_to(page_texts.EVERYBODY), WholeProgress(quarter))]],
    )


def show_line(
    context: TurnContext, programme: ProgrammeView, quarter: Quarter, line_id: int, page: int
) -> None:
    """Show how a line's figure is calculated; narratives only to readers, never in groups."""
    status, unit, line = shown_status.of_line(context, programme, quarter, line_id)
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
        for label, to in ((texts.EARLIER, found.number - 1), (texts.LATER, found.number + 1))
        if 1 <= to <= found.pages
    ]
    back = [
        button(f"{page_texts.back_to(unit.unit.name)} · {line.line.number}", LineProgress(line_id, quarter))
    ]
    text = texts.line_origin(status, unit, line, found, may_read)
    context.edit(
        f"{text}{shown_status.signature_note(context, unit, quarter, line)}",
        [*([page_buttons] if page_buttons else []), back],
    )
