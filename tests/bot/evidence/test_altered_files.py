"""A file that was altered on the disk is never sent or printed: it is reported, and made again."""

import hashlib
import io
import os
from pathlib import Path

import pytest
from PIL import Image
from pypdf import PdfReader
from sqlmodel import select

from bot.evidence.mending import Mender
from bot.storage.store import IN_MEMORY, Altered, Store
from models.storage import database
from models.tables.evidence import Evidence
from models.tables.operations.store_fault import StoreFault
from models.tables.report import MadeReport
from tests.bot.evidence.evidence_stage import fetched, registered, rows, with_card, with_photo
from tests.handlers.quarter_end.test_report import april, ask, receive, sign
from tests.support.files import photographs
from tests.support.phones.phone import Message, Phone
from tests.support.phones.stage import DIEGO, MORNING, PALOMA, Stage
from tests.support.waiting import until

FORGED = photographs.drawn(640, 480, colour="red")


def alter(stage: Stage, sha256: str | None, content: bytes = FORGED) -> None:
    """Overwrite the file's content, as write access to the disk allows."""
    assert sha256 is not None
    stage.app.store.path(sha256).write_bytes(content)


def faults(stage: Stage) -> list[str]:
    with database.transaction(stage.app.engine) as session:
        return list(session.exec(select(StoreFault.id)).all())


async def mend(stage: Stage) -> None:
    await Mender(stage.app.store, stage.app.engine, stage.app.clock, lambda _: None).mend()


async def ask_for_evidence(ana: Phone) -> None:
    await ana.send("/actividad_1")
    await ana.wait_for(lambda message: any(each.text == "📎 Ver evidencia (1)" for each in message.buttons()))
    await ana.tap("📎 Ver evidencia (1)")


async def media(phone: Phone) -> list[Message]:
    return [each for each in await phone.messages() if each.from_bot and each.media]


@pytest.mark.parametrize("size", [10, IN_MEMORY + 1])
def test_a_change_after_opening_is_refused(tmp_path: Path, size: int) -> None:
    store = Store(tmp_path)
    with store.arriving() as arriving:
        arriving.write(bytes(size))
        sha256 = store.keep(arriving, MORNING)
    with store.open(sha256) as file:
        store.path(sha256).write_bytes(b"x" * size)
        assert file.read() == bytes(size)
    with pytest.raises(Altered):
        store.open(sha256)
    with pytest.raises(Altered):
        store.lay(sha256, tmp_path / "copy")
    assert not (tmp_path / "copy").exists() and not list((tmp_path / "incoming").iterdir())


@pytest.mark.parametrize("kind", ["link", "pipe", "folder"])
def test_only_plain_files_are_opened(tmp_path: Path, kind: str) -> None:
    store = Store(tmp_path)
    sha256 = hashlib.sha256(b"acta").hexdigest()
    place = store.path(sha256)
    place.parent.mkdir()
    (tmp_path / "elsewhere").write_bytes(b"acta")
    if kind == "link":
        place.symlink_to(tmp_path / "elsewhere")
    elif kind == "pipe":
        os.mkfifo(place)
    else:
        place.mkdir()
    with pytest.raises((Altered, OSError)):
        store.open(sha256)


def test_storing_a_content_again_repairs_its_file(tmp_path: Path) -> None:
    store = Store(tmp_path)
    sha256 = ""
    for _ in range(2):
        with store.arriving() as arriving:
            arriving.write(b"acta")
            sha256 = store.keep(arriving, MORNING)
        assert store.matches(sha256)
        store.path(sha256).write_bytes(b"forged")


async def test_an_altered_picture_is_made_again_and_not_sent(
    stage: Stage, caplog: pytest.LogCaptureFixture
) -> None:
    paloma = await stage.enter(PALOMA)
    ana = await with_photo(stage)
    (row,) = rows(stage)
    alter(stage, row.copy_sha256)
    await ask_for_evidence(ana)
    await ana.wait_for("No le envié ese archivo")
    told = await paloma.wait_for("alguien o algo cambió")
    assert "cambió la foto de la actividad n.º 1" in told.text and "Se vuelve a hacer" in told.text
    assert not await media(ana) and f"{row.copy_sha256} was altered" in caplog.text
    await paloma.send("/estado")
    assert "Archivos cambiados en el servidor, no se envían: 1" in (await paloma.wait_for("Estado del")).text
    await mend(stage)
    assert faults(stage) == []
    await ask_for_evidence(ana)
    await ana.wait_for(lambda message: message.from_bot and message.media is not None)
    (sent,) = await media(ana)
    with Image.open(io.BytesIO(await ana.fetch(sent))) as picture:
        red, green, _ = picture.convert("RGB").getpixel((10, 10))  # type: ignore[misc]
    assert red < 30 and green > 100


