"""A backup made while people capture is complete, on either engine and from one to the other."""

import asyncio
import io
import json
import tarfile
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager
from pathlib import Path

import pytest
from sqlalchemy import text

from bot.failure import Failure
from bot.storage import backup as backup_file
from bot.storage.store import Store
from models.operations import migrating
from models.operations.backup import latest
from models.storage import database, table_version
from tests.bot.commands.test_cli import QuickShell, Shell
from tests.bot.evidence.evidence_stage import fetched, files, registered, with_card, with_photo
from tests.support.files import photographs
from tests.support.phones.phone import Phone
from tests.support.phones.stage import MORNING, TERE, Stage

NEWEST = f'"{table_version.versions()[-1]}"'.encode()


@pytest.fixture
def shell(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> Shell:
    return QuickShell(tmp_path, monkeypatch, capsys)


def there(folder: str, url: str = "") -> dict[str, str]:
    """Return the settings of another installation than the running one."""
    return {"DATA_DIR": folder} | ({"DATABASE_URL": url} if url else {})


@asynccontextmanager
async def capturing(stage: Stage) -> AsyncIterator[Phone]:
    """Let somebody send pictures to their card while the block runs."""
    tere, card = await with_card(stage, TERE, "Hoy 1 solicitud de información atendida")
    over = asyncio.Event()

    async def send() -> None:
        number = 0
        while not over.is_set():
            number += 1
            await tere.send_photo(photographs.drawn(50 + number), reply_to=card.id)
            await asyncio.sleep(0.15)

    sending = asyncio.create_task(send())
    yield tere
    over.set()
    await sending
    await stage.settled()


async def shows_its_photo(phone: Phone) -> bytes:
    await phone.send("/actividad_1")
    await phone.wait_for("Actividad n.º 1")
    await phone.tap("📎 Ver evidencia (1)")
    return await phone.fetch(await phone.wait_for(lambda message: message.media is not None))


async def test_a_backup_made_while_people_capture_is_complete(
    tmp_path: Path, database_url: str, other_database_url: str
) -> None:
    shell = Shell(tmp_path)  # processes of their own: they run beside the bot
    async with Stage(tmp_path / "data", database_url) as stage:
        ana = await with_photo(stage)
        photo = await shows_its_photo(ana)
        async with capturing(stage):
            before = len(files(stage))
            for number in range(2):
                out = await asyncio.to_thread(
                    shell.out, "backup", f"{number}.tar", "--json", DATABASE_URL=database_url
                )
            made = json.loads(out)
            assert len(files(stage)) > before, "nobody captured meanwhile"
        await stage.stop_bot()
        found = json.loads(shell.out("restore", "1.tar", "--json", **there("restored", other_database_url)))
        assert found == made and made["files"] > 2 and made["absent"] == {}
        stage.folder, stage.database_url = tmp_path / "restored", other_database_url
        assert len(files(stage)) == made["files"]
        await stage.start_bot()
        assert await shows_its_photo(ana) == photo
        await ana.send("Ayer 1 acta de la segunda sesión")  # what is new gets new numbers
        await registered(ana, await ana.wait_for("Por registrar"))
        with database.transaction(stage.app.engine) as session:
            last = latest(session)
    assert last is not None and (last.place, last.files) == (str(tmp_path / "1.tar"), made["files"])
    assert "1 acta" in shell.out("activities", **there("restored", other_database_url))
    verdict = json.loads(shell.out("audit", "--json", **there("restored", other_database_url)))
    assert verdict["intact"] and verdict["entries"] > made["audit"]["entries"]


@pytest.fixture
async def saved(tmp_path: Path, shell: Shell) -> Path:
    """A backup of an installation with one activity and its photograph."""
    async with Stage(tmp_path / "data") as stage:
        await with_photo(stage)
    shell.out("backup", "avance.tar")
    return tmp_path / "avance.tar"


def altered(saved: Path, change: Callable[[str, bytes], bytes | None]) -> None:
    """Write the backup again with the content of each file changed; None leaves it out."""
    with tarfile.open(saved) as archive:
        contents = {member.name: _read(archive, member) for member in archive}
    with tarfile.open(saved, "w") as archive:
        for name, content in contents.items():
            if (new := change(name, content)) is not None:
                member = tarfile.TarInfo(name)
                member.size = len(new)
                archive.addfile(member, io.BytesIO(new))


def _read(archive: tarfile.TarFile, member: tarfile.TarInfo) -> bytes:
    file = archive.extractfile(member)
    assert file is not None
    return file.read()


def test_a_backup_is_one_private_tar_file(shell: Shell, saved: Path) -> None:
    assert saved.stat().st_mode & 0o777 == 0o600
    with tarfile.open(saved) as archive:
        names = archive.getnames()
        manifest = json.loads(_read(archive, archive.getmember("manifest.json")))
        rows = _read(archive, archive.getmember("tables/activity.jsonl")).splitlines()
    assert names[-1] == "manifest.json" and sum(name.startswith("evidence/") for name in names) == 2
    assert [json.loads(row)["id"] for row in rows] == [1]
    assert {part["name"]: part["rows"] for part in manifest["tables"]}["activity"] == 1


def test_an_existing_file_is_replaced_only_on_request(shell: Shell, saved: Path) -> None:
    first = saved.read_bytes()
    left_by_a_crash = saved.with_name("avance.tar.part")
    left_by_a_crash.write_text("half")
    assert "nothing was changed" in shell.error(1, "backup", "avance.tar", answer="n\n")
    assert saved.read_bytes() == first
    shell.out("backup", "avance.tar", "--yes")
    assert saved.read_bytes() != first and not left_by_a_crash.exists()
    assert "No such file" in shell.error(1, "backup", "nowhere/avance.tar")


def test_a_backup_is_restored_only_into_an_empty_place(shell: Shell, saved: Path) -> None:
    assert "database is not empty" in shell.error(1, "restore", "avance.tar")
    stray = shell.folder / "other" / "evidence" / "ab" / "stray"
    stray.parent.mkdir(parents=True)
    stray.write_text("of another Avance")
    assert "is not empty" in shell.error(1, "restore", "avance.tar", **there("other"))
    assert stray.read_text() == "of another Avance"


def marks(folder: Path) -> list[str]:
    """Return whose the evidence folder says it is."""
    return [each.name for each in folder.joinpath("evidence").glob("database-*")]


async def test_the_restored_folder_belongs_to_the_restored_database(
    shell: Shell, saved: Path, tmp_path: Path
) -> None:
    """Also if an empty folder of another installation was there; and the bot starts on it."""
    (tmp_path / "other" / "evidence" / "database-0123").mkdir(parents=True)
    await asyncio.to_thread(shell.out, "restore", "avance.tar", **there("other"))
    assert marks(tmp_path / "other") == marks(tmp_path / "data") != []
    async with Stage(tmp_path / "other") as stage:
        assert len(files(stage)) == 2
    checks = json.loads((await asyncio.to_thread(shell.run, "doctor", "--json", **there("other"))).stdout)
    (evidence,) = [each for each in checks["checks"] if each["name"] == "evidence"]
    assert evidence["ok"], evidence


async def test_the_restored_folder_is_not_another_database_s(
    shell: Shell, saved: Path, tmp_path: Path
) -> None:
    await asyncio.to_thread(shell.out, "restore", "avance.tar", **there("other"))
    for each in (tmp_path / "other").glob("avance.db*"):
        each.unlink()
    with pytest.raises(Failure, match="belongs to another database"):
        async with Stage(tmp_path / "other"):
            pass


@pytest.mark.parametrize(
    ("what", "change", "said"),
    [
        ("a row", lambda name, was: was.replace(b"Ana", b"Eva") if "person" in name else was, "person.jsonl"),
        ("a picture", lambda name, was: was[:-1] + b"!" if name[:9] == "evidence/" else was, "evidence/"),
        ("no picture", lambda name, was: None if name[:9] == "evidence/" else was, "has no evidence/"),
        ("no end", lambda name, was: None if name == "manifest.json" else was, "cut off"),
        ("another version", lambda name, was: was.replace(NEWEST, b'"9999"'), "update Avance"),
        ("another form", lambda name, was: was.replace(b'"format": 1', b'"format": 2'), "update it"),
        ("another head", lambda name, was: was.replace(b'"head": "', b'"head": "0'), "chain"),
    ],
    ids=lambda value: value if isinstance(value, str) else "",
)
def test_an_altered_backup_is_refused_and_restores_nothing(
    shell: Shell, saved: Path, what: str, change: Callable[[str, bytes], bytes | None], said: str
) -> None:
    whole = saved.read_bytes()
    altered(saved, change)
    assert said in shell.error(1, "restore", "avance.tar", **there("other"))
    saved.write_bytes(whole)
    shell.out("restore", "avance.tar", **there("other"))


def test_a_truncated_or_invalid_backup_is_refused(shell: Shell, saved: Path) -> None:
    whole = saved.read_bytes()
    saved.write_bytes(whole[: len(whole) // 2])
    assert "cut off" in shell.error(1, "restore", "avance.tar", **there("other"))
    saved.write_bytes(photographs.drawn())
    assert "no backup of Avance" in shell.error(1, "restore", "avance.tar", **there("other"))
    assert "No such file" in shell.error(1, "restore", "absent.tar", **there("other"))


async def test_missing_and_altered_evidence_is_reported_and_the_rest_saved(
    tmp_path: Path, shell: Shell
) -> None:
    async with Stage(tmp_path / "data") as stage:
        ana = await with_photo(stage)
        await ana.send_photo(photographs.drawn(500, 400), reply_to=(await ana.last()).id)
        await fetched(stage, 2)
        gone, spoilt, *_ = sorted(files(stage))
    store = tmp_path / "data" / "evidence"
    (store / gone[:2] / gone).unlink()
    (store / spoilt[:2] / spoilt).write_bytes(b"rot")
    assert "2 files of evidence are not in it" in shell.error(1, "backup", "avance.tar")
    made = json.loads(shell.out("restore", "avance.tar", "--json", **there("other")))
    assert made["absent"] == {gone: "missing", spoilt: "damaged"} and made["files"] == 2


def test_a_broken_chain_is_restored_only_on_request(shell: Shell, saved: Path) -> None:
    engine = database.connect(shell.database())
    with engine.begin() as connection:
        connection.execute(text("UPDATE audit SET actor = 'somebody else' WHERE seq = 3"))
    engine.dispose()
    shell.out("backup", "avance.tar", "--yes")
    assert "broken at entry 3" in shell.error(1, "restore", "avance.tar", **there("other"))
    shell.out("restore", "avance.tar", "--broken-chain", **there("other"))
    assert "broken at entry 3" in shell.error(1, "audit", **there("other"))


def test_a_backup_of_an_earlier_version_is_migrated(shell: Shell, tmp_path: Path) -> None:
    engine = database.connect(f"sqlite:///{tmp_path / 'early.db'}")
    with migrating.rebuilding(engine) as connection:
        migrating.upgrade(connection, "0002")
        connection.execute(
            text("INSERT INTO person (id, name, joined_at) VALUES (7, 'Ana', '2024-01-02 15:00:00')")
        )
    backup_file.make(engine, Store(tmp_path / "none"), tmp_path / "early.tar", MORNING)
    engine.dispose()
    shell.out("restore", "early.tar")
    engine = database.connect(shell.database())
    with engine.begin() as connection:
        assert table_version.version(connection) == table_version.versions()[-1]
        assert connection.execute(text("SELECT id, name FROM person")).all() == [(7, "Ana")]
    engine.dispose()
    assert marks(tmp_path / "data") == []  # until the bot starts: such a backup names no database
