"""The report's content equals the published one, from signed snapshots and from live data."""

from collections.abc import Iterator
from datetime import UTC, date, datetime, timedelta
from decimal import Decimal
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from sqlalchemy import Engine
from sqlmodel import Session, select

from models.programme.format import BoardPart
from models.programme.view import programmes
from models.programme_changes.importing import ensure_loaded
from models.quarter import Quarter
from models.storage import database
from models.tables.activity import Activity, AttendanceFacts, Entry, Settlement
from models.tables.evidence import Evidence, EvidenceKind
from models.tables.people import Membership, Person, Role
from reports.quarterly import Report, wording
from reports.quarterly.content import COPY, ActivityPart, LinePart, Series, Table
from reports.quarterly.making import make
from reports.texts import quarterly as texts
from tests.support.database import published
from tests.support.database.first_quarter_rows import store_first_quarter
from tests.support.database.signed_quarter import signed, unit_of

T1, T2 = Quarter(2024, 1), Quarter(2024, 2)
BEGUN = datetime(2024, 1, 8, 15, tzinfo=UTC)
SIGNED_AT = datetime(2024, 4, 2, 15, tzinfo=UTC)
TODAY = date(2024, 4, 2)
DIRECTOR = 1
OURS = {("Unidad de Transparencia", "1"): "12.5 %"}  # the report prints 6 %, but its figures give 12.5 %
SHOWN_BY_US = {("Dirección de Sistemas Electrónicos y Plataforma Digital", "2"): "1 %"}  # 25 of 4,000
NOBODY = AttendanceFacts()


@pytest.fixture
def quarter(engine: Engine) -> Iterator[Session]:
    """The first quarter as registered, a director, and pictures on the first activity of Archivo 2."""
    with database.transaction(engine) as session:
        ensure_loaded(session, None, BEGUN)
        session.add(Person(id=DIRECTOR, name="Roberto Culebro", telegram_id=DIRECTOR, joined_at=BEGUN))
        session.flush()
        unit_id = unit_of(session).id
        session.add(Membership(person_id=DIRECTOR, role=Role.DIRECTOR, unit_id=unit_id, granted_at=BEGUN))
        store_first_quarter(session)
    with database.transaction(engine) as session:
        yield session


def report(session: Session, quarter: Quarter = T1, today: date = TODAY, unit: str | None = None) -> Report:
    programme = programmes(session).years[2024]
    chosen = unit_of(session, unit) if unit else None
    return make(session, programme, quarter, today, chosen)


def line_of(made: Report, unit: str, number: int) -> LinePart:
    part = next(each for each in made.units if each.key == unit)
    return next(each for each in part.lines if each.number == number)


def add_picture(session: Session, activity_id: int, number: int, **more: Any) -> None:
    facts: dict[str, Any] = {
        "kind": EvidenceKind.PHOTO,
        "sha256": f"{number:064x}",
        "copy_sha256": f"{number + 500:064x}",
    }
    session.add(Evidence(activity_id=activity_id, received_at=BEGUN, **(facts | more)))
    session.flush()


def activities_of(session: Session, unit: str, number: int) -> list[Activity]:
    line = unit_of(session, unit).line(number)
    assert line is not None
    rows = session.exec(select(Activity).where(Activity.line_id == line.id)).all()
    return sorted(rows, key=lambda each: each.ends_on)


@pytest.mark.parametrize("row", published.rows(), ids=lambda row: f"{row['unit']} {row['line']}")
def test_every_line_has_the_published_figures(quarter: Session, row: dict[str, str]) -> None:
    made = report(quarter)
    unit = next(each for each in made.units if each.name == row["unit"])
    line = next(each for each in unit.lines if str(each.number) == row["line"])
    key = (row["unit"], row["line"])
    figure = OURS.get(key) or SHOWN_BY_US.get(key) or row["published"]
    if figure == "100 %":
        assert line.closing == "Dicha meta para este trimestre se cumplió al 100\u00a0%."
    elif figure:
        assert (
            line.closing
            == f"Del 100\u00a0% de la meta programada, se tiene un avance del {figure[:-2]}\u00a0%."
        )
    elif "scheduled" in row["note"]:
        assert line.closing is not None and line.closing.startswith("Meta programada en el ")
    elif not line.planned and not line.activities:
        assert line.closing is None
    else:
        assert line.closing == texts.NOTHING_YET
    assert (line.starts_on.isoformat(), line.ends_on.isoformat()) == (row["start"], row["end"])


