"""The buttons that complete a unit's duties, as far as the person may use them."""

from handlers.activities.buttons import Settle, ShowActivity
from handlers.activities.listing import Listing
from handlers.activity_form.buttons import Correct
from handlers.activity_form.steps import LINE, UNIT
from handlers.chat import drafts
from handlers.chat.context import TurnContext
from handlers.chat.conversations import Callback, Conversation
from handlers.chat.keyboards import button
from handlers.progress.buttons import BareActivities, DutiesData, PendingActivities
from handlers.quarter_end.buttons import CaptureOn, NoActivity, Observe, Present, Sign
from handlers.texts.quarter_end import deadlines as texts
from handlers.updates.callback_data import CallbackData
from models.errors import Rejected
from models.programme.view import UnitView
from models.quarter_end.duties import Duty, DutyKind
from models.rights import Action
from models.storage.forms import ActivityForm
from models.tables.chat.draft import DraftKind
from models.tables.people import Role

Way = tuple[str, CallbackData]  # a button's label and data


def is_owed(context: TurnContext, duty: Duty) -> bool:
    """Return whether the duty is this person's to complete; true for everybody who only reads."""
    roles = {role for role, unit_id in context.member.pairs if unit_id == duty.unit_id}
    if roles != {Role.STAFF} or Role.PLANNING in context.member.roles:
        return True
    return duty.owner is Role.STAFF


def buttons(context: TurnContext, unit: UnitView, duty: Duty, place: int) -> list[dict[str, str]]:
    """Return the row of the duty at that place of the list; none in groups."""
    return [button(texts.numbered(place, text), data) for text, data in ways(context, unit, duty)]


def ways(context: TurnContext, unit: UnitView, duty: Duty) -> list[Way]:
    """Return the labels and data of the buttons that complete the duty; none in groups."""
    return [(text, data) for text, data in _ways(unit, duty) if _may(context, data, unit.id)]


def capture(context: TurnContext, data: CaptureOn) -> None:
    """«Registrar»: begin a capture on that line, or show the open one that is untouched."""
    found = context.programmes.line(data.line_id)
    if found is None:
        raise Rejected("line_gone")
    _, unit, line = found
    context.member.require(Action.CAPTURE, unit.id)
    wanted = ActivityForm(unit_id=unit.id, line_id=line.id, answered=(UNIT, LINE))
    draft = drafts.newest_open(context)
    if draft is not None and draft.kind is DraftKind.ACTIVITY:
        content: ActivityForm = drafts.read(context, draft)
        if content.model_copy(update={"draft_id": 0}) == wanted:
            drafts.show(context, draft, edit=False)
            return
    drafts.open_new(context, DraftKind.ACTIVITY, wanted)


def _ways(unit: UnitView, duty: Duty) -> list[Way]:
    """Return the buttons that complete the duty, the likeliest first, as pairs of text and data."""
    quarter, line_id = duty.quarter, duty.line_id or 0
    register: Way = (texts.REGISTER, CaptureOn(line_id))
    explain: Way = (texts.EXPLAIN, Observe(line_id, quarter))
    match duty.kind:
        case DutyKind.RETURNED:
            return [(texts.CORRECT, Correct(duty.activity_id or 0))]
        case DutyKind.NOTHING_REGISTERED:
            return [register, (texts.STAND_STILL, NoActivity(line_id, quarter))]
        case DutyKind.UNEXPLAINED_DEVIATION | DutyKind.BEHIND:
            return [register, explain] if duty.kind is DutyKind.BEHIND else [explain, register]
        case DutyKind.ENDS_SOON:
            return [register]
        case DutyKind.NO_PRESENTATION:
            return [(texts.PRESENT, Present(unit.id, quarter))]
        case DutyKind.NOT_SIGNED:
            return [(texts.SIGN, Sign(unit.id, quarter))]
        case DutyKind.PENDING_QUANTITY if duty.count == 1:
            return [(texts.SETTLE, Settle(duty.entry_id or 0))]
        case DutyKind.PENDING_QUANTITY:
            return [(texts.SETTLE, PendingActivities(line_id, quarter, 0))]
        case DutyKind.NO_EVIDENCE if duty.count == 1:
            return [(texts.SEE, ShowActivity(duty.activity_id or 0, _listing(unit, duty)))]
        case DutyKind.NO_EVIDENCE:
            return [(texts.SEE, BareActivities(line_id, quarter, 0))]


def _listing(unit: UnitView, duty: Duty) -> Listing:
    """Return the list of activities to which the button's activity leads back."""
    return Listing(duty.quarter.year, duty.quarter.number, unit_id=unit.id, line_id=duty.line_id)


def _may(context: TurnContext, data: CallbackData, unit_id: int) -> bool:
    """Return whether the person may use the button, by the right of its endpoint; never in groups.

    For corrections it assumes the person's own activity; the correction itself checks the author.
    """
    lists = isinstance(data, DutiesData)
    action = Action.READ_ACTIVITIES if lists else context.conversations.callbacks[data.verb].action
    return context.incoming.private and context.member.may(action, unit_id, context.member.person_id)


CONVERSATION = Conversation(callbacks=(Callback(CaptureOn, Action.CAPTURE, capture),))
