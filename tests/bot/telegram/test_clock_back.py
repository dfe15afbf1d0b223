"""After the clock was ahead or went back, postponed work continues at once."""

from datetime import UTC, datetime, timedelta

import pytest
import time_machine
from sqlmodel import select

from bot import schedule
from local_telegram.world.traffic import Fault
from models.storage import database
from models.tables.chat.draft import DraftRow
from tests.bot.evidence.evidence_stage import fetched, passes, registered, tried, with_card
from tests.failures.test_turn import attempts, mend, spoil
from tests.support.files import photographs
from tests.support.phones.stage import Stage
from tests.support.waiting import until

AHEAD = timedelta(days=2)


@pytest.fixture(autouse=True)
def _quick(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(schedule, "RETRY_EVERY", 0.1)
    monkeypatch.setattr(schedule, "WATCH_EVERY", 0.05)


@pytest.mark.parametrize("hours", [2, 48])
async def test_a_file_that_failed_while_the_clock_was_ahead_is_fetched_after_correction(
    stage: Stage, hours: int
) -> None:
    ana, card = await with_card(stage)
    await passes(stage, hours=hours)
    stage.world.faults.plan(Fault("getFile"))
    await ana.send_photo(photographs.drawn(), reply_to=card.id)
    await tried(stage, 1)
    stage.world.move_to(stage.world.now() - timedelta(hours=hours))
    await fetched(stage)
    await registered(ana, card)


async def test_an_update_that_failed_while_the_clock_was_ahead_is_retried_after_correction(
    stage: Stage,
) -> None:
    ana, card = await with_card(stage)
    await passes(stage, hours=48)
    content = spoil(stage)
    await ana.tap("✅ Registrar", card)
    await attempts(stage, 1)
    mend(stage, content)
    stage.world.move_to(stage.world.now() - AHEAD)
    await ana.wait_for("Registrada")


async def test_a_card_that_a_file_joined_is_updated_after_the_clock_went_back(stage: Stage) -> None:
    ana, card = await with_card(stage)
    await stage.settled()
    with database.transaction(stage.app.engine) as session:
        for row in session.exec(select(DraftRow)).all():
            row.card_due_at = stage.app.clock.now() + AHEAD
    await ana.send_photo(photographs.drawn(), reply_to=card.id)
    await ana.wait_for("1 foto")


async def test_jobs_continue_while_the_systems_date_jumps(
    stage: Stage, caplog: pytest.LogCaptureFixture
) -> None:
    """The local Telegram serves another time, which the bot takes over."""
    ana, card = await with_card(stage)
    with time_machine.travel(datetime.now(UTC) + AHEAD, tick=True):
        await until(lambda: "date jumped by" in caplog.text, "the jump noticed")
    await until(lambda: caplog.text.count("date jumped by") == 2, "the way back noticed")
    stage.world.faults.plan(Fault("getFile"))
    await ana.send_photo(photographs.drawn(), reply_to=card.id)
    await fetched(stage)