def test_the_goal_is_worded_as_in_the_published_report(quarter: Session) -> None:
    made = report(quarter)
    assert line_of(made, "juridica", 1).goal == "16 actas y 12 acuerdos en el año"
    assert line_of(made, "archivo", 4).goal == "1 Espacio para el archivo de concentración"  # in full words
    assert line_of(made, "transparencia", 1).goal == "40 Solicitudes"
    assert line_of(made, "sistemas", 2).goal == "4,000 Personas"  # its training events are informative
    assert line_of(made, "vinculacion", 1).closing == "Meta programada en el 3er y 4to trimestre."


def test_a_demand_driven_line_has_the_institutions_note(quarter: Session) -> None:
    observation = line_of(report(quarter), "transparencia", 1).observation
    assert observation is not None and observation.startswith("El avance no depende de la Secretaría")


def test_titles_and_opening_name_the_quarter(quarter: Session) -> None:
    made = report(quarter)
    assert made.title == "Primer Informe Trimestral del Desempeño de las Actividades de la SESAECH"
    assert made.heading == "Informe del Primer Trimestre 2024 (Enero - Marzo)"
    assert "del primer trimestre correspondiente a los meses de Enero – Marzo" in made.opening[0]
    assert "{" not in made.opening[0]
    assert report(quarter, unit="juridica").title.endswith(": Dirección Jurídica")


def test_the_tables_equal_those_of_the_published_report(quarter: Session) -> None:
    made = report(quarter)
    (monthly,) = line_of(made, "sistemas", 3).tables
    assert monthly.head == ("Meses", "Programados", "Ejecutados")
    assert monthly.rows == (("Enero", "0", "0"), ("Febrero", "21", "21"), ("Marzo", "18", "18"))
    assert monthly.total == ("Total", "39", "39")
    (events,) = line_of(made, "sistemas", 2).tables
    assert events.rows[0][1:] == ("0", "1", "1", "1", "3")
    numbers = [table.number for unit in made.units for line in unit.lines for table in line.tables]
    assert numbers == list(range(1, len(numbers) + 1))


def test_a_later_settlement_is_reported_in_the_quarter_in_which_it_counts(quarter: Session) -> None:
    entry = quarter.exec(select(Entry).where(Entry.pending > 0)).first()
    assert entry is not None
    quarter.add(
        Settlement(
            entry_id=entry.id or 0,
            quantity=entry.pending,
            counts_on=date(2024, 4, 10),
            registered_at=SIGNED_AT,
            said_at=SIGNED_AT,
        )
    )
    quarter.flush()
    (table,) = line_of(report(quarter, T2, date(2024, 4, 12)), "juridica", 1).tables
    done = next(row for row in table.rows if row[0] == "Acuerdos: realizado")
    assert done[1] == "9" and done[2] == str(entry.pending) and done[3:5] == ("–", "–")


def test_a_signed_unit_is_reported_as_signed(quarter: Session) -> None:
    signed(quarter, DIRECTOR, unit_of(quarter), T1, SIGNED_AT)
    before = report(quarter, unit="juridica")
    assert before.signed and before.draft_note is None
    assert before.dated_at == SIGNED_AT
    assert before.units[0].signature is not None and before.units[0].signature.signed_by == "Roberto Culebro"
    for each in activities_of(quarter, "juridica", 1):
        each.narrative = "Otra cosa"
    quarter.flush()
    assert report(quarter, unit="juridica") == before


def test_only_signed_figures_of_an_earlier_quarter_are_compared(quarter: Session) -> None:
    second = Quarter(2024, 2)
    after = second.last_day + timedelta(days=1)

    def compared(unit: str | None) -> list[Table]:
        made = report(quarter, second, after, unit)
        return [table for block in made.board if block.part is BoardPart.COMPARISON for table in block.tables]

    assert compared(None) == []
    signed(quarter, DIRECTOR, unit_of(quarter), T1, SIGNED_AT)
    first = report(quarter, unit="juridica").units[0]
    (own,) = compared("juridica")
    assert own.head[1:] == ("1er trimestre 2024", "2do trimestre 2024")
    assert own.rows[0][1] == f"{first.shown}\u00a0%"
    (whole,) = compared(None)
    assert [row[1] for row in whole.rows if row[0] != first.name] == ["–"] * (len(whole.rows) - 1)
    assert whole.total is not None and whole.total[1] == "–"


