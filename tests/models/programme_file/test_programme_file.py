"""Every error of a programme file is reported at once, with its place."""

from decimal import Decimal

import pytest

from models.programme.format import Indicator
from models.programme_file.file import read
from models.programme_file.problem import ProblemSeverity
from tests.models.programme_file.programme_sample import SOUND, spoiled

LINE = "units[0].lines[0]"
TARGET = "units[0].lines[0].targets[0]"


def test_a_valid_file_has_no_errors_and_keeps_exact_amounts() -> None:
    reading = read(SOUND)
    assert reading.errors == ()
    assert reading.programme is not None
    actas, kilometres = reading.programme.units[0].lines[0].targets
    assert actas.plan == (Decimal(4),) * 4
    assert kilometres.amount == Decimal("12.5")
    assert reading.programme.units[0].lines[1].targets[0].plan == (Decimal(0), None, Decimal(5), Decimal(0))
    assert reading.programme.units[0].strategy == ("Una", "Otra")


@pytest.mark.parametrize(
    ("old", "new", "path", "line", "says"),
    [
        ("  name: Instituto de Prueba\n", "", "institution.name", 2, "name is missing"),
        ("year: 2024\n", "", "year", 1, "year is missing"),
        ("    name: Coordinación de Archivo\n", "", "units[1].name", 30, "name is missing"),
        ("year: 2024", "year: 1824", "year", 4, "must be 2000 or more"),
        ("year: 2024", "year: 2024.5", "year", 4, "whole number"),
        ("year: 2024", "year: [2024]", "year", 4, "whole number"),
        ("year: 2024", "anno: 2024", "anno", 4, "no field of this place"),
        ("short_name: IP", "short_name: " + "x" * 31, "institution.short_name", 3, "at most 30 characters"),
        ("year: 2024", "year: 2024\na list: 1", "a list", 5, "«a list» is no field of this place"),
        ("        title: Doc", "        titel: Doc", f"{LINE}.titel", 15, "is title meant?"),
        ("name: Dirección Jurídica", "name: 12", "units[0].name", 10, "a text is expected"),
        ("name: Dirección Jurídica", "name: '  '", "units[0].name", 10, "the text is empty"),
        ("name: Dirección Jurídica", 'name: "\\u3164\\u2800"', "units[0].name", 10, "the text is empty"),
        ("name: Dirección Jurídica", 'name: "\\u202e\\u2066"', "units[0].name", 10, "the text is empty"),
        ("name: Dirección Jurídica", 'name: "\\u0301"', "units[0].name", 10, "the text is empty"),
        ("name: Dirección Jurídica", "name: " + "x" * 301, "units[0].name", 10, "at most 300 characters"),
        ("name: Dirección Jurídica", 'name: "a\\0b"', "units[0].name", 10, "control character U+0000"),
        ("name: Dirección Jurídica", 'name: "\\uD800"', "units[0].name", 10, "half a character"),
        ("key: juridica", "key: Jurídica", "units[0].key", 9, "«Jurídica» is no key"),
        ("key: juridica", "key: a--b", "units[0].key", 9, "is no key"),
        ("key: archivo", "key: juridica", "units[1].key", 30, "«juridica» belongs to two units"),
        ("number: 3", "number: 1", "units[0].lines[1].number", 21, "two lines with number 1"),
        ("number: 3", "number: 0", "units[0].lines[1].number", 21, "must be 1 or more"),
        ("measure: Kilómetros", "measure: ACTAS", f"{LINE}.targets[1].measure", 20, "two targets in ACTAS"),
        ("aliases: [dj]", "aliases: dj", "units[0].aliases", 11, "a list is expected"),
        ("strategy: [Una, Otra]", "strategy: []", "units[0].strategy", 12, "the list is empty"),
        ("strategy: [Una, Otra]", "strategy: [Una, 7]", "units[0].strategy[1]", 12, "a text is expected"),
        ("amount: 16", "amount: 0", f"{TARGET}.amount", 19, "must be more than 0, not 0"),
        ("amount: 16", "amount: -3", f"{TARGET}.amount", 19, "must be more than 0, not -3"),
        ("amount: 16", "amount: doce", f"{TARGET}.amount", 19, "plain number"),
        ("amount: 16", "amount: 1e9", f"{TARGET}.amount", 19, "plain number"),
        ("amount: 16", "amount: .inf", f"{TARGET}.amount", 19, "plain number"),
        ("amount: 16", "amount: 0x10", f"{TARGET}.amount", 19, "plain number"),
        ("amount: 16", "amount: '12,5'", f"{TARGET}.amount", 19, "plain number"),
        ("amount: 16", "amount: true", f"{TARGET}.amount", 19, "plain number"),
        ("amount: 16", "amount: 16.5", f"{TARGET}.amount", 19, "say decimals: 1"),
        ("amount: 16", "amount: 2000000000", f"{TARGET}.amount", 19, "largest amount is 1,000,000,000"),
        ("decimals: 1", "decimals: 7", f"{LINE}.targets[1].decimals", 20, "must be 6 or less"),
        ("[4, 4, 4, 4]", "[4, 4, 4]", f"{TARGET}.plan", 19, "3 entries: 4 quarters or 12 months"),
        ("[4, 4, 4, 4]", "[4, 4, 4, 5]", f"{TARGET}.plan", 19, "adds up to 17, but the amount is 16"),
        ("[4, 4, 4, 4]", "[9, 8, null, 0]", f"{TARGET}.plan", 19, "add up to 17, more than the amount 16"),
        ("[4, 4, 4, 4]", "[5, 5, -1, 7]", f"{TARGET}.plan[2]", 19, "0 or more is expected, not -1"),
        ("[4, 4, 4, 4]", "[4.5, 3.5, 4, 4]", f"{TARGET}.plan[0]", 19, "4.5 has more decimals"),
        ("[4, 4, 4, 4]", "parejo", f"{TARGET}.plan", 19, "a list is expected"),
        ("ends_on: 2024-12-31", "ends_on: 2023-12-31", f"{LINE}.ends_on", 17, "before it starts"),
        ("ends_on: 2024-12-31", "ends_on: 2024-02-31", f"{LINE}.ends_on", 17, "not a day of the calendar"),
        ("ends_on: 2024-12-31", "ends_on: 31/12/2024", f"{LINE}.ends_on", 17, "is not a date"),
        ("ends_on: 2024-12-31", "ends_on: 20241231", f"{LINE}.ends_on", 17, "a date is expected"),
        ("ends_on: 2024-12-31", "ends_on:", f"{LINE}.ends_on", 18, "a date is expected"),
        ("America/Mexico_City", "Marte/Olimpo", "calendar.timezone", 6, "no known timezone"),
        ("America/Mexico_City", "../../etc/passwd", "calendar.timezone", 6, "no known timezone"),
        ("[2024-05-10]", "[mayo]", "calendar.holidays[0]", 7, "is not a date"),
        (
            "  short_name: IP",
            '  short_name: IP\n  report_title: "Informe {trimestre} {año}"',
            "institution.report_title",
            4,
            "{año} is no placeholder: there are {trimestre}, {meses}, {ejercicio}",
        ),
        (
            "  short_name: IP",
            '  short_name: IP\n  report_opening: "En el {trimestre} {mes}"',
            "institution.report_opening",
            4,
            "{mes} is no placeholder",
        ),
        ("title: Documentos para las sesiones", "title: " + "x" * 601, f"{LINE}.title", 15, "600 characters"),
        ("key: juridica", "key: " + "x" * 61, "units[0].key", 9, "at most 60 characters"),
        ("amount: 16,", "amount: 16, combine: mean,", f"{TARGET}.combine", 19, "sum, latest or average"),
        (
            "amount: 16,",
            "amount: 16, combine: latest,",
            f"{TARGET}.plan",
            19,
            "the last one is the amount 16, not 4",
        ),
        (
            "16, measure: Actas, plan: [4, 4, 4, 4]",
            "16, combine: average, measure: Actas, plan: [12, 17, 16, 16]",
            f"{TARGET}.plan",
            19,
            "17 is more than the amount 16",
        ),
        (
            "16, measure: Actas, plan: [4, 4, 4, 4]",
            "16, combine: average, measure: Actas, plan: [0, 0, 0, 0]",
            f"{TARGET}.plan",
            19,
            "the amount 16, not 0",
        ),
        ("amount: 16,", "amount: 16, aliases: [minutas, ' ' ],", f"{TARGET}.aliases[1]", 19, "text is empty"),
        ("amount: 16,", f"amount: 16, aliases: [{'x' * 61}],", f"{TARGET}.aliases[0]", 19, "60 characters"),
        (
            "amount: 16,",
            f"amount: 16, aliases: [{', '.join(f'a{n}' for n in range(21))}],",
            f"{TARGET}.aliases",
            19,
            "at most 20",
        ),
        ("amount: 16,", "amount: 16, aliases: [ACTAS],", f"{TARGET}.aliases[0]", 19, "already stands for"),
        (
            "amount: 16,",
            "amount: 16, aliases: [minutas, Minutas],",
            f"{TARGET}.aliases[1]",
            19,
            "«Minutas» already stands for a measure",
        ),
        ("on: 2024-06-30", "on: 2025-06-30", "units[0].lines[1].targets[0].opening.on", 29, "outside 2024"),
        ("counted: 2", "counted: -2", "units[0].lines[1].targets[0].opening.counted", 29, "not -2"),
        ("counted: 2", "counted: 2.5", "units[0].lines[1].targets[0].opening.counted", 29, "more decimals"),
        (
            "counts_when: publicado",
            "informative: quizá",
            f"{LINE}.targets[1].informative",
            20,
            "true or false",
        ),
        (
            "measure: Asesorías}",
            "measure: Asesorías, informative: true}",
            "units[1].lines[0].targets",
            38,
            "one",
        ),
        ("    name: Dirección", "    key: otra\n    name: Dirección", "units[0].key", 10, "first in line 9"),
        ("year: 2024", "year: !!binary aaaa", "year", 4, "tag !!binary is not taken"),
        ("year: 2024", "year: !<x> 5", "year", 4, "tag x is not taken"),
    ],
)
def test_an_error_is_named_at_its_place(old: str, new: str, path: str, line: int, says: str) -> None:
    reading = read(spoiled((old, new)))
    assert reading.programme is None
    found = {(problem.path, problem.line): problem.message for problem in reading.errors}
    assert (path, line) in found, found
    assert says in found[path, line]


