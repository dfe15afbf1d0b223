"""Updates that come by webhook, and a webhook that another program left on the token."""

import asyncio
import hashlib
from collections.abc import AsyncIterator
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import event
from sqlmodel import col, select

from bot.telegram.api import WANTED
from local_telegram.world.traffic import Fault
from models.storage import database
from models.tables.chat.inbox import Inbox
from models.tables.chat.outbox import Outbox
from tests.support.phones import webhook
from tests.support.phones.stage import ANA, PALOMA, TERE, Stage
from tests.support.phones.webhook import SECRET, post, text_from
from tests.support.processes.killable_bot import AtCommit, KillableBot
from tests.support.waiting import until

HELP = "Esto puedo hacer por usted"


@pytest.fixture
async def stage_of_hook(tmp_path: Path) -> AsyncIterator[Stage]:
    async with Stage(tmp_path, chosen=webhook.hooked()) as running:
        yield running


async def test_people_are_answered_by_webhook_as_by_polling(stage_of_hook: Stage) -> None:
    stage = stage_of_hook
    ana = await stage.enter(ANA)
    await ana.send("Ayer sesionó el Órgano de Gobierno: 1 acta y 4 acuerdos, 2 por publicar")
    await ana.wait_for("Órgano de Gobierno")
    await ana.tap("✅ Registrar")
    await ana.wait_for("Registrada")
    await stage.settled()
    assert "getUpdates" not in stage.world.begun
    assert stage.world.webhook["secret_token"] == SECRET
    assert stage.world.webhook["max_connections"] == 40
    assert stage.world.updates.allowed == frozenset(WANTED)


@pytest.mark.parametrize(
    ("secret", "body", "headers", "status"),
    [
        (None, {}, {}, 403),
        ("another", {}, {}, 403),
        (SECRET + "x", {}, {}, 403),
        (SECRET[:-1], {}, {}, 403),
        (SECRET, b"{", {}, 400),
        (SECRET, b"[" * 100_000, {}, 400),
        (SECRET, b" " * (1024 * 1024 + 1), {}, 413),
        ("another", b" " * (1024 * 1024 + 1), {}, 403),
        (SECRET, {"update_id": "none"}, {}, 200),
        (SECRET, [], {}, 400),
        (SECRET, b'{"update_id": ' + b"9" * 5000 + b"}", {}, 200),
    ],
)
async def test_what_is_no_update_of_telegram_is_refused(
    stage_of_hook: Stage, secret: str | None, body: Any, headers: dict[str, str], status: int
) -> None:
    url = stage_of_hook.settings().webhook_url
    assert await post(url, body, secret, **headers) == status
    with database.reading(stage_of_hook.app.engine) as session:
        assert session.exec(select(Inbox)).all() == []


async def test_a_body_that_does_not_say_its_length_is_limited_too(stage_of_hook: Stage) -> None:
    async def pieces() -> AsyncIterator[bytes]:
        for _ in range(40):
            yield b" " * 65536

    import aiohttp

    async with aiohttp.ClientSession(trust_env=False) as session:
        headers = {"X-Telegram-Bot-Api-Secret-Token": SECRET}
        url = stage_of_hook.settings().webhook_url
        try:
            async with session.post(url, data=pieces(), headers=headers) as answer:
                assert answer.status == 413
        except aiohttp.ClientConnectionError:
            pass  # closed before the end of what was too much


async def test_200_comes_only_after_the_commit(stage_of_hook: Stage) -> None:
    stage = stage_of_hook
    ana = await stage.enter(ANA)
    await stage.settled()
    commits: list[bool] = []

    @event.listens_for(stage.app.engine, "commit")
    def refuse(_: Any) -> None:
        commits.append(True)
        raise RuntimeError("no commit now")

    sent = asyncio.create_task(post(stage.settings().webhook_url, text_from(900, ana.user_id, "/ayuda")))
    await until(lambda: len(commits) >= 2)
    assert not sent.done()
    event.remove(stage.app.engine, "commit", refuse)
    assert await sent == 200
    with database.reading(stage.app.engine) as session:
        assert session.get_one(Inbox, 900).handled_at is not None


