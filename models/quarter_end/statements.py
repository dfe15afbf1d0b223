"""A unit's statements on its quarter: «sin movimiento», observations, the presentation.

The newest row of each is in force, earlier ones are kept; an empty text withdraws a statement. Functions
raise `Rejected`, and nothing is changed then.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any, TypeVar

from pydantic import AliasChoices, Field
from sqlmodel import Session, SQLModel, col, select

from models.calendar import closing
from models.errors import Rejected
from models.programme.view import LineView, UnitView, programmes
from models.quarter import Quarter
from models.rights import Action, Member
from models.storage import audit
from models.storage.draft import Draft, save
from models.storage.forms import FormState
from models.tables.activity import Activity, ActivityKind, Entry, Settlement
from models.tables.programme import Line, Target, Unit
from models.tables.statement import NoActivityStatement, Observation, Presentation

Statement = NoActivityStatement | Observation | Presentation
S = TypeVar("S", NoActivityStatement, Observation, Presentation)


@dataclass(frozen=True)
class StatementKind:
    """A kind of statement: its table's owner and columns, its length, and the right it needs."""

    owner: type[SQLModel]
    owner_column: str
    words_column: str
    limit: int  # characters
    action: Action
    verb: str  # in the audit


STATEMENT_KINDS: dict[type[Statement], StatementKind] = {
    NoActivityStatement: StatementKind(Line, "line_id", "reason", 300, Action.CAPTURE, "stand still"),
    Observation: StatementKind(Line, "line_id", "text", 1_500, Action.STATE, "observe"),
    Presentation: StatementKind(Unit, "unit_id", "text", 4_000, Action.STATE, "present"),
}


class Stating(FormState):
    """The form of a statement.

    `owner_id` is the number of the line, or of the unit for a presentation; `quarter` the key. `based_on_id`
    is the row shown when the draft began, 0 for none. An empty `text` takes the statement back.
    """

    owner_id: int
    quarter: str
    based_on_id: int = Field(
        0, validation_alias=AliasChoices("based_on_id", "stood")
    )  # `stood`: older drafts
    text: str = ""

    @property
    def when(self) -> Quarter:
        return Quarter.parse(self.quarter)


def no_activity_reason(session: Session, line_id: int, quarter: Quarter) -> NoActivityStatement | None:
    """Return why nothing moved on the line in the quarter; None if taken back, or something counts."""
    return no_activity_reasons(session, [line_id], quarter).get(line_id)


def no_activity_reasons(
    session: Session, line_ids: Sequence[int], quarter: Quarter
) -> dict[int, NoActivityStatement]:
    """Return why nothing moved on several lines, by line."""
    said = _newest(session, NoActivityStatement, line_ids, quarter)
    moved = counting_lines(session, list(said), quarter) if said else set()
    return {line_id: row for line_id, row in said.items() if line_id not in moved}


def observation(session: Session, line_id: int, quarter: Quarter) -> Observation | None:
    """Return the observation printed beside the line's percentage, or None."""
    return observations(session, [line_id], quarter).get(line_id)


def observations(session: Session, line_ids: Sequence[int], quarter: Quarter) -> dict[int, Observation]:
    """Return the observations of several lines, in one query."""
    return _newest(session, Observation, line_ids, quarter)


def presentation(session: Session, unit_id: int, quarter: Quarter) -> Presentation | None:
    """Return the unit's presentation of the quarter, or None."""
    return presentations(session, [unit_id], quarter).get(unit_id)


def presentations(session: Session, unit_ids: Sequence[int], quarter: Quarter) -> dict[int, Presentation]:
    """Return the presentations of several units, in one query."""
    return _newest(session, Presentation, unit_ids, quarter)


def current_statement(
    session: Session, kind: type[Statement], owner_id: int, quarter: Quarter
) -> Statement | None:
    """Return the statement of that kind in force, or None."""
    if kind is NoActivityStatement:
        return no_activity_reason(session, owner_id, quarter)
    if kind is Observation:
        return observation(session, owner_id, quarter)
    return presentation(session, owner_id, quarter)


def words(row: Statement | None) -> str:
    """Return the text of a statement, or an empty one."""
    return "" if row is None else row.reason if isinstance(row, NoActivityStatement) else row.text


def counting_lines(session: Session, line_ids: Sequence[int], quarter: Quarter) -> set[int]:
    """Return those of the lines on which something began to count within the quarter."""
    session.flush()
    entries = (
        select(Target.line_id)
        .join(Entry, col(Entry.target_id) == col(Target.id))
        .join(Activity, col(Activity.id) == col(Entry.activity_id))
        .where(
            col(Target.line_id).in_(line_ids),
            col(Activity.withdrawn_at).is_(None),
            Activity.kind == ActivityKind.ACTIVITY,
        )
        .distinct()
    )
    done = entries.where(
        col(Activity.ends_on).between(quarter.first_day, quarter.last_day),
        col(Entry.quantity) > col(Entry.pending),
    )
    settled = entries.join(Settlement, col(Settlement.entry_id) == col(Entry.id)).where(
        col(Settlement.undone_at).is_(None),
        col(Settlement.counts_on).between(quarter.first_day, quarter.last_day),
    )
    return {*session.exec(done).all(), *session.exec(settled).all()}


