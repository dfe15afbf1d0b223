"""«Fotos»: which pictures the report shows, their order and captions, chosen in the chat."""

from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest
from sqlmodel import Session

from handlers.texts import rejections
from models.chain import table_findings
from models.operations import migrating
from models.programme.view import programmes
from models.quarter import Quarter
from models.storage import database
from models.tables.audit import Audit
from models.tables.evidence import Evidence, EvidenceKind
from models.tables.people import Role
from models.tables.picture import PictureChoice
from reports.quarterly.making import make
from tests.support.database.registered_activities import store
from tests.support.database.signed_quarter import signed, unit_of
from tests.support.phones.batch_handler import Desk

ANA, BETO, DIEGO, PALOMA = 101, 102, 103, 104
T1 = Quarter(2024, 1)
TODAY = datetime(2024, 3, 20, tzinfo=UTC).date()
FAR = ("0" * 64 + "646464", "f" * 64 + "646464", "0f" * 32 + "646464")  # likenesses without resemblance


@pytest.fixture
def desk(tmp_path: Path) -> Iterator[Desk]:
    """Ana's activity 1 with photographs 1 to 3, Beto's activity 2 on the same line with photograph 4."""
    engine = database.connect(f"sqlite:///{tmp_path / 'avance.db'}")
    migrating.migrate(engine)
    desk = Desk(engine)
    for who, role, unit in (
        (ANA, Role.STAFF, "juridica"),
        (BETO, Role.STAFF, "juridica"),
        (DIEGO, Role.DIRECTOR, "juridica"),
        (PALOMA, Role.PLANNING, None),
    ):
        desk.link(who, role, unit)
    store(engine, by=ANA, narrative="Se revisó el convenio del art. 34. Hubo acuerdos.")
    store(engine, by=BETO, narrative="Se revisaron las bases.")
    for number, activity in ((1, 1), (2, 1), (3, 1), (4, 2)):
        add(desk, activity, number)
    yield desk
    engine.dispose()


def add(desk: Desk, activity_id: int, number: int, **look: Any) -> None:
    with database.transaction(desk.engine) as session:
        session.add(
            Evidence(
                activity_id=activity_id,
                kind=EvidenceKind.PHOTO,
                sha256=f"{number:064x}",
                copy_sha256=f"{number + 500:064x}",
                received_at=desk.now,
                **look,
            )
        )


def printed(desk: Desk) -> list[tuple[str, list[int]]]:
    """Return the captions of the report's groups, each with its pictures by their hashes."""
    with Session(desk.engine) as session:
        programme = programmes(session).years[2024]
        report = make(session, programme, T1, TODAY, unit_of(session))
        activities = [each for unit in report.units for line in unit.lines for each in line.activities]
        return [
            (group.caption, [int(figure.sha256, 16) for figure in group.figures])
            for each in activities
            for group in each.groups
        ]


def press(desk: Desk, who: int, data: str) -> str:
    desk.take(desk.tap(who, data))
    return " ".join([*(str(each.payload.get("text")) for each in desk.said), *map(str, desk.answers)])


def caption(desk: Desk, who: int, data: str, text: str) -> None:
    press(desk, who, data)
    desk.take(desk.message(who, text))
    press(desk, who, desk.button("✅ Guardar"))


def test_the_report_page_leads_to_the_pictures(desk: Desk) -> None:
    desk.take(desk.message(DIEGO, "/informe juridica"))
    page = press(desk, DIEGO, desk.button("🖼 Fotos"))
    assert "4 de 4 salen en el informe" in page and "Se revisó el convenio del art. 34." in page
    assert "Pie: «Se revisaron las bases.»" in press(desk, DIEGO, desk.button("4"))


def test_an_activity_leads_its_author_to_its_pictures(desk: Desk) -> None:
    desk.take(desk.message(ANA, "/actividad_1"))
    page = press(desk, ANA, desk.button("🖼 En el informe"))
    assert "3 de 3 salen" in page and "bases" not in page


@pytest.mark.parametrize("who", [ANA, DIEGO, PALOMA])
def test_a_picture_is_taken_out_and_put_back(desk: Desk, who: int) -> None:
    assert "🚫 No sale: Quitada del informe" in press(desk, who, "foto:t:2:no")
    assert [numbers for _, numbers in printed(desk)] == [[1, 3], [4]]
    press(desk, who, desk.button("✅ Incluirla"))
    assert [numbers for _, numbers in printed(desk)] == [[1, 2, 3], [4]]
    assert [each.shown for each in desk.rows(PictureChoice)] == [False, True]  # each decision is kept


@pytest.mark.parametrize("data", ["foto:t:1:no", "foto:m:2:up", "foto:c:1:one"])
def test_others_change_nothing(desk: Desk, data: str) -> None:
    assert rejections.SENTENCES["not_yours_to_correct"][:20] in press(desk, BETO, data)
    assert printed(desk)[0][1] == [1, 2, 3] and desk.rows(PictureChoice) == []


