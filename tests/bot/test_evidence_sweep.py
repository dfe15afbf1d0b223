"""What no row names is swept; what a row names never is."""

import asyncio
from datetime import timedelta

from bot.evidence.sweeping import sweep as sweep_files
from models import database, retention
from models.activity import Activity
from models.evidence import Evidence
from tests import photographs
from tests.bot.evidence_stage import fetched, files, registered, rows, with_card
from tests.stage import ANA, Stage


async def sweep(stage: Stage, **later: float) -> None:
    """What the schedule does, after so much time."""
    stage.world.move_to(stage.world.now() + timedelta(**later))
    while stage.app.clock.now() < stage.world.now() - timedelta(seconds=1):
        await asyncio.sleep(0.01)
    with database.transaction(stage.app.engine) as session:
        retention.sweep(session, stage.app.clock.now())
    await sweep_files(stage.app.store, stage.app.engine, stage.app.clock)


async def test_evidence_of_a_cancelled_card_goes_a_day_later(stage: Stage) -> None:
    ana, card = await with_card(stage)
    await ana.send_photo(photographs.drawn(), reply_to=card.id)
    await fetched(stage)
    await ana.tap("✖️ Cancelar", card)
    await ana.wait_for("cancel")
    await sweep(stage, hours=23)
    assert len(rows(stage)) == 1 and len(files(stage)) == 2
    await sweep(stage, hours=2)
    assert not rows(stage) and not files(stage)


async def test_evidence_of_an_activity_stays_even_withdrawn_or_taken_off(stage: Stage) -> None:
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


async def test_files_that_no_row_names_go_within_a_day(stage: Stage) -> None:
    """As a crash leaves them between the store and the row, and in the middle of a download."""
    await stage.enter(ANA)
    with stage.app.store.arriving() as arriving:
        arriving.write(b"nobody's")
        stage.app.store.keep(arriving, stage.app.clock.now())
    (stage.folder / "evidence" / "incoming" / "1-1").write_bytes(b"half")
    await sweep(stage, hours=1)
    assert len(files(stage)) == 1
    await sweep(stage, hours=20)
    assert not files(stage)


async def test_the_bot_sweeps_when_it_starts(stage: Stage) -> None:
    await stage.enter(ANA)
    with stage.app.store.arriving() as arriving:
        arriving.write(b"nobody's")
        stage.app.store.keep(arriving, stage.app.clock.now())
    await stage.stop_bot()
    stage.world.move_to(stage.world.now() + timedelta(days=1))
    await stage.start_bot()
    for _ in range(200):
        if not files(stage):
            return
        await asyncio.sleep(0.02)
    raise AssertionError(files(stage))