async def test_an_update_that_comes_twice_is_handled_once(stage_of_hook: Stage) -> None:
    stage = stage_of_hook
    ana = await stage.enter(ANA)
    await stage.settled()
    stage.world.faults.plan(Fault("webhook", drop="after"))
    await ana.send("/ayuda")
    await stage.settled()
    assert len([each for each in await ana.messages() if HELP in each.text]) == 1
    update = text_from(950, ana.user_id, "/ayuda")
    url = stage.settings().webhook_url
    assert await asyncio.gather(*(post(url, update) for _ in range(3))) == [200, 200, 200]
    await stage.settled()
    assert len([each for each in await ana.messages() if HELP in each.text]) == 2


@pytest.mark.parametrize("order", [(1, 2, 3, 4, 5), (5, 4, 3, 2, 1), (3, 5, 1, 2, 4)])
async def test_each_chat_is_handled_in_order_whatever_the_order_of_arrival(
    stage_of_hook: Stage, order: tuple[int, ...]
) -> None:
    stage = stage_of_hook
    await stage.enter(ANA)
    await stage.enter(TERE)
    await stage.settled()
    with database.reading(stage.app.engine) as session:
        last = max(session.exec(select(Inbox.update_id)).all())
    url = stage.settings().webhook_url
    posts = []
    for number in order:
        for place, part in enumerate((ANA, TERE)):
            update = text_from(last + 2 * number - 1 + place, part.telegram_id, f"/orden{number}")
            posts.append(asyncio.create_task(post(url, update)))
            await asyncio.sleep(0.01)
    assert set(await asyncio.gather(*posts)) == {200}
    await stage.settled()
    with database.reading(stage.app.engine) as session:
        rows = session.exec(select(Inbox.update_id).order_by(col(Inbox.received_at))).all()
    assert list(rows[-10:]) == [last + number for number in range(1, 11)]


async def test_a_number_that_never_comes_delays_the_others_but_for_a_moment(stage_of_hook: Stage) -> None:
    stage = stage_of_hook
    ana = await stage.enter(ANA)
    await stage.settled()
    url = stage.settings().webhook_url
    assert await post(url, text_from(700, ana.user_id, "/ayuda")) == 200
    assert await post(url, text_from(699, ana.user_id, "/ayuda")) == 200, "late, but not lost"
    await until(lambda: stage.delivery.idle)
    assert len([each for each in await ana.messages() if HELP in each.text]) == 2


@pytest.mark.parametrize("moment", ["before", "after"])
async def test_a_kill_in_the_middle_of_a_delivery_loses_nothing(
    tmp_path: Path, postgres_url: str, moment: Any
) -> None:
    async with Stage(tmp_path, postgres_url, chosen=webhook.hooked()) as stage:
        people = [await stage.enter(part) for part in (ANA, TERE, PALOMA)]
        await stage.settled()
        await stage.stop_bot()
        settings = {
            "telegram_token": stage.world.token,
            "telegram_api_url": stage.server.url,
            "data_dir": str(tmp_path),
            "database_url": postgres_url,
            **stage.chosen,
        }
        async with KillableBot(settings, tmp_path) as bot:
            for number in range(3):
                for person in people:
                    await person.send(f"Ayer revisamos el expediente {number}")
                bot.start(AtCommit(1, moment, table="inbox"))
                assert await bot.dies_itself(), (tmp_path / "bot.log").read_text()[-3000:]
                assert len(stage.world.updates), "no answer was lost"
            bot.start()
            await until(lambda: not len(stage.world.updates), "everything taken")
            await until(lambda: not _unsent(postgres_url), "everything sent")
    engine = database.connect(postgres_url)
    with database.reading(engine) as session:
        rows = session.exec(select(Inbox)).all()
        assert len(rows) == 3 + 9 and all(row.handled_at for row in rows)
        said = session.exec(select(Outbox).where(col(Outbox.method) == "sendMessage")).all()
    engine.dispose()
    assert {row.chat_id for row in said} >= {each.user_id for each in people}


def _unsent(url: str) -> bool:
    engine = database.connect(url)
    with database.reading(engine) as session:
        waits = col(Outbox.sent_at).is_(None), col(Outbox.dropped_at).is_(None)
        found = session.exec(select(Outbox).where(*waits)).first() is not None
    engine.dispose()
    return found


