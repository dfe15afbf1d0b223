"""`/invitar`: creates invitations, each a message with link, code and QR to forward; lists open ones.

Revoking one needs no PIN, so that a code in the wrong hands can be revoked at once.
"""

import base64
import io
from collections.abc import Mapping
from typing import Any

from handlers.chat import confirming, drafts, fitting
from handlers.chat.context import TurnContext
from handlers.chat.conversations import Callback, Command, Conversation
from handlers.chat.flows import EDIT, Choice, StepQuestion
from handlers.chat.running_bot import RunningBot
from handlers.people import invitation_list, invitees
from handlers.people.buttons import (
    CancelInvitation,
    InvitationData,
    InvitationPage,
    Invite,
    RevokeInvitation,
    StartInvitation,
)
from handlers.texts.people import invitations as texts
from handlers.texts.people.roles import ROLES, role_named
from models.errors import Rejected
from models.people import invitation
from models.people.inviting import Invitee, Inviting
from models.programme.view import unit_name
from models.rights import Action
from models.storage import audit
from models.storage import draft as draft_rows
from models.storage.draft import Draft
from models.storage.outbox import OutgoingCall
from models.storage.unit_of_work import work_of
from models.tables.chat.draft import DraftKind
from models.tables.people import Role
from spanish.writing.folding import fold

LONGEST_LIST = 4_096  # characters of the people named in one message: all that Telegram takes
BOT_USERNAME = "avance_bot"  # until Telegram has been asked for it
QR_SCALE = 8  # pixels per module, to scan it from another screen
ROLE, UNIT, NAME = "role", "unit", "name"
NAMELESS, LISTED = "nameless", "listed"  # values of buttons


def begin(context: TurnContext) -> None:
    """`/invitar`: ask for role, unit and name. `/invitar enlace juridica Ana López` invites her directly,
    and a list of several people shows the invitations before they are made.
    """
    said = context.incoming.arguments
    asked = invitees.read(context, said)
    content = Inviting()
    if asked.role is not None:
        content = content.answering(ROLE, role=asked.role)
    if asked.unit is not None:
        content = content.answering(UNIT, unit_id=asked.unit.id)
    complete = asked.role is not None and (asked.unit is not None or not asked.role.has_unit)
    if not complete:
        unknown = said and asked.role is None
        context.preface = (
            texts.UNKNOWN_ROLE if unknown else texts.UNIT_NOT_FOUND if asked.unit_unknown else ""
        )
        drafts.open_new(context, DraftKind.INVITATION, content)
    elif len(asked.people) > 1:
        drafts.open_new(context, DraftKind.INVITATION, content.answering(NAME, people=asked.people))
    else:
        if context.incoming.vanished and not asked.people:
            raise Rejected("name_unseen")
        if confirming.confirmed(context):
            assert asked.role is not None
            unit_id = asked.unit.id if asked.unit else None
            _create(context, *(asked.people or (Invitee(role=asked.role, unit_id=unit_id),)))


def press(context: TurnContext, data: InvitationData) -> None:
    """Handle the list of open invitations, and the buttons of earlier versions."""
    match data:
        case StartInvitation():
            drafts.open_new(context, DraftKind.INVITATION, Inviting())
        case CancelInvitation():
            context.edit(texts.INVITATION_CANCELLED)
        case InvitationPage(number):
            context.edit(*invitation_list.page(context, number))
        case RevokeInvitation(invitation_id):
            invitation_list.revoke(context, invitation_id)
        case Invite():
            raise Rejected("stale_button")


