"""The command line in a real process: output, exit code, errors of one line."""

import io
import json
import os
import re
import subprocess
import sys
from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path

import openpyxl
import pytest
from sqlalchemy import text

from bot.__main__ import main
from bot.storage.key_file import read_or_make
from handlers.texts.people import pins
from local_telegram.server import LocalTelegram
from local_telegram.world.world import World
from models.people import invitation
from models.storage import database, keys
from models.tables.activity import SECTORS, OptionalFacts
from models.tables.people import Role
from tests.support.phones.optional_fields import answer_optional
from tests.support.phones.stage import ANA, PALOMA, Stage
from tests.support.waiting import PATIENCE

TOKEN = "987654321:AAH-a-token-that-must-never-be-shown"
NOW = datetime(2024, 3, 20, 15, tzinfo=UTC)


class Shell:
    """Runs `python -m bot` in a folder of its own, at nine on 20 March 2024."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.environment = {
            "PATH": os.environ["PATH"],
            "PYTHONPATH": str(Path(__file__).parents[3]),
            "DATA_DIR": str(folder / "data"),
            "PRETEND_NOW": "2024-03-20T09:00",
        }

    def run(self, *arguments: str, answer: str = "", **settings: str) -> subprocess.CompletedProcess[str]:
        """Run the command. Fails the test if a traceback or a secret is printed."""
        done = self._run(list(arguments), self.environment | settings, answer)
        assert "Traceback" not in done.stderr and TOKEN not in done.stdout + done.stderr, done.stderr
        return done

    def _run(
        self, arguments: list[str], environment: dict[str, str], answer: str
    ) -> subprocess.CompletedProcess[str]:
        return subprocess.run(
            [sys.executable, "-m", "bot", *arguments],
            cwd=self.folder,
            env=environment,
            input=answer,
            capture_output=True,
            text=True,
            timeout=PATIENCE,
            check=False,
        )

    def out(self, *arguments: str, answer: str = "", **settings: str) -> str:
        """Return what it prints on success."""
        done = self.run(*arguments, answer=answer, **settings)
        assert done.returncode == 0, done.stderr
        return done.stdout

    def error(self, exit_code: int, *arguments: str, answer: str = "", **settings: str) -> str:
        """Return the one line that it prints on failure."""
        done = self.run(*arguments, answer=answer, **settings)
        assert done.returncode == exit_code, done
        *_, line = done.stderr.splitlines()
        assert line.startswith("error: ")
        return line.removeprefix("error: ")

    def database(self) -> str:
        return f"sqlite:///{self.folder / 'data' / 'avance.db'}"


class QuickShell(Shell):
    """Calls the same `main` in this process, for tests that run many commands."""

    def __init__(
        self, folder: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
    ) -> None:
        super().__init__(folder)
        self._monkeypatch, self._capsys = monkeypatch, capsys

    def _run(
        self, arguments: list[str], environment: dict[str, str], answer: str
    ) -> subprocess.CompletedProcess[str]:
        with self._monkeypatch.context() as patch, pytest.raises(SystemExit) as left:
            patch.chdir(self.folder)
            patch.setattr(os, "environ", environment)
            patch.setattr(sys, "argv", ["bot", *arguments])
            patch.setattr(sys, "stdin", io.StringIO(answer))
            main()
        shown = self._capsys.readouterr()
        code = left.value.code or 0
        assert isinstance(code, int)
        return subprocess.CompletedProcess(arguments, code, shown.out, shown.err)


@pytest.fixture
def quick(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> QuickShell:
    return QuickShell(tmp_path, monkeypatch, capsys)


@pytest.fixture
def shell(tmp_path: Path) -> Shell:
    return Shell(tmp_path)


@pytest.fixture
def telegram() -> Iterator[LocalTelegram]:
    with LocalTelegram(World(NOW, token=TOKEN)) as server:
        yield server


def test_invite_prints_code_link_and_qr(shell: Shell, telegram: LocalTelegram) -> None:
    local = {"TELEGRAM_TOKEN": TOKEN, "TELEGRAM_API_URL": telegram.url}
    shown = shell.out("invite", "--role", "staff", "--unit", "juridica", "--name", "Ana", **local)
    assert "staff of Dirección Jurídica" in shown and "until 2024-03-27 09:00" in shown
    code = shown.split("Code: ")[1].split()[0]
    assert f"Link: https://t.me/{telegram.world.bot['username']}?start={code}" in shown
    assert "█" in shown
    engine = database.connect(shell.database())
    keys.bind(engine, read_or_make(shell.folder / "data"))
    with database.transaction(engine) as session:
        joined = invitation.join(session, 111, "De Telegram", code, NOW)
    engine.dispose()
    assert joined is not None and (joined.person.name, joined.role) == ("Ana", Role.STAFF)


@pytest.mark.parametrize("name", ["\u202e\u2066", "\u200b", "\u3164", "\u0301"], ids=ascii)
def test_an_invisible_name_is_refused_in_an_invitation(shell: Shell, name: str) -> None:
    done = shell.run("invite", "--role", "observer", "--name", name)
    assert done.returncode == 2 and "nothing of that name can be seen" in done.stderr


def test_invite_as_json_without_telegram(shell: Shell) -> None:
    shape = json.loads(shell.out("invite", "--role", "planning", "--json"))
    assert len(shape.pop("code")) == 20
    assert shape == {
        "link": None,
        "role": "planning",
        "unit": None,
        "expires_at": "2024-03-27T15:00:00+00:00",
    }
    unreachable = {"TELEGRAM_TOKEN": TOKEN, "TELEGRAM_API_URL": "http://127.0.0.1:9"}
    assert "send: /start " in shell.out("invite", "--role", "planning", **unreachable)


def test_an_error_is_printed_as_one_line(quick: QuickShell) -> None:
    assert quick.error(2, "invite", "--role", "staff") == "--role staff needs --unit KEY"
    assert "no unit 'marte'; the units are" in quick.error(2, "invite", "--role", "staff", "--unit", "marte")
    assert "'boss' is not one of" in quick.error(2, "invite", "--role", "boss")
    assert "No such command" in quick.error(2, "dance")
    assert "2024-T9" in quick.error(2, "activities", "--quarter", "2024-T9")
    assert quick.error(1, "progress", "--on", "2023-05-01") == "there is no programme for 2023, only for 2024"
    assert quick.error(1, "audit", PRETEND_NOW="soon").startswith("PRETEND_NOW: ")
    assert "cannot be used with Telegram" in quick.error(1, "audit", TELEGRAM_TOKEN=TOKEN)
    assert quick.error(1, "audit", DATABASE_URL="nonsense").startswith("DATABASE_URL is not understood")
    absent = {"DATA_DIR": str(quick.folder / "other"), "PROGRAMME": "absent.yaml"}
    assert quick.error(1, "progress", **absent) == (
        "PROGRAMME cannot be read: absent.yaml: No such file or directory"
    )


def test_an_exported_programme_can_be_imported(quick: QuickShell) -> None:
    quick.out("programme", "export", "copy.yaml")
    assert "26 lines; it can be imported" in quick.out("programme", "check", "copy.yaml")
    assert quick.out("programme", "import", "copy.yaml") == "Nothing would change.\n"
    copy = quick.folder / "copy.yaml"
    copy.write_text(copy.read_text().replace("name: Dirección Jurídica", "name: Jurídica"))
    change = "juridica: name «Dirección Jurídica» → «Jurídica»"
    refused = quick.run("programme", "import", "copy.yaml", answer="n\n")
    assert change in refused.stdout and refused.returncode == 1
    assert "Dirección Jurídica" in quick.out("progress", "juridica")
    assert change in quick.out("programme", "import", "copy.yaml", "--yes")
    assert "juridica · Jurídica" in quick.out("progress", "jurídica")
    copy.write_text("year: 2024\nunits: []\n")
    shown = quick.run("programme", "check", "copy.yaml")
    assert shown.returncode == 1 and "institution" in shown.stdout
    assert "copy.yaml" in quick.error(1, "programme", "import", "copy.yaml")


def test_a_programme_exported_to_excel_can_be_imported(quick: QuickShell) -> None:
    quick.out("programme", "export", "copy.xlsx")
    assert "26 lines; it can be imported" in quick.out("programme", "check", "copy.xlsx")
    assert quick.out("programme", "import", "copy.xlsx") == "Nothing would change.\n"
    copy = quick.folder / "copy.xlsx"
    book = openpyxl.load_workbook(copy)
    book["Unidades"]["B7"] = "Jurídica"
    book["Metas"]["D7"] = -3
    book.save(copy)
    shown = quick.run("programme", "check", "copy.xlsx")
    assert shown.returncode == 1 and "Metas!D7: error: the amount must be more than 0" in shown.stdout
    book["Metas"]["D7"] = 4
    book.save(copy)
    change = "juridica: name «Dirección Jurídica» → «Jurídica»"
    said = quick.out("programme", "import", "copy.xlsx", "--yes", "--reason", "Acuerdo 1")
    assert change in said and "amount" in said
    copy.write_bytes(b"PK\3\4 and no more")
    assert "no Excel workbook, or it is broken" in quick.error(1, "programme", "import", "copy.xlsx")
    with copy.open("wb") as file:
        file.truncate(100_000_000)
    assert "the file has 100,000,000 bytes" in quick.error(1, "programme", "import", "copy.xlsx")


def test_a_first_import_is_not_compared_with_the_bundled_programme(shell: Shell) -> None:
    shell.out("programme", "export", "copy.yaml")
    copy = shell.folder / "copy.yaml"
    copy.write_text(copy.read_text().replace("name: Dirección Jurídica", "name: Jurídica"))
    other = {"DATA_DIR": str(shell.folder / "other")}
    assert "programme: added" in shell.out("programme", "import", "copy.yaml", "--yes", **other)


def test_audit_names_the_first_broken_entry(shell: Shell) -> None:
    shell.out("invite", "--role", "planning")
    verdict = json.loads(shell.out("audit", "--json"))
    assert verdict["intact"] and len(verdict["head"]) == 64
    assert shell.out("audit").startswith(f"{verdict['entries']} entries, head {verdict['head']}")
    engine = database.connect(shell.database())
    with engine.begin() as connection:
        connection.execute(text("UPDATE audit SET actor = 'somebody else' WHERE seq = 3"))
    engine.dispose()
    assert "broken at entry 3" in shell.error(1, "audit")


async def test_activities_are_listed_in_the_shape_that_scripts_expect(tmp_path: Path) -> None:
    async with Stage(tmp_path / "data") as stage:
        ana = await stage.enter(ANA)
        await ana.send("/registrar")
        await ana.wait_for("línea de acción")
        for label in ("1 · ", "1", "4", "3", "Ayer"):
            await ana.tap(label)
            await ana.wait_for(lambda message: True)
        await ana.send("Se celebró la sesión.")
        await answer_optional(ana, people="9 (6 mujeres y 3 hombres)", documents="SESAECH/DJ/012/2024")
        await ana.wait_for("Por registrar")
        await ana.tap("✅ Registrar")
        await ana.wait_for("Registrada")
    shell = Shell(tmp_path)
    (activity,) = json.loads(shell.out("activities", "--json"))["activities"]
    assert activity.pop("registered_at").startswith("2024-03-20T15:0")
    assert OptionalFacts.model_fields.keys() <= activity.keys()
    assert activity == {
        **OptionalFacts().model_dump(),
        **dict.fromkeys(SECTORS),
        "id": 1,
        "unit": "juridica",
        "line": 1,
        "starts_on": "2024-03-19",
        "ends_on": "2024-03-19",
        "narrative": "Se celebró la sesión.",
        "report_text": "Se celebró la sesión.",
        "entries": [
            {"measure": "Actas", "quantity": "1", "pending": "0"},
            {"measure": "Acuerdos", "quantity": "4", "pending": "3"},
        ],
        "participants": 9,
        "women": 6,
        "men": 3,
        "documents": ["SESAECH/DJ/012/2024"],
        "evidence": [],
        "registered_by": "Ana Juárez",
        "version": 1,
        "withdrawn": False,
    }
    assert "4 Acuerdos (3 pending)" in shell.out("activities", "juridica", "--quarter", "2024-T1")
    assert shell.out("activities", "--quarter", "2024-T2") == "No activities.\n"
    shape = json.loads(shell.out("progress", "juridica", "--on", "2024-03-31", "--json"))
    assert (shape["on"], shape["quarter"], [unit["key"] for unit in shape["units"]]) == (
        "2024-03-31",
        "2024-T1",
        ["juridica"],
    )
    line = shape["units"][0]["lines"][0]
    assert (line["number"], line["exact"], line["shown"], line["planned"]) == (1, "1/14", "7 %", "1/4")
    assert [target["counted"] for target in line["targets"]] == ["1", "1"]


def test_run_reports_a_token_unknown_to_telegram(shell: Shell, telegram: LocalTelegram) -> None:
    wrong = {"TELEGRAM_TOKEN": TOKEN.replace("AAH", "AAX"), "TELEGRAM_API_URL": telegram.url}
    assert "does not know this TELEGRAM_TOKEN" in shell.error(1, "run", **wrong)


def test_open_invitations_are_listed_and_revoked(shell: Shell) -> None:
    code = json.loads(
        shell.out("invite", "--role", "staff", "--unit", "juridica", "--name", "Ana", "--json")
    )["code"]
    listed = json.loads(shell.out("invite", "--list", "--json"))["invitations"]
    assert [(each["role"], each["unit"], each["name"], each["made_by"]) for each in listed] == [
        ("staff", "juridica", "Ana", None)
    ]
    assert code not in json.dumps(listed)
    number = str(listed[0]["id"])
    shown = shell.out("invite", "--list")
    assert re.search(
        r"staff of juridica for Ana, by the command line, until \d{4}-\d\d-\d\d \d\d:\d\d$", shown.strip()
    )
    assert shell.out("invite", "--revoke", number).split("\n")[:2] == [
        f"Invitation {number} was revoked.",
        "There is no open invitation.",
    ]
    again = shell.run("invite", "--revoke", number)
    assert again.returncode == 1 and "is not open" in again.stderr
    assert shell.run("invite").returncode == 2 == shell.run("invite", "--list", "--role", "staff").returncode


def test_the_key_is_created_once_and_private_and_a_broken_one_is_reported(shell: Shell) -> None:
    shell.out("invite", "--list")
    path = shell.folder / "data" / "secret.key"
    key = path.read_text()
    assert path.stat().st_mode & 0o777 == 0o600 and len(bytes.fromhex(key)) == 32
    shell.out("invite", "--list")
    assert path.read_text() == key and [each.name for each in path.parent.glob("*secret*")] == ["secret.key"]
    path.write_text("nothing of the kind\n")
    refused = shell.run("invite", "--list")
    assert refused.returncode == 1 and "holds no key" in refused.stderr


async def test_a_pin_can_be_removed_by_the_command_line(shell: Shell) -> None:
    async with Stage(shell.folder / "data", second_factor=True) as stage:
        paloma = await stage.enter(PALOMA)
        for asked in (pins.AGAIN, pins.SET):
            await paloma.send("274916")
            await paloma.wait_for(asked)
    refused = shell.run("pin", "Nadie")
    assert refused.returncode == 2 and "nobody is called" in refused.stderr
    assert "The PIN of Paloma Planeación was taken away" in shell.out("pin", "paloma planeacion")
    assert "has no PIN yet" in shell.run("pin", "1").stderr
