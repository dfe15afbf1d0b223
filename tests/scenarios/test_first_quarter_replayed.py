"""The real first quarter of 2024, registered over HTTP, gives the published figures.

One replay serves all tests here: what the phones and the command line showed is recorded, day by day.
"""

import asyncio
import json
import os
import re
import subprocess
import sys
from dataclasses import dataclass
from datetime import date, datetime
from pathlib import Path
from typing import Any

import pytest

from bot.demo import demo
from bot.demo.first_quarter import ZONE, first_quarter
from bot.demo.stage import QUARTER_TOLD, DemoStage
from bot.settings import Settings
from tests.support.database import published
from tests.support.phones.phone import Phone

UNITS = ("apoyo-administrativo", "transparencia", "archivo", "vinculacion", "sistemas", "juridica")
SETTLED = datetime(2024, 4, 10, 12, tzinfo=ZONE)
OURS = {("Unidad de Transparencia", "1"): "12.5 %"}  # the report prints 6 %, but its figures give 12.5 %
SIGNS = {
    "met": "✅",
    "green": "🟢●",
    "running": "🔵▶",
    "yellow": "🟡▲",
    "red": "🔴■",
    "not-yet": "⚪○",
    "demand": "🔷",
}
LINE = re.compile(r"^(\d+) .*\n(.+ %) (\S+) [^▓░\n]+ [▓░]+\n(.*)$", re.MULTILINE)


@dataclass
class Shown:
    """A line of action as shown on a phone."""

    figure: str
    sign: str
    below: str


@dataclass
class Record:
    """What was shown on 2 April, on 10 April, and by the command line."""

    quarter: dict[str, str]  # `/avance UNIT T1` on 2 April, by unit
    april: dict[str, str]  # `/avance UNIT T2` on 2 April
    settled: str  # `/avance juridica` on 10 April
    settled_quarter: str  # `/avance juridica T1` on 10 April
    lines: dict[date, dict[str, Any]]  # `progress --json`, by the day asked
    activities: list[dict[str, Any]]


@pytest.fixture(scope="module")
def record(tmp_path_factory: pytest.TempPathFactory) -> Record:
    return asyncio.run(_play(tmp_path_factory.mktemp("quarter")))


async def _play(folder: Path) -> Record:
    settings = Settings(_env_file=None, data_dir=folder)
    async with demo.opened(settings, demo.YEAR_BEGINS, port=0) as stage:
        await stage.play(QUARTER_TOLD)
        elena = first_quarter().player("elena")
        async with Phone(stage.url, elena.user_id, elena.name) as phone:
            quarter = {unit: await _ask(phone, f"/avance {unit} T1") for unit in UNITS}
            april = {unit: await _ask(phone, f"/avance {unit} T2") for unit in UNITS}
            await stage.play(SETTLED)
            settled = await _ask(phone, "/avance juridica")
            settled_quarter = await _ask(phone, "/avance juridica T1")
        days = [date(2024, 3, 31), date(2024, 4, 10)]
        lines = {day: await _command(stage, folder, "progress", "--on", day.isoformat()) for day in days}
        listed = await _command(stage, folder, "activities")
    return Record(quarter, april, settled, settled_quarter, lines, listed["activities"])


async def _ask(phone: Phone, text: str) -> str:
    await phone.send(text)
    return (await phone.wait_for("Al ")).text


async def _command(stage: DemoStage, folder: Path, *arguments: str) -> dict[str, Any]:
    """Run `python -m bot … --json` beside the running bot."""
    port = stage.url.rpartition(":")[2]
    database = f"sqlite:///{folder / 'demo' / port / 'avance.db'}"
    done = await asyncio.to_thread(
        subprocess.run,
        [sys.executable, "-m", "bot", *arguments, "--json"],
        env=os.environ | {"DATABASE_URL": database, "TELEGRAM_TOKEN": ""},
        capture_output=True,
        text=True,
        check=True,
    )
    answer: dict[str, Any] = json.loads(done.stdout)
    return answer


def _lines(page: str) -> dict[str, Shown]:
    return {number: Shown(*rest) for number, *rest in LINE.findall(page.replace("\N{NO-BREAK SPACE}", " "))}


def _all_lines(pages: dict[str, str]) -> dict[tuple[str, str], Shown]:
    return {(unit, number): shown for unit, page in pages.items() for number, shown in _lines(page).items()}


