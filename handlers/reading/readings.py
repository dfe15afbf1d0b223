"""Reads the messages of a batch once each, before the transaction, within a time budget.

1. `prepare` looks up, in a short transaction of its own, what each text may be about: the person's lines,
   their units' precedents, the open card.
2. With no transaction open the texts are read; the results are kept in a `Readings`.
3. During the turn the handlers call `understand`, `split`, `question` and `amendment`, which find those
   results. Texts that were not foreseen are read then, within the same budget.

A text that exceeds its budget counts as not understood: its card asks step by step, as `/registrar` does.
"""

import logging
from collections.abc import Callable, Hashable, Iterable, Sequence
from contextlib import suppress
from dataclasses import dataclass, replace
from datetime import date, datetime
from typing import Any, TypeVar

from sqlalchemy import Engine
from sqlmodel import Session

from handlers.chat.context import TurnContext
from handlers.chat.conversations import NONE
from handlers.chat.flows import DraftButton
from handlers.reading.units import capturable_units
from handlers.updates.parsing import IncomingUpdate, parse
from models.activities.precedents import Precedent, precedents
from models.people import deputies
from models.programme.view import LineView, TargetView, UnitView, programmes
from models.rights import Action, member
from models.storage import database
from models.storage import draft as draft_rows
from models.storage.unit_of_work import work_of
from spanish.reading import several
from spanish.reading.activity import Understood
from spanish.reading.activity import understand as understand_activity
from spanish.reading.amendment import Amendment, read_amendment
from spanish.reading.budget import OutOfTime, budget
from spanish.reading.conditions import find_condition_met
from spanish.reading.dates.units import Days
from spanish.reading.questions import Question, read_question

log = logging.getLogger(__name__)

CAPTURE = "registrar"  # the command whose arguments are an activity
SECONDS = 0.25  # of CPU time per text
Lines = Sequence[tuple[UnitView, LineView]]
Result = TypeVar("Result")


class Readings:
    """Results for the current batch, by function and arguments.

    After a text that took too long, no other text of that person in the batch is read.
    """

    def __init__(self) -> None:
        self._known: dict[Hashable, tuple[Any, Any]] = {}  # with the arguments, so that their ids stay unique
        self.of_lines: dict[Hashable, Understood] = {}  # by text, day and the line that was chosen
        self._exceeded: set[int] = set()

    def read(
        self,
        person_id: int,
        function: Callable[..., Result],
        text: str,
        arguments: tuple[Any, ...],
        otherwise: Result,
    ) -> Result:
        """Return the function's result for that text, or `otherwise` if it takes too long."""
        key = (function, text, *map(_identity, arguments))
        if (known := self._known.get(key)) is not None:
            return known[1]  # type: ignore[no-any-return]
        if person_id in self._exceeded:
            return otherwise
        try:
            with budget(SECONDS):
                result = function(text, *arguments)
        except OutOfTime:
            log.warning("A text of %s characters took too long to read; its card asks instead", len(text))
            self._exceeded.add(person_id)
            return otherwise
        self._known[key] = (arguments, result)
        return result


def _identity(argument: Any) -> Hashable:
    """Return a hashable key of an argument; frozen lines and precedents are identified by `id`."""
    if isinstance(argument, (list, tuple)):
        return tuple(_identity(each) for each in argument)
    return argument if isinstance(argument, date) else id(argument)


def understand(
    context: TurnContext, text: str, lines: Lines, history: Sequence[Precedent] = ()
) -> Understood:
    """Return what the text says of one of the lines; with `unread` if it took too long."""
    unread = Understood.unread_of(line.id for _, line in lines)
    readings = _of(context)
    found = readings.read(
        context.member.person_id, understand_activity, text, (lines, context.relative_to, history), unread
    )
    for _, line in lines if found.line_id is not None else ():
        if line.id == found.line_id:
            readings.of_lines.setdefault(_chosen(context, text, line), found)
    return found


def of_line(context: TurnContext, text: str, unit: UnitView, line: LineView) -> Understood:
    """Return what the text says of that line.

    A reading that chose the line among others is reused, without the words by which it was chosen.
    """
    found = _of(context).of_lines.get(_chosen(context, text, line))
    if found is None:
        return understand(context, text, [(unit, line)])
    return replace(found, candidates=(line.id,), where=replace(found.where, line=()))


def _chosen(context: TurnContext, text: str, line: LineView) -> Hashable:
    return text, context.relative_to, id(line)


def split(
    context: TurnContext, text: str, lines: Lines, history: Sequence[Precedent]
) -> tuple[several.TextPart, ...]:
    """Return the activities that the text describes on lines of their own."""
    return _of(context).read(
        context.member.person_id, several.split, text, (lines, context.relative_to, history), ()
    )


