"""Importing a programme: inserted once, changes audited, targets changed only by an adjustment."""

from datetime import UTC, date, datetime
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from sqlalchemy import Engine
from sqlmodel import Session, col, select

from models.combine import Combine
from models.programme.format import ProgrammeFile
from models.programme.view import programmes
from models.programme_changes.importing import (
    Difference,
    ImportRefused,
    UnsoundProgramme,
    apply,
    difference,
    ensure_loaded,
)
from models.programme_changes.rows import stored
from models.programme_file.file import read
from models.storage import audit, database
from models.tables.activity import Activity, ActivityKind, Entry, Revision
from models.tables.audit import Audit
from models.tables.programme import Adjustment, Line, Programme, Target, Unit
from tests.models.programme_file import programme_strategies
from tests.models.programme_file.programme_sample import SOUND, spoiled

NOW = datetime(2024, 7, 1, 3, tzinfo=UTC)  # still 30 June in Mexico City


def _file(text: str) -> ProgrammeFile:
    reading = read(text)
    assert reading.programme is not None, reading.errors
    return reading.programme


def _bring(engine: Engine, text: str, reason: str | None = None, letter: str | None = None) -> Difference:
    with database.transaction(engine) as session:
        return apply(session, _file(text), now=NOW, actor="command line", reason=reason, letter=letter)


def _changes(engine: Engine, text: str) -> list[str]:
    with database.transaction(engine) as session:
        return [str(change) for change in difference(session, _file(text)).changes]


def _register(session: Session, measure: str) -> None:
    target = session.exec(select(Target).where(Target.measure == measure)).one()
    line = session.get_one(Line, target.line_id)
    activity = Activity(
        unit_id=line.unit_id,
        line_id=target.line_id,
        starts_on=date(2024, 3, 1),
        ends_on=date(2024, 3, 1),
        narrative="Una",
        registered_at=NOW,
        said_at=NOW,
    )
    session.add(activity)
    session.flush()
    session.add(Entry(activity_id=activity.id or 0, target_id=target.id or 0, quantity=1))


def test_a_new_year_is_inserted_whole_and_audited(engine: Engine) -> None:
    assert _changes(engine, SOUND) == ["programme: added, 2024, 2 units, 3 lines, 4 targets"]
    _bring(engine, SOUND)
    with database.transaction(engine) as session:
        assert stored(session, 2024) == _file(SOUND)
        kilometres = session.exec(select(Target).where(Target.measure == "Kilómetros")).one()
        assert (kilometres.amount, kilometres.decimals) == (125, 1)
        subjects = session.exec(select(Audit.subject).where(Audit.action == "add")).all()
        assert [subject.removeprefix("programme:2024 ") for subject in subjects] == [
            "programme",
            "juridica",
            "juridica 1",
            "juridica 3",
            "archivo",
            "archivo 1",
        ]
        assert audit.verify(session).broken_at is None


def test_the_same_file_again_changes_nothing(engine: Engine) -> None:
    _bring(engine, SOUND)
    with database.transaction(engine) as session:
        entries = audit.verify(session).entries
    assert _bring(engine, SOUND).empty
    with database.transaction(engine) as session:
        assert audit.verify(session).entries == entries
        assert session.exec(select(Programme.revision)).one() == 2


@given(programme=programme_strategies.programmes())
@settings(max_examples=15, suppress_health_check=[HealthCheck.function_scoped_fixture])
def test_any_programme_is_stored_unchanged(engine: Engine, programme: ProgrammeFile) -> None:
    with Session(engine) as session:
        apply(session, programme, now=NOW, actor="command line")
        assert stored(session, 2024) == programme
        assert difference(session, programme).empty
        session.rollback()


