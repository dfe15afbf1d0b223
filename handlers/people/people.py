"""`/personas`: who is linked; suspend, let in again, change role or unit. Buttons edit in place.

Button data: `ppl:l:PAGE` list, `ppl:c:PERSON` card, `ppl:s:PERSON` ask and `ppl:S:PERSON` do suspend, `a` and
`A` reactivate, `ppl:m:PAIR` one (role, unit) pair, `x` and `X` remove it, `ppl:r:PAIR` choose a role,
`ppl:u:PAIR:ROLE` choose a unit, `ppl:w:PAIR:ROLE:UNIT` do change it (UNIT 0: none), `k` and `K` take a
person's PIN away. What changes something is confirmed by the PIN of who does it.
"""

from sqlmodel import Session

from handlers.chat import broadcast, confirming, paging
from handlers.chat.context import TurnContext
from handlers.chat.keyboards import Keyboard, button, rows
from handlers.people import access, deputies
from handlers.texts import pages as page_texts
from handlers.texts.people import people as texts
from handlers.texts.people import pins as pin_texts
from handlers.texts.people.roles import ROLES
from models.errors import Rejected
from models.people import deputies as stand_ins
from models.people import pin, roster
from models.rights import member
from models.storage import audit
from models.tables.people import Role
from spanish.writing import days

PAGE = 8  # people on a page: list and buttons fit one screen


def show(context: TurnContext) -> None:
    """`/personas`: the first page."""
    context.say(*_list(context.session, 0))


def press(context: TurnContext) -> None:
    """A button of the list, of a person's card, or of one of their pairs."""
    parts = (context.incoming.data or "").split(":")
    step = _STEPS.get(parts[1] if len(parts) > 1 else "")
    if step is None:
        raise Rejected("stale_button")
    number = context.argument(2)
    if parts[1] not in _CHANGES or confirming.confirmed(context):
        context.edit(*step(context, number))


Shown = tuple[str, Keyboard]


