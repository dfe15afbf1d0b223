"""The demo: the local Telegram, the real bot polling it, and the year 2024 registered up to one morning."""

import asyncio
import contextlib
import shutil
import signal
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from datetime import date, datetime
from pathlib import Path
from urllib.parse import urlsplit

import typer
from pydantic import SecretStr

from bot.app import App
from bot.demo.first_quarter import ZONE, first_quarter
from bot.demo.stage import QUARTER_TOLD, DemoStage, link
from bot.failure import Failure
from bot.settings import PORT, Settings
from bot.telegram.outgoing.queues import Caps
from local_telegram.server import LocalTelegram

YEAR_BEGINS = datetime(2024, 1, 2, 8, tzinfo=ZONE)
OPENS_AT = datetime(2024, 3, 20, 9, tzinfo=ZONE)
PORTS_TRIED = 20

SUGGESTIONS = """\
What to try on the phones:
  1. Ana, staff:      write «Ayer sesionó el Órgano de Gobierno: 1 acta y 4 acuerdos, 2 por publicar», send
                      a picture with 📎, tap ✅ Registrar; or write /registrar and be asked step by step
  2. Roberto, head:   /avance juridica, then its buttons; /avance archivo 3
  3. Elena, planning: /avance, /invitar; then move the clock on, or play the rest of the quarter"""


def run(settings: Settings, with_first_quarter: bool = False, port: int | None = None) -> None:
    """Serve until Ctrl-C, on `port` or `PORT`, or the next free one.

    The database is a new one in `DATA_DIR/demo/PORT`. The clock starts at `PRETEND_NOW`, else on 20 March
    2024, with the activities up to then registered, or on 2 April `with_first_quarter`. Raises `Failure` if
    no port near the wanted one is free.
    """
    opens_at = settings.pretend_now or OPENS_AT
    opens_at = opens_at if opens_at.tzinfo else opens_at.replace(tzinfo=ZONE)
    if with_first_quarter:
        opens_at = max(opens_at, QUARTER_TOLD)
    with contextlib.suppress(KeyboardInterrupt, asyncio.CancelledError):
        asyncio.run(
            _serve(
                settings,
                opens_at,
                (PORT if settings.port is None else settings.port) if port is None else port,
            )
        )
    typer.echo("\nThe demo has ended.")


async def _serve(settings: Settings, opens_at: datetime, port: int) -> None:
    task = asyncio.current_task()
    assert task is not None
    for ending in (signal.SIGINT, signal.SIGTERM):
        asyncio.get_running_loop().add_signal_handler(ending, task.cancel)
    async with opened(settings, min(YEAR_BEGINS, opens_at), port) as stage:
        await stage.play(opens_at, say=_show_progress)
        folder = _folder(settings, urlsplit(stage.url).port or port)
        command = f"DATA_DIR={folder} .venv/bin/python -m bot progress --on {opens_at:%Y-%m-%d}"
        typer.echo(f"\rThe demo is ready at {stage.url}   (Ctrl-C ends it)\n\n{SUGGESTIONS}")
        typer.echo(f"\nThe command line reads it too:  {command}")
        await asyncio.Event().wait()


@asynccontextmanager
async def opened(settings: Settings, beginning: datetime, port: int) -> AsyncIterator[DemoStage]:
    """Start server, bot and database, with all people linked. Raises `Failure`, see `run`."""
    stage = DemoStage(beginning)
    server = _listen(stage, port)
    # No rate limits: with one message per second the replay of two months would take too long.
    app = App(_local(settings, stage, server.port), Caps.lifted())
    async with server, app.running():
        await link(app.engine, stage.url, first_quarter().cast, app.clock.now())
        try:
            yield stage
        finally:
            await stage.stop()


def _listen(stage: DemoStage, wanted: int) -> LocalTelegram:
    for port in range(wanted, wanted + PORTS_TRIED):
        with contextlib.suppress(OSError):
            return stage.listen(port)
    raise Failure(f"no port from {wanted} to {wanted + PORTS_TRIED - 1} is free; set PORT")


def _folder(settings: Settings, port: int) -> Path:
    """Return the demo's data folder; each port has its own, so that demos do not share a database."""
    return settings.data_dir / "demo" / str(port)


def _local(settings: Settings, stage: DemoStage, port: int) -> Settings:
    """Return the settings for the local server and a new database; the old one is deleted."""
    folder = _folder(settings, port)
    shutil.rmtree(folder, ignore_errors=True)
    folder.mkdir(parents=True)
    changed = {
        "telegram_token": SecretStr(stage.world.token),
        "telegram_api_url": stage.url,
        "database_url": "",
        "data_dir": folder,
        "webhook_url": "",
        "port": None,
        "public_page": False,
        "pretend_now": stage.world.now(),
    }
    return settings.model_copy(update=changed)


def _show_progress(day: date, played: int) -> None:
    typer.echo(f"\rTelling the first quarter of 2024… {day:%d %b}, {played} activities ", nl=False)
