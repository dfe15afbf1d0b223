"""Tells people at once that an activity was returned, corrected or withdrawn by somebody else.

Nobody is told of their own act, or of an activity that they may no longer read.
"""

from collections.abc import Sequence

from handlers.activities.buttons import ShowActivity
from handlers.activities.listing import Listing
from handlers.activity_form.buttons import Correct
from handlers.activity_form.steps import EVIDENCE
from handlers.chat import broadcast
from handlers.chat.context import TurnContext
from handlers.chat.keyboards import Keyboard, button
from handlers.texts.activities import review as texts
from handlers.texts.escaping import Html
from models.activities import correction, returning
from models.people import deputies, reach
from models.rights import Action, Member
from models.tables.activity import Activity
from models.tables.review import Return


def tell_returned(context: TurnContext, given: Return) -> list[str]:
    """Tell the author, with a button to correct the field; return the names of those who were told.

    If the author cannot correct it (suspended, no longer in the unit, unreachable), tell the unit's
    directors.
    """
    activity = returning.activity_of(context.session, given)
    author = _present(context, activity.registered_by)
    theirs = author is not None and author.may(Action.CORRECT, activity.unit_id, activity.registered_by)
    told = [author] if author and theirs else _directors(context, activity.unit_id)
    shown = correction.current_form(context.session, activity)
    for each in told:
        if each.person_id != context.member.person_id:
            text = texts.give_notice(
                context.programmes, shown, context.member.name, given.reason, given.field, theirs
            )
            correct = [button(texts.correct(given.field), Correct(given.activity_id, _step(given)))]
            _tell(context, each, text, [correct, *_see(context, given.activity_id)])
    return [each.name for each in told if each.person_id != context.member.person_id]


def tell_taken_back(context: TurnContext, given: Return) -> None:
    """Tell the author that the return was taken back."""
    activity = returning.activity_of(context.session, given)
    author = _reader(context, activity.registered_by, activity.unit_id)
    if author is not None:
        _tell(context, author, texts.return_taken_back(given.activity_id, context.member.name))


def tell_corrected(
    context: TurnContext, activity: Activity, unit_before: int, given: Return | None, changes: Sequence[Html]
) -> None:
    """Tell the author what changed, and whoever returned the activity that it was corrected."""
    number, who = activity.id or 0, context.member.name
    author = _reader(context, activity.registered_by, unit_before)
    if author is not None and author.may(Action.READ_ACTIVITIES, activity.unit_id):
        _tell(context, author, texts.corrected(number, who, changes), _see(context, number))
    elif author is not None:
        placed = context.programmes.line(activity.line_id)
        _tell(context, author, texts.moved_away(number, who, placed[1].name if placed else ""))
    returner = _reader(context, given.returned_by if given else None, activity.unit_id)
    if given and returner and returner != author:
        _tell(context, returner, texts.answered(number, who, given.reason, changes), _see(context, number))


def tell_withdrawn(context: TurnContext, activity: Activity, given: Return | None) -> None:
    """Tell the author, and whoever returned the activity, that it was withdrawn."""
    number, who = activity.id or 0, context.member.name
    author = _reader(context, activity.registered_by, activity.unit_id)
    if author is not None:
        text = texts.withdrawn(number, who, activity.withdrawal_reason or "")
        _tell(context, author, text, _see(context, number))
    returner = _reader(context, given.returned_by if given else None, activity.unit_id)
    if given and returner and returner != author:
        text = texts.answered_by_withdrawal(number, who, given.reason)
        _tell(context, returner, text, _see(context, number))


def answer_with_evidence(context: TurnContext, activity: Activity) -> None:
    """Resolve an open return that asked for evidence, and tell whoever returned the activity."""
    number = activity.id or 0
    given = returning.open_return(context.session, number)
    if given is None or given.field != EVIDENCE:
        return
    returning.resolve_return(context.session, number, context.member, context.now)
    returner = _reader(context, given.returned_by, activity.unit_id)
    if returner is not None:
        text = texts.answered_by_evidence(number, context.member.name, given.reason)
        _tell(context, returner, text, _see(context, number))


def _step(given: Return) -> str | None:
    return given.field if given.field in texts.FIELDS else None


def _directors(context: TurnContext, unit_id: int) -> list[Member]:
    """Return the unit's directors of today, with deputies in place of those who are absent."""
    heads = deputies.in_charge(context.session, unit_id, context.today)
    known = (_present(context, person_id) for person_id in heads)
    return [each for each in known if each is not None]


def _present(context: TurnContext, person_id: int | None) -> Member | None:
    """Return the person with today's rights, or None if they cannot be reached."""
    person = reach.reachable_member(context.session, person_id)
    return deputies.deputized(context.session, person, context.today) if person else None


def _reader(context: TurnContext, person_id: int | None, unit_id: int) -> Member | None:
    """Return the person, or None if they did it themselves or may no longer read the unit's activities."""
    if person_id == context.member.person_id:
        return None
    person = _present(context, person_id)
    return person if person and person.may(Action.READ_ACTIVITIES, unit_id) else None


def _see(context: TurnContext, number: int) -> Keyboard:
    return [[button(texts.SEE, ShowActivity(number, Listing.first(context)))]]


def _tell(context: TurnContext, person: Member, text: str, keyboard: Keyboard | None = None) -> None:
    broadcast.tell(context.session, [person.telegram_id], text, context.now, keyboard)
