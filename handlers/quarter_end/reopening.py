"""`/reabrir`: planning reopens a closed or signed quarter, with a reason and an end date."""

from collections.abc import Mapping
from datetime import date
from typing import Any

from handlers.activity_form.buttons import ReopenData as ReopenButton
from handlers.chat import broadcast, drafts
from handlers.chat.context import TurnContext
from handlers.chat.conversations import Callback, Command, Conversation
from handlers.chat.flows import CARD, EDIT, Choice, StepQuestion
from handlers.quarter_end import unit_news
from handlers.texts.quarter_end import reopening as texts
from models.calendar import closing
from models.calendar.calendar import calendar
from models.errors import Rejected
from models.people import appointing, reach
from models.people import deputies as appointed
from models.programme.view import UnitView
from models.quarter import Quarter
from models.quarter_end import reopening, requests
from models.quarter_end.reopening import LONGEST, Reopen
from models.rights import Action
from models.storage.draft import Draft
from models.tables.chat.draft import DraftKind
from spanish.reading.days import read_days
from spanish.reading.progress_query import find_units, read_words
from spanish.writing import formats

UNIT, QUARTER, REASON, UNTIL = "unit", "quarter", "reason", "until"
WORKING_DAYS = (0, 1, 3, 5)  # days from today that are offered as end


def ask(context: TurnContext) -> None:
    """`/reabrir [unidad] [trimestre] [año]`, in any order; what is missing is asked."""
    query = read_words(context.incoming.arguments)
    units = find_units(query.words, _units(context)).units
    content = Reopen()
    if len(units) == 1:
        content = content.answering(UNIT, unit_id=units[0].id)
        if query.quarter:
            quarter = Quarter(query.year or context.today.year, query.quarter)
            content = _take_quarter(context, content, quarter.key)
    drafts.open_new(context, DraftKind.REOPENING, content)


def press(context: TurnContext, data: ReopenButton) -> None:
    """Begin the reopening that somebody asked for."""
    content = Reopen().answering(UNIT, unit_id=data.unit_id)
    if data.request_id is not None:
        asked = requests.find_open(context.session, data.request_id)
        content = content.answering(REASON, request_id=asked.id, reason=texts.asked_for(asked.about))
    drafts.open_new(context, DraftKind.REOPENING, _take_quarter(context, content, data.quarter.key))


class ReopeningFlow:
    """The steps of a reopening; see `flows.Flow`."""

    accept = texts.ACCEPT
    cancelled = texts.CANCELLED
    optional: tuple[str, ...] = ()
    words: Mapping[str, int] = {REASON: reopening.REASON_LIMIT}

    def read(self, stored: dict[str, Any]) -> Reopen:
        return Reopen.model_validate(stored)

    def steps(self, context: TurnContext, content: Reopen) -> list[str]:
        return [UNIT, QUARTER, REASON, UNTIL]

    def question(self, context: TurnContext, content: Reopen, step: str) -> StepQuestion:
        if step == UNIT:
            return StepQuestion(
                texts.WHICH_UNIT, [Choice(each.name, str(each.id)) for each in _units(context)]
            )
        if step == QUARTER:
            quarters = reopening.closed_quarters(context.session, content.unit_id or 0, context.now)
            choices = [Choice(formats.quarter(each), each.key) for each in quarters]
            return StepQuestion(texts.which_quarter(_unit(context, content).name), choices)
        quarter = Quarter.parse(content.quarter or "")
        unit = reopening.find_unit(context.session, content.unit_id or 0, quarter)
        if step == REASON:
            return StepQuestion(texts.why(unit.name, quarter))
        if step == UNTIL:
            choices = [Choice(texts.day_button(each), each.isoformat()) for each in _ends(context)]
            return StepQuestion(texts.until_when(unit.name, quarter), choices, width=2)
        signed = closing.signed(context.session, unit.id, quarter) is not None
        edits = [Choice(texts.EDITS[each], each, EDIT) for each in (REASON, UNTIL)]
        return StepQuestion(texts.card(unit.name, quarter, content, signed), edits, width=2)

    def choose(self, context: TurnContext, content: Reopen, step: str, value: str) -> Reopen:
        if step == UNIT:
            chosen = next((each for each in _units(context) if str(each.id) == value), None)
            return _take_unit(context, content, chosen)
        if step == CARD:
            raise Rejected("stale_button")
        return self.write(context, content, step, value)

    def write(self, context: TurnContext, content: Reopen, step: str, text: str) -> Reopen:
        if step == UNIT:
            found = find_units(read_words(text).words, _units(context)).units
            return _take_unit(context, content, found[0] if len(found) == 1 else None)
        if step == QUARTER:
            return _take_quarter(context, content, text)
        if step == REASON:
            reopening.check_reason(text)
            return content.answering(REASON, reason=text)
        if step == CARD:
            raise Rejected("card_awaits_tap")
        until = _read_end(text, context.today)
        reopening.check_until(until, context.today)
        return content.answering(UNTIL, until=until)

    def finish(self, context: TurnContext, draft: Draft, content: Reopen) -> None:
        row = reopening.reopen(context.session, draft, content, context.member, context.now)
        asked = {each.asked_by for each in requests.grant(context.session, row, context.now)}
        quarter = Quarter(row.year, row.quarter)
        unit = reopening.find_unit(context.session, row.unit_id, quarter)
        text = texts.news(unit.name, quarter, content, row.signature_id is not None)
        broadcast.tell(context.session, _concerned(context, unit, asked), text, context.now)
        unit_news.tell_reopened(context, unit, quarter, text, told=asked)
        context.edit(texts.reopened(unit.name, quarter, row.until), draft_id=draft.id)


