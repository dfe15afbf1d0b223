"""Composes the running bot: the only module that creates and connects its parts."""

import asyncio
import logging
import signal
from collections.abc import AsyncIterator, Callable, Mapping
from contextlib import asynccontextmanager
from datetime import datetime
from functools import partial
from typing import TYPE_CHECKING

from sqlalchemy import Engine
from sqlalchemy.exc import DBAPIError
from telegram.error import InvalidToken, TelegramError

from bot import clock as clocks
from bot import schedule
from bot.cli_context import load_first
from bot.confinement import subprocesses
from bot.evidence.fetching import Fetcher
from bot.heartbeat_url import HeartbeatUrl
from bot.measures import Measures
from bot.pulse import Pulse, feed_watchdog
from bot.reports.making import ReportMaker
from bot.schedule import Schedule
from bot.settings import TELEGRAM, Settings
from bot.storage import belonging, key_file, private
from bot.storage.single_instance import HeldLock, hold_lock
from bot.storage.store import Store
from bot.systemd import Systemd
from bot.telegram import introduction
from bot.telegram.api import Api, WebhookAddress
from bot.telegram.incoming.handling import UpdateHandler
from bot.telegram.incoming.intake import Intake
from bot.telegram.incoming.reception import BACK_OFF, Reception
from bot.telegram.incoming.webhook_intake import WebhookIntake
from bot.telegram.outgoing.delivery import Delivery
from bot.telegram.outgoing.queues import Caps
from handlers.chat import lost_key
from models.operations import migrating, report_order
from models.programme.view import DEFAULT_ZONE, programmes
from models.storage import bot_account, database, keys
from models.storage.installation import installation_id
from models.storage.refusal import is_away, is_locked
from models.storage.sqlite_file import file_identity
from models.storage.unit_of_work import Left
from spanish.rewording import lexicon

if TYPE_CHECKING:
    from bot.server.server import HttpServer

log = logging.getLogger(__name__)

PATIENCE_MS = 250  # to wait for a lock of another process, which blocks the event loop
LOCKED_AGAIN = 1.0  # seconds


