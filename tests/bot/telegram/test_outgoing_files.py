"""Files that the bot sends are read from the store when they are sent."""

import hashlib
from typing import Any

import pytest
from sqlmodel import select

from local_telegram.world.traffic import Fault
from models.storage import database, outbox
from models.storage.outbox import OutgoingCall
from models.storage.unit_of_work import work_of
from models.tables.chat.outbox import Outbox
from tests.support.files import photographs
from tests.support.phones.phone import Message, Phone
from tests.support.phones.stage import ANA, MORNING, Stage
from tests.support.waiting import until


def kept(stage: Stage, content: bytes) -> str:
    """Store the content and return its hash."""
    with stage.app.store.arriving() as arriving:
        arriving.write(content)
        return stage.app.store.keep(arriving, MORNING)


def say(stage: Stage, chat: int, method: str, **payload: Any) -> None:
    with database.transaction(stage.app.engine) as session:
        outbox.enqueue(session, OutgoingCall(chat, method, {"chat_id": chat, **payload}, MORNING))
        said = work_of(session).outbox
    stage.delivery.enqueue(said)


async def arrived(phone: Phone, number: int) -> list[bytes]:
    """Wait for so many files from the bot and return their contents."""

    async def found() -> list[Message]:
        shown = [each for each in await phone.messages() if each.from_bot and each.media]
        return shown if len(shown) == number else []

    return [await phone.fetch(each) for each in await until(found, phone.screen)]


@pytest.fixture
async def ana(stage: Stage) -> Phone:
    phone = await stage.enter(ANA)
    await stage.settled()
    return phone


async def test_a_document_from_the_store(stage: Stage, ana: Phone) -> None:
    content = b"%PDF-1.7\n" + bytes(range(256)) * 20_000
    sha256 = kept(stage, content)
    say(
        stage,
        ana.user_id,
        "sendDocument",
        document={"evidence": sha256, "name": "acta única.pdf"},
        caption="x",
    )
    assert await arrived(ana, 1) == [content]
    media = (await ana.last()).media
    assert media is not None and media.name == "acta única.pdf"


async def test_an_album_from_the_store(stage: Stage, ana: Phone) -> None:
    contents = [photographs.drawn(60 + number, 40) for number in range(3)]
    media = [
        {"type": "photo", "media": {"evidence": kept(stage, content), "name": f"foto-{number}.jpg"}}
        for number, content in enumerate(contents)
    ]
    say(stage, ana.user_id, "sendMediaGroup", media=media)
    assert len(await arrived(ana, 3)) == 3
    albums = {each.album for each in await ana.messages() if each.media}
    assert len(albums) == 1 and None not in albums


async def test_a_file_of_the_payload_itself(stage: Stage, ana: Phone) -> None:
    say(stage, ana.user_id, "sendDocument", document={"base64": "aG9sYQ==", "name": "hola.txt"})
    assert await arrived(ana, 1) == [b"hola"]


async def test_a_missing_file_is_reported_and_the_next_row_is_sent(
    stage: Stage, ana: Phone, caplog: pytest.LogCaptureFixture
) -> None:
    sha256 = hashlib.sha256(b"nobody kept this").hexdigest()
    say(stage, ana.user_id, "sendDocument", document={"evidence": sha256, "name": "acta.pdf"})
    say(stage, ana.user_id, "sendMessage", text="sigue")
    await ana.wait_for("sigue")
    await ana.wait_for("No encuentro ese archivo")
    assert "cannot be sent" in caplog.text
    await until(lambda: stage.delivery.idle)
    with database.transaction(stage.app.engine) as session:
        row = session.exec(select(Outbox).where(Outbox.method == "sendDocument")).one()
    assert row.dropped_at is not None and sha256 in (row.error or "")


async def test_a_file_above_telegrams_limit_is_not_uploaded(stage: Stage, ana: Phone) -> None:
    half = 26 * 1024 * 1024
    media = [
        {"type": "document", "media": {"evidence": kept(stage, bytes([each]) * half), "name": f"{each}.bin"}}
        for each in range(2)
    ]
    say(stage, ana.user_id, "sendMediaGroup", media=media)
    await ana.wait_for("No encuentro ese archivo")


async def test_an_interrupted_upload_reads_the_file_again(stage: Stage, ana: Phone) -> None:
    stage.world.faults.plan(Fault("sendDocument", drop="before"))
    content = bytes(range(256)) * 4000
    say(stage, ana.user_id, "sendDocument", document={"evidence": kept(stage, content), "name": "a.pdf"})
    assert await arrived(ana, 1) == [content]
