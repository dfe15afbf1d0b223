"""The list of open invitations, in pages, with a button to revoke each."""

from datetime import tzinfo

from sqlmodel import Session

from handlers.chat.context import TurnContext
from handlers.chat.keyboards import Keyboard, button, rows
from handlers.people.buttons import InvitationPage, RevokeInvitation
from handlers.texts.people import invitations as texts
from handlers.texts.people.invitations import OpenInvitation
from models.people import invitation, roster
from models.programme.view import unit_name
from models.storage import audit
from models.tables.people import Invitation

MOST = 8  # per page, so that list and buttons fit one screen


def page(context: TurnContext, number: int) -> tuple[str, Keyboard]:
    """Return the text and buttons of that page, counted from 0."""
    found = invitation.open_invitations(context.session, context.now)
    if not found:
        return texts.NO_OPEN_INVITATIONS, []
    number = max(0, min(number, (len(found) - 1) // MOST))
    first = number * MOST
    shown = [described(context.session, each, context.zone) for each in found[first : first + MOST]]
    buttons = [
        button(texts.revoke_button(place, each), RevokeInvitation(each.number))
        for place, each in enumerate(shown, first + 1)
    ]
    pager = [button(texts.PREVIOUS, InvitationPage(number - 1))] if number else []
    if first + MOST < len(found):
        pager.append(button(texts.NEXT, InvitationPage(number + 1)))
    keyboard = rows(buttons, 2)
    return texts.open_invitations(shown, first + 1, len(found)), [*keyboard, pager] if pager else keyboard


def revoke(context: TurnContext, invitation_id: int) -> None:
    """Revoke the invitation and show the list again. Raises `Rejected("invitation_closed")`."""
    me = context.member.person_id
    found = invitation.revoke(context.session, invitation_id, me, audit.person(me), context.now)
    text, keyboard = page(context, 0)
    context.edit(f"{texts.revoked(described(context.session, found, context.zone))}\n\n{text}", keyboard)


def described(session: Session, found: Invitation, zone: tzinfo) -> OpenInvitation:
    """Return the invitation with the names of its unit and of whoever made it."""
    return OpenInvitation(
        number=found.id or 0,
        role=found.role,
        unit=unit_name(session, found.unit_id),
        name=found.name,
        made_by=roster.person_name(session, found.invited_by),
        made_on=found.created_at.astimezone(zone).date(),
        expires_at=found.expires_at.astimezone(zone),
    )
