"""A published table is read from any file, and compared with the report."""

import csv
import io
from dataclasses import replace
from datetime import date
from decimal import Decimal
from fractions import Fraction
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from models.progress.figures import percentage
from reports.checks import FindingKind, UnreadableTable, check, compare, read
from reports.checks.published import LESS_THAN_ONE, PublishedLine
from reports.checks.shares import reads
from reports.quarterly.content import Report
from reports.texts.checks import sentences
from tests.reports.checks.checks_sample import activity, kinds, line, report, target, unit

HEAD = "unit,line,title,targets,start,end,counted_by_31_march_2024,published,note"
ROW = "Dirección Jurídica,1,Actas de las sesiones,16 Actas,2024-01-01,2024-12-31,4,25 %,"
BOTH = (target("Actas", 16, 9), target("Acuerdos", 12, 9))


def sample(**more: Any) -> Report:
    """Return a report of one unit with one line, 4 of 16 actas."""
    return report(unit(line(activity(), **more)))


def table(*rows: str) -> tuple[PublishedLine, ...]:
    return read("\n".join((HEAD, *rows)).encode())


def found(row: str, **more: Any) -> list[FindingKind]:
    return kinds(compare(sample(**more), table(row)))


def test_a_row_is_read() -> None:
    (row,) = table('X,5,T,"16 Actas + 4,000 Acuerdos",2024-01-01,31/12/2024,9 actas + 12.5 acuerdos,12.5 %,n')
    assert row.targets == ((Decimal(16), "Actas"), (Decimal(4000), "Acuerdos"))
    assert row.counted == ((Decimal(9), "actas"), (Decimal("12.5"), "acuerdos"))
    assert (row.number, row.line, row.start, row.end) == (2, 5, date(2024, 1, 1), date(2024, 12, 31))
    assert row.published == Decimal("12.5")
    assert table(ROW.replace("25 %", "menos de 1 %"))[0].published == LESS_THAN_ONE
    assert table("", ROW.replace("25 %", ""), " , ,,,,,,,")[0].published is None


def test_the_columns_may_be_in_any_order_and_dated_otherwise() -> None:
    text = (
        "\ufeffPublished,Title,targets,counted_by_30_june,END,start,line,unit\r\n"
        "25 %,Actas,16 Actas,4,2024-12-31,2024-01-01,1,Dirección Jurídica\r\n"
    )
    assert compare(sample(), read(text.encode())) == ()


@pytest.mark.parametrize(
    ("content", "said"),
    [
        (b"", "the first row lacks unit, line, title"),
        (b"unit,line\n", "the first row lacks title, targets, start, end, published, counted_by_…"),
        (HEAD.encode() + b",unit\n", "the first row has a column twice: unit"),
        (HEAD.encode() + b",counted_by_x\n", "counted_by_31_march_2024, counted_by_x"),
        (HEAD.encode("utf-16"), "it is not UTF-8 text"),
        (b"PK\x03\x04\xff\xfe", "it is not UTF-8 text"),
        (HEAD.encode() + b'\n"a', "line 2: it is no CSV"),
        (HEAD.encode() + b"\na,b\n", "row 2 has 2 cells, the first row 9"),
        (HEAD.encode() + b"\n" + b"x" * 200_000, "line 2: it is no CSV"),
        (b"x" * 5_000_001, "it has 5,000,001 bytes"),
    ],
)
def test_a_file_that_is_no_table_is_refused(content: bytes, said: str) -> None:
    with pytest.raises(UnreadableTable) as raised:
        read(content)
    assert said in str(raised.value) and "\n" not in str(raised.value)


@pytest.mark.parametrize(
    ("old", "new", "said"),
    [
        ("Dirección Jurídica", "", "row 2, unit: '' is not a name"),
        (",1,", ",one,", "row 2, line: 'one' is not a number like 5"),
        (",1,", ",٣,", "row 2, line: '٣' is not a number like 5"),
        ("16 Actas", "many", "row 2, targets: 'many' is not amounts like"),
        ("16 Actas", "16 Actas +", "is not amounts like"),
        ("2024-01-01", "soon", "row 2, start: 'soon' is not a day like 2024-12-31"),
        ("2024-12-31", "31/02/2024", "row 2, end: '31/02/2024' is not a day"),
        (",4,", ",-4,", "row 2, counted_by_31_march_2024: '-4' is not amounts like"),
        ("25 %", "a quarter", "row 2, published: 'a quarter' is not a percentage like 12.5 %"),
        ("25 %", "x" * 500, f"row 2, published: '{'x' * 40}…' is not"),
    ],
)
def test_an_invalid_cell_is_refused(old: str, new: str, said: str) -> None:
    with pytest.raises(UnreadableTable) as raised:
        table(ROW.replace(old, new))
    assert said in str(raised.value)


@given(st.binary() | st.text().map(lambda text: f"{HEAD}\n{text}".encode("utf-8", "surrogatepass")))
def test_any_file_is_read_or_refused(content: bytes) -> None:
    try:
        rows = read(content)
    except UnreadableTable as refused:
        assert str(refused)
    else:
        compare(sample(), rows)


