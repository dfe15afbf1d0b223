"""Tells each unit what an import of the programme changed for it, from the chat or the command line."""

from datetime import datetime

from sqlmodel import Session

from handlers.chat import broadcast
from handlers.texts.programme import changes as programme_changes
from handlers.texts.quarter_end import unit_news as texts
from models.people import reach
from models.programme.format import ProgrammeFile
from models.programme.view import programmes
from models.programme_changes.difference import ChangeKind
from models.programme_changes.importing import Difference


def tell(
    session: Session,
    file: ProgrammeFile,
    done: Difference,
    reason: str | None,
    now: datetime,
    but: int | None = None,
) -> None:
    """Tell each unit's people, except `but`, which of its lines and targets were added, removed or adjusted.

    A programme's first import tells nobody: everything is new.
    """
    names = {unit.key: unit.name for unit in file.units}
    for unit in programmes(session).years[file.year].units:
        theirs = [
            each
            for each in done.changes
            if each.unit == unit.key
            and each.line is not None
            and (each.adjusts or each.kind is not ChangeKind.CHANGED)
        ]
        if not theirs:
            continue
        given = reason if any(each.adjusts for each in theirs) else None
        said = texts.programme_changed(unit, file.year, programme_changes.every(theirs, names), given)
        chats = reach.reachable_in(session, unit.id)
        chats.pop(but or 0, None)
        broadcast.tell(session, chats.values(), said, now)
