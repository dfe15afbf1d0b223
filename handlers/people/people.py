"""`/personas`: lists and finds who is linked; corrects names, suspends, lets in again, changes roles and
units, forgets. Edits in place.

Every change needs the PIN of whoever makes it.
"""

from handlers.chat import broadcast, confirming, paging
from handlers.chat.context import TurnContext
from handlers.chat.conversations import Callback, Command, Conversation
from handlers.chat.keyboards import Keyboard, button, rows
from handlers.people import access, deputies, naming, search
from handlers.people.buttons import (
    ChangePair,
    ChooseUnit,
    InvitationPage,
    PairButton,
    PeopleData,
    PeoplePage,
    PersonButton,
    StartInvitation,
)
from handlers.texts import pages as page_texts
from handlers.texts.people import invitations as invitation_texts
from handlers.texts.people import people as texts
from handlers.texts.people import pins as pin_texts
from handlers.texts.people.roles import ROLES
from models.errors import Rejected
from models.operations import forgetting
from models.people import absences, invitation, pin, privacy, roster
from models.people.roster import RosterEntry
from models.rights import Action, member
from models.storage import audit
from models.tables.people import Role
from spanish.writing import days

PAGE = 8  # people per page, so that list and buttons fit one screen


def show(context: TurnContext) -> None:
    """`/personas`: show the first page. `/personas ana`: the person, or everybody whom the words name."""
    said = " ".join(context.incoming.arguments.split())
    if not said:
        context.say(*_list(context, 0))
        return
    found = search.find(context.session, said)
    if len(found) == 1:
        context.say(*_card(context, found[0].person_id))
    elif found:
        context.say(texts.found_list(said, found[:PAGE]), [*_buttons(found[:PAGE], 1), _all()])
    else:
        context.say(texts.nobody_found(said), [_all()])


def press(context: TurnContext, data: PeopleData) -> None:
    """Handle a button of the list, of a person's card, or of one of their pairs."""
    done = isinstance(data, PersonButton | PairButton) and data.step.isupper()
    changes = done or isinstance(data, ChangePair)
    if changes and not confirming.confirmed(context):
        return
    match data:
        case PeoplePage(page):
            context.edit(*_list(context, page))
        case PersonButton("n", person_id):
            naming.begin(context, person_id)
        case PersonButton(step, person_id):
            context.edit(*_PERSON_STEPS[step](context, person_id))
        case PairButton(step, membership_id):
            context.edit(*_PAIR_STEPS[step](context, membership_id))
        case ChooseUnit(membership_id, role):
            context.edit(*_ask_unit(context, membership_id, role))
        case ChangePair(membership_id, role, unit_id):
            context.edit(*_change(context, membership_id, role, unit_id or None))


Shown = tuple[str, Keyboard]


def _all() -> list[dict[str, str]]:
    return [button(texts.EVERYBODY, PeoplePage(0))]


def _buttons(shown: list[RosterEntry], first: int) -> Keyboard:
    """Return a button for each person, numbered from `first`."""
    return rows(
        [
            button(texts.list_button(number, each), PersonButton("c", each.person_id))
            for number, each in enumerate(shown, first)
        ],
        2,
    )