@given(st.lists(st.text(st.characters(codec="utf-8"), max_size=12), min_size=9, max_size=9))
def test_any_row_is_read_or_refused(cells: list[str]) -> None:
    written = io.StringIO()
    csv.writer(written).writerow(cells)
    try:
        compare(sample(), table(written.getvalue()))
    except UnreadableTable as refused:
        assert str(refused)


@pytest.mark.parametrize("published", ["25 %", "25%", "25.0 %", "25"])
def test_equal_percentages_are_not_found(published: str) -> None:
    assert found(ROW.replace("25 %", published)) == []


@pytest.mark.parametrize("published", ["6 %", "24.9 %", "26 %", "0 %", "menos de 1 %"])
def test_a_different_percentage_is_found(published: str) -> None:
    assert found(ROW.replace("25 %", published)) == [FindingKind.PUBLISHED_PERCENTAGE]


def test_an_empty_percentage_is_right_for_a_line_without_activities() -> None:
    nothing = report(unit(line(targets=(target(counted=0),), standstill="Nada todavía.")))
    without = ROW.replace(",4,25 %", ",0,")
    assert compare(nothing, table(without)) == ()
    assert compare(nothing, table(ROW.replace(",4,25 %", ",0,0 %"))) == ()
    assert kinds(compare(nothing, table(ROW.replace(",4,25 %", ",0,6 %")))) == [
        FindingKind.PUBLISHED_PERCENTAGE
    ]
    assert found(ROW.replace("25 %", "")) == [FindingKind.PUBLISHED_WITHOUT]
    before = report(unit(line(standstill="Se avanzó antes.")))
    assert kinds(compare(before, table(ROW.replace("25 %", "")))) == [FindingKind.PUBLISHED_WITHOUT]
    told = report(unit(line(activity(entries={}), targets=(target(counted=0),))))
    assert kinds(compare(told, table(without))) == [FindingKind.PUBLISHED_WITHOUT]


def test_a_different_count_is_found() -> None:
    assert found(ROW.replace(",4,", ",5,")) == [FindingKind.PUBLISHED_COUNTED]
    assert found(ROW.replace(",4,", ",4 actas,")) == []
    assert found(ROW.replace(",4,", ",4 acuerdos,")) == [FindingKind.PUBLISHED_COUNTED]
    assert found(ROW.replace(",4,", ",,")) == []


def test_several_targets_are_compared_with_the_published_ones() -> None:
    lines = report(unit(line(activity(), targets=BOTH, exact=Fraction(9, 14))))
    row = "dirección juridica,1,x,16 Actas + 12 Acuerdos,2024-01-01,2024-12-31,9 actas + 9 acuerdos,64 %,"
    assert compare(lines, table(row)) == ()
    assert compare(lines, table(row.replace("9 actas + 9 acuerdos", "9 acuerdos + 9 actas"))) == ()
    for old, new, kind in (
        ("9 actas +", "8 actas +", FindingKind.PUBLISHED_COUNTED),
        ("9 actas + 9 acuerdos", "9 actas", FindingKind.PUBLISHED_COUNTED),
        ("9 actas + 9 acuerdos", "9", FindingKind.PUBLISHED_COUNTED),
        ("12 Acuerdos", "11 Acuerdos", FindingKind.PUBLISHED_TARGETS),
    ):
        assert kinds(compare(lines, table(row.replace(old, new)))) == [kind]


def test_a_different_target_is_found() -> None:
    assert found(ROW.replace("16 Actas", "15 Actas")) == [FindingKind.PUBLISHED_TARGETS]
    assert found(ROW.replace("16 Actas", "16 Documentos")) == [FindingKind.PUBLISHED_TARGETS]
    assert found(ROW.replace("16 Actas", "16 acta")) == []
    assert found(ROW.replace("16 Actas", "")) == []
    shown = replace(target("Talleres", 3, 0), informative=True)
    assert found(ROW, targets=(target(), shown)) == []
    assert found(ROW.replace("16 Actas", "16 Actas + 3 Talleres"), targets=(target(), shown)) == []


def test_different_dates_and_dates_outside_the_year_are_found() -> None:
    old = {"starts_on": date(2023, 1, 1), "ends_on": date(2023, 12, 31)}
    wrong = ROW.replace("2024-01-01,2024-12-31", "2023-01-01,2023-12-31")
    assert found(ROW.replace("2024-12-31", "2024-11-30")) == [FindingKind.PUBLISHED_DATES]
    assert found(wrong) == [FindingKind.PUBLISHED_DATES]
    assert found(ROW, **old) == [FindingKind.PUBLISHED_DATES]
    assert found(wrong, **old) == [FindingKind.PUBLISHED_OUTSIDE]
    assert kinds(check(sample(**old), table(wrong))) == [FindingKind.LINE_DATES]  # told once
    assert found(ROW.replace("2024-01-01,2024-12-31", ",")) == []


