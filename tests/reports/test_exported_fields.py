"""Every fact that people fill in of an activity is in the workbook and in the open data."""

from collections.abc import Callable
from dataclasses import fields, replace
from datetime import date, timedelta
from decimal import Decimal
from io import BytesIO
from typing import Any, get_args

import openpyxl
import pytest

from models.storage.forms import RegisteredFacts
from models.tables.activity import AttendanceFacts, OptionalFacts
from reports import excel, open_data
from reports.quarterly.content import ActivityPart, EntryPart
from reports.texts import sheets
from tests.reports.checks.checks_sample import activity, line, report, unit

OF_THE_LINE = {"unit_id", "line_id"}  # the report's own parts; the rows of the exports name them
IN_PARTS: dict[str, Callable[[ActivityPart], ActivityPart]] = {
    "claims": lambda part: replace(part, entries=(EntryPart("Actas", Decimal(77), Decimal(7)),)),
    "people": lambda part: replace(part, people=AttendanceFacts(participants=77)),
    "report_text": lambda part: replace(part, text="Otro texto."),
}  # facts that the report keeps under another name
FACTS = sorted((RegisteredFacts.model_fields.keys() | AttendanceFacts.model_fields.keys()) - OF_THE_LINE)
EXPORTS: dict[str, Callable[[ActivityPart], object]] = {
    "workbook": lambda part: _cells(part),
    "JSON": lambda part: open_data.as_json(report(unit(line(part)))),
}


def _cells(part: ActivityPart) -> list[tuple[Any, ...]]:
    book = openpyxl.load_workbook(BytesIO(excel.render(report(unit(line(part))))))
    names = (sheets.ACTIVITIES, sheets.PARTICIPANTS)
    return [row for name in names for row in book[name].iter_rows(values_only=True)]


def _other(value: object, types: tuple[object, ...] = ()) -> Any:
    if isinstance(value, date):
        return value - timedelta(days=1)
    if isinstance(value, tuple):
        return ("SESAECH/77/2024",)
    return 77 if int in types else "Otro dato"


def _changed(part: ActivityPart, fact: str) -> ActivityPart:
    """Return the activity with another value of that fact; raises KeyError if a report does not know it."""
    if fact in IN_PARTS:
        return IN_PARTS[fact](part)
    for name, facts in (("optional", OptionalFacts), ("people", AttendanceFacts)):
        if fact in facts.model_fields:
            types = get_args(facts.model_fields[fact].annotation)
            changed: dict[str, Any] = {name: facts(**{fact: _other(None, types)})}
            return replace(part, **changed)
    if fact not in {each.name for each in fields(ActivityPart)}:
        raise KeyError(fact)
    return replace(part, **{fact: _other(getattr(part, fact))})


@pytest.mark.parametrize("fact", FACTS)
@pytest.mark.parametrize("export", EXPORTS)
def test_another_value_of_the_fact_changes_the_export(fact: str, export: str) -> None:
    part = activity(documents=("SESAECH/1/2024",))
    read = EXPORTS[export]
    assert read(_changed(part, fact)) != read(part)
