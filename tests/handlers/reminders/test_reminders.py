"""Reminders over HTTP: the clock is moved, and each phone receives the right messages."""

from dataclasses import replace
from datetime import date, datetime, time
from zoneinfo import ZoneInfo

from sqlmodel import select

from handlers.reminders.tick import tick
from handlers.routes import CONVERSATIONS
from models.storage import database
from models.tables.audit import Audit
from models.tables.notice import Acknowledgement, Preference
from tests.support.phones.phone import Message, Phone
from tests.support.phones.stage import ANA, DIEGO, OLGA, PALOMA, Stage
from tests.support.waiting import until

ZONE = ZoneInfo("America/Mexico_City")
HEADS = {
    "morning": "para el cierre (",
    "last day": "Hoy cierra la captura (",
    "weekly": "semana del",
    "seal": "Sello de la bitácora",
    "summary": "🏁",
    "overdue": "aún no está firmado",
    "overdue units": "Aún no están listas",
}


def local(day: str, hour: int = 9, minute: int = 0) -> datetime:
    return datetime.combine(date.fromisoformat(f"2024-{day}"), time(hour, minute), ZONE)


async def move(stage: Stage, day: str, hour: int = 9, minute: int = 1) -> None:
    """Move the clock on, and wait until everything due by then was sent."""
    instant = local(day, hour, minute)
    await stage.move_to(instant)

    def left() -> object:
        with database.transaction(stage.app.engine) as session:
            due = tick(session, stage.app.clock.now(), CONVERSATIONS)
            session.rollback()
            return due

    await until(lambda: not left(), every=0.05)
    await stage.settled()


class Watch:
    """Messages that come to a phone from now on."""

    def __init__(self, phone: Phone) -> None:
        self.phone = phone
        self.seen = 0

    async def news(self) -> list[Message]:
        shown = [each for each in await self.phone.messages() if each.from_bot]
        found, self.seen = shown[self.seen :], len(shown)
        return found

    async def kinds(self) -> list[str]:
        """Return the kinds of reminders in each message since then, joined."""
        return [
            "picture" if each.photo else "+".join(kind for kind, head in HEADS.items() if head in each.text)
            for each in await self.news()
        ]


async def watch(*phones: Phone) -> list[Watch]:
    watches = [Watch(phone) for phone in phones]
    for each in watches:
        await each.news()
    return watches


async def test_each_phone_receives_its_reminders_from_20_march_to_the_close(stage: Stage) -> None:
    phones = [await stage.enter(part) for part in (ANA, DIEGO, PALOMA, OLGA)]
    await stage.settled()
    watches = await watch(*phones)
    told: dict[str, list[list[str]]] = {}
    days = [*(f"03-{day}" for day in range(21, 32)), *(f"04-0{day}" for day in range(1, 10))]
    for day in days:
        for hour in (9, 17) if day == "04-05" else (9,):
            await move(stage, day, hour)
            kinds = [await each.kinds() for each in watches]
            if any(kinds):
                told[f"{day} {hour}"] = kinds
    nothing: list[str] = []
    assert told == {
        "03-22 9": [["morning"], ["morning"], nothing, nothing],
        "03-25 9": [nothing, ["weekly"], ["weekly+seal"], ["seal"]],
        "03-29 9": [["morning"], ["morning"], nothing, nothing],
        "04-01 9": [nothing, ["weekly"], ["weekly+seal"], ["seal"]],
        "04-03 9": [["morning"], ["morning"], nothing, nothing],
        "04-04 9": [["morning"], ["morning"], nothing, nothing],
        "04-05 9": [["last day"], ["last day"], nothing, nothing],
        "04-05 17": [nothing, ["summary"], ["summary", "picture"], ["summary", "picture"]],
        "04-08 9": [nothing, ["weekly+overdue"], ["weekly+seal"], ["seal"]],
        "04-09 9": [nothing, ["overdue"], ["overdue units"], nothing],
    }


