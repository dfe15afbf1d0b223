"""Files that no row names are quarantined, and deleted much later; files that a row names never are."""

import shutil
from datetime import timedelta

import pytest
from sqlmodel import select

from bot.evidence.sweeping import Sweeper
from bot.failure import Failure
from models.operations import retention
from models.storage import database
from models.storage.unit_of_work import work_of
from models.tables.activity import Activity
from models.tables.evidence import Evidence
from models.tables.operations.store_fault import FaultKind, StoreFault
from tests.bot.evidence.evidence_stage import (
    fetched,
    files,
    registered,
    rows,
    with_card,
    with_photo,
)
from tests.support.files import photographs
from tests.support.phones.phone import Phone
from tests.support.phones.stage import ANA, PALOMA, Stage
from tests.support.waiting import until


async def sweep(stage: Stage, **later: float) -> None:
    """Run the scheduled sweep, after so much time."""
    await stage.move_to(stage.world.now() + timedelta(**later))
    with database.transaction(stage.app.engine) as session:
        retention.sweep(session, stage.app.clock.now())
    await sweeper(stage).sweep()


def sweeper(stage: Stage) -> Sweeper:
    about = stage.app.store, stage.app.engine, stage.app.clock
    return Sweeper(*about, lambda session: stage.delivery.enqueue(work_of(session).outbox))


def quarantined(stage: Stage) -> set[str]:
    return {each.name for each in (stage.folder / "quarantine").rglob("*") if each.is_file()}


def orphans(stage: Stage, number: int) -> set[str]:
    """Store so many files that no row names."""
    found = set()
    for each in range(number):
        with stage.app.store.arriving() as arriving:
            arriving.write(f"nobody's {each}".encode())
            found.add(stage.app.store.keep(arriving, stage.app.clock.now()))
    return found


async def test_evidence_of_a_cancelled_card_is_deleted_after_a_day(stage: Stage) -> None:
    ana, card = await with_card(stage)
    await ana.send_photo(photographs.drawn(), reply_to=card.id)
    await fetched(stage)
    await ana.tap("✖️ Cancelar", card)
    await ana.wait_for("cancel")
    await sweep(stage, hours=23)
    assert len(rows(stage)) == 1 and len(files(stage)) == 2
    await sweep(stage, hours=2)
    assert not rows(stage) and len(files(stage)) == 2
    await sweep(stage, days=30)
    assert not files(stage) and len(quarantined(stage)) == 2
    await sweep(stage, days=31)
    assert not quarantined(stage)


async def test_evidence_stays_after_withdrawing_or_removing_it(stage: Stage) -> None:
    ana, card = await with_card(stage)
    await ana.send_photo(photographs.drawn(), reply_to=card.id)
    await ana.send_file("acta.pdf", b"%PDF-1.7", reply_to=card.id)
    await fetched(stage, 2)
    await registered(ana, card)
    with database.transaction(stage.app.engine) as session:
        kept = session.get(Activity, 1)
        assert kept is not None
        kept.withdrawn_at = stage.app.clock.now()
        taken_off = session.get(Evidence, 1)
        assert taken_off is not None
        taken_off.removed_at = stage.app.clock.now()
    await sweep(stage, days=40)
    assert len(rows(stage)) == 2 and len(files(stage)) == 3


async def test_a_card_that_is_still_open_keeps_its_evidence(stage: Stage) -> None:
    ana, card = await with_card(stage)
    await ana.send_photo(photographs.drawn(), reply_to=card.id)
    await fetched(stage)
    await sweep(stage, days=5)
    assert len(rows(stage)) == 1 and len(files(stage)) == 2


async def test_files_named_by_no_row_are_quarantined_after_thirty_days(stage: Stage) -> None:
    """As left by a crash between the store and the row, or during a download."""
    await stage.enter(ANA)
    (orphan,) = orphans(stage, 1)
    (stage.folder / "evidence" / "incoming" / "1-1").write_bytes(b"half")
    await sweep(stage, hours=1)
    assert files(stage) == {orphan}
    await sweep(stage, days=29)
    assert files(stage) == {orphan}
    await sweep(stage, days=1)
    assert not files(stage) and quarantined(stage) == {orphan}
    await sweep(stage, days=29)
    assert quarantined(stage) == {orphan}
    await sweep(stage, days=2)
    assert not quarantined(stage)


async def test_a_start_quarantines_nothing(stage: Stage) -> None:
    await stage.enter(ANA)
    left = orphans(stage, 2)
    await stage.stop_bot()
    stage.world.move_to(stage.world.now() + timedelta(days=90))
    await stage.start_bot()
    await stage.enter(PALOMA)
    await stage.settled()
    assert files(stage) == left and not quarantined(stage)


