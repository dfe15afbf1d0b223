"""Which Bot API servers may be set: every request's address contains the token."""

from typing import Any

import pytest
from pydantic import ValidationError

from bot.settings import Settings, at_fault


@pytest.mark.parametrize(
    "address",
    [
        *(
            "https://api.telegram.org",
            "https://10.0.0.5:8081/",
            "http://127.0.0.1:8081",
            "http://localhost:1",
        ),
        *("http://[::1]:8081", "http://127.9.9.9", "HTTP://LOCALHOST:8081"),
    ],
)
def test_https_and_local_addresses_are_accepted(address: str) -> None:
    assert Settings(_env_file=None, telegram_api_url=address).telegram_api_url == address.rstrip("/")


@pytest.mark.parametrize(
    "address",
    [
        *(
            "http://api.telegram.org",
            "http://10.0.0.5:8081",
            "http://192.168.1.7",
            "http://telegram-bot-api:8081",
        ),
        *(
            "http://127.0.0.1.example.org",
            "http://127.0.0.1@example.org",
            "http://0.0.0.0:8081",
            "http://2130706433",
        ),
        *("ftp://127.0.0.1", "127.0.0.1:8081", "http://"),
    ],
)
def test_plain_http_to_another_machine_is_refused_in_one_sentence(address: str) -> None:
    with pytest.raises(ValidationError) as refused:
        Settings(_env_file=None, telegram_api_url=address)
    sentence = at_fault(refused.value)
    assert sentence.startswith("TELEGRAM_API_URL: plain HTTP to another machine would show the token")
    assert "\n" not in sentence


@pytest.mark.parametrize(
    ("given", "sentence"),
    [
        ({"webhook_url": "http://avance.example.org/x"}, "https:// addresses alone"),
        ({"webhook_url": "avance.example.org"}, "https:// addresses alone"),
        ({"webhook_url": "https://avance.example.org:8080/x"}, "the ports 443, 80, 88, 8443 alone"),
        ({"webhook_secret": "with spaces"}, "WEBHOOK_SECRET: Telegram takes"),
        ({"webhook_secret": "x" * 257}, "WEBHOOK_SECRET: Telegram takes"),
        ({"webhook_max_connections": 0}, "WEBHOOK_MAX_CONNECTIONS: "),
        ({"webhook_max_connections": 101}, "WEBHOOK_MAX_CONNECTIONS: "),
        ({"heartbeat_url": "hc-ping.com/uuid"}, "HEARTBEAT_URL: write it with https://"),
        ({"port": 70_000}, "PORT: "),
    ],
)
def test_what_telegram_or_the_machine_cannot_take_is_refused_at_the_start(
    given: dict[str, Any], sentence: str
) -> None:
    with pytest.raises(ValidationError) as refused:
        Settings(_env_file=None, **given)
    said = at_fault(refused.value)
    assert sentence in said and "\n" not in said
    assert "with spaces" not in said and "uuid" not in said


def test_a_webhook_of_telegram_and_of_a_server_of_ones_own() -> None:
    for url in ("https://avance.example.org/x", "https://avance.example.org:8443"):
        assert Settings(_env_file=None, webhook_url=url).serves
    own = "http://127.0.0.1:8081"
    assert Settings(_env_file=None, webhook_url="http://127.0.0.1:9/x", telegram_api_url=own).serves
    assert not Settings(_env_file=None).serves


def test_the_secret_made_of_the_token_is_the_same_in_every_process() -> None:
    made = {Settings(_env_file=None, telegram_token=token).secret_of_webhook for token in ("1:a", "1:a")}
    assert len(made) == 1
    other = Settings(_env_file=None, telegram_token="1:b").secret_of_webhook
    assert other not in made