def _units(context: TurnContext) -> list[UnitView]:
    """Return every unit of every year's programme, in its newest version."""
    known = {unit.id: unit for _, each in sorted(context.programmes.years.items()) for unit in each.units}
    return list(known.values())


def _unit(context: TurnContext, content: Reopen) -> UnitView:
    found = next((each for each in _units(context) if each.id == content.unit_id), None)
    if found is None:
        raise Rejected("stale_button")
    return found


def _take_unit(context: TurnContext, content: Reopen, unit: UnitView | None) -> Reopen:
    if unit is None:
        raise Rejected("unit_unknown")
    if not reopening.closed_quarters(context.session, unit.id, context.now):
        raise Rejected("nothing_closed")
    return content.answering(UNIT, unit_id=unit.id)


def _take_quarter(context: TurnContext, content: Reopen, said: str) -> Reopen:
    """Return the content with the quarter, given as a key or in words. Raises `Rejected`."""
    try:
        quarter = Quarter.parse(said)
    except ValueError:
        query = read_words(said)
        if query.quarter is None:
            raise Rejected("quarter_unreadable") from None
        quarter = Quarter(query.year or context.today.year, query.quarter)
    reopening.find_unit(context.session, content.unit_id or 0, quarter)
    if not reopening.is_closed(context.session, content.unit_id or 0, quarter, context.now):
        raise Rejected("not_closed", quarter=quarter)
    return content.answering(QUARTER, quarter=quarter.key)


def _ends(context: TurnContext) -> list[date]:
    days = calendar(context.session)
    return [days.nth_working_day_after(context.today, count) for count in WORKING_DAYS]


def _read_end(text: str, today: date) -> date:
    """Parse the end date; a day already past this year is next year's, as in a January date at year's end."""
    day = read_days(text, today)[1]
    if day < today and any(map(str.isdigit, text)):
        day = read_days(text, today + LONGEST)[1]
    return day


def _concerned(context: TurnContext, unit: UnitView, asked: set[int]) -> list[int]:
    """Return the chats of the unit's directors, of their deputies, and of those who asked for it."""
    directors = {person.id for person, _ in appointing.directors(context.session, [unit.id])}
    deputies = {
        each.deputy_id
        for each in appointed.stand_ins(context.session, context.today)
        if each.unit_id == unit.id
    }
    concerned = (directors | deputies) - {context.member.person_id} - asked
    return reach.reachable_among(context.session, concerned)


CONVERSATION = Conversation(
    commands=(Command("reabrir", Action.REOPEN, ask, texts.MENU),),
    callbacks=(Callback(ReopenButton, Action.REOPEN, press),),
    flows={DraftKind.REOPENING: ReopeningFlow()},
)
