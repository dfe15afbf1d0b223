"""«Fotos»: which pictures the report shows, in which order, and with which captions."""

from collections.abc import Mapping, Sequence
from typing import Any

from handlers.activities.buttons import (
    MovePicture,
    PrintedPictureData,
    PrintPicture,
    SeePicture,
    ShowActivityPictures,
    ShowPicture,
    WriteCaption,
)
from handlers.chat import drafts, paging
from handlers.chat.context import TurnContext
from handlers.chat.conversations import Callback, Conversation
from handlers.chat.flows import CARD, EDIT, Choice, StepQuestion
from handlers.chat.keyboards import Keyboard, button, rows
from handlers.quarter_end import printed_pictures
from handlers.quarter_end.buttons import ShowPictures, ShowReport
from handlers.texts.quarter_end import pictures as texts
from handlers.texts.quarter_end.pictures import ShownPicture
from models.activities import report_pictures
from models.calendar import closing
from models.errors import Rejected
from models.programme.view import ProgrammeView, UnitView
from models.quarter import Quarter
from models.rights import Action
from models.storage.draft import Draft, save
from models.storage.forms import FormState
from models.tables.chat.draft import DraftKind

PER_PAGE = 20
PER_ROW = 5
TEXT, AGAIN = "text", "made"


def show(context: TurnContext, programme: ProgrammeView, quarter: Quarter, unit: UnitView | None) -> None:
    """Show the pictures of a unit; of the institution, ask which unit."""
    if unit is None:
        units = [each for each in programme.units if context.member.may(Action.CORRECT, each.id)]
        choices = [button(each.name, ShowPictures(each.id, quarter)) for each in units]
        back = [[button(texts.BACK_TO_REPORT, ShowReport(0, quarter))]]
        paging.choose(context, texts.WHICH_UNIT, choices, back)
        return
    found = printed_pictures.of_unit(context, unit, quarter)
    _list(context, unit, quarter, found, [[button(texts.BACK_TO_REPORT, ShowReport(unit.id, quarter))]])


def press(context: TurnContext, data: PrintedPictureData) -> None:
    """Show the pictures of an activity, or one of them; change it; send it. Raises `Rejected`."""
    match data:
        case ShowActivityPictures(activity_id):
            unit, quarter, _ = printed_pictures.of_activity(context, activity_id)
            every = printed_pictures.of_unit(context, unit, quarter)
            _list(context, unit, quarter, [each for each in every if each.activity.id == activity_id], [])
        case ShowPicture(evidence_id):
            _show_one(context, evidence_id)
        case SeePicture(evidence_id):
            _send(context, evidence_id)
        case PrintPicture(evidence_id, left_out):
            report_pictures.show(context.session, evidence_id, left_out is None, context.member, context.now)
            _show_one(context, evidence_id)
        case MovePicture(evidence_id, way):
            _move(context, evidence_id, way == "up")
        case WriteCaption(evidence_id, scope):
            _begin_caption(context, evidence_id, scope)


def _list(
    context: TurnContext, unit: UnitView, quarter: Quarter, found: Sequence[ShownPicture], below: Keyboard
) -> None:
    open_ = closing.signed(context.session, unit.id, quarter) is None

    def keys(some: Sequence[ShownPicture]) -> Keyboard:
        numbers = [
            button(
                texts.number(each.number, each.picture.shown),
                ShowPicture(each.picture.evidence_id),
            )
            for each in some
        ]
        return rows(numbers, PER_ROW)

    paging.show(
        context,
        found,
        lambda some: texts.page(unit, quarter, found, some, open_),
        keys,
        below=below,
        most=PER_PAGE,
    )


def _one(context: TurnContext, evidence_id: int) -> tuple[ShownPicture, UnitView, Quarter]:
    unit, quarter, _ = printed_pictures.placed(context, evidence_id)
    for each in printed_pictures.of_unit(context, unit, quarter):
        if each.picture.evidence_id == evidence_id:
            return each, unit, quarter
    raise Rejected("stale_button")


def _show_one(context: TurnContext, evidence_id: int) -> None:
    each, unit, quarter = _one(context, evidence_id)
    open_ = closing.signed(context.session, unit.id, quarter) is None
    activity = each.activity
    changes: Keyboard = []
    if open_ and context.member.may(Action.CORRECT, unit.id, activity.registered_by):
        changes = _changes(evidence_id, each.picture.shown)
    may_list = context.member.may(Action.CORRECT, unit.id) and context.member.may(Action.REPORT, unit.id)
    back = ShowPictures(unit.id, quarter) if may_list else ShowActivityPictures(activity.id or 0)
    below = [[button(texts.SEE, SeePicture(evidence_id)), button(texts.BACK, back)]]
    context.edit(texts.one(each, open_), [*changes, *below])


