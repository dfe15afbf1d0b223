"""What observations, presentations and «sin movimiento» share: whose they are, and how they begin."""

from typing import Any

from handlers.chat import drafts
from handlers.chat.context import TurnContext
from handlers.chat.keyboards import Keyboard, button
from handlers.progress.buttons import UnitDuties
from handlers.progress.quarter_query import Asked
from handlers.texts.quarter_end import statements as texts
from models.activities.detail import names
from models.errors import Rejected
from models.programme.view import UnitView
from models.quarter import Quarter
from models.quarter_end import statements
from models.quarter_end.statements import Statement, Stating
from models.rights import Action
from models.tables.chat.draft import DraftKind
from models.tables.statement import NoActivityStatement, Observation, Presentation

TEXT = "text"
TAKE_OFF = "none"  # value of the button that takes a statement back
KINDS: dict[DraftKind, type[Statement]] = {
    DraftKind.STANDSTILL: NoActivityStatement,
    DraftKind.OBSERVATION: Observation,
    DraftKind.PRESENTATION: Presentation,
}


def writable(context: TurnContext, asked: Asked) -> list[UnitView]:
    """Return the named units, else all, for which the person may write. Raises `Rejected("not_allowed")`."""
    units = asked.units if asked.named else asked.programme.units
    found = [unit for unit in units if context.member.may(Action.STATE, unit.id)]
    if not found:
        raise Rejected("not_allowed")
    return found


def begin(context: TurnContext, kind: DraftKind, owner_id: int, quarter: Quarter) -> None:
    """Ask for the text, or show the draft of the same statement that is already open. Raises `Rejected`."""
    statements.check(context.session, KINDS[kind], owner_id, quarter, context.member, context.today)
    stands = statements.current_statement(context.session, KINDS[kind], owner_id, quarter)
    wanted = Stating(owner_id=owner_id, quarter=quarter.key, based_on_id=(stands.id or 0) if stands else 0)
    draft = drafts.newest_open(context)
    if draft is not None and draft.kind is kind:
        content: Stating = drafts.read(context, draft)
        if content.model_dump(include=_SUBJECT) == wanted.model_dump(include=_SUBJECT):
            drafts.show(context, draft, edit=False)
            return
    drafts.open_new(context, kind, wanted)


class StatingFlow:
    """The part of `flows.Flow` that the three kinds of statement share: one question, for the text."""

    cancelled = texts.CANCELLED
    optional: tuple[str, ...] = ()

    def read(self, stored: dict[str, Any]) -> Stating:
        return Stating.model_validate(stored)

    def steps(self, context: TurnContext, content: Stating) -> list[str]:
        return [TEXT]


_SUBJECT = {"owner_id", "quarter", "based_on_id"}


def owed(unit_id: int, quarter: Quarter) -> Keyboard:
    """Return the button back to the unit's duties for the quarter."""
    return [[button(texts.OWED, UnitDuties(unit_id, quarter, 0))]]


def current_statement(context: TurnContext, kind: DraftKind, content: Stating) -> Statement | None:
    return statements.current_statement(context.session, KINDS[kind], content.owner_id, content.when)


def shown(context: TurnContext, row: Statement | None) -> str:
    """Return the saved statement with its author and date; "" if there is none."""
    if row is None:
        return ""
    by = names(context.session, [row.said_by]).get(row.said_by)
    return texts.said(statements.words(row), by, row.said_at, context.zone)
