"""Tells who ordered a report about its progress, by editing one message."""

from datetime import datetime
from typing import TYPE_CHECKING, Any

from sqlmodel import Session
from telegram.constants import FileSizeLimit

from handlers.chat import broadcast, fitting
from handlers.chat.context import context_for_person
from handlers.chat.conversations import NONE
from handlers.chat.keyboards import Keyboard
from handlers.chat.replies import replying_to
from handlers.quarter_end import report
from handlers.texts import rejections
from handlers.texts.quarter_end import report as texts
from models.operations.report_order import PICTURES
from models.programme.view import programmes
from models.storage.outbox import OutgoingCall
from models.tables.people import Role
from models.tables.report import MadeReport, ReportOrder
from reports.quarterly import Report
from reports.texts.files import file_name

if TYPE_CHECKING:
    from reports.picture import Chart


def shaping(session: Session, order: ReportOrder, made_of: "Report | Chart", now: datetime) -> None:
    """Say that the data are gathered and the file is being made; nothing for a picture."""
    if not isinstance(made_of, Report):
        return
    activities = [each for unit in made_of.units for line in unit.lines for each in line.activities]
    figures = sum(len(group.figures) for each in activities for group in each.groups)
    _change(session, order, texts.shaping(order.format, len(activities), figures), now=now)


def done(
    session: Session, order: ReportOrder, made_of: "Report | Chart", file: MadeReport, now: datetime
) -> None:
    """Send the file, and the page with its buttons as before.

    Somebody who lost the right to it is told so; somebody no longer linked is told nothing.
    """
    context = context_for_person(session, order.person_id, order.chat_id, now, NONE)
    if context is None:
        return
    if not isinstance(made_of, Report):
        _send_picture(session, order, file, now)
        return
    programme = programmes(session).years[order.year]
    unit = programme.unit(order.unit_id) if order.unit_id is not None else None
    if not report.may_read(session, context.member, programme, order.of, unit):
        _change(session, order, rejections.SENTENCES["report_not_yours"], now=now)
        return
    if file.bytes > FileSizeLimit.FILESIZE_UPLOAD:
        _change(session, order, texts.too_large(order.format), now=now)
        return
    whose = unit.key if unit else None
    name = file_name(made_of.institution.short_name, order.of, order.format, whose, made_of.draft)
    payload = {
        "chat_id": order.chat_id,
        "document": {"evidence": file.sha256, "name": name},
        "caption": texts.caption(made_of),
        "parse_mode": "HTML",
    }
    fitting.enqueue(session, OutgoingCall(order.chat_id, "sendDocument", payload, at=now))
    _change(session, order, *report.page(context, programme, order.of, unit, made_of), now=now)


def _send_picture(session: Session, order: ReportOrder, file: MadeReport, now: datetime) -> None:
    """Send the picture as a reply to the page that shows the same figures as text.

    One that was not asked for follows a summary and is silent.
    """
    payload: dict[str, Any] = {
        "chat_id": order.chat_id,
        "photo": {"evidence": file.sha256, "name": texts.PICTURE_FILE},
    }
    if order.thread_id is not None:
        payload["message_thread_id"] = order.thread_id
    tapped = order.message_id is not None
    if order.message_id is not None:
        payload["reply_parameters"] = replying_to(order.message_id)
    else:
        payload["disable_notification"] = True
    fitting.enqueue(session, OutgoingCall(order.chat_id, "sendPhoto", payload, at=now, broadcast=not tapped))


def failed(session: Session, order: ReportOrder, now: datetime) -> None:
    """Tell who ordered it, and planning, that it could not be made."""
    if order.format not in PICTURES:
        _change(session, order, texts.failed(order.format), now=now)
    broadcast.tell_role(session, Role.PLANNING, texts.failed_notice(order.format, order.of), now)


def _change(
    session: Session, order: ReportOrder, text: str, keyboard: Keyboard | None = None, *, now: datetime
) -> None:
    if order.message_id is None:  # asked for in words: the file comes by itself, and what went wrong
        if keyboard is None and text is not None:
            alone = {"chat_id": order.chat_id, "text": text, "parse_mode": "HTML"}
            fitting.enqueue(session, OutgoingCall(order.chat_id, "sendMessage", alone, at=now))
        return
    payload: dict[str, Any] = {
        "chat_id": order.chat_id,
        "message_id": order.message_id,
        "text": text,
        "parse_mode": "HTML",
        "reply_markup": {"inline_keyboard": keyboard or []},
    }
    fitting.enqueue(session, OutgoingCall(order.chat_id, "editMessageText", payload, at=now))
