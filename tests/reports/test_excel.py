"""The report's workbook, read by openpyxl: numbers, dates and texts have their types."""

from dataclasses import replace
from datetime import date, datetime
from decimal import Decimal
from fractions import Fraction
from io import BytesIO
from typing import Any
from zipfile import ZipFile

import openpyxl
import pytest
from hypothesis import given
from hypothesis import strategies as st

from reports import excel
from reports.legible import REPLACEMENT, legible
from reports.quarterly.content import Report
from reports.texts import headings, sheets
from reports.workbook import LARGEST_CELL, cut
from tests.reports.samples.replayed import replayed, with_line, with_unit

TABLES = [
    sheets.PROGRESS,
    sheets.ACTIVITIES,
    sheets.PARTICIPANTS,
    sheets.EVIDENCE,
    sheets.ADJUSTMENTS,
    headings.ANNEX,
]
JURIDICA = 5  # the unit's place
HOSTILE = ["=1+1", "+52 961 000", "-3", "@SUM(A1)", '=HYPERLINK("http://x")', "http://x.mx", "0012", "1e5"]


def opened(report: Report) -> Any:
    return openpyxl.load_workbook(BytesIO(excel.render(report)))


def rows(book: Any, name: str) -> list[dict[str, Any]]:
    """Return each row by the titles of its columns."""
    head, *others = book[name].iter_rows(values_only=True)
    return [dict(zip(head, row, strict=True)) for row in others]


@pytest.fixture(scope="module")
def book() -> Any:
    return opened(replayed())


def test_the_sheets_are_in_order(book: Any) -> None:
    assert book.sheetnames == [sheets.SUMMARY, *TABLES]


@pytest.mark.parametrize("name", TABLES)
def test_every_table_has_filters_a_frozen_head_and_prints_on_its_side(book: Any, name: str) -> None:
    sheet = book[name]
    assert sheet.auto_filter.ref == sheet.dimensions
    assert sheet.freeze_panes.endswith("2") and sheet.freeze_panes != "A2"
    assert sheet.page_setup.orientation == "landscape" and sheet.sheet_properties.pageSetUpPr.fitToPage
    assert sheet.print_title_rows == "$1:$1"
    assert all(sheet.column_dimensions[cell.column_letter].width for cell in sheet[1])


def test_every_figure_of_the_report_is_a_number_and_every_day_a_day(book: Any) -> None:
    found = iter(rows(book, sheets.PROGRESS))
    for unit in replayed().units:
        for line in unit.lines:
            for target in line.targets:
                row = next(found)
                assert (row[sheets.UNIT], row[sheets.LINE]) == (unit.name, line.number)
                assert row[sheets.STARTS] == datetime.combine(line.starts_on, datetime.min.time())
                assert (row[sheets.AMOUNT], row[sheets.COUNTED]) == (target.amount, target.counted)
                assert (row[sheets.PROGRAMMED], row[sheets.PENDING]) == (target.programmed, target.pending)
                assert row[sheets.LINE_SHARE] == pytest.approx(float(line.exact))
                assert row[sheets.PLANNED] == pytest.approx(float(target.planned))
                assert row[sheets.SHOWN] == f"{line.shown} %"
                assert (line.closing or "") in (row[sheets.SENTENCE] or "")
    assert next(found, None) is None


def test_a_percentage_is_a_number_shown_as_one_beside_what_is_printed(book: Any) -> None:
    sheet = book[sheets.PROGRESS]
    head = {cell.value: cell.column for cell in sheet[1]}
    share, shown = (sheet.cell(3, head[title]) for title in (sheets.LINE_SHARE, sheets.SHOWN))
    assert (share.value, share.data_type, share.number_format) == (0.125, "n", "0.0%")
    assert (shown.value, shown.data_type) == ("12.5 %", "s")
    day = sheet.cell(3, head[sheets.ENDS])
    assert day.is_date and day.number_format == "dd/mm/yyyy"


