"""The privacy notice, its acceptance, and what a person is told is stored about them."""

from pathlib import Path

import pytest
from sqlmodel import select

from handlers.texts.people import own_data as labels
from models.chain.table_findings import compare
from models.people import own_data
from models.programme.view import programmes
from models.programme_changes.importing import apply
from models.programme_file import file as programme_file
from models.storage import database
from models.tables.people import PrivacyAcceptance
from tests.support.database.registered_activities import store
from tests.support.phones.phone import Phone
from tests.support.phones.stage import ANA, DIEGO, PALOMA, Stage, without_pins

NOTICE = "Los datos personales se usan solo para el informe <trimestral>."


def with_notice(text: str = NOTICE, version: str = "2024-01") -> str:
    added = f"institution:\n  privacy_notice: {text}\n  privacy_notice_version: {version}\n"
    return without_pins().replace("institution:\n", added, 1)


class WithNotice(Stage):
    """The stage with a programme that has a privacy notice."""

    def _put_database(self) -> None:
        self._without_pins().write_text(with_notice(), encoding="utf-8")
        super()._put_database()


@pytest.fixture
async def office(tmp_path: Path):  # type: ignore[no-untyped-def]
    async with WithNotice(tmp_path) as running:
        yield running


def rows(stage: Stage) -> list[PrivacyAcceptance]:
    with database.transaction(stage.app.engine) as session:
        assert compare(session).intact
        return list(session.exec(select(PrivacyAcceptance)).all())


async def accepted(ana: Phone) -> None:
    await ana.tap("✅ Lo leí y lo acepto")
    await ana.wait_for("Aceptó el aviso de privacidad, versión 2024-01")


async def test_the_notice_is_shown_at_joining_and_its_acceptance_kept_with_its_version(
    office: Stage,
) -> None:
    ana = await office.enter(ANA)
    await office.settled()
    shown = await ana.last()
    assert "Aviso de privacidad · versión 2024-01" in shown.text and NOTICE in shown.text
    (row,) = rows(office)
    assert row.version == "2024-01" and row.accepted_at is None
    await accepted(ana)
    (row,) = rows(office)
    assert row.accepted_at is not None
    await ana.send("/privacidad")
    assert "Usted lo aceptó el 20 de marzo" in (await ana.wait_for(NOTICE)).text
    await ana.tap("✅ Lo leí y lo acepto", shown)
    assert "ya había aceptado" in ((await ana.answer()).text or "")


async def test_planning_sees_who_accepted_the_notice(office: Stage) -> None:
    paloma, ana = await office.enter(PALOMA), await office.enter(ANA)
    await paloma.send("/personas ana")
    await paloma.wait_for("Todavía no acepta el aviso de privacidad")
    await ana.wait_for("Aviso de privacidad")
    await accepted(ana)
    await paloma.send("/personas ana")
    await paloma.wait_for("Aceptó el aviso de privacidad, versión 2024-01, el 20 de marzo")


async def test_another_version_is_accepted_anew(office: Stage) -> None:
    ana = await office.enter(ANA)
    await ana.wait_for("Aviso de privacidad")
    first = await ana.last()
    await accepted(ana)
    reading = programme_file.read(with_notice("También para estadística.", "2024-02"))
    assert reading.programme is not None
    with database.transaction(office.app.engine) as session:
        apply(session, reading.programme, now=office.app.clock.now(), actor="command line")
        assert programmes(session).years[2024].privacy_version == "2024-02"
    await ana.tap("✅ Lo leí y lo acepto", first) if first.rows else None
    await ana.send("/privacidad")
    assert "versión 2024-02" in (await ana.wait_for("También para estadística.")).text
    await ana.tap("✅ Lo leí y lo acepto")
    await ana.wait_for("versión 2024-02. ")
    assert [each.version for each in rows(office)] == ["2024-01", "2024-02"]


async def test_without_a_notice_it_is_said_whom_to_ask(stage: Stage) -> None:
    ana = await stage.enter(ANA)
    await ana.send("/privacidad")
    assert "/misdatos" in (await ana.wait_for("todavía no puso aquí su aviso")).text
    assert rows(stage) == []


def test_every_table_and_column_that_names_a_person_has_its_words() -> None:
    tables = own_data.tables()
    assert {each.name for each in tables} == labels.TITLES.keys()
    columns = {each.name for table in tables for each in table.columns} - own_data.SECRET
    assert columns == labels.LABELS.keys()


async def test_a_person_gets_what_is_stored_about_them_and_nothing_of_others(office: Stage) -> None:
    ana, diego = await office.enter(ANA), await office.enter(DIEGO)
    await office.enter(PALOMA)
    await ana.wait_for("Aviso de privacidad")
    await accepted(ana)
    store(office.app.engine, line=1, by=ANA.telegram_id, narrative="Se revisó el reglamento de Ana")
    store(office.app.engine, line=1, by=DIEGO.telegram_id, narrative="Se firmó el convenio de Diego")
    await ana.send("/misdatos")
    sent = await ana.wait_for(lambda message: message.media is not None)
    said = (await ana.fetch(sent)).decode()
    assert "Lo que se guarda sobre Ana Juárez" in said and "cuenta de Telegram: 101" in said
    assert "función: Enlace; unidad: Dirección Jurídica" in said
    assert "Se revisó el reglamento de Ana" in said and "versión: 2024-01" in said
    assert "Diego" not in said and "código" not in said
    await diego.send("/misdatos")
    theirs = await diego.wait_for(lambda message: message.media is not None)
    assert "Ana" not in (await diego.fetch(theirs)).decode()