async def test_an_altered_document_is_not_sent_until_it_comes_from_a_backup(stage: Stage) -> None:
    paloma = await stage.enter(PALOMA)
    ana, card = await with_card(stage)
    content = b"%PDF-1.7\n" + bytes(2_000_000)
    await ana.send_file("acta.pdf", content, reply_to=card.id)
    await registered(ana, card)
    (row,) = await fetched(stage)
    alter(stage, row.sha256, b"%PDF-1.7 another")
    for _ in range(2):
        await ask_for_evidence(ana)
        await stage.settled()
    await ana.wait_for("ya no es el que se registró")
    assert not await media(ana)
    await paloma.wait_for("que recupere el archivo de un respaldo")
    assert sum("alguien o algo cambió" in each.text for each in await paloma.messages()) == 1
    await mend(stage)
    assert faults(stage) == [row.sha256]
    alter(stage, row.sha256, content)
    await mend(stage)
    assert faults(stage) == []


async def test_a_signed_report_that_was_altered_is_made_again(stage: Stage) -> None:
    paloma, diego = await stage.enter(PALOMA), await stage.enter(DIEGO)
    await april(stage)
    sign(stage)
    _, first = await receive(diego, "📕 PDF", await ask(diego))
    await stage.settled()
    with database.transaction(stage.app.engine) as session:
        made = session.exec(select(MadeReport)).one()
        sha256, signed = made.sha256, made.signed
    assert signed
    alter(stage, sha256, first.replace(b"%PDF", b"%FDP"))
    before = len(await media(diego))
    await diego.tap("📕 PDF", await ask(diego))

    async def sent_again() -> bool:
        return len(await media(diego)) > before

    await until(sent_again, diego.screen, every=0.05)
    again = await diego.fetch((await media(diego))[-1])
    assert again.startswith(b"%PDF") and len(PdfReader(io.BytesIO(again)).pages) > 0
    with database.transaction(stage.app.engine) as session:
        assert session.exec(select(MadeReport)).one().sha256 == hashlib.sha256(again).hexdigest()
    await paloma.wait_for("alguien o algo cambió")
    assert faults(stage) == []


def colours(content: bytes) -> set[tuple[int, ...]]:
    """Return the colour in the middle of each picture of a PDF."""
    found = set()
    for page in PdfReader(io.BytesIO(content)).pages:
        for each in page.images:
            with Image.open(io.BytesIO(each.data)) as picture:
                found.add(picture.convert("RGB").getpixel((picture.width // 2, picture.height // 2)))
    return found  # type: ignore[return-value]


@pytest.mark.parametrize("what", ["altered", "removed"])
async def test_a_report_prints_the_picture_that_was_sent(stage: Stage, what: str) -> None:
    diego = await stage.enter(DIEGO)
    await with_photo(stage)
    (row,) = rows(stage)
    assert row.copy_sha256 is not None
    if what == "altered":
        alter(stage, row.copy_sha256)
    else:
        stage.app.store.path(row.copy_sha256).unlink()
    await april(stage)
    _, content = await receive(diego, "📕 PDF", await ask(diego))
    seen = colours(content)
    assert not any(red > 200 and green < 60 for red, green, _ in seen)
    assert any(red < 30 and green > 100 for red, green, _ in seen)
    assert stage.app.store.matches(row.copy_sha256) and faults(stage) == []


async def test_a_report_leaves_out_a_picture_whose_original_was_altered_too(stage: Stage) -> None:
    diego, paloma = await stage.enter(DIEGO), await stage.enter(PALOMA)
    await with_photo(stage)
    (row,) = rows(stage)
    alter(stage, row.copy_sha256)
    alter(stage, row.sha256)
    await april(stage)
    _, content = await receive(diego, "📕 PDF", await ask(diego))
    assert not any(red > 200 and green < 60 for red, green, _ in colours(content))
    await paloma.wait_for("alguien o algo cambió")
    assert row.copy_sha256 in faults(stage)


async def test_a_copy_remade_with_another_hash_is_renamed_everywhere(stage: Stage) -> None:
    """The altered copy had been made by another version of the library."""
    diego = await stage.enter(DIEGO)
    await with_photo(stage)
    with stage.app.store.arriving() as arriving:
        arriving.write(stage.app.store.path(rows(stage)[0].copy_sha256 or "").read_bytes() + b"\0")
        drawn_before = stage.app.store.keep(arriving, stage.app.clock.now())
    with database.transaction(stage.app.engine) as session:
        session.get_one(Evidence, 1).copy_sha256 = drawn_before
    (row,) = rows(stage)
    alter(stage, row.copy_sha256)
    await april(stage)
    _, content = await receive(diego, "JSON", await ask(diego))
    _, content = await receive(diego, "📕 PDF", await ask(diego))
    with database.transaction(stage.app.engine) as session:
        renewed = session.get_one(Evidence, row.id).copy_sha256
    assert renewed is not None and renewed != row.copy_sha256 and stage.app.store.matches(renewed)
    assert any(red < 30 and green > 100 for red, green, _ in colours(content)) and faults(stage) == []
