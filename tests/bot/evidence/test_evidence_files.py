"""Files of evidence over HTTP: stored, refused, and with every fault on the way."""

import hashlib
from datetime import timedelta
from io import BytesIO
from pathlib import Path

import pillow_heif
import pytest
from PIL import Image
from sqlmodel import select

from local_telegram.world.traffic import Fault
from models.evidence.keeping import WAITS
from models.storage import database
from models.tables.audit import Audit
from models.tables.evidence import Evidence, EvidenceKind
from models.tables.people import Person
from tests.bot.evidence.evidence_stage import (
    fetched,
    files,
    passes,
    registered,
    rows,
    tried,
    until,
    with_card,
)
from tests.support import waiting
from tests.support.files import photographs
from tests.support.files.decompression_bombs import bomb
from tests.support.phones.stage import DIEGO, PALOMA, Stage
from tests.support.processes.full_disk import full_disk

MEGABYTE = 1024 * 1024
PROGRAM = b"MZ\x90\0\3\0\0\0" + bytes(600)


def sha256(content: bytes) -> str:
    return hashlib.sha256(content).hexdigest()


async def test_a_file_is_stored_under_the_hash_of_its_content(stage: Stage) -> None:
    ana, card = await with_card(stage)
    content = b"%PDF-1.7\n" + bytes(300_000)
    await ana.send_file("acta.pdf", content, reply_to=card.id)
    (row,) = await fetched(stage)
    assert (row.sha256, row.bytes, row.media_type) == (sha256(content), len(content), "application/pdf")
    assert (row.retry_at, row.missing_at, row.copy_sha256) == (None, None, None)
    assert (stage.folder / "evidence" / sha256(content)[:2] / sha256(content)).read_bytes() == content
    with database.transaction(stage.app.engine) as session:
        kept = session.exec(select(Audit).where(Audit.action == "keep evidence")).one()
    assert (kept.actor, kept.subject, kept.after) == (
        "bot",
        f"evidence:{row.id}",
        {"sha256": sha256(content), "bytes": len(content), "media_type": "application/pdf"},
    )


async def test_the_copy_has_no_location_and_the_original_keeps_it(stage: Stage) -> None:
    ana, card = await with_card(stage)
    content = photographs.taken(3000, 2000, turned=True)
    await ana.send_file("foto.jpg", content, reply_to=card.id)
    (row,) = await fetched(stage)
    assert row.sha256 == sha256(content) and row.copy_sha256 is not None and row.reason is None
    with Image.open(stage.app.store.path(row.sha256)) as original:
        assert original.getexif().get_ifd(0x8825)
    with Image.open(stage.app.store.path(row.copy_sha256)) as copy:
        assert copy.size == (1067, 1600)
        assert not copy.getexif() and "comment" not in copy.info and "exif" not in copy.info


async def test_heic_is_read(stage: Stage) -> None:
    ana, card = await with_card(stage)
    written = BytesIO()
    pillow_heif.from_pillow(Image.new("RGB", (600, 400), "teal")).save(written)
    await ana.send_file("IMG_0001.HEIC", written.getvalue(), reply_to=card.id)
    (row,) = await fetched(stage)
    assert row.media_type == "image/heic" and row.copy_sha256 is not None
    with Image.open(stage.app.store.path(row.copy_sha256)) as copy:
        assert (copy.format, copy.size) == ("JPEG", (600, 400))


async def test_a_download_that_fails_three_times_and_then_works(stage: Stage) -> None:
    ana, card = await with_card(stage)
    stage.world.faults.plan(Fault("getFile", times=3))
    await ana.send_photo(photographs.drawn(), reply_to=card.id)
    for attempt, wait in enumerate(WAITS[:3], 1):
        await tried(stage, attempt)
        if attempt < 3:
            assert rows(stage)[0].missing_at is None
            await passes(stage, seconds=wait.total_seconds() + 5)
    told = await ana.wait_for("Todavía no pude recibir la foto")
    assert "Su captura sigue en pie" in told.text and told.reply_to is not None
    assert rows(stage)[0].missing_at is not None
    await passes(stage, seconds=125)
    await ana.wait_for("Ya llegó la foto")
    (row,) = await fetched(stage)
    assert (row.missing_at, row.retry_at) == (None, None)


async def test_an_interrupted_download_is_restarted(stage: Stage) -> None:
    ana, card = await with_card(stage)
    stage.world.faults.plan(Fault("file", drop="after"))
    await ana.send_photo(photographs.drawn(800, 600), reply_to=card.id)
    row = await tried(stage, 1)
    assert row.retry_at is not None and not files(stage)
    await passes(stage, seconds=10)
    await fetched(stage)
    assert len(files(stage)) == 2


