"""What the conversations about a quarter's statements have in common: whose they are, and how they begin."""

from typing import Any

from handlers.chat import drafts
from handlers.chat.keyboards import Keyboard, button
from handlers.chat.talk import Talk
from handlers.progress import quarter_query
from handlers.progress.quarter_query import Asked
from handlers.texts.quarter_end import statements as texts
from models.activities.detail import names
from models.errors import Rejected
from models.programme.view import UnitView
from models.quarter import Quarter
from models.quarter_end import statements
from models.quarter_end.statements import Statement, Stating
from models.rights import Action
from models.tables.draft import DraftKind
from models.tables.statement import Observation, Presentation, Standstill

TEXT = "text"
TAKE_OFF = "none"  # the value of the button that takes a statement back
KINDS: dict[DraftKind, type[Statement]] = {
    DraftKind.STANDSTILL: Standstill,
    DraftKind.OBSERVATION: Observation,
    DraftKind.PRESENTATION: Presentation,
}


def writable(talk: Talk, asked: Asked) -> list[UnitView]:
    """The units that were named, else all, of whose quarter the person may write."""
    units = asked.units if asked.named else asked.programme.units
    found = [unit for unit in units if talk.member.may(Action.STATE, unit.id)]
    if not found:
        raise Rejected("not_allowed")
    return found


def pressed_quarter(talk: Talk) -> Quarter:
    """The quarter in a button's data: «obs:12:2024-T1»."""
    return quarter_query.of_key(talk, ":".join((talk.heard.data or "").split(":")[2:3]))[1]


def begin(talk: Talk, kind: DraftKind, owner_id: int, quarter: Quarter) -> None:
    """Ask for the words. A draft of the same that is open already is shown again."""
    statements.check(talk.session, KINDS[kind], owner_id, quarter, talk.member, talk.today)
    stands = statements.standing(talk.session, KINDS[kind], owner_id, quarter)
    wanted = Stating(owner_id=owner_id, quarter=quarter.key, stood=(stands.id or 0) if stands else 0)
    draft = drafts.newest_open(talk)
    if draft is not None and draft.kind is kind:
        content: Stating = drafts.read(draft)
        if content.model_dump(include=_SUBJECT) == wanted.model_dump(include=_SUBJECT):
            drafts.show(talk, draft, edit=False)
            return
    drafts.open_new(talk, kind, wanted)


class StatingFlow:
    """What the three conversations share of `drafts.Flow`: one question, for the words."""

    cancelled = texts.CANCELLED
    optional: tuple[str, ...] = ()

    def read(self, stored: dict[str, Any]) -> Stating:
        return Stating.model_validate(stored)

    def steps(self, talk: Talk, content: Stating) -> list[str]:
        return [TEXT]


_SUBJECT = {"owner_id", "quarter", "stood"}


def owed(unit_id: int, quarter: Quarter) -> Keyboard:
    """Back to what the unit still owes for the quarter."""
    return [[button(texts.OWED, "due", "u", unit_id, quarter.key, 0)]]


def standing(talk: Talk, kind: DraftKind, content: Stating) -> Statement | None:
    return statements.standing(talk.session, KINDS[kind], content.owner_id, content.when)


def shown(talk: Talk, row: Statement | None) -> str:
    """What stands, and who said it; empty where nothing does."""
    if row is None:
        return ""
    by = names(talk.session, [row.said_by]).get(row.said_by)
    return texts.said(statements.words(row), by, row.said_at, talk.zone)
