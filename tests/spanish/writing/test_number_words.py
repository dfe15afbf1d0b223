"""Numbers in words, compared with num2words."""

import re

from hypothesis import given
from hypothesis import strategies as st
from num2words import num2words

from spanish.writing.folding import fold
from spanish.writing.number_words import in_digits, value

numbers = st.integers(0, 9_999)


def _feminine(words: str) -> str:
    return re.sub(r"uno\b", "una", re.sub(r"(cient|nient)os\b", r"\1as", words))


def test_every_number_to_9999_is_read_in_both_genders() -> None:
    for number in range(10_000):
        words = fold(num2words(number, lang="es"))
        assert value(words) == value(_feminine(words)) == number


@given(numbers)
def test_a_number_in_a_sentence_becomes_digits(number: int) -> None:
    words = num2words(number, lang="es")
    said = in_digits(fold(f"Se atendieron {words} asuntos, y nada más."))
    expected = "uno" if number == 1 else str(number)
    assert said == f"se atendieron {expected} asuntos, y nada mas."


@given(numbers, numbers)
def test_two_adjacent_numbers_stay_two(first: int, second: int) -> None:
    said = in_digits(f"{fold(num2words(first, lang='es'))}, {fold(num2words(second, lang='es'))}")
    assert re.sub(r"\buno\b", "1", said) == f"{first}, {second}"


def test_other_words_are_left_unchanged() -> None:
    for text in ("milpa y unos cientos", "treintañero", "oncemil", "cientos de miles", "y nueva"):
        assert in_digits(fold(text)) == fold(text)
    assert value("treinta y nueve bienes") is None
    assert value("") is None
    assert value("y") is None


@given(st.text())
def test_no_text_raises_an_error(text: str) -> None:
    in_digits(fold(text))
    value(fold(text))
