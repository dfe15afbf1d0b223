"""`report adopt`: texts that were edited in the Word report come back, changed figures do not."""

from collections.abc import Callable
from pathlib import Path
from typing import Any

import docx
import pytest
from sqlmodel import col, select

from models.storage import audit, database
from models.tables.activity import Activity, Revision
from models.tables.people import Membership, Person, Role
from tests.bot.commands.test_cli import QuickShell
from tests.reports.samples.first_quarter_report import BEGUN, first_quarter_stored

PLANNER = "Elena Zenteno"
TOLD = "Primera Sesión Solemne de la Comisión Ejecutiva"  # an activity of 13 March


@pytest.fixture
def shell(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> QuickShell:
    (tmp_path / "data").mkdir()
    with first_quarter_stored(tmp_path / "data") as session:
        planner = Person(name=PLANNER, telegram_id=77, joined_at=BEGUN)
        session.add(planner)
        session.flush()
        session.add(Membership(person_id=planner.id or 0, role=Role.PLANNING, granted_at=BEGUN))
    shell = QuickShell(tmp_path, monkeypatch, capsys)
    shell.environment["PRETEND_NOW"] = "2024-04-02T09:00"
    done = shell.run("report", "make", "2024-T1", "--unit", "juridica", "-o", str(tmp_path / "informe.docx"))
    assert done.returncode == 0, done.stderr
    return shell


def edit(file: Path, change: Callable[[str], str], only: str = "") -> str:
    """Change the first paragraph that this changes and that has `only` in it; return what it says then."""
    document: Any = docx.Document(str(file))
    paragraph = next(
        each for each in document.paragraphs if only in each.text and change(each.text) != each.text
    )
    text = change(paragraph.text)
    for run in paragraph.runs[1:]:
        run.text = ""
    paragraph.runs[0].text = text
    document.save(str(file))
    return text


def adopt(shell: QuickShell, *more: str) -> Any:
    file = str(shell.folder / "informe.docx")
    return shell.run("report", "adopt", file, "--unit", "juridica", "--by", PLANNER, "--yes", *more)


def stored(folder: Path) -> tuple[list[Activity], list[Revision]]:
    engine = database.connect(f"sqlite:///{folder / 'data' / 'avance.db'}")
    with database.transaction(engine) as session:
        assert audit.verify(session).broken_at is None
        activities = list(session.exec(select(Activity).order_by(col(Activity.id))).all())
        revisions = list(session.exec(select(Revision)).all())
        for each in (*activities, *revisions):
            session.expunge(each)
    engine.dispose()
    return activities, revisions


def test_an_unedited_report_changes_nothing(shell: QuickShell) -> None:
    done = adopt(shell)
    assert (done.returncode, done.stdout) == (0, "\nThere is no text to take over.\n"), done.stderr


def test_an_edited_text_is_taken_over_with_its_earlier_version_kept(
    shell: QuickShell, tmp_path: Path
) -> None:
    told = edit(tmp_path / "informe.docx", lambda text: f"{text} Todo en orden.", only=TOLD)
    done = adopt(shell)
    assert done.returncode == 0, (done.stdout, done.stderr)
    assert "Taken over: 1 text." in done.stdout
    activities, (revision,) = stored(tmp_path)
    (changed,) = [each for each in activities if each.version == 2]
    assert changed.report_text is not None and told.endswith(changed.report_text)
    assert (revision.activity_id, revision.version) == (changed.id, 1)
    assert adopt(shell).stdout.endswith("There is no text to take over.\n")


@pytest.mark.parametrize(
    "change",
    [
        lambda text: text.replace("Del 100", "Del 200"),
        lambda text: text.replace(
            "13 de marzo. Primera Sesión Solemne", "14 de marzo. Primera Sesión Solemne"
        ),
        lambda text: "Dirección de lo Jurídico" if text == "Dirección Jurídica" else text,
    ],
    ids=["a closing figure", "a day", "a heading"],
)
def test_what_is_the_datas_is_refused(
    shell: QuickShell, tmp_path: Path, change: Callable[[str], str]
) -> None:
    edit(tmp_path / "informe.docx", change)
    done = adopt(shell)
    assert done.returncode == 1 and "refused: " in done.stdout and "Taken over" not in done.stdout
    assert stored(tmp_path)[1] == []


def test_a_text_with_another_number_is_refused(shell: QuickShell, tmp_path: Path) -> None:
    edit(tmp_path / "informe.docx", lambda text: f"{text} Fueron 99 personas.", only=TOLD)
    done = adopt(shell)
    assert done.returncode == 1 and "refused: a number was changed" in done.stdout, done.stdout
    assert stored(tmp_path)[1] == []


def test_who_may_not_correct_takes_nothing_over(shell: QuickShell, tmp_path: Path) -> None:
    edit(tmp_path / "informe.docx", lambda text: f"{text} Todo en orden.", only=TOLD)
    file = str(tmp_path / "informe.docx")
    done = shell.run("report", "adopt", file, "--unit", "juridica", "--by", "Nadie", "--yes")
    assert done.returncode == 2 and "nobody is called" in done.stderr
    (tmp_path / "other.docx").write_bytes(b"no word")
    assert shell.run("report", "adopt", str(tmp_path / "other.docx"), "--by", PLANNER).returncode == 2
