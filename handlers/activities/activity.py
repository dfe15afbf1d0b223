"""One activity: `/actividad_12`, or its button in the list.

«act:v:12:…» shows it; what follows the number is the list to go back to (see `Listing`), if it came from one.
"""

from handlers.activities import activities
from handlers.activities.listing import Listing
from handlers.chat.keyboards import Keyboard, button, rows
from handlers.chat.talk import LARGEST_NUMBER, Talk
from handlers.texts.activities import activity as texts
from handlers.texts.activities import review as review_texts
from models.activities.detail import Detail, detail
from models.activities.reading import find
from models.activities.returning import may_review
from models.activities.settlement import may_take_back
from models.errors import Rejected
from models.programme.view import LineView
from models.rights import Action
from models.tables.activity import Activity
from models.tables.people import Role

VIEW = "v"


def ask(talk: Talk) -> None:
    """`/actividad 12`, `/actividad_12`; without a number the list."""
    number = ((talk.heard.command or "").partition("_")[2] or talk.heard.arguments).strip()
    if not number:
        activities.ask(talk)
        return
    if not (number.isdecimal() and number.isascii() and int(number) <= LARGEST_NUMBER):
        raise Rejected("activity_number_unreadable")
    show(talk, int(number), Listing.first(talk))


def press(talk: Talk) -> None:
    """A button of the list or of an activity."""
    operation, _, *data = (talk.heard.data or "").split(":")[1:] or ["", ""]
    if operation != VIEW:
        raise Rejected("stale_button")
    show(talk, talk.argument(2), Listing.read(data))


def show(talk: Talk, activity_id: int, listing: Listing) -> None:
    """The activity, in place of the message that was pressed or as a new one."""
    found = detail(talk.session, find(talk.session, activity_id, talk.member))
    placed = talk.programmes.line(found.activity.line_id)
    unit_name, line = (placed[1].name, placed[2]) if placed else ("", None)
    page = texts.page(found, unit_name, line, talk.zone, reviewer=Role.PLANNING in talk.member.roles)
    talk.edit(page, _keyboard(talk, found, line, listing))


def _keyboard(talk: Talk, found: Detail, line: LineView | None, listing: Listing) -> Keyboard:
    number = found.activity.id or 0
    pieces = found.evidence.counts.total()
    more = [button(texts.show_evidence(pieces), "ev", number)] if pieces else []
    more.append(button(texts.HISTORY, "hist", number, 0, *listing.data()))
    changes = (
        []
        if found.activity.withdrawn_at
        else [*_changes(talk, found.activity), *_review(talk, found), *_counting(talk, found, line)]
    )
    return [*changes, more, [button(texts.BACK, "acts", "l", *listing.data())]]


def _counting(talk: Talk, found: Detail, line: LineView | None) -> Keyboard:
    """What waits to count, and what came to count by mistake."""
    targets = {target.id: target for target in line.targets} if line else {}
    pending = [
        button(texts.counts_now(entry, targets[entry.target_id]), "settle", entry.id)
        for entry in found.view.entries
        if entry.pending
        and entry.target_id in targets
        and talk.member.may(Action.CAPTURE, found.activity.unit_id)
    ]
    settled = [each for parts in found.settled.values() for each in parts]
    mine = any(may_take_back(talk.member, found.activity, each) for each in settled)
    return [
        *rows(pending, 1),
        *([[button(texts.UNSETTLE, "unsets", found.activity.id or 0)]] if mine else []),
    ]


def _review(talk: Talk, found: Detail) -> Keyboard:
    """To give it back or take that back; for planning, to let a director's own stand."""
    if not may_review(talk.member, found.activity):
        return []
    number = found.activity.id or 0
    if found.returned:
        return [[button(review_texts.TAKE_BACK, "unret", number)]]
    buttons = [button(review_texts.RETURN, "ret", number)]
    if found.unreviewed and Role.PLANNING in talk.member.roles:
        buttons.append(button(review_texts.LET_STAND, "rev", number, found.activity.version))
    return [buttons]


def _changes(talk: Talk, activity: Activity) -> Keyboard:
    """To correct and to withdraw, for those who may."""
    if not talk.member.may(Action.CORRECT, activity.unit_id, activity.registered_by):
        return []
    number = activity.id or 0
    return [[button(texts.CORRECT, "fix", number), button(texts.WITHDRAW, "void", number)]]
