"""The demo answers its own page and local programs, and no requests from other sites."""

import httpx
import pytest

from local_telegram.server import LocalTelegram
from local_telegram.world.world import World
from tests.support.phones.stage import MORNING

ELSEWHERE = [
    {"host": "evil.example:8080"},
    {"host": "127.0.0.1.evil.example"},
    {"host": "[::1"},
    {"host": ""},
    {"origin": "http://evil.example"},
    {"origin": "null"},
    {"origin": "http://127.0.0.1:1"},
    {"sec-fetch-site": "cross-site"},
    {"sec-fetch-site": "same-site"},
]


@pytest.mark.parametrize("headers", ELSEWHERE, ids=str)
async def test_other_sites_can_neither_read_nor_change_anything(headers: dict[str, str]) -> None:
    world = World(MORNING)
    async with (
        LocalTelegram(world) as server,
        httpx.AsyncClient(base_url=server.url, trust_env=False) as client,
    ):
        before = world.now()
        for method, path in (
            ("POST", "/clock"),
            ("GET", "/phone/shown"),
            ("GET", "/phone/shown/events"),
            ("GET", "/phone/101/events"),
            ("POST", "/phone/101/send"),
            ("GET", f"/bot{world.token}/getMe"),
            ("GET", "/page/page.js"),
        ):
            answer = await client.request(
                method, path, headers=headers, json={"seconds": 9e6} if method == "POST" else None
            )
            assert answer.status_code == 403, path
        assert (world.now() - before).days == 0


async def test_local_requests_are_answered_with_security_headers() -> None:
    world = World(MORNING)
    async with (
        LocalTelegram(world) as server,
        httpx.AsyncClient(base_url=server.url, trust_env=False) as client,
    ):
        own = {"origin": server.url, "sec-fetch-site": "same-origin"}
        for headers in ({}, own, {"host": f"localhost:{server.port}"}):
            answer = await client.get("/", headers=headers)
            assert answer.status_code == 200
            policy = answer.headers["content-security-policy"]
            assert "script-src 'self';" in policy and "unsafe" not in policy
            assert "frame-ancestors 'none'" in policy and "default-src 'none'" in policy
            assert answer.headers["x-content-type-options"] == "nosniff"
            assert "<script>" not in answer.text and "style=" not in answer.text
        assert (await client.get("/phone/shown", headers=own)).status_code == 200
        assert (await client.get("/", headers={"sec-fetch-site": "cross-site"})).status_code == 200
        answer = await client.get("/phone/files/none", headers=own)
        assert "script-src 'none'" in answer.headers["content-security-policy"]
