"""The report's pages for the governing body."""

from dataclasses import replace
from decimal import Decimal
from fractions import Fraction
from io import BytesIO
from pathlib import Path

import docx
import pypdf
import pytest

from models.combine import Combine
from models.programme.format import BoardPart
from models.progress.signal import Signal
from models.quarter import Quarter
from models.tables.activity import AttendanceFacts
from reports import pdf, word
from reports.column_widths import shares
from reports.quarterly.board import SHOWN, board
from reports.quarterly.content import AdjustmentPart, BoardBlock, EarlierQuarter, Report, TargetPart
from reports.texts import board as texts
from tests.reports.samples.small_report import INSTITUTION, activity, line, report, units

T1 = Quarter(2024, 1)
NONE: frozenset[str] = frozenset()
ACTAS = TargetPart(
    measure="Actas",
    informative=False,
    counts_when="publicado",
    programmed=Decimal(16),
    amount=Decimal(16),
    counted=Decimal(9),
    pending=Decimal(2),
    planned=Fraction(4),
    by_quarter=(Fraction(4), Fraction(4), Fraction(4), Fraction(4)),
    adjustments=(AdjustmentPart(T1.last_day, Decimal(16), "Se sumó una sesión.", None),),
    done=Fraction(5),
)


def made() -> Report:
    """Return a report with a good line, a late one with its cause and one without, and participants."""
    people = AttendanceFacts(participants=10, women=6, men=3, academia=4)
    first, second = units()
    good = line(
        1, "Documentos", exact=Fraction(64, 100), planned=Fraction(1, 4), signal=Signal.GREEN,
        targets=(ACTAS,), activities=(replace(activity("Sesionó."), people=people),),
    )  # fmt: skip
    late = line(2, "Convenios", observation="No hubo solicitudes.")
    return report(units=(replace(first, lines=(good, late)), second))


def blocks(
    of: Report, *earlier: EarlierQuarter, without: frozenset[str] = NONE
) -> dict[BoardPart, BoardBlock]:
    return {each.part: each for each in board(of, earlier, without)}


def test_the_summary_says_the_figure_the_best_and_what_is_late_and_why() -> None:
    summary = blocks(made())[BoardPart.SUMMARY]
    assert summary.paragraphs == (
        "La Secretaría Ejecutiva del Sistema Anticorrupción lleva 25\u00a0% de su programa anual; lo "
        "planeado al cierre del trimestre es 50\u00a0%: atrasada.",
        "Se realizó 1 actividad, con 10 personas participantes: 6 mujeres y 3 hombres.",
        "Cifras preliminares: 1 de 2 órganos administrativos han firmado.",
    )
    lists = dict(summary.lists)
    assert lists[texts.BEST] == (
        "Línea 1 de la Dirección Jurídica, Documentos: 64\u00a0% (planeado: 25\u00a0%).",
    )
    assert lists[texts.BEHIND][0].endswith("25\u00a0% (planeado: 50\u00a0%). No hubo solicitudes.")
    assert lists[texts.BEHIND][1].endswith(texts.NO_CAUSE + ".")
    assert lists[texts.TO_DECIDE] == (
        "1 línea de acción está atrasada y nadie ha escrito la causa.",
        "Línea 1 de la Dirección Jurídica, Documentos: 2 actas por publicar.",
        "Línea 1 de la Dirección Jurídica, Documentos: la meta se ajustó en el trimestre a 16 actas. Motivo: "
        "Se sumó una sesión.",
    )


def test_the_summary_names_only_the_first_of_many() -> None:
    first, _ = units()
    many = tuple(line(number, "Documentos", targets=(ACTAS,), signal=Signal.GREEN) for number in range(1, 9))
    summary = blocks(report(units=(replace(first, lines=many),)))[BoardPart.SUMMARY]
    lists = dict(summary.lists)
    assert len(lists[texts.BEST]) == SHOWN
    assert lists[texts.BEHIND] == (texts.NONE_BEHIND,)
    assert len(lists[texts.TO_DECIDE]) == SHOWN + 1 and lists[texts.TO_DECIDE][-1] == "Y 11 asuntos más."