def _list(context: TurnContext, page: int) -> Shown:
    session = context.session
    people = roster.everybody(session)
    page = max(0, min(page, (len(people) - 1) // PAGE))
    first = page * PAGE
    shown = people[first : first + PAGE]
    pager = [button(texts.PREVIOUS, PeoplePage(page - 1))] if page else []
    if first + PAGE < len(people):
        pager.append(button(texts.NEXT, PeoplePage(page + 1)))
    invitations = [button(invitation_texts.INVITE, StartInvitation())]
    if waiting := len(invitation.open_invitations(session, context.now)):
        invitations.append(button(invitation_texts.open_button(waiting), InvitationPage(0)))
    keyboard = [*_buttons(shown, first + 1), *([pager] if pager else []), invitations]
    return texts.people_list(shown, first + 1, len(people)), keyboard


def _card(context: TurnContext, person_id: int) -> Shown:
    session = context.session
    each = roster.entry(session, person_id)
    joined_on = each.joined_at.astimezone(context.zone).date()
    keyboard = [
        [button(texts.edit_button(held), PairButton("m", held.membership_id))]
        for held in each.pairs
        if not each.suspended_at
    ]
    if each.suspended_at:
        keyboard.append([button(texts.REACTIVATE, PersonButton("a", person_id))])
    elif person_id != context.member.person_id:
        keyboard.append([button(texts.SUSPEND, PersonButton("s", person_id))])
    if person_id != context.member.person_id and pin.needed(session) and pin.is_set(session, person_id):
        keyboard.append([button(texts.TAKE_PIN, PersonButton("k", person_id))])
    change = [button(texts.RENAME, PersonButton("n", person_id))]
    if person_id != context.member.person_id:
        change.append(button(texts.FORGET, PersonButton("f", person_id)))
    keyboard += [change, [button(texts.BACK_TO_LIST, PeoplePage(0))]]
    text = texts.card(each, days.day(joined_on, context.today.year))
    return text + _acceptance(context, person_id), keyboard


def _acceptance(context: TurnContext, person_id: int) -> str:
    """Return the line about the newest privacy notice that the person accepted; empty without a notice."""
    if privacy.notice(context.session) is None:
        return ""
    found = [each for each in privacy.accepted(context.session, person_id) if each.accepted_at]
    if not found or found[-1].accepted_at is None:
        return texts.notice_unaccepted()
    return texts.notice_accepted(found[-1].version, found[-1].accepted_at.astimezone(context.zone).date())


def _ask_suspend(context: TurnContext, person_id: int) -> Shown:
    each = roster.entry(context.session, person_id)
    return texts.ask_suspend(each), _confirm(texts.YES_SUSPEND, PersonButton("S", person_id), person_id)


def _suspend(context: TurnContext, person_id: int) -> Shown:
    session = context.session
    stood_in = absences.open_of(session, person_id)
    roster.suspend(session, person_id, by=context.member.person_id, now=context.now)
    deputies.tell_ended(context, stood_in)
    telegram_id = roster.entry(session, person_id).telegram_id
    if telegram_id is not None:
        access.refresh_menu(session, telegram_id, context.now, context.conversations)
    return _card(context, person_id)


def _ask_reactivate(context: TurnContext, person_id: int) -> Shown:
    each = roster.entry(context.session, person_id)
    return texts.ask_reactivate(each), _confirm(texts.YES_REACTIVATE, PersonButton("A", person_id), person_id)


def _reactivate(context: TurnContext, person_id: int) -> Shown:
    session = context.session
    roster.reactivate(session, person_id, by=context.member.person_id, now=context.now)
    telegram_id = roster.entry(session, person_id).telegram_id
    if telegram_id is not None:
        broadcast.tell(session, [telegram_id], texts.REACTIVATED, context.now)
        access.refresh_menu(session, telegram_id, context.now, context.conversations)
    return _card(context, person_id)


def _ask_take_pin(context: TurnContext, person_id: int) -> Shown:
    each = roster.entry(context.session, person_id)
    return texts.ask_take_pin(each), _confirm(texts.YES_TAKE_PIN, PersonButton("K", person_id), person_id)


def _take_pin(context: TurnContext, person_id: int) -> Shown:
    """Remove the person's PIN. Raises `Rejected("pin_own")`: one's own is changed with `/pin`."""
    session = context.session
    each = roster.entry(session, person_id)
    if person_id == context.member.person_id:
        raise Rejected("pin_own")
    pin.reset(session, person_id, audit.person(context.member.person_id), context.now)
    if each.telegram_id is not None and not each.suspended_at:
        broadcast.tell(session, [each.telegram_id], pin_texts.RESET_HEARD, context.now)
    return _card(context, person_id)


def _ask_forget(context: TurnContext, person_id: int) -> Shown:
    each = roster.entry(context.session, person_id)
    return texts.ask_forget(each), _confirm(texts.YES_FORGET, PersonButton("F", person_id), person_id)


def _forget(context: TurnContext, person_id: int) -> Shown:
    session = context.session
    stood_in = absences.open_of(session, person_id)
    done = forgetting.forget(session, person_id, context.member.person_id, context.now)
    deputies.tell_ended(context, stood_in)
    return texts.forgotten(done.number, done.texts), [[button(texts.BACK_TO_LIST, PeoplePage(0))]]


def _pair(context: TurnContext, membership_id: int) -> Shown:
    each, held = roster.holder_of(context.session, membership_id)
    change = [button(texts.CHANGE_ROLE, PairButton("r", membership_id))]
    if held.role.has_unit:
        change.append(button(texts.CHANGE_UNIT, ChooseUnit(membership_id, held.role)))
    keyboard = [change, [button(texts.REMOVE, PairButton("x", membership_id))]]
    return texts.pair_card(each, held), [*keyboard, _back(each.person_id)]


def _ask_remove(context: TurnContext, membership_id: int) -> Shown:
    each, held = roster.holder_of(context.session, membership_id)
    keyboard = _confirm(texts.YES_REMOVE, PairButton("X", membership_id), each.person_id)
    return texts.ask_remove(each, held), keyboard


def _remove(context: TurnContext, membership_id: int) -> Shown:
    session = context.session
    stood_in = absences.open_of(session, roster.holder_of(session, membership_id)[0].person_id)
    person_id = roster.remove_pair(session, membership_id, by=context.member.person_id, now=context.now)
    deputies.tell_ended(context, stood_in)
    return _changed(context, person_id)


def _ask_role(context: TurnContext, membership_id: int) -> Shown:
    each, held = roster.holder_of(context.session, membership_id)
    others = [role for role in Role if role is not held.role]
    here = [role for role in others if role.has_unit] if held.unit is not None else []
    keyboard = [
        [button(texts.role_here(role, held), ChangePair(membership_id, role, held.unit.id or 0))]
        for role in here
        if held.unit is not None
    ]
    keyboard += [
        [button(ROLES[role], (ChooseUnit if role.has_unit else ChangePair)(membership_id, role, 0))]
        for role in others
    ]
    return texts.ask_new_role(each, held), [*keyboard, _back(each.person_id)]


def _ask_unit(context: TurnContext, membership_id: int, role: Role) -> Shown:
    each, held = roster.holder_of(context.session, membership_id)
    units = [
        button(unit.name, ChangePair(membership_id, role, unit.id or 0))
        for unit in roster.units(context.session)
        if (role, unit.id) != (held.role, held.unit.id if held.unit else None)
    ]
    shown = paging.page(units, context.incoming.page)
    text = texts.ask_new_unit(each, held, role) + page_texts.mark(shown.number, shown.of)
    return text, [
        *rows(list(shown.items), 1),
        *paging.page_buttons(shown, context.here),
        _back(each.person_id),
    ]


def _change(context: TurnContext, membership_id: int, role: Role, unit_id: int | None) -> Shown:
    session = context.session
    me = context.member.person_id
    if unit_id is not None and unit_id not in {unit.id for unit in roster.units(session)}:
        raise Rejected("stale_button")
    stood_in = absences.open_of(session, roster.holder_of(session, membership_id)[0].person_id)
    person_id = roster.change_pair(session, membership_id, role, unit_id, by=me, now=context.now)
    deputies.tell_ended(context, stood_in)
    return _changed(context, person_id)


def _changed(context: TurnContext, person_id: int) -> Shown:
    """Tell the person their new access, and return their card."""
    session = context.session
    telegram_id = roster.entry(session, person_id).telegram_id
    if telegram_id is not None:
        person = member(session, telegram_id)
        if person is not None and person_id != context.member.person_id:
            text = texts.your_access(access.pair_names(session, person))
            broadcast.tell(session, [telegram_id], text, context.now)
        access.refresh_menu(session, telegram_id, context.now, context.conversations)
    return _card(context, person_id)


def _confirm(text: str, data: PeopleData, back_to: int) -> Keyboard:
    return [[button(text, data)], [button(texts.CANCEL, PersonButton("c", back_to))]]


def _back(person_id: int) -> list[dict[str, str]]:
    return [button(texts.BACK_TO_PERSON, PersonButton("c", person_id))]


_PERSON_STEPS = {
    "c": _card,
    "s": _ask_suspend,
    "S": _suspend,
    "a": _ask_reactivate,
    "A": _reactivate,
    "k": _ask_take_pin,
    "K": _take_pin,
    "f": _ask_forget,
    "F": _forget,
}
_PAIR_STEPS = {"m": _pair, "x": _ask_remove, "X": _remove, "r": _ask_role}

CONVERSATION = Conversation(
    commands=(Command("personas", Action.MANAGE_PEOPLE, show, texts.MENU_PEOPLE),),
    callbacks=(Callback(PeopleData, Action.MANAGE_PEOPLE, press),),
)
