"""One person sends a thousand messages at once: others are answered first, and none is lost."""

from contextlib import ExitStack
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import event
from sqlmodel import Session, col, select

from handlers.chat import fairness
from handlers.texts import general
from local_telegram.phones import deeds
from models import bounds
from models.operations import migrating
from models.storage import database, update_queue
from models.tables.chat.draft import DraftRow
from models.tables.chat.inbox import Inbox
from models.tables.chat.outbox import Outbox
from tests.bot.evidence.evidence_stage import with_card
from tests.failures.test_kills import START_COMMITS
from tests.support.database.refusing_table import allow, refuse
from tests.support.phones.stage import ANA, SAUL, TERE, Part, Stage
from tests.support.processes.killable_bot import AtCommit, KillableBot

BATCH = 100


def asked(number: int) -> str:
    """Return a question whose answer names it."""
    return f"/actividades zorro{number}"


def flood(stage: Stage, count: int, first: int = 0, part: Part = ANA) -> None:
    for number in range(first, first + count):
        deeds.write(stage.world, part.telegram_id, asked(number))


def answered(stage: Stage) -> list[tuple[int, str]]:
    """Return every answer in the order in which the updates were handled: whose, and its text."""
    with Session(stage.app.engine) as session:
        rows = session.exec(select(Outbox.chat_id, Outbox.id).order_by(col(Outbox.id))).all()
    texts = {(each["chat"], each["row"]): each["text"] for each in _said(stage)}
    return [(chat, texts.get((chat, row or 0), "")) for chat, row in rows]


def _said(stage: Stage) -> list[dict[str, Any]]:
    with Session(stage.app.engine) as session:
        rows = session.exec(select(Outbox).where(col(Outbox.message_id).is_not(None))).all()
    found = []
    for row in rows:
        message = stage.world.chats[row.chat_id].messages.get(row.message_id or 0)
        found.append({"chat": row.chat_id, "row": row.id, "text": (message or {}).get("text", "")})
    return found


def order(stage: Stage, part: Part = ANA) -> list[int]:
    """Return the numbers of that person's questions, in the order of their answers."""
    marked = (text.partition("«zorro")[2] for chat, text in answered(stage) if chat == part.telegram_id)
    return [int(each.partition("»")[0]) for each in marked if each]


def waiting(stage: Stage) -> list[Inbox]:
    with Session(stage.app.engine) as session:
        return list(session.exec(select(Inbox).where(col(Inbox.queued_by).is_not(None))).all())


def unhandled(stage: Stage) -> list[Inbox]:
    with Session(stage.app.engine) as session:
        return list(session.exec(select(Inbox).where(col(Inbox.handled_at).is_(None))).all())


async def test_a_person_writing_during_a_flood_is_answered_within_a_batch(stage: Stage) -> None:
    ana, saul = await stage.enter(ANA), await stage.enter(SAUL)
    await stage.settled()
    await stage.stop_bot()
    flood(stage, 1_000)
    await saul.send("/ayuda")
    await stage.start_bot()
    await stage.settled()
    chats = [chat for chat, text in answered(stage) if "zorro" in text or "Esto puedo hacer" in text]
    assert chats.index(saul.user_id) <= BATCH
    assert order(stage) == list(range(1_000))
    assert unhandled(stage) == [] and waiting(stage) == []
    with Session(stage.app.engine) as session:
        assert not session.exec(select(Inbox).where(col(Inbox.payload).is_not(None))).all()
    await ana.send("/ayuda")
    await ana.wait_for("Esto puedo hacer")


async def test_the_order_is_kept_on_postgresql(tmp_path: Path, postgres_url: str) -> None:
    async with Stage(tmp_path, postgres_url) as stage:
        await stage.enter(ANA)
        await stage.settled()
        await stage.stop_bot()
        flood(stage, 230)
        await stage.start_bot()
        await stage.settled()
        assert order(stage) == list(range(230))
        assert unhandled(stage) == [] and waiting(stage) == []


