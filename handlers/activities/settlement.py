"""«Ya cuenta»: begins the settlement of a pending quantity, and takes settlements back."""

from handlers.activities.buttons import ChooseSettlement, Settle, ShowActivity, TakeBackSettlement
from handlers.activities.listing import Listing
from handlers.activities.settlement_flow import SettlementFlow, find, target_of
from handlers.chat import drafts, paging
from handlers.chat.context import TurnContext
from handlers.chat.conversations import Callback, Conversation
from handlers.chat.keyboards import button
from handlers.texts.activities import settlement as texts
from models.activities import reading as activities
from models.activities import settlement
from models.activities.detail import settled
from models.activities.reading import with_entries
from models.errors import Rejected
from models.rights import Action
from models.storage.forms import Settling
from models.tables.chat.draft import DraftKind


def begin(context: TurnContext, data: Settle) -> None:
    """Begin a settlement of the entry's pending quantity. Raises `Rejected("nothing_pending")`."""
    entry, _, _ = find(context, data.entry_id)
    if settlement.pending_of(context.session, entry) <= 0:
        raise Rejected("nothing_pending")
    assert entry.id is not None
    drafts.open_new(context, DraftKind.SETTLEMENT, Settling(entry_id=entry.id))


def ask_which(context: TurnContext, data: ChooseSettlement) -> None:
    """↩️: list the activity's settlements, each with a button to take it back. Raises `Rejected`."""
    session = context.session
    activity = activities.find(session, data.activity_id, context.member)
    (view,) = with_entries(session, [activity])
    parts = [each for found in settled(session, view).values() for each in found]
    mine = [each for each in parts if settlement.may_take_back(context.member, activity, each)]
    if not mine:
        raise Rejected("nothing_settled")
    targets = {entry.id: target_of(context, activity, entry.target_id) for entry in view.entries}
    choices = [
        button(texts.take_back(each, targets[each.entry_id]), TakeBackSettlement(each.id or 0))
        for each in mine
    ]
    see = button(texts.SEE, ShowActivity(activity.id or 0, Listing.first(context)))
    paging.choose(context, texts.which_back(activity), choices, [[see]])


def take_back(context: TurnContext, data: TakeBackSettlement) -> None:
    """Take the settlement back: its quantity is pending again."""
    done, entry, activity = settlement.find_active(context.session, data.settlement_id, context.member)
    target = target_of(context, activity, entry.target_id)
    settlement.take_back(context.session, data.settlement_id, context.member, context.now)
    see = button(texts.SEE, ShowActivity(activity.id or 0, Listing.first(context)))
    context.edit(texts.taken_back(activity, target, done), [[see]])


CONVERSATION = Conversation(
    callbacks=(
        Callback(Settle, Action.CAPTURE, begin),
        Callback(ChooseSettlement, Action.CORRECT, ask_which),
        Callback(TakeBackSettlement, Action.CORRECT, take_back),
    ),
    flows={DraftKind.SETTLEMENT: SettlementFlow()},
)
