"""The database file is lost or replaced while `python -m bot run` works, and the bot is started again."""

import os
from collections.abc import Callable
from pathlib import Path

import pytest

from models.operations import migrating
from models.storage import database
from tests.failures.test_database_gone import of, replaced, running_plainly
from tests.handlers.activity_form.test_capture import stored, to_card
from tests.support.phones.phone import Phone
from tests.support.phones.stage import ANA, Stage
from tests.support.processes.killable_bot import KillableBot
from tests.support.waiting import until

Damage = Callable[[Path, bytes], None]  # how the file is replaced, given the bytes of another one


def moved_away(path: Path, _another: bytes) -> None:
    path.rename(path.with_name("moved"))


def another_in_its_place(path: Path, another: bytes) -> None:
    copy = path.with_name("copy")
    copy.write_bytes(another)
    copy.replace(path)


def overwritten(path: Path, content: bytes) -> None:
    """Overwrite the file in place; it keeps its inode."""
    with path.open("r+b") as file:
        file.write(content)
        file.truncate()


def same_size(path: Path, another: bytes) -> None:
    size = path.stat().st_size
    overwritten(path, another[:size].ljust(size, b"\0"))


def smaller(path: Path, another: bytes) -> None:
    overwritten(path, another[: path.stat().st_size // 2])


def larger(path: Path, another: bytes) -> None:
    overwritten(path, another.ljust(path.stat().st_size * 2, b"\0"))


def zeroes(path: Path, _another: bytes) -> None:
    overwritten(path, bytes(path.stat().st_size))


def its_second_half(path: Path, _another: bytes) -> None:
    content = path.read_bytes()
    half = len(content) // 2
    overwritten(path, content[:half] + bytes(len(content) - half))


def older_backup(path: Path, _another: bytes) -> None:
    overwritten(path, path.with_name("backup.db").read_bytes())


DAMAGES: tuple[Damage, ...] = (
    moved_away,
    another_in_its_place,
    same_size,
    smaller,
    larger,
    zeroes,
    its_second_half,
    older_backup,
)


def another_database(folder: Path) -> bytes:
    """Return the bytes of another, empty database of Avance."""
    path = folder / "another.db"
    engine = database.connect(f"sqlite:///{path}")
    migrating.migrate(engine)
    engine.dispose()
    return path.read_bytes()


async def with_one_confirmed(stage: Stage, bot: KillableBot) -> Phone:
    """Let the bot confirm one activity and show the card of a second one."""
    ana = await stage.enter(ANA)
    await stage.settled()
    await stage.stop_bot()
    file = stage.folder / "avance.db"
    (stage.folder / "backup.db").write_bytes(file.read_bytes())
    await stage.start_bot()
    await stage.stop_bot()
    await running_plainly(bot, ana)
    await to_card(ana, "La primera sesión.")
    await ana.tap("✅ Registrar")
    await ana.wait_for("Registrada")
    await to_card(ana, "La segunda sesión.")
    await ana.settled()
    return ana


async def ends_unconfirmed(stage: Stage, bot: KillableBot, ana: Phone, log: Path, words: str) -> None:
    """Check that the tap is neither answered nor acknowledged, and the program ends with one line."""
    seen = len(await ana.messages())
    await ana.tap("✅ Registrar")
    assert await bot.dies_itself()
    assert bot.exit_code == 1
    said = log.read_text()
    errors = [line for line in said.splitlines() if line.startswith("error: ")]
    assert len(errors) == 1
    assert words in errors[0]
    assert "Traceback" not in said
    assert len(stage.world.updates) == 1
    assert len(await ana.messages()) == seen


async def takes_it_up(stage: Stage, bot: KillableBot, ana: Phone) -> None:
    """Check that the restarted bot has what it confirmed and handles what it had not acknowledged."""
    bot.start_plainly()
    await until(lambda: not len(stage.world.updates))
    await ana.wait_for("Registrada")
    await bot.die()
    await stage.start_bot()
    assert [each.narrative for each in stored(stage)] == ["La primera sesión.", "La segunda sesión."]


@pytest.mark.parametrize("damage", DAMAGES, ids=lambda damage: damage.__name__)
async def test_nothing_confirmed_is_lost_when_the_file_is_replaced(tmp_path: Path, damage: Damage) -> None:
    file, log = tmp_path / "stage" / "avance.db", tmp_path / "bot.log"
    another = another_database(tmp_path)
    async with Stage(tmp_path / "stage") as stage, KillableBot(of(stage), tmp_path) as bot:
        ana = await with_one_confirmed(stage, bot)
        right = file.read_bytes()
        damage(file, another)
        wrong = file.read_bytes() if file.exists() else None
        await ends_unconfirmed(stage, bot, ana, log, "while Avance worked with it; nothing was confirmed")
        assert (file.read_bytes() if file.exists() else None) == wrong
        log.unlink()
        bot.start_plainly()  # as systemd does at once
        assert await bot.dies_itself()
        assert bot.exit_code == 1
        assert (file.read_bytes() if file.exists() else None) == wrong
        assert "error: " in log.read_text()
        assert len(stage.world.updates) == 1
        file.write_bytes(right)
        await takes_it_up(stage, bot, ana)


async def test_the_content_of_a_deleted_wal_is_saved(tmp_path: Path) -> None:
    file, log = tmp_path / "stage" / "avance.db", tmp_path / "bot.log"
    async with Stage(tmp_path / "stage") as stage, KillableBot(of(stage), tmp_path) as bot:
        ana = await with_one_confirmed(stage, bot)
        Path(f"{file}-wal").unlink()
        await ends_unconfirmed(stage, bot, ana, log, "avance.db-wal was deleted or replaced")
        await takes_it_up(stage, bot, ana)


@pytest.mark.parametrize("what", ["zeroed", "cut", "emptied"])
async def test_a_wal_altered_by_others_ends_the_program(tmp_path: Path, what: str) -> None:
    file, log = tmp_path / "stage" / "avance.db-wal", tmp_path / "bot.log"
    async with Stage(tmp_path / "stage") as stage, KillableBot(of(stage), tmp_path) as bot:
        ana = await with_one_confirmed(stage, bot)
        size = file.stat().st_size
        if what == "zeroed":
            overwritten(file, bytes(size))
        else:
            os.truncate(file, size // 2 if what == "cut" else 0)
        await ends_unconfirmed(stage, bot, ana, log, "avance.db-wal was cut or overwritten")


async def test_a_copy_of_the_file_with_its_wal_is_used_after_a_restart(tmp_path: Path) -> None:
    """The same content under another inode ends the running bot, and is used by the next one."""
    file, log = tmp_path / "stage" / "avance.db", tmp_path / "bot.log"
    async with Stage(tmp_path / "stage") as stage, KillableBot(of(stage), tmp_path) as bot:
        ana = await with_one_confirmed(stage, bot)
        replaced(file)
        await ends_unconfirmed(stage, bot, ana, log, "avance.db was deleted or replaced")
        await takes_it_up(stage, bot, ana)
