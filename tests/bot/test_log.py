"""The token is in no log line, error or repr."""

import json
import logging
from collections.abc import Iterator
from pathlib import Path
from typing import Any, Literal

import pytest
from pydantic import BaseModel
from sqlalchemy import Engine, text
from sqlalchemy.exc import DBAPIError

from bot import log
from bot.app import App
from bot.settings import Settings
from bot.telegram.api import Api
from local_telegram.server import LocalTelegram
from local_telegram.world.traffic import Fault
from local_telegram.world.world import World
from models.tables.people import Role
from tests.support.phones.phone import Phone
from tests.support.phones.stage import MORNING, TERE
from tests.support.processes.killable_bot import KillableBot
from tests.support.waiting import until

TOKEN = "987654321:AAH-a-token-that-must-never-be-shown"
OTHERS = "123456789:BBH-somebody-elses-token-of-thirty-five"


class Told(BaseModel):
    day: int


@pytest.fixture
def _root_as_before() -> Iterator[None]:
    root = logging.getLogger()
    handlers, level, root.handlers = root.handlers, root.level, []
    yield
    root.handlers, root.level = handlers, level


@pytest.mark.usefixtures("_root_as_before")
@pytest.mark.parametrize("form", ["text", "json"])
@pytest.mark.parametrize("secret", [TOKEN, OTHERS, "webhook-secret"])
def test_no_way_of_logging_shows_a_secret(
    form: Literal["text", "json"], secret: str, capsys: pytest.CaptureFixture[str]
) -> None:
    log.set_up("DEBUG", form, TOKEN, "webhook-secret", "")
    child = logging.getLogger("httpx.some.child")
    child.info("POST https://api.telegram.org/bot%s/getMe", secret)
    child.debug(f"in the text: {secret}")
    child.warning("in an object: %r, %s", {"token": [secret]}, ValueError(secret))
    child.info("looking back", stack_info=True)
    try:
        raise OSError(f"cannot reach /bot{secret}/getMe")
    except OSError as error:
        child.exception("it failed")
        child.error("it failed again", exc_info=RuntimeError(secret, error))
    lines = capsys.readouterr().err
    assert secret not in lines
    assert lines.count(log.MASK) >= 6
    if form == "json":
        entries = [json.loads(line) for line in lines.splitlines()]
        assert [entry["level"] for entry in entries] == ["INFO", "DEBUG", "WARNING", "INFO", "ERROR", "ERROR"]
        assert "cannot reach" in entries[4]["error"]


@pytest.mark.usefixtures("_root_as_before")
def test_the_default_level_leaves_out_debug_lines(capsys: pytest.CaptureFixture[str]) -> None:
    log.set_up("INFO", "text")
    logging.getLogger("httpx").info("HTTP Request: POST")
    logging.getLogger("bot.app").info("Avance answers")
    assert "HTTP Request" not in (lines := capsys.readouterr().err)
    assert "Avance answers" in lines


WRITTEN = "Atención a Jueves Pérez, víctima"


@pytest.mark.usefixtures("_root_as_before")
@pytest.mark.parametrize("form", ["text", "json"])
def test_errors_do_not_show_what_people_wrote(
    engine: Engine, form: Literal["text", "json"], capsys: pytest.CaptureFixture[str]
) -> None:
    """A duplicate key, a row that fails, a value of the wrong type, and errors of Python itself."""
    log.set_up("DEBUG", form)
    ours = logging.getLogger("handlers.turn")
    statements = [
        text("INSERT INTO notice (kind, person_id, period, told_at) VALUES (:said, 1, :said, NULL)"),
        text("INSERT INTO notice (id, kind) VALUES (:said, :said)"),
        text("SELECT CAST(:said AS integer) + :said"),
    ]
    for statement in statements:
        try:
            with engine.begin() as connection:
                connection.execute(statement, {"said": WRITTEN})
        except DBAPIError as error:
            ours.error("Update %s failed: %s", 7, error, exc_info=error)
            logging.getLogger("some.library").exception("it failed")
    for fail in (
        lambda: int(WRITTEN),
        lambda: dict[str, int]()[WRITTEN],
        lambda: Role(WRITTEN),
        lambda: Told(day=WRITTEN),
    ):
        try:
            fail()
        except Exception as error:
            ours.error("Update %s failed: %s", 7, error, exc_info=error)
            try:
                raise RuntimeError(WRITTEN) from error
            except RuntimeError:
                ours.exception("and so did this")
    lines = capsys.readouterr().err
    assert WRITTEN not in lines and "Jueves" not in lines
    assert "ValueError" in lines and "test_log.py" in lines