def test_a_caption_is_written_whole_and_audited(desk: Desk) -> None:
    caption(desk, ANA, "foto:c:2:one", "Entrega al Lic. Cruz, No. 5. Recibió el área")
    assert printed(desk) == [
        ("Fotografías 1 y 2. Se revisó el convenio del art. 34.", [1, 3]),
        ("Fotografía 3. Entrega al Lic. Cruz, No. 5. Recibió el área.", [2]),
        ("Fotografía 4. Se revisaron las bases.", [4]),
    ]
    entry = next(each for each in desk.rows(Audit) if each.action == "choose picture")
    assert entry.after["caption"] == "Entrega al Lic. Cruz, No. 5. Recibió el área"


def test_a_line_shares_one_caption_as_one_group(desk: Desk) -> None:
    caption(desk, DIEGO, "foto:c:1:line", "Asesorías")
    assert printed(desk) == [("Fotografías 1, 2, 3 y 4. Asesorías.", [1, 2, 3, 4])]
    press(desk, DIEGO, "foto:c:1:activity")
    press(desk, DIEGO, desk.button("↩️ El que se forma solo"))
    press(desk, DIEGO, desk.button("✅ Guardar"))
    assert [numbers for _, numbers in printed(desk)] == [[1, 2, 3], [4]]


def test_pictures_are_moved(desk: Desk) -> None:
    press(desk, ANA, "foto:m:3:up")
    assert printed(desk)[0][1] == [1, 3, 2]
    press(desk, ANA, "foto:m:1:down")
    assert printed(desk)[0][1] == [3, 1, 2]
    assert "primera" in press(desk, ANA, "foto:m:3:up")
    caption(desk, ANA, "foto:c:2:one", "Cierre")
    press(desk, ANA, "foto:m:2:up")  # a group of one goes past the group before it
    assert [numbers for _, numbers in printed(desk)] == [[2], [3, 1], [4]]


def test_unfit_pictures_are_left_out_with_the_reason_and_can_be_put_back(desk: Desk) -> None:
    add(desk, 1, 5, width=1600, height=1200, brightness=20, likeness=FAR[0])
    add(desk, 1, 6, width=160, height=120, brightness=200, likeness=FAR[1])
    add(desk, 1, 7, width=1600, height=1200, brightness=200, likeness=FAR[2])
    add(desk, 2, 8, width=1600, height=1200, brightness=190, likeness="0e" + FAR[2][2:])
    assert [numbers for _, numbers in printed(desk)] == [[1, 2, 3, 7], [4]]
    page = press(desk, DIEGO, f"rep:p:{_juridica(desk)}:2024-T1")
    for said in ("Muy oscura", "Muy pequeña", "Casi igual a otra de la n.º 1"):
        assert f"🚫 {said}" in page
    desk.take(desk.message(DIEGO, "/informe juridica"))
    assert "no se imprime 1 imagen muy oscura" in str([each.payload for each in desk.said])
    press(desk, DIEGO, "foto:t:5")
    assert printed(desk)[0][1] == [1, 2, 3, 5, 7]


def test_what_is_signed_carries_what_was_chosen_and_is_closed(desk: Desk) -> None:
    press(desk, ANA, "foto:t:2:no")
    caption(desk, ANA, "foto:c:1:activity", "Mesa de trabajo")
    before = printed(desk)
    with database.transaction(desk.engine) as session:
        signed(session, DIEGO, unit_of(session), T1, datetime(2024, 4, 2, tzinfo=UTC))
    assert "firmad" in press(desk, ANA, "foto:t:2")
    with database.transaction(desk.engine) as session:  # past the rules: what is signed stays
        session.add(PictureChoice(evidence_id=1, shown=False, said_at=desk.now))
    with Session(desk.engine) as session:
        programme = programmes(session).years[2024]
        report = make(session, programme, T1, datetime(2024, 4, 3, tzinfo=UTC).date(), unit_of(session))
        groups = [
            g for unit in report.units for line in unit.lines for a in line.activities for g in a.groups
        ]
    assert report.signed
    assert [(each.caption, len(each.figures)) for each in groups] == [
        (text, len(numbers)) for text, numbers in before
    ]


def test_the_chain_covers_what_was_chosen(desk: Desk) -> None:
    press(desk, ANA, "foto:t:2:no")
    press(desk, ANA, "foto:m:3:up")
    with database.transaction(desk.engine) as session:
        session.connection().exec_driver_sql("UPDATE picture_choice SET shown = 1")
    with Session(desk.engine) as session:
        found = table_findings.compare(session).findings
    assert any("picture_choice" in str(each) for each in found)


def _juridica(desk: Desk) -> int:
    with Session(desk.engine) as session:
        return unit_of(session).id
