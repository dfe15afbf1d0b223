"""`/verificar`: anybody who has a signed report may ask whether it is authentic, and learns nothing else."""

from datetime import date, datetime
from zoneinfo import ZoneInfo

from models.people import stranger
from models.quarter import Quarter
from models.quarter_end import report_code, signing
from models.storage import database
from models.tables.signature import Reopening
from tests.handlers.people.test_access import heard_after
from tests.support.database.signed_quarter import explain, unit_of
from tests.support.phones.phone import Phone
from tests.support.phones.stage import ANA, DIEGO, OLGA, Stage

ZONE = ZoneInfo("America/Mexico_City")
T1 = Quarter(2024, 1)
REFUSED = "❌ Ningún informe firmado tiene ese código. Compruebe que lo copió bien."


async def signed(stage: Stage) -> tuple[Phone, str]:
    """Have Diego sign the first quarter; return his telephone and the code of his unit's report."""
    await stage.move_to(datetime(2024, 4, 2, 9, tzinfo=ZONE))
    diego = await stage.enter(DIEGO)
    with database.transaction(stage.app.engine) as session:
        explain(session, unit_of(session), T1, stage.app.clock.now())
    await diego.send("/firmar")
    await diego.wait_for("Por firmar")
    await diego.tap("✅ Firmar")
    await diego.wait_for("Firmado")
    with database.transaction(stage.app.engine) as session:
        (row,) = signing.signatures(session)
        return diego, report_code.code_of(T1, False, [row.sha256])


async def test_a_stranger_learns_who_signed_and_nothing_else(stage: Stage) -> None:
    _, code = await signed(stage)
    phone = await stage.phone(ANA)
    said = (
        "✅ Auténtico: informe del 1er trimestre 2024 de la Dirección Jurídica, firmado por Diego Director."
    )
    assert await heard_after(stage, phone, f"/verificar {code}") == [said]
    assert await heard_after(stage, phone, f"/verificar {code.replace('-', '').lower()}") == [said]
    assert await heard_after(stage, phone, "/verificar AAAA-BBBB-CCCC") == [REFUSED]
    assert await heard_after(stage, phone, "/verificar hola") == [REFUSED]


async def test_a_stranger_asks_ten_times_a_day_and_may_still_join(stage: Stage) -> None:
    phone = await stage.phone(ANA)
    for _ in range(stranger.CHECKS_A_DAY):
        assert await heard_after(stage, phone, "/verificar AAAA-BBBB-CCCC") == [REFUSED]
    assert await heard_after(stage, phone, "/verificar AAAA-BBBB-CCCC") == []
    (welcome, *_) = await heard_after(stage, phone, f"/start {stage.invite(ANA)}")
    assert "bienvenida" in welcome
    assert await heard_after(stage, phone, "/verificar AAAA-BBBB-CCCC") == [REFUSED]


async def test_the_limit_ends_after_a_day_and_groups_hear_nothing(stage: Stage) -> None:
    phone, olga = await stage.phone(ANA), await stage.enter(OLGA)
    stage.world.add_group(-500, "Grupo", [ANA.telegram_id, olga.user_id])
    assert await heard_after(stage, phone, "/verificar AAAA-BBBB-CCCC", -500) == []
    for _ in range(stranger.CHECKS_A_DAY + 1):
        await heard_after(stage, phone, "/verificar AAAA-BBBB-CCCC")
    await stage.move_to(stage.app.clock.now() + stranger.DAY)
    assert await heard_after(stage, phone, "/verificar AAAA-BBBB-CCCC") == [REFUSED]


async def test_a_reopened_report_is_authentic_and_no_longer_in_force(stage: Stage) -> None:
    diego, code = await signed(stage)
    with database.transaction(stage.app.engine) as session:
        (row,) = signing.signatures(session)
        session.add(
            Reopening(
                unit_id=row.unit_id,
                year=2024,
                quarter=1,
                signature_id=row.id,
                reason="Faltó un acta",
                until=date(2024, 4, 5),
                reopened_at=stage.app.clock.now(),
            )
        )
    (said,) = await heard_after(stage, diego, f"/verificar {code}")
    assert "✅ Auténtico" in said and "ya no es el vigente" in said


async def test_where_the_code_is_printed_is_said(stage: Stage) -> None:
    diego = await stage.enter(DIEGO)
    (said,) = await heard_after(stage, diego, "/verificar")
    assert "portada" in said