async def test_a_429_is_waited_for_and_not_counted_as_failure(stage: Stage) -> None:
    ana, card = await with_card(stage)
    stage.world.faults.plan(Fault("getFile", status=429, retry_after=40))
    await ana.send_photo(photographs.drawn(), reply_to=card.id)
    (row,) = await until(stage, lambda found: bool(found) and found[0].retry_at != found[0].received_at)
    assert row.retry_at is not None and row.attempts == 0
    assert row.retry_at - row.received_at >= timedelta(seconds=40)
    await passes(stage, seconds=41)
    await fetched(stage)


async def test_due_files_are_fetched_after_a_restart(stage: Stage) -> None:
    ana, card = await with_card(stage)
    stage.world.faults.plan(Fault("getFile"))
    await ana.send_photo(photographs.drawn(), reply_to=card.id)
    await tried(stage, 1)
    await stage.stop_bot()
    stage.world.move_to(stage.world.now() + timedelta(seconds=20))
    await stage.start_bot()
    await fetched(stage)


async def test_a_file_too_large_is_refused_at_once(stage: Stage) -> None:
    ana, card = await with_card(stage)
    await ana.send_file("video.mp4", bytes(25 * MEGABYTE), reply_to=card.id)
    assert "pesa 25 MB y puedo recibir hasta 20 MB" in (await ana.wait_for("MB")).text
    assert not rows(stage)


async def test_a_file_that_telegram_refuses_later_as_too_large_is_refused(stage: Stage) -> None:
    ana, card = await with_card(stage)
    await ana.send_photo(photographs.drawn(), reply_to=card.id)
    (row,) = await fetched(stage)
    sent = await ana.send_file("video.mp4", bytes(25 * MEGABYTE))
    media = stage.world.chats[ana.user_id].messages[sent.id]["document"]
    with database.transaction(stage.app.engine) as session:
        piece = Evidence(
            draft_id=row.draft_id,
            kind=EvidenceKind.VIDEO,
            file_id=media["file_id"],
            chat_id=ana.user_id,
            added_by=row.added_by,
            received_at=row.received_at,
            retry_at=row.received_at,
        )
        session.add(piece)
    stage.app.fetcher.wake()
    assert "el video: pesa más de 20 MB" in (await ana.wait_for("No guardé")).text
    assert rows(stage)[-1].reason == "too_large"


@pytest.mark.parametrize(
    ("name", "content", "reason", "words"),
    [
        ("foto.jpg", PROGRAM, "program", "por dentro es un programa"),
        ("acta.pdf", b"#!/bin/sh\nrm -rf ~\n", "program", "por dentro es un programa"),
        ("nada.pdf", b"", "empty", "llegó sin contenido"),
        ("datos.bin", bytes(range(256)) * 10, "unreadable_kind", "no reconozco ese tipo"),
    ],
)
async def test_files_that_are_no_evidence_are_refused(
    stage: Stage, name: str, content: bytes, reason: str, words: str
) -> None:
    ana, card = await with_card(stage)
    await ana.send_file(name, content, reply_to=card.id)
    told = await ana.wait_for("No guardé")
    assert words in told.text and name in told.text and "Su captura sigue en pie" in told.text
    (row,) = rows(stage)
    assert row.refused_at is not None and (row.reason, row.sha256, row.retry_at) == (reason, None, None)
    assert not files(stage)


async def test_outcomes_of_an_album_are_reported_in_one_message(stage: Stage) -> None:
    ana, card = await with_card(stage)
    album = [(f"archivo {number}.pdf", PROGRAM + bytes([number])) for number in range(9)]
    await ana.send_album([*album, ("bueno.pdf", b"%PDF-1.7")], as_="document", reply_to=card.id)
    told = await ana.wait_for("No guardé")
    assert "9 documentos: por dentro son programas" in told.text
    await fetched(stage)
    await ana.settled()
    assert sum("No guardé" in each.text for each in await ana.messages()) == 1


async def test_a_picture_that_unpacks_to_gigabytes_is_kept_without_a_copy(stage: Stage) -> None:
    """The original stays evidence; nothing unpacks it."""
    ana, card = await with_card(stage)
    content = bomb(30_000)
    assert len(content) < 200_000
    await ana.send_file("plano.png", content, reply_to=card.id)
    told = await ana.wait_for("no aparecerá en el informe")
    assert "Guardé «plano.png»" in told.text and "captura de pantalla" in told.text
    (row,) = rows(stage)
    assert (row.sha256, row.copy_sha256, row.reason) == (sha256(content), None, "no_copy")
    assert files(stage) == {sha256(content)}


async def test_the_same_file_twice_is_stored_once_and_reported(stage: Stage) -> None:
    ana, card = await with_card(stage)
    await ana.send_photo(photographs.drawn(), reply_to=card.id)
    await fetched(stage)
    await ana.send_photo(photographs.drawn(), reply_to=card.id)
    await ana.wait_for("Ya tenía la foto aquí")
    first, second = rows(stage)
    assert first.refused_at is None and (second.reason, second.fetched_at) == ("repeated", None)
    assert len(files(stage)) == 2  # the photo and its copy


