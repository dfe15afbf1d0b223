"""Settings from the environment or `.env`, checked before anything starts."""

import hashlib
import hmac
import re
from datetime import datetime
from ipaddress import ip_address
from pathlib import Path
from typing import Literal, Self
from urllib.parse import urlsplit

from pydantic import Field, SecretStr, ValidationError, field_validator, model_validator
from pydantic_settings import BaseSettings, SettingsConfigDict

BUNDLED_PROGRAMME = Path(__file__).parents[1] / "models" / "programmes" / "sesaech-2024.yaml"
TELEGRAM = "https://api.telegram.org"
PORT = 8080  # where PORT is empty
WEBHOOK_PORTS = (443, 80, 88, 8443)  # to which Telegram's own server sends
_SECRET = re.compile(r"[A-Za-z0-9_-]{1,256}")


class Settings(BaseSettings):
    """All settings; `.env.example` explains each. The token is in no repr and no log."""

    model_config = SettingsConfigDict(env_file=".env", env_ignore_empty=True, extra="ignore")

    telegram_token: SecretStr = SecretStr("")
    telegram_api_url: str = TELEGRAM
    telegram_files: Path | None = None
    database_url: str = Field(default="", repr=False)  # it may contain a password
    data_dir: Path = Path("data")
    programme: Path = BUNDLED_PROGRAMME
    manual_url: str = ""
    webhook_url: str = ""
    webhook_secret: SecretStr = SecretStr("")
    webhook_certificate: Path | None = None
    webhook_key: Path | None = None
    webhook_max_connections: int = Field(default=40, ge=1, le=100)
    webhook_only_telegram: bool = False
    proxy_header: str = ""
    heartbeat_url: SecretStr = SecretStr("")
    public_page: bool = False
    metrics_token: SecretStr = SecretStr("")
    host: str = "127.0.0.1"
    port: int | None = Field(default=None, ge=0, le=65535)
    pretend_now: datetime | None = None
    log_level: Literal["DEBUG", "INFO", "WARNING", "ERROR"] = "INFO"
    log_format: Literal["text", "json"] = "text"

    @field_validator("webhook_secret")
    @classmethod
    def _header_value(cls, value: SecretStr) -> SecretStr:
        if value.get_secret_value() and not _SECRET.fullmatch(value.get_secret_value()):
            raise ValueError("Telegram takes 1 to 256 of the signs A-Z, a-z, 0-9, _ and -")
        return value

    @field_validator("heartbeat_url")
    @classmethod
    def _is_url(cls, value: SecretStr) -> SecretStr:
        parts = urlsplit(value.get_secret_value())
        if value.get_secret_value() and not (parts.scheme in ("http", "https") and parts.hostname):
            raise ValueError("write it with https://, as the service that watches gives it")
        return value

    @field_validator("telegram_api_url")
    @classmethod
    def _nobody_listens(cls, value: str) -> str:
        """Strip a trailing slash. Refuse plain HTTP to other machines, since URLs contain the token."""
        if not _is_safe(value):
            raise ValueError(
                "plain HTTP to another machine would show the token and every message: write it with "
                "https://, or as http://127.0.0.1 where the server is on this machine"
            )
        return value.rstrip("/")

    @field_validator("manual_url")
    @classmethod
    def _opens_in_a_browser(cls, value: str) -> str:
        """Refuse what Telegram would not take as the address of a button."""
        if value and (urlsplit(value).scheme not in ("http", "https") or not urlsplit(value).hostname):
            raise ValueError(
                "the manual's address must begin with https:// (or be empty: it is sent as a PDF)"
            )
        return value

    @model_validator(mode="after")
    def _pretend_only_locally(self) -> Self:
        if self.pretend_now and self.telegram_api_url == TELEGRAM and self.telegram_token.get_secret_value():
            raise ValueError("PRETEND_NOW cannot be used with Telegram's own server; remove one of the two")
        return self

    @model_validator(mode="after")
    def _webhook_is_reachable(self) -> Self:
        if not self.webhook_url:
            return self
        parts = urlsplit(self.webhook_url)
        if self.telegram_api_url != TELEGRAM and _is_safe(self.webhook_url):
            return self  # a server of one's own takes any port, and HTTP on this machine
        if parts.scheme != "https" or not parts.hostname:
            raise ValueError("WEBHOOK_URL: Telegram sends updates to https:// addresses alone")
        if (parts.port or 443) not in WEBHOOK_PORTS:
            ports = ", ".join(map(str, WEBHOOK_PORTS))
            raise ValueError(f"WEBHOOK_URL: Telegram sends updates to the ports {ports} alone")
        return self

    @property
    def secret_of_webhook(self) -> str:
        """Return `WEBHOOK_SECRET`, or one made of the token, which is the same for every process with it."""
        given = self.webhook_secret.get_secret_value()
        token = self.telegram_token.get_secret_value().encode()
        return given or hmac.new(token, b"webhook", hashlib.sha256).hexdigest()

    @property
    def serves(self) -> bool:
        """Return whether the program answers HTTP requests."""
        return bool(self.webhook_url or self.public_page or self.port is not None)

    @property
    def database(self) -> str:
        """Return `DATABASE_URL`, or the URL of the SQLite file in `DATA_DIR`."""
        return self.database_url or f"sqlite:///{self.data_dir / 'avance.db'}"


def _is_safe(address: str) -> bool:
    """Return whether the URL is HTTPS, or HTTP to the loopback interface."""
    parts = urlsplit(address)
    if parts.scheme == "https":
        return bool(parts.hostname)
    if parts.scheme != "http" or not parts.hostname:
        return False
    try:
        return ip_address(parts.hostname).is_loopback
    except ValueError:
        return parts.hostname == "localhost"


def at_fault(error: ValidationError) -> str:
    """Return which settings are invalid and why, without their values, which may be secrets."""
    sentences = []
    for each in error.errors():
        name, sentence = ".".join(map(str, each["loc"])).upper(), each["msg"].removeprefix("Value error, ")
        sentences.append(f"{name}: {sentence}" if name else sentence)
    return "; ".join(sentences)