def test_an_activity_has_a_row_for_each_target(book: Any) -> None:
    found = [row for row in rows(book, sheets.ACTIVITIES) if row[sheets.ACTIVITY] == 20]
    said = [(row[sheets.MEASURE], row[sheets.QUANTITY], row[sheets.PENDING]) for row in found]
    assert said == [("Actas", 1, 0), ("Acuerdos", 5, 2)]
    assert found[0][sheets.REGISTERED_AT] == datetime.fromisoformat("2024-02-15T19:10")  # in Chiapas
    activities = {each.id for unit in replayed().units for line in unit.lines for each in line.activities}
    assert {row[sheets.ACTIVITY] for row in rows(book, sheets.ACTIVITIES)} == activities


def test_participants_by_sex_and_sector_with_unknown_parts_empty(book: Any) -> None:
    first, second = rows(book, sheets.PARTICIPANTS)
    assert (first[sheets.PEOPLE], first["Mujeres"], first["Hombres"]) == (9, 6, 3)
    assert (first[sheets.SEX_UNSAID], first["Sector privado"], first[sheets.SECTOR_UNSAID]) == (0, None, 9)
    assert (second[sheets.PEOPLE], second["Mujeres"], second[sheets.SEX_UNSAID]) == (12, None, 12)


def test_evidence_has_hash_state_and_location(book: Any) -> None:
    found = {row[sheets.NAME]: row for row in rows(book, sheets.EVIDENCE)}
    assert len(found["acta.pdf"][sheets.SHA256]) == 64 and found["acta.pdf"][sheets.BYTES] == 13
    assert found["perdida.jpg"][sheets.SHA256] == headings.NO_FILE
    assert (found[None][sheets.LATITUDE], found[None][sheets.SHA256]) == (16.7537, None)


def test_adjustments_have_old_and_new_amounts(book: Any) -> None:
    (row,) = rows(book, sheets.ADJUSTMENTS)
    assert (row[sheets.BEFORE], row[sheets.AFTER], row[sheets.DAY]) == (
        40,
        44,
        datetime.fromisoformat("2024-03-01"),
    )
    assert row[sheets.LETTER] == "SESAECH/UT/9/2024"


def test_each_adjustment_begins_where_the_one_before_ended() -> None:
    target = replayed().units[1].lines[0].targets[0]
    (first,) = target.adjustments
    later = replace(first, on=date(2024, 3, 20), amount=Decimal("50.5"), letter=None)
    report = with_line(replayed(), 1, 1, targets=(replace(target, adjustments=(first, later)),))
    found = rows(opened(report), sheets.ADJUSTMENTS)
    assert [(row[sheets.BEFORE], row[sheets.AFTER]) for row in found] == [(40, 44), (44, 50.5)]


def test_the_seal_lists_files_and_the_chain_head(book: Any) -> None:
    found = rows(book, headings.ANNEX)
    assert [row[sheets.BLOCK] for row in found] == [
        *[headings.FILES] * 4,
        headings.CHAIN,
        headings.COUNT,
        *[sheets.SHEETS] * 7,
    ]
    assert found[4][sheets.SHA256] == replayed().seal.head


def test_the_first_sheet_says_what_it_is_and_how_it_was_computed(book: Any) -> None:
    said = [str(cell) for row in book[sheets.SUMMARY].iter_rows(values_only=True) for cell in row if cell]
    report = replayed()
    assert {report.title, report.draft_note, sheets.HOW_COMPUTED} <= set(said)
    assert {unit.name for unit in report.units} <= set(said)
    assert book.properties.created == datetime.fromisoformat("2024-04-02T10:00")


