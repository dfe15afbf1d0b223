"""What a report's text may not do to any message: lose or invent a number, a name or a folio."""

import re
from collections import Counter

import pytest

from spanish.rewording.chat_words import is_short
from spanish.rewording.sentence import House, reworded
from spanish.writing.days import MONTHS
from spanish.writing.folding import fold
from tests.spanish.rewording.messages import SETS, typed

_NUMBER = re.compile(r"\d+(?:[.,]\d+)*")
_FOLIO = re.compile(r"(?<!\w)[A-Z]{2,}[\w-]*(?:/[\w-]+)+|(?<!\w)[A-Z][A-Z\d]+(?!\w)")
_WRITTEN_DATE = re.compile(
    rf"(?:(?:semana )?del (\d+) (?:de \w+ )?al (\d+)|los días (\d+) y (\d+)|(\d+)) de (?:{'|'.join(MONTHS)})"
)
each_set = pytest.mark.parametrize("name", SETS)


def _numbers(text: str) -> Counter[str]:
    return Counter(_NUMBER.findall(text))


@each_set
def test_numbers_folios_and_acronyms_survive(name: str) -> None:
    for told in typed(name):
        text = reworded(told.text, told.today, told.own)
        before, after = _numbers(told.text), _numbers(text)
        assert before - after == Counter(), told
        dates = Counter(each for found in _WRITTEN_DATE.finditer(text) for each in found.groups() if each)
        assert after - before <= dates, told  # only the days of dates are new
        letters = [each for each in told.text if each.isalpha()]
        if sum(map(str.isupper, letters)) < 0.5 * len(letters):
            assert Counter(_FOLIO.findall(told.text)) == Counter(_FOLIO.findall(text)), told
        else:
            kept, said = (Counter(map(fold, _FOLIO.findall(each))) for each in (text, told.text))
            assert kept <= said, told


@each_set
def test_names_survive(name: str) -> None:
    for told in typed(name):
        text = fold(reworded(told.text, told.today, told.own))
        for found in re.finditer(r"(?<=[^\W\d_] )[A-ZÁÉÍÓÚÑ][a-záéíóúñ]+(?!\w)", told.text):
            one = fold(found[0])
            if not is_short(one) and one not in ("usted", "lic", "gral", "conta"):
                assert one in text, found[0]


@pytest.mark.slow
@each_set
def test_a_reports_text_is_not_changed_again(name: str) -> None:
    for told in typed(name):
        once = reworded(told.text, told.today, told.own)
        assert reworded(once, told.today, told.own) == once
        assert reworded(once, told.own[1], told.own) == once, "whenever it is looked at"


@pytest.mark.slow
@each_set
def test_it_keeps_the_first_person_where_the_agency_does(name: str) -> None:
    house = House(impersonal=False)
    for told in typed(name):
        once = reworded(told.text, told.today, told.own, house)
        assert reworded(once, told.today, told.own, house) == once
        assert _numbers(told.text) - _numbers(once) == Counter()
