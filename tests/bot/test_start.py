"""What a start of the program brings into memory, and what not."""

import gc
from pathlib import Path

import pytest

from bot import garbage
from tests.mortal import Mortal
from tests.stage import ANA, Stage

# Each costs a start between 5 and 150 ms and up to 12 MB, and is needed later, seldom, or elsewhere.
NOT_AT_THE_START = {
    "PIL",
    "alembic",
    "babel",
    "holidays",
    "openpyxl",
    "pillow_heif",
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
    async with Mortal(settings, tmp_path) as bot:
        bot.start_plainly()
        await ana.wait_for("Dirección Jurídica")
        await bot.die()
    lines = (tmp_path / "bot.log").read_text().splitlines()
    imported = {line.rpartition("|")[2].strip().partition(".")[0] for line in lines if "|" in line}
    assert {"bot", "telegram", "sqlalchemy"} <= imported
    assert not imported & NOT_AT_THE_START


def test_garbage_is_searched_for_again_after_the_imports() -> None:
    with garbage.put_aside():
        assert not gc.isenabled()
    assert gc.isenabled()
