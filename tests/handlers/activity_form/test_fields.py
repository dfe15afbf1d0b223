"""Every field of an activity is asked, read, stored, shown and exported."""

import json
from io import BytesIO
from typing import get_args

import openpyxl

from bot.commands.listing import activities_shape
from handlers.texts.activities.fields import FIELDS, OPTIONAL
from models.activities.correction import current_form
from models.activities.listing import listing
from models.programme.view import programmes
from models.quarter import Quarter
from models.storage import database
from models.storage.forms import ActivityForm, RegisteredFacts
from models.tables.activity import SYSTEM_COLUMNS, Activity, AttendanceFacts, OptionalFacts
from reports import excel, open_data
from reports.quarterly.making import make
from reports.texts import sheets
from tests.support.phones.optional_fields import answer_optional
from tests.support.phones.stage import ANA, Stage

TOLD = {
    field.name: f"Dato de {field.label}"
    for field in OPTIONAL
    if (found := OptionalFacts.model_fields.get(field.attribute)) and str in get_args(found.annotation)
}  # the text fields; fields of other types need their own tests
STEPS_TO_NARRATIVE = ("1 · ", "1", "4", "Ninguno", "Ayer")


def test_every_column_of_an_activity_belongs_to_a_field_or_to_the_system() -> None:
    asked = {name for field in FIELDS for name in field.attributes}
    assert asked == RegisteredFacts.model_fields.keys()
    in_the_row = asked - {"claims", "people", "documents"} | AttendanceFacts.model_fields.keys()
    columns = set(Activity.model_fields)
    assert in_the_row & SYSTEM_COLUMNS == set()
    assert columns == in_the_row | SYSTEM_COLUMNS


def test_every_optional_field_can_be_asked_declined_and_exported() -> None:
    assert {field.attribute for field in OPTIONAL} >= OptionalFacts.model_fields.keys()
    assert sheets.OPTIONAL.keys() == OptionalFacts.model_fields.keys()
    for field in OPTIONAL:
        assert field.question and field.none and field.label
        assert field.empty == ActivityForm().model_dump()[field.attribute]
        assert not field.show(ActivityForm(), None)


def test_a_version_older_than_a_field_reads_as_without_it() -> None:
    known = {"unit_id": 1, "line_id": 2, "narrative": "Se celebró.", "starts_on": "2024-03-13"}
    earlier = ActivityForm.model_validate({**known, "people": {"participants": 9}, "answered": ["line"]})
    assert earlier.people is not None and earlier.people.women is None
    assert {getattr(earlier, name) for name in OptionalFacts.model_fields} == {None}
    assert OptionalFacts.model_validate(known) == OptionalFacts()


async def test_the_value_of_each_field_is_shown_everywhere(stage: Stage) -> None:
    ana = await stage.enter(ANA)
    await ana.send("/registrar")
    for label in STEPS_TO_NARRATIVE:
        await ana.wait_for(lambda message: True)
        await ana.tap(label)
    await ana.wait_for("Cuénteme")
    await ana.send("Se celebró la sesión.")
    await answer_optional(ana, **TOLD)
    card = await ana.wait_for("Por registrar")
    await ana.tap("✅ Registrar")
    await ana.wait_for("Registrada")
    await ana.send("/actividad_1")
    page = await ana.wait_for("Actividad n.º 1")
    for value in TOLD.values():
        assert value in card.text and value in page.text
    with database.transaction(stage.app.engine) as session:
        filled = current_form(session, session.get_one(Activity, 1))
        found = listing(session)
        now = stage.app.clock.now()
        report = make(session, programmes(session).years[2024], Quarter(2024, 1), now.date())
        shape = json.dumps(activities_shape(found), ensure_ascii=False)
    book = openpyxl.load_workbook(BytesIO(excel.render(report)))
    cells = {cell for row in book[sheets.ACTIVITIES].iter_rows(values_only=True) for cell in row}
    written = open_data.as_json(report).decode()
    for name, value in TOLD.items():
        assert getattr(filled, name) == value and filled.facts()[name] == value
        assert value in cells and value in written and value in shape


async def test_correcting_each_field_is_recorded_in_the_history(stage: Stage) -> None:
    ana = await stage.enter(ANA)
    await ana.send("Ayer 1 acta de la sesión del Órgano de Gobierno")
    await ana.wait_for("Por registrar")
    await ana.tap("✅ Registrar")
    await ana.wait_for("Registrada")
    for field in OPTIONAL:
        if field.name not in TOLD:
            continue
        await ana.send("/actividad_1")
        await ana.wait_for("Actividad n.º 1")
        await ana.tap("✏️ Corregir")
        await ana.wait_for("Corregir la n.º 1")
        await ana.tap("Más…")
        await ana.wait_for("¿Qué dato quiere cambiar?")
        await ana.tap(field.button_label)
        await ana.wait_for(field.question)
        await ana.send(TOLD[field.name])
        await ana.wait_for("Corregir la n.º 1")
        await ana.tap("✅ Guardar corrección")
        saved = await ana.wait_for("Corregida la n.º 1")
        assert f"{field.label}: nada → {TOLD[field.name]}" in saved.text