def test_lines_missing_on_either_side_are_found() -> None:
    units = report(unit(line(activity()), line(activity(number=2), number=2)), unit(key="b", name="Archivo"))
    assert kinds(compare(units, table(ROW))) == [FindingKind.NOT_PUBLISHED]
    rows = ROW, ROW.replace(",1,", ",2,"), ROW.replace(",1,", ",3,"), ROW.replace("Jurídica", "de Zoología")
    strange = compare(units, table(*rows))
    assert [(each.kind, each.unit, each.unit_name, each.line) for each in strange] == [
        (FindingKind.ONLY_PUBLISHED, "juridica", "Dirección Jurídica", 3),
        (FindingKind.ONLY_PUBLISHED, "", "Dirección de Zoología", 1),
    ]
    one = replace(sample(), whole=False)
    assert compare(one, table(ROW, ROW.replace("Jurídica", "de Zoología"))) == ()
    assert kinds(compare(sample(), table(ROW, ROW))) == [FindingKind.PUBLISHED_TWICE]


def test_a_unit_is_recognized_by_a_similar_name() -> None:
    names = "Dirección de Vinculación y Políticas Públicas", "Dirección de Políticas Urbanas", "Archivo"
    units = report(*(unit(line(activity(number=n)), key=f"u{n}", name=name) for n, name in enumerate(names)))
    for said, key in (
        ("Direccion de Vinculación y Politicas Publicas", "u0"),
        ("Dir. de Vinculación y Políticas Públicas", "u0"),
        ("DIRECCIÓN DE POLÍTICAS URBANAS", "u1"),
        ("u2", "u2"),
        ("Dirección de Finanzas", ""),
        ("Dirección", ""),
    ):
        looked = compare(units, table(ROW.replace("Dirección Jurídica", said)))
        missing = {each.unit for each in looked if each.kind is FindingKind.NOT_PUBLISHED}
        assert missing == {"u0", "u1", "u2"} - {key}, said


def test_a_name_similar_to_two_units_is_not_recognized() -> None:
    names = "Dirección de Políticas Públicas 1", "Dirección de Políticas Públicas 2"
    units = report(*(unit(line(activity(number=n)), key=f"u{n}", name=name) for n, name in enumerate(names)))
    looked = compare(units, table(ROW.replace("Dirección Jurídica", "Dirección de Políticas Públicas")))
    assert kinds(looked) == [FindingKind.NOT_PUBLISHED, FindingKind.NOT_PUBLISHED, FindingKind.ONLY_PUBLISHED]


def test_the_sentences_of_a_comparison() -> None:
    lines = report(
        unit(line(activity(), targets=(target("Solicitudes", 40, 5),), shown="12.5")), unit(key="b")
    )
    wrong = "Dirección Jurídica,1,x,41 Solicitudes,2024-01-01,2024-11-30,1 solicitud,{},"
    rows = [wrong.format("6 %"), wrong.format("6 %"), wrong.format("6 %").replace(",1,", ",7,")]
    assert sentences(compare(lines, table(*rows))) == [
        "Dirección Jurídica, línea 1: se publicó 6 % y el avance es 12.5 % (5 de 40 solicitudes).",
        "Dirección Jurídica, línea 1: se publicó 1 solicitud; lo que cuenta: 5 solicitudes.",
        "Dirección Jurídica, línea 1: se publicó la meta de 41 solicitudes; es de 40 solicitudes.",
        "Dirección Jurídica, línea 1: se publicó del 1 de enero de 2024 al 30 de noviembre de 2024; "
        "va del 1 de enero de 2024 al 31 de diciembre de 2024.",
        "Dirección Jurídica, línea 1: está dos veces en la tabla publicada, en los renglones 2 y 3.",
        "Dirección Jurídica, línea 7: está en el renglón 4 de la tabla publicada y no en el programa.",
    ]
    assert sentences(compare(lines, ())) == ["Dirección Jurídica, línea 1: no está en la tabla publicada."]
    assert "menos de 1 %" in sentences(compare(lines, table(wrong.format("< 1 %"))))[0]
    assert "sin porcentaje" in sentences(compare(lines, table(wrong.format(""))))[0]
    old = report(unit(line(activity(), starts_on=date(2023, 1, 1), ends_on=date(2023, 12, 31))))
    outside = ROW.replace("2024-01-01,2024-12-31", "2023-01-01,2023-12-31")
    assert sentences(compare(old, table(outside)))[0].endswith(
        "del 1 de enero de 2023 al 31 de diciembre de 2023, fuera del ejercicio 2024."
    )


@given(st.fractions(0, 3))
def test_percentages_as_shown_are_parsed_as_the_share(share: Fraction) -> None:
    shown = percentage(share)
    if shown is not None and not (shown == 99 and share * 100 >= Fraction(199, 2)):  # never rounded up to 100
        assert reads(share, shown)
    assert not reads(share, Decimal(int(share * 100)) + 2)
