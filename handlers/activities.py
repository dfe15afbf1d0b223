"""`/actividades`: what was registered in the person's units, with «ya cuenta» for what is pending."""

from sqlmodel import Session

from handlers.keyboards import Keyboard, button, rows
from handlers.talk import Talk
from handlers.texts import activities as texts
from models.activities import ActivityView, page
from models.programme_view import TargetView
from models.rights import Action

PAGE = 5


def show(session: Session, talk: Talk) -> None:
    _show(session, talk, 0)


def press(session: Session, talk: Talk) -> None:
    """Another page, in place."""
    _show(session, talk, max(talk.argument(1), 0))


def _show(session: Session, talk: Talk, offset: int) -> None:
    programme = talk.programmes.of(talk.today) or talk.programmes.newest()
    units = [
        unit
        for unit in (programme.units if programme else ())
        if talk.member.may(Action.READ_ACTIVITIES, unit.id)
    ]
    found = page(session, [unit.id for unit in units], offset, PAGE + 1)
    shown, more = found[:PAGE], len(found) > PAGE
    lines = {line.id: (unit, line) for unit in units for line in unit.lines}
    targets = {target.id: target for _, line in lines.values() for target in line.targets}
    text = texts.listing(shown, lines, targets, offset, several=len(units) > 1)
    talk.edit(text, _keyboard(talk, shown, targets, offset, more))


def _keyboard(
    talk: Talk, shown: list[ActivityView], targets: dict[int, TargetView], offset: int, more: bool
) -> Keyboard:
    pending = [
        button(texts.counts_now(each.activity, entry, targets[entry.target_id]), "settle", entry.id)
        for each in shown
        for entry in each.entries
        if entry.pending
        and entry.target_id in targets
        and talk.member.may(Action.CAPTURE, each.activity.unit_id)
    ]
    turns = []
    if offset:
        turns.append(button(texts.NEWER, "acts", max(offset - PAGE, 0)))
    if more:
        turns.append(button(texts.OLDER, "acts", offset + PAGE))
    return [*rows(pending, 1), *([turns] if turns else [])]
