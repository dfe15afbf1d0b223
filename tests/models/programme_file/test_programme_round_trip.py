"""A programme that is written and read back is the same."""

import pytest
from hypothesis import given, settings

from models.programme.format import ProgrammeFile
from models.programme_file.excel_writing import write_excel
from models.programme_file.file import BUNDLED, read, write
from tests.models.programme_file.programme_sample import SOUND
from tests.models.programme_file.programme_strategies import programmes


@pytest.mark.slow
@given(programmes())
@settings(max_examples=60)
def test_any_programme_reads_back_the_same(programme: ProgrammeFile) -> None:
    text = write(programme)
    reading = read(text)
    assert reading.errors == (), text
    assert reading.programme == programme, text
    assert read(text.encode()).programme == programme


@pytest.mark.slow
@given(programmes())
@settings(max_examples=60)
def test_any_programme_reads_back_the_same_from_excel(programme: ProgrammeFile) -> None:
    reading = read(write_excel(programme))
    assert reading.errors == ()
    assert reading.programme == programme
    assert read(write(reading.programme)).programme == programme


def test_nulls_and_decimals_stay_as_they_are_in_the_text() -> None:
    programme = read(SOUND).programme
    assert programme is not None
    text = write(programme)
    assert "plan: [0, null, 5, 0]" in text
    assert "amount: 12.5\n" in text
    assert "demand_driven" not in text


def test_the_bundled_file_reads_back_the_same() -> None:
    programme = read(BUNDLED.read_bytes()).programme
    assert programme is not None
    assert read(write(programme)).programme == programme
    assert read(write_excel(programme)).programme == programme


@pytest.mark.parametrize("sign", "?-:#&*!|>%@`'\"[]{},~=<")
def test_an_alias_that_begins_with_a_sign_reads_back_the_same(sign: str) -> None:
    programme = read(SOUND).programme
    assert programme is not None
    unit = programme.units[0].model_copy(update={"aliases": (f"{sign}N", f"{sign}M")})
    named = programme.model_copy(update={"units": (unit, *programme.units[1:])})
    assert read(write(named)).programme == named