async def told(phone: Phone, words: str) -> int:
    return sum(words in each.text for each in await phone.messages())


async def test_nothing_is_quarantined_if_it_would_be_too_much(stage: Stage) -> None:
    """As after restoring an older backup: the newer files have no row."""
    paloma = await stage.enter(PALOMA)
    await with_photo(stage)
    left = files(stage) | orphans(stage, 8)
    for _ in range(2):
        await sweep(stage, days=31)
    assert files(stage) == left and not quarantined(stage)
    await paloma.wait_for("8 de los 10 archivos de evidencia del servidor no están en ningún registro")
    assert await told(paloma, "no están en ningún registro") == 1
    await paloma.send("/estado")
    await paloma.wait_for("Archivos sin registro, demasiados para apartarlos: 8")
    await sweeper(stage).put_aside(await sweeper(stage).look())
    assert len(quarantined(stage)) == 8 and len(files(stage)) == 2
    await sweep(stage, hours=3)
    with database.transaction(stage.app.engine) as session:
        assert session.get(StoreFault, FaultKind.UNNAMED.value) is None


async def test_a_few_unnamed_files_of_many_are_quarantined(stage: Stage) -> None:
    ana, card = await with_card(stage)
    await ana.send_photo(photographs.drawn(), reply_to=card.id)
    (row,) = await fetched(stage)
    named = orphans(stage, 100)
    with database.transaction(stage.app.engine) as session:
        for sha256 in sorted(named)[5:]:
            session.add(Evidence(**row.model_dump(exclude={"id", "sha256"}), sha256=sha256))
    await sweep(stage, days=31)
    assert quarantined(stage) == set(sorted(named)[:5])


@pytest.mark.parametrize("at", ["start", "sweep"])
async def test_a_quarantined_file_returns_when_a_row_names_it(stage: Stage, at: str) -> None:
    ana = await with_photo(stage)
    (row,) = rows(stage)
    kept = files(stage)
    with database.transaction(stage.app.engine) as session:
        piece = session.get_one(Evidence, row.id)
        piece.sha256 = piece.copy_sha256 = None
    await sweep(stage, days=31)
    assert quarantined(stage) == kept
    with database.transaction(stage.app.engine) as session:
        piece = session.get_one(Evidence, row.id)
        piece.sha256, piece.copy_sha256 = row.sha256, row.copy_sha256
    if at == "sweep":
        await sweep(stage, hours=3)
    else:
        await stage.stop_bot()
        await stage.start_bot()
        await ana.send("/actividad_1")
        await ana.wait_for("n.º 1")
        await until(lambda: not quarantined(stage))
    assert files(stage) == kept and not quarantined(stage)


async def test_an_altered_file_does_not_return_from_quarantine(stage: Stage) -> None:
    await with_photo(stage)
    (row,) = rows(stage)
    assert row.sha256 is not None
    place = stage.folder / "quarantine" / row.sha256[:2] / row.sha256
    place.parent.mkdir(parents=True)
    place.write_bytes(b"forged")
    await sweeper(stage).bring_back()
    assert stage.app.store.matches(row.sha256) and place.exists()


async def test_a_folder_of_another_database_stops_the_start(stage: Stage) -> None:
    """The database was moved by mistake, or DATABASE_URL names another."""
    await with_photo(stage)
    kept = files(stage)
    await stage.stop_bot()
    for each in stage.folder.glob("avance.db*"):
        each.rename(each.with_name(f"away-{each.name}"))
    with pytest.raises(Failure, match=r"belongs to another database.*move .* away; nothing was changed"):
        await stage.start_bot()
    assert files(stage) == kept
    for each in stage.folder.glob("avance.db*"):
        each.unlink()
    for each in stage.folder.glob("away-*"):
        each.rename(each.with_name(each.name.removeprefix("away-")))
    await stage.start_bot()
    assert files(stage) == kept


async def test_an_unmarked_folder_is_adopted_by_the_database_that_names_its_files(stage: Stage) -> None:
    """As an earlier version left it, or a copy without the empty folders."""
    await with_photo(stage)
    await stage.stop_bot()
    (mark,) = (stage.folder / "evidence").glob("database-*")
    mark.rmdir()
    await stage.start_bot()
    assert mark.is_dir()
    await stage.stop_bot()
    mark.rmdir()
    with database.transaction(stage.app.engine) as session:
        for row in session.exec(select(Evidence)).all():
            row.sha256 = row.copy_sha256 = None
    with pytest.raises(Failure, match="this database knows none of them"):
        await stage.start_bot()
    shutil.rmtree(stage.folder / "evidence")
    await stage.start_bot()
