"""`/informe` for a director, planning and an observer: findings first, then the file."""

import io
import json
import zipfile
from datetime import date, datetime
from pathlib import Path
from zoneinfo import ZoneInfo

import docx
import pytest
from pypdf import PdfReader
from sqlalchemy import Engine
from sqlmodel import select

from models.operations import report_order
from models.quarter import Quarter
from models.storage import database, outbox
from models.tables.notice import StandIn
from models.tables.people import Membership, Person, Role
from models.tables.report import MadeReport, ReportFormat, ReportOrder
from reports.word import BUNDLED
from tests.support.database.registered_activities import store
from tests.support.database.signed_quarter import signed, unit_of
from tests.support.phones.phone import Message, Phone
from tests.support.phones.stage import ANA, DIEGO, OLGA, PALOMA, Part, Stage
from tests.support.processes.killable_bot import AtCommit, KillableBot
from tests.support.waiting import until

ZONE = ZoneInfo("America/Mexico_City")
T1 = Quarter(2024, 1)
TOLD = "Se hicieron tres documentos: opinión técnica, modificación y proyecto de bases."
PAGE = "¿En qué formato lo quiere?"


async def april(stage: Stage) -> None:
    await stage.move_to(datetime(2024, 4, 2, 9, tzinfo=ZONE))
    await stage.settled()


async def ask(phone: Phone, words: str = "") -> Message:
    await phone.send(f"/informe {words}".strip())
    return await phone.wait_for(PAGE)


async def receive(phone: Phone, label: str, page: Message | None = None) -> tuple[str, bytes]:
    """Tap a format; return the file's name and content."""
    await phone.tap(label, page)
    message = await phone.wait_for(lambda message: message.media is not None)
    assert message.media is not None and message.media.name is not None
    return message.media.name, await phone.fetch(message)


def made(stage: Stage) -> list[MadeReport]:
    with database.transaction(stage.app.engine) as session:
        return list(session.exec(select(MadeReport).order_by(MadeReport.id)).all())  # type: ignore[arg-type]


def sign(stage: Stage, part: Part = DIEGO) -> None:
    with database.transaction(stage.app.engine) as session:
        signed(session, part.telegram_id, unit_of(session), T1, stage.app.clock.now())


async def test_a_director_sees_the_findings_and_gets_the_pdf(stage: Stage) -> None:
    diego = await stage.enter(DIEGO)
    store(stage.app.engine, line=2, narrative=TOLD)
    await april(stage)
    page = await ask(diego)
    assert "Dirección Jurídica" in page.text and "Borrador" in page.text
    assert "Antes de presentarlo, revise" in page.text and "• Línea 2" in page.text
    name, content = await receive(diego, "📕 PDF", page)
    assert name == "SESAECH-informe-2024-T1-juridica-borrador.pdf"
    text = " ".join(" ".join(each.extract_text() for each in PdfReader(io.BytesIO(content)).pages).split())
    assert "opinión técnica" in text and "tiene un avance del 25 %" in text
    await stage.settled()
    again = next(each for each in await diego.messages() if each.id == page.id)
    assert PAGE in again.text  # the page showed the progress, and is restored


async def test_five_taps_make_one_report_with_progress_messages(stage: Stage) -> None:
    diego = await stage.enter(DIEGO)
    await april(stage)
    page = await ask(diego)
    data = next(each.data for each in page.buttons() if each.text == "📊 Excel")
    assert data is not None
    await diego.forge(data, page)
    told = await diego.wait_for("⏳")
    for _ in range(4):
        await diego.forge(data, page)
    await stage.settled()
    files = [each for each in await diego.messages() if each.media is not None]
    assert len(files) == 1 and told.id == page.id
    content = await diego.fetch(files[0])
    assert zipfile.is_zipfile(io.BytesIO(content))


async def test_an_unchanged_report_is_made_once_and_a_changed_one_again(stage: Stage) -> None:
    diego = await stage.enter(DIEGO)
    store(stage.app.engine, line=2)
    await april(stage)
    _, first = await receive(diego, "JSON", await ask(diego))
    await stage.settled()
    (before,) = made(stage)
    _, second = await receive(diego, "JSON", await ask(diego))
    await stage.settled()
    assert first == second and made(stage) == [before]
    store(stage.app.engine, line=2, narrative="El 14 de marzo se publicó otro documento.")
    _, third = await receive(diego, "JSON", await ask(diego))
    assert "otro documento" in third.decode() and json.loads(third) != json.loads(first)


