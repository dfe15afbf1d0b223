"""After a person is forgotten no table holds their name or account, and chain and signatures verify."""

import json
from collections.abc import AsyncIterator, Iterator
from datetime import datetime
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo

import pytest
from sqlalchemy import Engine, text
from sqlmodel import Session, SQLModel, col, select

from bot.commands import signature_listing
from bot.doctor import contents
from models.activities import listing
from models.chain.table_findings import compare
from models.errors import Rejected
from models.operations import forgetting
from models.people import roster
from models.quarter import Quarter
from models.quarter_end import signing
from models.storage import audit, database
from models.storage.installation import stored_id
from models.tables.activity import Activity
from models.tables.audit import Audit
from models.tables.evidence import Evidence
from models.tables.people import Person, Role
from models.tables.signature import Signature
from spanish.writing.folding import fold
from tests.support.database.registered_activities import Claimed, store
from tests.support.database.signed_quarter import explain, unit_of
from tests.support.files import photographs
from tests.support.phones.phone import Phone
from tests.support.phones.stage import DIEGO, PALOMA, Part, Stage
from tests.support.waiting import until

ZONE = ZoneInfo("America/Mexico_City")
T1 = Quarter(2024, 1)
LUPITA = Part(778_899_001, "María Guadalupe Ñúñez Zavala", Role.STAFF, "juridica")
HINTS = ("guadalupe nunez", "nunez zavala", "maria guadalupe", str(LUPITA.telegram_id))


@pytest.fixture(params=["sqlite", "postgresql"])
async def office(request: pytest.FixtureRequest, tmp_path: Path) -> AsyncIterator[Stage]:
    url = str(request.getfixturevalue("postgres_url")) if request.param == "postgresql" else ""
    async with Stage(tmp_path, url) as running:
        yield running


def values(engine: Engine) -> Iterator[tuple[str, str, Any]]:
    """Yield every value of every table of the database, as stored, with its table and column."""
    with engine.connect() as connection:
        for name in SQLModel.metadata.tables:
            for row in connection.execute(text(f'SELECT * FROM "{name}"')):
                yield from ((name, column, value) for column, value in row._mapping.items())


def remains(engine: Engine) -> list[tuple[str, str, Any]]:
    """Return the values in which the name or the account still stands, escaped or not."""
    found = []
    for table, column, value in values(engine):
        shown = value if isinstance(value, str) else json.dumps(value, ensure_ascii=False, default=str)
        plain = fold(shown.encode().decode("unicode_escape") if "\\u" in shown else shown)
        if any(hint in plain for hint in HINTS):
            found.append((table, column, value))
    return found


def verified(engine: Engine) -> None:
    """Assert that chain, tables and signatures verify, by the library and by `doctor`."""
    with database.reading(engine) as session:
        found = compare(session)
        assert found.intact, [str(each) for each in found.findings]
        assert all(signing.verify(session, each) for each in signing.signatures(session))
        assert contents.chain(session, everything=True).ok


def person(session: Session, part: Part = LUPITA) -> Person:
    return session.exec(select(Person).where(Person.telegram_id == part.telegram_id)).one()


def has_its_copy(office: Stage) -> bool:
    with database.transaction(office.app.engine) as session:
        return all(each.copy_sha256 is not None for each in session.exec(select(Evidence)))


def forgotten(engine: Engine, now: datetime, *also: str) -> forgetting.Forgotten:
    with database.transaction(engine) as session:
        return forgetting.forget(session, person(session).id or 0, None, now, also)


async def quarter_with_her_name(office: Stage) -> tuple[Phone, Phone, Phone]:
    """Let her register, write, send and open things, others write her name, and the director sign."""
    lupita, diego, paloma = [await office.enter(each) for each in (LUPITA, DIEGO, PALOMA)]
    await lupita.send_photo(photographs.drawn(), "Ayer GUADALUPE NUÑEZ levantó 1 acta del Órgano de Gobierno")
    await lupita.wait_for("Por registrar")
    await lupita.tap("✅ Registrar")
    await lupita.wait_for("Registrada")
    await until(lambda: has_its_copy(office), "the picture and its copy stored")
    store(
        office.app.engine,
        line=1,
        by=LUPITA.telegram_id,
        claimed=(Claimed(9), Claimed(12, 3)),
        narrative="Sesión a la que asistió la Lic. María Guadalupe Núñez Zavala",
    )
    await diego.send("/actividad_2")
    await diego.wait_for("asistió la Lic.")
    await lupita.send("Mañana 2 actas más")
    await lupita.wait_for(lambda message: True)
    await paloma.send("/personas")
    await paloma.wait_for("María Guadalupe")
    await paloma.send("/invitar enlace archivo Guadalupe Ñúñez Zavala")
    await paloma.wait_for("Invitación para")
    await office.move_to(datetime(2024, 4, 2, 9, tzinfo=ZONE))
    await office.settled()
    with database.transaction(office.app.engine) as session:
        explain(session, unit_of(session), T1, office.app.clock.now())
    await diego.send("/firmar")
    await diego.wait_for("Por firmar")
    await diego.tap("✅ Firmar")
    await diego.wait_for("Firmado")
    await office.settled()
    return lupita, diego, paloma


