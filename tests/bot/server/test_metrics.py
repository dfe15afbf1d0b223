"""`/metrics` of a bot that works, who may read it, and the dashboard that is made of it."""

import json
import re
from collections.abc import AsyncIterator
from datetime import UTC, datetime
from pathlib import Path

import aiohttp
import pytest
from prometheus_client.parser import text_string_to_metric_families

from local_telegram.world.traffic import Fault
from models.operations import backup
from models.storage import database
from models.tables.operations.backup import Backup
from tests.support.phones.phone import Phone
from tests.support.phones.stage import ANA, DIEGO, PALOMA, Stage
from tests.support.phones.webhook import free_port
from tests.support.waiting import until

APRIL = datetime(2024, 4, 10, 15, tzinfo=UTC)  # after a quarter of the programme
REMINDERS = "avance_reminders_total"
DASHBOARD = Path(__file__).parents[3] / "docs" / "grafana" / "avance.json"
Figures = dict[tuple[str, frozenset[tuple[str, str]]], float]


async def read(stage: Stage, path: str = "/metrics", **headers: str) -> tuple[int, str]:
    assert stage.app.server is not None
    async with (
        aiohttp.ClientSession(trust_env=False) as session,
        session.get(f"http://127.0.0.1:{stage.app.server.port}{path}", headers=headers) as answer,
    ):
        return answer.status, await answer.text()


async def figures(stage: Stage) -> Figures:
    status, text = await read(stage)
    assert status == 200
    return {
        (sample.name, frozenset(sample.labels.items())): sample.value
        for family in text_string_to_metric_families(text)
        for sample in family.samples
    }


def of(found: Figures, name: str, **labels: str) -> float:
    return found.get((name, frozenset(labels.items())), 0.0)


@pytest.fixture
async def serving(tmp_path: Path) -> AsyncIterator[Stage]:
    async with Stage(tmp_path, chosen={"port": free_port()}) as stage:
        yield stage


async def capture(ana: Phone) -> None:
    await ana.send("Ayer sesionó el Órgano de Gobierno: 1 acta y 4 acuerdos, 2 por publicar")
    await ana.wait_for("Por registrar")


async def test_work_is_counted_by_route_and_outcome(serving: Stage) -> None:
    ana = await serving.enter(ANA)
    await ana.send("/avance")
    await ana.send("/avance")
    await ana.send("/invitar")  # not for staff
    await serving.settled()
    found = await figures(serving)
    assert of(found, "avance_turns_total", route="/avance", outcome="answered") == 2
    assert of(found, "avance_turns_total", route="/invitar", outcome="rejected") == 1
    assert of(found, "avance_turn_seconds_count", route="/avance") == 2
    assert of(found, "avance_updates_total", kind="message") == 4
    assert of(found, "avance_outbox_waiting") == 0
    assert of(found, "avance_database_up") == 1
    assert of(found, "avance_chain_length") > 0


async def test_how_texts_were_read_is_counted(serving: Stage) -> None:
    ana = await serving.enter(ANA)
    await capture(ana)
    await ana.send("fueron 5 acuerdos")  # corrects the card
    await serving.settled()
    await ana.tap("✅ Registrar")
    await ana.send("Ayer 3 asuntos varios de la oficina")  # of which line?
    await serving.settled()
    found = await figures(serving)
    counts = {
        outcome: of(found, "avance_cards_total", outcome=outcome)
        for outcome in ("ready", "asked", "corrected", "registered")
    }
    assert counts == {"ready": 1, "asked": 1, "corrected": 1, "registered": 1}, ana.screen()


async def test_reminders_are_counted_by_kind(serving: Stage) -> None:
    diego = await serving.enter(DIEGO)
    assert sum(each for (name, _), each in (await figures(serving)).items() if name == REMINDERS) == 0
    await serving.move_to(datetime(2024, 4, 1, 15, 1, tzinfo=UTC))
    await diego.wait_for("para el cierre")
    assert of(await figures(serving), REMINDERS, kind="morning") == 1


