"""(c) Avance with every mechanism on; only its rate limit towards Telegram can be switched off."""

import asyncio
import sys
from pathlib import Path

from pydantic import SecretStr

from bot.app import App
from bot.settings import Settings
from bot.telegram.outgoing.queues import Caps
from tests.bench.cores import take_core
from tests.bench.traffic import SAID_AT


async def work(url: str, data_dir: Path, caps: Caps) -> None:
    settings = Settings(
        _env_file=None,
        telegram_token=SecretStr("1:bench"),
        telegram_api_url=url,
        database_url="",
        data_dir=data_dir,
        pretend_now=SAID_AT,
    )
    async with App(settings, caps).running():
        await asyncio.Event().wait()


if __name__ == "__main__":
    take_core(int(sys.argv[2]))
    caps = Caps() if sys.argv[4] == "capped" else Caps.lifted()
    asyncio.run(work(sys.argv[1], Path(sys.argv[3]), caps))
