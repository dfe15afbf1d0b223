"""Which modules a start of the program imports."""

import gc
from pathlib import Path

import pytest

from bot import gc_tuning
from tests.support.phones.stage import ANA, Stage
from tests.support.processes.killable_bot import KillableBot

# Each costs a start between 5 and 150 ms and up to 12 MB, and is needed later, seldom, or elsewhere.
NOT_AT_THE_START = {
    "PIL",
    "alembic",
    "babel",
    "holidays",
    "openpyxl",
    "pillow_heif",
    "prometheus_client",
    "psycopg",
    "ruamel",
    "segno",
    "starlette",
    "uvicorn",
    "xlsxwriter",
}


async def test_a_start_imports_only_what_the_first_answer_needs(
    stage: Stage, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    ana = await stage.enter(ANA)
    await stage.settled()
    await stage.stop_bot()
    await ana.send("/avance juridica")
    monkeypatch.setenv("PYTHONPROFILEIMPORTTIME", "1")
    settings = {
        "telegram_token": stage.world.token,
        "telegram_api_url": stage.server.url,
        "data_dir": str(tmp_path),
    }
    async with KillableBot(settings, tmp_path) as bot:
        bot.start_plainly()
        await ana.wait_for("Dirección Jurídica")
        await bot.die()
    lines = (tmp_path / "bot.log").read_text().splitlines()
    imported = {line.rpartition("|")[2].strip().partition(".")[0] for line in lines if "|" in line}
    assert {"bot", "telegram", "sqlalchemy"} <= imported
    assert not imported & NOT_AT_THE_START


def test_garbage_collection_is_enabled_after_the_imports() -> None:
    with gc_tuning.put_aside():
        assert not gc.isenabled()
    assert gc.isenabled()


@pytest.mark.parametrize("kind", ["absent", "folder", "binary", "broken"])
async def test_an_invalid_programme_is_reported_in_one_sentence(
    stage: Stage, tmp_path: Path, kind: str
) -> None:
    wanted = tmp_path / "wanted.yaml"
    if kind == "folder":
        wanted.mkdir()
    elif kind != "absent":
        wanted.write_bytes({"binary": bytes(range(256)), "broken": b"units: [}\n"}[kind])
    settings = {
        "telegram_token": stage.world.token,
        "telegram_api_url": stage.server.url,
        "data_dir": str(tmp_path / "other"),
        "programme": str(wanted),
    }
    async with KillableBot(settings, tmp_path) as bot:
        bot.start_plainly()
        assert await bot.dies_itself()
    log = (tmp_path / "bot.log").read_text()
    (line,) = [each for each in log.splitlines() if each.startswith("error: ")]
    assert line.startswith("error: PROGRAMME ") and str(wanted) in line
    assert "Traceback" not in log and "fault of Avance" not in log