@pytest.mark.parametrize("row", published.rows(), ids=lambda row: f"{row['unit']} {row['line']}")
def test_each_line_shows_the_published_figures(record: Record, row: dict[str, str]) -> None:
    page = next(page for page in record.quarter.values() if page.startswith(row["unit"]))
    assert "Al 31 de marzo" in page
    shown = _lines(page)[row["line"]]
    if row["published"]:
        assert shown.figure == OURS.get((row["unit"], row["line"]), row["published"])
    elif planned := re.search(r"scheduled (\d) (\d) (\d) (\d)", row["note"]):
        ordinals = [
            f"{place}{'er' if place in (1, 3) else 'to'}" for place in range(1, 5) if planned[place] == "1"
        ]
        if row["title"] != "Capacitación":  # there it is the training events that are scheduled
            assert (shown.figure, shown.sign) == ("0 %", "⚪○")
            assert shown.below == f"Meta programada en el {' y '.join(ordinals)} trimestre"


def test_the_space_for_the_archive_is_planned_later(record: Record) -> None:
    shown = _lines(record.quarter["archivo"])["4"]
    assert (shown.sign, shown.below) == ("⚪○", "Meta programada en el 4to trimestre")


def test_the_signals_of_2_april(record: Record) -> None:
    assert all("Al 2 de abril" in page for page in record.april.values())
    shown = _all_lines(record.april)
    assert len(shown) == 26
    assert {place for place, line in shown.items() if line.sign == "🔴■"} == {
        ("apoyo-administrativo", "2"),
        ("sistemas", "1"),
        ("sistemas", "2"),
    }
    assert {place for place, line in shown.items() if line.sign == "🟡▲"} == {("apoyo-administrativo", "4")}


def test_three_pending_acuerdos_count_later_without_changing_the_quarter(record: Record) -> None:
    before = _lines(record.quarter["juridica"])["1"]
    assert (before.figure, before.below) == ("64 %", "9 de 16 actas · 9 de 12 acuerdos (3 por publicar)")
    after = _lines(record.settled)["1"]
    assert (after.figure, after.below) == ("75 %", "9 de 16 actas · 12 de 12 acuerdos")
    assert "Al 10 de abril" in record.settled
    assert record.settled_quarter == record.quarter["juridica"]


def test_the_command_line_agrees_with_the_phones(record: Record) -> None:
    told = _all_lines(record.quarter)
    said = record.lines[date(2024, 3, 31)]
    assert (said["on"], said["quarter"]) == ("2024-03-31", "2024-T1")
    listed = {
        (unit["key"], str(line["number"])): (
            line["shown"].replace("\N{NO-BREAK SPACE}", " "),
            SIGNS[line["signal"]],
        )
        for unit in said["units"]
        for line in unit["lines"]
    }
    assert listed == {place: (line.figure, line.sign) for place, line in told.items()}
    later = next(unit for unit in record.lines[date(2024, 4, 10)]["units"] if unit["key"] == "juridica")
    assert later["lines"][0]["exact"] == "3/4"
    assert [target["pending"] for target in later["lines"][0]["targets"]] == ["0", "0"]


def test_every_activity_was_registered_once_as_it_was_told(record: Record) -> None:
    def entries(claimed: dict[str, tuple[int, int]]) -> list[tuple[str, int]]:
        """Without the nothings beside something; a step keeps one of them."""
        return [(measure, quantity) for measure, (quantity, _) in claimed.items() if quantity]

    told = [
        (each.unit, each.line, str(each.starts_on), str(each.ends_on), each.narrative, entries(each.entries))
        for each in first_quarter().activities
    ]
    listed = [
        (
            each["unit"],
            each["line"],
            each["starts_on"],
            each["ends_on"],
            each["narrative"],
            [
                (entry["measure"], int(entry["quantity"]))
                for entry in each["entries"]
                if entry["quantity"] != "0"
            ],
        )
        for each in sorted(record.activities, key=lambda each: int(each["id"]))
    ]
    assert listed == told
    people = {
        each["narrative"]: (each["participants"], each["women"], each["men"]) for each in record.activities
    }
    assert all(
        people[each.narrative] == (each.participants, each.women, each.men)
        for each in first_quarter().activities
    )
    documents = {each["narrative"]: tuple(each["documents"]) for each in record.activities}
    assert all(documents[each.narrative] == each.documents for each in first_quarter().activities)