async def test_no_table_has_the_name_or_the_account_and_everything_verifies(office: Stage) -> None:
    await quarter_with_her_name(office)
    engine = office.app.engine
    assert {table for table, _, _ in remains(engine)} >= {"person", "activity", "outbox", "signature"}
    verified(engine)
    with database.reading(engine) as session:
        (before,) = signing.signatures(session)
        head = audit.head(session)
        listed = len(listing.listing(session, None, None))
    done = forgotten(engine, office.app.clock.now())
    assert done.texts > 3 and done.entries > 3 and done.snapshots == 1
    assert remains(engine) == []
    verified(engine)
    with database.reading(engine) as session:
        (after,) = signing.signatures(session)
        assert (after.sha256, after.signed_by) == (before.sha256, before.signed_by)
        (listed_one,) = signature_listing.shape(session, None)["signatures"]
        assert listed_one["intact"] and listed_one["name_removed"]
        assert "[persona" in after.snapshot and "salt" not in json.loads(after.snapshot)
        assert len(listing.listing(session, None, None)) == listed
        assert session.exec(select(Audit.hash).where(Audit.seq == head[0])).one() == head[1]
        narrative = session.get_one(Activity, 2).narrative
        assert narrative.startswith("Sesión a la que asistió la Lic. [persona ")


async def test_a_snapshot_altered_after_a_forgetting_is_found(office: Stage) -> None:
    await quarter_with_her_name(office)
    engine = office.app.engine
    forgotten(engine, office.app.clock.now())
    with engine.begin() as connection:
        connection.execute(text("UPDATE signature SET snapshot = replace(snapshot, 'Sesión', 'Reunión')"))
    with database.reading(engine) as session:
        assert not compare(session).intact
        assert not any(signing.verify(session, each) for each in session.exec(select(Signature)))


async def test_a_forgotten_person_is_a_stranger_and_in_no_list(office: Stage) -> None:
    lupita, _, paloma = await quarter_with_her_name(office)
    engine = office.app.engine
    with database.reading(engine) as session:
        number = person(session).id
    forgotten(engine, office.app.clock.now())
    await lupita.send("/avance")
    assert "invitación" in (await lupita.wait_for(lambda message: True)).text
    await paloma.send("/personas")
    assert "persona" not in (await paloma.wait_for("Personas")).text.split("\n", 1)[1].lower()
    await paloma.send("/actividad_2")
    assert f"Persona {number}" in (await paloma.wait_for("Sesión a la que")).text
    with database.transaction(engine) as session, pytest.raises(Rejected, match="stale_button"):
        forgetting.forget(session, number or 0, None, office.app.clock.now())


async def test_who_writes_again_is_somebody_new(office: Stage) -> None:
    lupita = await office.enter(LUPITA)
    await office.enter(PALOMA)
    engine = office.app.engine
    forgotten(engine, office.app.clock.now())
    await lupita.send(f"/start {office.invite(LUPITA)}")
    await lupita.wait_for("bienvenida")
    await office.settled()
    with database.reading(engine) as session:
        assert len([each for each in roster.everybody(session) if each.name == LUPITA.name]) == 1
    verified(engine)
    forgotten(engine, office.app.clock.now())
    assert remains(engine) == []
    verified(engine)


async def test_former_names_are_taken_out_where_they_are_given(office: Stage) -> None:
    await office.enter(LUPITA)
    store(office.app.engine, line=1, by=LUPITA.telegram_id, narrative="Sesión con Lupe la del archivo")
    forgotten(office.app.engine, office.app.clock.now(), "Lupe la del archivo")
    with database.reading(office.app.engine) as session:
        (narrative,) = session.exec(select(Activity.narrative).order_by(col(Activity.id))).all()
        assert narrative.startswith("Sesión con [persona ")
    verified(office.app.engine)


async def test_nobody_forgets_the_last_of_planning(office: Stage) -> None:
    await office.enter(PALOMA)
    with database.transaction(office.app.engine) as session, pytest.raises(Rejected, match="last_planning"):
        forgetting.forget(session, person(session, PALOMA).id or 0, None, office.app.clock.now())
    with database.reading(office.app.engine) as session:
        assert stored_id(session) and person(session, PALOMA).forgotten_at is None
