"""Whose request it is: addresses, the proxy's header, and Telegram's networks."""

import pytest
from starlette.requests import Request

from bot.server.callers import caller, is_telegram


def request(peer: str, **headers: str) -> Request:
    named = [(name.lower().replace("_", "-").encode(), value.encode()) for name, value in headers.items()]
    return Request({"type": "http", "client": (peer, 5000), "headers": named, "method": "POST", "path": "/"})


@pytest.mark.parametrize(
    ("peer", "header", "forwarded", "expected"),
    [
        ("149.154.167.220", "", None, "149.154.167.220"),
        ("::ffff:149.154.167.220", "", None, "149.154.167.220"),
        ("127.0.0.1", "", "149.154.167.220", "127.0.0.1"),  # no header is believed
        ("127.0.0.1", "X-Forwarded-For", "149.154.167.220", "149.154.167.220"),
        ("10.0.0.7", "X-Forwarded-For", "149.154.167.220", "149.154.167.220"),
        ("127.0.0.1", "X-Forwarded-For", "149.154.167.220, 198.51.100.9", "198.51.100.9"),
        ("127.0.0.1", "X-Forwarded-For", "nonsense", "None"),
        ("127.0.0.1", "X-Forwarded-For", "", "None"),
        ("127.0.0.1", "X-Forwarded-For", None, "127.0.0.1"),
        ("8.8.8.8", "X-Forwarded-For", "149.154.167.220", "8.8.8.8"),  # from outside, past the proxy
        ("nobody", "", None, "None"),
    ],
)
def test_the_caller(peer: str, header: str, forwarded: str | None, expected: str) -> None:
    headers = {} if forwarded is None else {"X_Forwarded_For": forwarded}
    assert str(caller(request(peer, **headers), header)) == expected


@pytest.mark.parametrize(
    ("address", "is_one"),
    [
        ("149.154.160.0", True),
        ("149.154.175.255", True),
        ("149.154.176.0", False),
        ("149.154.159.255", False),
        ("91.108.4.0", True),
        ("91.108.7.255", True),
        ("91.108.8.0", False),
        ("127.0.0.1", False),
        ("2001:67c:4e8::1", False),
        ("nobody", False),
    ],
)
def test_the_networks_of_telegram(address: str, is_one: bool) -> None:
    assert is_telegram(caller(request(address), "")) is is_one
