"""«Ya cuenta»: something that was pending came to count; and that it did is taken back."""

from handlers.activities.listing import Listing
from handlers.activities.settlement_flow import find, target_of
from handlers.chat import drafts, paging
from handlers.chat.keyboards import button
from handlers.chat.talk import Talk
from handlers.texts.activities import settlement as texts
from models.activities import reading as activities
from models.activities import settlement
from models.activities.detail import settled
from models.activities.reading import with_entries
from models.errors import Rejected
from models.storage.filled import Settling
from models.tables.draft import DraftKind


def begin(talk: Talk) -> None:
    """The button of a pending quantity in `/actividades`."""
    entry, _, _ = find(talk, talk.argument(1))
    if settlement.pending_of(talk.session, entry) <= 0:
        raise Rejected("nothing_pending")
    assert entry.id is not None
    drafts.open_new(talk, DraftKind.SETTLEMENT, Settling(entry_id=entry.id))


def ask_which(talk: Talk) -> None:
    """↩️: what of the activity came to count, each with a button that takes it back."""
    session = talk.session
    activity = activities.find(session, talk.argument(1), talk.member)
    (view,) = with_entries(session, [activity])
    parts = [each for found in settled(session, view).values() for each in found]
    mine = [each for each in parts if settlement.may_take_back(talk.member, activity, each)]
    if not mine:
        raise Rejected("nothing_settled")
    targets = {entry.id: target_of(talk, activity, entry.target_id) for entry in view.entries}
    choices = [button(texts.take_back(each, targets[each.entry_id]), "unset", each.id or 0) for each in mine]
    see = button(texts.SEE, "act", "v", activity.id or 0, *Listing.first(talk).data())
    paging.choose(talk, texts.which_back(activity), choices, [[see]])


def take_back(talk: Talk) -> None:
    """The quantity waits again."""
    done, entry, activity = settlement.find_standing(talk.session, talk.argument(1), talk.member)
    target = target_of(talk, activity, entry.target_id)
    settlement.take_back(talk.session, talk.argument(1), talk.member, talk.now)
    see = button(texts.SEE, "act", "v", activity.id or 0, *Listing.first(talk).data())
    talk.edit(texts.taken_back(activity, target, done), [[see]])
