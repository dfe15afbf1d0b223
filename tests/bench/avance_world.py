"""(c)'s database and traffic: an agency at work, with the updates that come all day.

A third of the people answers a question of an open capture by text, a third presses a button of a filled card
(or registers it), a third asks `/avance`. Each person does one thing, and the trios are at every stage of a
capture in turn.
"""

from datetime import date, timedelta
from pathlib import Path

from sqlmodel import Session

from handlers.activity_form.steps import OPTIONAL
from models.operations import migrating
from models.programme.view import LineView, ProgrammeView, programmes
from models.programme_changes.importing import ensure_loaded
from models.storage import database
from models.storage.forms import ActivityForm, ClaimedQuantity
from models.tables.activity import Activity, Entry
from models.tables.chat.draft import DraftRow
from models.tables.people import Membership, Person, Role
from tests.bench.traffic import SAID_AT, Update, message, tap

TRIOS = 1100  # one person who writes, one who taps, one who asks
ACTIVITIES_PER_LINE = 6  # activities registered before, as many as in a first quarter
NARRATIVE = (
    "Se llevó a cabo una sesión de trabajo con las áreas responsables para revisar los avances del "
    "trimestre, se atendieron las observaciones recibidas y se acordaron los siguientes pasos."
)
PLACE, DOCUMENT = "Sala de juntas de la Secretaría", "SESAECH/DJ/012/2024"
TEXTS = ("1", "19/03", NARRATIVE, "9 (6 mujeres y 3 hombres)", PLACE, DOCUMENT)  # after the line's number
TAPS = (  # the draft's step, and what is pressed there
    ("card", "e:place"),
    ("place", "v:none"),
    ("card", "e:documents"),
    ("documents", "v:none"),
    ("card", "e:people"),
    ("people", "v:none"),
    ("card", "ok"),
)
WRITER, TAPPER, ASKER = 2_000_000, 3_000_000, 4_000_000  # first Telegram id of each kind


class World:
    """Builds the database once; every run begins with a copy of it."""

    def __init__(self, path: Path) -> None:
        self.path = path
        engine = database.connect(f"sqlite:///{path}")
        migrating.migrate(engine)
        with database.transaction(engine) as session:
            ensure_loaded(session, None, SAID_AT)
        with database.transaction(engine) as session:
            programme = programmes(session).years[SAID_AT.year]
            self.line = _plain_line(programme)
            session.add_all(_history(session, programme))
            self.drafts = self._people(session)
        engine.dispose()

    def traffic(self, trios: range) -> list[Update]:
        """Return one update of each person of these trios."""
        return [each for trio in trios for each in self._trio(trio)]

    def _trio(self, trio: int) -> list[Update]:
        stage = trio % len(TAPS)
        return [
            message(WRITER + trio, (str(self.line.number), *TEXTS)[stage]),
            tap(TAPPER + trio, f"d:{self.drafts[trio]}:1:{TAPS[stage][1]}", message_id=trio + 1),
            message(ASKER + trio, "/avance juridica"),
        ]

    def _people(self, session: Session) -> list[int]:
        """Add the linked people, with drafts for those who write and tap; return the tappers' draft ids."""
        full, pressed = _filled(self.line), []
        for trio in range(TRIOS):
            stage = trio % len(TAPS)
            writer, tapper, _ = (self._linked(session, kind + trio) for kind in (WRITER, TAPPER, ASKER))
            begun = full.model_copy(update={"answered": full.answered[:stage]})
            session.add(_draft(writer, WRITER + trio, full.answered[stage], begun))
            pressed.append(_draft(tapper, TAPPER + trio, TAPS[stage][0], full))
        session.add_all(pressed)
        session.flush()
        return [draft.id or 0 for draft in pressed]

    def _linked(self, session: Session, telegram_id: int) -> int:
        person = Person(name=f"Persona {telegram_id}", telegram_id=telegram_id, joined_at=SAID_AT)
        session.add(person)
        session.flush()
        assert person.id
        session.add(
            Membership(person_id=person.id, role=Role.STAFF, unit_id=self.line.unit_id, granted_at=SAID_AT)
        )
        return person.id


def _plain_line(programme: ProgrammeView) -> LineView:
    """Return Jurídica's first line with one target and nothing pending: its capture has seven steps."""
    unit = next(unit for unit in programme.units if unit.key == "juridica")
    return next(line for line in unit.lines if len(line.targets) == 1 and not line.targets[0].counts_when)


def _filled(line: LineView) -> ActivityForm:
    """Return a form with every question answered."""
    target = line.targets[0].id
    return ActivityForm(
        answered=("line", f"quantity.{target}", "days", "narrative", *OPTIONAL),
        unit_id=line.unit_id,
        line_id=line.id,
        claims=(ClaimedQuantity(target_id=target, quantity=1),),
        starts_on=date(2024, 3, 19),
        ends_on=date(2024, 3, 19),
        narrative=NARRATIVE,
        place=PLACE,
        documents=(DOCUMENT,),
    )


def _draft(person_id: int, chat_id: int, step: str, content: ActivityForm) -> DraftRow:
    return DraftRow(
        person_id=person_id,
        chat_id=chat_id,
        step=step,
        content=content.model_dump(mode="json"),
        said_at=SAID_AT,
        touched_at=SAID_AT,
    )


def _history(session: Session, programme: ProgrammeView) -> list[Entry]:
    """Register some activities on every line, two weeks apart."""
    entries = []
    for unit, line in programme.lines():
        for number in range(ACTIVITIES_PER_LINE):
            day = date(2024, 1, 2) + timedelta(days=14 * number)
            activity = Activity(
                unit_id=unit.id,
                line_id=line.id,
                starts_on=day,
                ends_on=day,
                narrative=NARRATIVE,
                registered_at=SAID_AT,
                said_at=SAID_AT,
            )
            session.add(activity)
            session.flush()
            assert activity.id
            entries += [
                Entry(activity_id=activity.id, target_id=each.id, quantity=1) for each in line.targets
            ]
    return entries
