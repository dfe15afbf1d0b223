"""Checks of the environment: settings, the data folder and its free space, Telegram, clock and time zones."""

import asyncio
import os
import tempfile
from collections.abc import Mapping
from datetime import datetime
from email.utils import parsedate_to_datetime
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfoNotFoundError

from pydantic import ValidationError
from telegram.error import InvalidToken, TelegramError

from bot.clock import ANNOUNCED, Clock
from bot.doctor.check import Check, unseen
from bot.settings import TELEGRAM, Settings, at_fault
from bot.storage import private
from bot.telegram.api import Api
from models import timezones
from models.operations.condition import LITTLE_ROOM, room

ENV_FILE = Path(".env")
ANSWER_WITHIN = 10.0  # seconds
CLOCK_TOLERANCE = 30  # seconds; an answer takes time, and Telegram's date has whole seconds


def settings() -> tuple[Settings | None, Check]:
    """Return the settings if valid, and check that no file with secrets is readable by others."""
    try:
        found = Settings()
    except ValidationError as error:
        return None, Check("settings", False, at_fault(error), "mend it in .env or the environment")
    secret = found.telegram_token.get_secret_value() or found.database_url
    if secret and ENV_FILE.exists() and ENV_FILE.stat().st_mode & 0o077:
        return found, Check("settings", False, "others can read .env and its secrets", "chmod 600 .env")
    return found, Check("settings", True, "they make sense")


def folder(place: Path, database: str) -> Check:
    """Check that DATA_DIR is writable, has room, and is closed to others."""
    free = room(place)
    if free is None:
        return Check(
            "folder", False, f"DATA_DIR {place} is not there", f"mkdir -p {place}, as the bot's user"
        )
    for each in (place, place / "evidence"):
        if each.is_dir() and (error := _write(each)):
            return Check(
                "folder", False, f"{each} takes no file: {error}", "give it to the bot's user: chown -R"
            )
    said = f"{place} takes files; {free / 10**9:,.1f} GB are free"
    if free < LITTLE_ROOM:
        return Check("folder", False, said, "make room: keep backups elsewhere")
    if open_to_others := private.reachable(place, database):
        listed = " ".join(map(str, open_to_others))
        reached = f"other users of this machine can reach {listed}"
        return Check("folder", False, reached, f"chmod go= {listed}, as the bot's user")
    return Check("folder", True, said)


def _write(place: Path) -> str | None:
    """Return why no file can be written there, or None."""
    try:
        with tempfile.TemporaryFile(dir=place) as file:
            file.write(b"well?")
            file.flush()
            os.fsync(file.fileno())
    except OSError as error:
        return error.strerror or str(error)
    return None


def zones() -> Check:
    """Check that the time zone data has the end of daylight saving in Mexico."""
    way_out = "make setup, which installs the package tzdata"
    try:
        right = timezones.are_right()
    except ZoneInfoNotFoundError:
        return Check("zones", False, "there is no time zone data", way_out)
    if not right:
        return Check("zones", False, "the time zone data is old: July 2024 in Mexico is not UTC-6", way_out)
    return Check("zones", True, "July 2024 in Mexico City is UTC-6")


def telegram(chosen: Settings) -> tuple[list[Check], datetime | None]:
    """Check the token and the clock; return also the time of the local Telegram, if it is one."""
    token = chosen.telegram_token.get_secret_value()
    if not token:
        why = "no TELEGRAM_TOKEN, so the demo"
        return [unseen("telegram", why), unseen("clock", why)], None
    incoming: dict[str, str] = {}

    def hear(headers: Mapping[str, str]) -> None:
        incoming.update({name.lower(): value for name, value in headers.items()})

    async def ask() -> tuple[str, Any]:
        async with Api(token, chosen.telegram_api_url, hear) as api:
            return await api.username(), await api.call("getWebhookInfo", {})

    check: Check
    try:
        me, webhook = asyncio.run(asyncio.wait_for(ask(), ANSWER_WITHIN))
        check = _answered(me, webhook.get("url", "") if isinstance(webhook, dict) else "", chosen.webhook_url)
    except InvalidToken:
        check = Check("telegram", False, "it does not know this TELEGRAM_TOKEN", "copy it from @BotFather")
    except (TelegramError, TimeoutError) as error:
        said = getattr(error, "message", None) or "in time"
        check = Check(
            "telegram", False, f"{chosen.telegram_api_url} does not answer ({said})", "the network?"
        )
    announced = incoming.get(ANNOUNCED.lower()) if chosen.telegram_api_url != TELEGRAM else None
    if announced:
        return [check, Check("clock", True, "the local server's")], datetime.fromisoformat(announced)
    return [check, _clock(incoming.get("date"))], None


def _answered(username: str, webhook: str, wanted: str) -> Check:
    if webhook != wanted:
        said = f"@{username} has {'another' if webhook else 'no'} webhook"
        way_out = (
            "start the bot, which sets or removes it; if it runs, find the other program with this token"
        )
        return Check(
            "telegram",
            False,
            f"{said} than WEBHOOK_URL" if webhook else f"{said}, and WEBHOOK_URL is set",
            way_out,
        )
    said = "; it sends updates to WEBHOOK_URL" if webhook else ""
    return Check("telegram", True, f"it knows the token; the bot is @{username}{said}")


def _clock(date: str | None) -> Check:
    """Check that the machine's clock agrees with Telegram's, whose dates decide what is in time."""
    if date is None:
        return unseen("clock", "Telegram did not say its time")
    ahead = round((Clock().now() - parsedate_to_datetime(date)).total_seconds())
    if abs(ahead) <= CLOCK_TOLERANCE:
        return Check("clock", True, "agrees with Telegram's")
    said = f"{abs(ahead):,} s {'ahead of' if ahead > 0 else 'behind'} Telegram's"
    return Check("clock", False, said, "timedatectl set-ntp true")