def _list(session: Session, page: int) -> Shown:
    people = roster.everybody(session)
    page = max(0, min(page, (len(people) - 1) // PAGE))
    first = page * PAGE
    shown = people[first : first + PAGE]
    keyboard = rows(
        [
            button(texts.list_button(number, each), "ppl", "c", each.person_id)
            for number, each in enumerate(shown, first + 1)
        ],
        2,
    )
    turns = [button(texts.PREVIOUS, "ppl", "l", page - 1)] if page else []
    if first + PAGE < len(people):
        turns.append(button(texts.NEXT, "ppl", "l", page + 1))
    return texts.people_list(shown, first + 1, len(people)), [*keyboard, turns] if turns else keyboard


def _turn_page(context: TurnContext, page: int) -> Shown:
    return _list(context.session, page)


def _card(context: TurnContext, person_id: int) -> Shown:
    session = context.session
    each = roster.entry(session, person_id)
    joined_on = each.joined_at.astimezone(context.zone).date()
    keyboard = [
        [button(texts.edit_button(held), "ppl", "m", held.membership_id)]
        for held in each.pairs
        if not each.suspended_at
    ]
    if each.suspended_at:
        keyboard.append([button(texts.REACTIVATE, "ppl", "a", person_id)])
    elif person_id != context.member.person_id:
        keyboard.append([button(texts.SUSPEND, "ppl", "s", person_id)])
    if person_id != context.member.person_id and pin.needed(session) and pin.is_set(session, person_id):
        keyboard.append([button(texts.TAKE_PIN, "ppl", "k", person_id)])
    keyboard.append([button(texts.BACK_TO_LIST, "ppl", "l", 0)])
    return texts.card(each, days.day(joined_on, context.today.year)), keyboard


def _ask_suspend(context: TurnContext, person_id: int) -> Shown:
    each = roster.entry(context.session, person_id)
    return texts.ask_suspend(each), _confirm(texts.YES_SUSPEND, "S", person_id, back_to=person_id)


def _suspend(context: TurnContext, person_id: int) -> Shown:
    session = context.session
    stood_in = stand_ins.open_of(session, person_id)
    roster.suspend(session, person_id, by=context.member.person_id, now=context.now)
    deputies.tell_ended(context, stood_in)
    telegram_id = roster.entry(session, person_id).telegram_id
    if telegram_id is not None:
        access.refresh_menu(session, telegram_id, context.now)
    return _card(context, person_id)


def _ask_reactivate(context: TurnContext, person_id: int) -> Shown:
    each = roster.entry(context.session, person_id)
    return texts.ask_reactivate(each), _confirm(texts.YES_REACTIVATE, "A", person_id, back_to=person_id)


def _reactivate(context: TurnContext, person_id: int) -> Shown:
    session = context.session
    roster.reactivate(session, person_id, by=context.member.person_id, now=context.now)
    telegram_id = roster.entry(session, person_id).telegram_id
    if telegram_id is not None:
        broadcast.tell(session, [telegram_id], texts.REACTIVATED, context.now)
        access.refresh_menu(session, telegram_id, context.now)
    return _card(context, person_id)


def _ask_take_pin(context: TurnContext, person_id: int) -> Shown:
    each = roster.entry(context.session, person_id)
    return texts.ask_take_pin(each), _confirm(texts.YES_TAKE_PIN, "K", person_id, back_to=person_id)


def _take_pin(context: TurnContext, person_id: int) -> Shown:
    """Nobody resets their own: with `/pin` they change it, and forgotten it is another's to take away."""
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
    change = [button(texts.CHANGE_ROLE, "ppl", "r", membership_id)]
    if held.role.has_unit:
        change.append(button(texts.CHANGE_UNIT, "ppl", "u", membership_id, held.role.value))
    keyboard = [change, [button(texts.REMOVE, "ppl", "x", membership_id)]]
    return texts.pair_card(each, held), [*keyboard, _back(each.person_id)]


def _ask_remove(context: TurnContext, membership_id: int) -> Shown:
    each, held = roster.holder_of(context.session, membership_id)
    keyboard = _confirm(texts.YES_REMOVE, "X", membership_id, back_to=each.person_id)
    return texts.ask_remove(each, held), keyboard


def _remove(context: TurnContext, membership_id: int) -> Shown:
    session = context.session
    stood_in = stand_ins.open_of(session, roster.holder_of(session, membership_id)[0].person_id)
    person_id = roster.remove_pair(session, membership_id, by=context.member.person_id, now=context.now)
    deputies.tell_ended(context, stood_in)
    return _changed(context, person_id)


def _ask_role(context: TurnContext, membership_id: int) -> Shown:
    each, held = roster.holder_of(context.session, membership_id)
    others = [role for role in Role if role is not held.role]
    keyboard = [
        [button(ROLES[role], "ppl", "u" if role.has_unit else "w", membership_id, role.value, 0)]
        for role in others
    ]
    return texts.ask_new_role(each, held), [*keyboard, _back(each.person_id)]


def _ask_unit(context: TurnContext, membership_id: int) -> Shown:
    each, held = roster.holder_of(context.session, membership_id)
    role = _role(context)
    units = [
        button(unit.name, "ppl", "w", membership_id, role.value, unit.id or 0)
        for unit in roster.units(context.session)
        if (role, unit.id) != (held.role, held.unit.id if held.unit else None)
    ]
    shown = paging.page(units, context.incoming.page)
    text = texts.ask_new_unit(each, held, role) + page_texts.mark(shown.number, shown.of)
    return text, [*rows(list(shown.items), 1), *paging.turns(shown, context.here), _back(each.person_id)]


def _change(context: TurnContext, membership_id: int) -> Shown:
    session = context.session
    me = context.member.person_id
    unit_id = context.argument(4) or None
    if unit_id is not None and unit_id not in {unit.id for unit in roster.units(session)}:
        raise Rejected("stale_button")
    stood_in = stand_ins.open_of(session, roster.holder_of(session, membership_id)[0].person_id)
    person_id = roster.change_pair(session, membership_id, _role(context), unit_id, by=me, now=context.now)
    deputies.tell_ended(context, stood_in)
    return _changed(context, person_id)


def _changed(context: TurnContext, person_id: int) -> Shown:
    """Tell the person what their access is now, and show their card."""
    session = context.session
    telegram_id = roster.entry(session, person_id).telegram_id
    if telegram_id is not None:
        person = member(session, telegram_id)
        if person is not None and person_id != context.member.person_id:
            text = texts.your_access(access.pair_names(session, person))
            broadcast.tell(session, [telegram_id], text, context.now)
        access.refresh_menu(session, telegram_id, context.now)
    return _card(context, person_id)


def _role(context: TurnContext) -> Role:
    parts = (context.incoming.data or "").split(":")
    if len(parts) < 4 or parts[3] not in set(Role):
        raise Rejected("stale_button")
    return Role(parts[3])


def _confirm(text: str, step: str, number: int, back_to: int) -> Keyboard:
    return [[button(text, "ppl", step, number)], [button(texts.CANCEL, "ppl", "c", back_to)]]


def _back(person_id: int) -> list[dict[str, str]]:
    return [button(texts.BACK_TO_PERSON, "ppl", "c", person_id)]


_STEPS = {
    "l": _turn_page,
    "c": _card,
    "s": _ask_suspend,
    "S": _suspend,
    "a": _ask_reactivate,
    "A": _reactivate,
    "m": _pair,
    "x": _ask_remove,
    "X": _remove,
    "r": _ask_role,
    "u": _ask_unit,
    "w": _change,
    "k": _ask_take_pin,
    "K": _take_pin,
}
_CHANGES = frozenset("SAXwK")
