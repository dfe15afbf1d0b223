"""The findings in the real first quarter, and against the table published for it."""

from pathlib import Path

from sqlmodel import Session, col, select

from models.tables.activity import Activity
from reports.checks import Finding, FindingKind, check, read
from reports.texts.checks import sentences
from tests.reports.samples.first_quarter_report import BUNDLED, first_quarter_report
from tests.support.database.published import CSV

OF_2023 = ("archivo", 5, FindingKind.LINE_DATES)
THREE_DOCUMENTS = ("juridica", 2, FindingKind.TOLD_NOT_COUNTED)
PUBLISHED = [
    ("transparencia", 1, FindingKind.PUBLISHED_PERCENTAGE),
    ("archivo", 4, FindingKind.PUBLISHED_WITHOUT),
    ("sistemas", 1, FindingKind.PUBLISHED_WITHOUT),
    ("sistemas", 2, FindingKind.PUBLISHED_WITHOUT),
]


def places(found: tuple[Finding, ...]) -> list[tuple[str, int | None, FindingKind]]:
    return [(each.unit, each.line, each.kind) for each in found]


def corrected_programme(folder: Path) -> Path:
    """The programme with Archivo 5 dated in 2024, and Jurídica 2 saying when a document counts."""
    text = BUNDLED.read_text(encoding="utf-8")
    text = text.replace("starts_on: 2023-01-01", "starts_on: 2024-01-01")
    text = text.replace("ends_on: 2023-12-31", "ends_on: 2024-12-31")
    before, line, after = text.partition("title: Proyectos relativos a la normatividad aplicable")
    measure = "            measure: Documentos\n"
    after = after.replace(measure, f"{measure}            counts_when: concluido\n", 1)
    file = folder / "programme.yaml"
    file.write_text(before + line + after, encoding="utf-8")
    return file


def corrected_table() -> bytes:
    """12.5 % for 6 %, the dates of 2024, and a percentage for each line with activities."""
    lines = CSV.read_text(encoding="utf-8").splitlines()
    changes = {
        "Unidad de Transparencia,1,": (",5,6 %,", ",5,12.5 %,"),
        "Coordinación de Archivo,4,": (",0,,", ",0,0 %,"),
        "Coordinación de Archivo,5,": ("2023-01-01,2023-12-31", "2024-01-01,2024-12-31"),
        "Dirección de Sistemas Electrónicos y Plataforma Digital,1,": (",0,,", ",0,0 %,"),
        "Dirección de Sistemas Electrónicos y Plataforma Digital,2,": (",25,,", ",25,menos de 1 %,"),
    }
    for start, (old, new) in changes.items():
        (at,) = (at for at, line in enumerate(lines) if line.startswith(start))
        assert old in lines[at]
        lines[at] = lines[at].replace(old, new, 1)
    return "\n".join(lines).encode()


def test_findings_of_the_real_quarter(tmp_path: Path) -> None:
    found = check(first_quarter_report(tmp_path))
    assert places(found) == [OF_2023, THREE_DOCUMENTS]
    assert found[1].facts == {"told": "3", "counted": "1", "measure": "Documentos"}


def test_findings_against_the_published_table(tmp_path: Path) -> None:
    found = check(first_quarter_report(tmp_path), read(CSV.read_bytes()))
    assert sorted(places(found)) == sorted([OF_2023, THREE_DOCUMENTS, *PUBLISHED])
    said = sentences(found)
    assert (
        "Unidad de Transparencia, línea 1: se publicó 6 % y el avance es 12.5 % (5 de 40 solicitudes)."
        in said
    )
    assert "Dirección Jurídica, línea 2: se narran 3 documentos y cuenta 1." in said


def test_nothing_is_found_after_corrections(tmp_path: Path) -> None:
    report = first_quarter_report(tmp_path, corrected_programme(tmp_path))
    assert check(report, read(corrected_table())) == ()


def test_with_a_corrected_table_findings_in_the_data_remain(tmp_path: Path) -> None:
    found = check(first_quarter_report(tmp_path), read(corrected_table()))
    assert places(found) == [
        OF_2023, ("archivo", 5, FindingKind.PUBLISHED_DATES), THREE_DOCUMENTS,
    ]  # fmt: skip


def test_the_published_enumeration_is_found_in_one_activity(tmp_path: Path) -> None:
    """As published: «I. Se realizó opinión técnica… II. … III. …», one document counted."""

    def as_one(session: Session) -> None:
        opinion, *others = session.exec(
            select(Activity)
            .where(
                col(Activity.narrative).regexp_match(
                    "Opinión técnica|la modificación a|Proyecto de las Bases"
                )
            )
            .order_by(col(Activity.ends_on))
        ).all()
        parts = (each.narrative for each in (opinion, *others))
        opinion.narrative = "\n".join(
            f"{mark}. {part}" for mark, part in zip(("I", "II", "III"), parts, strict=True)
        )
        for each in others:
            each.withdrawn_at = each.registered_at

    report = first_quarter_report(tmp_path, corrected_programme(tmp_path), as_one)
    (found,) = (each for each in check(report) if each.unit == "juridica")
    assert found.kind is FindingKind.ENUMERATION
    assert found.facts == {"listed": 3, "quantity": "1", "measure": "Documentos"}
