"""`/personas`: lists who is linked; suspends, lets in again, changes roles and units. Edits in place.

Every change needs the PIN of whoever makes it.
"""

from sqlmodel import Session

from handlers.chat import broadcast, confirming, paging
from handlers.chat.context import TurnContext
from handlers.chat.conversations import Callback, Command, Conversation
from handlers.chat.keyboards import Keyboard, button, rows
from handlers.people import access, deputies
from handlers.people.buttons import (
    ChangePair,
    ChooseUnit,
    PairButton,
    PeopleData,
    PeoplePage,
    PersonButton,
)
from handlers.texts import pages as page_texts
from handlers.texts.people import people as texts
from handlers.texts.people import pins as pin_texts
from handlers.texts.people.roles import ROLES
from models.errors import Rejected
from models.people import absences, pin, roster
from models.rights import Action, member
from models.storage import audit
from models.tables.people import Role
from spanish.writing import days

PAGE = 8  # people per page, so that list and buttons fit one screen


def show(context: TurnContext) -> None:
    """`/personas`: show the first page."""
    context.say(*_list(context.session, 0))


def press(context: TurnContext, data: PeopleData) -> None:
    """Handle a button of the list, of a person's card, or of one of their pairs."""
    done = isinstance(data, PersonButton | PairButton) and data.step.isupper()
    changes = done or isinstance(data, ChangePair)
    if changes and not confirming.confirmed(context):
        return
    match data:
        case PeoplePage(page):
            context.edit(*_list(context.session, page))
        case PersonButton(step, person_id):
            context.edit(*_PERSON_STEPS[step](context, person_id))
        case PairButton(step, membership_id):
            context.edit(*_PAIR_STEPS[step](context, membership_id))
        case ChooseUnit(membership_id, role):
            context.edit(*_ask_unit(context, membership_id, role))
        case ChangePair(membership_id, role, unit_id):
            context.edit(*_change(context, membership_id, role, unit_id or None))


Shown = tuple[str, Keyboard]


def _list(session: Session, page: int) -> Shown:
    people = roster.everybody(session)
    page = max(0, min(page, (len(people) - 1) // PAGE))
    first = page * PAGE
    shown = people[first : first + PAGE]
    keyboard = rows(
        [
            button(texts.list_button(number, each), PersonButton("c", each.person_id))
            for number, each in enumerate(shown, first + 1)
        ],
        2,
    )
    pager = [button(texts.PREVIOUS, PeoplePage(page - 1))] if page else []
    if first + PAGE < len(people):
        pager.append(button(texts.NEXT, PeoplePage(page + 1)))
    return texts.people_list(shown, first + 1, len(people)), [*keyboard, pager] if pager else keyboard


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
    keyboard.append([button(texts.BACK_TO_LIST, PeoplePage(0))])
    return texts.card(each, days.day(joined_on, context.today.year)), keyboard


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
    keyboard = [
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
}
_PAIR_STEPS = {"m": _pair, "x": _ask_remove, "X": _remove, "r": _ask_role}

CONVERSATION = Conversation(
    commands=(Command("personas", Action.MANAGE_PEOPLE, show, texts.MENU_PEOPLE),),
    callbacks=(Callback(PeopleData, Action.MANAGE_PEOPLE, press),),
)