def _changes(evidence_id: int, shown: bool) -> Keyboard:
    if not shown:
        return [[button(texts.PUT_BACK, PrintPicture(evidence_id))]]
    return [
        [
            button(texts.UP, MovePicture(evidence_id, "up")),
            button(texts.DOWN, MovePicture(evidence_id, "down")),
        ],
        [button(texts.CAPTION, WriteCaption(evidence_id, "one"))],
        [button(texts.CAPTION_OF_ACTIVITY, WriteCaption(evidence_id, "activity"))],
        [button(texts.CAPTION_OF_LINE, WriteCaption(evidence_id, "line"))],
        [button(texts.LEAVE_OUT, PrintPicture(evidence_id, "no"))],
    ]


def _send(context: TurnContext, evidence_id: int) -> None:
    each, _, _ = _one(context, evidence_id)
    photo = {"evidence": each.picture.copy_sha256, "name": f"foto-{each.number}.jpg"}
    caption = texts.picture_caption(each)
    context.tell("sendPhoto", {"photo": photo, "caption": caption, "parse_mode": "HTML"})


def _move(context: TurnContext, evidence_id: int, up: bool) -> None:
    report_pictures.changeable(context.session, evidence_id, context.member)
    unit, quarter, activity = printed_pictures.placed(context, evidence_id)
    printed = printed_pictures.of_line(context, unit, quarter, activity.line_id)
    order = printed_pictures.moved(printed, evidence_id, up)
    if order is None:
        context.answer(texts.FIRST if up else texts.LAST)
        return
    report_pictures.arrange(context.session, evidence_id, order, context.member, context.now)
    _show_one(context, evidence_id)


class CaptionForm(FormState):
    """The form of a caption: for which pictures of an activity or its line; empty: the one that is made."""

    activity_id: int
    evidence: tuple[int, ...]
    text: str = ""


def _begin_caption(context: TurnContext, evidence_id: int, scope: str) -> None:
    report_pictures.changeable(context.session, evidence_id, context.member)
    unit, quarter, activity = printed_pictures.placed(context, evidence_id)
    pictures = [evidence_id]
    if scope != "one":
        pictures = [
            each.picture.evidence_id
            for each in printed_pictures.of_unit(context, unit, quarter)
            if each.picture.shown and each.activity.line_id == activity.line_id
            if scope == "line" or each.activity.id == activity.id
            if context.member.may(Action.CORRECT, unit.id, each.activity.registered_by)
        ]
    form = CaptionForm(activity_id=activity.id or 0, evidence=tuple(pictures))
    drafts.open_new(context, DraftKind.CAPTION, form)


class CaptionFlow:
    """The steps of writing a caption; see `flows.Flow`."""

    accept = texts.SAVE
    cancelled = texts.CANCELLED
    optional: tuple[str, ...] = ()
    words: Mapping[str, int] = {TEXT: report_pictures.LONGEST_CAPTION}

    def read(self, stored: dict[str, Any]) -> CaptionForm:
        return CaptionForm.model_validate(stored)

    def steps(self, context: TurnContext, content: CaptionForm) -> list[str]:
        return [TEXT]

    def question(self, context: TurnContext, content: CaptionForm, step: str) -> StepQuestion:
        if step == CARD:
            card = texts.caption_card(content.text, len(content.evidence))
            return StepQuestion(card, [Choice(texts.CAPTION_TEXT, TEXT, EDIT)])
        now = _one(context, content.evidence[0])[0].about
        return StepQuestion(
            texts.ask_caption(now, len(content.evidence)), [Choice(texts.MADE, AGAIN)], copied=now
        )

    def choose(self, context: TurnContext, content: CaptionForm, step: str, value: str) -> CaptionForm:
        if (step, value) != (TEXT, AGAIN):
            raise Rejected("stale_button")
        return content.answering(TEXT, text="")

    def write(self, context: TurnContext, content: CaptionForm, step: str, text: str) -> CaptionForm:
        said = " ".join(text.split())
        report_pictures.check_caption(said)
        return content.answering(TEXT, text=said)

    def finish(self, context: TurnContext, draft: Draft, content: CaptionForm) -> None:
        session, now = context.session, context.now
        report_pictures.caption(session, content.evidence, content.text, context.member, now)
        draft.registered_at = now
        save(session, draft)
        said = texts.caption_saved(content.text, len(content.evidence))
        context.edit(said, [[button(texts.BACK, ShowActivityPictures(content.activity_id))]], draft.id)


CONVERSATION = Conversation(
    callbacks=(Callback(PrintedPictureData, Action.CORRECT, press),),
    flows={DraftKind.CAPTION: CaptionFlow()},
)