def test_texts_and_dates_change_in_place_with_before_and_after(engine: Engine) -> None:
    _bring(engine, SOUND)
    changed = spoiled(
        ("Documentos para las sesiones", "Documentos"),
        ("ends_on: 2024-09-30", "ends_on: 2024-10-31"),
        ("aliases: [dj]", "aliases: [dj, legal]"),
        ("measure: Actas", "measure: actas"),
        ("short_name: IP", "short_name: IDP"),
        ("holidays: [2024-05-10]", "holidays: []"),
    )
    assert _changes(engine, changed) == [
        "programme: institution.short_name «IP» → «IDP»",
        "programme: calendar.holidays [2024-05-10] → []",
        "juridica: aliases [«dj»] → [«dj», «legal»]",
        "juridica 1: title «Documentos para las sesiones» → «Documentos»",
        "juridica 1 · Actas: measure «Actas» → «actas»",
        "juridica 3: ends_on 2024-09-30 → 2024-10-31",
    ]
    with database.transaction(engine) as session:
        programmes(session)  # a view held before the change is read again after it
    _bring(engine, changed)
    with database.transaction(engine) as session:
        assert stored(session, 2024) == _file(changed)
        entry = session.exec(select(Audit).where(col(Audit.subject).endswith("juridica 1"))).all()[-1]
        assert (entry.action, entry.before) == ("change", {"title": "Documentos para las sesiones"})
        assert entry.after == {"title": "Documentos"}
        assert programmes(session).years[2024].units[0].lines[0].title == "Documentos"


def test_both_dates_may_move_past_the_old_ones(engine: Engine) -> None:
    late = spoiled(
        (
            "starts_on: 2024-01-01\n        ends_on: 2024-12-31",
            "starts_on: 2023-01-01\n        ends_on: 2023-12-31",
        )
    )
    _bring(engine, late)
    _bring(engine, SOUND)
    with database.transaction(engine) as session:
        assert stored(session, 2024) == _file(SOUND)


def test_a_target_changes_only_with_a_reason_and_keeps_its_original(engine: Engine) -> None:
    _bring(engine, SOUND)
    more = spoiled(
        (
            "{amount: 16, measure: Actas, plan: [4, 4, 4, 4]}",
            "{amount: 18, measure: Actas, plan: [4, 4, 5, 5]}",
        )
    )
    assert _changes(engine, more) == ["juridica 1 · Actas: amount 16 → 18, plan [4, 4, 4, 4] → [4, 4, 5, 5]"]
    with pytest.raises(ImportRefused, match=r"only by an adjustment \(juridica 1 · Actas\): give --reason"):
        _bring(engine, more)
    with pytest.raises(ImportRefused):
        _bring(engine, more, reason="  ")
    _bring(engine, more, reason="Acuerdo del Órgano de Gobierno", letter="SESAECH/ST/9/2024")
    with database.transaction(engine) as session:
        adjustment = session.exec(select(Adjustment)).one()
        assert adjustment.adjusted_on == date(2024, 6, 30)
        assert (adjustment.amount, adjustment.plan) == (18, [4, 4, 5, 5])
        assert adjustment.letter == "SESAECH/ST/9/2024"
        assert stored(session, 2024) == _file(SOUND)
        target = programmes(session).years[2024].units[0].lines[0].targets[0]
        assert target.in_force(date(2024, 6, 29)).amount == 16
        assert target.in_force(date(2024, 6, 30)).plan == (4, 4, 5, 5)
        entry = session.exec(select(Audit).where(Audit.action == "adjust")).one()
        assert entry.before == {"amount": "16", "plan": ["4"] * 4}
        assert entry.after is not None and entry.after["reason"] == "Acuerdo del Órgano de Gobierno"


def test_a_target_combines_in_another_way_only_with_a_reason_and_from_a_day_on(engine: Engine) -> None:
    _bring(engine, SOUND)
    mean = spoiled(
        (
            "{amount: 16, measure: Actas, plan: [4, 4, 4, 4]}",
            "{amount: 16, measure: Actas, plan: [8, 12, 16, 16], combine: average}",
        )
    )
    assert _changes(engine, mean) == [
        "juridica 1 · Actas: plan [4, 4, 4, 4] → [8, 12, 16, 16], combine sum → average"
    ]
    with pytest.raises(ImportRefused, match=r"only by an adjustment \(juridica 1 · Actas\): give --reason"):
        _bring(engine, mean)
    _bring(engine, mean, reason="Acuerdo del Órgano de Gobierno")
    assert _changes(engine, mean) == [] and _changes(engine, SOUND) == []
    with database.transaction(engine) as session:
        assert stored(session, 2024) == _file(SOUND)
        target = programmes(session).years[2024].units[0].lines[0].targets[0]
        assert target.in_force(date(2024, 6, 29)).combine is Combine.SUM
        assert target.in_force(date(2024, 6, 30)).combine is Combine.AVERAGE
        entry = session.exec(select(Audit).where(Audit.action == "adjust")).one()
        assert entry.before is not None and entry.before["combine"] == "sum"
        assert entry.after is not None and entry.after["combine"] == "average"