@pytest.mark.parametrize(
    "plan", ["[10, 16, 16, 16]", "[0, 12, null, 16]", "[16, 16, 16, 0]", "[null, 1, 2, null]"]
)
def test_a_rate_plans_the_level_of_each_period(plan: str) -> None:
    reading = read(
        spoiled(
            ("16, measure: Actas, plan: [4, 4, 4, 4]", f"16, measure: Actas, combine: latest, plan: {plan}")
        )
    )
    assert reading.errors == ()


def test_one_wrong_field_hides_no_other() -> None:
    reading = read(
        spoiled(
            ("short_name: IP", "short_name: 7"),
            ("title: Documentos para las sesiones", "titel: Documentos"),
            ("plan: [4, 4, 4, 4]", "plan: [4, 4, 4, 5]"),
            ("measure: Actas, ", ""),
            ("number: 3", "number: 1"),
            ("key: archivo", "key: juridica"),
        )
    )
    assert [problem.path for problem in reading.errors] == [
        "institution.short_name",
        "units[0].lines[0].title",
        "units[0].lines[0].titel",
        "units[0].lines[0].targets[0].measure",
        "units[0].lines[0].targets[0].plan",
        "units[0].lines[1].number",
        "units[1].key",
    ]
    assert all(problem.column > 0 for problem in reading.errors)


