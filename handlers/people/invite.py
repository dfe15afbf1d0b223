"""`/invitar`: creates an invitation as a message with link, code and QR to forward; lists open ones.

Revoking one needs no PIN, so that a code in the wrong hands can be revoked at once.
"""

import base64
import io

from handlers.chat import confirming, fitting, paging
from handlers.chat.context import TurnContext
from handlers.chat.conversations import Callback, Command, Conversation
from handlers.chat.keyboards import Keyboard, button, rows
from handlers.chat.running_bot import RunningBot
from handlers.people import invitation_list
from handlers.people.buttons import (
    CancelInvitation,
    InvitationData,
    InvitationPage,
    Invite,
    RevokeInvitation,
)
from handlers.texts.people import people as texts
from handlers.texts.people.roles import ROLES, role_named
from models.errors import Rejected
from models.people import invitation
from models.programme.view import UnitView
from models.rights import Action
from models.storage import audit
from models.storage.outbox import OutgoingCall
from models.storage.unit_of_work import work_of
from models.tables.people import Role
from spanish.writing.folding import fold

BOT_USERNAME = "avance_bot"  # until Telegram has been asked for it
QR_SCALE = 8  # pixels per module, to scan it from another screen


def begin(context: TurnContext) -> None:
    """`/invitar`: ask for the role. `/invitar enlace juridica Ana López` creates an invitation directly."""
    words = context.incoming.arguments.split()
    role = role_named(fold(words[0])) if words else None
    if role is None:
        text = texts.UNKNOWN_ROLE if words else texts.ASK_ROLE
        context.say(text, _role_buttons(context))
        return
    unit, rest = _unit_named(context, words[1:]) if role.has_unit else (None, words[1:])
    if role.has_unit and unit is None:
        missing = texts.UNIT_NOT_FOUND if words[1:] else ""
        _ask_unit(context, role, missing)
        return
    if context.incoming.vanished and not rest:
        raise Rejected("name_unseen")
    if confirming.confirmed(context):
        _create(context, role, unit, " ".join(rest) or None)


def press(context: TurnContext, data: InvitationData) -> None:
    """Handle the choice of a role or unit, the list of open invitations, or cancelling."""
    match data:
        case CancelInvitation():
            context.edit(texts.INVITATION_CANCELLED)
        case InvitationPage(number):
            context.edit(*invitation_list.page(context, number))
        case RevokeInvitation(invitation_id):
            invitation_list.revoke(context, invitation_id)
        case Invite(role, newest, unit_id):
            _choose(context, role, newest, unit_id)


def _choose(context: TurnContext, role: Role, newest: int, unit_id: int | None) -> None:
    if newest != invitation.newest_by(context.session, context.member.person_id):
        raise Rejected("stale_button")
    if role.has_unit and unit_id is None:
        _ask_unit(context, role)
        return
    unit = _unit(context, unit_id) if role.has_unit and unit_id is not None else None
    if not confirming.confirmed(context):
        return
    context.edit(texts.invited(role, unit.name if unit else None))
    _create(context, role, unit, None)


def _create(context: TurnContext, role: Role, unit: UnitView | None, name: str | None) -> None:
    session = context.session
    me = context.member.person_id
    made, code = invitation.invite(
        session, role, unit.id if unit else None, name, me, audit.person(me), context.now
    )
    username = work_of(session).part(RunningBot).username or BOT_USERNAME
    link = f"https://t.me/{username}?start={code}"
    caption = texts.invitation(
        role, unit.name if unit else None, made.name, link, code, made.expires_at.astimezone(context.zone)
    )
    chat_id = context.incoming.chat_id
    photo = {"base64": _qr(link), "name": "invitacion.png"}
    payload = {"chat_id": chat_id, "caption": caption, "parse_mode": "HTML", "photo": photo}
    fitting.enqueue(session, OutgoingCall(chat_id, "sendPhoto", payload, at=context.now))


def _qr(link: str) -> str:
    """Return the link's QR code as a PNG in base64."""
    import segno  # imported here: rarely needed, and slow to start

    picture = io.BytesIO()
    segno.make(link, error="m", micro=False).save(picture, kind="png", scale=QR_SCALE)
    return base64.b64encode(picture.getvalue()).decode()


def _role_buttons(context: TurnContext) -> Keyboard:
    newest = invitation.newest_by(context.session, context.member.person_id)
    roles = [button(ROLES[role], Invite(role, newest)) for role in Role]
    listed = [[button(texts.OPEN_INVITATIONS, InvitationPage(0))]]
    known = listed if invitation.open_invitations(context.session, context.now) else []
    return [*rows(roles, 1), *known, [button(texts.CANCEL, CancelInvitation())]]


def _ask_unit(context: TurnContext, role: Role, missing: str = "") -> None:
    newest = invitation.newest_by(context.session, context.member.person_id)
    units = [button(unit.name, Invite(role, newest, unit.id)) for unit in _units(context)]
    paging.choose(
        context, missing + texts.ask_unit(role), units, [[button(texts.CANCEL, CancelInvitation())]]
    )


def _units(context: TurnContext) -> tuple[UnitView, ...]:
    programme = context.programmes.newest()
    if programme is None:
        raise Rejected("no_units")
    return programme.units


def _unit(context: TurnContext, unit_id: int) -> UnitView:
    unit = next((unit for unit in _units(context) if unit.id == unit_id), None)
    if unit is None:
        raise Rejected("stale_button")
    return unit


def _unit_named(context: TurnContext, words: list[str]) -> tuple[UnitView | None, list[str]]:
    """Return the unit that the first words name by key, name or alias, and the remaining words.

    The longest match wins.
    """
    for length in range(len(words), 0, -1):
        said = fold(" ".join(words[:length]))
        for unit in _units(context):
            if said in {fold(each) for each in (unit.key, unit.name, *unit.aliases)}:
                return unit, words[length:]
    return None, words


CONVERSATION = Conversation(
    commands=(Command("invitar", Action.INVITE, begin, texts.MENU_INVITE, paged=True),),
    callbacks=(Callback(InvitationData, Action.INVITE, press),),
)
