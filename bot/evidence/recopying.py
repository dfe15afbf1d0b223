"""A picture's copy that is gone or altered is made anew from the original."""

import asyncio
import logging
from datetime import datetime

from bot.evidence import copying
from bot.storage.store import Altered, Store

log = logging.getLogger(__name__)


async def renew(store: Store, sha256: str, now: datetime) -> str | None:
    """Make the copy of the original with that hash again; the copy's hash, which may be another than before.

    None where the original is not what it was, or cannot be copied. Raises OSError where the disk does not
    take it, and `subprocesses.Unfinished`.
    """
    with store.arriving() as original, store.arriving() as target:
        try:
            await asyncio.to_thread(store.lay, sha256, original.path)
        except (Altered, FileNotFoundError) as error:
            log.error("No copy can be made of %s: %s", sha256, error)
            return None
        if not (await copying.copy(original.path, target.path)).made:
            return None
        return await asyncio.to_thread(store.keep_file, target.path, now)