async def test_the_buttons_of_a_digest_work(stage: Stage) -> None:
    ana = await stage.enter(ANA)
    await move(stage, "03-22")
    digest = await ana.last()
    assert digest.keyboard() == [
        ["📝 Registrar · 1", "💤 Sin movimiento · 1"],
        ["📝 Registrar · 2", "💤 Sin movimiento · 2"],
        ["📝 Registrar · 3", "💤 Sin movimiento · 3"],
        ["⏰ Recuérdeme mañana"],
    ]
    await ana.tap("📝 Registrar · 2", digest)
    await ana.wait_for("¿Qué cantidad")
    await ana.tap("💤 Sin movimiento · 1", digest)
    await ana.wait_for("movimiento")


async def test_recuerdeme_manana_puts_reminders_off_until_the_next_morning(stage: Stage) -> None:
    ana = await stage.enter(ANA)
    await move(stage, "03-22")
    (watched,) = await watch(ana)
    await ana.tap("⏰ Recuérdeme mañana")
    assert "hoy ya no le recuerdo" in (await ana.answer()).text
    await ana.tap("⏰ Recuérdeme mañana")
    assert "Ya quedó" in (await ana.answer()).text
    await move(stage, "03-22", 17)
    await move(stage, "03-23")
    assert await watched.kinds() == []
    await move(stage, "03-25")
    assert await watched.kinds() == ["morning"]
    await move(stage, "03-26")
    assert await watched.kinds() == []


async def test_lo_atiendo_ends_the_escalation_for_everybody(stage: Stage) -> None:
    diego, paloma = await stage.enter(DIEGO), await stage.enter(PALOMA)
    await move(stage, "04-08")
    await move(stage, "04-09")
    watched = await watch(diego, paloma)
    await diego.tap("🙋 Lo atiendo")
    await diego.wait_for("lo atiende Diego Director desde el 9 de abril a las 09:01")
    await paloma.tap("🙋 Lo atiendo · Jurídica")
    await paloma.wait_for("lo atiende Diego Director")  # the first person keeps the charge
    await watched[0].news(), await watched[1].news()
    await move(stage, "04-10")
    assert await watched[0].kinds() == []
    (units,) = await watched[1].news()
    assert "Jurídica" not in units.text and "Archivo" in units.text
    with database.transaction(stage.app.engine) as session:
        assert len(session.exec(select(Acknowledgement)).all()) == 1
        assert len(session.exec(select(Audit).where(Audit.action == "attend")).all()) == 1


async def test_a_restart_between_the_decision_and_the_sending_sends_it_once(stage: Stage) -> None:
    ana = await stage.enter(ANA)
    await stage.settled()
    (watched,) = await watch(ana)
    await stage.stop_bot()
    stage.world.move_to(local("03-22"))
    engine = database.connect(stage.settings().database)
    with database.transaction(engine) as session:
        assert tick(session, local("03-22"), CONVERSATIONS)  # the process dies before handing it over
    engine.dispose()
    await stage.start_bot()
    await move(stage, "03-22")
    assert [each for each in await watched.kinds() if each] == [
        "morning"
    ]  # besides the notice of lost messages


async def test_after_two_days_away_one_message_catches_up(stage: Stage) -> None:
    diego = await stage.enter(DIEGO)
    await stage.settled()
    (watched,) = await watch(diego)
    await stage.stop_bot()
    stage.world.move_to(local("04-04", 11))
    await stage.start_bot()
    await move(stage, "04-04", 11)
    assert [each for each in await watched.kinds() if each] == ["morning+weekly"]


async def test_a_digest_has_no_two_equal_buttons(stage: Stage) -> None:
    diego = await stage.enter(DIEGO)
    await move(stage, "04-08")
    (digest,) = [each for each in await diego.messages() if "🏁" in each.text]
    assert digest.keyboard() == [
        ["🖊 Firmar"],
        ["💤 Sin movimiento · 1"],
        ["💤 Sin movimiento · 2"],
        ["💤 Sin movimiento · 3"],
        ["🙋 Lo atiendo"],
        ["📊 Ver avance"],
    ]