async def test_a_database_that_is_locked_for_a_while_delays_the_answer(stage_of_hook: Stage) -> None:
    stage = stage_of_hook
    ana = await stage.enter(ANA)
    await stage.settled()
    other = database.connect(stage.settings().database)
    with other.begin():
        await ana.send("/ayuda")
        await until(lambda: stage.world.begun["webhook"] >= 2)
        await asyncio.sleep(0.3)
        assert stage.world.updates.count()
    await ana.wait_for(HELP)
    other.dispose()


async def test_the_spare_answers_503_until_it_works(tmp_path: Path, postgres_url: str) -> None:
    async with Stage(tmp_path, postgres_url) as stage:  # this one polls
        ana = await stage.enter(ANA)
        await stage.settled()
        chosen = webhook.hooked()
        settings = {
            "telegram_token": stage.world.token,
            "telegram_api_url": stage.server.url,
            "data_dir": str(tmp_path),
            "database_url": postgres_url,
            **chosen,
        }
        async with KillableBot(settings, tmp_path) as spare:
            spare.start()
            await until(lambda: _answers(chosen["webhook_url"], 503))
            assert await post(chosen["webhook_url"], {}, "wrong") == 403
            assert not stage.world.webhook, "a spare leaves Telegram's settings alone"
            await stage.stop_bot()
            await ana.send("/ayuda")
            await ana.wait_for(HELP)
            assert stage.world.webhook["url"] == chosen["webhook_url"]


async def _answers(url: str, status: int) -> bool:
    try:
        return await post(url, {}) == status
    except OSError:
        return False


async def test_back_to_polling_by_one_setting(stage_of_hook: Stage) -> None:
    stage = stage_of_hook
    ana = await stage.enter(ANA)
    await stage.settled()
    await stage.stop_bot()
    await ana.send("/ayuda")  # sent to nobody
    stage.chosen = {**stage.chosen, "webhook_url": ""}
    await stage.start_bot()
    await ana.wait_for(HELP)
    await stage.settled()
    assert stage.world.webhook == {}
    assert stage.world.begun["getUpdates"]
    assert len([each for each in await ana.messages() if HELP in each.text]) == 1


async def test_a_webhook_that_another_program_removed_is_set_again(
    stage_of_hook: Stage, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    from bot.telegram.incoming import webhook_intake

    stage = stage_of_hook
    await stage.stop_bot()
    monkeypatch.setattr(webhook_intake, "ASK_EVERY", 0.05)
    asked = stage.world.begun["getWebhookInfo"]
    await stage.start_bot()
    await until(lambda: stage.world.begun["getWebhookInfo"] > asked)
    stage.world.webhook = {}
    await until(lambda: stage.world.webhook.get("url") == stage.settings().webhook_url)
    assert "Another program changed the webhook" in caplog.text


async def test_without_a_secret_of_ones_own_one_is_made_of_the_token(tmp_path: Path) -> None:
    chosen = {**webhook.hooked(), "webhook_secret": ""}
    async with Stage(tmp_path, chosen=chosen) as stage:
        await until(lambda: stage.world.webhook)
        made = stage.world.webhook["secret_token"]
        assert len(made) == hashlib.sha256().digest_size * 2
        assert stage.world.token not in made
        assert await post(stage.settings().webhook_url, {}, "") == 403


@pytest.mark.parametrize("when", ["before the start", "while it runs"])
async def test_a_webhook_left_on_the_token_is_logged_and_removed(
    stage: Stage, caplog: pytest.LogCaptureFixture, when: str
) -> None:
    ana = await stage.enter(ANA)
    await stage.settled()
    if when == "before the start":
        await stage.stop_bot()
    stage.world.webhook = {"url": "https://example.org/hook"}
    if when == "before the start":
        await stage.start_bot()
    else:
        stage.world.advance(1)  # ends the pending poll, so that the next one meets the webhook
    await ana.send("/ayuda")
    await ana.wait_for(HELP)
    assert stage.world.webhook.get("url", "") == ""
    assert "A webhook was set for this token" in caplog.text
    assert "Another program polls" not in caplog.text