def test_the_report_is_a_draft_that_names_the_units_without_a_signature(quarter: Session) -> None:
    signed(quarter, DIRECTOR, unit_of(quarter), T1, SIGNED_AT)
    made = report(quarter)
    assert made.draft and made.draft_note is not None
    assert "Unidad de Transparencia" in made.draft_note and "Dirección Jurídica" not in made.draft_note


def test_before_the_quarters_end_the_figures_are_of_today(quarter: Session) -> None:
    made = report(quarter, today=date(2024, 2, 15))
    assert made.on == date(2024, 2, 15)
    assert made.draft_note == (
        "Borrador con las cifras al 15 de febrero de 2024; el trimestre no ha terminado."
    )
    days = [each.ends_on for unit in made.units for line in unit.lines for each in line.activities]
    assert days and max(days) <= made.on
    assert (
        line_of(made, "juridica", 1).targets[0].counted
        < line_of(report(quarter), "juridica", 1).targets[0].counted
    )


def test_pictures_are_numbered_per_series_through_the_document(quarter: Session) -> None:
    first, second = activities_of(quarter, "archivo", 2)
    for number in range(1, 5):
        add_picture(quarter, first.id or 0, number, caption="Asesorías" if number == 1 else None)
    add_picture(quarter, second.id or 0, 5)
    add_picture(quarter, second.id or 0, 6, kind=EvidenceKind.DOCUMENT, media_type="image/png")
    add_picture(quarter, second.id or 0, 7, kind=EvidenceKind.DOCUMENT, media_type="application/pdf")
    add_picture(quarter, second.id or 0, 8, copy_sha256=None)
    line = line_of(report(quarter), "archivo", 2)
    groups = [group for activity in line.activities for group in activity.groups]
    assert [group.caption.partition(". ")[0] for group in groups] == [
        "Fotografías 1, 2, 3 y 4",
        "Fotografía 5",
        "Imagen 1",
    ]
    assert groups[0].caption.endswith(". Asesorías.")
    assert groups[1].caption.removeprefix("Fotografía 5. ").startswith("Segunda asesoría a las y los respons")
    assert [each.series for group in groups for each in group.figures].count(Series.PHOTOGRAPH) == 5
    shown = {file.sha256: file.shown for activity in line.activities for file in activity.evidence}
    assert [shown[f"{number:064x}"] for number in (5, 6, 7, 8)] == [True, True, False, False]


def test_the_seal_lists_every_file_and_the_chains_head(quarter: Session) -> None:
    (activity, *_) = activities_of(quarter, "archivo", 2)
    add_picture(quarter, activity.id or 0, 1, name="foto.jpg", bytes=12)
    add_picture(quarter, activity.id or 0, 2, sha256=None, copy_sha256=None)
    quarter.add(
        Evidence(
            activity_id=activity.id,
            kind=EvidenceKind.LOCATION,
            latitude=16.7,
            longitude=-93.1,
            received_at=BEGUN,
        )
    )
    quarter.flush()
    seal = report(quarter).seal
    assert [(each.sha256, each.line, each.activity) for each in seal.files] == [
        (f"{1:064x}", 2, activity.id),
        (f"{501:064x}", 2, activity.id),  # its copy, which is printed
        (None, 2, activity.id),
    ]
    assert [each.kind for each in seal.files] == ["photo", COPY, "photo"]
    assert seal.entries > 0 and len(seal.head) == 64


def activity(narrative: str, place: str | None = None, **facts: int) -> tuple[str, ...]:
    span = (date(2024, 3, 13), date(2024, 3, 13))
    return wording.of_activity(narrative, span, 2024, AttendanceFacts(**facts), (), (), place)


@pytest.mark.parametrize(
    "narrative",
    [
        "Ayer dimos 2 asesorías.", "El miércoles dimos 2 asesorías.", "Nómina de enero.",
        "Se integró el acta del 28 de diciembre.", "Se contestó el oficio recibido el 11 de marzo.",
        "Se revisó lo del 13 de febrero.",
    ],
)  # fmt: skip
def test_a_narrative_that_does_not_name_its_day_begins_with_it(narrative: str) -> None:
    assert activity(narrative) == (f"13 de marzo. {narrative}",)