async def test_a_file_of_another_activity_of_the_unit_is_kept_and_reported(stage: Stage) -> None:
    ana, card = await with_card(stage)
    await ana.send_file("acta.pdf", b"%PDF-1.7", reply_to=card.id)
    await fetched(stage)
    await registered(ana, card)
    diego, other = await with_card(stage, DIEGO, "Hoy 2 actas de la segunda sesión")
    await diego.send_file("copia.pdf", b"%PDF-1.7", reply_to=other.id)
    told = await diego.wait_for("ya es evidencia de la n.º")
    number = rows(stage)[0].activity_id
    assert f"«copia.pdf» ya es evidencia de la n.º {number} /actividad_{number}" in told.text
    assert [each.refused_at for each in rows(stage)] == [None, None]
    assert len(files(stage)) == 1


async def test_a_failure_never_touches_the_activity(stage: Stage) -> None:
    ana, card = await with_card(stage)
    stage.world.faults.plan(Fault("getFile", times=99))
    await ana.send_photo(photographs.drawn(), reply_to=card.id)
    await registered(ana, card)
    for attempt in range(1, 4):
        await tried(stage, attempt)
        await passes(stage, minutes=1)
    told = await ana.wait_for("Todavía no pude recibir la foto")
    (row,) = rows(stage)
    assert f"La actividad n.º {row.activity_id} sigue en pie" in told.text


async def test_a_file_that_cannot_be_fetched_is_given_up_after_fourteen_days(stage: Stage) -> None:
    ana, card = await with_card(stage)
    stage.world.faults.plan(Fault("getFile", times=99))
    await ana.send_photo(photographs.drawn(), reply_to=card.id)
    await registered(ana, card)
    for attempt in range(1, 4):
        await tried(stage, attempt)
        await passes(stage, minutes=3)
    row = await tried(stage, 4)
    assert row.retry_at is not None
    await passes(stage, days=15)
    assert "Pasaron catorce días" in (await ana.wait_for("Pasaron catorce días")).text
    (row,) = rows(stage)
    assert row.retry_at is None and row.missing_at is not None


async def test_a_suspended_sender_is_told_nothing(stage: Stage) -> None:
    ana, card = await with_card(stage)
    stage.world.faults.plan(Fault("getFile"))
    await ana.send_file("foto.jpg", PROGRAM, reply_to=card.id)
    await tried(stage, 1)
    with database.transaction(stage.app.engine) as session:
        session.exec(
            select(Person).where(Person.telegram_id == ana.user_id)
        ).one().suspended_at = stage.app.clock.now()
    await passes(stage, seconds=10)
    await until(stage, lambda found: found[0].refused_at is not None)
    await stage.settled()
    assert not any("No guardé" in each.text for each in await ana.messages())


async def test_the_token_is_in_no_line_of_the_log(stage: Stage, caplog: pytest.LogCaptureFixture) -> None:
    ana, card = await with_card(stage)
    stage.world.faults.plan(Fault("file", drop="after"))
    stage.world.faults.plan(Fault("file", status=404, description="Not Found"))
    await ana.send_photo(photographs.drawn(800, 600), reply_to=card.id)
    await tried(stage, 1)
    await passes(stage, seconds=10)
    await tried(stage, 2)
    assert "could not be fetched" in caplog.text and stage.world.token not in caplog.text


async def test_a_full_disk_notifies_planning_once_and_loses_nothing(
    tmp_path: Path, caplog: pytest.LogCaptureFixture
) -> None:
    async with Stage(tmp_path) as stage:
        paloma = await stage.enter(PALOMA)
        ana, card = await with_card(stage)
        with full_disk(stage.folder / "evidence") as disk:
            content = [("a.pdf", b"%PDF-1.7" + bytes(MEGABYTE)), ("b.pdf", b"%PDF-1.6" + bytes(MEGABYTE))]
            await ana.send_album(content, as_="document", reply_to=card.id)
            await paloma.wait_for("el disco del servidor está lleno")
            await waiting.until(lambda: stage.app.fetcher.idle, "both files tried")
            asked = stage.world.begun["getFile"]
            await passes(stage, seconds=10)
            await waiting.until(lambda: stage.world.begun["getFile"] == asked + 2, "both asked for")
            await waiting.until(lambda: stage.app.fetcher.idle, "both tried again")
            found = rows(stage)
            assert [(each.attempts, each.missing_at) for each in found] == [(0, None)] * 2
            disk.widen()
            await passes(stage, minutes=3)
            await fetched(stage, 2)
            await paloma.wait_for("Ya puedo guardar evidencia otra vez")
            said = [each.text for each in await paloma.messages()]
            assert sum("disco del servidor" in each for each in said) == 1
            assert caplog.text.count("Evidence cannot be written") == 1