async def test_two_flooding_people_alternate(stage: Stage) -> None:
    for part in (ANA, TERE):
        await stage.enter(part)
    await stage.settled()
    await stage.stop_bot()
    flood(stage, 200)
    flood(stage, 200, part=TERE)
    await stage.start_bot()
    await stage.settled()
    assert order(stage) == order(stage, TERE) == list(range(200))
    chats = [chat for chat, text in answered(stage) if "zorro" in text]
    assert chats.index(TERE.telegram_id) <= BATCH
    longest = max(len(run) for run in "".join("A" if c == 101 else "T" for c in chats[:300]).split("T"))
    assert longest <= fairness.AT_ONCE + 2 * fairness.BETWEEN_BATCHES


async def test_later_updates_do_not_overtake_a_flood(stage: Stage) -> None:
    """An edit and a tap wait behind the messages that came before them."""
    ana, card = await with_card(stage)
    await stage.settled()
    await stage.stop_bot()
    flood(stage, 150)
    told = await ana.send("Hoy se presentó la propuesta de lineamientos internos")
    deeds.edit(stage.world, ana.user_id, told.id, "Hoy se presentó la propuesta de criterios internos")
    register = next(each.data for each in card.buttons() if each.text.startswith("✅") and each.data)
    deeds.tap(stage.world, ana.user_id, card.id, register, None, forged=True)
    flood(stage, 10, first=150)
    await stage.start_bot()
    await stage.settled()
    texts = [text for chat, text in answered(stage) if chat == ana.user_id]
    done = max(place for place, text in enumerate(texts) if "Registrada" in text)
    assert sum("zorro" in text for text in texts[:done]) == 150
    assert order(stage) == list(range(160))
    with Session(stage.app.engine) as session:
        newest = session.exec(select(DraftRow).order_by(col(DraftRow.id).desc())).first()
    assert newest is not None and "criterios" in newest.content["narrative"]


async def test_messages_that_come_while_others_wait_keep_their_order(stage: Stage) -> None:
    ana = await stage.enter(ANA)
    await stage.settled()
    await stage.stop_bot()
    flood(stage, 300)
    await stage.start_bot()
    for number in range(300, 320):
        await ana.send(asked(number))
    await stage.settled()
    assert order(stage) == list(range(320))


@pytest.mark.parametrize("commit", [1, 2, 4, 7])
@pytest.mark.parametrize("moment", ["before", "after"])
async def test_a_kill_loses_none_and_changes_no_order(tmp_path: Path, commit: int, moment: Any) -> None:
    async with Stage(tmp_path) as stage:
        ana = await stage.enter(ANA)
        await stage.settled()
        await stage.stop_bot()
        flood(stage, 250)
        settings = {
            "telegram_token": stage.world.token,
            "telegram_api_url": stage.server.url,
            "data_dir": str(tmp_path),
            "database_url": "",
            "programme": str(stage.settings().programme),
        }
        async with KillableBot(settings, tmp_path) as bot:
            bot.start(AtCommit(START_COMMITS + commit, moment))
            assert await bot.dies_itself()
        await stage.start_bot()
        await stage.settled()
        assert order(stage) == list(range(250))
        assert unhandled(stage) == []
        assert ana


async def test_an_update_that_the_database_refuses_stops_no_other_of_the_queue(stage: Stage) -> None:
    await stage.enter(ANA)
    await stage.settled()
    await stage.stop_bot()
    flood(stage, 100)
    bad = 60
    refuse(stage.app.engine, "outbox", when=f"NEW.payload LIKE '%zorro{bad}\\u00bb%'")
    await stage.start_bot()
    await stage.settled()
    assert sorted(order(stage)) == [each for each in range(100) if each != bad]
    (kept,) = unhandled(stage)
    assert kept.queued_by is None and f"zorro{bad}" in (kept.payload or "")
    allow(stage.app.engine, "outbox")
    stage.world.advance(11)
    for _ in range(200):
        await stage.settled()
        if not unhandled(stage):
            break
    assert sorted(order(stage)) == list(range(100))