class InvitationFlow:
    """The steps of an invitation; see `flows.Flow`."""

    accept = texts.CREATE
    cancelled = texts.INVITATION_CANCELLED
    optional: tuple[str, ...] = ()
    words: Mapping[str, int] = {NAME: LONGEST_LIST}

    def read(self, stored: dict[str, Any]) -> Inviting:
        return Inviting.model_validate(stored)

    def steps(self, context: TurnContext, content: Inviting) -> list[str]:
        return [ROLE, UNIT, NAME] if content.role is None or content.role.has_unit else [ROLE, NAME]

    def question(self, context: TurnContext, content: Inviting, step: str) -> StepQuestion:
        if step == ROLE:
            choices = [Choice(ROLES[role], role.value) for role in Role]
            if invitation.open_invitations(context.session, context.now):
                choices.append(Choice(texts.OPEN_INVITATIONS, LISTED))
            return StepQuestion(texts.ASK_ROLE, choices)
        assert content.role is not None
        if step == UNIT:
            units = [Choice(each.name, str(each.id)) for each in invitees.units(context)]
            return StepQuestion(texts.ask_unit(content.role), units)
        if step == NAME:
            whom = texts.ask_name(content.role, unit_name(context.session, content.unit_id))
            return StepQuestion(whom, [Choice(texts.NAMELESS, NAMELESS)])
        shown = [(each.name, each.role, unit_name(context.session, each.unit_id)) for each in content.people]
        return StepQuestion(texts.card(shown), [Choice(texts.CHANGE_NAMES, NAME, EDIT)])

    def choose(self, context: TurnContext, content: Inviting, step: str, value: str) -> Inviting | None:
        if step == ROLE and value == LISTED:
            context.say(*invitation_list.page(context, 0))
            return None
        if step == ROLE and value in {role.value for role in Role}:
            return _with_role(content, Role(value))
        if step == UNIT and value in {str(each.id) for each in invitees.units(context)}:
            return content.answering(UNIT, unit_id=int(value))
        if (step, value) == (NAME, NAMELESS) and content.role is not None:
            alone = Invitee(role=content.role, unit_id=content.unit_id)
            return content.answering(NAME, people=(alone,))
        raise Rejected("stale_button")

    def write(self, context: TurnContext, content: Inviting, step: str, text: str) -> Inviting:
        if step == NAME and content.role is not None:
            people = invitees.named(context, content.role, content.unit_id, text)
            return content.answering(NAME, people=people)
        if step == ROLE and (role := role_named(fold(text.split()[0]))) is not None:
            return _with_role(content, role)
        if step == UNIT:
            unit, rest = invitees.unit_named(context, text.split())
            if unit is not None and not rest:
                return content.answering(UNIT, unit_id=unit.id)
        raise Rejected("card_awaits_tap" if step not in (ROLE, UNIT) else "choose_with_buttons")

    def finish(self, context: TurnContext, draft: Draft, content: Inviting) -> None:
        draft.registered_at = context.now
        draft_rows.save(context.session, draft)
        context.edit(texts.made(len(content.people)), draft_id=draft.id)
        _create(context, *content.people)


def _with_role(content: Inviting, role: Role) -> Inviting:
    return content.forgetting(UNIT, NAME).answering(ROLE, role=role, unit_id=None, people=())


def _create(context: TurnContext, *people: Invitee) -> None:
    """Create an invitation for each, and send each in a message of its own."""
    session = context.session
    me = context.member.person_id
    username = work_of(session).part(RunningBot).username or BOT_USERNAME
    institution = context.programmes.newest()
    whose = institution.institution if institution else {}
    for each in people:
        made, code = invitation.invite(
            session, each.role, each.unit_id, each.name, me, audit.person(me), context.now
        )
        link = f"https://t.me/{username}?start={code}"
        caption = texts.invitation(
            texts.Offered(
                institution=str(whose.get("name") or whose.get("short_name") or ""),
                role=each.role,
                unit=unit_name(session, each.unit_id),
                name=made.name,
                link=link,
                code=code,
                expires_at=made.expires_at.astimezone(context.zone),
            )
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


CONVERSATION = Conversation(
    commands=(Command("invitar", Action.INVITE, begin, texts.MENU_INVITE),),
    callbacks=(Callback(InvitationData, Action.INVITE, press),),
    flows={DraftKind.INVITATION: InvitationFlow()},
)