@pytest.mark.parametrize("text", HOSTILE)
def test_text_cells_stay_text(text: str) -> None:
    report = with_line(replayed(), JURIDICA, 1, title=text, observation=text)
    report = replace(with_unit(report, JURIDICA, name=text), title=text)
    made = excel.render(report)
    with ZipFile(BytesIO(made)) as archive:
        for name in archive.namelist():
            assert b"<f>" not in archive.read(name) and b"hyperlink" not in archive.read(name)
    cells = [c for s in openpyxl.load_workbook(BytesIO(made)) for row in s.iter_rows() for c in row]
    same = [cell for cell in cells if cell.value == text]
    assert len(same) > 5 and {cell.data_type for cell in same} == {"s"}


def test_markup_long_words_and_control_characters_are_as_typed() -> None:
    typed = [
        "<b>&amp;</b>",
        "{{7*7}} #panic() $x$",
        "a" * 5000,
        "a\x00\x07\x1bz\ud800\uffff",
        "_x0041_ sí\n\tno",
    ]
    report = replayed()
    line = report.units[JURIDICA].lines[0]
    activities = tuple(
        replace(each, narrative=text) for each, text in zip(line.activities, typed, strict=False)
    )
    made = excel.render(with_line(report, JURIDICA, 1, activities=activities))
    with ZipFile(BytesIO(made)) as archive:
        shared = archive.read("xl/sharedStrings.xml").decode()
    found = {
        row[sheets.NARRATIVE]
        for row in rows(opened(with_line(report, JURIDICA, 1, activities=activities)), sheets.ACTIVITIES)
    }
    assert {*typed[:3], f"a{REPLACEMENT * 3}z{REPLACEMENT * 2}"} <= found
    assert "_x005F_x0041_ sí" in shared  # Excel's way to write what would be read as an escape


def test_a_text_too_long_for_a_cell_is_cut_with_a_remark() -> None:
    report = with_line(replayed(), JURIDICA, 1, observation="😀" * 40_000)
    (said, _) = [
        row[sheets.SENTENCE]
        for row in rows(opened(report), sheets.PROGRESS)
        if (row[sheets.SENTENCE] or "").endswith("]")
    ]
    assert "40,0" in said[-110:] and len(said.encode("utf-16-le")) <= 2 * LARGEST_CELL


@given(st.text(alphabet="a😀\n", max_size=80), st.integers(0, 40_000))
def test_a_cut_text_always_fits(text: str, more: int) -> None:
    whole = text + "é" * more
    done = cut(whole)
    assert len(done.encode("utf-16-le")) <= 2 * LARGEST_CELL
    assert done == whole or done.endswith(sheets.cut(len(whole)))


@given(st.text(alphabet=st.characters()))
def test_legible_text_has_only_characters_allowed_in_xml(text: str) -> None:
    from lxml import etree

    element = etree.Element("t")
    element.text = legible(text)  # raises where it cannot
    assert legible(legible(text)) == legible(text)
    assert len(legible(text)) == len(text.replace("\r\n", "\n"))


def test_decimals_are_shown_only_if_there_are_any() -> None:
    report = replayed()
    target = replace(
        report.units[0].lines[0].targets[0],
        amount=Decimal("12.5"),
        counted=Decimal(61640),
        planned=Fraction(203, 3),
    )
    sheet = opened(with_line(report, 0, 1, targets=(target,)))[sheets.PROGRESS]
    head = {cell.value: cell.column for cell in sheet[1]}
    formats = {
        title: sheet.cell(2, head[title]).number_format
        for title in (sheets.AMOUNT, sheets.COUNTED, sheets.PLANNED)
    }
    assert list(formats.values()) == ["#,##0.0#####", "#,##0", "#,##0.0#"]


def test_the_same_report_gives_the_same_bytes() -> None:
    assert excel.render(replayed()) == excel.render(replayed())


def test_an_empty_report_is_a_valid_workbook() -> None:
    report = replayed()
    empty = replace(report, units=(), on=date(2024, 3, 31), seal=replace(report.seal, files=()))
    book = opened(empty)
    assert book.sheetnames == [sheets.SUMMARY, *TABLES]
    assert rows(book, sheets.PROGRESS) == []