async def test_a_signed_report_is_sent_again_unchanged(stage: Stage) -> None:
    diego, paloma = await stage.enter(DIEGO), await stage.enter(PALOMA)
    store(stage.app.engine, line=2)
    await april(stage)
    sign(stage)
    name, first = await receive(diego, "📕 PDF", await ask(diego))
    assert name == "SESAECH-informe-2024-T1-juridica.pdf"
    await stage.settled()
    store(stage.app.engine, line=2, narrative="Algo que llegó después de la firma.")
    await stage.settled()
    page = await ask(paloma, "juridica T1")
    assert "Firmado" in page.text
    _, second = await receive(paloma, "📕 PDF", page)
    assert first == second and len(made(stage)) == 1


async def test_each_role_gets_the_reports_it_may_read(stage: Stage) -> None:
    ana, diego, paloma, olga = [await stage.enter(each) for each in (ANA, DIEGO, PALOMA, OLGA)]
    await april(stage)
    await ana.send("/informe")
    await ana.wait_for("no está disponible para su función")
    await diego.send("/informe archivo")
    await diego.wait_for("no está disponible para su función")
    whole = await ask(paloma)
    assert "SESAECH" in whole.text and "faltan las firmas" in whole.text
    await olga.send("/informe juridica")
    await olga.wait_for("Todavía no está firmado")
    sign(stage)
    assert "Firmado" in (await ask(olga, "juridica")).text
    assert "/informe" not in str(await ana.commands()) and "informe" in str(await diego.commands())


async def test_a_deputy_gets_the_report(stage: Stage) -> None:
    ana, _ = await stage.enter(ANA), await stage.enter(DIEGO)
    await april(stage)
    with database.transaction(stage.app.engine) as session:
        away, deputy = (
            session.exec(select(Person.id).where(Person.telegram_id == each.telegram_id)).one() or 0
            for each in (DIEGO, ANA)
        )
        session.add(
            StandIn(
                person_id=away,
                unit_id=unit_of(session).id,
                deputy_id=deputy,
                from_day=date(2024, 4, 1),
                to_day=date(2024, 4, 5),
                made_at=stage.app.clock.now(),
            )
        )
    page = await ask(ana)
    name, _ = await receive(ana, "JSON", page)
    assert name == "SESAECH-datos-2024-T1-juridica-borrador.json"


@pytest.mark.parametrize("suspended", [False, True])
async def test_a_person_who_lost_the_right_in_the_meantime_gets_no_file(
    stage: Stage, suspended: bool
) -> None:
    """The order is still stored after a crash, and then the person is no longer director."""
    diego = await stage.enter(DIEGO)
    await april(stage)
    page = await ask(diego)
    await stage.settled()
    await stage.stop_bot()
    engine = database.connect(stage.settings().database)
    with database.transaction(engine) as session:
        person = session.exec(select(Person).where(Person.telegram_id == DIEGO.telegram_id)).one()
        (post,) = session.exec(select(Membership).where(Membership.person_id == person.id)).all()
        session.add(
            ReportOrder(
                person_id=person.id or 0,
                chat_id=DIEGO.telegram_id,
                message_id=page.id,
                year=T1.year,
                quarter=T1.number,
                unit_id=post.unit_id,
                format=ReportFormat.JSON,
                asked_at=stage.world.now(),
            )
        )
        post.role = Role.STAFF
        if suspended:
            person.suspended_at = stage.world.now()
    engine.dispose()
    await stage.start_bot()
    await stage.settled()
    shown = await diego.messages()
    assert [each for each in shown if each.media is not None] == []
    said = next(each.text for each in shown if each.id == page.id)
    assert ("no está disponible para su función" in said) is not suspended
    with database.transaction(stage.app.engine) as session:
        assert report_order.waiting(session, report_order.DOCUMENTS) == []