def test_words_for_a_measure_change_in_place(engine: Engine) -> None:
    _bring(engine, SOUND)
    words = spoiled(("amount: 7, measure: Asesorías", "amount: 7, aliases: [consultas], measure: Asesorías"))
    assert _changes(engine, words) == ["archivo 1 · Asesorías: aliases [] → [«consultas»]"]
    _bring(engine, words)
    with database.transaction(engine) as session:
        assert programmes(session).years[2024].units[1].lines[0].targets[0].aliases == ("consultas",)
        assert stored(session, 2024) == _file(words)


def test_after_an_adjustment_neither_the_export_nor_the_same_file_changes_anything(engine: Engine) -> None:
    _bring(engine, SOUND)
    more = spoiled(("amount: 7", "amount: 9"))
    _bring(engine, more, reason="Más asesorías")
    assert _changes(engine, SOUND) == []
    assert _changes(engine, more) == []
    assert _changes(engine, spoiled(("amount: 7", "amount: 10"))) == ["archivo 1 · Asesorías: amount 9 → 10"]


def test_parts_with_activities_are_not_removed(engine: Engine) -> None:
    _bring(engine, SOUND)
    with database.transaction(engine) as session:
        _register(session, "Asesorías")
        _register(session, "Kilómetros")
    fewer = SOUND[: SOUND.index("  - key: archivo")]
    with pytest.raises(ImportRefused, match="archivo cannot be removed: 1 activities are registered in it"):
        _bring(engine, fewer)
    kilometres = "          - {amount: 12.5, measure: Kilómetros, decimals: 1, counts_when: publicado}\n"
    with pytest.raises(ImportRefused, match="juridica 1 · Kilómetros cannot be removed"):
        _bring(engine, spoiled((kilometres, "")))
    with pytest.raises(ImportRefused, match="decimals cannot change from 1 to 2: activities are counted"):
        _bring(engine, spoiled(("decimals: 1", "decimals: 2")))
    with database.transaction(engine) as session:
        assert stored(session, 2024) == _file(SOUND)


def test_parts_without_activities_may_be_added_and_removed(engine: Engine) -> None:
    _bring(engine, SOUND)
    _bring(engine, spoiled(("amount: 7", "amount: 9")), reason="Más asesorías")
    fewer = SOUND[: SOUND.index("  - key: archivo")].replace(
        "          - {amount: 16, measure: Actas, plan: [4, 4, 4, 4]}\n", ""
    )
    assert _changes(engine, fewer) == [
        "juridica 1 · Actas: removed, 16 Actas",
        "archivo: removed, «Coordinación de Archivo», 1 lines, 1 targets",
    ]
    _bring(engine, fewer)
    with database.transaction(engine) as session:
        assert stored(session, 2024) == _file(fewer)
    assert _changes(engine, SOUND)[-1] == "archivo: added, «Coordinación de Archivo», 1 lines, 1 targets"
    _bring(engine, SOUND)
    with database.transaction(engine) as session:
        assert stored(session, 2024) == _file(SOUND)
        assert len(session.exec(select(Unit)).all()) == 2


def test_decimals_change_while_nothing_is_counted(engine: Engine) -> None:
    _bring(engine, SOUND)
    finer = spoiled(("decimals: 1", "decimals: 3"))
    assert _changes(engine, finer) == ["juridica 1 · Kilómetros: decimals 1 → 3"]
    _bring(engine, finer)
    with database.transaction(engine) as session:
        assert session.exec(select(Target.amount).where(Target.decimals == 3)).one() == 12_500
    with pytest.raises(ImportRefused, match="the original target needs them"):
        _bring(engine, spoiled(("amount: 12.5", "amount: 12"), ("decimals: 1", "decimals: 0")), reason="x")


