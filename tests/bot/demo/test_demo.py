"""The demo: the page, the button that plays the quarter, and its end."""

import asyncio
import os
import re
import signal
import socket
import sys
from asyncio.subprocess import DEVNULL, PIPE, Process
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from datetime import datetime
from pathlib import Path

import httpx
import pytest

from bot.demo import demo
from bot.demo.first_quarter import ZONE, first_quarter
from bot.demo.stage import PLAYING, STOPPED, DemoStage
from bot.settings import Settings
from local_telegram import handset
from tests.support.phones.phone import Phone
from tests.support.waiting import PATIENCE

END_OF_MARCH = datetime(2024, 3, 26, 17, tzinfo=ZONE)


@asynccontextmanager
async def running(
    folder: Path, pretend_now: str, port: int, patience: float = PATIENCE
) -> AsyncIterator[tuple[Process, str]]:
    """Run `python -m bot demo` until it is ready; yield all that it printed."""
    environment = os.environ | {"DATA_DIR": str(folder), "PRETEND_NOW": pretend_now, "TELEGRAM_TOKEN": ""}
    command = [sys.executable, "-m", "bot", "demo", "--port", str(port)]
    process = await asyncio.create_subprocess_exec(*command, env=environment, stdout=PIPE, stderr=DEVNULL)
    assert process.stdout is not None
    said = ""
    try:
        while "What to try" not in said:
            line = await asyncio.wait_for(process.stdout.readline(), patience)
            assert line, f"The demo ended early: {said}"
            said += line.decode()
        yield process, said
    finally:
        if process.returncode is None:
            process.kill()
        await process.wait()


async def test_the_demo_starts_with_one_command_and_ends_with_ctrl_c(tmp_path: Path) -> None:
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        taken.listen()
        port = taken.getsockname()[1]
        async with running(tmp_path, "2024-01-15T09:00", port) as (process, said):
            found = re.search(r"ready at (http://\S+)", said)
            assert found is not None and not found[1].endswith(f":{port}")
            async with httpx.AsyncClient(base_url=found[1], trust_env=False) as page:
                assert "Avance" in (await page.get("/")).text
                assert (await page.get("/clock")).json()["now"].startswith("2024-01-15T15:00")
                shown = (await page.get("/phone/shown")).json()
            assert [phone["label"] for phone in shown["phones"]] == [
                "Enlace · Dirección Jurídica",
                "Titular · Dirección Jurídica",
                "Planeación",
            ]
            elena = first_quarter().player("elena")
            async with Phone(found[1], elena.user_id, elena.name) as phone:
                await phone.send("/avance")
                assert "2 actividades" in (await phone.wait_for("Al 15 de enero")).text
            process.send_signal(signal.SIGINT)
            assert await asyncio.wait_for(process.wait(), PATIENCE) == 0


async def test_the_pages_button_plays_the_rest_once(tmp_path: Path) -> None:
    async with demo.opened(Settings(_env_file=None, data_dir=tmp_path), END_OF_MARCH, port=0) as stage:
        stage.pause = 0.0
        roberto = first_quarter().player("roberto")
        async with (
            Phone(stage.url, roberto.user_id, roberto.name) as phone,
            httpx.AsyncClient(base_url=stage.url, trust_env=False) as page,
        ):
            button = (await page.get("/phone/shown")).json()["buttons"][0]
            assert button["label"] == "Reproducir el primer trimestre"
            for _ in range(2):
                answer = (await page.post(button["path"], json={})).json()
                assert answer["message"].startswith("Se reproduce")
            await phone.wait_for("Al 31 de marzo")
            await phone.send("/avance sistemas T1")
            assert "25 de 4,000 personas" in (await phone.wait_for("Al 31 de marzo")).text
            clock = (await page.get("/clock")).json()
            assert clock["now"].startswith("2024-04-02")
            assert (await page.post(button["path"], json={})).json()["message"].endswith("completo.")


async def test_playing_the_quarter_keeps_an_open_capture(tmp_path: Path) -> None:
    before = datetime(2024, 3, 22, 18, tzinfo=ZONE)
    async with demo.opened(Settings(_env_file=None, data_dir=tmp_path), before, port=0) as stage:
        ana = first_quarter().player("ana")
        async with Phone(stage.url, ana.user_id, ana.name) as phone:
            await phone.send("/registrar")
            await phone.wait_for("línea de acción")
            await phone.tap("2 · ")
            await phone.wait_for("¿Qué cantidad")
            await stage.play(datetime(2024, 3, 22, 19, tzinfo=ZONE))
            await phone.send("/registrar")
            assert "sin registrarse" in (await phone.wait_for("Línea 2")).text


async def test_an_interrupted_play_is_not_reported_as_complete(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(handset, "PATIENCE", 0.1)  # no bot answers here
    stage = DemoStage(datetime(2024, 3, 20, 9, tzinfo=ZONE), pause=0)
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    async with stage.listen(port), httpx.AsyncClient(base_url=stage.url, trust_env=False) as page:
        said = PLAYING
        while said == PLAYING:
            said = (await page.post("/demo/quarter", json={})).json()["message"]
            await asyncio.sleep(0.1)
        assert said == STOPPED
