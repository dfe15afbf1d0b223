"""«📊 Gráfica»: the progress bars of a unit or the institution as a picture.

`bot.reports.making` draws it; it is sent as a reply to the page that it shows.
"""

from datetime import datetime

from sqlmodel import Session
from telegram.constants import ChatAction

from handlers.chat.context import TurnContext
from handlers.chat.conversations import Callback, Conversation
from handlers.chat.keyboards import button
from handlers.progress import quarter_query
from handlers.progress.buttons import PictureData
from handlers.texts.quarter_end import report as texts
from models.operations import report_order
from models.quarter import Quarter
from models.rights import Action
from models.tables.report import ReportFormat, ReportOrder

WHOLE = 0


def press(context: TurnContext, data: PictureData) -> None:
    """Order the picture; repeated taps order one."""
    quarter = data.quarter
    programme = quarter_query.programme_of(context, quarter)
    unit = quarter_query.unit_in(programme, data.unit_id) if data.unit_id != WHOLE else None
    wanted = ReportOrder(
        person_id=context.member.person_id,
        chat_id=context.incoming.chat_id,
        message_id=context.incoming.message_id,
        thread_id=context.incoming.thread_id,
        year=quarter.year,
        quarter=quarter.number,
        unit_id=unit.id if unit else None,
        format=ReportFormat.PICTURE,
        asked_at=context.now,
    )
    report_order.order(context.session, wanted)
    context.show_action(ChatAction.UPLOAD_PHOTO)
    context.answer()


def follow_summary(session: Session, person_id: int, chat_id: int, quarter: Quarter, now: datetime) -> None:
    """Order the institution's picture to follow the summary at the quarter's end."""
    wanted = ReportOrder(
        person_id=person_id,
        chat_id=chat_id,
        year=quarter.year,
        quarter=quarter.number,
        format=ReportFormat.PICTURE,
        asked_at=now,
    )
    report_order.order(session, wanted)


def picture_button(quarter: Quarter, unit_id: int = WHOLE) -> dict[str, str]:
    return button(texts.PICTURE, PictureData(unit_id, quarter))


CONVERSATION = Conversation(callbacks=(Callback(PictureData, Action.READ_PROGRESS, press, in_groups=True),))
