"""The year's quarters as people typed them: what the report prints of each message."""

from pathlib import Path

import pytest

from models.quarter import Quarter
from reports import checks, pdf
from reports.checks.wording import house
from reports.quarterly.content import ActivityPart, Report
from reports.texts import checks as sentences
from spanish.rewording.sentence import Remainder, remains
from tests.reports.samples.sample import Album
from tests.reports.samples.typed_quarter import typed_quarter

NEVER = {Remainder.GREETING, Remainder.SMALL_LETTER, Remainder.NO_STOP, Remainder.PICTURE}
MOST_LEFT = 0.06  # share of the activities in which something is left to people


def activities(report: Report) -> list[ActivityPart]:
    return [each for unit in report.units for line in unit.lines for each in line.activities]


@pytest.mark.parametrize("number", [1, 2, 3, 4])
def test_a_quarter_as_people_typed_it_can_be_presented(tmp_path: Path, number: int) -> None:
    report = typed_quarter(tmp_path, Quarter(2024, number))
    found = activities(report)
    assert len(found) > 10
    left = {each.id: remains(each.text, house(report)) for each in found}
    assert not [each for each in left.values() if each.keys() & NEVER]
    assert sum(map(bool, left.values())) <= MOST_LEFT * len(found), left
    for each in found:
        assert each.narrative and each.paragraphs and "😅" not in each.paragraphs[0]


def test_what_is_left_is_said_in_the_check(tmp_path: Path) -> None:
    said = sentences.sentences(checks.check(typed_quarter(tmp_path, Quarter(2024, 1))))
    assert any("en el texto del informe revise: primera persona («" in each for each in said)


def test_it_is_printed_with_its_pictures(tmp_path: Path) -> None:
    album = Album(tmp_path / "evidence")
    report = typed_quarter(tmp_path, Quarter(2024, 1), album=album)
    assert sum(len(group.figures) for each in activities(report) for group in each.groups) >= 40
    assert pdf.render(report, album.place).startswith(b"%PDF")
