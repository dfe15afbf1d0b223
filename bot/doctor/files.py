"""Checks that files can be fetched from Telegram, and that processes that open files are isolated."""

import asyncio
import hashlib

from sqlmodel import Session, col, select
from telegram.error import BadRequest, TelegramError

from bot.confinement import subprocesses
from bot.doctor.check import Check, unseen
from bot.settings import Settings
from bot.telegram.api import Api
from models.evidence.attachment import LARGEST
from models.tables.evidence import Evidence

WITHIN = 60.0  # seconds


def isolation() -> Check:
    """Check that processes that open files of others cannot reach our files and the network."""
    try:
        found = asyncio.run(subprocesses.isolation())
    except (OSError, ValueError, subprocesses.Unfinished) as error:
        return Check("isolation", False, f"programs that open files cannot be started: {error}", "see above")
    if found.files and found.network:
        return Check("isolation", True, str(found))
    return Check("isolation", None, str(found), "a kernel with Landlock and seccomp, Linux 5.13 or newer")


def newest(session: Session) -> Evidence | None:
    """Return the piece of evidence whose file was fetched last, or None."""
    query = (
        select(Evidence)
        .where(col(Evidence.sha256).is_not(None), col(Evidence.file_id).is_not(None))
        .order_by(col(Evidence.id).desc())
    )
    return session.exec(query.limit(1)).first()


def download(chosen: Settings, piece: Evidence | None) -> Check:
    """Fetch that file again and compare it with its hash."""
    token = chosen.telegram_token.get_secret_value()
    if not token:
        return unseen("download", "no TELEGRAM_TOKEN, so the demo")
    if piece is None:
        return unseen("download", "nothing was sent yet")
    return asyncio.run(_fetch(chosen, token, piece.file_id or "", piece.sha256 or ""))


async def _fetch(chosen: Settings, token: str, file_id: str, sha256: str) -> Check:
    seen = hashlib.sha256()
    try:
        async with Api(token, chosen.telegram_api_url, files=chosen.telegram_files) as api:
            await asyncio.wait_for(api.download(file_id, seen.update, LARGEST), WITHIN)
    except BadRequest as error:
        return unseen("download", f"Telegram has the newest file no more ({error.message})")
    except (KeyError, TypeError):
        return unseen("download", "the server answers getFile without a file")
    except (TelegramError, TimeoutError) as error:
        said = getattr(error, "message", None) or "it takes too long"
        return Check(
            "download", False, f"the newest file does not come: {said}", "the network, or the server?"
        )
    if seen.hexdigest() != sha256:
        return Check(
            "download", False, "the newest file comes with another content", "is this the right server?"
        )
    return Check("download", True, "the newest file of evidence comes whole")