async def test_a_long_digest_is_split_into_several_messages(stage: Stage) -> None:
    units = ("apoyo-administrativo", "transparencia", "archivo", "vinculacion", "sistemas", "juridica")
    phones = [await stage.enter(replace(DIEGO, unit=unit)) for unit in units]
    (watched,) = await watch(phones[0])
    await move(stage, "04-08")
    news = await watched.news()
    assert 1 < len(news) < 6
    assert all(len(each.text) <= 4096 for each in news)
    told = "\n".join(each.text for each in news)
    assert told.count("aún no está firmado") == told.count("semana del") == told.count("🏁") == 6


async def test_a_clock_that_jumps_sends_no_reminder_twice(stage: Stage) -> None:
    ana = await stage.enter(ANA)
    (watched,) = await watch(ana)
    for day, hour in (("03-22", 9), ("03-22", 8), ("03-22", 9), ("03-21", 9), ("03-22", 10), ("04-22", 9)):
        await move(stage, day, hour)
    assert await watched.kinds() == ["morning"]


async def test_hours_pause_and_loudness_are_chosen_with_buttons(stage: Stage) -> None:
    ana = await stage.enter(ANA)
    await ana.send("/recordatorios")
    card = await ana.wait_for("Recordatorios")
    assert "de 9:00 a 18:00" in card.text and "Pausa: ninguna" in card.text
    kinds = [["🔔 Pendientes de la mañana"], ["🔔 Cambios del cierre"]]
    assert card.keyboard() == [["🕘 Horario", "⏸ Pausa"], *kinds]
    for label, shown in (
        ("🕘 Horario", "¿Desde qué hora"),
        ("11:00", "¿Hasta qué hora"),
        ("15:00", "de 11:00 a 15:00"),
        ("⏸ Pausa", "¿Hasta qué día"),
        ("Miércoles 27 de marzo", "Pausa: hasta el miércoles 27 de marzo"),
        ("🔔 Pendientes", "sin sonido"),
    ):
        await ana.tap(label)
        await ana.wait_for(shown)
    (watched,) = await watch(ana)
    await move(stage, "03-26", 12)
    await move(stage, "03-27", 10)
    assert await watched.kinds() == []
    await move(stage, "03-27", 11)
    assert await watched.kinds() == ["morning"]
    with database.transaction(stage.app.engine) as session:
        row = session.exec(select(Preference)).one()
        assert (row.from_hour, row.to_hour, row.loudness) == (11, 15, {"morning": "silent"})


async def test_hours_and_a_pause_can_be_set_by_the_command(stage: Stage) -> None:
    ana = await stage.enter(ANA)
    for said, shown in (
        ("/recordatorios 8 a 16", "de 8:00 a 16:00"),
        ("/recordatorios hasta 15 de abril", "Pausa: hasta el lunes 15 de abril"),
        ("/recordatorios pausa hasta el 2/04", "Pausa: hasta el martes 2 de abril"),
        ("/recordatorios 16 a 8", "La primera hora va antes"),
        ("/recordatorios hasta ayer", "Ese día ya llegó"),
        ("/recordatorios hasta mañana temprano", "No entendí la fecha"),
    ):
        await ana.send(said)
        await ana.wait_for(shown)
    await ana.send("/recordatorios")
    await ana.wait_for("de 8:00 a 16:00")
    await ana.tap("▶️ Quitar la pausa")
    await ana.wait_for("Pausa: ninguna")


async def test_forged_buttons_of_preferences_are_stale(stage: Stage) -> None:
    ana = await stage.enter(ANA)
    await ana.send("/recordatorios")
    card = await ana.wait_for("Recordatorios")
    for data in (
        "rem",
        "rem:x",
        "rem:h:a",
        "rem:h:9:99",
        "rem:p:2024-13-01",
        "rem:l:morning",
        "rem:l:x:loud",
    ):
        await ana.forge(data, card)
        assert (await ana.answer()).text, data
