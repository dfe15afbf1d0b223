"""`/estado`: planning sees on one screen what needs attention."""

from dataclasses import replace
from datetime import timedelta
from pathlib import Path

from sqlalchemy import Engine

from handlers.texts.status import page
from local_telegram.world.traffic import Fault
from models.operations import backup
from models.operations.condition import condition
from models.quarter import Quarter
from models.storage import database
from models.tables.chat.outbox import Outbox
from models.tables.operations.backup import Backup
from models.tables.signature import Signature
from tests.bot.evidence.evidence_stage import passes, tried, with_card
from tests.support.files import photographs
from tests.support.phones.phone import Phone
from tests.support.phones.stage import DIEGO, MORNING, PALOMA, Stage

ONE_SCREEN = 18  # lines
UNSIGNED = [  # none of the units has a director yet
    f"Nadie puede firmar {unit}: no tiene titular"
    for unit in (
        "Unidad de Apoyo Administrativo",
        "Unidad de Transparencia",
        "Coordinación de Archivo",
        "Dirección de Vinculación y Políticas Públicas",
        "Dirección de Sistemas Electrónicos y Plataforma Digital",
        "Dirección Jurídica",
    )
]


async def looked_up(paloma: Phone) -> list[str]:
    await paloma.send("/estado")
    lines = (await paloma.wait_for("Estado del asistente")).text.split("\n")
    assert len(lines) <= ONE_SCREEN
    return lines


def warnings(lines: list[str]) -> list[str]:
    return [line.removeprefix("⚠️ ") for line in lines if line.startswith("⚠️ ")]


def backed_up(stage: Stage, size: int, **ago: float) -> None:
    now = stage.app.clock.now()
    with database.transaction(stage.app.engine) as session:
        made = Backup(made_at=now - timedelta(**ago), place="/backup/avance.tar", bytes=size, files=12)
        backup.note(session, made, now)


async def test_the_status_of_a_new_bot_warns_only_of_the_missing_directors_and_backup(stage: Stage) -> None:
    paloma = await stage.enter(PALOMA)
    lines = await looked_up(paloma)
    assert warnings(lines) == [*UNSIGNED, "Último respaldo: ninguno todavía"]
    assert "Mensajes por enviar: 0" in lines and "Archivos por llegar: 0" in lines
    assert any(line.startswith("Espacio libre: ") for line in lines)


async def test_a_backup_is_shown_and_is_outdated_after_a_week(stage: Stage) -> None:
    paloma = await stage.enter(PALOMA)
    backed_up(stage, 1_234_567_890, days=6, hours=23)
    lines = await looked_up(paloma)
    assert "Último respaldo: 13 de marzo, 10:00 · 1.2 GB" in lines and warnings(lines) == UNSIGNED
    await passes(stage, hours=2)
    outdated = "Último respaldo: 13 de marzo, 10:00 · 1.2 GB, hace 7 días"
    assert warnings(await looked_up(paloma)) == [*UNSIGNED, outdated]


async def test_waiting_messages_are_shown(stage: Stage) -> None:
    paloma = await stage.enter(PALOMA)
    backed_up(stage, 1, hours=1)
    now = stage.app.clock.now()
    with database.transaction(stage.app.engine) as session:
        for minutes in (35, 1):
            at = now - timedelta(minutes=minutes)
            session.add(Outbox(chat_id=1, method="sendMessage", payload="{}", created_at=at))
    waiting = "Mensajes por enviar: 2, el más antiguo de hace 35 min"
    assert warnings(await looked_up(paloma)) == [waiting, *UNSIGNED]


async def test_missing_evidence_and_open_cards_are_shown(stage: Stage) -> None:
    paloma = await stage.enter(PALOMA)
    backed_up(stage, 1, hours=1)
    ana, card = await with_card(stage)
    stage.world.faults.plan(Fault("getFile", times=3))
    await ana.send_photo(photographs.drawn(), reply_to=card.id)
    await tried(stage, 1)
    lines = await looked_up(paloma)
    assert "Archivos por llegar: 1" in lines and "Capturas abiertas: 1" in lines
    assert warnings(lines) == UNSIGNED
    for attempt in (2, 3):
        await passes(stage, seconds=40)
        await tried(stage, attempt)
    assert warnings(await looked_up(paloma)) == ["Archivos por llegar: 1 · 1 con falla", *UNSIGNED]


async def test_the_signatures_of_the_ended_quarter_are_counted(tmp_path: Path) -> None:
    async with Stage(tmp_path, now=MORNING + timedelta(days=14)) as stage:
        paloma = await stage.enter(PALOMA)
        await stage.enter(DIEGO)
        assert "Firmas del 1er trimestre 2024: 0 de 6" in await looked_up(paloma)
        now = stage.app.clock.now()
        signed = Signature(
            unit_id=1, year=2024, quarter=1, snapshot="{}", sha256="", signed_by=2, signed_at=now
        )
        with database.transaction(stage.app.engine) as session:
            session.add(signed)
        await paloma.tap("🔄 Actualizar")
        await paloma.wait_for("Firmas del 1er trimestre 2024: 1 de 6")


def test_a_full_disk_is_shown(engine: Engine) -> None:
    with database.transaction(engine) as session:
        found = condition(session, Quarter(2024, 1))
    full = page(replace(found, free_bytes=250_000_000), MORNING)
    assert "⚠️ Espacio libre: 250 MB" in full.split("\n")
    assert "Espacio libre" not in page(found, MORNING)
