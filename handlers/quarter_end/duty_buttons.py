"""The buttons that mend what a unit owes, as far as whoever looks may press them."""

from handlers.activities.listing import Listing
from handlers.activity_form.steps import LINE, UNIT
from handlers.chat import drafts
from handlers.chat.context import TurnContext
from handlers.chat.keyboards import button
from handlers.texts.quarter_end import deadlines as texts
from handlers.updates import commands
from models.errors import Rejected
from models.programme.view import UnitView
from models.quarter_end.duties import Duty, DutyKind
from models.rights import Action
from models.storage.forms import ActivityForm
from models.tables.draft import DraftKind
from models.tables.people import Role

Way = tuple[str, str, tuple[int | str, ...]]  # what a button says, its verb, its arguments


def is_owed(context: TurnContext, duty: Duty) -> bool:
    """Whether it is this person's to mend. To who only looks on, everything is told alike."""
    roles = {role for role, unit_id in context.member.pairs if unit_id == duty.unit_id}
    if roles != {Role.STAFF} or Role.PLANNING in context.member.roles:
        return True
    return duty.owner is Role.STAFF


def buttons(context: TurnContext, unit: UnitView, duty: Duty, place: int) -> list[dict[str, str]]:
    """One row for the thing that stands at that place of the list; none in groups."""
    return [
        button(texts.numbered(place, text), verb, *arguments)
        for text, verb, arguments in _ways(unit, duty)
        if _may(context, verb, unit.id)
    ]


def capture(context: TurnContext) -> None:
    """«Registrar»: a capture on that line. One that is open and untouched is shown again."""
    found = context.programmes.line(context.argument(1))
    if found is None:
        raise Rejected("line_gone")
    _, unit, line = found
    context.member.require(Action.CAPTURE, unit.id)
    wanted = ActivityForm(unit_id=unit.id, line_id=line.id, answered=(UNIT, LINE))
    draft = drafts.newest_open(context)
    if draft is not None and draft.kind is DraftKind.ACTIVITY:
        content: ActivityForm = drafts.read(draft)
        if content.model_copy(update={"draft_id": 0}) == wanted:
            drafts.show(context, draft, edit=False)
            return
    drafts.open_new(context, DraftKind.ACTIVITY, wanted)


def _ways(unit: UnitView, duty: Duty) -> list[Way]:
    """What mends it, the likeliest first."""
    key, line_id = duty.quarter.key, duty.line_id or 0
    register: Way = (texts.REGISTER, "reg", (line_id,))
    explain: Way = (texts.EXPLAIN, "obs", (line_id, key))
    match duty.kind:
        case DutyKind.RETURNED:
            return [(texts.CORRECT, "fix", (duty.activity_id or 0,))]
        case DutyKind.NOTHING_REGISTERED:
            return [register, (texts.STAND_STILL, "still", (line_id, key))]
        case DutyKind.UNEXPLAINED_DEVIATION | DutyKind.BEHIND:
            return [register, explain] if duty.kind is DutyKind.BEHIND else [explain, register]
        case DutyKind.ENDS_SOON:
            return [register]
        case DutyKind.NO_PRESENTATION:
            return [(texts.PRESENT, "pres", (unit.id, key))]
        case DutyKind.NOT_SIGNED:
            return [(texts.SIGN, "sign", (unit.id, key))]
        case DutyKind.PENDING_QUANTITY if duty.count == 1:
            return [(texts.SETTLE, "settle", (duty.entry_id or 0,))]
        case DutyKind.PENDING_QUANTITY:
            return [(texts.SETTLE, "due", ("p", line_id, key, 0))]
        case DutyKind.NO_EVIDENCE if duty.count == 1:
            return [(texts.SEE, "act", ("v", duty.activity_id or 0, *_listing(unit, duty).data()))]
        case DutyKind.NO_EVIDENCE:
            return [(texts.SEE, "due", ("e", line_id, key, 0))]


def _listing(unit: UnitView, duty: Duty) -> Listing:
    """The list to which one activity leads back."""
    return Listing(duty.quarter.year, duty.quarter.number, unit_id=unit.id, line_id=duty.line_id)


def _may(context: TurnContext, verb: str, unit_id: int) -> bool:
    """As the door says; what somebody wrote is theirs to correct, which only the activity itself knows."""
    action = Action.READ_ACTIVITIES if verb == "due" else commands.VERBS[verb].action
    return context.incoming.private and context.member.may(action, unit_id, context.member.person_id)