async def test_a_full_queue_is_reported_once(stage: Stage, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(update_queue, "WAITING_UPDATES", 50)
    ana = await stage.enter(ANA)
    await stage.settled()
    await stage.stop_bot()
    flood(stage, 100)
    await stage.start_bot()
    await stage.settled()
    assert order(stage) == list(range(fairness.AT_ONCE + 50))
    said = [each for each in await ana.messages() if each.text == general.NO_TURN]
    assert len(said) == 1 and unhandled(stage) == []


def cost(tmp_path: Path, rows: int) -> tuple[int, int]:
    """Return statements, and hundreds of database instructions, to store 70 and handle 30 of a queue."""
    tmp_path.mkdir()
    engine = database.connect(f"sqlite:///{tmp_path / 'avance.db'}")
    migrating.migrate(engine)
    now = Stage(tmp_path).world.now()
    updates = [{"update_id": number, "message": {"from": {"id": 7}}} for number in range(rows + 100)]
    with database.transaction(engine) as session:
        update_queue.append(session, 7, updates[:rows], now)
        update_queue.append(session, 8, [{"update_id": -1}], now)
    steps, statements = [0], [0]
    with ExitStack() as exits, engine.connect() as connection:
        driver = connection.connection.driver_connection
        assert driver is not None
        driver.set_progress_handler(lambda: steps.__setitem__(0, steps[0] + 1), 100)

        def note(*_: Any) -> None:
            statements[0] += 1

        event.listen(engine, "before_cursor_execute", note)
        exits.callback(event.remove, engine, "before_cursor_execute", note)
        with Session(connection) as session:
            update_queue.append(session, 7, updates[rows : rows + 70], now)
            assert len(update_queue.first(session, 7, 30)) == 30
    engine.dispose()
    return statements[0], steps[0]


def test_the_cost_of_a_queue_does_not_depend_on_its_length(tmp_path: Path) -> None:
    (few, few_steps), (many, many_steps) = (cost(tmp_path / str(rows), rows) for rows in (100, 8_000))
    assert many == few
    assert many_steps <= few_steps + few_steps // 2 + 20


def test_a_person_who_sends_little_is_not_queued() -> None:
    def update(number: int, person: int) -> dict[str, Any]:
        return {"update_id": number, "message": {"from": {"id": person}, "chat": {"id": person}}}

    batch = [update(number, number % 50) for number in range(1, 101)]
    queues = fairness.Queues()
    assert fairness.parted(batch, queues) == (batch, {})
    queues.add(7)
    at_once, later = fairness.parted(batch, queues)
    assert later == {7: [update(7, 7), update(57, 7)]} and len(at_once) == 98
    assert fairness.parted([{"update_id": 1}, None, 7, *batch], queues)[0][:3] == [{"update_id": 1}, None, 7]


def test_the_limits_of_queues_are_consistent() -> None:
    """Behind ten full batches of one person, somebody else waits for less than one batch's work."""
    assert fairness.AT_ONCE + 10 * fairness.BETWEEN_BATCHES < BATCH
    assert bounds.WAITING_UPDATES >= 1_000


async def test_cards_of_a_flood_are_those_of_its_first_messages(stage: Stage) -> None:
    """Messages beyond the limit of cards are refused with a sentence, whenever their turn comes."""
    ana = await stage.enter(ANA)
    await stage.settled()
    await stage.stop_bot()
    for number in range(300):
        deeds.write(stage.world, ana.user_id, f"Hoy se presentó la propuesta número {number} de lineamientos")
    await stage.start_bot()
    await stage.settled()
    with Session(stage.app.engine) as session:
        drafts = session.exec(select(DraftRow).order_by(col(DraftRow.id))).all()
    numbers = [int(str(each.content["narrative"]).split()[6]) for each in drafts if each.content]
    assert numbers == sorted(numbers) and len(numbers) >= bounds.OPEN_CARDS
    assert unhandled(stage) == []