async def test_telegram_s_refusals_are_counted(serving: Stage, hurried: None) -> None:
    ana = await serving.enter(ANA)
    serving.world.faults.plan(Fault("sendMessage", status=429, retry_after=1))
    serving.world.faults.plan(Fault("sendMessage", status=400, times=9, description="Bad Request: no"))
    await ana.send("/ayuda")
    await until(lambda: not serving.world.faults._planned or serving.delivery.idle)
    await serving.settled()
    found = await figures(serving)
    assert of(found, "avance_telegram_errors_total", kind="429") == 1
    assert of(found, "avance_telegram_errors_total", kind="bad request") >= 2
    assert of(found, "avance_outbox_refused_total") >= 2
    assert of(found, "avance_outbox_given_up_total") >= 1


async def test_what_a_person_wrote_is_in_no_figure(serving: Stage) -> None:
    ana = await serving.enter(ANA)
    await ana.send("/secreto_de_ana 12")
    await ana.send("Ayer hablé con Rogelio Ángeles")
    await serving.settled()
    _, text = await read(serving)
    assert "secreto" not in text and "Rogelio" not in text and "Ana" not in text
    assert 'route="unknown"' in text


async def test_only_this_machine_reads_them_without_a_token(serving: Stage) -> None:
    assert (await read(serving))[0] == 200
    for header in ("X-Forwarded-For", "Forwarded", "X-Real-IP", "Via"):
        assert (await read(serving, **{header: "127.0.0.1"}))[0] == 403


async def test_with_a_token_whoever_shows_it_reads_them(tmp_path: Path) -> None:
    async with Stage(tmp_path, chosen={"port": free_port(), "metrics_token": "s3cret"}) as stage:
        assert (await read(stage))[0] == 403
        assert (await read(stage, Authorization="Bearer s3cre"))[0] == 403
        forwarded = {"X-Forwarded-For": "198.51.100.7"}
        assert (await read(stage, Authorization="Bearer s3cret", **forwarded))[0] == 200


async def test_health_says_who_works(serving: Stage) -> None:
    await until(lambda: serving.app.pulse.age is not None)
    for path in ("/health", "/health/ready"):
        status, text = await read(serving, path)
        assert status == 200
        assert json.loads(text)["role"] == "working"


async def test_every_figure_of_the_dashboard_exists(tmp_path: Path) -> None:
    """Of a bot that did a bit of everything; the figures without labels exist from the start."""
    async with Stage(tmp_path, now=APRIL, chosen={"port": free_port()}) as stage:
        with database.transaction(stage.app.engine) as session:
            backup.note(session, Backup(made_at=APRIL, place="/backups/1", bytes=1, files=0), APRIL)
        await _look_at_dashboard(stage)


async def _look_at_dashboard(serving: Stage) -> None:
    ana, paloma = await serving.enter(ANA), await serving.enter(PALOMA)
    await capture(ana)
    await ana.tap("✅ Registrar")
    await paloma.send("/informe")
    await paloma.wait_for("qué formato")
    await paloma.tap("📊 Excel")
    await serving.settled()
    names = {name for name, _ in await figures(serving)}
    text = (await read(serving))[1]
    names |= set(re.findall(r"^# TYPE (\w+) counter", text, re.MULTILINE))
    names |= {f"{each}_bucket" for each in re.findall(r"^# TYPE (\w+) histogram", text, re.MULTILINE)}
    panels = json.loads(DASHBOARD.read_text(encoding="utf-8"))["panels"]
    asked = {
        name
        for panel in panels
        for target in panel.get("targets", ())
        for name in re.findall(r"\b(?:avance|process)_\w+", target["expr"])
    }
    assert len(asked) > 20
    assert asked - names == set()
    ids = [panel["id"] for panel in panels]
    assert len(ids) == len(set(ids))
