"""What a correction replaces, by what."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from spanish.reading.replacement import read_replacement


@pytest.mark.parametrize(
    ("text", "old", "new"),
    [
        ("no era ayer era antier", "ayer", "antier"),
        ("no fueron 3, fueron 4", "3", "4"),
        ("no son tres sino cuatro", "3", "4"),
        ("perdón, no era la línea 2, era la 3", "linea 2", "linea 3"),
        ("no eran seis mujeres, eran siete", "6 mujeres", "7 mujeres"),
        ("puse 3 actas pero eran 4", "3 actas", "4 actas"),
        ("fueron 4, no 3", "3", "fueron 4"),
        ("eran 7 mujeres en vez de 6", "6", "eran 7 mujeres"),
        ("cambia las actas a 3", "actas", "3 actas"),
        ("y no fue en el auditorio, fue en la Sala de Juntas", "en el auditorio", "en la Sala de Juntas"),
    ],
)
def test_the_old_value_and_the_new_one(text: str, old: str, new: str) -> None:
    found = read_replacement(text)
    assert found is not None and (found.old, found.new[0]) == (old, new)


@pytest.mark.parametrize(
    "text",
    ["no fueron 3", "no", "era ayer", "se hizo la sesión", "no, era la línea 2", "no se levantó el acta"],
)
def test_without_an_old_value_nothing_is_replaced(text: str) -> None:
    assert read_replacement(text) is None


@given(st.text(max_size=200))
def test_any_text_is_read(text: str) -> None:
    read_replacement(text)
