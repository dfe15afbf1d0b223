"""Settings from the environment or `.env`, checked before anything starts."""

from datetime import datetime
from ipaddress import ip_address
from pathlib import Path
from typing import Literal, Self
from urllib.parse import urlsplit

from pydantic import Field, SecretStr, ValidationError, field_validator, model_validator
from pydantic_settings import BaseSettings, SettingsConfigDict

BUNDLED_PROGRAMME = Path(__file__).parents[1] / "models" / "programmes" / "sesaech-2024.yaml"
TELEGRAM = "https://api.telegram.org"


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
    host: str = "127.0.0.1"
    port: int = 8080
    pretend_now: datetime | None = None
    log_level: Literal["DEBUG", "INFO", "WARNING", "ERROR"] = "INFO"
    log_format: Literal["text", "json"] = "text"

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
