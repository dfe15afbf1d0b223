"""`python -m bot invite`: invites the first person, and others whom planning cannot invite in the chat."""

import asyncio
import io

import segno
from sqlmodel import Session
from telegram.error import TelegramError

from bot.cli_context import CliContext
from bot.commands import listing
from bot.failure import Failure
from bot.settings import Settings
from bot.telegram.api import Api
from models.clean_text import clean_name, isolated
from models.errors import Rejected
from models.people.invitation import invite, open_invitations, revoke
from models.programme.view import UnitView
from models.storage.database import transaction
from models.tables.people import Invitation, Person, Role
from models.tables.programme import Unit

ANSWER_WITHIN = 3.0  # seconds to wait for Telegram, without which an invitation is made too


def make(context: CliContext, role: Role, unit: UnitView | None, name: str | None, as_json: bool) -> str:
    """Store an invitation; return what to print, which includes its code, shown only here."""
    if role.has_unit and unit is None:
        raise Failure(f"--role {role.value} needs --unit KEY", exit_code=2)
    if unit is not None and not role.has_unit:
        raise Failure(f"--role {role.value} has no unit: leave --unit out", exit_code=2)
    if name and not clean_name(name):
        raise Failure("--name: nothing of that name can be seen", exit_code=2)
    with transaction(context.engine) as session:
        made, code = invite(session, role, unit.id if unit else None, name, None, "command line", context.now)
    username = _bot_username(context.settings)
    link = f"https://t.me/{username}?start={code}" if username else None
    if as_json:
        return listing.as_text(
            {
                "code": code,
                "link": link,
                "role": role.value,
                "unit": unit.key if unit else None,
                "expires_at": made.expires_at.isoformat(timespec="seconds"),
            }
        )
    expires = f"{made.expires_at.astimezone(context.zone):%Y-%m-%d %H:%M}"
    what = f"{role.value} of {isolated(unit.name)}" if unit else role.value
    head = f"Invitation for {what}; good once, until {expires}.\n\nCode: {code}"
    if link is None:
        return f"{head}\nIn the chat with the bot, send: /start {code}"
    return f"{head}\nLink: {link}\n\n{_qr(link)}"


def opened(context: CliContext, revoked: int | None, as_json: bool) -> str:
    """Revoke an invitation, if given; return the open ones to print. Raises `Failure` if it is not open."""
    with transaction(context.engine) as session:
        if revoked is not None:
            try:
                revoke(session, revoked, None, "command line", context.now)
            except Rejected:
                raise Failure(f"invitation {revoked} is not open; see invite --list") from None
        found = open_invitations(session, context.now)
        shapes, ends = [_shape(session, each) for each in found], [each.expires_at for each in found]
    if as_json:
        return listing.as_text({"invitations": shapes})
    head = [f"Invitation {revoked} was revoked."] if revoked is not None else []
    lines = [
        f"{each['id']:>5}  {each['role']}{' of ' + str(each['unit']) if each['unit'] else ''}"
        f"{' for ' + isolated(str(each['name'])) if each['name'] else ''}, "
        f"by {isolated(str(each['made_by'] or 'the command line'))}, "
        f"until {until.astimezone(context.zone):%Y-%m-%d %H:%M}"
        for each, until in zip(shapes, ends, strict=True)
    ]
    return "\n".join([*head, *(lines or ["There is no open invitation."])])


def _shape(session: Session, each: Invitation) -> dict[str, object]:
    unit = session.get(Unit, each.unit_id) if each.unit_id is not None else None
    maker = session.get(Person, each.invited_by) if each.invited_by is not None else None
    return {
        "id": each.id,
        "role": each.role.value,
        "unit": unit.key if unit else None,
        "name": each.name,
        "made_by": maker.name if maker else None,
        "created_at": each.created_at.isoformat(timespec="seconds"),
        "expires_at": each.expires_at.isoformat(timespec="seconds"),
    }


def _bot_username(settings: Settings) -> str | None:
    """Return the bot's username; None without a token, or if Telegram does not answer in time."""
    token = settings.telegram_token.get_secret_value()
    if not token:
        return None

    async def ask() -> str:
        async with Api(token, settings.telegram_api_url) as api:
            return await api.username()

    try:
        return asyncio.run(asyncio.wait_for(ask(), ANSWER_WITHIN))
    except (TelegramError, TimeoutError):
        return None


def _qr(link: str) -> str:
    drawn = io.StringIO()
    segno.make(link, error="m", micro=False).terminal(drawn, compact=True)
    return drawn.getvalue().rstrip("\n")
