"""`report verify` where the database is: it knows who signed what."""

import json
from pathlib import Path

import pytest

from models.operations import forgetting
from models.programme.view import programmes
from models.storage import database
from models.tables.people import Person
from reports import excel, open_data, pdf
from reports.quarterly.content import Report
from reports.quarterly.making import make
from tests.bot.commands.test_cli import QuickShell
from tests.reports.samples.first_quarter_report import T1, TODAY
from tests.reports.samples.sample import Album
from tests.reports.samples.signed_quarter import SIGNED_AT, signed_quarter_stored


@pytest.fixture
def album(tmp_path: Path) -> Album:
    return Album(tmp_path / "data" / "evidence")


@pytest.fixture
def shell(
    tmp_path: Path, album: Album, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> QuickShell:
    (tmp_path / "data").mkdir()
    with signed_quarter_stored(tmp_path / "data", album):
        pass
    return QuickShell(tmp_path, monkeypatch, capsys)


def report_of(folder: Path, key: str = "juridica") -> Report:
    engine = database.connect(f"sqlite:///{folder / 'data' / 'avance.db'}")
    with database.transaction(engine) as session:
        programme = programmes(session).years[2024]
        unit = next(each for each in programme.units if each.key == key)
        report = make(session, programme, T1, TODAY, unit)
    engine.dispose()
    return report


def test_what_was_signed_is_held_against_the_database(
    shell: QuickShell, album: Album, tmp_path: Path
) -> None:
    report = report_of(tmp_path)
    (tmp_path / "informe.pdf").write_bytes(pdf.render(report, album.place))
    (tmp_path / "datos.json").write_bytes(open_data.as_json(report))
    (tmp_path / "avance.xlsx").write_bytes(excel.render(report))
    for name in ("informe.pdf", "datos.json", "avance.xlsx"):
        done = shell.run("report", "verify", str(tmp_path / name))
        assert done.returncode == 0, (name, done.stderr, done.stdout)
        assert "as it was signed" in done.stdout and "this database has it: entry " in done.stdout


def test_a_forgery_that_agrees_with_itself_is_named_where_the_database_is(
    shell: QuickShell, album: Album, tmp_path: Path
) -> None:
    """The forger has this program: the PDF is made of another name, attached and printed alike."""
    from dataclasses import replace

    report = report_of(tmp_path)
    basis = json.loads(report.basis or "")
    name = basis["signed"][0]["signed_by"]
    basis["signed"][0]["signed_by"] = "Otra Persona"
    signature = report.units[0].signature
    assert signature is not None
    unit = replace(report.units[0], signature=replace(signature, signed_by="Otra Persona"))
    forged = replace(report, units=(unit,), basis=json.dumps(basis, ensure_ascii=False, indent=1))
    (tmp_path / "forged.pdf").write_bytes(pdf.render(forged, album.place))
    done = shell.run("report", "verify", str(tmp_path / "forged.pdf"))
    assert done.returncode == 1
    assert f"altered: signature of Dirección Jurídica: signed by 'Otra Persona' instead of {name!r}" in (
        done.stdout
    )


def test_the_figures_of_a_json_are_named_where_the_database_is(shell: QuickShell, tmp_path: Path) -> None:
    said = json.loads(open_data.as_json(report_of(tmp_path)))
    said["units"][0]["exact"] = "1/1"
    said["sha256"] = open_data.content_hash(said)
    (tmp_path / "datos.json").write_text(json.dumps(said))
    done = shell.run("report", "verify", str(tmp_path / "datos.json"))
    assert done.returncode == 1 and "altered: $.units[0].exact: '1/1' instead of" in done.stdout


def test_a_forgotten_name_is_an_alteration_only_where_the_database_is_not(
    shell: QuickShell, album: Album, tmp_path: Path
) -> None:
    """«Comisión Ejecutiva» stands for a person whose name is in what was signed."""
    engine = database.connect(f"sqlite:///{tmp_path / 'data' / 'avance.db'}")
    with database.transaction(engine) as session:
        gone = Person(name="Comisión Ejecutiva", joined_at=SIGNED_AT)
        session.add(gone)
        session.flush()
        forgetting.forget(session, gone.id or 0, None, SIGNED_AT)
    engine.dispose()
    file = tmp_path / "informe.pdf"
    file.write_bytes(pdf.render(report_of(tmp_path), album.place))
    done = shell.run("report", "verify", str(file))
    assert done.returncode == 0, done.stdout
    shell.environment["DATABASE_URL"] = "nonsense"
    done = shell.run("report", "verify", str(file))
    assert done.returncode == 1
    assert "altered: signature of Dirección Jurídica: what was signed has the hash" in done.stdout
