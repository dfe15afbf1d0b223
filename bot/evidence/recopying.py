"""Makes a missing or altered report copy of a picture again."""

import asyncio
import logging
from datetime import datetime

from bot.evidence import copying
from bot.storage.store import Altered, Store

log = logging.getLogger(__name__)


async def renew(store: Store, sha256: str, now: datetime) -> str | None:
    """Make the copy of the original with that hash, and return the copy's hash, which may differ.

    None if the original is altered or cannot be copied. Raises OSError if the disk refuses it, and
    `Unfinished`.
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
