"""`/informe`: the quarterly report: what to check first, and a button for each format.

A format's button orders the file (`bot.reports.making`).
"""

import base64

from sqlmodel import Session
from telegram.constants import ChatAction

from handlers.chat import paging
from handlers.chat.context import TurnContext
from handlers.chat.conversations import Callback, Command, Conversation
from handlers.chat.keyboards import Keyboard, button, rows
from handlers.progress import quarter_query
from handlers.quarter_end import pictures, wording
from handlers.quarter_end.buttons import (
    MakeReport,
    ReportData,
    SendReport,
    ShowFindings,
    ShowPictures,
    ShowReport,
    ShowTexts,
    SumUp,
)
from handlers.texts import pages as page_texts
from handlers.texts.progress import progress as progress_texts
from handlers.texts.quarter_end import pictures as picture_texts
from handlers.texts.quarter_end import report as texts
from handlers.texts.quarter_end import wording as wording_texts
from models.calendar import closing
from models.errors import Rejected
from models.operations import report_order
from models.operations.report_order import DOCUMENTS
from models.programme.view import ProgrammeView, UnitView
from models.quarter import Quarter
from models.rights import Action, Member
from models.tables.report import ReportFormat, ReportOrder
from reports.quarterly import Report

WHOLE = 0


def ask(context: TurnContext) -> None:
    """`/informe [unidad] [trimestre] [año]`; without a unit, the person's own, else the institution."""
    asked = quarter_query.read(context)
    if asked is None:
        return
    programme, quarter = asked.programme, asked.quarter
    units = [
        each for each in asked.units if may_read(context.session, context.member, programme, quarter, each)
    ]
    if len(asked.units) == 1:
        _show(context, programme, quarter, asked.units[0])
    elif units:
        choices = [button(each.name, ShowReport(each.id, quarter)) for each in units]
        paging.choose(context, texts.WHICH_UNIT, choices)
    else:
        _show(context, programme, quarter, None)


def press(context: TurnContext, data: ReportData) -> None:
    """Show another unit or quarter in place, send all findings, or order a format."""
    match data:
        case ShowReport(unit_id, quarter):
            _show(context, *_found(context, unit_id, quarter))
        case ShowFindings(unit_id, quarter):
            _send_findings(context, *_found(context, unit_id, quarter))
        case ShowTexts(unit_id, quarter):
            found = _found(context, unit_id, quarter)
            _require(context, *found)
            wording.show(context, *found)
        case ShowPictures(unit_id, quarter):
            found = _found(context, unit_id, quarter)
            _require(context, *found)
            pictures.show(context, *found)
        case SumUp(line_id, quarter, apart):
            wording.sum_up(context, line_id, quarter, apart is not None)
        case MakeReport(unit_id, quarter, wanted):
            order(context, *_found(context, unit_id, quarter), wanted)
        case SendReport(unit_id, quarter, wanted):
            order(context, *_found(context, unit_id, quarter), wanted, apart=True)


def _found(
    context: TurnContext, unit_id: int, quarter: Quarter
) -> tuple[ProgrammeView, Quarter, UnitView | None]:
    """Return what a button's data names. Raises `Rejected("stale_button")` if it no longer exists."""
    programme = quarter_query.programme_of(context, quarter)
    return programme, quarter, quarter_query.unit_in(programme, unit_id) if unit_id != WHOLE else None


def may_read(
    session: Session, member: Member, programme: ProgrammeView, quarter: Quarter, unit: UnitView | None
) -> bool:
    """Return whether the person may have it: directors of their unit, planning, observers if signed."""
    signed = closing.signed_units(session, quarter)
    units = (unit,) if unit else programme.units
    return all(member.may(Action.REPORT, each.id, signed=each.id in signed) for each in units)


def page(
    context: TurnContext,
    programme: ProgrammeView,
    quarter: Quarter,
    unit: UnitView | None,
    report: Report | None = None,
) -> tuple[str, Keyboard]:
    """Return text and buttons of `/informe`, for a report just made or as of now."""
    report = report or _made(context, programme, quarter, unit)
    findings = _findings(report)
    text = texts.page(report, unit, findings)
    units = paging.page(_others(context, programme, quarter, unit), context.incoming.page)
    unit_id = unit.id if unit else WHOLE
    keyboard = _keyboard(context, programme, quarter, unit, texts.is_cut(findings, texts.SHOWN))
    page_buttons = paging.page_buttons(units, ShowReport(unit_id, quarter).pack())
    return text + page_texts.mark(units.number, units.of), [
        *keyboard,
        *rows(list(units.items), 2),
        *page_buttons,
    ]


def _show(context: TurnContext, programme: ProgrammeView, quarter: Quarter, unit: UnitView | None) -> None:
    _require(context, programme, quarter, unit)
    context.edit(*page(context, programme, quarter, unit))