def test_an_opening_amount_is_registered_once_and_audited(engine: Engine) -> None:
    _bring(engine, SOUND)
    _bring(engine, spoiled(("title: Convenios", "title: Convenios firmados")))
    with database.transaction(engine) as session:
        activity, entry = session.exec(select(Activity, Entry).join(Entry)).one()
        assert activity.kind is ActivityKind.OPENING
        assert (activity.starts_on, activity.narrative, entry.quantity) == (
            date(2024, 6, 30),
            "Informe anterior",
            2,
        )
        assert activity.registered_by is None
        opened = session.exec(select(Audit).where(Audit.action == "open")).one()
        assert opened.subject == f"activity:{activity.id}"


def test_another_opening_amount_corrects_it_and_none_withdraws_it(engine: Engine) -> None:
    _bring(engine, SOUND)
    other = spoiled(("counted: 2", "counted: 3"))
    assert _changes(engine, other) == ["juridica 3 · Convenios: opening 2 on 2024-06-30 → 3 on 2024-06-30"]
    _bring(engine, other)
    with database.transaction(engine) as session:
        activity, entry = session.exec(select(Activity, Entry).join(Entry)).one()
        assert (activity.version, entry.quantity) == (2, 3)
        assert session.exec(select(Revision)).one().content["claims"][0]["quantity"] == 2
    _bring(
        engine, spoiled(("            opening: {on: 2024-06-30, counted: 2, source: Informe anterior}\n", ""))
    )
    with database.transaction(engine) as session:
        assert session.exec(select(Activity)).one().withdrawn_at == NOW
        actions = session.exec(select(Audit.action).where(col(Audit.subject).startswith("act"))).all()
        assert actions == ["open", "correct", "withdraw"]


def test_a_unit_is_the_same_in_two_years(engine: Engine) -> None:
    _bring(engine, SOUND)
    next_year = SOUND.replace("2024", "2025").replace(
        "name: Dirección Jurídica", "name: Dirección de lo Jurídico"
    )
    assert _changes(engine, next_year) == [
        "programme: added, 2025, 2 units, 3 lines, 4 targets",
        "juridica: name «Dirección Jurídica» → «Dirección de lo Jurídico»",
    ]
    _bring(engine, next_year)
    with database.transaction(engine) as session:
        assert len(session.exec(select(Unit)).all()) == 2
        assert stored(session, 2025) == _file(next_year)
        assert sorted(programmes(session).years) == [2024, 2025]


def test_the_order_of_units_is_kept(engine: Engine) -> None:
    _bring(engine, SOUND)
    start = SOUND.index("  - key: juridica")
    middle = SOUND.index("  - key: archivo")
    turned = SOUND[:start] + SOUND[middle:] + SOUND[start:middle]
    assert _changes(engine, turned) == ["programme: order [«juridica», «archivo»] → [«archivo», «juridica»]"]
    _bring(engine, turned)
    assert _changes(engine, turned) == []


def test_long_texts_are_shown_from_where_they_differ(engine: Engine) -> None:
    long = "Elaborar el proyecto de los documentos necesarios para la realización de las sesiones y "
    text = spoiled(
        ("        title: Convenios\n", f"        title: Convenios\n        description: {long}lo uno\n")
    )
    _bring(engine, text)
    (change,) = _changes(engine, text.replace("lo uno", "lo otro"))
    assert change == "juridica 3: description «… sesiones y lo uno» → «… sesiones y lo otro»"


def test_a_database_without_programme_loads_the_bundled_one_once(engine: Engine, tmp_path: Path) -> None:
    other = tmp_path / "otro.yaml"
    other.write_text(SOUND, encoding="utf-8")
    with database.transaction(engine) as session:
        ensure_loaded(session, None, NOW)
        ensure_loaded(session, other, NOW)
        assert [unit.key for unit in programmes(session).years[2024].units][-1] == "juridica"
        assert len(session.exec(select(Line)).all()) == 26


def test_a_programme_with_errors_is_not_loaded(engine: Engine, tmp_path: Path) -> None:
    broken = tmp_path / "roto.yaml"
    broken.write_text(spoiled(("year: 2024", "year: 1824")), encoding="utf-8")
    with database.transaction(engine) as session, pytest.raises(UnsoundProgramme, match="line 4, column 7"):
        ensure_loaded(session, broken, NOW)