class App:
    """The running bot, used by `python -m bot run`, the demo and the tests. Enter `running()` to start it."""

    def __init__(self, settings: Settings, caps: Caps | None = None) -> None:
        self.settings = settings
        self.clock = clocks.starting(settings.pretend_now, DEFAULT_ZONE)
        self.engine: Engine = database.connect(settings.database, PATIENCE_MS)
        keys.bind(self.engine, key_file.read_or_make(settings.data_dir))
        self.store = Store(settings.data_dir / "evidence")
        self._caps = caps
        self._schedule: Schedule | None = None
        self.server: HttpServer | None = None
        self.measures = Measures()
        self.pulse = Pulse(self.engine)
        self._systemd = Systemd()

    @asynccontextmanager
    async def running(self) -> AsyncIterator[Delivery]:
        """Prepare the database, connect to Telegram, and run until the block is left.

        Raises `InvalidToken`, and `Failure` if `PROGRAMME` cannot be loaded or the evidence folder belongs to
        another database.
        """
        token = self.settings.telegram_token.get_secret_value()
        async with (
            self._serving(),
            self._watched(),
            hold_lock(self.engine, self._tell_waiting) as lock,
            self._prepared(),
            self._api(token, lock) as api,
        ):
            bot_id, username = await _introduce(api)
            await introduction.introduce(api)
            await _patiently(partial(self._recognise, bot_id))
            await asyncio.to_thread(lexicon.load)
            delivery = Delivery(api, self.engine, self.clock, self._caps, self.measures)
            handler = self._compose(api, delivery, username)
            reception = Reception(api, self.engine, self.clock, handler, lock.require)
            intake = self._intake(api, reception)
            await _patiently(delivery.start)
            for worker in self._workers:
                worker.start()
            self.polling = asyncio.create_task(intake.run())
            if self.server is not None:
                self.server.work(intake if isinstance(intake, WebhookIntake) else None)
            asked = asyncio.create_task(_tell_isolation())
            try:
                log.info("Avance answers as @%s", username)
                self._systemd.say("READY=1", f"STATUS=Answers as @{username}")
                yield delivery
            finally:
                await self._stop(asked, delivery, intake, handler)
        self.engine.dispose()

    async def _stop(
        self,
        asked: "asyncio.Task[None]",
        delivery: Delivery,
        intake: Intake | WebhookIntake,
        handler: UpdateHandler,
    ) -> None:
        """Stop taking updates, then the workers, then sending."""
        self._systemd.say("STOPPING=1")
        if self.server is not None:
            self.server.rest()
        delivery.close()
        self.polling.cancel()
        asked.cancel()
        await asyncio.gather(self.polling, asked, return_exceptions=True)
        intake.stop()
        handler.stop()
        for worker in reversed(self._workers):
            await worker.stop()
        await _ended(delivery)
        if self.polling.cancelled():  # else it ended by itself, with its error
            file_identity.require_in_place(self.engine)

    @asynccontextmanager
    async def _prepared(self) -> AsyncIterator[None]:
        """Prepare the database, and write the process's signs of life until the block is left."""
        await _patiently(self._prepare)
        self.pulse.start()
        try:
            yield
        finally:
            await self.pulse.stop()

    @asynccontextmanager
    async def _watched(self) -> AsyncIterator[None]:
        """Tell systemd's watchdog until the block is left that the event loop runs."""
        feeding = asyncio.create_task(feed_watchdog(self._systemd))
        try:
            yield
        finally:
            feeding.cancel()
            await asyncio.gather(feeding, return_exceptions=True)

    def _tell_waiting(self) -> None:
        """Tell systemd that this process is ready to take over; without it, its start would time out."""
        self._systemd.say("READY=1", "STATUS=Waits until another process ends that works with the database")

    @asynccontextmanager
    async def _serving(self) -> AsyncIterator[None]:
        """Answer HTTP requests if the settings ask for it. Raises `Failure` if the port cannot be used."""
        if not self.settings.serves:
            yield
            return
        # Imported here, since most bots poll and serve nothing.
        from bot.server import composition

        self.server = composition.server(
            self.settings, self.engine, self.clock, self.store, self.pulse, self._hear_time
        )
        if self.server is None:
            yield
            return
        self.measures = self.server.measures
        await self.server.start()
        try:
            yield
        finally:
            await self.server.stop()

    def _intake(self, api: Api, reception: Reception) -> Intake | WebhookIntake:
        """Return what receives updates: by webhook if one is set, else by polling."""
        if not self.settings.webhook_url:
            return Intake(api, reception)
        certificate = self.settings.webhook_certificate
        hook = WebhookAddress(
            self.settings.webhook_url,
            self.settings.secret_of_webhook,
            certificate.read_bytes() if certificate else None,
            self.settings.webhook_max_connections,
        )
        return WebhookIntake(api, reception, self.engine, hook)

    def _compose(self, api: Api, delivery: Delivery, username: str) -> UpdateHandler:
        """Create what works beside the polling, and what handles the updates and wakes it."""
        files, orders, pictures = (asyncio.Event() for _ in range(3))
        bells = {Left.EVIDENCE: files, Left.REPORT: orders, Left.PICTURE: pictures}
        folder = self.settings.data_dir
        handler = UpdateHandler(
            self.engine,
            self.clock,
            delivery,
            username,
            bells,
            folder,
            self.measures,
            self.settings.manual_url,
        )
        self.queues = handler.queues
        self.fetcher = Fetcher(api, self.engine, self.clock, self.store, files, handler.after_commit)
        about = self.engine, self.clock, self.store, folder, self.measures
        self.reports = ReportMaker(*about, report_order.DOCUMENTS, orders, handler.after_commit)
        self.pictures = ReportMaker(*about, report_order.PICTURES, pictures, handler.after_commit)
        self._schedule = schedule.create(
            handler, self.fetcher, self.store, self.engine, self.clock, self._heartbeat_url()
        )
        self._workers = (self.fetcher, self.reports, self.pictures, self._schedule)
        return handler

    def _heartbeat_url(self) -> HeartbeatUrl:
        url = self.settings.heartbeat_url.get_secret_value()
        return HeartbeatUrl(url, self.engine, self.clock, self.settings.data_dir)

    def _api(self, token: str, lock: HeldLock) -> Api:
        root, files = self.settings.telegram_api_url, self.settings.telegram_files
        return Api(token, root, self._hear_time, self.store, files, lock, self.measures)

    def _prepare(self) -> None:
        file_identity.guard(self.engine)
        migrating.migrate(self.engine)
        belonging.claim(self.store, self.engine)
        private.tighten(self.settings.data_dir, self.settings.database)
        with database.transaction(self.engine) as session:
            installation_id(session)
            known = programmes(session)
            lost_key.notice(session, self.clock.now())
        if not known.years:
            load_first(self.engine, self.settings, self.clock.now())

    def _recognise(self, bot_id: int) -> None:
        """Note which bot account works with the database, and forget the numbers of another one."""
        with database.transaction(self.engine) as session:
            changed = bot_account.take_over(session, bot_id, self.clock.now())
        if changed:
            log.warning("Another bot account than before: numbers of its messages and updates are forgotten")

    def _hear_time(self, headers: Mapping[str, str]) -> None:
        """Set the clock by the header of a local server; headers of Telegram's own server are ignored."""
        if self.settings.telegram_api_url != TELEGRAM and (said := headers.get(clocks.ANNOUNCED)):
            jumped = self.clock.set(datetime.fromisoformat(said))
            if jumped and self._schedule is not None:
                self._schedule.tell_now()


async def run(settings: Settings) -> None:
    """Run until SIGTERM or Ctrl-C, then shut down in order and store what was sent.

    Raises `InvalidToken` at the start or when Telegram revokes the token, and `LockLost` when the lock on the
    database is lost.
    """
    app = App(settings)
    this = asyncio.current_task()
    assert this is not None
    asyncio.get_running_loop().add_signal_handler(signal.SIGTERM, this.cancel)
    async with app.running():
        await app.polling


async def _tell_isolation() -> None:
    """Log a warning if programs that open files can reach more than they should."""
    found = await subprocesses.isolation()
    log.log(logging.INFO if found.files and found.network else logging.WARNING, "Isolation: %s", found)


async def _patiently(work: Callable[[], None]) -> None:
    """Call `work`, retrying for as long as another process locks the database."""
    while True:
        try:
            work()
        except DBAPIError as error:
            if not is_locked(error):
                raise
            await asyncio.sleep(LOCKED_AGAIN)
        else:
            return


async def _ended(delivery: Delivery) -> None:
    """Stop the senders. If the database cannot be written, log it and stop waiting."""
    try:
        await delivery.stop()
    except Exception as error:
        if not is_away(error):
            raise
        log.warning("What was sent last could not be noted, so it may be sent again at the next start")


async def _introduce(api: Api) -> tuple[int, str]:
    """Return the bot's id and username; retries while the network is unavailable."""
    failures = 0
    while True:
        try:
            return await api.account()
        except InvalidToken:
            raise
        except TelegramError as error:
            pause = BACK_OFF[min(failures, len(BACK_OFF) - 1)]
            failures += 1
            log.warning("Telegram does not answer (%s); again in %s s", error.message, pause)
            await asyncio.sleep(pause)