@pytest.mark.parametrize(
    ("source", "line", "says"),
    [
        (b"", 1, "the file is empty"),
        (b" \n\n", 1, "the file is empty"),
        ("name: Jurídica".encode("latin-1"), 1, "not UTF-8"),
        (b"a: 1\nb: [1", 2, "the YAML is broken here"),
        (b"a: 1\n  b: 2\n", 2, "the YAML is broken here"),
        (b"a: 1\n---\nb: 2\n", 2, "the YAML is broken here"),
        (b"a: 1\nb: \x07\n", 2, "#x0007, which YAML forbids"),
        (b"a: &x [1]\nb: [*x, *x]\n", 1, "anchors (&) and aliases (*) are not taken"),
        (b"a: " + b"[" * 50 + b"]" * 50, 1, "nested too deeply"),
        (b"a: 1\n" * 200_001, 1, "the file has 1,000,005 bytes"),
        (b"? [a]\n: 1\n", 1, "must be a word"),
        (b"- 1\n", 1, "a group of named fields is expected"),
        (b"hola", 1, "a group of named fields is expected"),
        (b"# nothing but a remark\n", 1, "a group of named fields is expected"),
    ],
)
def test_a_file_that_is_no_programme_is_refused_with_one_sentence(
    source: bytes, line: int, says: str
) -> None:
    reading = read(source)
    assert reading.programme is None
    assert any(says in error.message and error.line == line for error in reading.errors)


@pytest.mark.parametrize(
    ("old", "new", "path", "says"),
    [
        ("starts_on: 2024-01-01", "starts_on: 2023-12-01", f"{LINE}.starts_on", "are not within 2024"),
        ("[4, 4, 4, 4]", "[16, 0, 0, 0]", None, ""),
        (
            "[0, null, 5, 0]",
            "[2, null, 5, 0]",
            "units[0].lines[1].targets[0].plan",
            "in quarter 1, but the line is dated",
        ),
        (
            "[0, null, 5, 0]",
            "[0, 0, 0, 1, 1, 1, 1, 1, 1, 2, 0, 0]",
            "units[0].lines[1].targets[0].plan",
            "in month 10",
        ),
        ("name: Coordinación", "aliases: [DJ]\n    name: Coordinación", "units[1].aliases[0]", "alias of"),
    ],
)
def test_a_file_with_warnings_is_valid(old: str, new: str, path: str | None, says: str) -> None:
    reading = read(spoiled((old, new)))
    assert reading.errors == ()
    assert reading.programme is not None
    warnings = {problem.path: problem.message for problem in reading.warnings}
    assert "juridica 1, 3; archivo 1" in warnings.pop("units")
    assert ([path] if path else []) == list(warnings)
    assert all(says in message for message in warnings.values())


def test_a_complete_indicator_gives_no_warning() -> None:
    indicator = "{" + ", ".join(f"{field}: x" for field in Indicator.model_fields) + "}"
    reading = read(spoiled(("number: 3\n", f"number: 3\n        indicator: {indicator}\n")))
    (warning,) = reading.problems
    assert warning.severity is ProblemSeverity.WARNING
    assert "juridica 1; archivo 1" in warning.message


def test_a_problem_reads_as_one_line() -> None:
    (problem,) = read(spoiled(("year: 2024", "year: 1824"))).errors
    assert str(problem) == "line 4, column 7: error: year: the number must be 2000 or more"
