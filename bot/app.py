"""The one place where everything is put together."""

import asyncio
import logging
import signal
from collections.abc import AsyncIterator, Mapping
from contextlib import asynccontextmanager
from datetime import datetime

from apscheduler.schedulers.asyncio import AsyncIOScheduler
from sqlalchemy import Engine
from telegram.error import InvalidToken, TelegramError

from bot import clock as clocks
from bot import schedule
from bot.api import Api
from bot.delivery import Delivery
from bot.evidence.fetching import Fetcher
from bot.evidence.store import Store
from bot.intake import BACK_OFF, Intake
from bot.queues import Caps
from bot.report_making import ReportMaker
from bot.settings import TELEGRAM, Settings
from bot.sole import sole_worker
from models import database, report_order
from models.installation import installation_id
from models.programme_view import DEFAULT_ZONE, programmes

log = logging.getLogger(__name__)


class App:
    """The running bot. `running()` holds it up; tests, the demo and `python -m bot run` all use it."""

    def __init__(self, settings: Settings, caps: Caps | None = None) -> None:
        self.settings = settings
        self.clock = clocks.starting(settings.pretend_now, DEFAULT_ZONE)
        self.engine: Engine = database.connect(settings.database)
        self.store = Store(settings.data_dir / "evidence")
        self._caps = caps
        self._scheduler: AsyncIOScheduler | None = None

    @asynccontextmanager
    async def running(self) -> AsyncIterator[Delivery]:
        """Prepare the database, connect, and work until the block is left. Raises `InvalidToken`."""
        token = self.settings.telegram_token.get_secret_value()
        async with (
            sole_worker(self.engine) as stay_alone,
            Api(token, self.settings.telegram_api_url, self._hear_time, self.store) as api,
        ):
            username = await _introduce(api)
            self._prepare()
            delivery = Delivery(api, self.engine, self.clock, self._caps)
            files, orders, pictures = (asyncio.Event() for _ in range(3))
            names = "evidence_attached", *report_order.BELLS
            bells = dict(zip(names, (files, orders, pictures), strict=True))
            folder = self.settings.data_dir
            intake = Intake(api, self.engine, self.clock, delivery, username, stay_alone, bells, folder)
            self.fetcher = Fetcher(api, self.engine, self.clock, self.store, files, intake.hand_over)
            about = self.engine, self.clock, self.store, folder
            self.reports = ReportMaker(*about, report_order.DOCUMENTS, orders, intake.hand_over)
            self.pictures = ReportMaker(*about, report_order.PICTURES, pictures, intake.hand_over)
            self._scheduler = schedule.create(intake, self.fetcher, self.store, self.engine, self.clock)
            delivery.start()
            self.fetcher.start()
            self.reports.start()
            self.pictures.start()
            self._scheduler.start()
            self.polling = asyncio.create_task(intake.run())
            try:
                log.info("Avance answers as @%s", username)
                yield delivery
            finally:
                self.polling.cancel()
                await asyncio.gather(self.polling, return_exceptions=True)
                intake.stop()
                self._scheduler.shutdown(wait=False)
                await self.fetcher.stop()
                await self.reports.stop()
                await self.pictures.stop()
                await delivery.stop()
        self.engine.dispose()

    def _prepare(self) -> None:
        database.migrate(self.engine)
        with database.transaction(self.engine) as session:
            installation_id(session)
            if not programmes(session).years:
                # Imported here: only the first start reads a programme file, and that takes a good deal.
                from models.programme_import import ensure_loaded

                ensure_loaded(session, self.settings.programme, self.clock.now())

    def _hear_time(self, headers: Mapping[str, str]) -> None:
        """A local server owns the clock and says its time with every answer; Telegram's own never does."""
        if self.settings.telegram_api_url != TELEGRAM and (said := headers.get(clocks.ANNOUNCED)):
            jumped = self.clock.set(datetime.fromisoformat(said))
            if jumped and self._scheduler is not None and self._scheduler.running:
                schedule.tell_now(self._scheduler)


async def run(settings: Settings) -> None:
    """Work until SIGTERM or Ctrl-C, then end in order: what was sent is written down.

    Raises `InvalidToken` at the start or whenever Telegram takes the token back, `Displaced` when the lock
    on the database is lost.
    """
    app = App(settings)
    this = asyncio.current_task()
    assert this is not None
    asyncio.get_running_loop().add_signal_handler(signal.SIGTERM, this.cancel)
    async with app.running():
        await app.polling


async def _introduce(api: Api) -> str:
    """The bot's name at Telegram; waits while the network is away."""
    failures = 0
    while True:
        try:
            me = await api.call("getMe", {})
        except InvalidToken:
            raise
        except TelegramError as error:
            pause = BACK_OFF[min(failures, len(BACK_OFF) - 1)]
            failures += 1
            log.warning("Telegram does not answer (%s); again in %s s", error.message, pause)
            await asyncio.sleep(pause)
        else:
            return str(me["username"])