def find_line(session: Session, line_id: int, quarter: Quarter) -> tuple[UnitView, LineView]:
    """Return line and unit of that year. Raises `Rejected("stale_button")` if there is none."""
    found = programmes(session).line(line_id)
    if found is None or found[0].year != quarter.year:
        raise Rejected("stale_button")
    return found[1], found[2]


def find_unit(session: Session, unit_id: int, quarter: Quarter) -> UnitView:
    """Return the unit in that year's programme. Raises `Rejected("stale_button")` if there is none."""
    programme = programmes(session).years.get(quarter.year)
    unit = programme.unit(unit_id) if programme else None
    if unit is None:
        raise Rejected("stale_button")
    return unit


def check(
    session: Session, kind: type[Statement], owner_id: int, quarter: Quarter, member: Member, today: date
) -> None:
    """Check whether the person may make this statement about that quarter now.

    Raises `Rejected`: "stale_button", "not_allowed", "quarter_to_come", "signed_already", and "line_moved"
    for «sin movimiento» where something counts.
    """
    sort = STATEMENT_KINDS[kind]
    of_line = sort.owner is Line
    unit = find_line(session, owner_id, quarter)[0] if of_line else find_unit(session, owner_id, quarter)
    member.require(sort.action, unit.id)
    if today < quarter.first_day:
        raise Rejected("quarter_to_come", quarter=quarter)
    if closing.signed(session, unit.id, quarter) is not None:
        raise Rejected("signed_already", unit_id=unit.id, quarter=quarter)
    if kind is NoActivityStatement and counting_lines(session, [owner_id], quarter):
        raise Rejected("line_moved")


def check_words(kind: type[Statement], said: str) -> None:
    """Raise `Rejected`: "statement_too_long", "statement_unreadable"."""
    limit = STATEMENT_KINDS[kind].limit
    if len(said) > limit:
        raise Rejected("statement_too_long", length=len(said), limit=limit)
    if sum(each.isalnum() for each in said) < 3:
        raise Rejected("statement_unreadable")


def state(
    session: Session,
    kind: type[Statement],
    stating: Stating,
    member: Member,
    today: date,
    now: datetime,
    draft: Draft | None = None,
) -> None:
    """Store the statement, or withdraw it if the text is empty; audited.

    Raises `Rejected` as `check` and `check_words`, "stated_meanwhile" if another statement is in force than
    the one that was shown, and "nothing_stands" if there is none to withdraw.
    """
    sort, quarter = STATEMENT_KINDS[kind], stating.when
    session.get(sort.owner, stating.owner_id, with_for_update=True)
    check(session, kind, stating.owner_id, quarter, member, today)
    if stating.text:
        check_words(kind, stating.text)
    before = current_statement(session, kind, stating.owner_id, quarter)
    if (before.id if before else 0) != stating.based_on_id:
        raise Rejected("stated_meanwhile")
    if before is None and not stating.text:
        raise Rejected("nothing_stands")
    said: dict[str, Any] = {sort.owner_column: stating.owner_id, sort.words_column: stating.text}
    said |= {"year": quarter.year, "quarter": quarter.number}
    session.add(kind(**said, said_by=member.person_id, said_at=now))
    session.flush()
    if draft is not None:
        draft.registered_at = now
        save(session, draft)
    audit.record(
        session,
        now,
        audit.person(member.person_id),
        sort.verb,
        f"{sort.owner_column.removesuffix('_id')}:{stating.owner_id}",
        {"quarter": quarter.key, "text": words(before)} if before else None,
        {"quarter": quarter.key, "text": stating.text} if stating.text else None,
    )


def _newest(session: Session, kind: type[S], owner_ids: Sequence[int], quarter: Quarter) -> dict[int, S]:
    """Return the statements in force, by owner."""
    session.flush()
    columns: Any = kind  # the three name their owner differently
    owner = getattr(columns, STATEMENT_KINDS[kind].owner_column)
    rows = session.exec(
        select(kind)
        .where(owner.in_(owner_ids), columns.year == quarter.year, columns.quarter == quarter.number)
        .order_by(columns.id)
    ).all()
    newest = {getattr(row, STATEMENT_KINDS[kind].owner_column): row for row in rows}
    return {owner_id: row for owner_id, row in newest.items() if words(row)}