def test_the_table_of_lines_has_the_quarter_and_the_year_with_a_shape_and_a_word() -> None:
    tables = blocks(made())[BoardPart.LINES].tables
    assert [each.caption for each in tables] == ["Dirección Jurídica", "Coordinación de Archivo"]
    assert tables[0].rows[0] == (
        "1. Documentos", "16 actas y 12 acuerdos en el año", "4", "5", "9", "64\u00a0%", "● Conforme al plan",
    )  # fmt: skip
    assert tables[1].rows[0][-1] == "■ Atrasada"


def test_a_rate_without_a_value_in_the_quarter_is_no_zero() -> None:
    first, _ = units()
    rate = replace(ACTAS, combine=Combine.AVERAGE, done=None, counted=Decimal(0), pending=Decimal(0))
    of = report(units=(replace(first, lines=(line(1, "Rapidez", targets=(rate,)),)),))
    assert blocks(of)[BoardPart.LINES].tables[0].rows[0][3:5] == ("–", "–")


def test_participants_are_counted_by_unit_sex_and_the_sectors_that_were_told() -> None:
    (table,) = blocks(made())[BoardPart.PARTICIPANTS].tables
    assert table.head == (*texts.PARTICIPANTS_HEAD, "Academia")
    assert table.rows == (("Dirección Jurídica", "10", "6", "3", "1", "4"),)
    assert table.total is None
    assert BoardPart.PARTICIPANTS not in blocks(report())


def test_earlier_quarters_are_beside_this_one() -> None:
    before = EarlierQuarter(Quarter(2023, 1), Fraction(1, 5), {"juridica": Fraction(1, 8)})
    (table,) = blocks(made(), before)[BoardPart.COMPARISON].tables
    assert table.head == ("Órgano administrativo", "1er trimestre 2023", "1er trimestre 2024")
    assert table.rows == (
        ("Dirección Jurídica", "12.5\u00a0%", "25\u00a0%"),
        ("Coordinación de Archivo", "–", "25\u00a0%"),
    )
    assert table.total == ("Institución", "20\u00a0%", "25\u00a0%")
    assert BoardPart.COMPARISON not in blocks(made())


def test_every_late_line_is_a_deviation_with_its_cause() -> None:
    (table,) = blocks(made())[BoardPart.DEVIATIONS].tables
    assert [row[-1] for row in table.rows] == ["No hubo solicitudes.", texts.NO_CAUSE]


@pytest.mark.parametrize("part", [BoardPart.SUMMARY, BoardPart.LINES, BoardPart.DEVIATIONS])
def test_a_part_can_be_switched_off(part: BoardPart) -> None:
    assert part in blocks(made())
    assert part not in blocks(made(), without=frozenset({part.value}))


def no_picture(sha256: str) -> Path:
    return Path("no pictures") / sha256


def printed() -> Report:
    of = made()
    institution = replace(
        INSTITUTION,
        acronyms=(("POA", "Programa Operativo Anual"),),
        signatories=(("Elaboró", "Ana Pérez", "Jefa de Planeación"), ("Autorizó", "Juan Ruiz", "")),
    )
    return replace(of, institution=institution, board=board(of, (), NONE))


def test_the_pages_are_in_the_pdf() -> None:
    read = pypdf.PdfReader(BytesIO(pdf.render(printed(), no_picture)))
    said = " ".join(" ".join(page.extract_text() for page in read.pages).split())
    for each in (
        texts.SUMMARY,
        "1 línea de acción está atrasada",
        "● Conforme al plan",
        "Programa Operativo Anual",
    ):
        assert each in said
    assert "Elaboró" in said and "Jefa de Planeación" in said and "Autorizó" in said
    assert said.index("Línea de acción Meta Programado") < said.index("Misión Fungir")


def test_the_pages_are_in_the_word_file() -> None:
    read = docx.Document(BytesIO(word.render(printed(), no_picture)))
    said = [each.text for each in read.paragraphs]
    assert any("1 línea de acción está atrasada" in each for each in said)
    assert said.index("Elaboró") < said.index("Ana Pérez") < said.index("Jefa de Planeación")
    heads = [[cell.text for cell in table.rows[0].cells] for table in read.tables]
    assert list(texts.LINES_HEAD) in heads


def test_no_column_is_narrower_than_its_longest_word() -> None:
    wide, narrow = shares([("Línea", "Acumulado"), ("Una línea de acción con un título muy largo", "4")])
    assert wide > narrow > 9 / 60
    assert sum(shares([("a", "b", "c"), ("", "x", "yy")])) == pytest.approx(1)
