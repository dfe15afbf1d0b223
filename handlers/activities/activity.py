"""One activity: `/actividad_12`, or its button in a list."""

from handlers.activities import activities
from handlers.activities.buttons import (
    ChooseSettlement,
    GiveBack,
    LetStand,
    Settle,
    ShowActivities,
    ShowActivity,
    ShowActivityPictures,
    ShowEvidence,
    ShowHistory,
    TakeBackReturn,
    Withdraw,
)
from handlers.activities.listing import Listing
from handlers.activity_form.buttons import Correct
from handlers.chat.context import TurnContext
from handlers.chat.conversations import Callback, Command, Conversation
from handlers.chat.keyboards import Keyboard, button, rows
from handlers.texts.activities import activity as texts
from handlers.texts.activities import review as review_texts
from handlers.updates.callback_data import LARGEST_NUMBER
from models.activities.detail import Detail, detail
from models.activities.reading import find
from models.activities.returning import may_review
from models.activities.settlement import may_take_back
from models.errors import Rejected
from models.programme.view import LineView
from models.rights import Action
from models.tables.activity import Activity
from models.tables.people import Role


def ask(context: TurnContext) -> None:
    """`/actividad 12` or `/actividad_12`; without a number, show the list.

    Raises `Rejected` for an unreadable number.
    """
    number = ((context.incoming.command or "").partition("_")[2] or context.incoming.arguments).strip()
    if not number:
        activities.ask(context)
        return
    if not (number.isdecimal() and number.isascii() and int(number) <= LARGEST_NUMBER):
        raise Rejected("activity_number_unreadable")
    show(context, int(number), Listing.first(context))


def press(context: TurnContext, data: ShowActivity) -> None:
    """Handle the button that opens one activity."""
    show(context, data.activity_id, data.listing)


def show(context: TurnContext, activity_id: int, listing: Listing) -> None:
    """Show the activity, editing the pressed message or as a new one.

    Raises `Rejected` if it may not be read.
    """
    found = detail(context.session, find(context.session, activity_id, context.member))
    placed = context.programmes.line(found.activity.line_id)
    unit_name, line = (placed[1].name, placed[2]) if placed else ("", None)
    page = texts.page(found, unit_name, line, context.zone, reviewer=Role.PLANNING in context.member.roles)
    context.edit(page, _keyboard(context, found, line, listing))


def _keyboard(context: TurnContext, found: Detail, line: LineView | None, listing: Listing) -> Keyboard:
    number = found.activity.id or 0
    pieces = found.evidence.counts.total()
    more = [button(texts.show_evidence(pieces), ShowEvidence(number))] if pieces else []
    if pieces and context.member.may(Action.CORRECT, found.activity.unit_id, found.activity.registered_by):
        more.append(button(texts.PICTURES, ShowActivityPictures(number)))
    more.append(button(texts.HISTORY, ShowHistory(number, 0, listing)))
    changes = (
        []
        if found.activity.withdrawn_at
        else [*_changes(context, found.activity), *_review(context, found), *_counting(context, found, line)]
    )
    return [*changes, more, [button(texts.BACK, ShowActivities(listing))]]


def _counting(context: TurnContext, found: Detail, line: LineView | None) -> Keyboard:
    """Return a button for each pending quantity, and one to take back a settlement if there is any."""
    targets = {target.id: target for target in line.targets} if line else {}
    pending = [
        button(texts.counts_now(entry, targets[entry.target_id]), Settle(entry.id or 0))
        for entry in found.view.entries
        if entry.pending
        and entry.target_id in targets
        and context.member.may(Action.CAPTURE, found.activity.unit_id)
    ]
    settled = [each for parts in found.settled.values() for each in parts]
    mine = any(may_take_back(context.member, found.activity, each) for each in settled)
    return [
        *rows(pending, 1),
        *([[button(texts.UNSETTLE, ChooseSettlement(found.activity.id or 0))]] if mine else []),
    ]


def _review(context: TurnContext, found: Detail) -> Keyboard:
    """Return the buttons to return the activity or to take a return back; for planning also to accept it."""
    if not may_review(context.member, found.activity):
        return []
    number = found.activity.id or 0
    if found.returned:
        return [[button(review_texts.TAKE_BACK, TakeBackReturn(number))]]
    buttons = [button(review_texts.RETURN, GiveBack(number))]
    if found.unreviewed and Role.PLANNING in context.member.roles:
        buttons.append(button(review_texts.LET_STAND, LetStand(number, found.activity.version)))
    return [buttons]


def _changes(context: TurnContext, activity: Activity) -> Keyboard:
    """Return the buttons to correct and to withdraw it; none if the person may not."""
    if not context.member.may(Action.CORRECT, activity.unit_id, activity.registered_by):
        return []
    number = activity.id or 0
    return [[button(texts.CORRECT, Correct(number)), button(texts.WITHDRAW, Withdraw(number))]]


CONVERSATION = Conversation(
    commands=(Command("actividad", Action.READ_ACTIVITIES, ask, numbered=True),),
    callbacks=(Callback(ShowActivity, Action.READ_ACTIVITIES, press),),
)
