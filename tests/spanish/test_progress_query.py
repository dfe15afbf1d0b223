"""The arguments of `/avance` in every form that people write them."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from models.errors import Rejected
from models.programme.view import UnitView
from models.programme_file.file import BUNDLED, read
from spanish.reading.progress_query import correct_typos, find_units, read_words

_PROGRAMME = read(BUNDLED.read_bytes()).programme
assert _PROGRAMME is not None
UNITS = tuple(
    UnitView(number, unit.key, unit.name, tuple(unit.aliases), None, None, ())
    for number, unit in enumerate(_PROGRAMME.units, 1)
)
ALL = {unit.key for unit in UNITS}
APOYO = "apoyo-administrativo"


def understood(text: str) -> tuple[set[str], dict[str, int]]:
    """Return the units meant, and what else is given."""
    query = read_words(text)
    found = find_units(query.words, UNITS, ["SESAECH"])
    if found.unknown:
        query = correct_typos(query, found.unknown)
        found = find_units(query.words, UNITS, ["SESAECH"])
    if found.unknown:
        raise LookupError(" ".join(found.unknown))
    said = {"line": query.line, "quarter": query.quarter, "month": query.month, "year": query.year}
    keys = ALL if found.whole else {unit.key for unit in found.units}
    return keys, {what: value for what, value in said.items() if value is not None}


@pytest.mark.parametrize(
    ("text", "unit"),
    [
        ("juridica", "juridica"),
        ("JURÍDICA", "juridica"),
        ("dirección jurídica", "juridica"),
        ("dj", "juridica"),
        ("jurdica", "juridica"),
        ("juridico", "juridica"),
        ("dir juridica", "juridica"),
        ("¿cómo va jurídica?", "juridica"),
        ("DVPP", "vinculacion"),
        ("vincu", "vinculacion"),
        ("politica publica", "vinculacion"),
        ("la Dirección de Vinculación y Políticas Públicas", "vinculacion"),
        ("archibo", "archivo"),
        ("ca", "archivo"),
        ("sistema", "sistemas"),
        ("direcion sistema electronico", "sistemas"),
        ("plataforma digital", "sistemas"),
        ("uaa", APOYO),
        ("admin", APOYO),
        ("unidad apoyo adminstrativo", APOYO),
        ("apoyo-administrativo", APOYO),
        ("unidad de trasparencia", "transparencia"),
    ],
)
def test_units_by_name_alias_initials_and_with_typos(text: str, unit: str) -> None:
    assert understood(text) == ({unit}, {})


@pytest.mark.parametrize(
    ("text", "units"),
    [
        ("direccion", {"vinculacion", "sistemas", "juridica"}),
        ("unidad", {APOYO, "transparencia"}),
        ("archivo juridica", {"archivo", "juridica"}),
        ("", set()),
        ("sesaech", ALL),
        ("institución", ALL),
        ("todas", ALL),
    ],
)
def test_several_units_no_unit_and_all_units(text: str, units: set[str]) -> None:
    assert understood(text) == (units, {})


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("3", {"line": 3}),
        ("línea 3", {"line": 3}),
        ("linea3", {"line": 3}),
        ("segunda línea", {"line": 2}),
        ("2a línea", {"line": 2}),
        ("T2", {"quarter": 2}),
        ("2T", {"quarter": 2}),
        ("2º", {"quarter": 2}),
        ("2°", {"quarter": 2}),
        ("2o trimestre", {"quarter": 2}),
        ("2do. trimestre", {"quarter": 2}),
        ("segundo", {"quarter": 2}),
        ("segundo trimestre", {"quarter": 2}),
        ("segudo trimestre", {"quarter": 2}),
        ("trimestre 2", {"quarter": 2}),
        ("1er trimestre", {"quarter": 1}),
        ("tercer trimestre", {"quarter": 3}),
        ("4to", {"quarter": 4}),
        ("III trimestre", {"quarter": 3}),
        ("febrero", {"quarter": 1, "month": 2}),
        ("Febreo", {"quarter": 1, "month": 2}),
        ("oct", {"quarter": 4, "month": 10}),
        ("setiembre", {"quarter": 3, "month": 9}),
        ("enero a marzo", {"quarter": 1, "month": 1}),
        ("2023", {"year": 2023}),
        ("2024-T1", {"year": 2024, "quarter": 1}),
        ("primer trimestre de 2024", {"year": 2024, "quarter": 1}),
    ],
)
def test_lines_quarters_months_and_years(text: str, said: dict[str, int]) -> None:
    assert understood(text) == (set(), said)


PARTS = ["jurídica", "2", "3er trimestre", "2023"]


@given(st.permutations(PARTS), st.booleans())
def test_words_may_be_in_any_order_and_case(parts: list[str], loud: bool) -> None:
    text = " ".join(parts)
    # «2 3er» would be read the same: the ordinal belongs to the quarter.
    assert understood(text.upper() if loud else text) == (
        {"juridica"},
        {"line": 2, "quarter": 3, "year": 2023},
    )


@pytest.mark.parametrize("text", ["finanzas", "juridica finanzas", "d", "12345", "<b>hola</b>"])
def test_meaningless_words_are_returned_as_unknown(text: str) -> None:
    with pytest.raises((LookupError, Rejected)):
        understood(text)


@pytest.mark.parametrize(
    ("text", "reason"),
    [
        ("T5", "quarter_impossible"),
        ("0T", "quarter_impossible"),
        ("1 2", "asked_twice"),
        ("T1 T2", "asked_twice"),
        ("T2 enero", "asked_twice"),
        ("2023 2024", "asked_twice"),
    ],
)
def test_impossible_queries_are_refused(text: str, reason: str) -> None:
    with pytest.raises(Rejected) as refusal:
        understood(text)
    assert refusal.value.reason == reason


@given(st.text(max_size=60))
def test_any_text_is_understood_refused_or_unknown(text: str) -> None:
    try:
        understood(text)
    except Rejected as refusal:
        assert refusal.reason in ("quarter_impossible", "asked_twice")
    except LookupError:
        pass