async def test_a_button_of_a_report_that_is_not_theirs_is_refused(stage: Stage) -> None:
    diego, paloma = await stage.enter(DIEGO), await stage.enter(PALOMA)
    await april(stage)
    whole = await ask(paloma)
    data = next(each.data for each in whole.buttons() if each.text == "📕 PDF")
    page = await ask(diego)
    await diego.forge(data or "", page)
    answer = await diego.answer()
    assert "no está disponible para su función" in (answer.text or "")
    assert made(stage) == []


async def test_a_quarter_that_has_not_begun_is_refused_and_the_findings_come_as_a_file(stage: Stage) -> None:
    diego = await stage.enter(DIEGO)
    for day in range(1, 8):
        store(stage.app.engine, line=2, narrative=f"Se hicieron {day + 1} documentos el {day} de marzo.")
    await april(stage)
    await diego.send("/informe T4")
    await diego.wait_for("todavía no empieza")
    page = await ask(diego)
    await diego.tap("🔎", page)
    message = await diego.wait_for(lambda message: message.media is not None)
    found = (await diego.fetch(message)).decode().splitlines()
    assert len(found) > 4 and all(each.startswith("Línea ") for each in found)


async def test_a_failed_report_notifies_the_person_who_ordered_it_and_planning(stage: Stage) -> None:
    diego, paloma = await stage.enter(DIEGO), await stage.enter(PALOMA)
    store(stage.app.engine, line=2)
    await april(stage)
    page = await ask(diego)
    folder = stage.folder / "evidence" / "incoming"
    folder.parent.mkdir(exist_ok=True)
    folder.rmdir() if folder.is_dir() else None
    folder.write_text("not a folder")  # as a damaged disk would leave it
    await diego.tap("📕 PDF", page)
    await diego.wait_for("No pude preparar")
    await paloma.wait_for("no se pudo preparar")
    folder.unlink()
    _, content = await receive(diego, "📕 PDF", await ask(diego))
    assert content.startswith(b"%PDF")


async def test_a_killed_bot_makes_the_report_after_its_restart_exactly_once(tmp_path: Path) -> None:
    async with Stage(tmp_path) as stage:
        diego = await stage.enter(DIEGO)
        store(stage.app.engine, line=2)
        await april(stage)
        page = await ask(diego)
        await stage.settled()
        await stage.stop_bot()
        engine = database.connect(stage.settings().database)
        settings = {
            "telegram_token": stage.world.token,
            "telegram_api_url": stage.server.url,
            "data_dir": str(stage.folder),
        }
        async with KillableBot(settings, tmp_path) as bot:
            await diego.tap("📕 PDF", page)
            for death in (AtCommit(1, "after", "report_order"), AtCommit(1, "before", "made_report")):
                bot.start(death)
                assert await bot.dies_itself()
            with database.transaction(engine) as session:
                assert len(report_order.waiting(session, report_order.DOCUMENTS)) == 1
            bot.start()
            message = await diego.wait_for(lambda message: message.media is not None)
            assert (await diego.fetch(message)).startswith(b"%PDF")
            await until(lambda: _all_is_sent(engine), "the outbox without unsent rows")
            await diego.send("/ayuda")  # a chat's messages come in order
            await diego.wait_for("Esto puedo hacer por usted")
        assert len([each for each in await diego.messages() if each.media is not None]) == 1
        engine.dispose()


def _all_is_sent(engine: Engine) -> bool:
    with database.transaction(engine) as session:
        return not report_order.waiting(session, report_order.DOCUMENTS) and not outbox.waiting_chats(session)


async def test_the_agency_s_own_template_is_used_and_a_draft_made_again_with_it(stage: Stage) -> None:
    diego = await stage.enter(DIEGO)
    await april(stage)
    _, before = await receive(diego, "📄 Word", await ask(diego))
    await stage.settled()
    assert "Georgia" not in _styles(before)
    own = stage.app.settings.data_dir / "templates" / "informe.docx"
    own.parent.mkdir()
    template = docx.Document(str(BUNDLED))
    template.styles["Body Text"].font.name = "Georgia"
    template.save(str(own))
    _, after = await receive(diego, "📄 Word", await ask(diego))
    await stage.settled()
    assert "Georgia" in _styles(after)
    assert len(made(stage)) == 2


def _styles(content: bytes) -> str:
    with zipfile.ZipFile(io.BytesIO(content)) as archive:
        return archive.read("word/styles.xml").decode()