@pytest.mark.parametrize(
    "narrative", ["El 13 de marzo dimos 2 asesorías.", "Con fecha 13 de marzo de 2024 se envió el informe."]
)
def test_a_narrative_that_names_its_day_begins_without_it(narrative: str) -> None:
    assert activity(narrative) == (narrative,)


def days_in(first: date, last: date) -> str:
    return wording.of_activity("Se integró.", (first, last), 2024, NOBODY, (), (), None)[0]


def test_days_of_another_year_are_printed_with_it() -> None:
    assert days_in(date(2023, 12, 28), date(2024, 1, 4)) == (
        "Del 28 de diciembre de 2023 al 4 de enero de 2024. Se integró."
    )
    assert days_in(date(2023, 12, 28), date(2023, 12, 28)) == "28 de diciembre de 2023. Se integró."
    assert days_in(date(2024, 1, 30), date(2024, 2, 4)) == "Del 30 de enero al 4 de febrero. Se integró."


def test_participants_that_the_narrative_does_not_tell_follow_it() -> None:
    told = "Participaron 9 personas: 6 mujeres y 3 hombres."
    assert activity("Asesoría.", participants=9, women=6, men=3)[-1] == told
    assert activity("Asesoría a 9 personas.", participants=9, women=6, men=3)[-1] == told
    assert activity("Curso de 9 horas.", participants=9, women=6, men=3)[-1] == told
    whole = "Asesoría a 9 personas, 6 mujeres y 3 hombres."
    assert activity(whole, participants=9, women=6, men=3) == (f"13 de marzo. {whole}",)
    assert activity("Taller para 9 personas.", participants=9) == ("13 de marzo. Taller para 9 personas.",)
    assert "4 de la academia" in activity("Taller para 9 personas.", participants=9, academia=4)[-1]


def test_the_place_that_the_narrative_does_not_name_follows_it() -> None:
    assert activity("Taller.", place="Auditorio del Congreso")[-1] == "Lugar: Auditorio del Congreso."
    assert activity("Taller en el auditorio.", place="Auditorio") == ("13 de marzo. Taller en el auditorio.",)


@pytest.mark.parametrize(
    ("narrative", "said"),
    [
        ("Se envió.", "Documento SESAECH/DJ/012/2024."),
        ("Se envió por oficio.", "Oficio SESAECH/DJ/012/2024."),
        ("Se turnó con memorándum.", "Memorándum SESAECH/DJ/012/2024."),
        ("Se emitió la resolución.", "Resolución SESAECH/DJ/012/2024."),
        ("Se contestó el oficio con un memorándum.", "Documento SESAECH/DJ/012/2024."),
    ],
)
def test_a_document_is_printed_by_its_kind(narrative: str, said: str) -> None:
    span = (date(2024, 3, 13), date(2024, 3, 15))
    given = wording.of_activity(narrative, span, 2024, NOBODY, (), ("SESAECH/DJ/012/2024",), None)
    assert given == (f"Del 13 al 15 de marzo. {narrative}", said)


@given(st.text(max_size=400))
def test_any_text_keeps_its_words(text: str) -> None:
    assert "".join(text.split()) in "".join("".join(activity(text)).split())


def test_the_sample_report_is_as_described(quarter: Session) -> None:
    made: list[ActivityPart] = [
        each for unit in report(quarter).units for line in unit.lines for each in line.activities
    ]
    assert len(made) > 40 and sum(entry.quantity for each in made for entry in each.entries) > Decimal(100)


@pytest.mark.parametrize(
    ("given", "title"),
    [
        ("Informe Trimestral", "Segundo Informe Trimestral"),
        ("Informe {trimestre} del IMDUS", "Informe Segundo Trimestre del IMDUS"),
        ("Avances del {trimestre} trimestre de {ejercicio}", "Avances del Segundo trimestre de 2024"),
        ("Informe de {meses} de {ejercicio}", "Segundo Informe de Abril – Junio de 2024"),
    ],
)
def test_the_title_says_its_quarter_once(given: str, title: str) -> None:
    assert texts.title("IMDUS", given, Quarter(2024, 2), None) == title
