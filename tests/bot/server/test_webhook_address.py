"""The webhook over TLS with a certificate of one's own, Telegram's networks, and what is refused."""

import asyncio
import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from local_telegram.world.traffic import Fault
from tests.support.phones.stage import ANA, Stage
from tests.support.phones.webhook import SECRET, free_port, hooked, post, text_from
from tests.support.waiting import until

ROOT = Path(__file__).parents[3]


def certificate(folder: Path) -> dict[str, Path]:
    """Return the settings of a certificate made as docs/operating.md says."""
    if shutil.which("openssl") is None:
        pytest.skip("openssl is not installed")
    key, made = folder / "webhook.key", folder / "webhook.pem"
    about = ["-days", "30", "-subj", "/CN=127.0.0.1", "-addext", "subjectAltName=IP:127.0.0.1"]
    command = ["openssl", "req", "-x509", "-newkey", "rsa:2048", "-nodes", *about]
    subprocess.run([*command, "-keyout", str(key), "-out", str(made)], check=True, capture_output=True)
    return {"webhook_certificate": made, "webhook_key": key}


async def test_a_certificate_of_ones_own_is_given_to_telegram_and_served(tmp_path: Path) -> None:
    port = free_port()
    chosen = {**hooked(port), **certificate(tmp_path), "webhook_url": f"https://127.0.0.1:{port}/hook"}
    async with Stage(tmp_path / "data", chosen=chosen) as stage:
        ana = await stage.enter(ANA)
        await ana.send("/ayuda")
        await ana.wait_for("Esto puedo hacer por usted")
        assert stage.world.webhook["certificate"].content.startswith(b"-----BEGIN CERTIFICATE-----")
        assert b"PRIVATE" not in stage.world.webhook["certificate"].content


async def test_telegram_s_networks_can_be_required(tmp_path: Path) -> None:
    chosen = {**hooked(), "webhook_only_telegram": True, "proxy_header": "X-Forwarded-For"}
    async with Stage(tmp_path, chosen=chosen) as stage:
        url, update = stage.settings().webhook_url, text_from(1, 5, "/start")
        await until(lambda: stage.world.webhook)
        assert await post(url, update) == 403
        assert await post(url, update, SECRET, **{"X-Forwarded-For": "198.51.100.3"}) == 403
        assert await post(url, update, SECRET, **{"X-Forwarded-For": "149.154.167.220, 8.8.8.8"}) == 403
        assert await post(url, update, "wrong", **{"X-Forwarded-For": "149.154.167.220"}) == 403
        assert await post(url, update, SECRET, **{"X-Forwarded-For": "149.154.167.220"}) == 200


async def fails_with(stage: Stage, **changed: str) -> str:
    """Return the last line of `python -m bot run` with these settings."""
    names = {
        "TELEGRAM_TOKEN": stage.world.token,
        "TELEGRAM_API_URL": stage.server.url,
        "DATA_DIR": str(stage.folder),
        **changed,
    }
    process = await asyncio.create_subprocess_exec(
        *(sys.executable, "-m", "bot", "run"),
        env={**os.environ, **names},
        cwd=ROOT,
        stderr=asyncio.subprocess.PIPE,
    )
    _, said = await process.communicate()
    assert process.returncode == 1
    return said.decode().splitlines()[-1]


async def test_what_cannot_be_served_ends_the_start_in_one_sentence(stage: Stage) -> None:
    await stage.stop_bot()
    port = str(free_port())
    broken = stage.folder / "broken.pem"
    broken.write_text("no certificate")
    hook = {"WEBHOOK_URL": f"http://127.0.0.1:{port}/hook", "PORT": port}
    taken = str(stage.server.port)
    assert "cannot be used (Address already in use)" in await fails_with(stage, **{**hook, "PORT": taken})
    pair = {"WEBHOOK_CERTIFICATE": str(broken), "WEBHOOK_KEY": str(broken)}
    assert "WEBHOOK_CERTIFICATE or WEBHOOK_KEY cannot be used" in await fails_with(stage, **hook, **pair)
    refusal = "Bad Request: bad webhook: IP address is reserved"
    stage.world.faults.plan(Fault("setWebhook", status=400, description=refusal))
    assert "error: Telegram refuses WEBHOOK_URL: Bad webhook" in await fails_with(stage, **hook)


async def test_a_bot_that_polls_works_without_its_pages_where_the_port_is_taken(
    stage: Stage, caplog: pytest.LogCaptureFixture
) -> None:
    await stage.stop_bot()
    stage.chosen = {"port": stage.server.port}
    await stage.start_bot()
    assert stage.app.server is None
    assert "the bot goes on without /health and /metrics" in caplog.text
    ana = await stage.enter(ANA)
    await ana.send("/ayuda")
    await ana.wait_for("Esto puedo hacer por usted")