def _require(context: TurnContext, programme: ProgrammeView, quarter: Quarter, unit: UnitView | None) -> None:
    """Raise `Rejected`: "report_not_yours", "report_not_signed", "quarter_not_begun"."""
    if context.today < quarter.first_day:
        raise Rejected("quarter_not_begun", quarter=quarter)
    if not may_read(context.session, context.member, programme, quarter, unit):
        would = all(
            context.member.may(Action.REPORT, each.id, signed=True)
            for each in ((unit,) if unit else programme.units)
        )
        raise Rejected("report_not_signed" if would else "report_not_yours", quarter=quarter)


def to_review(context: TurnContext, programme: ProgrammeView, quarter: Quarter, unit: UnitView) -> list[str]:
    """Return what a unit should look at before signing."""
    return _findings(_made(context, programme, quarter, unit))


def _made(context: TurnContext, programme: ProgrammeView, quarter: Quarter, unit: UnitView | None) -> Report:
    from reports.quarterly import making  # imported here and below: 2 MB, needed at a quarter's end only

    return making.make(context.session, programme, quarter, context.today, unit)


def _findings(report: Report) -> list[str]:
    from reports import checks
    from reports.texts import checks as check_texts

    return check_texts.sentences(checks.check(report), report.whole)


def _keyboard(
    context: TurnContext, programme: ProgrammeView, quarter: Quarter, unit: UnitView | None, more: bool
) -> Keyboard:
    unit_id = unit.id if unit else WHOLE
    made = [button(label, MakeReport(unit_id, quarter, kind)) for kind, label in texts.LABELS.items()]
    all_found = [[button(texts.ALL_FINDINGS, ShowFindings(unit_id, quarter))]] if more else []
    quarters = [
        button(texts.quarter_button(each.number, each == quarter), ShowReport(unit_id, each))
        for each in Quarter.all_of(quarter.year)
        if each.first_day <= context.today
    ]
    whole: Keyboard = []
    if unit is not None and may_read(context.session, context.member, programme, quarter, None):
        whole = [[button(texts.EVERYBODY, ShowReport(WHOLE, quarter))]]
    corrects = any(
        context.member.may(Action.CORRECT, each.id) for each in ((unit,) if unit else programme.units)
    )
    words = (
        [
            [
                button(wording_texts.BUTTON, ShowTexts(unit_id, quarter)),
                button(picture_texts.BUTTON, ShowPictures(unit_id, quarter)),
            ]
        ]
        if corrects
        else []
    )
    return [*rows(made, 3), *all_found, *words, quarters, *whole]


def _others(
    context: TurnContext, programme: ProgrammeView, quarter: Quarter, unit: UnitView | None
) -> list[dict[str, str]]:
    """Return the buttons of other units' reports that the person may have."""
    signed = closing.signed_units(context.session, quarter)
    return [
        button(progress_texts.short(each.name), ShowReport(each.id, quarter))
        for each in programme.units
        if each != unit and context.member.may(Action.REPORT, each.id, signed=each.id in signed)
    ]


def _send_findings(
    context: TurnContext, programme: ProgrammeView, quarter: Quarter, unit: UnitView | None
) -> None:
    """Send every finding as a text file, since they may be many."""
    _require(context, programme, quarter, unit)
    found = _findings(_made(context, programme, quarter, unit))
    content = base64.b64encode("\n".join([*found, ""]).encode()).decode()
    file = {"base64": content, "name": texts.FINDINGS_FILE}
    context.tell("sendDocument", {"document": file, "caption": texts.FINDINGS_CAPTION})


def order(
    context: TurnContext,
    programme: ProgrammeView,
    quarter: Quarter,
    unit: UnitView | None,
    kind: ReportFormat,
    apart: bool = False,
) -> None:
    """Have the report made. A button's message tells how it goes on, unless `apart`; without one the file
    comes by itself.
    """
    _require(context, programme, quarter, unit)
    tapped = context.incoming.callback_id is not None
    if kind not in DOCUMENTS or (tapped and context.incoming.message_id is None):
        raise Rejected("stale_button")
    wanted = ReportOrder(
        person_id=context.member.person_id,
        chat_id=context.incoming.chat_id,
        message_id=context.incoming.message_id if tapped and not apart else None,
        year=quarter.year,
        quarter=quarter.number,
        unit_id=unit.id if unit else None,
        format=kind,
        asked_at=context.now,
    )
    if not report_order.order(context.session, wanted):
        tell = context.answer if tapped else context.say
        tell(texts.ALREADY)
        return
    if apart:
        context.answer(texts.gathering(wanted.format))
    else:
        context.edit(texts.gathering(wanted.format))
    context.show_action(ChatAction.UPLOAD_DOCUMENT)


CONVERSATION = Conversation(
    commands=(Command("informe", Action.REPORT, ask, texts.MENU, paged=True),),
    callbacks=(Callback(ReportData, Action.REPORT, press),),
)
