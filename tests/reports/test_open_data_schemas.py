"""The published schemas describe what is made."""

import csv
import io
import json
from collections.abc import Callable
from dataclasses import replace
from datetime import date
from decimal import Decimal
from pathlib import Path
from typing import Any

import jsonschema
import pytest

from reports import open_data
from reports.quarterly.content import Report
from tests.reports.samples import small_report
from tests.reports.samples.replayed import replayed

FOLDER = Path(__file__).parents[2] / "docs" / "open-data"
TYPES: dict[str, Callable[[str], Any]] = {
    "integer": int,
    "number": Decimal,
    "date": date.fromisoformat,
    "boolean": ("si", "no").index,
    "string": str,
}


def published(name: str) -> Any:
    return json.loads((FOLDER / name).read_text(encoding="utf-8"))


def validator() -> jsonschema.Draft202012Validator:
    return jsonschema.Draft202012Validator(
        published("informe.schema.json"), format_checker=jsonschema.FormatChecker()
    )


@pytest.mark.parametrize("report", [replayed(), small_report.report()], ids=["replayed", "small"])
def test_the_json_is_as_its_schema_says(report: Report) -> None:
    jsonschema.Draft202012Validator.check_schema(published("informe.schema.json"))
    validator().validate(json.loads(open_data.as_json(report)))


def test_the_schema_names_every_field_of_the_report() -> None:
    made, schema = json.loads(open_data.as_json(replayed())), published("informe.schema.json")
    parts = {"unit": made["units"][0], "line": made["units"][0]["lines"][0]}
    parts |= {"target": parts["line"]["targets"][0], "activity": parts["line"]["activities"][0]}
    assert set(schema["properties"]) == set(made)
    for name, part in parts.items():
        assert set(schema["$defs"][name]["properties"]) == set(part), name


@pytest.mark.parametrize("changed", [{"exact": "0.25"}, {"quarter": "2024-1"}, {"units": None}])
def test_the_schema_refuses_what_is_otherwise(changed: dict[str, Any]) -> None:
    assert not validator().is_valid({**json.loads(open_data.as_json(replayed())), **changed})


def test_the_data_package_describes_the_table() -> None:
    (resource,) = published("datapackage.json")["resources"]
    fields = resource["schema"]["fields"]
    assert tuple(each["name"] for each in fields) == tuple(open_data.COLUMNS)
    rows = list(csv.DictReader(io.StringIO(open_data.as_csv(replayed()).decode("utf-8-sig"), newline="")))
    for row in rows:
        for each in fields:
            value = row[each["name"]]
            assert value or "constraints" not in each
            TYPES[each["type"]](value) if value else None
    keys = [tuple(row[name] for name in resource["schema"]["primaryKey"]) for row in rows]
    assert len(set(keys)) == len(keys) > 20


def test_the_licence_of_the_data_is_that_of_the_programme() -> None:
    report = small_report.report()
    licensed = replace(report, institution=replace(report.institution, data_license="CC-BY-4.0"))
    assert json.loads(open_data.as_json(licensed))["license"] == "CC-BY-4.0"
    assert json.loads(open_data.as_json(report))["license"] is None
