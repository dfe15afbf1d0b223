"""`report check` in a real process, with the real first quarter and a published table."""

import json
from pathlib import Path

import pytest

from tests.bot.commands.test_cli import QuickShell
from tests.reports.samples.first_quarter_report import first_quarter_stored
from tests.support.database.published import CSV

AFTERWARDS = "2024-04-02T09:00"
SIX_PERCENT = "Unidad de Transparencia, línea 1: se publicó 6 % y el avance es 12.5 % (5 de 40 solicitudes)."


@pytest.fixture
def shell(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> QuickShell:
    """A shell with the first quarter stored, on 2 April."""
    (tmp_path / "data").mkdir()
    with first_quarter_stored(tmp_path / "data"):
        pass
    shell = QuickShell(tmp_path, monkeypatch, capsys)
    shell.environment["PRETEND_NOW"] = AFTERWARDS
    return shell


def test_each_finding_is_one_line(shell: QuickShell) -> None:
    done = shell.run("report", "check", "2024-T1", "--against", str(CSV))
    lines = done.stdout.splitlines()
    assert done.returncode == 1 and len(lines) == 6
    assert "warning: Dirección Jurídica, línea 2: se narran 3 documentos y cuenta 1." in lines
    assert f"error: {SIX_PERCENT}" in lines
    assert done.stderr == "error: 2024-T1: 2 errors, 4 warnings\n"
    assert len(shell.run("report", "check", "2024-T1").stdout.splitlines()) == 2
    own = shell.run("report", "check", "2024-T1", "--unit", "jurídica", "--against", str(CSV)).stdout
    assert own == "warning: Dirección Jurídica, línea 2: se narran 3 documentos y cuenta 1.\n"


def test_json_has_the_facts(shell: QuickShell) -> None:
    done = shell.run("report", "check", "2024-T1", "--against", str(CSV), "--json")
    shape = json.loads(done.stdout)
    assert (shape["quarter"], shape["draft"], done.returncode) == ("2024-T1", True, 1)
    (found,) = (each for each in shape["findings"] if each["unit"] == "transparencia")
    assert found == {
        "kind": "published-percentage",
        "severity": "error",
        "unit": "transparencia",
        "line": 1,
        "activity": None,
        "on": None,
        "facts": {
            "published": "6",
            "shown": "12.5",
            "counted": [["5", "Solicitudes"]],
            "amounts": [["40", "Solicitudes"]],
        },
        "sentence": SIX_PERCENT,
    }
    (told,) = (each for each in shape["findings"] if each["unit"] == "juridica")
    assert told["facts"] == {"told": "3", "counted": "1", "measure": "Documentos"}


def test_no_findings_are_reported_as_such(shell: QuickShell) -> None:
    """A quarter in which nothing is planned by now, of a programme without its mistake."""
    exported = shell.folder / "programme.yaml"
    shell.out("programme", "export", str(exported))
    lines = exported.read_text(encoding="utf-8").splitlines(keepends=True)
    small = "".join(lines[: next(at for at, line in enumerate(lines) if line.startswith("units:")) + 1])
    exported.write_text(
        small.replace("year: 2024", "year: 2025").replace("2024-05-10", "2025-05-10")
        + "  - {key: juridica, name: Dirección Jurídica, lines: [{number: 1, title: Actas, "
        "starts_on: 2025-07-01, ends_on: 2025-12-31, "
        "targets: [{amount: 2, measure: Actas, plan: [0, 0, 1, 1]}]}]}\n",
        encoding="utf-8",
    )
    shell.out("programme", "import", str(exported), "--yes")
    assert (
        shell.out("report", "check", "2025-T1", PRETEND_NOW="2025-04-02T09:00") == "2025-T1: nothing found\n"
    )


def test_errors_of_report_check_are_one_sentence(shell: QuickShell) -> None:
    missing = shell.folder / "none.csv"
    assert shell.error(2, "report", "check", "2024-T1", "--against", str(missing)) == (
        f"{missing} cannot be read: No such file or directory"
    )
    folder = str(shell.folder)
    assert "Is a directory" in shell.error(2, "report", "check", "2024-T1", "--against", folder)
    missing.write_bytes(b"\x00\xff,;\n")
    assert shell.error(2, "report", "check", "2024-T1", "--against", str(missing)) == (
        f"{missing}: it is not UTF-8 text; save it as CSV UTF-8"
    )
    assert shell.error(2, "report", "check", "2024") == "not a quarter: '2024'; write it like 2024-T1"
    assert shell.error(1, "report", "check", "2024-T3") == "2024-T3 has not begun on 2024-04-02"
    assert shell.error(1, "report", "check", "2030-T1") == "there is no programme for 2030, only for 2024"
