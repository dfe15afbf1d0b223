"""Which similar activities a card points out, on both engines."""

from datetime import date

from sqlalchemy import Engine
from sqlmodel import Session

from models.activities.twins import named_already, twins
from models.programme_changes.importing import ensure_loaded
from models.storage import database
from models.storage.forms import ActivityForm, ClaimedQuantity
from models.tables.activity import Activity, DocumentNumber
from tests.support.database.registered_activities import MOMENT, Claimed, line_of, store

DAY, OTHER_DAY = date(2024, 3, 19), date(2024, 3, 18)
LETTER = "SESAECH/DJ/012/2024"


def found(engine: Engine, filled: ActivityForm) -> list[int]:
    with Session(engine) as session:
        return [each.activity_id for each in twins(session, filled)]


def test_activities_with_the_same_quantity_or_document_line_and_day_are_twins(engine: Engine) -> None:
    with database.transaction(engine) as session:
        ensure_loaded(session, None, MOMENT)
    line = line_of(engine, "juridica", 1)
    acta, acuerdo = (target.id for target in line.targets)
    one, other, elsewhen, withdrawn, fourth, newest = (
        store(engine, line=1, on=day, claimed=(Claimed(quantity), Claimed(4, 4)))
        for day, quantity in ((DAY, 1), (DAY, 2), (OTHER_DAY, 1), (DAY, 1), (DAY, 1), (DAY, 1))
    )
    with database.transaction(engine) as session:
        session.add(DocumentNumber(activity_id=other, number=LETTER))
        activity = session.get(Activity, withdrawn)
        assert activity is not None
        activity.withdrawn_at = MOMENT
    card = ActivityForm(line_id=line.id, starts_on=DAY, ends_on=DAY)
    acts = card.model_copy(update={"claims": (ClaimedQuantity(target_id=acta, quantity=1),)})
    assert found(engine, acts) == [newest, fourth, one]
    assert found(engine, acts.model_copy(update={"activity_id": fourth})) == [newest, one]
    assert found(engine, acts.model_copy(update={"documents": (LETTER,)})) == [newest, fourth, other]
    assert found(engine, card.model_copy(update={"documents": (LETTER, "another")})) == [other]
    assert (
        found(engine, card.model_copy(update={"claims": (ClaimedQuantity(target_id=acuerdo, quantity=1),)}))
        == []
    )
    assert found(engine, acts.model_copy(update={"ends_on": OTHER_DAY})) == [elsewhen]
    assert (
        found(engine, card.model_copy(update={"claims": (ClaimedQuantity(target_id=acta, quantity=0),)}))
        == []
    )
    assert found(engine, card) == []


def test_a_document_that_another_activity_names_is_found_whatever_its_unit_and_day(engine: Engine) -> None:
    with database.transaction(engine) as session:
        ensure_loaded(session, None, MOMENT)
    earlier, later, withdrawn = (
        store(engine, unit, 1, on=OTHER_DAY) for unit in ("juridica", "archivo", "archivo")
    )
    with database.transaction(engine) as session:
        for number in (earlier, later, withdrawn):
            session.add(DocumentNumber(activity_id=number, number=LETTER))
        activity = session.get(Activity, withdrawn)
        assert activity is not None
        activity.withdrawn_at = MOMENT
    card = ActivityForm(line_id=line_of(engine, "juridica", 1).id, documents=("another", LETTER))
    with Session(engine) as session:
        assert [(each.number, each.activity_id) for each in named_already(session, card)] == [(LETTER, later)]
        itself = card.model_copy(update={"activity_id": later})
        assert [each.activity_id for each in named_already(session, itself)] == [earlier]
        assert named_already(session, card.model_copy(update={"documents": ()})) == []
