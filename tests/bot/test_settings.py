"""Which Bot API servers may be set: every request's address contains the token."""

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