def test_no_repr_shows_a_secret(tmp_path: Path) -> None:
    settings = Settings(
        _env_file=None,
        telegram_token=TOKEN,
        webhook_secret="webhook-secret",
        database_url="postgresql+psycopg://avance:database-password@localhost/avance",
    )
    api = Api(TOKEN, "http://localhost")
    app = App(settings)
    app.engine.dispose()
    shown = "".join(f"{each!r} {each!s}" for each in (settings, api, app, app.engine, vars(app)))
    for secret in (TOKEN, "webhook-secret", "database-password"):
        assert secret not in shown


@pytest.mark.parametrize("form", ["text", "json"])
async def test_a_run_at_debug_level_shows_no_token(tmp_path: Path, form: str) -> None:
    """Starting without a server, faults of every kind, and ordinary work."""
    world = World(MORNING, token=TOKEN)
    local = LocalTelegram(world)
    async with KillableBot(_settings(local.url, tmp_path, form), tmp_path) as bot:
        bot.start_plainly()  # nobody accepts connections yet
        await _logged(tmp_path, "Telegram does not answer")
        async with local, Phone(local, TERE.telegram_id, TERE.name) as tere:
            await _logged(tmp_path, "Avance answers as")
            for fault in _faults():
                world.faults.plan(fault)
            world.advance(1)
            await tere.send("/start NOSUCHCODE")
            await tere.wait_for("uso interno")
            assert world.faults.next_for("getUpdates", None) is None
    lines = (tmp_path / "bot.log").read_text()
    assert "DEBUG" in lines
    assert TOKEN not in lines
    assert TOKEN.partition(":")[2] not in lines
    if form == "json":
        assert all(json.loads(line)["message"] is not None for line in lines.splitlines())


def _faults() -> Iterator[Fault]:
    yield Fault("getUpdates", drop="after")
    yield Fault("getUpdates", status=500)
    yield Fault("sendMessage", drop="before")
    yield Fault("sendMessage", status=429, retry_after=1)


@pytest.mark.parametrize(("status", "words"), [(401, "Unauthorized"), (404, "Not Found")])
async def test_a_token_that_is_not_known_ends_the_program_without_showing_it(
    tmp_path: Path, status: int, words: str
) -> None:
    """401 from the first call on; 404, which Telegram also returns, while the bot runs."""
    world = World(MORNING, token=OTHERS if status == 401 else TOKEN)
    world.faults.plan(Fault("getUpdates", times=99, status=status, description=words))
    async with (
        LocalTelegram(world) as local,
        KillableBot(_settings(local.url, tmp_path, "text"), tmp_path) as bot,
    ):
        bot.start_plainly()
        assert await bot.dies_itself()
    lines = (tmp_path / "bot.log").read_text()
    assert "error: Telegram does not know this TELEGRAM_TOKEN" in lines
    assert TOKEN.partition(":")[2] not in lines


def _settings(url: str, folder: Path, form: str) -> dict[str, Any]:
    return {
        "telegram_token": TOKEN,
        "telegram_api_url": url,
        "data_dir": str(folder),
        "log_level": "DEBUG",
        "log_format": form,
    }


async def _logged(folder: Path, words: str) -> None:
    path = folder / "bot.log"
    await until(lambda: path.exists() and words in path.read_text(), lambda: path.read_text()[-3000:])
