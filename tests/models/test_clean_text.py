"""Names and file names are cleaned of characters that hide, move or break the text beside them."""

import re
import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from models.clean_text import (
    FILE_NAME_BYTES,
    beside_other_text,
    clean_file_name,
    clean_name,
    in_place,
    is_blank,
    without_control,
    without_runs_of_blanks,
)

INVISIBLE = [
    "",
    " \u00a0\u2003\u3000",
    "\u200b\u200c\u200d\u2060\ufeff",
    "\u3164",
    "\u115f\u1160\uffa0",
    "\u2800\u2800",
    "\u0301\u0301",
    "\u202e\u2066",
    "\U000e0041\U000e007f",
    "\x00\x1b\x07",
    "\u034f\ufe0f",
    "\U0001d159",
    "\ud800",
    "\ufffc",
]


@pytest.mark.parametrize("text", INVISIBLE, ids=ascii)
def test_invisible_characters_are_blank_and_not_a_name(text: str) -> None:
    assert is_blank(text)
    assert clean_name(text) == ""
    assert clean_file_name(text) == ""


@pytest.mark.parametrize(
    ("given_name", "name"),
    [
        ("  Ana\u200b  Ruiz\u202e ", "Ana Ruiz"),
        ("Jose\u0301 Mun\u0303oz", "José Muñoz"),
        ("A\u200dna", "Ana"),
        ("Ana\nRuiz\x00", "Ana Ruiz"),
        ("Ana\u3164Ruiz", "AnaRuiz"),
        ("👩\u200d🌾 Ana ❤\ufe0f", "👩\u200d🌾 Ana ❤\ufe0f"),
        ("क\u094d\u200dष", "क\u094d\u200dष"),
        ("Z" + "\u0335" * 40, "Z" + "\u0335" * 3),
    ],
    ids=ascii,
)
def test_a_name_keeps_its_visible_characters(given_name: str, name: str) -> None:
    assert clean_name(given_name) == name


@pytest.mark.parametrize(
    ("given_name", "name"),
    [
        ("acta\r\nX-Evil: 1.pdf", "acta X-Evil: 1.pdf"),
        ("acta\u202efdp.exe", "actafdp.exe"),
        ("../../etc/passwd", "_.._etc_passwd"),
        ('a"b.pdf', "a_b.pdf"),
        ("acta\x00.pdf", "acta.pdf"),
        ("ñ" * 300 + ".pdf", "ñ" * 98 + ".pdf"),
    ],
    ids=ascii,
)
def test_a_file_name_keeps_its_extension(given_name: str, name: str) -> None:
    assert clean_file_name(given_name) == name


@given(st.text(st.characters(codec=None)))
def test_any_cleaned_text_is_clean(text: str) -> None:
    for cleaned in (clean_name(text), clean_file_name(text)):
        assert cleaned == "" or not is_blank(cleaned)
        assert not any(unicodedata.category(each) in ("Cc", "Cs") for each in cleaned)
        assert "\n" not in cleaned
        cleaned.encode()
    assert clean_name(clean_name(text)) == clean_name(text)
    assert clean_file_name(clean_file_name(text)) == clean_file_name(text)
    assert len(clean_file_name(text).encode()) <= FILE_NAME_BYTES
    without_control(text).encode()


def test_right_to_left_letters_are_isolated_and_direction_characters_removed() -> None:
    assert beside_other_text("Ana") == "Ana"
    assert beside_other_text("\u202eanA 21 %") == "anA 21 %"
    assert beside_other_text("אבג") == "\u2068אבג\u2069"
    assert beside_other_text("Ana\nאבג 21") == "Ana\n\u2068אבג 21\u2069"


@given(st.text("a 1\nאع\u2067\u2068\u2069\u202e"))
def test_a_finished_text_does_not_reorder_the_text_around_it(text: str) -> None:
    shown = in_place(text)
    for line in shown.split("\n"):
        outside = re.sub("\u2068[^\u2068\u2069]*\u2069", "", line)
        assert not set(outside) & set("אع\u2067\u2068\u2069\u202e")
    assert re.sub("[\u2068\u2069]", "", shown) == re.sub("[\u2067-\u2069\u202e]", "", text)
    assert in_place(shown) == shown


@pytest.mark.parametrize(
    ("text", "shown"),
    [
        ("2   actas", "2 actas"),
        ("a\t \xa0b", "a b"),
        ("a\n \n\n\nb", "a\n\nb"),
        ("a\nb c", "a\nb c"),
        ("", ""),
    ],
)
def test_runs_of_blanks_become_one(text: str, shown: str) -> None:
    assert without_runs_of_blanks(text) == shown