def question(context: TurnContext, text: str, units: Sequence[UnitView]) -> Question | None:
    """Return the question that the text asks, or None."""
    return _of(context).read(context.member.person_id, read_question, text, (units, context.today), None)


def condition_met(context: TurnContext, text: str, target: TargetView) -> tuple[Days, ...] | None:
    """Return the days that the text names if it tells that what waited now counts, else None."""
    return _of(context).read(
        context.member.person_id, find_condition_met, text, (target, context.relative_to), None
    )


def amendment(context: TurnContext, text: str, line: LineView | None) -> Amendment | None:
    """Return what the text corrects of a card on that line."""
    return _of(context).read(
        context.member.person_id, read_amendment, text, (line, context.relative_to), None
    )


def _of(context: TurnContext) -> Readings:
    return work_of(context.session).part(Readings)


@dataclass(frozen=True)
class _Foreseen:
    """One text of the batch and what it may be about; `told` if it is new, not the text of an open card."""

    context: TurnContext
    text: str
    units: Sequence[UnitView]
    lines: Lines
    history: Sequence[Precedent]
    card: tuple[UnitView, LineView] | None
    told: bool

    def read(self) -> None:
        if self.card is not None and self.told:
            amendment(self.context, self.text, self.card[1])
        if self.told:
            question(self.context, self.text, self.units)
            if self.lines:
                self._understand(self.text, self.lines, self.history)
            for part in split(self.context, self.text, self.lines, self.history) if self.lines else ():
                self._understand(part.text, self.lines, self.history)
        elif self.card is not None:
            self._understand(self.text, [self.card])

    def _understand(self, text: str, lines: Lines, history: Sequence[Precedent] = ()) -> None:
        understand(self.context, text, lines, history)
        for target in (each for _, line in lines for each in line.targets if each.counts_when):
            condition_met(self.context, text, target)


def prepare(engine: Engine, batch: Iterable[Any], now: datetime) -> Readings:
    """Read the texts of a batch, and those of the cards that its taps will show again; return the results."""
    readings = Readings()
    incoming = [one for raw in batch if _may_be_read(raw) and (one := parse(raw)) is not None and one.private]
    if not incoming:
        return readings
    foreseen: list[_Foreseen] = []
    with database.reading(engine) as session:
        work_of(session).put(readings)
        for one in incoming:
            with suppress(Exception):  # raised again in the turn, for that update alone
                foreseen += _foresee(session, one, now)
    for each in foreseen:
        with suppress(Exception):
            each.read()
    return readings


def _may_be_read(raw: Any) -> bool:
    """Return whether the update has a text or is a tap on a draft's card; cheap, as it always runs."""
    if not isinstance(raw, dict):
        return False
    if isinstance(message := raw.get("message") or raw.get("edited_message"), dict):
        return bool(message.get("text") or message.get("caption"))
    tap = raw.get("callback_query")
    return isinstance(tap, dict) and str(tap.get("data", "")).startswith("d:")


def _foresee(session: Session, incoming: IncomingUpdate, now: datetime) -> list[_Foreseen]:
    person = member(session, incoming.user_id)
    if person is None:
        return []
    today = now.astimezone(programmes(session).zone).date()
    context = TurnContext(incoming, now, deputies.deputized(session, person, today), session, NONE)
    programme = context.programmes.of(context.today) or context.programmes.newest()
    if programme is None:
        return []
    units = capturable_units(context) if context.member.may(Action.CAPTURE) else []
    lines = [(unit, line) for unit in units for line in unit.lines]
    history = precedents(session, [unit.id for unit in units]) if units else ()
    card, narrative = _card(context) if units else (None, None)
    found = []
    if (text := _told(incoming)) is not None:
        found.append(_Foreseen(context, text, programme.units, lines, history, card, told=True))
    if narrative and card is not None:
        found.append(_Foreseen(context, narrative, programme.units, lines, history, card, told=False))
    assert context.relative_to  # loaded while the session is open
    return found


def _told(incoming: IncomingUpdate) -> str | None:
    """Return the message's text as the handlers read it, without `/registrar`; None if there is none."""
    if incoming.text is None or (incoming.command is not None and incoming.command != CAPTURE):
        return None
    text = incoming.arguments if incoming.command else incoming.text
    return text.strip() or None


def _card(context: TurnContext) -> tuple[tuple[UnitView, LineView] | None, str | None]:
    """Return unit and line of the tapped draft, else of the person's newest open one, and its text."""
    person, session = context.member.person_id, context.session
    if context.incoming.data is not None:
        content = (
            draft_rows.content_of(session, person, DraftButton.unpack(context.incoming.data).draft_id) or {}
        )
    else:
        draft = draft_rows.newest(session, person, context.incoming.chat_id)
        content = draft.content if draft is not None else {}
    placed = context.programmes.line(content.get("line_id") or 0)
    return (placed[1:] if placed else None), content.get("narrative") if content.get("direct") else None
