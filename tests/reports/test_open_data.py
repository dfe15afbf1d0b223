"""Open data: exact, documented field by field, without names of people."""

import csv
import io
import json
import re
from collections.abc import Iterator
from dataclasses import replace
from decimal import Decimal
from fractions import Fraction
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from reports import open_data
from reports.quarterly.content import Report, SignaturePart
from reports.texts import open_data as texts
from tests.reports.samples.replayed import EVIDENCE, MOMENT, replayed, with_line, with_unit

DOCUMENT = (Path(__file__).parents[2] / "docs" / "open-data.md").read_text(encoding="utf-8")
PERSON = "Roberto Gómez Ruiz"
HOSTILE = ["=1+1", '"quoted", and, commas', "two\nlines\ttab", "<b>&</b> {{7*7}} $x$", "á" * 5000]


def table(report: Report) -> list[dict[str, str]]:
    return list(csv.DictReader(io.StringIO(open_data.as_csv(report).decode("utf-8-sig"), newline="")))


def shape(report: Report) -> Any:
    return json.loads(open_data.as_json(report))


def named() -> Report:
    """Return a report with a name wherever the content can have one."""
    report = with_unit(replayed(), 5, signature=SignaturePart(PERSON, PERSON, MOMENT, "ab" * 32))
    line = report.units[0].lines[2]
    activities = tuple(replace(each, registered_by=PERSON) for each in line.activities)
    return with_line(report, 0, line.number, activities=activities)


def fields(part: Any) -> Iterator[str]:
    if isinstance(part, dict):
        for name, inner in part.items():
            yield name
            yield from fields(inner)
    elif isinstance(part, list):
        for each in part:
            yield from fields(each)


def test_the_table_has_a_row_for_each_target_with_its_exact_amounts() -> None:
    found = iter(table(replayed()))
    for unit in replayed().units:
        for line in unit.lines:
            for target in line.targets:
                row = next(found)
                assert (row[texts.UNIT_KEY], int(row[texts.LINE])) == (unit.key, line.number)
                assert Decimal(row[texts.COUNTED]) == target.counted
                assert Decimal(row[texts.AMOUNT]) == target.amount
                assert row[texts.SHOWN] == f"{line.shown} %"
                assert abs(Fraction(row[texts.LINE_SHARE]) - line.exact) <= Fraction(1, 2 * 10**6)
                assert row[texts.SENTENCE] == (line.closing or "")
    assert next(found, None) is None


def test_the_table_is_of_rfc_4180_and_excel_sees_its_accents() -> None:
    made = open_data.as_csv(replayed())
    assert made.startswith(b"\xef\xbb\xbfejercicio,trimestre,") and made.endswith(b"\r\n")
    assert len(made.splitlines()) == 29  # the head and 28 targets, one of them informative


@pytest.mark.parametrize("text", HOSTILE)
def test_texts_are_unchanged(text: str) -> None:
    report = with_line(replayed(), 2, 2, title=text, observation=text)
    (row,) = [each for each in table(report) if each[texts.TITLE] == text]
    assert row[texts.OBSERVATION] == text
    assert shape(report)["units"][2]["lines"][1]["title"] == text


def test_control_characters_are_visible_in_the_csv_and_kept_in_the_json() -> None:
    text = "a\x00\x1b\ud800z"
    report = with_line(replayed(), 2, 2, title=text)
    assert "a���z" in {row[texts.TITLE] for row in table(report)}
    assert shape(report)["units"][2]["lines"][1]["title"] == text


def test_the_json_has_every_figure_exactly() -> None:
    said = shape(replayed())
    assert (said["quarter"], said["on"], said["draft"]) == ("2024-T1", "2024-03-31", True)
    for unit, unit_said in zip(replayed().units, said["units"], strict=True):
        assert Fraction(unit_said["exact"]) == unit.exact
        for line, line_said in zip(unit.lines, unit_said["lines"], strict=True):
            assert (Fraction(line_said["exact"]), line_said["closing"]) == (line.exact, line.closing)
            assert [each["id"] for each in line_said["activities"]] == [each.id for each in line.activities]
            for target, target_said in zip(line.targets, line_said["targets"], strict=True):
                assert Decimal(target_said["counted"]) == target.counted
                assert tuple(map(Fraction, target_said["by_quarter"])) == target.by_quarter
    juridica = said["units"][5]["lines"][0]
    assert (juridica["exact"], juridica["shown"], juridica["signal"]) == ("9/14", "64 %", "green")
    assert said["units"][1]["lines"][0]["targets"][0]["adjustments"][0]["amount"] == "44"


def test_open_data_names_nobody() -> None:
    for made in (open_data.as_csv(named()), open_data.as_json(named())):
        text = made.decode("utf-8-sig")
        assert PERSON not in text and not any(name in text for name in EVIDENCE)
        assert "16.7537" not in text
    assert shape(named())["units"][5]["signature"]["sha256"] == "ab" * 32


def test_every_field_is_documented() -> None:
    documented = set(re.findall(r"`(\w+)`", DOCUMENT))
    assert set(open_data.COLUMNS) <= documented
    line = replayed().units[0].lines[0]
    without_indicators = with_line(named(), 0, line.number, indicator={})
    assert set(fields(shape(without_indicators))) <= documented


@given(st.fractions(min_value=0, max_value=10**9))
def test_computed_amounts_are_rounded_half_up_to_six_places(value: Fraction) -> None:
    text = open_data._rounded(value)
    assert re.fullmatch(r"\d+(\.\d{0,5}[1-9])?", text)
    assert -Fraction(1, 2 * 10**6) < Fraction(text) - value <= Fraction(1, 2 * 10**6)
